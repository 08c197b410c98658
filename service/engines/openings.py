"""Connections the driver opens: closed where whoever asked has given up, and without clocks of their own."""

import asyncio
import socket
import traceback
from collections.abc import Awaitable, Callable
from typing import Any, cast

from neo4j import AsyncDriver


def minded(driver: AsyncDriver) -> AsyncDriver:
    """The driver, which leaves no socket behind when a caller is cancelled, or the loop ends, while one is connected.

    By itself it closes one after an error and forgets it after a cancellation that comes before the handshake. And
    its timeouts for each piece that is read or written take a task a piece before Python 3.12, which is a fifth of what
    a statement costs, while every operation here has a deadline that is shorter.
    """
    pool = cast("Any", driver)._pool  # noqa: SLF001 - the driver has no other seam between asking and connecting
    pool.opener = _minded(pool.opener)
    return driver


def _minded(open_: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def opener(*where: object) -> object:
        try:
            opened = await open_(*where)
        except asyncio.CancelledError as error:
            for found in _sockets(error):
                found.close()
            raise
        opened.socket.set_read_timeout(None)
        opened.socket.set_write_timeout(None)
        return opened

    return opener


def _sockets(error: BaseException) -> list[socket.socket]:
    # Nothing but the frames the cancellation went through knows of a socket that is not in a connection yet.
    # To go on connecting behind its back would not do: a loop that ends cancels whatever still runs in it.
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    return [one for frame in frames for one in frame.f_locals.values() if isinstance(one, socket.socket)]
