from collections.abc import Callable
from itertools import count

import pytest

from bench.timing import Times, Unequal, agreed, timed


def test_a_percentile_is_the_least_time_that_covers_its_part() -> None:
    times = Times(tuple(float(number) for number in range(1, 21)))
    assert (times.p50, times.p95, Times((3.0,)).p95) == (10.0, 19.0, 3.0)


def test_a_ratio_is_the_median_over_the_questions_of_their_own_ratios() -> None:
    assert Times((2.0, 30.0, 8.0)).times_slower(Times((1.0, 10.0, 1.0))) == 3.0


def test_sides_that_differ_in_one_answer_fail_the_run_before_any_time_is_taken() -> None:
    with pytest.raises(Unequal) as error:
        agreed({"one": lambda number: number * 2, "other": lambda number: number + 2}, [2, 3])
    assert str(error.value) == "3: one says 6, other says 5"


def test_sides_take_turns_question_by_question(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr("time.perf_counter", lambda: float(next(ticks)))
    asked: list[tuple[str, int]] = []

    def side(name: str) -> Callable[[int], None]:
        return lambda number: asked.append((name, number))

    each = Times((1.0, 1.0))
    assert timed({"one": side("one"), "other": side("other")}, [1, 2], rounds=2) == {"one": each, "other": each}
    assert asked == [("one", 1), ("other", 1), ("one", 2), ("other", 2)] * 2
