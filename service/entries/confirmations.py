"""What a steward confirms: a claim that somebody looked into, and that counts before others where sources differ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Right, Viewer
from service.entries.hand import Hand, missing
from service.entries.retractions import CLAIMS, beginning
from service.errors import Code, ServiceError
from service.graph.questions import nodes
from service.graph.questions.rows import Entity
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationEntry:
    """Which claim is confirmed."""

    key: str
    claim: str


async def confirm_claim(network: Network, viewer: Viewer, entry: ConfirmationEntry) -> Entity | None:
    """The claim, marked as confirmed now by this steward."""
    hand = Hand.of(network, viewer, right=Right.STEWARD)
    done = await hand.entered("confirmClaim", entry, lambda: _checked(hand, entry))
    return await nodes.node(hand.graph, viewer.scope, done.answer[0])


async def _checked(hand: Hand, entry: ConfirmationEntry) -> Work:
    found = await nodes.node(hand.graph, hand.viewer.scope, entry.claim)
    if found is None:
        raise missing("claim")
    if not isinstance(found, CLAIMS):
        raise ServiceError(Code.BAD_USER_INPUT, "only claims are confirmed", field="claim")
    return partial(_work, hand, found)


async def _work(hand: Hand, claim: CLAIMS, pen: Pen) -> list[str]:
    (found,) = await pen.claims(beginning(claim), [claim.id])
    if found.retracted_at is not None:
        raise ServiceError(Code.CONFLICT, "this was taken back, and is nothing to confirm", field="claim")
    await pen.mark(found, verifiedAt=pen.write.recorded_at, verifiedBy=hand.viewer.principal)
    return [found.id]
