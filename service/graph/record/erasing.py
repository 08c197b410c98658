"""The erasure of a person: everything held on them goes in one transaction, and nothing brings it back.

Their node goes with every claim and piece of evidence at either end, taken back or not; so do exchanges of cards and
introductions they were part of, meetings in which fewer than two are left, limits they set, and identifiers that only
they had. What was derived from units they belonged to is derived anew, as if they had never been there. Texts that
name them say `[erased]` instead. What stays is `(:Erased {id})`, by which projections let go of them, entries of the
audit, which hold ids, and keyed hashes of what they were known by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

import cypher
from cypher import Query
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.folding import fold
from service.graph.model import Claim, Identity, digest
from service.graph.record.changes import Change, NodeWrite, Parcel
from service.graph.record.derivation import evidence
from service.graph.record.entries.reading import AGENTS, Reading
from service.graph.record.entries.reading import THINGS as NODES
from service.graph.record.joins import Joins
from service.graph.record.rehoming import RELATIONSHIPS, Gone, Placed, note, rederive
from service.graph.record.relations import FOLDERS, KNOWS
from service.graph.record.settling import settled
from service.graph.record.standing import Known, Stored, derived, nodes, ranges
from service.graph.record.statements import Statements
from service.graph.record.suppressing import Names, emptied
from service.graph.store import Graph, Scope, Write
from service.graph.suppression import suppress, suppression
from service.graph.visibility import Classes, Saved

ROWS = 2000
ATTEMPTS = 5
EMPLOYERS = frozenset({"WORKS_FOR", "DIRECTOR_OF", "MEMBER_OF"})
# What a thing that somebody took part in is, by the first letters of its id.
THINGS = {"mtg": "Meeting", "crd": "CardExchange", "int": "Introduction"}
# Texts by which records are found and compared; none of them is told to anybody as a text.
STRUCTURE = frozenset(
    {"id", "key", "source", "unit", "origin", "about", "instead", "ends", "person", "never", "meeting"}
)
# What is called by a name of its own keeps it.
NAMED = frozenset({"Person", "Organization", "Identifier", "Source", "IntroducerLimits"})


@dataclass(frozen=True, slots=True)
class Found:
    """The id of what was found."""

    id: str


BEGINS = cypher.query("held/begins", Placed)
ENDS = cypher.query("held/ends", Placed)
AT_THINGS: Mapping[str, Query[Placed]] = {
    label: cypher.query(f"held/at_{FOLDERS[label]}s", Placed) for label in THINGS.values()
}
DELETE: Mapping[str, Query[Gone]] = {
    **{label: cypher.query(f"erasure/{FOLDERS[label]}s", Gone) for label in THINGS.values()},
    "Person": cypher.query("erasure/people", Gone),
    "IntroducerLimits": cypher.query("erasure/introducer_limits", Gone),
    "Identifier": cypher.query("erasure/identifiers", Gone),
}
ERASED = cypher.query("erased/by_ids", Found)
EVIDENCE = cypher.query("erasure/evidence", Saved)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure came to. `known` are the ids the person had; all of it is zero where they were gone already."""

    known: tuple[str, ...]
    claims: int = 0
    evidence: int = 0
    records: int = 0
    texts: int = 0
    again: bool = False


class Overtaken(Exception):
    """Another writer came between reading and writing; nothing was written."""


@dataclass(slots=True)
class Texts:
    """Where texts name somebody, with what is to stand there."""

    nodes: list[tuple[Stored, dict[str, object]]] = field(default_factory=list[tuple[Stored, dict[str, object]]])
    claims: list[Change] = field(default_factory=list[Change])


@dataclass(slots=True)
class Traces:
    """All that the store holds on somebody."""

    id: str
    identities: tuple[Identity, ...]
    names: Names
    known: tuple[str, ...]
    ties: list[Placed] = field(default_factory=list[Placed])
    things: dict[str, str] = field(default_factory=dict[str, str])
    at_things: list[Placed] = field(default_factory=list[Placed])
    stored: Mapping[str, Stored] = field(default_factory=dict[str, Stored])  # meetings and the like they took part in

    @property
    def places(self) -> set[str]:
        """Where they worked."""
        return {tie.b for tie in self.ties if tie.type in EMPLOYERS}

    @property
    def touched(self) -> set[tuple[str | None, str]]:
        """The units they or what goes with them belonged to, each with a node at which claims of it end."""
        rows = [*self.ties, *(one for one in self.at_things if one.b in self.things)]
        return {(one.unit, one.b) for one in rows if one.unit is not None and one.type != KNOWS}


