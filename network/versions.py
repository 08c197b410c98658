"""Evidence that takes the place of other evidence for whoever may see both, so that one occasion counts once.

Such evidence is rare. It stands beside the rows by its ids, sorted by pair, and nobody else pays for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from network.rows import Rows
from network.strengths import Bools, Ints


@dataclass(frozen=True, slots=True)
class Versions:
    """By pair, ascending: the evidence `over` takes the place of the evidence `under`; of itself where it is void."""

    pair: Ints
    over: NDArray[np.bytes_]
    under: NDArray[np.bytes_]

    def __len__(self) -> int:
        return len(self.pair)

    @classmethod
    def of(cls, rows: Iterable[tuple[int, bytes, bytes]]) -> Self:
        """The versions of pairs, each with the ids of what takes a place and of what had it."""
        ordered = sorted(set(rows))
        return cls(
            pair=np.array([pair for pair, _, _ in ordered], dtype=np.int32),
            over=np.array([over for _, over, _ in ordered], dtype=np.bytes_),
            under=np.array([under for _, _, under in ordered], dtype=np.bytes_),
        )

    def changed(self, gone: Iterable[bytes], added: Iterable[tuple[int, bytes, bytes]]) -> Self:
        """The versions without those of some evidence, and with others."""
        left, new = frozenset(gone) if len(self) else frozenset[bytes](), list(added)
        if not left and not new:
            return self
        return type(self).of([*(row for row in self._rows() if row[1] not in left), *new])

    def counting(self, rows: Rows, seen: Bools) -> Bools:
        """Which of the rows seen count: those whose place no other row that is seen takes."""
        if not len(self):
            return seen
        at = np.minimum(np.searchsorted(self.pair, rows.pair), len(self) - 1)
        held = np.flatnonzero(seen & (self.pair[at] == rows.pair))
        which = np.isin(self.pair, rows.pair[held])
        ids = rows.id[held]
        order = np.argsort(ids)
        over, under = _places(ids[order], self.over[which]), _places(ids[order], self.under[which])
        both = (over >= 0) & (under >= 0)
        over, under = held[order[over[both]]], held[order[under[both]]]
        counting = seen.copy()
        counting[under[rows.pair[over] == rows.pair[under]]] = False
        return counting

    def _rows(self) -> Iterable[tuple[int, bytes, bytes]]:
        return zip(self.pair.tolist(), self.over.tolist(), self.under.tolist(), strict=True)


def _places(ordered: NDArray[np.bytes_], wanted: NDArray[np.bytes_]) -> NDArray[np.intp]:
    """Where each id stands among ids in order; -1 where it does not."""
    if not len(ordered):
        return np.full(len(wanted), -1, dtype=np.intp)
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.where(ordered[at] == wanted, at, -1)
