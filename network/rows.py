"""Evidence as columns: one array a property, one row a piece of evidence."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from network.strengths import Bools, Bytes, Floats, Ints

STANDING = np.iinfo(np.int64).max
"""`retracted` of what has not been taken back."""

HIDDEN = -1
"""`vis` of what nobody may see: without a class, or gone."""

_BYTES_IN_A_WORD = 8
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns of equal length.

    `id`: UTF-8 bytes. `pair`, `source`: numbers the projection gives. `kind`: place in the model. `direction`: 0, or 1
    from the pair's first agent, 2 to it. `begins`, `on`: days; `interval`: whether it lasts from the one to the other.
    `weight`: confidence * intensity. `full`: log-evidence before decay. `recorded`, `retracted`: microseconds.
    """

    id: NDArray[np.bytes_]
    pair: Ints
    kind: Bytes
    direction: Bytes
    begins: Ints
    on: Ints
    interval: Bools
    weight: Floats
    full: Floats
    vis: NDArray[np.int16]
    recorded: NDArray[np.int64]
    retracted: NDArray[np.int64]
    source: Ints

    def __len__(self) -> int:
        return len(self.pair)

    @classmethod
    def none(cls) -> Self:
        """No rows, with the type each column has."""
        return cls(
            id=np.empty(0, dtype="S1"),
            pair=np.empty(0, dtype=np.int32),
            kind=np.empty(0, dtype=np.int8),
            direction=np.empty(0, dtype=np.int8),
            begins=np.empty(0, dtype=np.int32),
            on=np.empty(0, dtype=np.int32),
            interval=np.empty(0, dtype=np.bool_),
            weight=np.empty(0),
            full=np.empty(0),
            vis=np.empty(0, dtype=np.int16),
            recorded=np.empty(0, dtype=np.int64),
            retracted=np.empty(0, dtype=np.int64),
            source=np.empty(0, dtype=np.int32),
        )

    @classmethod
    def joined(cls, blocks: list[Self]) -> Self:
        """The rows of all blocks, one block after the other; of a single one with rows, that block itself."""
        if len(filled := [block for block in blocks if len(block)]) == 1:
            return filled[0]
        return cls(**{name: np.concatenate([getattr(block, name) for block in blocks]) for name in NAMES})

    def taken(self, which: NDArray[Any] | slice) -> Self:
        """The rows at these places, in this order; a slice shares memory with the original."""
        return type(self)(**{name: getattr(self, name)[which] for name in NAMES})


NAMES = tuple(field.name for field in fields(Rows))


class Index:
    """Where each id stands among rows that no longer move: a sorted hash a row, 12 bytes where a dict takes 150."""

    def __init__(self, ids: NDArray[np.bytes_]) -> None:
        self._ids = ids
        hashes = _hashes(ids)
        self._order = np.argsort(hashes).astype(np.int32)
        self._hashes = hashes[self._order]

    def find(self, wanted: list[str]) -> list[int]:
        """The row of each id; -1 where there is none."""
        ids = np.array([text.encode() for text in wanted], dtype=np.bytes_)
        if not len(self._ids) or not wanted:
            return [-1] * len(wanted)
        fits = ids.astype(self._ids.dtype)
        at = np.searchsorted(self._hashes, _hashes(fits))
        return [self._row(int(start), text.encode()) for start, text in zip(at, wanted, strict=True)]

    def _row(self, at: int, wanted: bytes) -> int:
        # Two ids may share a hash: look on as long as the hash stays the same.
        first = at
        while at < len(self._hashes) and self._hashes[at] == self._hashes[first]:
            if self._ids[self._order[at]] == wanted:
                return int(self._order[at])
            at += 1
        return -1


def latest(ids: NDArray[np.bytes_]) -> NDArray[np.intp]:
    """Where each id stands for the last time, ascending."""
    hashes = _hashes(ids)
    order = np.argsort(hashes, kind="stable")
    same = np.flatnonzero(hashes[order[1:]] == hashes[order[:-1]])
    # Nearly always nobody shares a hash, and nothing is left to compare one by one.
    last = {ids[row]: int(row) for row in np.sort(np.concatenate([order[same], order[same + 1]]))}
    kept = np.ones(len(ids), dtype=np.bool_)
    kept[order[same]] = kept[order[same + 1]] = False
    kept[list(last.values())] = True
    return np.flatnonzero(kept)


def by_pair(rows: Rows, pair: Ints) -> NDArray[np.intp]:
    """The order of rows by their pair and, within it, by what decides their worth.

    Neither ids nor the order of arrival take part: sums of floats come out the same to the last bit in every store that
    holds the same evidence, whatever it is called there.
    """
    worth = np.zeros(len(rows), dtype=np.uint64)
    for column in (rows.kind, rows.begins, rows.on, rows.interval):
        worth = _mixed(worth, column.astype(np.int64).view(np.uint64))
    return np.lexsort((_mixed(worth, rows.full.view(np.uint64)), pair))


def _mixed(hashes: NDArray[np.uint64], column: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = (hashes ^ column) * _MIX
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64)


def _hashes(ids: NDArray[np.bytes_]) -> NDArray[np.uint64]:
    words = max(1, -(-ids.dtype.itemsize // _BYTES_IN_A_WORD))
    table = ids.astype(f"S{words * _BYTES_IN_A_WORD}").view(np.uint64).reshape(len(ids), words)
    hashes = np.zeros(len(ids), dtype=np.uint64)
    for column in range(words):
        hashes = _mixed(hashes, table[:, column])
    return hashes
