"""One meeting more between two people, written as a load writes it, so that the next answer has to have it."""

import asyncio

from bench.scale.memory import PUBLIC, source_ids
from network.dates import day, ordinal
from service.graph.model import Evidence, digest
from service.graph.record.changes import Creation, Parcel
from service.graph.record.planning import evidence_properties
from service.graph.record.relations import KNOWS
from service.graph.record.statements import Statements
from service.graph.store import Graph, Write


class Writer:
    """Writes to a graph, a revision at a time; whatever it wrote stays until it is forgotten."""

    def __init__(self, loop: asyncio.AbstractEventLoop, graph: Graph, as_of: str) -> None:
        """Nothing is written yet."""
        self._loop, self._graph, self._today = loop, graph, ordinal(as_of)
        self._number = 0

    def meet(self, left: str, right: str) -> None:
        """Nothing, once a meeting of two people is committed."""
        self._number += 1
        a, b = sorted((left, right))
        key = (self._graph.clock(), str(self._number))
        said = Evidence("MEETING", a, b, day(self._today - self._number), source_ids()[0], PUBLIC, (), key)
        creation = Creation(KNOWS, a, b, evidence_properties(said.key, said, digest("kno", said.key)))

        async def work(write: Write) -> None:
            await Statements(write).parcel(Parcel(creations=[creation]))

        self._loop.run_until_complete(self._graph.write(work))
