"""How well two agents know each other, folded from dated evidence at a day. Numbers in, number out.

Each item adds log-evidence -log1p(-q * confidence * intensity), halved every half-life of its kind. Items of one kind
add up, to the kind's cap at most; kinds add up; and strength is the noisy-or of it all, 1 - e^-sum, below a ceiling.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

from network.model import CEILING, FULL_INTERVAL_DAYS, Model

STRONG_FROM = 0.5
WARM_FROM = 0.15
FEWEST_DAYS = 3
OVERDUE_GAPS = 2
# Silence of eight usual gaps marked the end of a tie in phone data: Navarro, Miritello, Canales, Moro, 2017.
LAPSED_GAPS = 8

UNDIRECTED, FORWARD, BACKWARD = 0, 1, 2


class Band(StrEnum):
    NONE = "NONE"
    FAINT = "FAINT"
    WARM = "WARM"
    STRONG = "STRONG"


class Rhythm(StrEnum):
    REGULAR = "REGULAR"
    OVERDUE = "OVERDUE"
    LAPSED = "LAPSED"
    TOO_FEW = "TOO_FEW"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item that speaks for a tie between a and b.

    `direction`: 0 for both, 1 from a to b, 2 from b to a. `on`: the day of point evidence, or the last day of an
    interval (9999-12-31 while it runs). `since`: the first day of an interval, None for point evidence. Days are
    ordinals, as `dates.ordinal` gives them.
    """

    id: str
    kind: str
    on: int
    direction: int = UNDIRECTED
    since: int | None = None
    confidence: float = 1.0
    intensity: float = 1.0

    @property
    def begins(self) -> int:
        """The first day on which it counts."""
        return self.on if self.since is None else self.since


@dataclass(frozen=True, slots=True)
class Share:
    """An item's part of its tie at the day asked, and the day it is dated at for that."""

    evidence: str
    share: float
    counts_from: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """How regularly two agents meet; shown beside strength, never part of it. Gaps and silence in days."""

    rhythm: Rhythm
    median_gap: float | None
    silence: int


@dataclass(frozen=True, slots=True)
class Fold:
    """All that is known between a and b at a day. `shares`: largest first, then latest, then by id."""

    strength: float
    forward: float
    backward: float
    first: int
    last: int
    shares: tuple[Share, ...]
    cadence: Cadence

    @property
    def band(self) -> Band:
        return band(self.strength)

    @property
    def mutual(self) -> bool:
        """Whether evidence speaks for both directions."""
        return self.forward > 0 and self.backward > 0

    @property
    def willingness(self) -> float:
        return willingness(self.forward, self.backward)

    @property
    def count(self) -> int:
        return len(self.shares)


def strength(evidence: Iterable[Evidence], as_of: int, model: Model) -> float:
    """How well the two know each other, 0 to 0.97, both directions folded together."""
    return _strength(_weighed(_counted(evidence, as_of), as_of, model), model)


def willingness(forward: float, backward: float) -> float:
    """How willingly one end of a tie asks the other, given the strength in each direction; symmetric."""
    return max(math.sqrt(forward * backward), max(forward, backward) / 2)


def band(strength: float | None) -> Band:
    """The word for a strength; None means that there is no evidence at all."""
    if strength is None:
        return Band.NONE
    if strength >= STRONG_FROM:
        return Band.STRONG
    return Band.WARM if strength >= WARM_FROM else Band.FAINT


def shares(evidence: Iterable[Evidence], as_of: int, model: Model) -> tuple[Share, ...]:
    """Each counted item's part of the tie, adding up to 1; largest first, then latest, then by id."""
    weighed = _weighed(_counted(evidence, as_of), as_of, model)
    sums = _sums(weighed)
    return _shares(weighed, _parts(weighed, sums, _capped(sums, model)), as_of)


def cadence(evidence: Iterable[Evidence], as_of: int) -> Cadence:
    """The usual gap between the days of point evidence, and the silence since the last of them.

    Silence counts from the last evidence of any sort where none is dated to a day. ValueError when nothing counts yet.
    """
    counted = _counted(evidence, as_of)
    if not counted:
        raise ValueError("no evidence counts at this day, so there is no cadence; ask only where there is a tie")
    return _cadence(counted, as_of)


