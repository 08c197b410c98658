"""Why a request had no answer of its own."""

from collections.abc import Callable
from enum import StrEnum


class Reason(StrEnum):
    FULL = "full"  # no place, and none in the queue
    WAITED = "waited"  # no place came free in time
    LEFT = "left"  # its client went
    OVERDUE = "overdue"  # its time was over


Listener = Callable[[Reason], None]


def unheard(_reason: Reason) -> None:
    """Nobody listens."""
