"""The erasure of a person, for those who may."""

from __future__ import annotations

from service.auth import Right, Viewer
from service.graph.record.erasing import Erasure, erase
from service.graph.store import Graph


async def erase_person(graph: Graph, viewer: Viewer, id: str) -> Erasure:
    """What came of erasing a person; FORBIDDEN unless the viewer may, NOT_FOUND where nobody ever had this id."""
    viewer.require(Right.ERASE)
    return await erase(graph, id)
