"""Introductions that were asked for, and what introducers may be asked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import cypher
from service.graph.introductions import IntroductionStatus, quarter
from service.graph.model import digest
from service.graph.questions import agents
from service.graph.questions.pages import ROOT, Page, Question, Slice
from service.graph.questions.rows import Agent, Introduction
from service.graph.store import Graph, Reader, Scope


@dataclass(frozen=True, slots=True)
class Total:
    total: int


@dataclass(frozen=True, slots=True)
class StoredLimits:
    """The limits of a person as they stand in the graph; no cap: as often as one likes."""

    id: str
    asks_per_quarter: int | None
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asks:
    """How often somebody was asked to introduce others."""

    person: str
    asks: int


@dataclass(frozen=True, slots=True)
class IntroducerLimits:
    """How often a person may be asked in a quarter, for whom never, and how often they were asked in this one."""

    asks_per_quarter: int | None
    never: tuple[Agent, ...]
    asked_this_quarter: int


LATEST = cypher.query("introduction/latest", Introduction)
COUNT = cypher.query("introduction/count", Total)
ASKS = cypher.query("introduction/asks", Asks)
LIMITS = cypher.query("introducer_limits/by_id", StoredLimits)


async def introductions(
    graph: Graph,
    scope: Scope,
    statuses: Sequence[IntroductionStatus] | None = None,
    person: str | None = None,
    page: Page | None = None,
) -> Slice[Introduction]:
    """Introductions, the newest first, then by id; `person` keeps those this person has a part in."""
    page = page or Page(most=ROOT)
    asked = None if statuses is None else sorted({str(status) for status in statuses})
    question = Question(
        graph.secret, json.dumps(["introductions", asked, person]), page, None, None, graph.clock()
    ).at()
    size, after = page.size, question.after
    if person is not None:
        found = await agents.person(graph, scope, person)
        if found is None:
            return question.slice([], _place, 0 if page.total else None)
        person = found.id
    kept: dict[str, object] = {"statuses": asked, "person": person}
    total = (await graph.read(COUNT, scope, **kept))[0].total if page.total else None
    rows = await graph.read(
        LATEST, scope, **kept, afterKey=after and after.key, afterId=after and after.id, limit=size + 1
    )
    return question.slice(rows, _place, total)


async def limits(graph: Graph, scope: Scope, people: Sequence[str]) -> dict[str, IntroducerLimits]:
    """The limits of these people as far as they were set and may be seen, with the asks of this quarter."""
    return await limits_on(graph, scope, people, graph.clock())


async def limits_on(graph: Reader, scope: Scope, people: Sequence[str], day: str) -> dict[str, IntroducerLimits]:
    """The limits of these people as far as they were set and may be seen, with the asks of the quarter of a day."""
    known_by = await agents.identifiers(graph, scope, people)
    owners = {
        digest("lim", id): person
        for person in known_by
        for id in (person, *agents.merged_ids(person, known_by[person]))
    }
    found = defaultdict[str, list[StoredLimits]](list)
    for row in await graph.read(LIMITS, scope, ids=list(owners)):
        found[owners[row.id]].append(row)
    if not found:
        return {}
    never = await agents.agents(graph, scope, [id for rows in found.values() for row in rows for id in row.never])
    asked = await asks(graph, scope, list(found), day)
    return {person: _folded(rows, never, asked.get(person, 0)) for person, rows in found.items()}


async def asks(graph: Reader, scope: Scope, people: Sequence[str], day: str) -> dict[str, int]:
    """How often each of these people was asked to introduce others in the quarter of a day; none for who was not."""
    months = list(quarter(day))
    rows = await graph.read(ASKS, scope, ids=list(people), asked=str(IntroductionStatus.WITH_INTRODUCER), months=months)
    return {row.person: row.asks for row in rows}


def _place(row: Introduction) -> tuple[str, str]:
    return row.requested_at or row.recorded_at, row.id


def _folded(rows: Sequence[StoredLimits], never: dict[str, Agent], asked: int) -> IntroducerLimits:
    """The limits set for one person, perhaps before two records of them became one: the strictest of all."""
    caps = [row.asks_per_quarter for row in rows if row.asks_per_quarter is not None]
    people = {never[id].id: never[id] for row in rows for id in row.never if id in never}
    ordered = sorted(people.values(), key=lambda agent: (agent.name, agent.id))
    return IntroducerLimits(min(caps) if caps else None, tuple(ordered), asked)
