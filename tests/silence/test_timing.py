"""A hidden id takes as long as an id of nothing: both are asked in turn, thousands of times, and neither is told apart.

Indistinguishable are times whose means differ by no more than chance, by Welch's test, or whose medians are within a
hundredth of each other.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Mapping, Sequence
from random import Random

import pytest

from service.engines.protocol import Engine
from tests.silence.asking import Stage, staged
from tests.silence.documents import Document
from tests.silence.lasting import keep
from tests.silence.questions import Known, Operation
from tests.silence.worlds import ASKERS, drawn

REQUESTS = 4000
CHANCE, NEAR = 4.5, 0.01
PATHS = "introductionPaths(from: $other, to: $id) { outcome nearestHops paths { strength } }"
DOCUMENTS = {
    "node": "query Asked($id: ID!) { node(id: $id) { id ... on Person { name } } }",
    "person": "query Asked($id: ID!) { person(id: $id) { id name knows(first: 5) { totalCount } } }",
    "introductionPaths": f"query Asked($id: ID!, $other: ID!) {{ {PATHS} }}",
}


def welch(one: Sequence[float], other: Sequence[float]) -> float:
    """How many standard errors two means are apart."""
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.fmean(one) - statistics.fmean(other)) / math.sqrt(spread)


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """How far two medians are apart, as a part of the smaller one."""
    left, right = statistics.median(one), statistics.median(other)
    return abs(left - right) / min(left, right)


async def timed(stage: Stage, root: str, ids: Mapping[str, str], other: str) -> dict[str, list[float]]:
    """The seconds of each request, asked in turn and in an order of chance; both get the same bytes."""
    viewer, dice = await stage.viewer(), Random(root)
    document = Document(root, DOCUMENTS[root])
    said = {"other": other} if "$other" in document.text else {}
    operations = {name: Operation(document, {"id": id, **said}) for name, id in ids.items()}
    bodies = {name: await stage.ask(viewer, operation) for name, operation in operations.items()}
    assert len(set(bodies.values())) == 1
    seconds: dict[str, list[float]] = {name: [] for name in ids}
    gc.collect()
    gc.disable()
    try:
        for _ in range(REQUESTS):
            for name in dice.sample(list(operations), len(operations)):
                begun = time.perf_counter()
                await stage.ask(viewer, operations[name])
                seconds[name].append(time.perf_counter() - begun)
    finally:
        gc.enable()
    return seconds


@pytest.mark.soak
async def test_a_hidden_id_takes_as_long_as_an_id_of_nothing(engine: Engine, request: pytest.FixtureRequest) -> None:
    stage = await staged(engine, drawn("time", ASKERS[0]))
    known = await Known.of(engine, ASKERS[0], Random("time"))
    people = known.ids["Person"]
    hidden = next(one for one in people if one in known.hidden)
    other = next(one for one in people if one in known.visible)
    told: list[str] = []
    for root in DOCUMENTS:
        begun = time.monotonic()
        seconds = await timed(stage, root, {"hidden": hidden, "nothing": known.nobody()}, other)
        t, part = welch(*seconds.values()), apart(*seconds.values())
        found = f"t = {t:.2f}, medians {100 * part:.2f} % apart"
        keep(request, f"time of `{root}`, each", REQUESTS, found, time.monotonic() - begun)
        if abs(t) >= CHANCE and part > NEAR:
            told.append(f"{root}: {found}")
    assert told == []


def test_what_takes_longer_is_told_from_what_does_not() -> None:
    dice = Random(1)
    quick = [dice.gauss(1.0, 0.1) for _ in range(REQUESTS)]
    alike, slow = [dice.gauss(1.0, 0.1) for _ in range(REQUESTS)], [dice.gauss(1.02, 0.1) for _ in range(REQUESTS)]
    assert abs(welch(quick, alike)) < CHANCE < abs(welch(quick, slow))
    assert apart(quick, alike) < NEAR < apart(quick, slow)
