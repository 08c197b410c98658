"""Merges and splits that rows make: when other identities are one agent than before, claims move with their ends.

The result is what loading everything at once would have written: claims keep their ids and moments, and the evidence
of the units they belong to is worked out again as if it had never been otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import cypher
from service.graph.model import Claim
from service.graph.record.changes import Creation, Deletion, Parcel
from service.graph.record.claiming import ends
from service.graph.record.derivation import evidence
from service.graph.record.joins import Joins
from service.graph.record.planning import Plan, evidence_properties
from service.graph.record.relations import KNOWS
from service.graph.record.settling import Settled, settled
from service.graph.record.standing import Count, Known, Standing, claims, derived, sharing
from service.graph.record.statements import Statements
from service.graph.store import Reader, Scope, Write
from service.graph.visibility import Saved

ROWS = 5000  # in one message


@dataclass(frozen=True, slots=True)
class Placed:
    """A relationship with all it stores, and the nodes it stands between."""

    type: str
    id: str
    a: str
    b: str
    properties: dict[str, object]

    @property
    def stands(self) -> bool:
        return "retractedAt" not in self.properties

    @property
    def unit(self) -> str | None:
        return cast("str | None", self.properties.get("unit"))


@dataclass(frozen=True, slots=True)
class Gone:
    """A node that was deleted."""

    id: str


@dataclass(slots=True)
class Move:
    """All that changes place in one transaction."""

    parcel: Parcel = field(default_factory=Parcel)
    places: dict[str, str] = field(default_factory=dict[str, str])  # where each claim begins now
    units: set[str] = field(default_factory=set[str])
    leaving: Sequence[str] = ()  # agents whom no source names any more

    def put(self, old: Placed, a: str, b: str) -> None:
        """Take a relationship from where it stands to other ends."""
        if (a, b) == (old.a, old.b):
            return
        self.parcel.deletions.append(Deletion(old.type, old.id, old.a, old.b))
        # A claim finds its way by its ends; evidence has none, and goes back to where it was first written.
        origin = {} if old.type == KNOWS else {"origin": [a, b]}
        self.parcel.creations.append(Creation(old.type, a, b, {**old.properties, **origin}))
        self.places[old.id] = a
        if old.stands and old.unit is not None:
            self.units.add(old.unit)

    def gone(self) -> list[str]:
        """The ids of evidence that does not come back."""
        back = {creation.id for creation in self.parcel.creations}
        return [old.id for old in self.parcel.deletions if old.type == KNOWS and old.id not in back]


AT_AGENTS = cypher.query("claim/at_agents", Placed)
# Everything that is said, a stretch of ids at a time.
RELATIONSHIPS = (
    (cypher.query("relationship/of_agents", Placed), cypher.query("relationship/of_agents_counts", Count)),
    (cypher.query("relationship/of_others", Placed), cypher.query("relationship/of_others_counts", Count)),
)
REMOVE = cypher.query("agent/remove", Gone)
RECORD = cypher.query("erased/record", Saved)
FORGET = cypher.query("erased/forget", Saved)


async def move(graph: Reader, plan: Plan, standing: Standing) -> Move:
    """What changes place, worked out from the graph as it stands."""
    scope = standing.classes.everything()
    named = {plan.joins.agent(one.ends[0], one.a) for one in standing.identifications}
    named.update(creation.a for creation in plan.identifications.creations)
    found = Move(leaving=sorted(plan.moved - named))
    _place(found, await _at(graph, scope, sorted(plan.moved)), plan.joins)
    units = sorted(found.units)
    sources = sorted({row.source for row in await sharing(graph, scope) if row.unit in found.units})
    theirs = _by_unit(units, (_moved(one, plan.joins) for one in await claims(graph, scope, sources)))
    known, taken = await derived(graph, scope, {unit: len(theirs[unit]) ** 2 // 2 + 1 for unit in units})
    for unit in units:
        of_unit = [one for one in known if one.unit == unit]
        wanted = evidence(unit, theirs[unit], standing.classes)
        records = settled(wanted, of_unit, taken, standing.classes, replacing=False)
        rederive(found.parcel, theirs[unit], records, of_unit)
    return found


async def carry_out(statements: Statements, plan: Plan, moving: Move) -> None:
    """The move, with the nodes it needs and the claims about identities that cause it."""
    await statements.nodes(plan.nodes)
    await statements.parcel(moving.parcel)
    await statements.parcel(_relocated(plan.identifications, moving.places))
    write = statements.write
    created = [node.id for node in plan.nodes if node.new] + [str(one.id) for one in moving.parcel.creations]
    left = await write.run(REMOVE, ids=list(moving.leaving))
    await note(write, back=created, gone=[*(row.id for row in left), *moving.gone()])


async def note(write: Write, *, back: Sequence[str], gone: Sequence[str]) -> None:
    """Nothing, once it is noted what is gone for good, and no longer of what is there again."""
    for first in range(0, len(back), ROWS):
        await write.run(FORGET, ids=list(back[first : first + ROWS]))
    for first in range(0, len(gone), ROWS):
        rows = [{"id": id} for id in gone[first : first + ROWS]]
        await write.run(RECORD, rows=rows, revision=write.revision)


async def _at(graph: Reader, scope: Scope, agents: Sequence[str]) -> list[Placed]:
    """All that begins or ends at agents and does not follow from claims that stand."""
    found: list[Placed] = []
    after = ""
    while rows := await graph.read(AT_AGENTS, scope, ids=list(agents), after=after, limit=ROWS):
        found += rows
        after = rows[-1].id
    return found


def _place(found: Move, rows: Iterable[Placed], joins: Joins) -> None:
    successors = joins.successors()
    for row in rows:
        if row.type != KNOWS:
            said = cast("list[str]", row.properties["ends"])
            found.put(row, *ends(row.type, said, (row.a, row.b), joins))
        else:
            a, b = (successors.get(agent, agent) for agent in cast("list[str]", row.properties["origin"]))
            found.put(row, a, b)


def _moved(claim: Claim, joins: Joins) -> Claim:
    a, b = ends(claim.type, claim.ends, (claim.a, claim.b), joins)
    return replace(claim, a=a, b=b)


def _by_unit(units: Iterable[str], every: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {unit: [] for unit in units}
    for claim in every:
        if claim.unit in found:
            found[claim.unit].append(claim)
    return found


def rederive(parcel: Parcel, because: Iterable[Claim], wanted: Iterable[Settled], known: Iterable[Known]) -> None:
    """The evidence of a unit as if it had never been otherwise: known since all its claims are."""
    ids = {one.id: one for one in wanted}
    there = {one.id for one in known}
    parcel.deletions += [Deletion(KNOWS, one.id, one.a, one.b) for one in known if one.id not in ids]
    since = {claim.id: claim.recorded_at for claim in because}
    for id in ids.keys() - there:
        key, record = ids[id].key, ids[id].record
        recorded = max(since[claim] for claim in record.about if claim in since)
        properties = {**evidence_properties(key, record, id), "recordedAt": recorded}
        parcel.creations.append(Creation(KNOWS, record.a, record.b, properties))


def _relocated(parcel: Parcel, places: Mapping[str, str]) -> Parcel:
    changes = [replace(change, a=places.get(change.id, change.a)) for change in parcel.changes]
    return Parcel(parcel.unit, parcel.creations, changes)
