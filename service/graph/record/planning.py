"""All that a load will write, worked out from what it says and what stands; evidence of units comes afterwards."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from service.errors import Code, Refused, ServiceError
from service.graph.model import IDENTIFIED_BY, LATER, Assertion, Batch, Claim, Evidence, Mode, digest
from service.graph.record.changes import Change, Creation, Fate, NodeWrite, Parcel, Tally
from service.graph.record.claiming import (
    Comparer,
    Comparison,
    Registers,
    Told,
    compare,
    is_row,
    joined,
    merged,
    withholds,
)
from service.graph.record.joins import Joins
from service.graph.record.nodewriting import node_writes
from service.graph.record.relations import KNOWS
from service.graph.record.standing import Known, Standing

SHRINKING = 5  # a source that loses more than a fifth of its records was probably cut off


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load does, in the order in which it does it."""

    batch: str
    nodes: Sequence[NodeWrite]
    identifications: Parcel
    parcels: Mapping[str | None, Parcel]  # by unit
    dirty: Mapping[str, Sequence[Claim]]  # units whose evidence is derived anew, from these claims
    joins: Joins
    moved: frozenset[str]  # agents some of whose claims belong to other agents now
    remaining: Sequence[Claim]
    tally: Tally

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        changing = self.nodes or self.moved or self.identifications or any(self.parcels.values())
        return not changing


def plan(
    batch: Batch,
    standing: Standing,
    *,
    allow_shrink: bool = False,
    adding: bool = False,
    recorded_at: str | None = None,
) -> Plan:
    """What must be written, then or later than all that stands, so that the graph says what the batch says.

    With `adding` the batch is no whole file: what it leaves out stays, whatever its source.
    """
    modes = {source.id: Mode.LOG if adding else source.mode for source in batch.sources}
    told = merged(_described(batch))
    before = [*standing.claims, *(one for one in standing.identifications if one.retracted_at is None)]
    joins = joined(told, standing.identifications, modes)
    registers = Registers(before, (one.assertion for one in told.values()), batch.registers, standing.classes)
    comparer = Comparer(standing.asserted, modes, registers, joins, recorded_at or LATER, standing.withheld)
    result = compare(told, {claim.key: claim for claim in before}, comparer)
    if not allow_shrink:
        _refuse_shrinking(batch, before, result.tally.retracted)
    parcels = _parcels(result)
    identifications = parcels.pop(IDENTIFIED_BY, Parcel())
    _direct(batch, standing, joins, parcels.setdefault(None, Parcel()), result.tally, modes)
    nodes = node_writes(batch, standing, joins, result)
    _refuse_loose_ends(result, standing.nodes.keys() | {node.id for node in nodes})
    return Plan(
        _batch_id(batch, told.values()),
        nodes,
        identifications,
        parcels,
        _dirty(result),
        joins,
        frozenset(one.a for one in standing.identifications if joins.agent(one.ends[0], one.a) != one.a),
        tuple(result.remaining.values()),
        result.tally,
    )


def _described(batch: Batch) -> Iterator[Assertion]:
    """The assertions; what a load says of an agent as a whole is said by each claim that names it in its own right."""
    named = [one for one in batch.assertions if one.type == IDENTIFIED_BY]
    silent = batch.agents.keys() - {one.a for one in named if one.kinds or one.country}
    for assertion in batch.assertions:
        if assertion.type == IDENTIFIED_BY and assertion.a in silent and len(set(assertion.ends)) == 1:
            agent = batch.agents[assertion.a]
            yield replace(assertion, kinds=tuple(sorted(agent.kinds)), country=agent.country)
        else:
            yield assertion


def _refuse_shrinking(batch: Batch, before: Iterable[Claim], retracted: Mapping[str, int]) -> None:
    stood = Counter(claim.source for claim in before if is_row(claim) and claim.entered_by is None)
    for source in batch.sources:
        if SHRINKING * retracted[source.id] > stood[source.id]:
            lost = f"{retracted[source.id]} of its {stood[source.id]} records are gone, so nothing was loaded"
            raise Refused(
                source.slug, None, lost, "fetch the whole file again, or take it as it is with --allow-shrink"
            )


def _refuse_loose_ends(result: Comparison, nodes: AbstractSet[str]) -> None:
    """A claim about what nothing else names would vanish when it is written."""
    for claim, creation in result.creations:
        for said, id in zip(claim.ends, (creation.a, creation.b), strict=True):
            if id not in nodes:
                place = f"{claim.locator}: " if claim.locator else ""
                raise ServiceError(
                    Code.INTERNAL,
                    f"{place}{claim.type} names {said}, which no record of the load or the store tells of",
                )


