"""Which claims contradict each other, as lists judge them, and which of those counts under each policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from network.dates import FIRST_DAY, LAST_DAY
from service.graph.questions.rows import DisputePolicy, Source


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as the graph holds it, whatever it links; only what its type has is there."""

    id: str
    type: str
    key: str | None
    a: str
    a_name: str | None
    b: str
    b_name: str | None
    source: Source
    locator: str | None
    confidence: float
    vis: int
    recorded_at: str
    retracted_at: str | None
    entered_by: str | None
    retracted_by: str | None
    reason: str | None
    verified_at: str | None
    verified_by: str | None
    start: str | None
    end: str | None
    earliest: str | None
    latest: str | None
    observed: tuple[str, ...]
    unseen: tuple[str, ...]
    role: str | None
    level: str | None
    status: str | None
    kind: str | None
    on: str | None
    swapped: bool | None
    amount: float | None
    amount_min: float | None
    amount_max: float | None
    currency: str | None
    share_min: float | None
    share_max: float | None
    capability: str | None

    def contradicts(self, other: Told) -> bool:
        """Whether another source says something else of the same at one time; saying nothing contradicts nothing."""
        if self.source.id == other.source.id or self._about() != other._about():
            return False
        together = max(_first(self), _first(other)) <= min(_last(self), _last(other))
        dates = ((self.start, other.start), (self.end, other.end))
        values = zip(self._values(), other._values(), strict=True)
        return together and (any(_apart(*both) for both in dates) or any(_differ(*both) for both in values))

    def _about(self) -> tuple[str | None, ...]:
        """What has to be the same for two claims to be about one thing."""
        return self.type, self.a, self.b, self.capability, self.kind

    def _values(self) -> tuple[object, ...]:
        """What can only have one value at a time."""
        amounts = (self.amount, self.amount_min, self.amount_max)
        return self.role, self.level, *amounts, self.share_min, self.share_max


def counting(claim: Told, against: Sequence[Told], policy: DisputePolicy) -> str | None:
    """The id of the one that counts, of a claim and those that contradict it; None where none of them does."""
    verified = policy is DisputePolicy.VERIFIED_FIRST
    if policy is DisputePolicy.STRICT:
        return None if against else claim.id
    ranked = max([claim, *against], key=lambda one: (verified and one.verified_at is not None, one.recorded_at, one.id))
    return ranked.id


def _first(claim: Told) -> str:
    return claim.earliest or FIRST_DAY


def _last(claim: Told) -> str:
    return claim.latest or LAST_DAY


def _apart(left: str | None, right: str | None) -> bool:
    """Whether two dates differ beyond precision; 2019 and 2019-05 do not."""
    return left is not None and right is not None and not (left.startswith(right) or right.startswith(left))


def _differ(left: object, right: object) -> bool:
    return left is not None and right is not None and left != right
