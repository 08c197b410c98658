"""Chance that repeats itself: named streams of random numbers, and draws from weighted lists."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

T = TypeVar("T")


def stream(*name: object) -> Random:
    """The random numbers of that name: the same in every run, and independent of all other streams."""
    return Random("/".join(str(part) for part in name))


def chance(dice: Random, odds: float) -> bool:
    """Whether what happens that often happens now."""
    return dice.random() < odds


def pick(dice: Random, weights: Mapping[T, float]) -> T:
    """One of the things, by its weight."""
    (thing,) = dice.choices(tuple(weights), tuple(weights.values()))
    return thing


class Urn(Generic[T]):
    """Things to draw from, heavier ones more often."""

    def __init__(self, things: Iterable[T], weight: Callable[[T], float]) -> None:
        self.things: Sequence[T] = tuple(things)
        self._sums = list(accumulate(weight(thing) for thing in self.things))

    def __bool__(self) -> bool:
        return bool(self.things)

    def __len__(self) -> int:
        return len(self.things)

    def draw(self, dice: Random) -> T:
        """One thing."""
        return self.things[min(bisect(self._sums, dice.random() * self._sums[-1]), len(self.things) - 1)]

    def several(self, dice: Random, count: int, fits: Callable[[T], bool] = lambda _: True) -> list[T]:
        """At most that many different things that fit, in the order drawn."""
        found: dict[int, T] = {}
        for _ in range(6 * count):
            if len(found) == count:
                break
            thing = self.draw(dice)
            if id(thing) not in found and fits(thing):
                found[id(thing)] = thing
        return list(found.values())


def poisson(dice: Random, mean: float) -> int:
    """A count with that mean, as accidents have it."""
    count, left = 0, dice.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + dice.expovariate(1.0)
    return count
