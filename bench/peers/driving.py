"""A client that costs little beside a server: requests made beforehand, over connections that stay open.

An answer is read to its end and not looked into; who compares answers has done so before.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import cast

import uvloop

END = b"\r\n\r\n"
LENGTH = b"content-length:"
OK = b"HTTP/1.1 200"


class Refused(Exception):
    """A server said that it does not answer."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server answers, and what it wants to see beside the question."""

    host: str
    port: int
    headers: tuple[str, ...] = ()

    def request(self, body: bytes) -> bytes:
        """The bytes of a question."""
        lines = (
            "POST /graphql HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            "Content-Type: application/json",
            "Accept: application/json",
            f"Content-Length: {len(body)}",
            *self.headers,
        )
        return "\r\n".join(lines).encode() + END + body


@dataclass(slots=True, eq=False)
class Client(asyncio.Protocol):
    """One that asks again as soon as it has its answer, until the time is over."""

    requests: Iterator[bytes]
    until: float
    over: asyncio.Future[None]
    seconds: list[float] = field(default_factory=list[float])
    transport: asyncio.Transport | None = None
    begun: float = 0.0
    received: bytes = b""
    missing: int = -1  # bytes of the answer under way; -1 until its head is there
    refused: bytes = b""  # the head of an answer that says so

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.received += data
            head, found, rest = self.received.partition(END)
            if not found:
                return
            self.missing = _length(head) - len(rest)
            self.refused = self.refused or (b"" if head.startswith(OK) else head)
        else:
            self.missing -= len(data)
        if not self.missing:
            self._answered()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.over.done():
            self.over.set_exception(exc or ConnectionError("the server hung up"))

    def _answered(self) -> None:
        now = time.perf_counter()
        self.seconds.append(now - self.begun)
        if now < self.until:
            self._ask()
        elif not self.over.done():
            self.over.set_result(None)

    def _ask(self) -> None:
        self.received, self.missing = b"", -1
        self.begun = time.perf_counter()
        if self.transport is not None:
            self.transport.write(next(self.requests))


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line[len(LENGTH) :])
    raise ConnectionError(f"the server does not say how long its answer is: {head!r}")


def driven(endpoint: Endpoint, bodies: Sequence[bytes], clients: int, seconds: float) -> list[float]:
    """How long each answer took that so many clients got in a time; Refused where one was none."""
    return uvloop.run(_driven(endpoint, [endpoint.request(body) for body in bodies], clients, seconds))


async def _driven(endpoint: Endpoint, requests: Sequence[bytes], clients: int, seconds: float) -> list[float]:
    loop, until = asyncio.get_running_loop(), time.perf_counter() + seconds
    shares = [cycle((*islice(requests, begin, None), *requests[:begin])) for begin in range(clients)]
    made = [Client(share, until, loop.create_future()) for share in shares]
    for client in made:
        await loop.create_connection(lambda client=client: client, endpoint.host, endpoint.port)  # type: ignore[misc]
    try:
        async with asyncio.timeout(seconds + 30):
            await asyncio.gather(*(client.over for client in made))
    finally:
        for client in made:
            if client.transport is not None:
                client.transport.close()
    for client in made:
        if client.refused:
            raise Refused(client.refused.decode())
    return [taken for client in made for taken in client.seconds]
