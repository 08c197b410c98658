"""The ties of a store, weighed as its pack says, and started from the snapshot this machine has of them."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

import packs
from service.engines.stores import Folder
from service.graph.projection import Progress, feed, unwatched
from service.graph.questions.ties import Network
from service.graph.snapshots import Snapshot

if TYPE_CHECKING:
    from service.graph.store import Graph
    from service.settings import Settings


def network(settings: Settings, graph: Graph, progress: Progress = unwatched) -> Network:
    """The network of a graph; nothing is read before its first question, and `progress` is told how far that is."""
    return Network(graph, packs.evidence(settings.pack), partial(feed, progress=progress), snapshot(settings))


def snapshot(settings: Settings) -> Snapshot | None:
    """Where a store's ties are kept: in its own folder, else in this machine's cache, in a folder for each store."""
    if isinstance(settings.store, Folder):
        return Snapshot(settings.store.path)
    if settings.cache is None:
        return None
    name = f"{settings.store.uri}\n{settings.store.database or ''}"
    return Snapshot(settings.cache / "ties" / hashlib.blake2b(name.encode(), digest_size=10).hexdigest())
