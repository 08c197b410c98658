"""Evidence that follows from claims: who met, sat, worked or was entertained together.

A unit is what is written and derived together: one race, one group, one department, one constructor's season. The
first word of its name is the rule. Everything here is a function of the unit's standing claims and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from network.dates import OPEN, earliest
from service.graph.model import Claim, Evidence
from service.graph.record.disputes import undisputed
from service.graph.record.intervals import Spell, spells
from service.graph.visibility import Classes

CROWD = 60  # more people than that in one room or body are no reason to say that each knows each
AT_EASE = 14  # the number of others up to which being there together counts in full
SMALL = 8
DONATION = "donation"
OFFICES = frozenset({"HOLDS", "WORKS_FOR", "DIRECTOR_OF"})

People = Mapping[str, Sequence[Claim]]
Rule = Callable[[str, Sequence[Claim], Classes], Iterator[Evidence]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two agents of a unit, the class at which both can be seen, the claims visible there, and how many others are."""

    a: str
    b: str
    vis: int
    claims: tuple[Claim, ...]
    confidence: float
    n: int


def evidence(unit: str, claims: Iterable[Claim], classes: Classes) -> dict[str, Evidence]:
    """All evidence that follows from the claims of a unit, by key."""
    rule = RULES[unit.split(":", 1)[0]]
    counting = sorted(undisputed(claims, classes), key=lambda claim: claim.id)
    return {record.key: record for record in rule(unit, counting, classes)}


def is_person(agent: str) -> bool:
    """Whether an agent's id is that of a person."""
    return agent.startswith("per-")


