"""Cursors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Code, ServiceError
from service.graph.questions.cursors import Position, seal, unseal

SECRET, OTHER = b"s" * 32, b"o" * 32
POSITION = Position("Ann Alloy", "clm-1", "2026-11-23", None)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, st.builds(Position, TEXT, TEXT, st.none() | TEXT, st.none() | TEXT))
def test_a_cursor_leads_back_to_its_position(question: str, position: Position) -> None:
    assert unseal(SECRET, question, seal(SECRET, question, position)) == position


def test_a_cursor_is_refused_by_another_store_and_another_question() -> None:
    cursor = seal(SECRET, "people of a", POSITION)

    for secret, question in ((OTHER, "people of a"), (SECRET, "people of b")):
        with pytest.raises(ServiceError) as error:
            unseal(secret, question, cursor)
        assert error.value.code is Code.BAD_USER_INPUT


@given(st.data())
def test_a_cursor_with_one_letter_changed_added_or_taken_away_is_refused(data: st.DataObject) -> None:
    cursor = seal(SECRET, "people", POSITION)
    place = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("ABCxyz019-_=+/ \n").filter(lambda one: one != cursor[place]))
    changed = data.draw(
        st.sampled_from(
            [
                cursor[:place] + letter + cursor[place + 1 :],
                cursor[:place] + letter + cursor[place:],
                cursor[:place] + cursor[place + 1 :],
            ]
        )
    )

    with pytest.raises(ServiceError) as error:
        unseal(SECRET, "people", changed)

    assert error.value.message == "this cursor is not one of this list; begin again without a cursor"


@given(st.text(max_size=100) | st.just("x" * 10_000))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ServiceError) as error:
        unseal(SECRET, "people", text)
    assert error.value.code is Code.BAD_USER_INPUT
