"""The embedded engine behind the protocol: one writer at a time, and started again when its owner has gone."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeVar

from service.engines.catalogue import catalogue
from service.engines.embedded.administration import create_fulltext, is_fulltext
from service.engines.embedded.connection import Connection, Tenancy
from service.engines.embedded.home import Home
from service.engines.faults import Contended, Duplicate, Lost, Overdue
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
    renewal: asyncio.Task[None] | None = None

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        used = self.connection
        try:
            return await used.reader.read(text, parameters)
        except Lost:
            return await (await self._renewed(used)).reader.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with self._writer():
            return await self._insist(work)

    async def define(self, text: str) -> None:
        if is_fulltext(text):
            async with self._writer():
                await create_fulltext(self.tenancy.home, self.connection.endpoint, text)
            return

        async def work(transaction: Transaction) -> None:
            await transaction.run(text, {})

        await self.write(work)

    async def schema(self) -> list[SchemaItem]:
        return await catalogue(self.read)

    async def close(self) -> None:
        if self.renewal and not self.renewal.done():
            self.renewal.cancel()
            await asyncio.wait({self.renewal})
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

    @asynccontextmanager
    async def _writer(self) -> AsyncGenerator[None]:
        """The right to write; whoever waits for it too long is told so."""
        try:
            async with asyncio.timeout(self.deadlines.call):
                await self.writing.acquire()
        except TimeoutError as error:
            raise Overdue from error
        try:
            yield
        finally:
            self.writing.release()

    async def _renewed(self, used: Connection) -> Connection:
        """A connection to an engine that answers, made once for all who lost theirs.

        A caller may give up sooner than an engine recovers; the renewal then goes on for the next one.
        """
        if self.connection is used:
            if self.renewal is None or self.renewal.done():
                self.renewal = asyncio.create_task(self._renew(used))
            await asyncio.wait({self.renewal})
            self.renewal.result()
        return self.connection

    async def _renew(self, used: Connection) -> None:
        found = await self.tenancy.connection()
        if found.endpoint == used.endpoint:  # the engine is there, only one of its connections broke
            await found.close()
        else:
            self.connection = found
            await used.close()


async def open_folder(folder: Folder, deadlines: Deadlines) -> Embedded:
    """The engine of a folder, which is made and filled with an empty database where it is missing."""
    # The pauses are ours: the driver would wait for an engine that has gone with its ports.
    home = Home(folder.path)
    home.prepare()
    tenancy = Tenancy(home, replace(deadlines, retry=0.0))
    return Embedded(tenancy, deadlines, await tenancy.connection())
