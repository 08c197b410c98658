"""How well two agents knew each other day by day, and which evidence moved it; strengths are those of `strength.py`."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from network.dates import OPEN_ORDINAL, day, ordinal
from network.model import CEILING, Kind, Model
from network.strength import Evidence, log_evidence

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Point:
    """How well they know each other on a day: None before any evidence; `because`, the evidence that came that day."""

    on: int
    strength: float | None
    because: str | None


@dataclass(slots=True)
class _Sums:
    """The items of one kind, by the day they begin; a point in time keeps what it is worth before it fades."""

    name: str
    kind: Kind
    model: Model
    begins: list[int] = field(default_factory=list[int])
    worth: list[float] = field(default_factory=list[float])
    spans: list[Evidence] = field(default_factory=list[Evidence])

    @classmethod
    def of(cls, items: Iterable[Evidence], model: Model) -> list[Self]:
        """One for each kind there is; the items ascend by the day they begin."""
        found: dict[str, Self] = {}
        for item in items:
            sums = found.setdefault(item.kind, cls(item.kind, model.kind(item.kind), model))
            if item.since is None:
                sums.begins.append(item.on)
                sums.worth.append(log_evidence(item, item.on, model))
            else:
                sums.spans.append(item)
        return list(found.values())

    def at(self, on: int) -> float:
        """What the kind adds on a day, its cap kept."""
        whole, cap = self._whole(on), self.kind.cap
        return whole if cap is None else -cap * math.expm1(-whole / cap)

    def kept(self, on: int) -> float:
        """The part of what its items add that the cap leaves."""
        whole = self._whole(on)
        return self.at(on) / whole if whole > 0 else 1.0

    def _whole(self, on: int) -> float:
        past, life = slice(bisect_right(self.begins, on)), self.kind.half_life
        points = (
            worth * math.exp2(-(on - then) / life)
            for worth, then in zip(self.worth[past], self.begins[past], strict=True)
        )
        spans = (log_evidence(item, on, self.model) for item in self.spans if item.begins <= on)
        return math.fsum((*points, *spans))


def days(evidence: Iterable[Evidence], first: int, last: int) -> list[int]:
    """The days worth telling: both ends, every day evidence begins or ends on, and the first of each month; ascending.

    ValueError where the first day lies behind the last.
    """
    if first > last:
        raise ValueError(f"{day(first)} lies behind {day(last)}")
    dated = {one for item in evidence for one in (item.begins, item.on) if first <= one <= last}
    return sorted({first, last, *dated, *_months(first, last)})


def points(evidence: Iterable[Evidence], on: Sequence[int], model: Model) -> list[Point]:
    """What all evidence of a tie amounts to on each of these days, ascending, as `strength.strength` would say."""
    items = sorted({item.id: item for item in evidence}.values(), key=lambda item: (item.begins, item.id))
    begins = [item.begins for item in items]
    sums = _Sums.of(items, model)
    return [_point(one, items, begins, sums, model) for one in on]


def _point(on: int, items: Sequence[Evidence], begins: Sequence[int], sums: Sequence[_Sums], model: Model) -> Point:
    counted = bisect_right(begins, on)
    if not counted:
        return Point(on, None, None)
    came = items[bisect_right(begins, on - 1) : counted]
    whole = math.fsum(one.at(on) for one in sums)
    return Point(on, min(CEILING, -math.expm1(-whole)), _because(came, on, sums, model))


def _because(came: Sequence[Evidence], on: int, sums: Sequence[_Sums], model: Model) -> str | None:
    """Of what came on a day, that which adds most to the tie, then by id."""
    if not came:
        return None
    kept = {one.name: one.kept(on) for one in sums}
    return min(came, key=lambda item: (-kept[item.kind] * log_evidence(item, on, model), item.id)).id


def _months(first: int, last: int) -> Iterator[int]:
    """The first days of the months between two days."""
    begins = date.fromisoformat(day(first)).replace(day=1)
    while (number := ordinal(begins.isoformat())) <= last:
        if number >= first:
            yield number
        if number + 31 > OPEN_ORDINAL:
            return
        begins = date(begins.year + begins.month // DECEMBER, begins.month % DECEMBER + 1, 1)
