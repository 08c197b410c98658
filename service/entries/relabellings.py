"""What gets another visibility class: a claim, a piece of evidence, or a record with all its parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Right, Viewer
from service.entries.hand import Hand, missing
from service.entries.retractions import CLAIMS, beginning, reasons
from service.errors import Code, ServiceError
from service.graph.questions import nodes
from service.graph.questions.rows import CardExchange, Entity, Evidence, Introduction, Meeting
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.relabelling import Relabelling, Unchanged
from service.graph.record.entries.requests import Work
from service.graph.visibility import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class RelabellingEntry:
    """What gets which class."""

    key: str
    record: str
    visibility: str
    compartments: tuple[str, ...] = ()


async def relabel(network: Network, viewer: Viewer, entry: RelabellingEntry) -> Entity | None:
    """What was relabelled, as it stands now; a steward's, for a class they may read. Done twice it changes nothing."""
    hand = Hand.of(network, viewer, entry.visibility, entry.compartments, right=Right.STEWARD)
    try:
        done = await hand.entered("relabel", entry, lambda: _checked(hand, entry))
    except Unchanged:
        return await nodes.node(hand.graph, viewer.scope, entry.record)
    return await hand.entity(done)


def read_class(text: str) -> tuple[str, tuple[str, ...]]:
    """The level and compartments of a class as it is written: STAFF+board; BAD_USER_INPUT says how."""
    level, *compartments = (part.strip() for part in text.split("+"))
    if level.upper() not in LEVELS or not all(compartments):
        choice = ", ".join(LEVELS)
        raise ServiceError(
            Code.BAD_USER_INPUT, f"{text!r} is no class; write a level ({choice}), and compartments as in STAFF+board"
        )
    return level.upper(), tuple(sorted(set(compartments)))


async def _checked(hand: Hand, entry: RelabellingEntry) -> Work:
    found = await nodes.node(hand.graph, hand.viewer.scope, entry.record)
    if found is None:
        raise missing("record")
    match found:
        case Meeting() | CardExchange() | Introduction():
            return partial(_record, hand, found.id)
        case Evidence():
            return partial(_evidence, hand, found, await reasons(hand, found))
        case _ if isinstance(found, CLAIMS):
            return partial(_claim, hand, found)
        case _:
            raise ServiceError(
                Code.BAD_USER_INPUT,
                "only claims, evidence, meetings, cards and introductions have a class of their own",
                field="record",
            )


def _relabelling(hand: Hand, pen: Pen) -> Relabelling:
    return Relabelling(pen, pen.classes.number(hand.level, hand.compartments), hand.viewer.principal)


async def _claim(hand: Hand, claim: CLAIMS, pen: Pen) -> list[str]:
    await _relabelling(hand, pen).claims(await pen.claims(beginning(claim), [claim.id]))
    return [claim.id]


async def _record(hand: Hand, record: str, pen: Pen) -> list[str]:
    """All its parts that whoever does it may see; what they may not see stays as it is."""
    parts = [one for one in await pen.reading.at([record]) if one.vis in hand.viewer.scope.vis]
    await _relabelling(hand, pen).claims(parts, record)
    return [record]


async def _evidence(hand: Hand, shown: Evidence, about: str, pen: Pen) -> list[str]:
    found = await pen.evidence(shown.a.id, shown.id)
    if found.unit is not None:
        raise ServiceError(
            Code.CONFLICT, f"this follows from other records; relabel those instead{about}", field="record"
        )
    await _relabelling(hand, pen).evidence(found)
    return [found.id]
