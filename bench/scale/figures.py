"""What one society of some size takes, figure by figure."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.tables import Cell
from bench.timing import Times


@dataclass(slots=True)
class Figures:
    """Times of questions, and single numbers, by their names."""

    ties: int
    people: int
    evidence: int
    times: dict[str, Times] = field(default_factory=dict[str, Times])
    single: dict[str, float] = field(default_factory=dict[str, float])
    peers: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])


def tell(sentence: str) -> None:
    """A line for whoever waits."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {sentence}\n")


def seconds(work: Callable[[], object]) -> float:
    """How long some work took."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
