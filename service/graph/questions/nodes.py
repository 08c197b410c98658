"""Anything that has an id: agents, things, claims that were taken back too, evidence, sources and records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cypher
from service.errors import Code, ServiceError
from service.graph.questions import agents
from service.graph.questions.rows import (
    Affiliation,
    Attendance,
    Benefit,
    Capability,
    CapabilityClaim,
    CardExchange,
    CertificationClaim,
    Entity,
    Event,
    Evidence,
    Introduction,
    Issue,
    Meeting,
    MembershipClaim,
    Ownership,
    Post,
    PostHolding,
    Source,
    Supply,
)
from service.graph.store import Graph, Scope

E = TypeVar("E", bound=Entity)

MOST = 100


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """The record a claim says somebody had a part in."""

    claim: str
    record: str


EVIDENCE = cypher.query("claim/evidence", Evidence)
# Which statement answers for which ids: the first letters of an id say what it is of.
THINGS: Mapping[str, cypher.Query[Entity]] = {
    "pst": cypher.query("post/by_id", Post),
    "cap": cypher.query("capability/by_id", Capability),
    "evt": cypher.query("event/by_id", Event),
    "iss": cypher.query("issue/by_id", Issue),
    "src": cypher.query("source/by_id", Source),
    "mtg": cypher.query("meeting/by_id", Meeting),
    "crd": cypher.query("card/by_id", CardExchange),
    "int": cypher.query("introduction/by_id", Introduction),
}
CAPABILITIES: cypher.Query[Entity] = cypher.query("claim/capabilities", CapabilityClaim)
# A claim's id does not say of which type it is: they are asked in this order, the most frequent ones first.
CLAIMS: Sequence[cypher.Query[Entity]] = (
    cypher.query("claim/memberships", MembershipClaim),
    cypher.query("claim/attendances", Attendance),
    cypher.query("claim/affiliations", Affiliation),
    cypher.query("claim/holdings", PostHolding),
    cypher.query("claim/benefits", Benefit),
    cypher.query("claim/secretariats", MembershipClaim),
    cypher.query("claim/supplies", Supply),
    CAPABILITIES,
    cypher.query("claim/certifications", CertificationClaim),
    cypher.query("claim/directorships", Affiliation),
    cypher.query("claim/ownerships", Ownership),
)
RECORDS = cypher.query("claim/records", ClaimRecord)


async def node(graph: Graph, scope: Scope, id: str) -> Entity | None:
    """What has this id, if the viewer may see it."""
    return (await entities(graph, scope, [id])).get(id)


async def nodes(graph: Graph, scope: Scope, ids: Sequence[str]) -> list[Entity | None]:
    """What has each of these ids, in the order asked; at most 100."""
    if len(ids) > MOST:
        raise ServiceError(Code.BAD_USER_INPUT, f"{len(ids)} ids at once; ask for at most {MOST}")
    found = await entities(graph, scope, ids)
    return [found.get(id) for id in ids]


async def entities(graph: Graph, scope: Scope, ids: Iterable[str]) -> dict[str, Entity]:
    """What has these ids, in any number, by the id asked for."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for id in dict.fromkeys(ids):
        asked[id.partition("-")[0]].append(id)
    found: dict[str, Entity] = {}
    found |= await agents.agents(graph, scope, asked["per"] + asked["org"])
    found |= await claims(graph, scope, asked["clm"])
    if asked["kno"]:
        found |= {row.id: row for row in await graph.read(EVIDENCE, scope, ids=asked["kno"])}
    for prefix, query in THINGS.items():
        if asked[prefix]:
            found |= _by_id(await graph.read(query, scope, ids=asked[prefix]))
    return found


async def claims(graph: Graph, scope: Scope, ids: Sequence[str]) -> dict[str, Entity]:
    """The claims with these ids, those that were taken back too."""
    found: dict[str, Entity] = {}
    missing: list[str] = list(ids)
    for query in CLAIMS:
        if not missing:
            break
        found |= _by_id(await graph.read(query, scope, ids=missing))
        missing = [id for id in missing if id not in found]
    return found


async def about(graph: Graph, scope: Scope, evidence: Sequence[Evidence]) -> dict[str, tuple[Entity, ...]]:
    """What each piece of evidence follows from: the claims and records it names, as far as they may be seen."""
    records = await _records(graph, scope, evidence)
    found = await entities(graph, scope, (records.get(id, id) for item in evidence for id in item.about))
    named = {item.id: dict.fromkeys(records.get(id, id) for id in item.about) for item in evidence}
    return {item: tuple(found[id] for id in ids if id in found) for item, ids in named.items()}


async def _records(graph: Graph, scope: Scope, evidence: Sequence[Evidence]) -> dict[str, str]:
    """The record each claim of taking part belongs to: it says more than that one person was there."""
    parts = defaultdict[str, set[str]](set)
    for item in evidence:
        for agent in (item.a, item.b):
            if agent.label == "Person":
                parts[agent.id].update(id for id in item.about if id.startswith("clm"))
    rows = [{"agent": agent, "ids": sorted(ids)} for agent, ids in sorted(parts.items()) if ids]
    found = await graph.read(RECORDS, scope, rows=rows) if rows else []
    return {row.claim: row.record for row in found}


def _by_id(rows: Sequence[E]) -> dict[str, E]:
    return {row.id: row for row in rows}
