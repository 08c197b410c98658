"""Whoever may see a part of a world gets the answers of a world that holds nothing else, through every root field.

The letters are those of the properties: P1 the visible part alone answers with the same bytes, P2 so it does after
entries, P4 a hidden id answers as none, P5 routes are found wherever they lead, P8 entries leave alone what is hidden,
P10 no canary sings, P12 whoever asked before changes nothing.
"""

import time

import pytest
from graphql import OperationType
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from service.auth import GRANTS, Right
from service.engines.protocol import Engine
from tests.silence.asking import Past
from tests.silence.documents import document, roots
from tests.silence.lasting import keep
from tests.silence.questions import ENTRIES, QUESTIONS
from tests.silence.trials import Trial, first
from tests.silence.worlds import ASKERS, Asker

WRITERS = [asker for asker in ASKERS if Right.WRITE in GRANTS[asker.role].rights]
SOME_WRITERS = [ASKERS[2], ASKERS[4], ASKERS[6]]  # of them those whose entries every run tries
# A world is written twice for each example: none is shrunk, as its seed and what was asked are told.
ONE = settings(
    max_examples=1,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
seeds = st.integers(min_value=1, max_value=2**40)


SOAK_CASES = 5000


def _named(asker: Asker) -> str:
    return f"{asker.role}-{'-'.join(map(str, asker.hidden))}"


def test_every_root_field_has_operations_and_nothing_else_has() -> None:
    assert set(QUESTIONS) == set(roots(OperationType.QUERY))
    assert set(ENTRIES) == set(roots(OperationType.MUTATION))
    assert [root for root in (*QUESTIONS, *ENTRIES) if document(root, 0).root != root] == []


@pytest.mark.parametrize("asker", ASKERS, ids=_named)
@ONE
@given(seed=seeds, past=st.sampled_from(Past))
async def test_questions_get_the_answers_of_a_world_without_anything_hidden(
    engine: Engine, asker: Asker, seed: int, past: Past
) -> None:
    trial = Trial(engine, seed, past, asker, times=2)
    assert await first(trial.reading()) == []


@pytest.mark.parametrize("asker", SOME_WRITERS, ids=_named)
@ONE
@given(seed=seeds, past=st.sampled_from(Past))
async def test_entries_get_the_answers_of_a_world_without_anything_hidden_and_leave_it_alone(
    engine: Engine, asker: Asker, seed: int, past: Past
) -> None:
    trial = Trial(engine, seed, past, asker)
    assert await first(trial.writing()) == []


# Where a field fails, the stock executor lets go of what its siblings would have waited for.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.soak
async def test_five_thousand_cases_have_no_counterexample(engine: Engine, request: pytest.FixtureRequest) -> None:
    begun, cases, found, number = time.monotonic(), 0, list[str](), 0
    while cases < SOAK_CASES:
        number += 1
        past = list(Past)[number % len(Past)]
        trial = Trial(engine, f"soak {number}", past, ASKERS[number % len(ASKERS)], times=8)
        found += await first(trial.reading())
        found += await first(trial.writing()) if number % 3 == 0 and trial.asker in WRITERS else []
        cases += trial.cases
    told = f"{len(found)} counterexamples"
    keep(request, f"{number} worlds", cases, told, time.monotonic() - begun)
    assert found == []
