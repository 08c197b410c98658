"""Records under another class, changed where they stand, with all that follows, as if they had never had the other.

No claim gets a new id or a new moment: what was known before is told anew, to whoever may see it now and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cypher
from service.graph.model import Claim
from service.graph.record import naming
from service.graph.record.changes import Change, NodeWrite, Parcel
from service.graph.record.derivation import evidence
from service.graph.record.entries.pen import AGENTS, Pen
from service.graph.record.entries.reading import Derived
from service.graph.record.joins import Joins
from service.graph.record.nodewriting import RELABELLED, STAMPS
from service.graph.record.planning import put, replacement
from service.graph.record.rehoming import FORGET, RECORD, rederive
from service.graph.record.relations import KNOWS
from service.graph.record.settling import settled
from service.graph.record.standing import Stored
from service.graph.record.statements import Statements


class Unchanged(Exception):
    """Everything has the class already; the transaction is given up, so that nothing is written twice."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """An agent, and the classes of the records that mention it."""

    id: str
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A piece of evidence that was taken back, with what it followed from."""

    id: str
    a: str
    b: str
    vis: int
    about: tuple[str, ...]


MENTIONS = cypher.query("entry/mentions", Mentions)
TAKEN_BACK = cypher.query("unit/taken_back", Past)


@dataclass(frozen=True, slots=True)
class Relabelling:
    """Another class for some records, given by a principal."""

    pen: Pen
    vis: int
    by: str

    @property
    def marks(self) -> dict[str, object]:
        """What a record says of it: no load takes it back."""
        return {"vis": self.vis, RELABELLED: self.by}

    async def claims(self, claims: Sequence[Claim], record: str | None = None) -> None:
        """Nothing, once these claims have the class, and the record they are parts of as well."""
        changed = [one for one in claims if one.vis != self.vis]
        if not changed:
            raise Unchanged
        parcel = Parcel(changes=[Change(one.type, one.id, one.a, one.b, self.marks) for one in changed])
        parcel.changes += await self._past(changed)
        await self._derive(parcel, changed, record)
        await self._write(parcel)
        await self._mentioned({end for one in changed for end in (one.a, one.b, one.source)} - {record})
        if record is not None:
            await self._record(record)

    async def evidence(self, known: Derived) -> None:
        """Nothing, once a piece of evidence that follows from nothing else has the class."""
        if known.vis == self.vis:
            raise Unchanged
        await self._write(Parcel(changes=[Change(KNOWS, known.id, known.a, known.b, self.marks)]))
        await self._mentioned({known.a, known.b, known.source})

    async def _past(self, changed: Sequence[Claim]) -> list[Change]:
        """What followed from a claim at an earlier moment is never less strict than the claim."""
        ids, units = {one.id for one in changed}, sorted({one.unit for one in changed if one.unit is not None})
        agents = sorted({end for one in changed for end in (one.a, one.b) if end.startswith(AGENTS)})
        every = await self.pen.reading.units((one.unit, one.b) for one in changed)
        agents = sorted({*agents, *(one.a for one in every if one.a.startswith(AGENTS))})
        found = await self.pen.reading.rows(TAKEN_BACK, ids=agents, units=units) if units else []
        strict = {one.id: self.pen.classes.strictest([one.vis, self.vis]) for one in found}
        return [
            Change(KNOWS, one.id, one.a, one.b, {"vis": strict[one.id]})
            for one in found
            if ids & set(one.about) and strict[one.id] != one.vis
        ]

    async def _derive(self, parcel: Parcel, changed: Sequence[Claim], record: str | None) -> None:
        """The evidence of the units, as if the claims had always had their class."""
        ids = {one.id for one in changed}
        every = await self.pen.reading.units((one.unit, record or one.b) for one in changed)
        for unit in sorted({one.unit for one in changed if one.unit is not None and one.retracted_at is None}):
            theirs = [one for one in every if one.unit == unit]
            known, taken = await self.pen.reading.derived(unit, (one.a for one in theirs))
            standing = [
                replace(one, vis=self.vis) if one.id in ids else one for one in theirs if one.retracted_at is None
            ]
            classes = self.pen.classes
            wanted = list(settled(evidence(unit, standing, classes), known, taken, classes, replacing=False))
            rederive(parcel, standing, wanted, known)
            for one in wanted:
                if one.old is not None and one.old.id == one.id:
                    put(parcel, replacement(one.key, one.record, one.id, one.old))

    async def _write(self, parcel: Parcel) -> None:
        write = self.pen.write
        await Statements(write).parcel(parcel)
        there = [str(one.id) for one in parcel.creations]
        await write.run(FORGET, ids=there)
        rows = [{"id": one.id} for one in parcel.deletions if one.id not in there]
        await write.run(RECORD, rows=rows, revision=write.revision)

    async def _mentioned(self, ids: Iterable[str]) -> None:
        """The class of what is mentioned: an agent's is told by its records alone.

        What a source may have told of in its own right, an event or a post, only becomes less strict.
        """
        nodes = await self.pen.reading.nodes(ids)
        agents = sorted(id for id in nodes if id.startswith(AGENTS))
        found = await self.pen.reading.rows(MENTIONS, ids=agents) if agents else []
        classes = {one.id: self.pen.classes.least_strict(one.classes) for one in found}
        writes: list[NodeWrite] = []
        for id, stored in nodes.items():
            said = _unstamped(stored)
            if id in classes:
                said |= await self._agent(id, classes[id])
            else:
                said["vis"] = self.pen.classes.least_strict([self.vis, _vis(stored)])
            if said != _unstamped(stored):
                writes.append(_node(id, stored, said))
        await Statements(self.pen.write).nodes(writes)

    async def _agent(self, id: str, vis: int) -> dict[str, object]:
        """What an agent's node says to whoever may see it by then."""
        claims = await self.pen.reading.identifications([id])
        identities = Joins((one.ends, one.retracted_at is None) for one in claims).identities().get(id)
        if not identities:  # no source says what identifies it
            return {"vis": vis}
        sources = await self.pen.reading.nodes(one.source for one in claims)
        slugs = {source: str(stored.properties.get("slug")) for source, stored in sources.items()}
        said = naming.agent(identities, claims, vis, self.pen.classes, lambda source: slugs.get(source, source))
        return {"country": None, **said}

    async def _record(self, id: str) -> None:
        """A record is as visible as the least strict of its parts."""
        stored = (await self.pen.reading.nodes([id]))[id]
        parts = [one.vis for one in await self.pen.reading.at([id])]
        said = {**_unstamped(stored), "vis": self.pen.classes.least_strict(parts), RELABELLED: self.by}
        await Statements(self.pen.write).nodes([_node(id, stored, said)])


def _vis(stored: Stored) -> int:
    vis = stored.properties.get("vis")
    return vis if isinstance(vis, int) else 0


def _unstamped(stored: Stored) -> dict[str, object]:
    return {name: value for name, value in stored.properties.items() if name not in STAMPS}


def _node(id: str, stored: Stored, said: dict[str, object]) -> NodeWrite:
    kept = {"recordedAt": stored.properties["recordedAt"]} if "recordedAt" in stored.properties else {}
    properties = {name: value for name, value in {**said, **kept}.items() if value is not None}
    return NodeWrite(stored.label, id, properties, new=False)
