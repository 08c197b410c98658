"""What is taken back by hand: a claim, a piece of evidence, or a record with all its claims. It stays readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from service.auth import Right, Viewer
from service.entries.hand import Hand, missing
from service.entries.introductions import recheck
from service.errors import Code, ServiceError
from service.graph.questions import nodes
from service.graph.questions.rows import (
    Affiliation,
    Attendance,
    Benefit,
    CapabilityClaim,
    CardExchange,
    CertificationClaim,
    Entity,
    Evidence,
    Meeting,
    MembershipClaim,
    Ownership,
    PostHolding,
    Supply,
)
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work

RECORDS = Meeting | CardExchange
CLAIMS = (
    Affiliation
    | Attendance
    | Benefit
    | CapabilityClaim
    | CertificationClaim
    | MembershipClaim
    | Ownership
    | PostHolding
    | Supply
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionEntry:
    """What is taken back, and why."""

    key: str
    claim: str
    reason: str


async def retract_claim(network: Network, viewer: Viewer, entry: RetractionEntry) -> Entity | None:
    """What was taken back, as it stands now; one's own records by whoever writes, those of others by a steward."""
    hand = Hand.of(network, viewer)
    done = await hand.entered("retractClaim", entry, lambda: _checked(hand, entry))
    return await nodes.node(hand.graph, viewer.scope, done.answer[0])


def beginning(claim: CLAIMS) -> str:
    """The id of the agent a claim begins at."""
    match claim:
        case (
            Affiliation(person=agent)
            | PostHolding(person=agent)
            | MembershipClaim(member=agent)
            | Supply(supplier=agent)
            | CapabilityClaim(organization=agent)
            | CertificationClaim(organization=agent)
            | Benefit(giver=agent)
            | Ownership(owner=agent)
            | Attendance(agent=agent)
        ):
            return agent.id


async def _checked(hand: Hand, entry: RetractionEntry) -> Work:
    if not entry.reason.strip():
        raise ServiceError(Code.BAD_USER_INPUT, "say why it is taken back", field="reason")
    found = await nodes.node(hand.graph, hand.viewer.scope, entry.claim)
    if found is None:
        raise missing("claim")
    match found:
        case Meeting() | CardExchange():
            return partial(_record, hand, entry, found.id)
        case Evidence():
            return partial(_evidence, hand, entry, found, await reasons(hand, found))
        case _ if isinstance(found, CLAIMS):
            return partial(_claim, hand, entry, found)
        case _:
            raise ServiceError(
                Code.BAD_USER_INPUT, "only claims, evidence, meetings and cards are taken back", field="claim"
            )


async def reasons(hand: Hand, evidence: Evidence) -> str:
    """The ids of what a piece of evidence follows from, as far as the viewer may see it, to end a sentence with."""
    about = await nodes.about(hand.graph, hand.viewer.scope, [evidence])
    ids = ", ".join(one.id for one in about[evidence.id])
    return f": {ids}" if ids else ""


async def _claim(hand: Hand, entry: RetractionEntry, claim: CLAIMS, pen: Pen) -> list[str]:
    found = await pen.claims(beginning(claim), [claim.id])
    _refuse(hand, (one.entered_by for one in found), over=any(one.retracted_at is not None for one in found))
    await pen.enter(None, found, **_marks(hand, entry))
    return [claim.id]


async def _record(hand: Hand, entry: RetractionEntry, record: str, pen: Pen) -> list[str]:
    every = [one for one in await pen.reading.at([record]) if one.vis in hand.viewer.scope.vis]
    standing = [one for one in every if one.retracted_at is None]
    _refuse(hand, (one.entered_by for one in every), over=not standing)
    await pen.enter(None, standing, **_marks(hand, entry))
    if record.startswith("mtg-"):
        await recheck(hand, pen, record)
    return [record]


async def _evidence(hand: Hand, entry: RetractionEntry, shown: Evidence, about: str, pen: Pen) -> list[str]:
    found = await pen.evidence(shown.a.id, shown.id)
    if found.unit is not None:
        raise ServiceError(
            Code.CONFLICT, f"this follows from other records; take those back instead{about}", field="claim"
        )
    _refuse(hand, [found.entered_by], over=found.retracted_at is not None)
    await pen.take_back(found, **_marks(hand, entry))
    return [found.id]


def _refuse(hand: Hand, principals: Iterable[str | None], *, over: bool) -> None:
    """Refuse what others recorded unless a steward takes it back, and what stands no longer."""
    if any(principal != hand.viewer.principal for principal in principals):
        hand.viewer.require(Right.STEWARD)
    if over:
        raise ServiceError(Code.CONFLICT, "this was taken back already", field="claim")


def _marks(hand: Hand, entry: RetractionEntry) -> dict[str, str]:
    return {"retractedBy": hand.viewer.principal, "reason": entry.reason.strip()}
