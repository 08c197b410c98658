"""The strengths of many pairs at once: the arithmetic of `strength.py` over arrays, equal to it to 1e-12."""

from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from network.model import CEILING, FULL_INTERVAL_DAYS, Model
from network.strength import BACKWARD, FORWARD

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int32]
Bytes: TypeAlias = NDArray[np.int8]
Bools: TypeAlias = NDArray[np.bool_]

_DIRECTIONS = 3
"""Log-evidence of one kind is added up in three sums at most: undirected, forward, backward."""


@dataclass(frozen=True, slots=True)
class Table:
    """A model as arrays, by the number of a kind: its place in the model.

    Uncapped kinds share the first three sums, since they only ever add up; each capped kind has sums of its own.
    """

    names: tuple[str, ...]
    q: Floats
    half_life: Floats
    directed: Bools
    sums: NDArray[np.intp]
    """Which sum an item goes to, at 3 * kind + direction."""
    caps: tuple[tuple[float, int, bool], ...]
    """Of each capped kind: the cap, its first sum, and whether the sums of its two directions follow."""
    one_way: NDArray[np.intp]
    """The sums that speak for one direction only."""
    width: int

    @classmethod
    def of(cls, model: Model) -> Self:
        """The arrays of a model."""
        kinds = list(model.kinds.values())
        sums: list[int] = []
        caps: list[tuple[float, int, bool]] = []
        width = _DIRECTIONS
        for kind in kinds:
            first = 0 if kind.cap is None else width
            sums += [first, first + 1, first + 2] if kind.directed or kind.cap is None else [first] * _DIRECTIONS
            if kind.cap is not None:
                caps.append((kind.cap, first, kind.directed))
                width += _DIRECTIONS if kind.directed else 1
        return cls(
            names=tuple(model.kinds),
            q=np.array([kind.q for kind in kinds]),
            half_life=np.array([kind.half_life for kind in kinds]),
            directed=np.array([kind.directed for kind in kinds]),
            sums=np.array(sums, dtype=np.intp),
            caps=tuple(caps),
            one_way=np.array([first + way for first in _directed_sums(caps) for way in (FORWARD, BACKWARD)]),
            width=width,
        )


def _directed_sums(caps: list[tuple[float, int, bool]]) -> list[int]:
    return [0, *(first for _, first, directed in caps if directed)]


@dataclass(frozen=True, slots=True)
class Strengths:
    """Of each pair: strength of the whole tie, of a -> b, of b -> a, and how willingly one asks the other."""

    whole: Floats
    forward: Floats
    backward: Floats
    willingness: Floats


def full(kind: Bytes, weight: Floats, table: Table) -> Floats:
    """What items add before they decay, an interval at its full length; `weight` is confidence * intensity."""
    return np.asarray(-np.log1p(-table.q[kind] * weight), dtype=np.float64)


def decayed(
    kind: Bytes, begins: Ints, on: Ints, interval: Bools, undecayed: Floats, as_of: int, table: Table
) -> Floats:
    """What items add at a day; those that begin later count as if they began on it, so leave them out beforehand."""
    dated = np.minimum(on, np.int32(as_of))
    value: Floats = undecayed * np.exp2((dated - np.int32(as_of)) / table.half_life[kind])
    spans = np.flatnonzero(interval)
    length = np.clip((dated[spans] - begins[spans] + 1) / FULL_INTERVAL_DAYS, 0.0, 1.0)  # both days counted
    part = length < 1
    short, length = spans[part], length[part]
    faded = np.exp2((dated[short] - np.int32(as_of)) / table.half_life[kind[short]])
    value[short] = -np.log1p(length * np.expm1(-undecayed[short])) * faded
    return value


def fold(pair: Ints, pairs: int, kind: Bytes, direction: Bytes, value: Floats, table: Table) -> Strengths:
    """The strengths of pairs 0..pairs-1 from what their items add; `direction` is 0 wherever the kind has none."""
    place = table.sums[kind.astype(np.intp) * _DIRECTIONS + direction] * pairs + pair
    added = np.asarray(np.bincount(place, value, minlength=table.width * pairs), dtype=np.float64)
    sums = added.reshape(table.width, pairs)
    whole = _strength(sums, (FORWARD, BACKWARD), table)
    forward, backward, willing = whole.copy(), whole.copy(), whole.copy()
    # Most pairs have undirected evidence only, and there all four are one number.
    one_way = np.flatnonzero(sums[table.one_way].any(axis=0))
    few = sums[:, one_way]
    forward[one_way] = _strength(few, (FORWARD,), table)
    backward[one_way] = _strength(few, (BACKWARD,), table)
    willing[one_way] = willingness(forward[one_way], backward[one_way])
    return Strengths(whole, forward, backward, willing)


def willingness(forward: Floats, backward: Floats) -> Floats:
    """How willingly one end of each tie asks the other, given the strength in each direction."""
    return np.maximum(np.sqrt(forward * backward), np.maximum(forward, backward) / 2)


def _strength(sums: Floats, ways: tuple[int, ...], table: Table) -> Floats:
    total = _sum(sums, 0, ways)
    for cap, first, directed in table.caps:
        column = _sum(sums, first, ways if directed else ())
        reached = np.flatnonzero(column)
        total[reached] -= cap * np.expm1(-column[reached] / cap)
    return np.asarray(np.minimum(CEILING, -np.expm1(-total)), dtype=np.float64)


def _sum(sums: Floats, first: int, ways: tuple[int, ...]) -> Floats:
    column: Floats = sums[first].copy()
    # The two directions are added to each other first: which of them is called forward must not show in the last bit.
    if len(ways) > 1:
        column += sums[first + ways[0]] + sums[first + ways[1]]
    elif ways:
        column += sums[first + ways[0]]
    return column
