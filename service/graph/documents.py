"""Documents that were registered beforehand, each to be sent by its id: a token's own, and everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cypher
from service.graph.model import digest
from service.graph.store import Graph, Scope
from service.graph.users import written
from service.graph.visibility import Saved


@dataclass(frozen=True, slots=True)
class Document:
    """A registered document; `document` is the id it is sent by, `token` whose it is (None: everybody's)."""

    id: str
    document: str
    token: str | None
    name: str | None
    text: str
    added_at: str


@dataclass(frozen=True, slots=True)
class Said:
    text: str


SAVE = cypher.query("document/save", Saved)
TEXT = cypher.query("document/text", Said)
ALL = cypher.query("document/all", Document)
REQUIRE = cypher.query("token/require", Saved)
REMOVE = cypher.query("document/remove", Saved)


async def save(graph: Graph, documents: Sequence[tuple[str, str | None, str]], *, token: str | None = None) -> int:
    """How many documents, each an id, a name and a text, are registered for a token, or for everybody."""
    now = graph.clock()
    rows = [
        {"id": _id(token, one), "document": one, "token": token, "name": name, "text": text, "addedAt": now}
        for one, name, text in documents
    ]
    return (await written(graph, SAVE, rows=rows))[0].saved


async def text(graph: Graph, token: str | None, document: str) -> str | None:
    """What a token means by a document's id; None where nothing is registered under it."""
    found = await graph.read(TEXT, Scope(), own=_id(token, document), shared=_id(None, document))
    return found[0].text if found else None


async def documents(graph: Graph) -> list[Document]:
    """Every registered document."""
    return await graph.read(ALL, Scope())


async def require(graph: Graph, token: str, *, registered_only: bool) -> int:
    """How many tokens of that id may send registered documents only from now on, or everything again."""
    return (await written(graph, REQUIRE, id=token, registeredOnly=registered_only))[0].saved


async def remove(graph: Graph, documents: Sequence[str], *, token: str | None = None) -> int:
    """How many of a token's documents, or of everybody's, were removed."""
    return (await written(graph, REMOVE, ids=[_id(token, one) for one in documents]))[0].saved


def _id(token: str | None, document: str) -> str:
    return digest("doc", token or "", document)
