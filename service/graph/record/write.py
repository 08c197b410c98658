"""The one way by which records get into the graph: compare, write whole units, take back what is gone."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import cypher
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.model import Batch, BatchStatus
from service.graph.record.changes import Fate, NodeWrite, Parcel, Tally
from service.graph.record.meetings import refuse_unheld
from service.graph.record.planning import Plan, plan
from service.graph.record.rehoming import carry_out, move
from service.graph.record.standing import Known, Standing, TakenBack, derived, standing
from service.graph.record.statements import Row, Statements
from service.graph.record.suppressing import sieved
from service.graph.record.units import Group, Units
from service.graph.store import Graph, Write
from service.graph.suppression import suppression
from service.graph.visibility import Classes, Saved

T = TypeVar("T")
Work = Callable[[Statements], Awaitable[None]]
# Records in a transaction: enough to be quick, few enough to be held in memory by every engine.
RECORDS = 5000
ATTEMPTS = 20
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """A load the graph knows of."""

    id: str
    status: str
    sources: tuple[str, ...]


RELEVANT = cypher.query("import_batch/relevant", ImportBatch)
CREATE_BATCH = cypher.query("import_batch/create", Saved)
CHANGE_BATCH = cypher.query("import_batch/change", Saved)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did, or with a dry run would do."""

    fates: Mapping[str, Fate]  # by key of a claim or of evidence a source asserts, and by id of a node
    retracted: Mapping[str, int]  # claims a source no longer makes, by id of the source
    evidence: Mapping[str, int]  # derived records written, by kind
    withdrawn: Mapping[str, int]  # derived records taken back, by kind
    finished: bool  # whether a load that was interrupted is finished by this one


class Overtaken(Exception):
    """Another writer came between reading and writing; nothing of this transaction was written."""