async def erase(graph: Graph, id: str) -> Erasure:
    """What came of erasing a person; NOT_FOUND where nobody has this id or ever had."""
    for _ in range(ATTEMPTS):
        before = await graph.position()
        scope = (await visibility.classes(graph)).everything()
        found = await traces(graph, scope, id)
        if found is None:
            return await _again(graph, scope, id)
        texts = await _texts(graph, scope, found)
        try:
            return await graph.write(partial(_erased, before=before.number, found=found, texts=texts))
        except Overtaken:
            continue
    raise ServiceError(Code.CONFLICT, "other writers came first again and again; erase when they are done")


async def _again(graph: Graph, scope: Scope, id: str) -> Erasure:
    if await graph.read(ERASED, scope, ids=[id]):
        return Erasure((id,), again=True)
    raise ServiceError(Code.NOT_FOUND, f"nobody here has the id {id!r}; look it up with: paddock search")


async def traces(graph: Graph, scope: Scope, id: str) -> Traces | None:
    """All that is held on a person, as far as a scope may see it; None where nobody has this id."""
    stored = next((row for row in await graph.read(AGENTS, scope, ids=[id])), None)
    if stored is None or stored.label != "Person":
        return None
    properties = stored.properties
    ties = {tie.id: tie for query in (BEGINS, ENDS) for tie in [one async for one in _paged(graph, query, scope, id)]}
    identities = _identities(id, ties.values())
    spelled = [name for tie in ties.values() for name in _list(tie.properties, "names")]
    names = [str(properties.get("name", "")), *_list(properties, "otherNames"), *spelled]
    found = Traces(
        id,
        identities,
        Names.of([*names, *(one.value for one in identities if one.scheme == "name")]),
        tuple(sorted({id, *_list(properties, "mergedIds"), *(one.agent for one in identities)})),
        list(ties.values()),
    )
    labels = {tie.b: THINGS[tie.b[:3]] for tie in found.ties if tie.b[:3] in THINGS}
    for label, query in AT_THINGS.items():
        ids = sorted(thing for thing, of in labels.items() if of == label)
        found.at_things += await graph.read(query, scope, ids=ids) if ids else []
    left = defaultdict[str, set[str]](set)
    for row in found.at_things:
        if row.a != id and row.stands:
            left[row.b].add(row.a)
    gone = emptied(labels, left)
    found.stored = await _stored(graph, scope, labels)
    found.things = {thing: label for thing, label in labels.items() if thing in gone}
    return found


async def _stored(graph: Graph, scope: Scope, labels: Mapping[str, str]) -> dict[str, Stored]:
    found: dict[str, Stored] = {}
    for prefix, label in THINGS.items():
        ids = sorted(id for id in labels if id.startswith(prefix))
        rows = await graph.read(NODES[prefix][1], scope, ids=ids) if ids else []
        found.update((row.id, Stored(label, row.properties)) for row in rows)
    return found


async def _paged(graph: Graph, query: Query[Placed], scope: Scope, id: str) -> AsyncIterator[Placed]:
    after = ""
    while rows := await graph.read(query, scope, id=id, after=after, limit=ROWS):
        for row in rows:
            yield row
        after = rows[-1].id


def _identities(id: str, ties: Iterable[Placed]) -> tuple[Identity, ...]:
    """What is them and nobody else: an identity that was joined to them and is no longer may be another's."""
    rows = [tie for tie in ties if tie.type == "IDENTIFIED_BY"]
    joins = Joins((_list(tie.properties, "ends"), tie.stands) for tie in rows)
    return tuple(joins.identities().get(id, ()))


async def _texts(graph: Graph, scope: Scope, found: Traces) -> Texts:
    """Every text of what stays that names them."""
    texts = Texts()
    for id, stored in (await nodes(graph, scope)).items():
        if stored.label not in NAMED and id not in found.things:
            changed = _cleared(stored.properties, found.names)
            if changed:
                texts.nodes.append((stored, changed))
    for page, counts in RELATIONSHIPS:
        for first, last in ranges(await graph.read(counts, scope)):
            for row in await graph.read(page, scope, **{"from": first, "to": last}):
                if found.id not in {row.a, row.b} and row.b not in found.things:
                    changed = _cleared(row.properties, found.names)
                    if row.type == "IDENTIFIED_BY":
                        changed.pop("names", None)  # somebody else of that name keeps it
                    texts.claims += [Change(row.type, row.id, row.a, row.b, changed)] if changed else []
    return texts


def _cleared(properties: Mapping[str, object], names: Names) -> dict[str, object]:
    """The properties that no longer name somebody, those of them that did."""
    changed: dict[str, object] = {}
    for key, value in properties.items():
        if key not in STRUCTURE and isinstance(value, str | list):
            now = names.cleared(cast("str | list[str]", value))
            if now != value:
                changed[key] = now
    return changed


