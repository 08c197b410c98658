"""What changed since a revision, as the projection takes it in: only that is read, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

import cypher
from network.dates import micros, ordinal
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from service.graph.store import Graph, Scope
from service.graph.visibility import classes

EVIDENCE, AGENTS = 20_000, 20_000  # rows in a message of a few megabytes
REVISIONS_AT_ONCE = 100  # counting what they wrote has to be done within the deadline of a question

Progress = Callable[[int, int], None]
"""Told how many revisions have been read, and of how many."""


@dataclass(frozen=True, slots=True)
class Written:
    """How much evidence a revision was the last to change."""

    revision: int
    number: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Evidence in columns of equal length; of few, `versions`, whose places they take."""

    ids: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    kinds: tuple[str, ...]
    since: tuple[str, ...]
    days: tuple[str, ...]
    confidences: tuple[float, ...]
    intensities: tuple[float, ...]
    classes: tuple[int, ...]
    recorded: tuple[str, ...]
    retracted: tuple[str, ...]
    sources: tuple[str, ...]
    versions: tuple[str, ...]
    instead: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Agents:
    """Agents in columns of equal length."""

    ids: tuple[str, ...]
    classes: tuple[int, ...]
    revisions: tuple[int, ...]
    organizations: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source and its class."""

    id: str
    vis: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone for good."""

    id: str


REVISIONS = cypher.query("knows/revisions", Written)
CHANGED = cypher.query("knows/changed", Changed)
AGENTS_CHANGED = cypher.query("agent/changed", Agents)
SOURCES_CHANGED = cypher.query("source/changed", Source)
ERASED = cypher.query("erased/changed", Erased)


def unwatched(_done: int, _total: int) -> None:
    """Nobody waits."""


async def feed(graph: Graph, since: int, *, progress: Progress = unwatched) -> AsyncIterator[Delta]:
    """All that changed behind a revision up to the present one, agents and sources before the evidence that needs them.

    The projection holds what every class may see: it is asked for views, never shown as it is.
    """
    until = (await graph.position()).number
    if until <= since:
        return
    scope = (await classes(graph)).everything()
    # Agents and sources are read up to whatever is newest: evidence read afterwards may already name those.
    sources, gone, agents = await asyncio.gather(
        graph.read(SOURCES_CHANGED, scope, since=since),
        graph.read(ERASED, scope, since=since, until=until),
        _agents(graph, scope, since),
    )
    yield Delta(
        until,
        agents=agents,
        sources=[SourceRow(row.id, row.vis) for row in sources],
        gone=[row.id for row in gone],
    )
    for first in range(since + 1, until + 1, REVISIONS_AT_ONCE):
        progress(first - since - 1, until - since)
        asked = list(range(first, min(first + REVISIONS_AT_ONCE, until + 1)))
        messages = list(_messages(await graph.read(REVISIONS, scope, **_stretch(asked))))
        async with aclosing(_ahead(graph, scope, messages)) as read:
            async for revisions, found in read:
                for columns in found:
                    yield Delta(until, evidence=sorted(_rows(columns)))
                progress(revisions[-1] - since, until - since)
    progress(until - since, until - since)


async def _agents(graph: Graph, scope: Scope, since: int) -> list[AgentRow]:
    found: list[AgentRow] = []
    revision, after = since + 1, ""
    while True:
        for columns in await graph.read(AGENTS_CHANGED, scope, revision=revision, after=after, limit=AGENTS):
            found += map(AgentRow, columns.ids, columns.classes, columns.organizations)
            if len(columns.ids) < AGENTS:
                return found
            revision, after = columns.revisions[-1], columns.ids[-1]


async def _ahead(
    graph: Graph, scope: Scope, messages: Iterable[list[int]]
) -> AsyncGenerator[tuple[list[int], list[Changed]]]:
    """What changed at the revisions of each message; the store looks for the next while one is taken in."""
    coming: tuple[list[int], asyncio.Task[list[Changed]]] | None = None
    try:
        for revisions in messages:
            task = asyncio.create_task(graph.read(CHANGED, scope, **_stretch(revisions)))
            before, coming = coming, (revisions, task)
            if before is not None:
                yield before[0], await before[1]
        if coming is not None:
            yield coming[0], await coming[1]
    finally:
        if coming is not None:
            coming[1].cancel()
            await asyncio.gather(coming[1], return_exceptions=True)


def _stretch(revisions: list[int]) -> dict[str, object]:
    """Revisions as the statements take them: each engine finds them another way."""
    return {"revisions": revisions, "first": revisions[0], "last": revisions[-1]}


def _messages(written: Iterable[Written]) -> Iterator[list[int]]:
    """The revisions, as many together as fit into one message."""
    together: list[int] = []
    total = 0
    for one in written:
        if together and total + one.number > EVIDENCE:
            yield together
            together, total = [], 0
        together.append(one.revision)
        total += one.number
    if together:
        yield together


def _rows(columns: Changed) -> Iterator[EvidenceRow]:
    instead = dict(zip(columns.versions, columns.instead, strict=True))
    return map(
        EvidenceRow,
        columns.ids,
        columns.starts,
        columns.ends,
        columns.kinds,
        map(_since, columns.since),
        map(_day, columns.days),
        columns.confidences,
        columns.intensities,
        columns.classes,
        map(_moment, columns.recorded),
        map(_retracted, columns.retracted),
        columns.sources,
        (instead.get(id, ()) for id in columns.ids) if instead else repeat(()),
    )


# Days and moments are few and evidence is much.
_day = lru_cache(maxsize=100_000)(ordinal)
_moment = lru_cache(maxsize=100_000)(micros)


def _since(day: str) -> int | None:
    return _day(day) if day else None


def _retracted(moment: str) -> int | None:
    return _moment(moment) if moment else None