def _parcels(result: Comparison) -> dict[str | None, Parcel]:
    """Claims by unit; those about identities under their type."""
    parcels = defaultdict[str | None, Parcel](Parcel)
    for claim, creation in result.creations:
        parcels[_parcel(claim)].creations.append(creation)
    for claim, change in result.changes:
        parcels[_parcel(claim)].changes.append(change)
    return dict(parcels)


def _parcel(claim: Claim) -> str | None:
    return IDENTIFIED_BY if claim.type == IDENTIFIED_BY else claim.unit


def _dirty(result: Comparison) -> dict[str, Sequence[Claim]]:
    units: dict[str, list[Claim]] = {unit: [] for unit in sorted(unit for unit in result.dirty if unit is not None)}
    for claim in result.remaining.values():
        if claim.unit in units:
            units[claim.unit].append(claim)
    return dict(units)


def _direct(
    batch: Batch, standing: Standing, joins: Joins, parcel: Parcel, tally: Tally, modes: Mapping[str, Mode]
) -> None:
    """Evidence that sources assert themselves."""
    before = {known.key: known for known in standing.evidence}
    successors = joins.successors()
    for record in batch.evidence:
        moved = _moved(record, successors)
        key, times = moved.key, standing.asserted.get(moved.key, 0)
        if key not in before and withholds(standing.withheld, "kno", key, moved.content, times):
            tally.fates[key] = Fate.WITHHELD
            continue
        writes = list(evidence_writes(key, moved, before.pop(key, None), times))
        tally.fates[key] = Fate.WRITTEN if any(isinstance(one, Creation) for one in writes) else Fate.UNCHANGED
        put(parcel, writes)
    for known in before.values():
        if modes.get(known.source) is Mode.HISTORY and known.entered_by is None:
            tally.retracted[known.source] += 1
            put(parcel, [retraction(known)])


def _moved(record: Evidence, successors: Mapping[str, str]) -> Evidence:
    a, b = successors.get(record.a, record.a), successors.get(record.b, record.b)
    return record if (a, b) == (record.a, record.b) else replace(record, a=a, b=b)


def put(parcel: Parcel, writes: Iterable[Creation | Change]) -> None:
    """The writes, in the parcel."""
    for write in writes:
        if isinstance(write, Creation):
            parcel.creations.append(write)
        else:
            parcel.changes.append(write)


def evidence_writes(key: str, record: Evidence, old: Known | None, times: int) -> Iterator[Creation | Change]:
    """What makes a record of evidence stand as it should: nothing, a change beside its content, or a replacement."""
    if old is not None and old.relabelled_by is not None:  # its class is no longer its source's to say
        record = replace(record, vis=old.vis, relabelled_by=old.relabelled_by)
    id = digest("kno", key, record.content, times)
    if old is not None and old.id != id:
        id = digest("kno", key, record.content, times + 1)
    return replacement(key, record, id, old)


def replacement(key: str, record: Evidence, id: str, old: Known | None) -> Iterator[Creation | Change]:
    """What makes a record stand under an id where `old` stands under its key."""
    if old is not None and old.id == id:
        loose = {"vis": record.vis, "source": record.source, "locator": record.locator}
        differing = {name: value for name, value in loose.items() if value != getattr(old, name)}
        if differing:
            yield Change(KNOWS, old.id, old.a, old.b, differing)
        return
    if old is not None:
        yield retraction(old)
    yield Creation(KNOWS, record.a, record.b, evidence_properties(key, record, id))


def retraction(known: Known) -> Change:
    """The end of a piece of evidence."""
    return Change(KNOWS, known.id, known.a, known.b, retract=True)


def evidence_properties(key: str, record: Evidence, id: str) -> dict[str, object]:
    """What a new piece of evidence stores, but for revision and moment."""
    values: dict[str, object] = {
        "key": key,
        "id": id,
        "kind": record.kind,
        "since": record.since,
        "on": record.on,
        "intensity": record.intensity,
        "confidence": record.confidence,
        "about": list(record.about),
        "source": record.source,
        "locator": record.locator,
        "vis": record.vis,
        "unit": record.unit,
        "enteredBy": record.entered_by,
        "relabelledBy": record.relabelled_by,
        "origin": [record.a, record.b],
        "instead": list(record.instead) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _batch_id(batch: Batch, told: Iterable[Told]) -> str:
    """The same for the same content, so that an interrupted load and its repetition are one batch."""
    hashed = hashlib.blake2b(digest_size=15)
    for one in sorted((one.key, one.content) for one in told):
        hashed.update("".join(one).encode())
    for record in sorted((record.key, record.content) for record in batch.evidence):
        hashed.update("".join(record).encode())
    slugs = sorted(source.slug for source in batch.sources)
    return digest("btc", slugs, sorted(batch.registers.items()), hashed.hexdigest())
