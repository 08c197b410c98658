"""Where sources contradict each other, and which claim then counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from network.dates import FIRST_DAY, LAST_DAY, agree, earliest, latest
from service.graph.model import Claim


def undisputed(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that count under LATEST: of two that contradict each other, the one recorded last, then the id.

    They are judged among the claims given: for a viewer, those that viewer may see.
    """
    between = defaultdict[tuple[str, str, str], list[Claim]](list)
    for claim in claims:
        between[claim.type, claim.a, claim.b].append(claim)
    return [claim for group in between.values() for claim in _latest(group)]


def contradict(left: Claim, right: Claim) -> bool:
    """Whether two sources say different things of one relationship at one time; saying nothing contradicts nothing."""
    if left.source == right.source or _about(left) != _about(right):
        return False
    return _meet(left, right) and _differ(left, right)


def _about(claim: Claim) -> tuple[str | None, ...]:
    """What has to be the same: a gift says nothing of a dinner."""
    return claim.type, claim.a, claim.b, claim.kind


def _latest(group: list[Claim]) -> list[Claim]:
    if len({claim.source for claim in group}) == 1:
        return group
    ordered = sorted(group, key=lambda claim: (claim.recorded_at, claim.id))
    return [
        claim
        for place, claim in enumerate(ordered, 1)
        if not any(contradict(claim, later) for later in ordered[place:])
    ]


def _meet(left: Claim, right: Claim) -> bool:
    """Whether both can be about one day; an unknown bound excludes none."""
    return _first(left) <= _last(right) and _first(right) <= _last(left)


def _first(claim: Claim) -> str:
    return FIRST_DAY if claim.start is None else earliest(claim.start)


def _last(claim: Claim) -> str:
    return LAST_DAY if claim.end is None else latest(claim.end)


def _differ(left: Claim, right: Claim) -> bool:
    dates = ((left.start, right.start), (left.end, right.end))
    if any(one is not None and other is not None and not agree(one, other) for one, other in dates):
        return True
    values = zip(_single(left), _single(right), strict=True)
    return any(one is not None and other is not None and one != other for one, other in values)


def _single(claim: Claim) -> tuple[object, ...]:
    """The attributes that can only have one value at a time."""
    shares = (claim.share_min, claim.share_max)
    return claim.role, claim.level, claim.amount, claim.amount_min, claim.amount_max, *shares
