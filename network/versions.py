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
    def none(cls) -> Self:
        """No versions."""
        ids = np.empty(0, dtype=np.bytes_)
        return cls(np.empty(0, dtype=np.int32), ids, ids)

    def changed(self, gone: Iterable[bytes], added: Iterable[tuple[int, bytes, bytes]]) -> Self:
        """The versions without those of some evidence, and with others: pair, what takes a place, what had it."""
        kept = ~np.isin(self.over, np.array(list(gone), dtype=np.bytes_)) if len(self) else np.empty(0, dtype=np.bool_)
        new = list(added)
        if not new and kept.all():
            return self
        pair = np.concatenate([self.pair[kept], np.array([pair for pair, _, _ in new], dtype=np.int32)])
        over = np.concatenate([self.over[kept], np.array([over for _, over, _ in new], dtype=np.bytes_)])
        under = np.concatenate([self.under[kept], np.array([under for _, _, under in new], dtype=np.bytes_)])
        order = np.argsort(pair, kind="stable")
        return type(self)(pair[order], over[order], under[order])

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


def _places(ordered: NDArray[np.bytes_], wanted: NDArray[np.bytes_]) -> NDArray[np.intp]:
    """Where each id stands among ids in order; -1 where it does not."""
    if not len(ordered):
        return np.full(len(wanted), -1, dtype=np.intp)
    at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.where(ordered[at] == wanted, at, -1)
