"""Connections the driver opens, closed also where whoever asked for one has given up meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from neo4j import AsyncDriver

# The loop may end with whoever gave up; what has a moment is through with the system by then.
MOMENT = 0.05


def minded(driver: AsyncDriver) -> AsyncDriver:
    """The driver, which leaves no socket behind when a caller is cancelled while one is being connected.

    By itself it closes one after an error and forgets it after a cancellation that comes before the handshake.
    """
    pool = cast("Any", driver)._pool  # noqa: SLF001 - the driver has no other seam between asking and connecting
    pool.opener = _minded(pool.opener)
    return driver


def _minded(open_: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def opener(*where: object) -> object:
        opening = asyncio.ensure_future(open_(*where))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_unwanted)
            await asyncio.wait({opening}, timeout=MOMENT)
            raise

    return opener


def _unwanted(opening: "asyncio.Future[Any]") -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().kill()
