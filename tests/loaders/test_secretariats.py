"""Who runs a group's secretariat, out of a sentence of the register."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loaders.sources.appg_secretariats import organizations

NAMES = st.lists(st.text("AbC &()-", min_size=1).filter(lambda name: name.strip() == name), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Keystone Consulting acts as the group's secretariat.https://k.example/", ["Keystone Consulting"]),
        (
            "Society of Motor Manufacturers and Traders acts as the group's secretariat.",
            ["Society of Motor Manufacturers and Traders"],
        ),
        (
            (
                "Society of Motor Manufacturers and Traders, Motorsport Industry Association and RAC Foundation"
                " jointly act as the group's secretariat.https://a.exampleandhttps://b.example"
            ),
            ["Society of Motor Manufacturers and Traders", "Motorsport Industry Association", "RAC Foundation"],
        ),
        ("North Point and South Point jointly act as the group's secretariat.", ["North Point", "South Point"]),
        (
            "Guild of Smiths and Founders and Hub jointly act as the group's secretariat.",
            ["Guild of Smiths and Founders", "Hub"],
        ),
        ("North, South, and East jointly act as the group's secretariat.", ["North", "South", "East"]),
        ("North, South acts as the group's secretariat.", ["North", "South"]),
        ("Guild of Export & Trade (GET) acts as it", ["Guild of Export & Trade (GET)"]),
    ],
)
def test_a_comma_separates_and_the_last_and_does_where_several_act_jointly(text: str, names: list[str]) -> None:
    assert organizations(text) == names


@pytest.mark.parametrize(
    "text", ["", "Keystone is the secretariat", " acts as the secretariat", "North,  jointly act as the secretariat"]
)
def test_a_sentence_that_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="name the organizations before"):
        organizations(text)


@given(NAMES)
def test_names_joined_as_the_register_joins_them_are_found_again(names: list[str]) -> None:
    assume(all("and" not in name and ", " not in name for name in names))
    *others, last = names
    joined = f"{', '.join(others)} and {last}" if others else last
    assert organizations(f"{joined} jointly act as the group's secretariat.") == names


@given(NAMES, st.sampled_from([" and ", " und "]))
def test_alone_a_name_with_and_in_it_stays_one(names: list[str], link: str) -> None:
    assert organizations(f"{link.join(names)} acts as the group's secretariat.") == [link.join(names)]
