"""What the graph needs of an engine, and how long an engine may take."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

T = TypeVar("T")
Record = dict[str, object]
Asked = tuple[str, Mapping[str, object]]
"""A statement with its parameters."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long each step may take, in seconds; the defaults fit a question, `LOADING` fits a batch of a load."""

    request: float = 10.0  # a client's, with all the calls it takes; longer than one, whose own deadline is then told
    call: float = 5.0  # one call of the engine, everything included
    transaction: float = 4.0  # what the server allows a transaction, below the call so that the server gives up first
    acquire: float = 1.0
    connect: float = 2.0
    retry: float = 3.0
    commit: float = 2.0  # a commit under way is waited for when its caller has gone
    start: float = 60.0  # the embedded engine, recovery after a crash included


LOADING = Deadlines(call=600.0, transaction=590.0, acquire=10.0, connect=5.0, retry=30.0, commit=60.0)


@dataclass(frozen=True, slots=True, order=True)
class SchemaItem:
    """One index or constraint; engines name the index under a constraint differently, so only its constraint counts."""

    name: str
    kind: str  # UNIQUE, RANGE or FULLTEXT
    label: str
    properties: tuple[str, ...]


class Transaction(Protocol):
    """Statements that happen together or not at all."""

    async def run(self, text: str, parameters: Mapping[str, object]) -> list[Record]: ...

    async def together(self, asked: Sequence[Asked]) -> list[list[Record]]:
        """The records of statements that are carried out one after the other, in one exchange if the store can."""
        ...


class Engine(Protocol):
    """A store of the graph. Every failure that comes out of it is a ServiceError in plain words."""

    name: ClassVar[str]  # `neo4j` or `embedded`

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        """The records of one statement that the store does not allow to write."""
        ...

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """What the work returns, once all it wrote is committed; work may run again when a commit was refused."""
        ...

    async def define(self, text: str) -> None:
        """Run one statement that creates a constraint or an index, a full-text index included."""
        ...

    async def schema(self) -> list[SchemaItem]:
        """Every constraint, and every index that is not a constraint's own, in order."""
        ...

    async def close(self) -> None:
        """Give back connections; the owner of an embedded engine stops it."""
        ...
