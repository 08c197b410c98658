"""Lists of claims, a page of each parent's in one statement."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import cypher
from cypher.joining import IDS
from service.engines.branches import onward
from service.errors import Code, ServiceError
from service.graph.questions.briefs import Brief
from service.graph.questions.clocks import When
from service.graph.questions.onward import Ahead, Asked, Onward
from service.graph.questions.pages import WHOLE, Page, Question, Slice, beginning
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
        return self._slices(questions, rows, totals)

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
        question = next(iter(questions.values()))
        page, brief = question.page, self._fitting(question.page)
        given = {**self._given(question, arguments), IDS: list(questions)}
        if brief is not None:
            ahead = _ahead(graph, scope, brief, page)
            with onward([one.branch for one in ahead]):
                told = await graph.read(brief.query, scope, **_briefly(brief, page, given))
            for one in ahead:
                one.told()
            return {one.parent: brief.rows(one) for one in told}, {}
        found = await graph.read(self.query, scope, **_taken(given, self.query.parameters))
        return {one.parent: one.rows for one in found}, {one.parent: one.total for one in found}

    def ahead(self, graph: Graph, scope: Scope, beyond: Onward, column: int) -> Ahead | None:
        """What asks for the lists of things that another statement finds; None where they have to be known first."""
        asked = beyond.asked
        if asked is None or asked.page.after is not None or asked.page.before is not None or asked.page.sealed:
            return None
        with suppress(ServiceError):  # it is met again, and told, where it has its place
            return self._ahead(graph, scope, asked, beyond, column)
        return None

    def _ahead(self, graph: Graph, scope: Scope, asked: Asked, beyond: Onward, column: int) -> Ahead | None:
        page, when, brief = asked.page, asked.when.read(), self._fitting(asked.page)
        if brief is None:
            return None
        question = Question(graph.secret, "", page, when.as_of, when.known_at, graph.clock())
        given = _briefly(brief, page, self._given(question, dict(asked.arguments)))
        below = _ahead(graph, scope, brief, page)
        branch = graph.branch(brief.query, scope, column, [one.branch for one in below], **given)
        begun = time.perf_counter()

        def told() -> None:
            if branch.found is None:
                return
            graph.listener(brief.query.name, time.perf_counter() - begun, None)
            rows = {one.parent: brief.rows(one) for one in brief.query.rows(branch.found.records)}
            beyond.tell(self._slices(dict.fromkeys(branch.found.ids, question), rows, {}))
            for one in below:
                one.told()

        return Ahead(branch, told)

    def _fitting(self, page: Page) -> Brief[Any, R] | None:
        """The brief statement, where it tells all that is asked for."""
        brief = self.brief
        return brief if brief is not None and not page.total and brief.fits(page.asked) else None

    def _given(self, question: Question, arguments: dict[str, object]) -> dict[str, object]:
        """What the statements take beside ids."""
        after, before, page = question.after, question.before, question.page
        return {
            **arguments,
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

    def _slices(
        self, questions: Mapping[str, Question], rows: Mapping[str, Sequence[R]], totals: Mapping[str, int | None]
    ) -> dict[str, Slice[R]]:
        """The page of each parent's list."""
        page = next((one.page for one in questions.values()), WHOLE)
        if page.plain:
            size = page.size
            return {parent: beginning(rows.get(parent, ()), size) for parent in questions}
        return {
            parent: self._slice(question, rows.get(parent, ()), totals.get(parent))
            for parent, question in questions.items()
        }

    def _slice(self, question: Question, rows: Sequence[R], total: int | None) -> Slice[R]:
        counted = total or 0 if question.page.total else None
        return question.slice(rows, lambda row: (self.key(row), row.id), counted)


def _briefly(brief: Brief[Any, Any], page: Page, given: dict[str, object]) -> dict[str, object]:
    """What a brief statement takes."""
    return _taken({**given, **brief.flags(page)}, brief.query.parameters)


def _ahead(graph: Graph, scope: Scope, brief: Brief[Any, Any], page: Page) -> list[Ahead]:
    """What is asked, in the exchange of a brief statement, about what that one finds."""
    asked = ((one, one.asked) for one in page.onward if one.field == brief.end)
    found = (how.listing.ahead(graph, scope, one, brief.column) for one, how in asked if how is not None)
    return [one for one in found if one is not None]


def _taken(given: dict[str, object], parameters: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in given.items() if name in parameters}


def _currents(as_of: str | None, asked: object) -> list[str]:
    """Which judgements stay: those asked for, else with a day the likely ones, else all."""
    if asked is not None:
        return [str(asked)]
    return [str(one) for one in (LIKELY if as_of is not None else Current)]
