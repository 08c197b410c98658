"""Old graphs on Neo4j 3.5 and 4.x, which the official driver no longer speaks to: their nodes and relationships.

The one module that knows py2neo, which is at the end of its life; it comes with the extra `legacy`. Only its
matchers are used: they read, and write the statements themselves.
"""

import socket
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from service.errors import Code, ServiceError

Properties = Mapping[str, object]
DEFAULT_PORT = 7687
PATIENCE = 5.0  # seconds until a server that does not answer counts as gone


@dataclass(frozen=True, slots=True)
class Server:
    """Where an old graph answers and how to sign in there; no database name means the server's own choice."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node; `number` is the server's own and means nothing outside this reading."""

    number: int
    properties: Properties


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship between the nodes of two numbers."""

    start: int
    end: int
    properties: Properties


class OldGraph:
    """An open old graph. What is read is held in memory: such graphs fit there."""

    def __init__(self, graph: Any) -> None:  # noqa: ANN401 - py2neo has no types
        self._graph = graph
        self._matching: Any = import_module("py2neo.matching")

    def nodes(self, label: str) -> Iterator[Node]:
        """Every node with a label."""
        for node in self._matching.NodeMatcher(self._graph).match(label):
            yield Node(node.identity, _plain(node))

    def links(self, type_: str) -> Iterator[Link]:
        """Every relationship of a type."""
        for link in self._matching.RelationshipMatcher(self._graph).match(r_type=type_):
            yield Link(link.start_node.identity, link.end_node.identity, _plain(link))


@contextmanager
def connected(server: Server) -> Generator[OldGraph]:
    """An old graph that has answered; every failure comes out as a plain sentence."""
    py2neo, errors = _library()
    # A wrong password shows as a connection that is unavailable.
    lost = (
        errors.Neo4jError,
        errors.ConnectionUnavailable,
        errors.ConnectionBroken,
        errors.ServiceUnavailable,
        OSError,
    )
    graph: Any = None
    try:
        _knock(server.uri)
        graph = py2neo.Graph(server.uri, auth=(server.user, server.password), name=server.database)
        yield OldGraph(graph)
    except lost as error:
        raise ServiceError(
            Code.UNAVAILABLE, "the old graph did not answer; check its address, user, password and database"
        ) from error
    finally:
        if graph is not None:
            graph.service.connector.close()


def _knock(uri: str) -> None:
    """Find out whether anybody listens: of a refused connection py2neo would leave the socket open."""
    address = urlsplit(uri)
    socket.create_connection((address.hostname or "localhost", address.port or DEFAULT_PORT), timeout=PATIENCE).close()


def _library() -> tuple[Any, Any]:
    try:
        return import_module("py2neo"), import_module("py2neo.errors")
    except ModuleNotFoundError as error:
        raise ServiceError(
            Code.BAD_USER_INPUT, "reading an old graph needs py2neo; install paddock with its extra: paddock[legacy]"
        ) from error


def _plain(entity: Any) -> dict[str, object]:  # noqa: ANN401 - py2neo has no types
    return {str(name): _value(value) for name, value in dict(entity).items()}


def _value(value: Any) -> object:  # noqa: ANN401 - py2neo has no types
    """Dates and moments as ISO text; everything else as it is."""
    iso = getattr(value, "iso_format", None) or getattr(value, "isoformat", None)
    return iso() if iso else value
