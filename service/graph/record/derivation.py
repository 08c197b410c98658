"""Evidence that follows from claims: who met, sat, worked or was entertained together.

A unit is what is written and derived together: one race, one group, one department, one constructor's season. The
first word of its name is the rule. A rule looks at the claims that count for one viewer and knows nothing of others;
`versions.py` asks it once for each of the viewers there can be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from network.dates import OPEN, earliest
from service.graph.model import Claim, Evidence
from service.graph.record.intervals import Spell, spells
from service.graph.record.versions import Finding, Rule, versions
from service.graph.visibility import Classes

CROWD = 60  # more people than that in one room or body are no reason to say that each knows each
AT_EASE = 14  # the number of others up to which being there together counts in full
SMALL = 8
DONATION = "donation"
OFFICES = frozenset({"HOLDS", "WORKS_FOR", "DIRECTOR_OF"})

People = Mapping[str, Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two agents of a unit, the claims about both, and among how many they are."""

    a: str
    b: str
    claims: tuple[Claim, ...]
    confidence: float
    n: int


def evidence(unit: str, claims: Iterable[Claim], classes: Classes) -> dict[str, Evidence]:
    """All evidence that follows from the claims of a unit, by key; what takes the place of others after them."""
    return versions(unit, claims, RULES[unit.split(":", 1)[0]], classes)


def is_person(agent: str) -> bool:
    """Whether an agent's id is that of a person."""
    return agent.startswith("per-")


def gathering(claims: Sequence[Claim], _: Classes) -> Iterator[Finding]:
    """SHARED_EVENT between every two people who attended an event of at most 60."""
    for event, there in _by_record(claims, "ATTENDED", "ATTENDED").items():
        for pair in pairs(there):
            yield _together("SHARED_EVENT", pair, event)


def meeting(claims: Sequence[Claim], _: Classes) -> Iterator[Finding]:
    """MEETING between two people, SMALL_GROUP among three to eight, SHARED_EVENT among more; only where it was held."""
    for record, there in _by_record(claims, "TOOK_PART_IN", "HELD").items():
        for pair in pairs(there):
            kind = (
                "MEETING" if pair.n == len((pair.a, pair.b)) else "SMALL_GROUP" if pair.n <= SMALL else "SHARED_EVENT"
            )
            yield _together(kind, pair, record)


def group(claims: Sequence[Claim], _: Classes) -> Iterator[Finding]:
    """CO_COMMITTEE between every two agents that a register lists together, dated at the last one that does."""
    days = defaultdict[str, set[str]](set)
    for claim in claims:
        days[claim.a].update(claim.observed or ())
    for day in sorted(set[str]().union(*days.values())):
        listed = _by_agent(claim for claim in claims if day in (claim.observed or ()))
        for pair in pairs(listed):
            if day == max(days[pair.a] & days[pair.b]) and not _both_secretariats(listed, pair):
                yield _finding("CO_COMMITTEE", pair, day, intensity=company(pair.n))


def affiliation(claims: Sequence[Claim], classes: Classes) -> Iterator[Finding]:
    """CO_AFFILIATION for each time two people were in one place together, from the first to the last day of it."""
    yield from _overlaps("CO_AFFILIATION", [claim for claim in claims if claim.type in OFFICES], classes)


def board(claims: Sequence[Claim], classes: Classes) -> Iterator[Finding]:
    """CO_BOARD for each time two people were directors together."""
    yield from _overlaps("CO_BOARD", [claim for claim in claims if claim.type == "DIRECTOR_OF"], classes)


def benefit(claims: Sequence[Claim], _: Classes) -> Iterator[Finding]:
    """BENEFIT between an organization and the person it entertained; a donation is no reason to know each other."""
    for claim in claims:
        counts = claim.type == "GAVE_BENEFIT" and claim.kind != DONATION
        day = _day(claim)
        if counts and day is not None and is_person(claim.a) != is_person(claim.b):
            a, b = sorted((claim.a, claim.b))
            yield _finding("BENEFIT", Pair(a, b, (claim,), claim.confidence, 2), day)


def card(claims: Sequence[Claim], classes: Classes) -> Iterator[Finding]:
    """CARD_GIVEN from the giver to the receiver, or CARD_SWAPPED between them."""
    for record, giver, receiver in _two_roles(claims, "GAVE_CARD", "RECEIVED_CARD", classes):
        swapped = giver.swapped is True
        yield from _between("CARD_SWAPPED" if swapped else "CARD_GIVEN", record, (giver, receiver))


def introduction(claims: Sequence[Claim], classes: Classes) -> Iterator[Finding]:
    """INTRODUCTION between the two who met because somebody introduced them."""
    met = [claim for claim in claims if claim.status == "MET"]
    for record, requester, target in _two_roles(met, "REQUESTS", "INTRODUCED_IN", classes):
        yield from _between("INTRODUCTION", record, (requester, target))


