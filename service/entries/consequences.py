"""What followed from an entry: the evidence that its revision wrote and took back."""

from __future__ import annotations

from dataclasses import dataclass

import cypher
from service.auth import Viewer, renewed
from service.graph.questions.rows import Evidence
from service.graph.record.entries.requests import Request
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Made:
    """The revision an entry made."""

    revision: int


@dataclass(frozen=True, slots=True)
class Consequences:
    """What followed from an entry, as far as nothing changed it since; `repeated`: it was made before this request."""

    repeated: bool
    written: tuple[Evidence, ...]
    withdrawn: tuple[Evidence, ...]


REVISION = cypher.query("request/revision", Made)
OF_REVISION = cypher.query("knows/of_revision", Evidence)


async def consequences(graph: Graph, viewer: Viewer, key: str) -> Consequences:
    """What followed from the entry that a viewer made under a key."""
    made = await graph.read(REVISION, Scope(), id=Request(viewer.principal, key, "", {}).id)
    if not made:
        return Consequences(repeated=False, written=(), withdrawn=())
    revision = made[0].revision
    scope = (await renewed(graph, viewer)).scope
    found = await graph.read(OF_REVISION, scope, revisions=[revision], first=revision, last=revision)
    return Consequences(
        revision <= viewer.revision,
        tuple(one for one in found if one.retracted_at is None),
        tuple(one for one in found if one.retracted_at is not None),
    )
