"""Why something is in the graph: who says so, since when, what contradicts it, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import cypher
from service.graph.questions import nodes
from service.graph.questions.contradictions import Told, counting
from service.graph.questions.rows import (
    Affiliation,
    Agent,
    Attendance,
    Benefit,
    Capability,
    CapabilityClaim,
    CardExchange,
    CertificationClaim,
    DisputePolicy,
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

Claimed: TypeAlias = (
    Affiliation
    | PostHolding
    | MembershipClaim
    | Supply
    | CapabilityClaim
    | CertificationClaim
    | Benefit
    | Ownership
    | Attendance
)

SHOWN = 100
"""Pieces of evidence that follow, told one by one; beyond them only their number."""

OF_AGENTS = ("IDENTIFIED_BY", "WORKS_FOR", "DIRECTOR_OF", "HOLDS", "MEMBER_OF", "SECRETARIAT_OF")
PARTS = ("TOOK_PART_IN", "GAVE_CARD", "RECEIVED_CARD", "REQUESTS", "INTRODUCES", "INTRODUCED_IN")


@dataclass(frozen=True, slots=True)
class Version:
    """A piece of evidence between two agents, what became of it, and whose place it takes for whoever sees it."""

    id: str
    key: str | None
    recorded_at: str
    retracted_at: str | None
    entered_by: str | None
    retracted_by: str | None
    reason: str | None
    about: tuple[str, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """The source that first named a thing, and where."""

    source: Source
    locator: str | None


@dataclass(frozen=True, slots=True)
class Why:
    """All that is behind something: `entity` is it, unless it is a claim that only `claim` tells of.

    `versions` are all claims of the same record, oldest first; `evidence` what became of a piece of evidence in the
    same way; `against` the standing claims that contradict it, `counting` the id of the one that counts under each
    policy, none where nothing is contradicted. `replaced_by` is what a piece of evidence does not count beside.
    """

    entity: Entity | None
    claim: Told | None = None
    versions: tuple[Told, ...] = ()
    against: tuple[Told, ...] = ()
    counting: Mapping[DisputePolicy, str | None] = field(default_factory=dict[DisputePolicy, str | None])
    parts: tuple[Told, ...] = ()
    about: tuple[Entity, ...] = ()
    evidence: tuple[Version, ...] = ()
    replaced_by: tuple[str, ...] = ()
    follows: tuple[Evidence, ...] = ()
    more: int = 0
    named: Named | None = None


CLAIMS = cypher.query("why/claims", Told)
CLAIM = cypher.query("why/claim", Told)
EVIDENCE = cypher.query("why/evidence", Version)
THINGS = cypher.query("why/things", Named)


async def why(graph: Graph, scope: Scope, id: str) -> Why | None:  # noqa: PLR0911 (one for each kind of thing)
    """What is behind a claim, a record, a piece of evidence, an agent or a thing; None where nothing of it is seen."""
    entity = await nodes.node(graph, scope, id)
    match entity:
        case None:
            found = await graph.read(CLAIM, scope, id=id) if id.startswith("clm") else []
            return await _claim(graph, scope, None, found[0]) if found else None
        case Agent():
            said = await graph.read(CLAIMS, scope, ids=[entity.id], types=list(OF_AGENTS))
            return Why(entity, parts=tuple(one for one in said if one.retracted_at is None))
        case Evidence():
            return await _evidence(graph, scope, entity)
        case Meeting() | CardExchange() | Introduction():
            return await _record(graph, scope, entity)
        case Source():
            return Why(entity)
        case Post() | Event() | Capability() | Issue():
            named = await graph.read(THINGS, scope, id=entity.id)
            return Why(entity, named=named[0] if named else None)
        case _:
            return await _stated(graph, scope, entity)


async def _stated(graph: Graph, scope: Scope, entity: Claimed) -> Why | None:
    """A claim that begins at an agent: read with all others of its type that do."""
    types, agent = _beginning(entity)
    found = await graph.read(CLAIMS, scope, ids=[agent.id], types=list(types))
    claim = next((one for one in found if one.id == entity.id), None)
    return None if claim is None else await _claim(graph, scope, entity, claim, found)


async def _claim(graph: Graph, scope: Scope, entity: Entity | None, claim: Told, beside: Sequence[Told] = ()) -> Why:
    standing = [one for one in beside if one.retracted_at is None]
    against = [] if claim.retracted_at else [one for one in standing if one.contradicts(claim)]
    ends = [id for id in (claim.a, claim.b) if id.startswith(("per-", "org-"))]
    follows, more = await _follows(graph, scope, ends, [claim.id])
    return Why(
        entity,
        claim,
        versions=tuple(one for one in beside if one.key is not None and one.key == claim.key) or (claim,),
        against=tuple(against),
        counting={policy: counting(claim, against, policy) for policy in DisputePolicy} if against else {},
        follows=follows,
        more=more,
    )


async def _record(graph: Graph, scope: Scope, record: Meeting | CardExchange | Introduction) -> Why:
    """A record with what is said of who had a part in it, and the evidence that follows."""
    people = [one.id for one in _people(record)]
    said = await graph.read(CLAIMS, scope, ids=people, types=list(PARTS)) if people else []
    parts = tuple(one for one in said if one.b == record.id)
    follows, more = await _follows(graph, scope, people, [record.id, *(one.id for one in parts)])
    return Why(record, parts=parts, follows=follows, more=more)


async def _evidence(graph: Graph, scope: Scope, evidence: Evidence) -> Why:
    """A piece of evidence with what it follows from, and what was said in its place before."""
    between = await graph.read(EVIDENCE, scope, id=evidence.a.id, other=evidence.b.id, about=None)
    key = next((one.key for one in between if one.id == evidence.id), None)
    about = (await nodes.about(graph, scope, [evidence]))[evidence.id]
    same = tuple(one for one in between if one.id == evidence.id or (key is not None and one.key == key))
    replaced_by = tuple(one.id for one in between if one.retracted_at is None and evidence.id in one.instead)
    return Why(evidence, about=about, evidence=same, replaced_by=replaced_by)


async def _follows(
    graph: Graph, scope: Scope, people: Sequence[str], about: Sequence[str]
) -> tuple[tuple[Evidence, ...], int]:
    """The standing evidence of these agents that follows from one of these claims, and how much more there is."""
    found = dict[str, Version]()
    for person in people:
        rows = await graph.read(EVIDENCE, scope, id=person, other=None, about=list(about))
        found |= {row.id: row for row in rows if row.retracted_at is None}
    replaced = {id for row in found.values() for id in row.instead}
    ids = [id for id, row in found.items() if id not in replaced and not set(about).isdisjoint(row.about)]
    shown = ids[:SHOWN]
    told = await graph.read(nodes.EVIDENCE, scope, ids=shown) if shown else []
    return tuple(sorted(told, key=lambda row: (row.since or row.on, row.id))), len(ids) - len(shown)


def _people(record: Meeting | CardExchange | Introduction) -> tuple[Agent, ...]:
    match record:
        case Meeting():
            return record.participants
        case CardExchange():
            return record.giver, record.receiver
        case Introduction():
            return record.requester, record.introducer, record.target


def _beginning(claim: Claimed) -> tuple[tuple[str, ...], Agent]:  # noqa: PLR0911 (one line for each type)
    """The types a claim may be of, and the agent it begins at."""
    match claim:
        case Affiliation():
            return ("WORKS_FOR", "DIRECTOR_OF"), claim.person
        case PostHolding():
            return ("HOLDS",), claim.person
        case MembershipClaim():
            return ("MEMBER_OF", "SECRETARIAT_OF"), claim.member
        case Supply():
            return ("SUPPLIES",), claim.supplier
        case CapabilityClaim():
            return ("HAS_CAPABILITY",), claim.organization
        case CertificationClaim():
            return ("HOLDS_CERTIFICATION",), claim.organization
        case Benefit():
            return ("GAVE_BENEFIT",), claim.giver
        case Ownership():
            return ("OWNS",), claim.owner
        case Attendance():
            return ("ATTENDED",), claim.agent
