"""Answers as plain JSON values, in the words of the public contract."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeAlias

import orjson

from service.cli.words import name, title
from service.graph.questions.rows import Affiliation, PostHolding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.graph.questions.health import Health
    from service.graph.questions.routes import Path, PathResult, PathSegment, Withheld
    from service.graph.questions.rows import Agent, Entity, Evidence, Record, Source, Supply
    from service.graph.questions.search import SearchHit
    from service.graph.questions.supply import SupplyChain, SupplyHop
    from service.graph.questions.ties import EvidenceEdge, Tie

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a tie rests on, largest share first; `more` pieces are not listed, `places` says where posts are."""

    edges: tuple[EvidenceEdge, ...]
    about: Mapping[str, tuple[Entity, ...]]
    places: Mapping[str, Agent]
    more: int

    def titles(self, evidence: str) -> list[str]:
        """What a piece of evidence follows from, in a few words; of work and posts, the place that two people share."""
        return [self._title(entity) for entity in self.about.get(evidence, ())]

    def _title(self, entity: Entity) -> str:
        place = self.places.get(entity.post.id) if isinstance(entity, PostHolding) else None
        if isinstance(entity, Affiliation):
            place = entity.organization
        return title(entity) if place is None else place.name


Proofs: TypeAlias = "Mapping[tuple[str, str], Proof]"


def named(entity: Entity) -> dict[str, Json]:
    """An agent or a thing by id and name."""
    return {"id": entity.id, "name": name(entity)}


def result(found: PathResult, proofs: Proofs) -> dict[str, Json]:
    """Routes with everything they rest on."""
    return {
        "outcome": found.outcome,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "nearestHops": found.nearest_hops,
        "paths": [path(one, proofs) for one in found.paths],
    }


def withheld(found: Sequence[Withheld]) -> list[Json]:
    """Introducers whom limits keep out of routes, and why."""
    return [{"introducer": named(one.introducer), "because": one.because} for one in found]


def path(found: Path, proofs: Proofs) -> dict[str, Json]:
    """A route with everything it rests on."""
    return {
        "from": named(found.start),
        "to": named(found.end),
        "onBehalfOf": named(found.on_behalf_of),
        "hops": found.hops,
        "strength": found.strength,
        "band": found.band,
        "segments": [_segment(segment, proofs) for segment in found.segments],
        "reasons": list(found.reasons),
    }


def _segment(segment: PathSegment, proofs: Proofs) -> dict[str, Json]:
    return {
        "from": named(segment.start),
        "to": named(segment.end),
        "willingness": segment.willingness,
        "tie": tie(segment.tie, proofs[segment.tie.a.id, segment.tie.b.id]),
    }


def tie(found: Tie, proof: Proof) -> dict[str, Json]:
    """How well two know each other, and what that rests on."""
    return {
        "strength": found.strength,
        "band": found.band,
        "mutual": found.mutual,
        "firstEvidence": found.first_evidence,
        "lastEvidence": found.last_evidence,
        "evidenceCount": found.evidence_count,
        "cadence": found.cadence,
        "medianGapDays": found.median_gap_days,
        "silenceDays": found.silence_days,
        "evidence": [edge(one, proof) for one in proof.edges],
    }


def edge(found: EvidenceEdge, proof: Proof) -> dict[str, Json]:
    """A piece of evidence with its part of a tie."""
    return {**item(found.node, proof), "share": found.share, "countsFrom": found.counts_from}


def item(found: Evidence, proof: Proof) -> dict[str, Json]:
    """A piece of evidence with what it follows from; what happened on one day has no `since`."""
    return {
        "id": found.id,
        "kind": found.kind,
        "since": found.since,
        "until": found.until,
        "intensity": found.intensity,
        "from": named(found.a),
        "to": named(found.b),
        "about": [told(entity) for entity in proof.about.get(found.id, ())],
        "provenance": provenance(found),
    }


def told(entity: Entity) -> dict[str, Json]:
    """What a piece of evidence follows from: its id and, for a claim, what it links."""
    return {"id": entity.id, "type": type(entity).__name__, "title": title(entity)}


def provenance(record: Record) -> dict[str, Json]:
    """Who says so, where, and since when it is known here."""
    return {
        "source": source(record.source),
        "locator": record.locator,
        "recordedAt": record.recorded_at,
        "retractedAt": record.retracted_at,
        "confidence": record.confidence,
    }


def origin(found: Source) -> dict[str, Json]:
    """A source with all that is known of it."""
    return {**source(found), "url": found.url, "retrievedAt": found.retrieved_at}


def source(found: Source) -> dict[str, Json]:
    """A source by title, publisher and licence."""
    return {"id": found.id, "title": found.title, "publisher": found.publisher, "licence": found.licence}


def chain(found: SupplyChain) -> dict[str, Json]:
    """A supply chain, hop by hop."""
    return {
        "root": named(found.root),
        "tiers": found.tiers,
        "truncated": found.truncated,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "hops": [_hop(hop, found.as_of) for hop in found.hops],
    }


def _hop(hop: SupplyHop, as_of: str) -> dict[str, Json]:
    return {"tier": hop.tier, "direction": hop.direction, "supply": _supply(hop.supply, as_of)}


def _supply(supply: Supply, as_of: str) -> dict[str, Json]:
    return {
        "id": supply.id,
        "supplier": named(supply.supplier),
        "customer": named(supply.customer),
        "capability": None if supply.capability is None else named(supply.capability),
        "start": supply.start,
        "end": supply.end,
        "current": supply.current(as_of),
        "disputed": supply.disputed,
        "provenance": provenance(supply),
    }


def hits(found: Sequence[SearchHit]) -> list[Json]:
    """What a search found, best first."""
    return [{**named(hit.node), "kind": hit.kind, "label": hit.label, "because": hit.because} for hit in found]


def health(found: Health) -> dict[str, Json]:
    """The state of a store."""
    return {
        "engine": found.engine,
        "revision": found.revision,
        "lastRecordedAt": found.last_recorded_at,
        "migrations": found.migrations,
        "schema": found.schema,
        "counts": asdict(found.counts),
        "findings": list(found.findings),
    }


def emit(answer: object) -> None:
    """Print an answer as JSON: one document, its keys in the order of the contract."""
    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.flush()
