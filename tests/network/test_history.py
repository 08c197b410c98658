"""A tie day by day: the same strengths as on each day alone, and what moved it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.dates import day, ordinal
from network.history import Point, days, points
from network.strength import Evidence, shares, strength
from tests.network.samples import PRIOR, TODAY, evidence, several


def on(*told: str) -> list[int]:
    return [ordinal(one) for one in told]


def test_both_ends_every_day_of_evidence_and_the_first_of_each_month_are_worth_telling() -> None:
    known = [
        Evidence("e-before", "MEETING", ordinal("2026-01-10")),
        Evidence("e-within", "CALL", ordinal("2026-03-05")),
        Evidence("e-board", "CO_BOARD", ordinal("2026-04-20"), since=ordinal("2026-02-02")),
        Evidence("e-after", "CALL", ordinal("2026-04-26")),
    ]
    told = ["2026-01-31", "2026-02-01", "2026-02-02", "2026-03-01", "2026-03-05", "2026-04-01", "2026-04-20"]
    assert [day(one) for one in days(known, ordinal("2026-01-31"), ordinal("2026-04-25"))] == [*told, "2026-04-25"]


def test_a_single_day_and_the_last_month_there_is_end() -> None:
    assert days([], TODAY, TODAY) == [TODAY]
    assert [day(one) for one in days([], *on("9999-11-15", "9999-12-31"))] == ["9999-11-15", "9999-12-01", "9999-12-31"]


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-02-02 lies behind 2026-02-01"):
        days([], *on("2026-02-02", "2026-02-01"))


def test_of_what_came_on_one_day_the_largest_moved_it_and_then_the_first_by_id() -> None:
    known = [
        Evidence("e-card", "CARD_SWAPPED", TODAY),
        Evidence("e-meeting-2", "MEETING", TODAY),
        Evidence("e-meeting-1", "MEETING", TODAY),
        Evidence("e-later", "INTRODUCTION", TODAY + 1),
    ]
    assert points(known, [TODAY - 1, TODAY, TODAY + 1, TODAY + 2], PRIOR) == [
        Point(TODAY - 1, None, None),
        Point(TODAY, strength(known, TODAY, PRIOR), "e-meeting-1"),
        Point(TODAY + 1, strength(known, TODAY + 1, PRIOR), "e-later"),
        Point(TODAY + 2, strength(known, TODAY + 2, PRIOR), None),
    ]


def test_an_interval_moves_it_on_its_first_day_and_fades_after_its_last() -> None:
    known = [Evidence("e-board", "CO_BOARD", TODAY + 400, since=TODAY)]
    found = points(known, [TODAY, TODAY + 400, TODAY + 401], PRIOR)
    assert [point.because for point in found] == ["e-board", None, None]
    assert [point.strength for point in found] == pytest.approx([0.55 / 365, 0.55, 0.5497725], abs=1e-6)


def test_a_capped_kind_moves_it_by_what_its_cap_leaves() -> None:
    crowd = [Evidence(f"e-{number:02d}", "SHARED_EVENT", TODAY - 1) for number in range(60)]
    known = [
        *crowd,
        Evidence("e-61", "SHARED_EVENT", TODAY),
        Evidence("e-sent", "CORRESPONDENCE_SENT", TODAY, 1, None, 0.4),
    ]
    assert points(known, [TODAY], PRIOR)[0].because == "e-sent"


@several
@given(known=evidence(), asked=st.sets(st.integers(TODAY - 4000, TODAY + 1000), min_size=1, max_size=12))
def test_every_point_is_the_strength_of_its_day_to_the_last_bit(known: list[Evidence], asked: set[int]) -> None:
    found = points(known, sorted(asked), PRIOR)
    assert [point.on for point in found] == sorted(asked)
    assert [point.strength for point in found] == [
        strength(known, one, PRIOR) if any(item.begins <= one for item in known) else None for one in sorted(asked)
    ]


@several
@given(known=evidence())
def test_what_moved_it_has_the_largest_share_of_all_that_came_that_day(known: list[Evidence]) -> None:
    came = {item.begins for item in known}
    for point in points(known, sorted(came), PRIOR):
        parts = {one.evidence: one.share for one in shares(known, point.on, PRIOR)}
        here = [item.id for item in known if item.begins == point.on]
        assert point.because in here
        assert parts[point.because or ""] == pytest.approx(max(parts[one] for one in here), abs=1e-12)
