"""Identities joined into agents: the same whatever the order, and undone by leaving a join out."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.identities import Spoken, resolve
from loaders.statements import Mention
from service.graph.model import AgentKind, AgentRecord, Identity

TWFY = Identity(AgentKind.PERSON, "twfy", "101")
PARLIAMENT = Identity(AgentKind.PERSON, "parliament", "9001")
NAME = Identity(AgentKind.PERSON, "name", "Ada Marsh")
FIRM = Identity(AgentKind.ORGANIZATION, "gb-coh", "00882001")
NAMESAKE = Identity(AgentKind.ORGANIZATION, "name", "Ada Marsh")

ROWS = (
    Spoken("appg_memberships", 2, Mention(TWFY, ("Ada Marsh",), (PARLIAMENT,)), 0),
    Spoken("appg_memberships", 3, Mention(TWFY, ("Rt Hon Ada Marsh",)), 2),
    Spoken("interest_ties", 2, Mention(TWFY, ("A. Marsh",)), 1),
    Spoken("minister_appointments", 2, Mention(PARLIAMENT, ("Ada Marsh",)), 0),
)


def test_one_agent_has_every_identity_and_spelling_under_the_id_of_the_highest_rank() -> None:
    found = resolve(ROWS)
    assert found.records == {
        PARLIAMENT.agent: AgentRecord(
            PARLIAMENT.agent,
            AgentKind.PERSON,
            "Ada Marsh",
            ("Rt Hon Ada Marsh", "A. Marsh"),
            (2, 1),
            (PARLIAMENT, TWFY),
            0,
        )
    }
    assert found.ids == {PARLIAMENT: PARLIAMENT.agent, TWFY: PARLIAMENT.agent}


def test_the_order_in_which_files_and_rows_are_met_changes_nothing() -> None:
    assert all(resolve(order) == resolve(ROWS) for order in permutations(ROWS))


def test_without_the_row_that_joins_them_they_are_two_agents() -> None:
    apart = resolve(ROWS[1:])
    assert {record.id: (record.name, record.other_names) for record in apart.records.values()} == {
        TWFY.agent: ("Rt Hon Ada Marsh", ("A. Marsh",)),
        PARLIAMENT.agent: ("Ada Marsh", ()),
    }


def test_people_and_organizations_of_one_name_and_an_exact_name_and_a_number_stay_apart() -> None:
    found = resolve(Spoken("any", line, Mention(one), 0) for line, one in enumerate((NAME, NAMESAKE, FIRM)))
    assert sorted(record.id for record in found.records.values()) == sorted((NAME.agent, NAMESAKE.agent, FIRM.agent))


def test_a_person_is_never_joined_to_an_organization() -> None:
    with pytest.raises(ValueError, match="a person is no organization"):
        resolve([Spoken("any", 2, Mention(NAME, (), (NAMESAKE,)), 0)])


def test_an_agent_nobody_spells_is_called_what_its_identity_says() -> None:
    assert [record.name for record in resolve([Spoken("any", 2, Mention(FIRM), 0)]).records.values()] == ["00882001"]


def test_an_organization_is_all_that_any_row_says_it_is() -> None:
    spoken = [
        Spoken("any", line, Mention(FIRM, (), (), (kind,)), 0) for line, kind in ((3, "supplier"), (2, "company"))
    ]
    assert [record.kinds for record in resolve(spoken).records.values()] == [("company", "supplier")]


PEOPLE = [Identity(AgentKind.PERSON, scheme, str(n)) for scheme in ("parliament", "twfy", "name") for n in range(4)]
PAIRS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=12)


def joining(pairs: list[tuple[Identity, Identity]]) -> list[Spoken]:
    return [Spoken("joins", line, Mention(one, (), (other,)), 0) for line, (one, other) in enumerate(pairs)]


@given(PAIRS)
def test_joins_give_the_same_agents_in_any_order_and_direction(pairs: list[tuple[Identity, Identity]]) -> None:
    spoken = [Spoken("any", line, Mention(one, (f"spelling {line}",)), 0) for line, one in enumerate(PEOPLE)]
    turned = [(other, one) for one, other in reversed(pairs)]
    assert resolve(spoken + joining(pairs)) == resolve(spoken + joining(turned))


@given(PAIRS)
def test_two_identities_are_one_agent_exactly_where_joins_lead_from_one_to_the_other(
    pairs: list[tuple[Identity, Identity]],
) -> None:
    spoken = [Spoken("any", line, Mention(one), 0) for line, one in enumerate(PEOPLE)]
    ids = resolve(spoken + joining(pairs)).ids
    for start in PEOPLE:
        reached = {start}
        while more := {b for pair in pairs for a, b in (pair, pair[::-1]) if a in reached} - reached:
            reached |= more
        assert {one for one in PEOPLE if ids[one] == ids[start]} == reached
        assert ids[start] == min(reached, key=lambda one: one.rank).agent
