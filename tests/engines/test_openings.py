"""Callers who give up while a connection is being opened."""

import asyncio
import gc
import socket
import warnings
from collections.abc import AsyncIterator
from typing import Any

import pytest

from service.engines.bolt import Bolt, driver
from service.engines.protocol import Deadlines

TURNS = 40  # of the loop: by then the driver waits for the handshake


@pytest.fixture(autouse=True)
def _resolved_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # In a thread, as by itself, it takes any number of turns, and the turns after it are what is to be looked at.
    async def getaddrinfo(_loop: object, *where: Any, **how: Any) -> object:
        return socket.getaddrinfo(*where, **how)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Where connections are taken and nothing is ever answered."""
    taken: list[asyncio.StreamWriter] = []

    async def take(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(writer)

    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        for writer in taken:
            writer.close()


async def give_up(port: int, turns: int) -> bool:
    """Whether a read that was cancelled after so many turns of the loop ended as cancelled."""
    bolt = Bolt(driver(f"bolt://127.0.0.1:{port}", "neo4j", "secret", Deadlines()), None, Deadlines())
    read = asyncio.create_task(bolt.read("RETURN 1", {}))
    for _ in range(turns):
        await asyncio.sleep(0)
    read.cancel()
    await asyncio.wait({read})
    await bolt.close()
    return read.cancelled()


async def test_whoever_gives_up_at_any_moment_of_connecting_leaves_no_socket_behind(port: int) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        cancelled = [await give_up(port, turns) for turns in range(TURNS)]
        gc.collect()
    assert (cancelled, [str(warning.message) for warning in told]) == ([True] * TURNS, [])


def end(turns: int, port: int) -> asyncio.Task[object]:
    """The read that a loop cut off when it ended after so many turns."""

    async def asked() -> asyncio.Task[object]:
        bolt = Bolt(driver(f"bolt://127.0.0.1:{port}", "neo4j", "secret", Deadlines()), None, Deadlines())
        read: asyncio.Task[object] = asyncio.create_task(bolt.read("RETURN 1", {}))
        for _ in range(turns):
            await asyncio.sleep(0)
        await bolt.close()
        return read

    return asyncio.run(asked())


def test_a_loop_that_ends_at_any_moment_of_connecting_leaves_no_socket_behind() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        warnings.catch_warnings(record=True) as told,
    ):
        warnings.simplefilter("always")
        cut = [end(turns, server.getsockname()[1]).cancelled() for turns in range(1, TURNS)]
        gc.collect()
    assert (cut, [str(warning.message) for warning in told]) == ([True] * (TURNS - 1), [])
