"""Times taken side by side: each round asks every side the same, so that what else the machine does hits all alike."""

import asyncio
import gc
import math
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Q = TypeVar("Q")
A = TypeVar("A")
Ask = Callable[[Q], A]


class Unequal(Exception):
    """Two sides gave different answers, so their times mean nothing."""


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds of each question, in the order of the questions."""

    seconds: tuple[float, ...]

    def percentile(self, part: float) -> float:
        """The time that so large a part of the questions did not exceed."""
        ordered = sorted(self.seconds)
        return ordered[max(math.ceil(part * len(ordered)) - 1, 0)]

    @property
    def p50(self) -> float:
        return self.percentile(0.5)

    @property
    def p95(self) -> float:
        return self.percentile(0.95)

    def times_slower(self, other: "Times") -> float:
        """The median, over the questions, of how many times as long this side took as the other."""
        return median(mine / theirs for mine, theirs in zip(self.seconds, other.seconds, strict=True))


def agreed(sides: Mapping[str, Ask[Q, A]], questions: Sequence[Q]) -> int:
    """How many questions all sides answered alike; Unequal names the first one they did not."""
    (first, ask), *others = sides.items()
    for question in questions:
        wanted = ask(question)
        for name, other in others:
            if (found := other(question)) != wanted:
                raise Unequal(f"{question}: {first} says {wanted}, {name} says {found}")
    return len(questions)


def timed(sides: Mapping[str, Ask[Q, A]], questions: Sequence[Q], rounds: int = 3) -> dict[str, Times]:
    """Of each side the median time of each question over several rounds; the sides take turns question by question.

    Whoever asks has compared the answers before: see `agreed`.
    """
    found: dict[str, list[list[float]]] = {name: [[] for _ in questions] for name in sides}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for place, question in enumerate(questions):
                for name, ask in sides.items():
                    begin = time.perf_counter()
                    ask(question)
                    found[name][place].append(time.perf_counter() - begin)
    finally:
        gc.enable()
    return {name: Times(tuple(map(median, each))) for name, each in found.items()}


def waiting(loop: asyncio.AbstractEventLoop, ask: Callable[[Q], Awaitable[A]]) -> Ask[Q, A]:
    """A question to something asynchronous, asked as any other; the loop must not be running."""

    async def answer(question: Q) -> A:
        return await ask(question)

    return lambda question: loop.run_until_complete(answer(question))
