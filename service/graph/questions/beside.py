"""Work in memory while the store reads: neither waits for the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
V = TypeVar("V")


async def beside(reading: Awaitable[T], work: Coroutine[Any, Any, V]) -> tuple[T, V]:
    """What is read, which is asked for at once, and what is worked out until it is there."""
    working = asyncio.ensure_future(work)
    try:
        found = await reading
        return found, await working
    finally:
        if not working.done():
            working.cancel()
            await asyncio.wait({working})
        if not working.cancelled():
            working.exception()  # taken: where reading failed, that is what is told