RULES: Mapping[str, Rule] = {
    "benefit": benefit,
    "board": board,
    "card": card,
    "department": affiliation,
    "employer": affiliation,
    "event": gathering,
    "group": group,
    "introduction": introduction,
    "meeting": meeting,
    "race": gathering,
    "season": affiliation,
}


def company(n: int) -> float:
    """How much being among n people counts: in full up to 15 of them, then less the more there are."""
    return min(1.0, AT_EASE / (n - 1))


def pairs(there: People) -> Iterator[Pair]:
    """Every two agents; none of a crowd."""
    if len(there) > CROWD:
        return
    surest = {agent: max(claim.confidence for claim in claims) for agent, claims in there.items()}
    for a, b in combinations(sorted(there), 2):
        yield Pair(a, b, (*there[a], *there[b]), min(surest[a], surest[b]), len(there))


def _by_agent(claims: Iterable[Claim]) -> People:
    found = defaultdict[str, list[Claim]](list)
    for claim in claims:
        found[claim.a].append(claim)
    return found


def _by_record(claims: Iterable[Claim], relation: str, status: str) -> Mapping[str, People]:
    """The people whose presence at each record counts, with the claims that say so."""
    found = defaultdict[str, list[Claim]](list)
    for claim in claims:
        if claim.type == relation and claim.status == status and is_person(claim.a) and _day(claim) is not None:
            found[claim.b].append(claim)
    return {record: _by_agent(there) for record, there in found.items()}


def _both_secretariats(listed: People, pair: Pair) -> bool:
    return all(claim.type == "SECRETARIAT_OF" for agent in (pair.a, pair.b) for claim in listed[agent])


def _day(claim: Claim) -> str | None:
    """The day of what happened once; one that is known to the year or month counts from its first day."""
    written = claim.on or claim.start
    return None if written is None or written == OPEN else earliest(written)


def _together(kind: str, pair: Pair, record: str) -> Finding:
    on = max(day for claim in pair.claims if (day := _day(claim)) is not None)
    return _finding(kind, pair, on, intensity=company(pair.n) if kind == "SHARED_EVENT" else 1.0, record=record)


def _finding(
    kind: str, pair: Pair, on: str, *, since: str | None = None, intensity: float = 1.0, record: str | None = None
) -> Finding:
    return Finding(kind, pair.a, pair.b, on, pair.claims, pair.confidence, intensity, since, record)


def _two_roles(claims: Iterable[Claim], one: str, other: str, classes: Classes) -> Iterator[tuple[str, Claim, Claim]]:
    """Each record with the claim of the person in one role and that of the person in the other."""
    # Of several for one role that which most may see, so that nobody is shown two cards where one was given.
    ordered = sorted(claims, key=lambda claim: (classes.order(claim.vis), claim.id), reverse=True)
    roles = {(claim.b, claim.type): claim for claim in ordered}
    for record in sorted({record for record, _ in roles}):
        left, right = roles.get((record, one)), roles.get((record, other))
        if left is not None and right is not None and left.a != right.a:
            yield record, left, right


def _between(kind: str, record: str, claims: tuple[Claim, Claim]) -> Iterator[Finding]:
    left, right = claims
    on = _day(left)
    if on is not None:
        a, b = (left.a, right.a) if kind == "CARD_GIVEN" else sorted((left.a, right.a))
        pair = Pair(a, b, claims, min(left.confidence, right.confidence), len(claims))
        yield _finding(kind, pair, on, record=record)


def _overlaps(kind: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Finding]:
    stays = [stay for agent, theirs in sorted(_by_agent(claims).items()) for stay in spells(agent, theirs)]
    counted: dict[str, int] = {}
    for left, right in combinations(stays, 2):
        since, on = max(left.first, right.first), min(left.last, right.last)
        if left.agent == right.agent or since > on:
            continue
        if since not in counted:
            counted[since] = _present(stays, since)
        n = counted[since]
        if n <= CROWD:
            needed = left.needed(since, on, classes) + right.needed(since, on, classes)
            about = tuple(claim for stay in (left, right) for claim in stay.within(since, on))
            pair = Pair(left.agent, right.agent, about, min(claim.confidence for claim in needed), n)
            intensity = company(n) if kind == "CO_AFFILIATION" else 1.0
            yield _finding(kind, pair, on, since=since, intensity=intensity)


def _present(stays: Iterable[Spell], day: str) -> int:
    """How many people are there on a day."""
    return len({stay.agent for stay in stays if any(True for _ in stay.within(day, day))})
