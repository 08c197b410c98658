"""A Neo4j by URI: Community or Enterprise, one server or a cluster, 5.26 or a calendar release."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from service.engines.bolt import Bolt, driver
from service.engines.catalogue import catalogue
from service.engines.protocol import Deadlines, Record, SchemaItem, Transaction
from service.engines.stores import Server
from service.engines.turns import Reader

T = TypeVar("T")
# Calendar releases may default to Cypher 25; our files are written in what both speak.
LANGUAGE = "CYPHER 5 "


@dataclass(slots=True)
class Neo4j:
    """The system of record. The access mode READ is enforced by the server; Community has no roles."""

    bolt: Bolt
    reader: Reader = field(init=False)
    name: ClassVar[str] = "neo4j"

    def __post_init__(self) -> None:
        """Reads of one request go together."""
        self.reader = Reader(self.bolt.read)

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        return await self.reader.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return await self.bolt.write(work)

    async def define(self, text: str) -> None:
        async def work(transaction: Transaction) -> None:
            await transaction.run(text, {})

        await self.bolt.write(work)

    async def schema(self) -> list[SchemaItem]:
        return await catalogue(self.read)

    async def close(self) -> None:
        await self.bolt.close()


async def connect(server: Server, deadlines: Deadlines) -> Neo4j:
    """A Neo4j that has answered."""
    bolt = Bolt(driver(server.uri, server.user, server.password, deadlines), server.database, deadlines, LANGUAGE)
    try:
        await bolt.connect()
    except BaseException:
        await bolt.close()
        raise
    return Neo4j(bolt)
