"""Lists of claims, a page of each parent's in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import cypher
from service.errors import Code, ServiceError
from service.graph.questions.clocks import When
from service.graph.questions.pages import Page, Question, Slice
from service.graph.questions.rows import LIKELY, Current, Record
from service.graph.store import Graph, Scope

R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)

MOST_PARENTS = 1000


class Batch(Protocol[R_co]):
    """What a statement answers about one parent."""

    @property
    def parent(self) -> str: ...
    @property
    def total(self) -> int | None: ...
    @property
    def rows(self) -> tuple[R_co, ...]: ...


@dataclass(frozen=True)
class Listing(Generic[R]):
    """A list of claims as its file answers it, and the sort key of a row as the file orders them."""

    query: cypher.Query[Batch[R]]
    key: Callable[[R], str]

    async def read(
        self, graph: Graph, scope: Scope, parents: Sequence[str], page: Page, when: When, **arguments: object
    ) -> dict[str, Slice[R]]:
        """The page of each parent's list; a hidden parent's list is as empty as that of one that does not exist."""
        if len(parents) > MOST_PARENTS:
            raise ServiceError(Code.BAD_USER_INPUT, f"{len(parents)} lists at once; ask for at most {MOST_PARENTS}")
        questions = {parent: self._question(graph, parent, page, when.read(), arguments) for parent in parents}
        if not questions:
            return {}
        found = await self._found(graph, scope, questions, arguments)
        return {parent: self._slice(question, found.get(parent)) for parent, question in questions.items()}

    def _question(self, graph: Graph, parent: str, page: Page, when: When, arguments: dict[str, object]) -> Question:
        name = json.dumps([self.query.name, parent, arguments], sort_keys=True, default=str)
        return Question(graph.secret, name, page, when.as_of, when.known_at, graph.clock()).at()

    async def _found(
        self, graph: Graph, scope: Scope, questions: dict[str, Question], arguments: dict[str, object]
    ) -> dict[str, Batch[R]]:
        question = next(iter(questions.values()))
        after, before, page = question.after, question.before, question.page
        given: dict[str, object] = {
            "ids": list(questions),
            "known": question.known,
            "day": question.as_of or question.now[:10],
            "current": _currents(question.as_of, arguments.get("current")),
            "afterKey": after and after.key,
            "afterId": after and after.id,
            "beforeKey": before and before.key,
            "beforeId": before and before.id,
            "backward": page.backward,
            "limit": page.size + 1,
            "total": page.total,
        }
        given = {name: value for name, value in {**arguments, **given}.items() if name in self.query.parameters}
        return {row.parent: row for row in await graph.read(self.query, scope, **given)}

    def _slice(self, question: Question, found: Batch[R] | None) -> Slice[R]:
        rows = () if found is None else found.rows
        total = None if not question.page.total else 0 if found is None else found.total
        return question.slice(rows, lambda row: (self.key(row), row.id), total)


def _currents(as_of: str | None, asked: object) -> list[str]:
    """Which judgements stay: those asked for, else with a day the likely ones, else all."""
    if asked is not None:
        return [str(asked)]
    return [str(one) for one in (LIKELY if as_of is not None else Current)]
