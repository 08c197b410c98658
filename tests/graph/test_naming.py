"""What an agent is called, out of claims about what identifies it."""

from dataclasses import replace

from service.graph.model import LATER, AgentKind, Claim, Identity
from service.graph.record.joins import Joins
from service.graph.record.naming import agent, natural
from service.graph.visibility import Classes

TWFY, PARLIAMENT = Identity(AgentKind.PERSON, "twfy", "11"), Identity(AgentKind.PERSON, "parliament", "4778")
PUBLIC, STAFF, LOBBYING = 0, 2, 3


def claim(names: tuple[str, ...], source: str, line: int, vis: int = PUBLIC, *, stands: bool = True) -> Claim:
    return Claim(
        "IDENTIFIED_BY",
        f"{source}-{line}",
        f"clm-{source}-{line}",
        TWFY.agent,
        TWFY.id,
        (str(TWFY), str(TWFY)),
        source,
        vis,
        1.0,
        LATER,
        f"line {line}",
        names=names,
        retracted_at=None if stands else LATER,
    )


def called(
    *claims: Claim, vis: int = PUBLIC, identities: tuple[Identity, ...] = (TWFY,)
) -> tuple[object, object, object]:
    said = agent(identities, claims, vis, Classes(), lambda source: source)
    return said["name"], said["otherNames"], said["otherNamesVis"]


def test_the_first_spelling_is_the_name_by_source_then_by_line_as_a_number() -> None:
    claims = [claim(("Ada C",), "b", 1), claim(("Ada B",), "a", 10), claim(("Ada A", "Ada B"), "a", 9)]
    assert called(*claims) == ("Ada A", ["Ada B", "Ada C"], [0, 0])


def test_the_name_is_one_that_whoever_sees_the_agent_may_see() -> None:
    claims = [claim(("Mole",), "a", 1, LOBBYING), claim(("Ada",), "b", 1)]
    assert called(*claims) == ("Ada", ["Mole"], [LOBBYING])
    assert called(claims[0], vis=LOBBYING) == ("Mole", [], [])


def test_an_agent_shown_to_more_than_any_of_its_spellings_is_called_what_most_may_see() -> None:
    claims = [claim(("Mole",), "a", 1, LOBBYING), claim(("Ada",), "b", 1, STAFF), claim(("Addy",), "c", 1, STAFF)]
    assert called(*claims) == ("Ada", ["Mole", "Addy"], [LOBBYING, STAFF])


def test_a_spelling_is_shown_to_whoever_sees_the_least_strict_record_that_has_it() -> None:
    claims = [claim(("Ada", "Mole"), "a", 1), claim(("Mole",), "b", 1, LOBBYING)]
    assert called(*claims) == ("Ada", ["Mole"], [PUBLIC])


def test_a_spelling_that_was_taken_back_is_forgotten_unless_there_is_no_other() -> None:
    claims = [claim(("Aad",), "a", 1, stands=False), claim(("Ada",), "b", 1)]
    assert called(*claims) == ("Ada", [], [])
    assert called(claims[0]) == ("Aad", [], [])


def test_an_agent_that_nobody_spells_is_called_what_its_first_identity_says() -> None:
    assert called(claim((), "a", 1), identities=(PARLIAMENT, TWFY)) == ("4778", [], [])


def test_the_node_tells_of_every_identity_and_can_be_searched_by_every_name() -> None:
    said = agent((PARLIAMENT, TWFY), [claim(("Zoë Ada", "ZOE ADA", "Ada"), "a", 1)], PUBLIC, Classes(), str)
    assert said == {
        "id": PARLIAMENT.agent,
        "vis": PUBLIC,
        "name": "Zoë Ada",
        "otherNames": ["ZOE ADA", "Ada"],
        "otherNamesVis": [0, 0],
        "mergedIds": [TWFY.agent],
        "kinds": [],
        "search": "zoe ada\nzoe ada\nada",
    }


def test_what_an_agent_is_and_where_is_told_only_by_claims_that_whoever_sees_it_may_see() -> None:
    hidden = replace(claim(("Forge",), "a", 1, LOBBYING), kinds=("donor",), country="FR")
    told = replace(claim(("Forge",), "b", 1), kinds=("supplier",), country="GB")
    kinds, country = (agent((TWFY,), [hidden, told], PUBLIC, Classes(), str).get(name) for name in ("kinds", "country"))
    assert (kinds, country) == (["supplier"], "GB")
    assert agent((TWFY,), [hidden], LOBBYING, Classes(), str)["kinds"] == ["donor"]


def test_line_nine_comes_before_line_ten() -> None:
    assert sorted(["line 10", "line 9", "page 1, line 2"], key=natural) == ["line 9", "line 10", "page 1, line 2"]
    assert natural(None) < natural("line 1")


def test_identities_joined_by_standing_claims_are_one_agent_of_the_highest_rank() -> None:
    joins = Joins([((str(TWFY), str(TWFY)), True), ((str(TWFY), str(PARLIAMENT)), True)])
    assert joins.identities() == {PARLIAMENT.agent: [PARLIAMENT, TWFY]}
    assert joins.agent(str(TWFY), "nobody") == PARLIAMENT.agent
    assert joins.successors() == {TWFY.agent: PARLIAMENT.agent, PARLIAMENT.agent: PARLIAMENT.agent}


def test_a_join_that_was_taken_back_joins_nothing_and_an_end_that_is_no_identity_is_left_alone() -> None:
    joins = Joins([((str(TWFY), str(PARLIAMENT)), False)])
    assert joins.identities() == {PARLIAMENT.agent: [PARLIAMENT], TWFY.agent: [TWFY]}
    assert joins.agent("Event Dinner", "evt-1") == "evt-1"
