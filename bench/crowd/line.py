"""One client's connection, kept open: as little as HTTP needs, since clients and the service share the cores."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, and how many seconds passed from sending the question to having all of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    def data(self) -> object:
        """What was answered; None where it was not, or not without errors."""
        found: dict[str, object] = json.loads(self.body)
        return None if "errors" in found else found["data"]


@dataclass(slots=True)
class Line:
    """A connection to a service, opened when it is first needed."""

    host: str
    port: int
    token: str
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None)

    async def ask(self, query: str, variables: Mapping[str, object]) -> Answer:
        """The answer to a document; ConnectionError where the service hung up."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        body = json.dumps({"query": query, "variables": dict(variables)}).encode()
        begin = time.perf_counter()
        writer.write(self._head(len(body)) + body)
        try:
            status, headers = _head(await reader.readuntil(END))
            answer = await reader.readexactly(int(headers["content-length"]))
        except asyncio.IncompleteReadError:
            await self.close()
            raise ConnectionError("the service hung up") from None
        if headers.get("connection") == "close":
            await self.close()
        return Answer(status, headers, answer, time.perf_counter() - begin)

    async def close(self) -> None:
        """Nothing, once the connection is closed."""
        if self._streams is not None:
            _, writer = self._streams
            self._streams = None
            writer.close()
            await writer.wait_closed()

    def _head(self, length: int) -> bytes:
        lines = (
            "POST /graphql HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"Authorization: Bearer {self.token}",
            "Content-Type: application/json",
            f"Content-Length: {length}",
        )
        return "\r\n".join(lines).encode() + END


def _head(text: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = text[: -len(END)].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return int(first.split(" ", 2)[1]), headers
