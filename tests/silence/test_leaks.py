"""The trials notice leaks: each of fifteen is seeded alone, and one of the same trials has to find it."""

import pytest

from service.engines.protocol import Engine
from tests.silence.leaks import LEAKS
from tests.silence.trials import Trial, first
from tests.silence.worlds import ASKERS

SEEDS = range(1, 9)
QUESTIONS = 12  # of a trial


async def tried(engine: Engine, name: str, seed: int) -> list[str]:
    """The first counterexample there is in a world of a seed."""
    leak = LEAKS[name]
    times = QUESTIONS // max(len(leak.roots), 1)
    trial = Trial(engine, seed, leak.past, ASKERS[2], times, leak.roots, leak.entries)
    return await first(trial.writing() if leak.entries else trial.reading(), 1)


async def caught(engine: Engine, name: str) -> tuple[int, list[str]]:
    """The first world in which the leak is found, and by what; the last where it is not."""
    found: list[str] = []
    for seed in SEEDS:
        with LEAKS[name].open():
            found = await tried(engine, name, seed)
        if found:
            return seed, found
    return SEEDS[-1], found


async def _caught_while_it_leaks(engine: Engine, name: str) -> None:
    seed, found = await caught(engine, name)
    assert [one.partition(":")[0] in {"P1", "P2", "P4", "P5", "P8", "P10", "P12"} for one in found] == [True]
    assert await tried(engine, name, seed) == []


def test_there_are_fifteen_leaks() -> None:
    assert len(LEAKS) == 15


@pytest.mark.embedded
@pytest.mark.parametrize("name", LEAKS)
async def test_a_leak_that_is_seeded_is_caught_and_nothing_once_it_is_mended(embedded: Engine, name: str) -> None:
    await _caught_while_it_leaks(embedded, name)


@pytest.mark.neo4j
@pytest.mark.soak
@pytest.mark.parametrize("name", LEAKS)
async def test_a_leak_in_a_neo4j_is_caught_and_nothing_once_it_is_mended(neo4j: Engine, name: str) -> None:
    await _caught_while_it_leaks(neo4j, name)
