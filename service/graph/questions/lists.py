"""Lists of claims, a page of each parent's in one statement."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import cypher
from service.errors import Code, ServiceError
from service.graph.questions.briefs import Brief
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
    """A list of claims as its file answers it, and the sort key of a row as the file orders them.

    `brief` answers where nobody is going to see more than it tells.
    """

    query: cypher.Query[Batch[R]]
    key: Callable[[R], str]
    brief: Brief[Any, R] | None = None

    async def read(
        self, graph: Graph, scope: Scope, parents: Sequence[str], page: Page, when: When, **arguments: object
    ) -> dict[str, Slice[R]]:
        """The page of each parent's list; a hidden parent's list is as empty as that of one that does not exist."""
        if len(parents) > MOST_PARENTS:
            raise ServiceError(Code.BAD_USER_INPUT, f"{len(parents)} lists at once; ask for at most {MOST_PARENTS}")
        questions = self._questions(graph, parents, page, when.read(), arguments)
        if not questions:
            return {}
        rows, totals = await self._found(graph, scope, questions, arguments)
        return {
            parent: self._slice(question, rows.get(parent, ()), totals.get(parent))
            for parent, question in questions.items()
        }

    def _questions(
        self, graph: Graph, parents: Sequence[str], page: Page, when: When, arguments: dict[str, object]
    ) -> dict[str, Question]:
        """The list of each parent as its cursors know it; there may be a thousand of them."""
        now = graph.clock()
        if page.after is None and page.before is None and not page.sealed:  # then nobody is going to know its name
            return dict.fromkeys(parents, Question(graph.secret, "", page, when.as_of, when.known_at, now))
        name, rest = json.dumps(self.query.name), json.dumps(arguments, sort_keys=True, default=str)

        def question(parent: str) -> Question:
            named = f"[{name}, {json.dumps(parent)}, {rest}]"
            return Question(graph.secret, named, page, when.as_of, when.known_at, now).at()

        return {parent: question(parent) for parent in parents}

    async def _found(
        self, graph: Graph, scope: Scope, questions: dict[str, Question], arguments: dict[str, object]
    ) -> tuple[dict[str, tuple[R, ...]], dict[str, int | None]]:
        """The rows of each parent, one more than a page holds, and how many there are where that is asked."""
        given, brief = self._given(questions, arguments), self.brief
        page = next(iter(questions.values())).page
        if brief is not None and not page.total and brief.fits(page.asked):
            given |= brief.flags(page)
            told = await graph.read(brief.query, scope, **_taken(given, brief.query.parameters))
            return {one.parent: brief.rows(one) for one in told}, {}
        found = await graph.read(self.query, scope, **_taken(given, self.query.parameters))
        return {one.parent: one.rows for one in found}, {one.parent: one.total for one in found}

    def _given(self, questions: dict[str, Question], arguments: dict[str, object]) -> dict[str, object]:
        """What the statements take."""
        question = next(iter(questions.values()))
        after, before, page = question.after, question.before, question.page
        return {
            **arguments,
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

    def _slice(self, question: Question, rows: Sequence[R], total: int | None) -> Slice[R]:
        counted = total or 0 if question.page.total else None
        return question.slice(rows, lambda row: (self.key(row), row.id), counted)


def _taken(given: dict[str, object], parameters: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in given.items() if name in parameters}


def _currents(as_of: str | None, asked: object) -> list[str]:
    """Which judgements stay: those asked for, else with a day the likely ones, else all."""
    if asked is not None:
        return [str(asked)]
    return [str(one) for one in (LIKELY if as_of is not None else Current)]
