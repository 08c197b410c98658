"""The nodes a load creates or changes: agents, identifiers, sources, and everything else that is mentioned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from service.graph.folding import fold
from service.graph.model import IDENTIFIED_BY, LATER, Batch, Claim, Identity, NodeRecord, SourceRecord
from service.graph.record import naming
from service.graph.record.changes import Fate, NodeWrite
from service.graph.record.claiming import Comparison
from service.graph.record.joins import Joins
from service.graph.record.standing import Standing, Stored
from service.graph.visibility import Classes

# What the writer adds itself, so that it makes no difference between a stored node and the same node again.
STAMPS = frozenset({"revision", "recordedAt"})
RELABELLED = "relabelledBy"  # on a record that somebody gave another class, which no load takes back
# Nodes other sources may have told of, which a less strict mention shows to more people.
_SHARED = frozenset({"Post", "Event", "Capability", "Sector", "Certification", "Issue"})
Seen = Mapping[str, set[int]]


def node_writes(batch: Batch, standing: Standing, joins: Joins, result: Comparison) -> list[NodeWrite]:
    """Every node that is missing or says something else, in the order of labels and ids."""
    seen = _mentions(batch, result)
    wanted = chain(
        _sources(batch, standing, seen),
        _identifiers(standing, result, seen),
        _agents(batch, standing, joins, result, seen),
        _others(batch, standing, seen),
    )
    writes: list[NodeWrite] = []
    named = {*batch.nodes}
    for label, properties in wanted:
        id = str(properties["id"])
        write = _write(label, id, properties, standing.nodes.get(id))
        if id in named:
            result.tally.fates[id] = Fate.UNCHANGED if write is None else Fate.WRITTEN
        if write is not None:
            writes.append(write)
    return sorted(writes, key=lambda write: (write.label, write.id))


def _write(label: str, id: str, properties: dict[str, object], stored: Stored | None) -> NodeWrite | None:
    said = {name: value for name, value in properties.items() if value is not None}
    if stored is None:
        return NodeWrite(label, id, said, new=True)
    if said == {name: value for name, value in stored.properties.items() if name not in STAMPS}:
        return None
    kept = {"recordedAt": stored.properties["recordedAt"]} if "recordedAt" in stored.properties else {}
    return NodeWrite(label, id, {**said, **kept}, new=False)


def _mentions(batch: Batch, result: Comparison) -> Seen:
    """The classes of the records of this load that mention each node."""
    seen = defaultdict[str, set[int]](set)
    sources = {source.id for source in batch.sources}
    for claim in result.remaining.values():
        if claim.source in sources:
            for mentioned in (claim.a, claim.b, claim.source):
                seen[mentioned].add(claim.vis)
    for record in batch.evidence:
        for mentioned in (record.a, record.b, record.source):
            seen[mentioned].add(record.vis)
    return seen


def _vis(id: str, seen: Seen, standing: Standing, *own: int) -> int:
    """The least strict class of all records that mention a node, those taken back included."""
    stored = standing.nodes.get(id)
    before = [vis] if stored is not None and isinstance(vis := stored.properties.get("vis"), int) else []
    return standing.classes.least_strict([*own, *before, *seen.get(id, ())])


def _sources(batch: Batch, standing: Standing, seen: Seen) -> Iterator[tuple[str, dict[str, object]]]:
    for source in batch.sources:
        yield "Source", _source(source, _vis(source.id, seen, standing, source.vis))


def _source(source: SourceRecord, vis: int) -> dict[str, object]:
    return {
        "id": source.id,
        "vis": vis,
        "slug": source.slug,
        "title": source.title,
        "mode": source.mode.value,
        "publisher": source.publisher,
        "url": source.url,
        "licence": source.licence,
        "retrievedAt": source.retrieved_at,
        "search": fold(source.title),
    }


def _identifiers(standing: Standing, result: Comparison, seen: Seen) -> Iterator[tuple[str, dict[str, object]]]:
    ends = {claim.b: claim.ends[1] for claim in result.remaining.values() if claim.type == IDENTIFIED_BY}
    for id, text in ends.items():
        identity = Identity.parse(text)
        if identity is not None and id in seen:
            yield "Identifier", _identifier(identity, _vis(id, seen, standing))


def _identifier(identity: Identity, vis: int) -> dict[str, object]:
    return {
        "id": identity.id,
        "vis": vis,
        "scheme": identity.scheme,
        "value": identity.value,
        "kind": identity.kind.value,
        "agent": identity.agent,  # the id an agent had that was known by nothing better
        "search": fold(identity.value),
    }


def _agents(
    batch: Batch, standing: Standing, joins: Joins, result: Comparison, seen: Seen
) -> Iterator[tuple[str, dict[str, object]]]:
    slugs = _slugs(batch, standing)
    claims = defaultdict[str, list[Claim]](list)
    moved = set[str]()
    for claim in _identifications(standing, result):
        agent = joins.agent(claim.ends[0], claim.a)
        claims[agent].append(claim)
        moved.update({agent, claim.a} if agent != claim.a else ())
    for agent, identities in joins.identities().items():
        if claims[agent]:
            own = (claim.vis for claim in claims[agent])
            # Where identities moved, what was mentioned before may be another agent's now.
            vis = (
                standing.classes.least_strict([*own, *seen.get(agent, ())])
                if agent in moved
                else _vis(agent, seen, standing, *own)
            )
            said = naming.agent(
                identities, claims[agent], vis, standing.classes, lambda source: slugs.get(source, source)
            )
            yield identities[0].kind.value, said


def _slugs(batch: Batch, standing: Standing) -> dict[str, str]:
    stored = {id: str(node.properties["slug"]) for id, node in standing.nodes.items() if node.label == "Source"}
    return stored | {source.id: source.slug for source in batch.sources}


def _identifications(standing: Standing, result: Comparison) -> Iterator[Claim]:
    """Every claim about identities there ever was, those this load takes back marked as such."""
    stay = {claim.id: claim for claim in result.remaining.values() if claim.type == IDENTIFIED_BY}
    yield from stay.values()
    for claim in standing.identifications:
        if claim.id not in stay:
            yield replace(claim, retracted_at=claim.retracted_at or LATER)


def _others(batch: Batch, standing: Standing, seen: Seen) -> Iterator[tuple[str, dict[str, object]]]:
    slugs = _slugs(batch, standing)
    ours = {source.id for source in batch.sources}
    told = defaultdict[str, list[NodeRecord]](list)
    for record in chain(batch.nodes.values(), batch.retold):
        told[record.id].append(record)
    for id, records in told.items():
        stored = standing.nodes.get(id)
        relabelled = None if stored is None else stored.properties.get(RELABELLED)
        vis = _vis(id, seen, standing, *(() if relabelled else (one.vis for one in records)))
        record = _speaker(records, stored, vis, standing.classes, slugs)
        if stored is not None and not _speaks_for(record, stored, vis, standing.classes, ours, slugs):
            yield stored.label, {**_unstamped(stored), "vis": vis}
        else:
            yield record.label, {**_node(record, vis), RELABELLED: relabelled}
    for id in sorted(seen.keys() - batch.nodes.keys()):
        stored = standing.nodes.get(id)
        if stored is not None and stored.label in _SHARED:
            yield stored.label, {**_unstamped(stored), "vis": _vis(id, seen, standing)}


def _speaker(
    records: Sequence[NodeRecord], stored: Stored | None, vis: int, classes: Classes, slugs: Mapping[str, str]
) -> NodeRecord:
    """The one of a load's records that would say what the node is if they came one after the other.

    Of those that whoever sees the node may see it is the first by slug; where there is none, what spoke before goes on.
    """
    shown = [one for one in records if classes.covers(vis, one.vis)]
    owned = [one for one in records if stored is not None and one.source == stored.properties["source"]]
    return min(shown or owned or records, key=lambda one: slugs.get(one.source, ""))


def _speaks_for(
    record: NodeRecord, stored: Stored, vis: int, classes: Classes, ours: set[str], slugs: Mapping[str, str]
) -> bool:
    """Whether the record says what the node is: its source told of it before, or comes first by its slug.

    Whoever may see the node has to be one who may see what it says, so a less strict record goes before all others.
    """
    owner = str(stored.properties["source"])
    if record.source != owner and not classes.covers(vis, record.vis):
        return False
    if record.source != owner and vis != stored.properties.get("vis"):
        return True
    return owner in ours or slugs.get(record.source, "") < slugs.get(owner, "")


def _unstamped(stored: Stored) -> dict[str, object]:
    return {name: value for name, value in stored.properties.items() if name not in STAMPS}


def _node(record: NodeRecord, vis: int) -> dict[str, object]:
    labels = record.properties.get("altLabels")
    names = (record.name, *(labels if isinstance(labels, list) else ()))
    said = {name: value for name, value in record.properties.items() if value != []}
    return {
        **said,
        "id": record.id,
        "vis": vis,
        "name": record.name,
        "source": record.source,
        "locator": record.locator,
        "search": "\n".join(dict.fromkeys(map(fold, names))),
    }
