"""How an introduction may go on, and the quarter in which asks are counted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Code, ServiceError
from service.graph.introductions import IntroductionStatus, quarter, refuse_illegal

LEGAL = {
    ("DRAFT", "REQUESTED"),
    ("REQUESTED", "WITH_INTRODUCER"),
    ("WITH_INTRODUCER", "ACCEPTED"),
    ("WITH_INTRODUCER", "DECLINED"),
    ("ACCEPTED", "MADE"),
    ("MADE", "MET"),
    ("MET", "OUTCOME_RECORDED"),
    *((before_met, "LAPSED") for before_met in ("DRAFT", "REQUESTED", "WITH_INTRODUCER", "ACCEPTED", "MADE")),
}


def refused(present: IntroductionStatus, to: IntroductionStatus) -> bool:
    try:
        refuse_illegal(present, to)
    except ServiceError as error:
        return error.code is Code.CONFLICT
    return False


def test_an_introduction_takes_the_steps_of_its_life_in_order_and_no_others() -> None:
    steps = {(str(a), str(b)) for a in IntroductionStatus for b in IntroductionStatus if not refused(a, b)}
    assert steps == LEGAL


@pytest.mark.parametrize(
    ("present", "to", "sentence"),
    [
        ("DRAFT", "MET", "an introduction that is DRAFT cannot become MET; it can become REQUESTED or LAPSED"),
        (
            "WITH_INTRODUCER",
            "MADE",
            "an introduction that is WITH_INTRODUCER cannot become MADE; it can become ACCEPTED, DECLINED or LAPSED",
        ),
        ("MET", "LAPSED", "an introduction that is MET cannot become LAPSED; it can become OUTCOME_RECORDED"),
        ("LAPSED", "REQUESTED", "an introduction that is LAPSED cannot become REQUESTED; nothing follows"),
    ],
)
def test_a_refused_step_names_those_there_are(present: str, to: str, sentence: str) -> None:
    with pytest.raises(ServiceError, match=f"^{re.escape(sentence)}$"):
        refuse_illegal(IntroductionStatus(present), IntroductionStatus(to))


@given(st.dates())
def test_the_quarter_of_a_day_is_the_three_months_around_it(day: "object") -> None:
    months = quarter(str(day))
    assert str(day)[:7] in months
    assert [int(month[5:]) for month in months] in ([1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12])
    assert {month[:5] for month in months} == {str(day)[:5]}
