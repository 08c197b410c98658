"""An end to work under way, for a reason that came up meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable


class Stop:
    """Stops what the present task does, as a timeout would.

    The task that serves a request does its work itself: a task of its own for that would cost each request another two
    turns of the event loop.
    """

    __slots__ = ("_before", "_made", "_task")

    def __init__(self) -> None:
        """Nothing is stopped yet."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only what a task does can be stopped")
        self._task = task
        self._before = task.cancelling()
        self._made = False

    @property
    def due(self) -> bool:
        """Whether the task is being stopped, by this or by somebody else."""
        return self._task.cancelling() > self._before

    def __call__(self) -> None:
        """Stop it."""
        self._made = self._task.cancel()

    async def stopped(self, work: Awaitable[None]) -> bool:
        """Whether work was stopped by this, once it is over; what it failed with then is told to nobody."""
        try:
            await work
        except (Exception, asyncio.CancelledError):
            if not self._over():
                raise
            return True
        return self._over()

    def _over(self) -> bool:
        """Whether it was this alone that stopped the task, which goes on."""
        return self._made and self._task.uncancel() <= self._before
