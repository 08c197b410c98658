"""Who hears of statements: their names, how long they took and how they ended, never what they asked or answered."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from service.errors import Code, ServiceError

Listener = Callable[[str, float, Code | None], None]
"""Told the name of a statement, its seconds, and what it failed with."""


def unheard(_name: str, _seconds: float, _failure: Code | None) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Hearing:
    """A statement under way, of which a listener is told when it has ended; of a cancelled one nothing is told."""

    listener: Listener
    name: str
    begun: float

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, ServiceError):
            self.listener(self.name, time.perf_counter() - self.begun, None if error is None else error.code)


def heard(listener: Listener, name: str) -> Hearing:
    """The time a statement takes from now on, told to a listener."""
    return Hearing(listener, name, time.perf_counter())
