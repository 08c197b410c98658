"""The ties of a store, weighed as its pack says, and started from the snapshot in its folder where it has one."""

from __future__ import annotations

import packs
from service.engines.stores import Folder
from service.graph.projection import feed
from service.graph.questions.ties import Network
from service.graph.snapshots import Snapshot
from service.graph.store import Graph
from service.settings import Settings


def network(settings: Settings, graph: Graph) -> Network:
    """The network of a graph; nothing is read before its first question."""
    snapshot = Snapshot(settings.store.path) if isinstance(settings.store, Folder) else None
    return Network(graph, packs.evidence(settings.pack), feed, snapshot)
