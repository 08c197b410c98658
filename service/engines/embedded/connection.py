"""A way to the engine of a folder: the running one of another process, else one that this process starts."""

import asyncio
import os
import time
from dataclasses import dataclass

from service.engines.bolt import Bolt, driver
from service.engines.embedded.administration import READER, admit_reader
from service.engines.embedded.home import Endpoint, Home
from service.engines.embedded.process import DATABASE, FolderBusy, Process, start
from service.engines.protocol import Deadlines
from service.errors import Code, ServiceError

POLL = 0.05


@dataclass(slots=True)
class Connection:
    """Two drivers to one engine: one signs in as who may write, one as who may only read."""

    endpoint: Endpoint
    reader: Bolt
    writer: Bolt

    async def close(self) -> None:
        await self.reader.close()
        await self.writer.close()


@dataclass(slots=True)
class Tenancy:
    """The part of this process in a folder: its owner while it holds the lock, else a guest of the owner's engine.

    The owner stops the engine when it closes; a guest then becomes the owner at its next call and starts it again.
    """

    home: Home
    deadlines: Deadlines
    lock: int | None = None
    process: Process | None = None

    async def connection(self) -> Connection:
        """A connection that has answered, within the deadline for a start."""
        try:
            return await self._connected(time.monotonic() + self.deadlines.start)
        except BaseException:
            await self.close()
            raise

    async def _connected(self, end: float) -> Connection:
        while True:
            endpoint = await self._endpoint()
            if endpoint and (found := await self._reach(endpoint)):
                return found
            if time.monotonic() > end:
                raise ServiceError(
                    Code.UNAVAILABLE,
                    "another process holds the store's folder and its engine does not answer; end it and try again",
                )
            await asyncio.sleep(POLL)

    async def close(self) -> None:
        """Stop the engine where it is ours, and let go of the folder."""
        if self.process:
            self.home.withdraw()
            await self.process.stop()
            self.process = None
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None

    async def _endpoint(self) -> Endpoint | None:
        if self.lock is None:
            self.lock = self.home.claim()
        return self.home.endpoint() if self.lock is None else await self._own()

    async def _own(self) -> Endpoint | None:
        if self.process and self.process.running():
            return self.process.endpoint
        self.home.withdraw()
        try:
            self.process = await start(self.home)
            await admit_reader(self.home, self.process.endpoint)
        except FolderBusy:
            return None
        except BaseException:
            await self.close()
            raise
        self.home.publish(self.process.endpoint)
        return self.process.endpoint

    async def _reach(self, endpoint: Endpoint) -> Connection | None:
        found = Connection(endpoint, self._bolt(endpoint, READER), self._bolt(endpoint, "root"))
        try:
            await found.reader.connect()
        except ServiceError:  # an endpoint told by an engine that has gone
            await found.close()
            return None
        except BaseException:
            await found.close()
            raise
        return found

    def _bolt(self, endpoint: Endpoint, user: str) -> Bolt:
        uri = f"bolt://127.0.0.1:{endpoint.bolt}"
        return Bolt(driver(uri, user, self.home.password(user), self.deadlines), DATABASE, self.deadlines)
