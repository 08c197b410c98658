"""Users that ask one question after the other, each when it has the answer to the last."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from bench.crowd.line import Answer, Line
from bench.crowd.questions import Kind, Question, Questions
from bench.timing import Times

TOLD = 3  # wrong answers that are shown
WATCHED = 2.0  # seconds between two looks at the memory


@dataclass(slots=True)
class Crowd:
    """What so many users met with in so many seconds."""

    users: int
    seconds: float
    answered: dict[Kind, list[float]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    refused: list[float] = field(default_factory=list[float])  # seconds until a 503 was there
    failed: Counter[str] = field(default_factory=Counter[str])
    memory: list[float] = field(default_factory=list[float])  # GB, from time to time

    @property
    def goodput(self) -> float:
        """Right answers a second."""
        return sum(map(len, self.answered.values())) / self.seconds

    @property
    def errors(self) -> int:
        """Answers that were wrong, or failures of any kind but a plain 503."""
        return self.failed.total()

    @property
    def every(self) -> Times:
        """The seconds of all right answers."""
        return Times(tuple(one for each in self.answered.values() for one in each))

    def times(self, kind: Kind) -> Times:
        """The seconds of all right answers of a kind."""
        return Times(tuple(self.answered[kind]))

    def take(self, question: Question, answer: Answer) -> None:
        """Count an answer for what it is."""
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.refused.append(answer.seconds)
        elif answer.status == HTTPStatus.OK and question.fits(answer):
            self.answered[question.kind].append(answer.seconds)
        else:
            shown = repr(answer.body[:300]) if self.errors < TOLD else "like one of these, or not"
            self.failed[f"{question.kind}: {answer.status} {shown}"] += 1


async def crowd(
    lines: Sequence[Line], asked: Questions, seconds: float, seed: int, memory: Callable[[], float]
) -> Crowd:
    """What as many users as there are lines met with."""
    found = Crowd(len(lines), seconds)
    end = time.monotonic() + seconds
    watch = asyncio.create_task(_watched(found, memory))
    try:
        async with asyncio.TaskGroup() as group:
            for place, line in enumerate(lines):
                group.create_task(_user(line, asked, random.Random(seed + place), end, found))
    finally:
        watch.cancel()
    return found


async def _user(line: Line, asked: Questions, chance: random.Random, end: float, found: Crowd) -> None:
    while time.monotonic() < end:
        question = asked.draw(chance)
        try:
            answer = await line.ask(question.query, question.variables)
        except OSError as error:
            found.failed[f"{question.kind}: {error}"] += 1
            continue
        found.take(question, answer)
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            await asyncio.sleep(float(answer.headers["retry-after"]))
    await line.close()


async def _watched(found: Crowd, memory: Callable[[], float]) -> None:
    while True:
        found.memory.append(memory())
        await asyncio.sleep(WATCHED)
