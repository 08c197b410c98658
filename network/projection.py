"""The ties in memory: every piece of evidence with its two clocks and its class, kept up to date by changes.

Nothing here is filtered. What somebody may see at a day is a `View`, which the projection gives and keeps for a while.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from network.incoming import Delta, Incoming, refuse
from network.model import Model
from network.rows import HIDDEN, Index, Rows
from network.strengths import Ints
from network.ties import Ties
from network.view import Key, View

VIEWS = 4
"""Views kept: today's of three or four roles; each takes some 50 bytes a tie."""

_SMALLEST_TAIL = 50_000
_TAIL_PART = 8
"""Rows that came later are sorted in among the others once they are more than an eighth of them."""

_NO_PAIRS = np.empty(0, dtype=np.int32)


class Building:
    """A projection in the making, for a store that is read page by page: no page is kept as it came.

    A page's `gone` means nothing here, for what is gone is not read.
    """

    def __init__(self, model: Model) -> None:
        self._ties = Ties.none(model)
        self._blocks: list[Incoming] = []
        self._revision = 0

    def take(self, page: Delta) -> None:
        """Takes in a page; ValueError where its evidence names what neither it nor a page before it has."""
        refuse(page, self._ties)
        self._ties, _, _ = _saved(self._ties, page)
        if page.evidence:
            self._blocks.append(Incoming.of(page.evidence, self._ties))
        self._revision = page.revision

    def done(self) -> tuple[Ties, int]:
        """All ties, and the revision of the last page: what a `Projection` is made of."""
        if self._blocks:
            incoming = Incoming.joined(self._blocks)
            self._blocks.clear()
            ties, pair = self._ties.pairs(incoming.a, incoming.b)
            versions = ties.versions.changed((), incoming.versions(pair))
            self._ties = replace(ties, tail=replace(incoming.rows, pair=pair), versions=versions).settled()
        return self._ties, self._revision


@dataclass(slots=True)
class _Kept:
    view: View
    touched: list[Ints]


class Projection:
    """The ties of one store at one revision.

    Build it with `of`, keep it up with `apply`, ask it with `view`. Threads may share it: each of these takes its lock.
    """

    def __init__(self, ties: Ties, revision: int, *, views: int = VIEWS) -> None:
        self.revision = revision
        self._ties = ties
        self._index = Index(ties.base.id)
        self._late: dict[str, int] = {}
        self._views: OrderedDict[Key, _Kept] = OrderedDict()
        self._most = views
        self._lock = threading.RLock()

    @classmethod
    def of(cls, model: Model, pages: Iterable[Delta], *, views: int = VIEWS) -> Self:
        """The projection of a store read page by page; agents and sources before the evidence that names them."""
        building = Building(model)
        for page in pages:
            building.take(page)
        return cls(*building.done(), views=views)

    @property
    def ties(self) -> Ties:
        """All there is at this moment, unfiltered."""
        return self._ties

    def view(self, clearance: frozenset[int], as_of: int, known_at: int | None = None) -> View:
        """What a clearance sees at a day (ordinal) and a moment (microseconds; None: all that stands)."""
        key = Key(clearance, as_of, known_at)
        with self._lock:
            kept = self._views.pop(key, None)
            if kept is None:
                kept = _Kept(View.of(self._ties, key), [])
            elif kept.touched:
                kept = _Kept(kept.view.refreshed(self._ties, np.unique(np.concatenate(kept.touched))), [])
            self._views[key] = kept
            while len(self._views) > self._most:
                self._views.popitem(last=False)
            return kept.view

    def ready(self, clearance: frozenset[int], as_of: int, known_at: int | None = None) -> View | None:
        """The same, where it is at hand and nothing need be folded or waited for."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            kept = self._views.get(key := Key(clearance, as_of, known_at))
            if kept is None or kept.touched:
                return None
            self._views.move_to_end(key)
            return kept.view
        finally:
            self._lock.release()

    def apply(self, delta: Delta) -> None:
        """Takes in a change; ValueError, and nothing changed, where it names what is not there."""
        with self._lock:
            refuse(delta, self._ties)
            touched = [self._drop(delta.gone), self._save(delta)]
            touched.append(self._add(Incoming.joined([Incoming.of(delta.evidence, self._ties)])))
            for kept in self._views.values():
                kept.touched += touched
            self.revision = delta.revision

    def _save(self, delta: Delta) -> Ints:
        """Takes in agents and sources; the pairs whose evidence others may see now."""
        self._ties, agents, sources = _saved(self._ties, delta)
        return np.concatenate([self._ties.pairs_of(agents), self._ties.pairs_from(sources)])

    def _drop(self, gone: Iterable[str]) -> Ints:
        """Forgets agents, sources and evidence; the pairs that lose by it."""
        ids = list(gone)
        if not ids:
            return _NO_PAIRS
        agents, sources = self._ties.agents.drop(ids), self._ties.sources.drop(ids)
        touched = [self._ties.pairs_of(agents), self._ties.pairs_from(sources), self._bury(ids)]
        return np.concatenate(touched)

    def _add(self, incoming: Incoming) -> Ints:
        """Takes in evidence, in place of what has the same id; the pairs it speaks for, now or before."""
        replaced = self._bury(_texts(incoming)) if len(self._ties.base) + len(self._ties.tail) else _NO_PAIRS
        ties, pair = self._ties.pairs(incoming.a, incoming.b)
        tail = Rows.joined([ties.tail, replace(incoming.rows, pair=pair)])
        self._ties = replace(ties, tail=tail, versions=ties.versions.changed((), incoming.versions(pair)))
        if len(self._ties.tail) > max(_SMALLEST_TAIL, len(ties.base) // _TAIL_PART):
            self._settle()
        else:
            self._late |= {id: len(ties.tail) + at for at, id in enumerate(_texts(incoming))}
        return np.concatenate([replaced, pair])

    def _bury(self, ids: list[str]) -> Ints:
        """Hides the evidence with these ids for good; the pairs it spoke for."""
        ties = self._ties
        late = [self._late.pop(id) for id in ids if id in self._late]
        early = [row for row in self._index.find(ids) if row >= 0]
        self._ties = replace(
            ties,
            base=_hidden(ties.base, early),
            tail=_hidden(ties.tail, late),
            versions=ties.versions.changed((id.encode() for id in ids), ()),
        )
        return np.concatenate([ties.base.pair[early], ties.tail.pair[late]]).astype(np.int32)

    def _settle(self) -> None:
        self._ties = self._ties.settled()
        self._index = Index(self._ties.base.id)
        self._late = {}


def _texts(incoming: Incoming) -> list[str]:
    return [id.decode() for id in incoming.rows.id.tolist()]


def _hidden(rows: Rows, which: list[int]) -> Rows:
    if not which:
        return rows
    vis = rows.vis.copy()
    vis[which] = HIDDEN
    return replace(rows, vis=vis)


def _saved(ties: Ties, delta: Delta) -> tuple[Ties, Ints, Ints]:
    """The ties with the agents and sources of a change, and the numbers of those whose class it changes."""
    agents = ties.agents.save([(row.id, row.vis) for row in delta.agents])
    sources = ties.sources.save([(row.id, row.vis) for row in delta.sources])
    if not delta.agents:
        return ties, agents, sources
    size = len(ties.agents.ids)
    organization = np.zeros(size, dtype=np.bool_)
    organization[: len(ties.organization)] = ties.organization
    organization[[ties.agents.numbers[row.id] for row in delta.agents]] = [row.organization for row in delta.agents]
    return replace(ties, organization=organization, adjacency=ties.adjacency.grown(size)), agents, sources
