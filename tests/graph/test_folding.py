"""Names as search compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.graph.folding import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë O'Brien-Smith", "zoe obrien smith"),
        ("  ŁUKASZ Ørsted  ", "lukasz orsted"),
        ("Straße 7", "strasse 7"),
        ("İstanbul & Sons (UK) Ltd.", "istanbul sons uk ltd"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neill", "oneill"),
        ('name:"x" AND y* OR (z~2)', "name x and y or z 2"),
        ("周冠宇", "周冠宇"),
        ("--- !!! ___", ""),
    ],
)
def test_a_name_is_compared_without_case_accents_and_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once_and_leaves_no_sign_a_search_could_mistake(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded
    assert all(word.isalnum() or all(char.isalnum() or char.isidentifier() for char in word) for word in words(text))