def _cadence(counted: Sequence[Evidence], as_of: int) -> Cadence:
    days = sorted({e.on for e in counted if e.since is None})
    silence = as_of - (days[-1] if days else max(min(e.on, as_of) for e in counted))
    if len(days) < FEWEST_DAYS:
        return Cadence(Rhythm.TOO_FEW, None, silence)
    gap = float(median(later - earlier for earlier, later in pairwise(days)))
    return Cadence(_rhythm(gap, silence), gap, silence)


def fold(evidence: Iterable[Evidence], as_of: int, model: Model) -> Fold | None:
    """All that is known between two agents at a day; None when no evidence counts yet."""
    counted = _counted(evidence, as_of)
    if not counted:
        return None
    weighed = _weighed(counted, as_of, model)
    sums = _sums(weighed)
    capped = _capped(sums, model)
    both = _noisy_or(capped)
    one_way = any(e.direction != UNDIRECTED for e in counted)
    return Fold(
        strength=both,
        forward=_strength(_towards(weighed, FORWARD), model) if one_way else both,
        backward=_strength(_towards(weighed, BACKWARD), model) if one_way else both,
        first=min(e.begins for e in counted),
        last=max(min(e.on, as_of) for e in counted),
        shares=_shares(weighed, _parts(weighed, sums, capped), as_of),
        cadence=_cadence(counted, as_of),
    )


def log_evidence(item: Evidence, as_of: int, model: Model) -> float:
    """What one item adds at a day, decayed, before any cap."""
    kind = model.kind(item.kind)
    weight = item.confidence * item.intensity
    dated = min(item.on, as_of)
    if item.since is not None:
        together = dated - item.since + 1  # both days counted: one shared day is a day together
        weight *= min(1.0, max(0, together) / FULL_INTERVAL_DAYS)
    return -math.log1p(-kind.q * weight) * math.exp2(-(as_of - dated) / kind.half_life)


def _counted(evidence: Iterable[Evidence], as_of: int) -> Sequence[Evidence]:
    return list({e.id: e for e in evidence if e.begins <= as_of}.values())


def _towards(weighed: Iterable[tuple[Evidence, float]], direction: int) -> list[tuple[Evidence, float]]:
    return [(e, value) for e, value in weighed if e.direction in (UNDIRECTED, direction)]


def _weighed(counted: Iterable[Evidence], as_of: int, model: Model) -> list[tuple[Evidence, float]]:
    return [(e, log_evidence(e, as_of, model)) for e in counted]


def _strength(weighed: Iterable[tuple[Evidence, float]], model: Model) -> float:
    return _noisy_or(_capped(_sums(weighed), model))


def _noisy_or(capped: Mapping[str, float]) -> float:
    return min(CEILING, -math.expm1(-math.fsum(capped.values())))


def _shares(weighed: Sequence[tuple[Evidence, float]], parts: Sequence[float], as_of: int) -> tuple[Share, ...]:
    found = (Share(e.id, part, min(e.on, as_of)) for (e, _), part in zip(weighed, parts, strict=True))
    return tuple(sorted(found, key=lambda share: (-share.share, -share.counts_from, share.evidence)))


def _sums(weighed: Iterable[tuple[Evidence, float]]) -> dict[str, float]:
    values: dict[str, list[float]] = {}
    for item, value in weighed:
        values.setdefault(item.kind, []).append(value)
    # Summed exactly: neither the order of evidence nor its ids show in the last bit.
    return {kind: math.fsum(added) for kind, added in values.items()}


def _capped(sums: Mapping[str, float], model: Model) -> dict[str, float]:
    return {name: _cap(value, model.kind(name).cap) for name, value in sums.items()}


def _cap(value: float, limit: float | None) -> float:
    return value if limit is None else -limit * math.expm1(-value / limit)


def _parts(
    weighed: Sequence[tuple[Evidence, float]], sums: Mapping[str, float], capped: Mapping[str, float]
) -> list[float]:
    whole = math.fsum(capped.values())
    if whole == 0:
        # A tie whose items have all decayed to nothing is shared evenly: shares add up to 1 on every day.
        return [1 / len(weighed) for _ in weighed]
    return [value / sums[e.kind] * capped[e.kind] / whole if value > 0 else 0.0 for e, value in weighed]


def _rhythm(gap: float, silence: int) -> Rhythm:
    if silence > LAPSED_GAPS * gap:
        return Rhythm.LAPSED
    return Rhythm.OVERDUE if silence > OVERDUE_GAPS * gap else Rhythm.REGULAR
