"""Stays: the time a person was in one place without a break, out of claims that overlap or follow each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from network.dates import LAST_DAY, day, earliest, latest, ordinal
from service.graph.model import Claim
from service.graph.visibility import Classes

Days = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay of an agent from its first to its last day, and the claims it is made of."""

    agent: str
    first: str
    last: str
    claims: Sequence[tuple[str, str, Claim]]

    def within(self, since: str, on: str) -> Iterator[Claim]:
        """The claims about any of these days."""
        for first, last, claim in self.claims:
            if first <= on and last >= since:
                yield claim

    def needed(self, since: str, on: str, classes: Classes) -> list[Claim]:
        """Claims that together cover these days, none that adds nothing: the least strict first, then the surest."""
        touching = [item for item in self.claims if item[0] <= on and item[1] >= since]
        if len(touching) == 1:
            return [touching[0][2]]
        touching.sort(key=lambda item: (classes.order(item[2].vis), -item[2].confidence, item[2].id))
        covered: list[Days] = []
        kept: list[Claim] = []
        for first, last, claim in touching:
            part = max(first, since), min(last, on)
            if not any(begin <= part[0] and part[1] <= end for begin, end in covered):
                covered = union([*covered, part])
                kept.append(claim)
        return kept


def spells(agent: str, claims: Iterable[Claim]) -> list[Spell]:
    """The stays of an agent; a claim without a known start and end is part of none."""
    dated = sorted(
        ((earliest(claim.start), latest(claim.end), claim) for claim in claims if claim.start and claim.end),
        key=lambda item: (item[0], item[1], item[2].id),
    )
    dated = [item for item in dated if item[0] <= item[1]]
    stays = union([(first, last) for first, last, _ in dated])
    return [
        Spell(agent, first, last, [item for item in dated if first <= item[0] and item[1] <= last])
        for first, last in stays
    ]


def union(parts: Iterable[Days]) -> list[Days]:
    """Stretches of days, joined where they overlap or one follows the other within a day."""
    joined: list[Days] = []
    for first, last in sorted(parts):
        if joined and first <= _following(joined[-1][1]):
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def _following(last: str) -> str:
    return last if last == LAST_DAY else day(ordinal(last) + 1)
