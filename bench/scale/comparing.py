"""Whether the ties that were read from a store are those the society was written with."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.timing import Unequal
from network.view import View

Column: TypeAlias = "NDArray[Any]"


def same(read: View, written: View) -> None:
    """Nothing where two views tell the same of the same pairs; Unequal otherwise."""
    if not all(map(np.array_equal, _plain(read), _plain(written))):
        raise Unequal("the ties read from the store are not those that were written")


def _plain(view: View) -> list[Column]:
    """Both ids, strength and willingness of each pair, in order."""
    ids = np.array([id.encode() for id in view.ties.agents.ids])
    pairs = np.flatnonzero(view.counted)
    first, second = np.sort(np.stack([ids[view.ties.a[pairs]], ids[view.ties.b[pairs]]]), axis=0)
    order = np.lexsort((second, first))
    return [first[order], second[order], view.strength[pairs][order], view.willingness[pairs][order]]