@dataclass(slots=True)
class Loading:
    """One load under way; `revision` is the last one it has seen."""

    graph: Graph
    batch: Batch
    recorded_at: str | None
    allow_shrink: bool
    progress: Progress
    tally: Tally | None = None
    evidence: Counter[str] = field(default_factory=Counter[str])
    withdrawn: Counter[str] = field(default_factory=Counter[str])
    finished: bool = False
    opened: str | None = None
    revision: int = 0
    parcels: int = 0  # transactions that brought it on

    async def attempt(self, *, dry_run: bool) -> bool:
        """Whether all is written; once agents were merged or split, or another writer came between, it starts again."""
        stands = await self._standing()
        self.revision = stands.revision
        # An erasure makes a revision: one that comes after this is read overtakes the load, which then begins again.
        sieve = sieved(self.batch, await suppression(self.graph))
        planned = plan(sieve.batch, stands, allow_shrink=self.allow_shrink, recorded_at=self.recorded_at)
        self.tally = self.tally or planned.tally
        self.tally.fates.update(sieve.fates)
        if dry_run:
            for group in Units(planned, *await self._derived(planned, stands), stands.classes).groups(RECORDS):
                self._count(group)
            return True
        batches = await self.graph.read(
            RELEVANT, stands.classes.everything(), id=planned.batch, status=BatchStatus.OPEN.value
        )
        interrupted = [found.id for found in batches if found.status == BatchStatus.OPEN and self._covers(found)]
        self.finished = self.finished or bool({*interrupted} - {self.opened})
        if planned.empty and not interrupted:
            return True
        await self._transact(stands.classes, lambda statements: self._open(statements, planned, batches))
        if planned.moved:
            moving = await move(self.graph, planned, stands)
            await self._transact(stands.classes, lambda statements: carry_out(statements, planned, moving))
            return False
        await self._write(planned, stands)
        await self._close(stands.classes, {planned.batch, *interrupted})
        return True

    def outcome(self) -> Outcome:
        """What came of it."""
        tally = self.tally or Tally()
        return Outcome(tally.fates, tally.retracted, self.evidence, self.withdrawn, self.finished)

    async def _standing(self) -> Standing:
        units = frozenset(one.unit for one in self.batch.assertions if one.unit is not None)
        return await standing(self.graph, [source.id for source in self.batch.sources], units)

    def _covers(self, found: ImportBatch) -> bool:
        return set(found.sources) <= {source.id for source in self.batch.sources}

    async def _derived(self, planned: Plan, stands: Standing) -> tuple[list[Known], dict[str, list[TakenBack]]]:
        """The evidence that stands for the units this load changes."""
        people: dict[str, set[str]] = {unit: set() for unit in planned.dirty}
        for claim in stands.claims:
            if claim.unit in people:
                people[claim.unit].add(claim.a)
        sizes = {unit: len(there) * (len(there) - 1) // 2 + 1 for unit, there in people.items()}
        return await derived(self.graph, stands.classes.everything(), sizes) if stands.revision else ([], {})

    async def _write(self, planned: Plan, stands: Standing) -> None:
        known, taken = await self._derived(planned, stands)
        for nodes in _slices(planned.nodes, RECORDS):
            await self._advance(stands.classes, _nodes(nodes))
        for parcel in planned.identifications.pieces(RECORDS):
            await self._advance(stands.classes, _parcel(parcel))
        units = Units(planned, known, taken, stands.classes)
        done = 0
        self.progress(done, len(units))
        async with aclosing(ahead(units.groups(RECORDS))) as groups:
            async for group in groups:
                await self._advance(stands.classes, _parcel(group.parcel))
                self._count(group)
                done += group.claims
                self.progress(done, len(units))

    def _count(self, group: Group) -> None:
        self.evidence += group.written
        self.withdrawn += group.withdrawn

    async def _advance(self, classes: Classes, work: Work) -> None:
        await self._transact(classes, work)
        self.parcels += 1

    async def _transact(self, classes: Classes, work: Work) -> None:
        """One transaction, provided that nobody else has written since this load looked."""
        added = list(classes.added)

        async def unit(write: Write) -> None:
            if write.revision != self.revision + 1:
                raise Overtaken
            await visibility.save(write, added)
            await work(Statements(write))

        await self.graph.write(unit, recorded_at=self.recorded_at)
        del classes.added[: len(added)]
        self.revision += 1

    async def _open(self, statements: Statements, planned: Plan, batches: Sequence[ImportBatch]) -> None:
        self.opened = planned.batch
        sources = sorted(source.id for source in self.batch.sources)
        write = statements.write
        stamps = {"status": BatchStatus.OPEN.value, "sources": sources, "revision": write.revision}
        if any(found.id == planned.batch for found in batches):
            await statements.save(CHANGE_BATCH, [{"id": planned.batch, "change": stamps}], "opened ImportBatch")
        else:
            properties = {"id": planned.batch, "recordedAt": write.recorded_at, **stamps}
            await statements.save(CREATE_BATCH, [{"properties": properties}], "new ImportBatch")

    async def _close(self, classes: Classes, batches: Iterable[str]) -> None:
        async def work(statements: Statements) -> None:
            stamps = {"status": BatchStatus.CLOSED.value, "revision": statements.write.revision}
            rows: list[Row] = [{"id": id, "change": stamps} for id in sorted(batches)]
            await statements.save(CHANGE_BATCH, rows, "closed ImportBatch")

        await self._transact(classes, work)


async def load(
    graph: Graph,
    batch: Batch,
    *,
    recorded_at: str | None = None,
    dry_run: bool = False,
    progress: Progress = lambda _done, _total: None,
    allow_shrink: bool = False,
) -> Outcome:
    """What came of making the graph say what the batch says; the same batch again changes nothing.

    Whole units are written in transactions of their own. Whenever it is cut off, the next load of the same sources
    finishes the work. `progress` is told how many claims are written, and of how many.
    """
    at = None if recorded_at is None else await graph.admit(recorded_at)
    refuse_unheld(batch, graph.clock())
    loading = Loading(graph, batch, at, allow_shrink, progress)
    vain = 0
    while vain < ATTEMPTS:
        before = loading.parcels
        with suppress(Overtaken):
            if await loading.attempt(dry_run=dry_run):
                return loading.outcome()
        # Entries may come all the while; a load that gets on between them comes to its end.
        vain = 0 if loading.parcels > before else vain + 1
    raise ServiceError(Code.CONFLICT, "other writers came first again and again; load when they are done")


async def ahead(items: Iterator[T]) -> AsyncGenerator[T]:
    """The items, each worked out in a thread while the one before is used: deriving takes as long as writing."""
    coming = asyncio.create_task(asyncio.to_thread(lambda: next(items, None)))
    try:
        while (item := await coming) is not None:
            coming = asyncio.create_task(asyncio.to_thread(lambda: next(items, None)))
            yield item
    finally:
        await asyncio.gather(coming, return_exceptions=True)


def _nodes(writes: Sequence[NodeWrite]) -> Work:
    return lambda statements: statements.nodes(writes)


def _parcel(parcel: Parcel) -> Work:
    return lambda statements: statements.parcel(parcel)


def _slices(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
