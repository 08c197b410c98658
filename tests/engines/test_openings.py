"""Callers who give up while a connection is being opened."""

import asyncio
import gc
import warnings
from collections.abc import AsyncIterator

import pytest

from service.engines.bolt import Bolt, driver
from service.engines.protocol import Deadlines

TURNS = 40  # of the loop: by then the driver waits for the handshake


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