async def _erased(write: Write, before: int, found: Traces, texts: Texts) -> Erasure:
    if write.revision != before + 1:
        raise Overtaken
    classes = Classes(await write.run(visibility.ALL))
    statements = Statements(write)
    parcel = await _rederived(Reading(write, classes), found)
    back = {creation.id for creation in parcel.creations}
    moved = [one.id for one in parcel.deletions if one.id not in back]
    await _replace(statements, parcel, found)
    await write.run(DELETE["Person"], ids=[found.id])
    for label in THINGS.values():
        await write.run(DELETE[label], ids=sorted(id for id, of in found.things.items() if of == label))
    await write.run(DELETE["Identifier"], ids=sorted({tie.b for tie in found.ties if tie.b.startswith("idn-")}))
    await _limits(statements, classes, found)
    await _clear(statements, texts)
    await visibility.save(write, classes.added)
    gone = {*found.known, *found.things, *moved, *(tie.id for tie in found.ties if tie.type == KNOWS)}
    await note(write, back=sorted(str(id) for id in back), gone=sorted(map(str, gone)))
    known = await suppression(write)
    await suppress(write, known, known.of(found.identities, found.names.folded, found.places))
    knows = sum(tie.type == KNOWS for tie in found.ties)
    return Erasure(found.known, len(found.ties) - knows, knows, len(found.things), len(texts.nodes) + len(texts.claims))


async def _rederived(reading: Reading, found: Traces) -> Parcel:
    """What makes the evidence among others follow from what is left."""
    every = await reading.units(found.touched)
    theirs = defaultdict[str, list[Claim]](list)
    for claim in every:
        if claim.unit is not None:
            theirs[claim.unit].append(claim)
    scope = reading.classes.everything()
    sizes = {unit: len({one.a for one in claims}) ** 2 // 2 + 1 for unit, claims in theirs.items()}
    # From whole units, and not from the people in them: who was in many rooms has thousands of pieces to look through.
    known, taken = await derived(reading.write, scope, sizes)
    among = defaultdict[str | None, list[Known]](list)
    for one in known:
        if found.id not in {one.a, one.b}:
            among[one.unit].append(one)
    parcel = Parcel()
    for unit, claims in sorted(theirs.items()):
        left = [one for one in claims if one.retracted_at is None and _stays(one, found)]
        records = settled(evidence(unit, left, reading.classes), among[unit], taken, reading.classes, replacing=False)
        rederive(parcel, left, list(records), among[unit])
    return parcel


def _stays(claim: Claim, found: Traces) -> bool:
    return found.id not in {claim.a, claim.b} and claim.b not in found.things


async def _replace(statements: Statements, parcel: Parcel, found: Traces) -> None:
    """Put what was derived anew in the place of what stood; what goes with a node is not looked for a second time.

    Found by their own index: two who met a thousand times have a thousand pieces of evidence between them.
    """
    ids = [one.id for one in parcel.deletions if found.id not in {one.a, one.b}]
    for first in range(0, len(ids), ROWS):
        part = ids[first : first + ROWS]
        saved = (await statements.write.run(EVIDENCE, ids=part))[0].saved
        if saved != len(part):
            raise ServiceError(Code.INTERNAL, f"{saved} of {len(part)} pieces of evidence were found; nothing was kept")
    await statements.parcel(Parcel(parcel.unit, parcel.creations))


async def _limits(statements: Statements, classes: Classes, found: Traces) -> None:
    """Their own limits go; nobody else says any longer never to be asked for them."""
    known = set(found.known)
    own = {digest("lim", id) for id in known}
    writes: list[NodeWrite] = []
    for id, stored in (await nodes(statements.write, classes.everything(), ("IntroducerLimits",))).items():
        never = _list(stored.properties, "never")
        if stored.properties.get("person") in known:
            own.add(id)
        elif known & set(never):
            left = {**stored.properties, "never": [one for one in never if one not in known]}
            kept = {name: value for name, value in left.items() if value != []}
            writes.append(NodeWrite(stored.label, id, kept, new=False))
    await statements.nodes(writes)
    await statements.write.run(DELETE["IntroducerLimits"], ids=sorted(own))


async def _clear(statements: Statements, texts: Texts) -> None:
    writes = [
        NodeWrite(stored.label, str(stored.properties["id"]), _named(stored, changed), new=False)
        for stored, changed in texts.nodes
    ]
    await statements.nodes(writes)
    await statements.parcel(Parcel(changes=texts.claims))


def _named(stored: Stored, changed: Mapping[str, object]) -> dict[str, object]:
    """A node with other texts, found by those."""
    said = {**stored.properties, **changed}
    labels = [str(said.get("name", "")), *_list(said, "altLabels")]
    return {**said, "search": "\n".join(dict.fromkeys(map(fold, labels)))} if "search" in stored.properties else said


def _list(properties: Mapping[str, object], name: str) -> list[str]:
    value = properties.get(name)
    return [str(one) for one in cast("Sequence[object]", value)] if isinstance(value, list | tuple) else []
