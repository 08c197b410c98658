"""Why a route stands where it stands, in plain sentences built from nothing but what it shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from network.model import HANDING_ON
from network.strength import Rhythm
from service.graph.questions.rows import Agent
from service.graph.questions.ties import Tie

SHOWN = 0.00005  # the least that four decimals show
STALE_DAYS = 730  # two years without evidence
_WORDS = {
    "CO_AFFILIATION": "working at one organization",
    "CO_BOARD": "sitting on one board",
    "CO_PROJECT": "working on one project",
    "CO_COMMITTEE": "sitting on one committee",
    "DECLARED": "saying that they know each other",
    "MEETING": "meeting one to one",
    "SMALL_GROUP": "meeting in a small group",
    "INTRODUCTION": "being introduced",
    "CALL": "a call",
    "CORRESPONDENCE": "mails that were answered",
    "CORRESPONDENCE_SENT": "mails that were not answered",
    "CARD_SWAPPED": "swapping cards",
    "CARD_GIVEN": "a card given",
    "BENEFIT": "hospitality, a gift or a donation",
    "SHARED_EVENT": "attending one event",
}


def number(strength: float) -> str:
    """A strength to four decimals; one that would show as zero by its order of magnitude."""
    return f"{strength:.4f}" if strength >= SHOWN or strength == 0 else f"{strength:.1e}"


def ranked(place: int, strength: float, ties: Iterable[tuple[float, Tie]]) -> str:
    """Why a route has its place: the product that gives its strength."""
    willing = [willingness for willingness, _ in ties]
    if not willing:
        return "It comes first: one person belongs to both ends, so nobody needs to be asked."
    place_and_strength = f"It is number {place} with a strength of {number(strength)}"
    if len(willing) == 1:
        return f"{place_and_strength}, the willingness of its only tie."
    hands = "one hand-over" if len(willing) == 2 else f"each of {len(willing) - 1} hand-overs"  # noqa: PLR2004
    return f"{place_and_strength}: {' x '.join(map(number, willing))} x {HANDING_ON} for {hands}."


def weakest(willingness: float, tie: Tie, kind: str) -> str:
    """Which tie holds a route back, and what that tie rests on most."""
    rests = _WORDS.get(kind, kind.replace("_", " ").lower())
    most = tie.shares[0]
    half = "" if tie.mutual else "; only one of them has shown it, so it counts half"
    return (
        f"Its weakest tie is {tie.a.name} and {tie.b.name}, willingness {number(willingness)}"
        f" ({tie.band.value.lower()}): {most.share:.0%} of it rests on {rests},"
        f" and the last evidence is of {tie.last_evidence}{half}."
    )


def stale(tie: Tie) -> str | None:
    """What is old about a tie; None where nothing is."""
    age = (date.fromisoformat(tie.at.as_of) - date.fromisoformat(tie.last_evidence)).days
    names = f"{tie.a.name} and {tie.b.name}"
    if age > STALE_DAYS:
        return f"Stale: the last evidence between {names} is of {tie.last_evidence}, {age} days before the day asked."
    if tie.cadence in {Rhythm.OVERDUE, Rhythm.LAPSED}:
        usual = f"{tie.median_gap_days:g}" if tie.median_gap_days is not None else "fewer"
        return f"Gone quiet: {names} used to meet every {usual} days and have not for {tie.silence_days}."
    return None


def spent(introducer: Agent, allowed: int, asked: int) -> str:
    """Why somebody is not asked who was asked often enough."""
    if allowed == 0:
        return f"{introducer.name} is not to be asked for introductions."
    return (
        f"{introducer.name} may be asked {_times(allowed)} a quarter and was asked {_times(asked)} in that of the day."
    )


def never(introducer: Agent, end: Agent) -> str:
    """Why somebody is not asked who never introduces one of the ends or to it."""
    return f"{introducer.name} is never to be asked for an introduction of or to {end.name}."


def stance(who: str, issue: str, position: str | None, start: str | None, source: str) -> str:
    """Where somebody along a route stands on an issue, as one source has it."""
    since = "" if start is None else f" since {start}"
    return f"On {issue}, {who} takes the position {position or 'unknown'}{since}, says {source}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
