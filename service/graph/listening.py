"""Who hears of statements: their names, how long they took and how they ended, never what they asked or answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from service.errors import Code, ServiceError

Listener = Callable[[str, float, Code | None], None]
"""Told the name of a statement, its seconds, and what it failed with."""


def unheard(_name: str, _seconds: float, _failure: Code | None) -> None:
    """Nobody listens."""


@contextmanager
def heard(listener: Listener, name: str) -> Generator[None]:
    """The time a statement takes, told to a listener; of a cancelled one nothing is told."""
    begun = time.perf_counter()
    try:
        yield
    except ServiceError as error:
        listener(name, time.perf_counter() - begun, error.code)
        raise
    listener(name, time.perf_counter() - begun, None)
