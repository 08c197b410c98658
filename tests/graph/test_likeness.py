"""How alike two names are, by examples, and what holds for all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.graph.likeness import Likeness, Name, distance, likeness
from service.graph.model import AgentKind

PERSON, ORGANIZATION = AgentKind.PERSON, AgentKind.ORGANIZATION
LETTERS = st.text(alphabet="xy1 .", max_size=8)


def alike(one: str, other: str, kind: AgentKind) -> Likeness | None:
    return likeness(Name.of(one, kind), Name.of(other, kind))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Chris McDonald", "chrís  MCDONALD", Likeness.SAME),
        ("Dr. Ann Alloy OBE", "Ann Alloy", Likeness.BARE),
        ("Alloy, Ann", "Ann Alloy", Likeness.TURNED),
        ("A. Alloy", "Ann Alloy", Likeness.SHORTENED),
        ("Alloy, A.", "Ann Alloy", Likeness.SHORTENED),
        ("Ann Alloy", "Alloy A", Likeness.SHORTENED),
        ("Chris McDonald", "Christopher McDonald", Likeness.SHORTENED),
        ("Ann Alloy", "Ann Maria Alloy", Likeness.SHORTENED),
        ("Ann M. Alloy", "Ann Lee Maria Alloy", Likeness.SHORTENED),
        ("Cathy Alloy", "Kathy Alloy", Likeness.SPELLED),
        ("Jonh Smith", "John Smith", Likeness.SPELLED),
        ("Smyth Jane", "Jane Smith", Likeness.SPELLED),
        ("Jon Smyth", "John Smith", Likeness.SPELLED),
        ("Ann Mac Donald", "Ann MacDonald", Likeness.SPELLED),
        ("Ann Alloy", "Ben Alloy", None),
        ("Ann Alloy", "Ian Alloy", None),
        ("Ann Alloy", "Ann Bearing", None),
        ("A. A.", "Ann Alloy", None),
        ("Ann", "Ann Alloy", None),
        ("Ann M. Alloy", "Ann Lee Alloy", None),
        ("Sir", "Lady", None),
        ("Sir", "sir", Likeness.SAME),
        ("...", "Ann Alloy", None),
    ],
)
def test_two_names_of_people_are_as_alike_as_what_they_differ_in_is_slight(
    one: str, other: str, expected: Likeness | None
) -> None:
    assert alike(one, other, PERSON) is expected
    assert alike(other, one, PERSON) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Forge Ltd", "FORGE LTD.", Likeness.SAME),
        ("Forge Ltd", "The Forge Company Limited", Likeness.BARE),
        ("Forge & Sons", "Forge and Sons plc", Likeness.BARE),
        ("Precision Forge Ltd", "Forge Precision", Likeness.TURNED),
        ("Forge Eng Ltd", "Forge Engineering", Likeness.SHORTENED),
        ("Silverstone Circuits", "Silverston Circuits Ltd", Likeness.SHORTENED),
        ("Silverstone Circuits", "Silvrestone Circuit Ltd", Likeness.SPELLED),
        ("Motor Sport Forge", "Motorsport Forge", Likeness.SPELLED),
        ("Forge", "Forge Engineering", None),
        ("Team 1 Ltd", "Team 12 Ltd", None),
        ("Forge 2020", "Forge 2021", None),
        ("Gears Ltd", "Forge Ltd", None),
    ],
)
def test_two_names_of_organizations_differ_neither_by_legal_forms_nor_by_a_letter(
    one: str, other: str, expected: Likeness | None
) -> None:
    assert alike(one, other, ORGANIZATION) is expected
    assert alike(other, one, ORGANIZATION) is expected


@given(one=LETTERS, other=LETTERS, kind=st.sampled_from(AgentKind))
def test_likeness_does_not_ask_which_name_came_first(one: str, other: str, kind: AgentKind) -> None:
    assert alike(one, other, kind) is alike(other, one, kind)


@given(name=LETTERS, kind=st.sampled_from(AgentKind))
def test_a_name_is_the_same_as_itself_whatever_stands_beside_it(name: str, kind: AgentKind) -> None:
    beside = {PERSON: "Dr", ORGANIZATION: "Ltd"}[kind]
    expected = Likeness.BARE if Name.of(name, kind).bare else None

    assert alike(name, name, kind) is Likeness.SAME
    assert alike(f"{name} {beside}", name, kind) is expected


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "", 0), ("ab", "ab", 0), ("ab", "ba", 1), ("smith", "smyth", 1), ("ann", "anna", 1), ("abc", "", 3)],
)
def test_the_distance_of_two_words_counts_letters_changed_in_place(one: str, other: str, steps: int) -> None:
    assert distance(one, other) == distance(other, one) == steps


@given(one=LETTERS, other=LETTERS, third=LETTERS)
def test_words_are_no_further_apart_than_by_way_of_their_whole_lengths(one: str, other: str, third: str) -> None:
    assert distance(one, other) <= max(len(one), len(other))
    assert distance(one + third, other + third) <= distance(one, other)