def gathering(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """SHARED_EVENT between every two people who attended an event of at most 60."""
    for event, there in _by_record(claims, "ATTENDED", "ATTENDED").items():
        for pair in pairs(there, classes):
            yield _together("SHARED_EVENT", unit, pair, event)


def meeting(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """MEETING between two people, SMALL_GROUP among three to eight, SHARED_EVENT among more; only where it was held."""
    for record, there in _by_record(claims, "TOOK_PART_IN", "HELD").items():
        for pair in pairs(there, classes):
            kind = (
                "MEETING" if pair.n == len((pair.a, pair.b)) else "SMALL_GROUP" if pair.n <= SMALL else "SHARED_EVENT"
            )
            yield _together(kind, unit, pair, record)


def group(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """CO_COMMITTEE between every two agents that a register lists together, dated at the last one that does."""
    days = defaultdict[str, set[str]](set)
    for claim in claims:
        days[claim.a].update(claim.observed or ())
    for day in sorted(set[str]().union(*days.values())):
        listed = _by_agent(claim for claim in claims if day in (claim.observed or ()))
        for pair in pairs(listed, classes):
            if day == max(days[pair.a] & days[pair.b]) and not _both_secretariats(listed, pair):
                yield _record("CO_COMMITTEE", unit, pair, day, intensity=company(pair.n))


def affiliation(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """CO_AFFILIATION for each time two people were in one place together, from the first to the last day of it."""
    yield from _overlaps("CO_AFFILIATION", unit, [claim for claim in claims if claim.type in OFFICES], classes)


def board(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """CO_BOARD for each time two people were directors together."""
    yield from _overlaps("CO_BOARD", unit, [claim for claim in claims if claim.type == "DIRECTOR_OF"], classes)


def benefit(unit: str, claims: Sequence[Claim], _: Classes) -> Iterator[Evidence]:
    """BENEFIT between an organization and the person it entertained; a donation is no reason to know each other."""
    for claim in claims:
        counts = claim.type == "GAVE_BENEFIT" and claim.kind != DONATION
        day = _day(claim)
        if counts and day is not None and is_person(claim.a) != is_person(claim.b):
            a, b = sorted((claim.a, claim.b))
            yield _record("BENEFIT", unit, Pair(a, b, claim.vis, (claim,), claim.confidence, 2), day)


def card(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """CARD_GIVEN from the giver to the receiver, or CARD_SWAPPED between them."""
    for record, giver, receiver in _two_roles(claims, "GAVE_CARD", "RECEIVED_CARD"):
        swapped = giver.swapped is True
        yield from _between("CARD_SWAPPED" if swapped else "CARD_GIVEN", unit, record, (giver, receiver), classes)


def introduction(unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    """INTRODUCTION between the two who met because somebody introduced them."""
    met = [claim for claim in claims if claim.status == "MET"]
    for record, requester, target in _two_roles(met, "REQUESTS", "INTRODUCED_IN"):
        yield from _between("INTRODUCTION", unit, record, (requester, target), classes)


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


def pairs(there: People, classes: Classes) -> Iterator[Pair]:
    """Every two agents, at the least strict class at which both are seen; none of a crowd."""
    base = {agent: min((claim.vis for claim in claims), key=classes.order) for agent, claims in there.items()}
    seen: dict[int, Mapping[str, Sequence[Claim]]] = {}
    for a, b in combinations(sorted(there), 2):
        vis = classes.strictest((base[a], base[b]))
        if vis not in seen:
            seen[vis] = _visible(there, vis, classes)
        visible = seen[vis]
        if len(visible) <= CROWD:
            confidence = min(max(claim.confidence for claim in visible[agent]) for agent in (a, b))
            yield Pair(a, b, vis, (*visible[a], *visible[b]), confidence, len(visible))


def _visible(there: People, vis: int, classes: Classes) -> People:
    found = {agent: [claim for claim in claims if classes.covers(vis, claim.vis)] for agent, claims in there.items()}
    return {agent: claims for agent, claims in found.items() if claims}


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


def _together(kind: str, unit: str, pair: Pair, record: str) -> Evidence:
    on = max(day for claim in pair.claims if (day := _day(claim)) is not None)
    intensity = company(pair.n) if kind == "SHARED_EVENT" else 1.0
    return _record(kind, unit, pair, on, intensity=intensity, record=record)


def _record(
    kind: str,
    unit: str,
    pair: Pair,
    on: str,
    *,
    since: str | None = None,
    intensity: float = 1.0,
    record: str | None = None,
) -> Evidence:
    first, *others = sorted(pair.claims, key=lambda claim: claim.id)
    about = (*([record] if record else []), first.id, *(claim.id for claim in others))
    return Evidence(
        kind,
        pair.a,
        pair.b,
        on,
        first.source,
        pair.vis,
        about,
        (),
        since=since,
        intensity=intensity,
        confidence=pair.confidence,
        unit=unit,
    )


def _two_roles(claims: Iterable[Claim], one: str, other: str) -> Iterator[tuple[str, Claim, Claim]]:
    """Each record with the claim of the person in one role and that of the person in the other."""
    roles = {(claim.b, claim.type): claim for claim in sorted(claims, key=lambda claim: claim.id, reverse=True)}
    for record in sorted({record for record, _ in roles}):
        left, right = roles.get((record, one)), roles.get((record, other))
        if left is not None and right is not None and left.a != right.a:
            yield record, left, right


def _between(kind: str, unit: str, record: str, claims: tuple[Claim, Claim], classes: Classes) -> Iterator[Evidence]:
    left, right = claims
    on = _day(left)
    if on is not None:
        a, b = (left.a, right.a) if kind == "CARD_GIVEN" else sorted((left.a, right.a))
        confidence = min(left.confidence, right.confidence)
        pair = Pair(a, b, classes.strictest((left.vis, right.vis)), claims, confidence, len(claims))
        yield _record(kind, unit, pair, on, record=record)


def _overlaps(kind: str, unit: str, claims: Sequence[Claim], classes: Classes) -> Iterator[Evidence]:
    stays = [stay for agent, theirs in sorted(_by_agent(claims).items()) for stay in spells(agent, theirs)]
    counted: dict[tuple[str, int], int] = {}
    for left, right in combinations(stays, 2):
        since, on = max(left.first, right.first), min(left.last, right.last)
        if left.agent == right.agent or since > on:
            continue
        reasons = left.needed(since, on, classes) + right.needed(since, on, classes)
        vis = classes.strictest(claim.vis for claim in reasons)
        if (since, vis) not in counted:
            counted[since, vis] = _present(stays, since, vis, classes)
        n = counted[since, vis]
        if n <= CROWD:
            about = tuple(claim for stay in (left, right) for claim in stay.within(since, on, vis, classes))
            pair = Pair(left.agent, right.agent, vis, about, min(claim.confidence for claim in reasons), n)
            intensity = company(n) if kind == "CO_AFFILIATION" else 1.0
            yield _record(kind, unit, pair, on, since=since, intensity=intensity)


def _present(stays: Iterable[Spell], day: str, vis: int, classes: Classes) -> int:
    """How many people a viewer of that class sees there on a day."""
    return len({stay.agent for stay in stays if any(True for _ in stay.within(day, day, vis, classes))})
