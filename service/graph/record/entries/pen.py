"""The pen an entry is written with: it reads what stands under the revision's lock, derives anew, and writes.

An entry is a load of a few records: the same plan, the same derivation, the same statements. Only what stands is read
from the nodes it names instead of from whole sources, so that it takes milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from service.errors import Code, ServiceError
from service.graph.model import Batch, Claim, Mode, SourceRecord, digest
from service.graph.record.changes import Change, Parcel
from service.graph.record.entries.reading import CLAIMS, KNOWN, Derived, Reading
from service.graph.record.entries.saying import Party, Saying, Thing
from service.graph.record.joins import Joins
from service.graph.record.planning import Plan, plan, retraction
from service.graph.record.rehoming import carry_out, move
from service.graph.record.standing import Known, Standing, TakenBack
from service.graph.record.statements import ROWS, Statements
from service.graph.record.units import Units
from service.graph.store import Scope, Write
from service.graph.visibility import Classes

AGENTS = ("per-", "org-")
BY_HAND = "by-hand"
NOTHING = Batch((), {}, {}, ())


def spoken(principal: str) -> str:
    """The slug of the source of all that a principal records."""
    return f"{BY_HAND}/{principal}"


@dataclass(frozen=True, slots=True)
class Pen:
    """One transaction under way; `natural` begins the natural keys of all that it writes."""

    write: Write
    natural: tuple[str, str]
    classes: Classes

    @property
    def reading(self) -> Reading:
        """What the transaction reads with."""
        return Reading(self.write, self.classes)

    def id(self, prefix: str) -> str:
        """The id of the node that this entry makes; a repetition makes the same."""
        return digest(prefix, BY_HAND, *self.natural)

    async def parties(self, ids: Iterable[str]) -> dict[str, Party]:
        """The people and organizations with these ids; CONFLICT where one has become another meanwhile."""
        wanted = sorted(set(ids))
        nodes = await self.reading.nodes(wanted)
        _refuse_missing(wanted, nodes)
        claims = await self.reading.identifications(wanted)
        known = _joins(claims).identities()
        # A node that no source identifies is named by its id, which is no identity and stays where it is.
        said = {id: str(known[id][0]) if id in known else id for id in wanted}
        return {id: Party(id, nodes[id].label, said[id]) for id in wanted}

    async def thing(self, id: str) -> Thing:
        """The node with this id that is no agent; CONFLICT where it is gone meanwhile."""
        nodes = await self.reading.nodes([id])
        _refuse_missing([id], nodes)
        return Thing(id, nodes[id].label)

    async def saying(self, level: str, compartments: Iterable[str], *, source: str | None, by: str) -> Saying:
        """Something to say under a class: of a source that is there, or as what a principal recorded."""
        vis = self.classes.number(level, compartments)
        return Saying(self.natural, await self._source(source, by, vis), vis)

    async def unit(self, rules: Sequence[str], at: str, otherwise: str, scope: Scope) -> str:
        """The unit of one of these rules to which claims at a node belong already, else one of the first rule.

        Claims that the scope does not see are left aside: where a record belongs would tell of them.
        """
        seen = (one for one in await self.reading.at([at]) if one.vis in scope.vis)
        units = {one.unit for one in seen if one.unit is not None}
        found = sorted(unit for unit in units if unit.partition(":")[0] in rules)
        return found[0] if found else f"{rules[0]}:{otherwise}"

    async def claims(self, agent: str, ids: Sequence[str]) -> list[Claim]:
        """The claims with these ids that begin at an agent; CONFLICT where one has moved meanwhile."""
        found = await self.reading.rows(CLAIMS, agent=agent, ids=list(ids))
        _refuse_missing(ids, {one.id for one in found})
        return found

    async def evidence(self, agent: str, id: str) -> Derived:
        """The piece of evidence with this id that begins at an agent; CONFLICT where it has moved meanwhile."""
        found = await self.reading.rows(KNOWN, agent=agent, ids=[id])
        _refuse_missing([id], {one.id for one in found})
        return found[0]

    async def take_back(self, known: Known, **marks: str) -> None:
        """Take back evidence that follows from nothing else."""
        await Statements(self.write).parcel(Parcel(changes=[replace(retraction(known), properties=marks)]))

    async def mark(self, claim: Claim, **marks: str) -> None:
        """Note something beside the content of a claim."""
        await Statements(self.write).parcel(Parcel(changes=[Change(claim.type, claim.id, claim.a, claim.b, marks)]))

    async def enter(self, saying: Saying | None, taking_back: Sequence[Claim] = (), **marks: str) -> dict[str, str]:
        """The ids of all new records by their keys, once what is said is written, with the evidence that follows.

        What is taken back is marked, and the units of both are derived anew.
        """
        batch, statements = NOTHING if saying is None else saying.batch(), Statements(self.write)
        standing, every = await self._standing(batch, taking_back)
        planned = plan(batch, standing, allow_shrink=True, adding=True)
        if planned.moved:  # what joins agents moves their records first, as in a load
            await carry_out(statements, planned, await move(self.write, planned, standing))
            standing, every = await self._standing(batch, taking_back)
            planned = plan(batch, standing, allow_shrink=True, adding=True)
        planned = _without(planned, taking_back, marks)
        known, taken = await self._derived(planned, every)
        await statements.nodes(planned.nodes)
        await statements.parcel(planned.identifications)
        for group in Units(planned, known, taken, self.classes).groups(ROWS):
            await statements.parcel(group.parcel)
        parcels = [planned.identifications, *planned.parcels.values()]
        return {str(one.properties["key"]): str(one.id) for parcel in parcels for one in parcel.creations}

    async def _source(self, id: str | None, by: str, vis: int) -> SourceRecord:
        if id is None:
            return SourceRecord(spoken(self.natural[0]), f"Recorded by {by}", Mode.LOG, vis)
        nodes = await self.reading.nodes([id])
        _refuse_missing([id], nodes)
        said = {name: None if value is None else str(value) for name, value in nodes[id].properties.items()}
        return SourceRecord(
            said.get("slug") or "",
            said.get("title") or "",
            Mode(said.get("mode") or Mode.LOG),
            vis,
            said.get("publisher"),
            said.get("url"),
            said.get("licence"),
            said.get("retrievedAt"),
        )

    async def _standing(self, batch: Batch, taking_back: Sequence[Claim]) -> tuple[Standing, list[Claim]]:
        """What a load would have found of all this, and every claim of its units, those taken back too."""
        pairs = [(one.a, one.b) for one in batch.assertions] + [(one.a, one.b) for one in batch.evidence]
        ends = {end for pair in pairs for end in pair}
        identifications = await self.reading.identifications(end for end in ends if end.startswith(AGENTS))
        nodes = await self.reading.nodes(ends | {one.b for one in identifications} | batch.nodes.keys())
        touched = [(one.unit, one.b) for one in batch.assertions] + [(one.unit, one.b) for one in taking_back]
        fresh = batch.nodes.keys() - nodes.keys()  # nothing ends there yet
        every = await self.reading.units((unit, node) for unit, node in touched if node not in fresh)
        named = {one.source for one in identifications} | {source.id for source in batch.sources}
        sources = await self.reading.nodes(named | {str(one.properties.get("source")) for one in nodes.values()})
        standing = Standing(
            self.write.revision - 1,
            self.classes,
            nodes | sources,
            identifications,
            [one for one in every if one.retracted_at is None],
            (),
            Counter(one.key for one in every if one.retracted_at is not None),
        )
        return standing, every

    async def _derived(self, planned: Plan, every: Iterable[Claim]) -> tuple[list[Known], dict[str, list[TakenBack]]]:
        """The evidence that stands for the units of a plan, and what was taken back of it."""
        known, taken = list[Known](), dict[str, list[TakenBack]]()
        there = [*every, *planned.remaining]
        # From a unit that never had a claim nothing was ever derived.
        for unit in planned.dirty.keys() & {one.unit for one in every}:
            stands, times = await self.reading.derived(unit, (one.a for one in there if one.unit == unit))
            known += stands
            taken |= times
        return known, taken


def _without(planned: Plan, taken: Sequence[Claim], marks: dict[str, str]) -> Plan:
    """The plan that takes back some claims too."""
    if not taken:
        return planned
    gone = {one.id for one in taken}
    parcels = dict(planned.parcels)
    for one in taken:
        change = Change(one.type, one.id, one.a, one.b, dict(marks), retract=True)
        parcel = parcels.get(one.unit, Parcel())
        parcels[one.unit] = Parcel(one.unit, parcel.creations, [*parcel.changes, change], parcel.deletions)
    units = {one.unit for one in taken if one.unit is not None} | planned.dirty.keys()
    dirty = {
        unit: [one for one in planned.remaining if one.unit == unit and one.id not in gone] for unit in sorted(units)
    }
    return replace(planned, parcels=parcels, dirty=dirty)


def _joins(claims: Iterable[Claim]) -> Joins:
    return Joins((one.ends, one.retracted_at is None) for one in claims)


def _refuse_missing(ids: Iterable[str], there: Container[str]) -> None:
    if any(id not in there for id in ids):
        raise ServiceError(Code.CONFLICT, "another writer changed what this entry names meanwhile; send it again")
