"""The embedded engine behind the protocol: one writer at a time, and started again when its owner has gone."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeVar

from service.engines.catalogue import catalogue
from service.engines.embedded.administration import create_fulltext, is_fulltext
from service.engines.embedded.connection import Connection, Tenancy
from service.engines.embedded.home import Home
from service.engines.faults import Contended, Duplicate, Lost
from service.engines.protocol import Deadlines, Record, SchemaItem, Transaction
from service.engines.stores import Folder

T = TypeVar("T")
# Two MERGEs of different processes can meet as a duplicate, which the next attempt does not; a real one stays.
DUPLICATES = 3
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5


@dataclass(slots=True)
class Embedded:
    """The graph in a folder."""

    tenancy: Tenancy
    deadlines: Deadlines
    connection: Connection
    name: ClassVar[str] = "embedded"
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        used = self.connection
        try:
            return await used.reader.read(text, parameters)
        except Lost:
            return await (await self._renewed(used)).reader.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with self.writing:
            return await self._insist(work)

    async def define(self, text: str) -> None:
        if is_fulltext(text):
            async with self.writing:
                await create_fulltext(self.tenancy.home, self.connection.endpoint, text)
            return

        async def work(transaction: Transaction) -> None:
            await transaction.run(text, {})

        await self.write(work)

    async def schema(self) -> list[SchemaItem]:
        return await catalogue(self.read)

    async def close(self) -> None:
        await self.connection.close()
        await self.tenancy.close()

    async def _insist(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """What the work returns; other processes' writers are waited for, and an engine that has gone is renewed."""
        end, pause = time.monotonic() + self.deadlines.retry, FIRST_PAUSE
        duplicates, renewed = 0, False
        while True:
            used = self.connection
            try:
                return await used.writer.write(work)
            except Lost:  # before the commit, so what the transaction did is gone with the engine
                if renewed:
                    raise
                await self._renewed(used)
                renewed = True
            except Contended as refused:
                duplicates += isinstance(refused, Duplicate)
                if duplicates == DUPLICATES or time.monotonic() >= end:
                    raise
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - spreads writers, guards nothing
                pause = min(2 * pause, LONGEST_PAUSE)

    async def _renewed(self, used: Connection) -> Connection:
        """A connection other than the one that broke; whoever comes first makes it, the others share it."""
        async with self.renewing:
            if self.connection is used:
                self.connection = await self.tenancy.connection()
                await used.close()
            return self.connection


async def open_folder(folder: Folder, deadlines: Deadlines) -> Embedded:
    """The engine of a folder, which is made and filled with an empty database where it is missing."""
    # The pauses are ours: the driver would wait for an engine that has gone with its ports.
    home = Home(folder.path)
    home.prepare()
    tenancy = Tenancy(home, replace(deadlines, retry=0.0))
    return Embedded(tenancy, deadlines, await tenancy.connection())
