"""One meeting more between two people, written as any other record, so that the next answer has to have it."""

import asyncio

from network.dates import day, ordinal
from service.graph.model import Batch, Evidence, Mode, SourceRecord
from service.graph.record.write import load
from service.graph.store import Graph

SOURCE = SourceRecord("bench/notes", "Notes of the benchmark", Mode.LOG, 0)


class Writer:
    """Writes to a graph; whatever it wrote stays until it is forgotten."""

    def __init__(self, loop: asyncio.AbstractEventLoop, graph: Graph, as_of: str) -> None:
        """Nothing is written yet."""
        self._loop, self._graph, self._today = loop, graph, ordinal(as_of)
        self._number = 0

    def meet(self, left: str, right: str) -> None:
        """Nothing, once a meeting of two people is committed."""
        self._number += 1
        a, b = sorted((left, right))
        key = (self._graph.clock(), str(self._number))
        said = Evidence("MEETING", a, b, day(self._today - self._number), SOURCE.id, 0, (), key)
        self._loop.run_until_complete(load(self._graph, Batch((SOURCE,), {}, {}, (), (said,))))
