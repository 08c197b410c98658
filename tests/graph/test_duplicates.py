"""Who a new entry may be about already."""

import pytest

from service.engines.protocol import Engine
from service.graph.model import AgentKind, Identity
from service.graph.questions.duplicates import Duplicate, Resemblance, Sought, duplicates
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, MEMBERS, STAFF, Little, organization, person

PERSON, ORGANIZATION = AgentKind.PERSON, AgentKind.ORGANIZATION
NUMBER = Identity(ORGANIZATION, "gb-coh", "00882843")


async def found(graph: Graph, sought: Sought, scope: Scope = EVERYBODY) -> list[tuple[str, str]]:
    return [(one.agent.id, one.because) for one in await duplicates(graph, scope, sought)]


def identified(made: Little, agent: str, identity: Identity, id: str, /, **properties: object) -> None:
    said = {"scheme": identity.scheme, "value": identity.value, "kind": identity.kind.value, "agent": identity.agent}
    if identity.id not in {row["id"] for row in made.nodes["Identifier"]}:
        made.node(identity.id, **said, vis=properties.get("vis", 0))
    made.claim("IDENTIFIED_BY", agent, identity.id, id, names=[], **properties)


async def test_every_reason_has_its_place_and_tells_which_name_it_was(engine: Engine) -> None:
    made = Little()
    made.node("per-1", "Jon Smyth")
    made.node("per-2", "J. Smith")
    made.node("per-3", "Smith, John")
    made.node("per-4", "Sir John Smith OBE")
    made.node("per-5", "Jack", otherNames=["JOHN  SMITH"], otherNamesVis=[0])
    made.node("per-6", "John Smith")
    made.node("per-7", "Johanna Smithson")
    made.node("per-8", "Jane Smith")
    made.node("org-1", "John Smith")
    graph = await made.save(engine)

    assert await found(graph, Sought(PERSON, "John Smith")) == [
        ("per-6", "has the same name"),
        ("per-5", "is also called JOHN  SMITH"),
        ("per-4", "is called Sir John Smith OBE, which differs in a title or legal form only"),
        ("per-3", "is called Smith, John, the same words in another order"),
        ("per-2", "is called J. Smith, which may be short or long for it"),
        ("per-1", "is called Jon Smyth, which is spelled almost so"),
    ]


async def test_legal_forms_and_the_place_of_a_blank_tell_no_organizations_apart(engine: Engine) -> None:
    made = Little()
    made.node("org-1", "Motorsport Forge plc", kinds=["supplier"], country="GB")
    made.node("org-2", "Motor Sport Forge Limited")
    made.node("org-3", "Motor Sport Forges")
    made.node("org-4", "Motor Sport Gears Ltd")
    made.node("per-1", "Motor Sport Forge")
    graph = await made.save(engine)

    assert await duplicates(graph, EVERYBODY, Sought(ORGANIZATION, "Motor Sport Forge Ltd")) == [
        Duplicate(organization("org-2", "Motor Sport Forge Limited"), Resemblance.BARE, "Motor Sport Forge Limited"),
        Duplicate(organization("org-3", "Motor Sport Forges"), Resemblance.SHORTENED, "Motor Sport Forges"),
        Duplicate(
            organization("org-1", "Motorsport Forge plc", "supplier", country="GB"),
            Resemblance.SPELLED,
            "Motorsport Forge plc",
        ),
    ]


async def test_whoever_holds_the_identifier_is_certain_and_comes_first(engine: Engine) -> None:
    made = Little()
    made.node("org-1", "Forge Ltd")
    made.node("org-2", "Something Else")
    identified(made, "org-2", NUMBER, "clm-1")
    graph = await made.save(engine)

    both = await duplicates(graph, EVERYBODY, Sought(ORGANIZATION, "Forge", (NUMBER,)))

    assert [(one.agent.id, one.certain, one.because) for one in both] == [
        ("org-2", True, "has the same identifier"),
        ("org-1", False, "is called Forge Ltd, which differs in a title or legal form only"),
    ]


async def test_an_identifier_that_was_taken_back_or_may_not_be_seen_is_nobodys(engine: Engine) -> None:
    other = Identity(ORGANIZATION, "gb-coh", "00000001")
    made = Little()
    made.node("org-1", "Forge Ltd")
    made.node("org-2", "Gears Ltd")
    identified(made, "org-1", NUMBER, "clm-1", retractedAt="2026-02-01T00:00:00.000000Z")
    identified(made, "org-2", other, "clm-2", vis=STAFF)
    graph = await made.save(engine)
    sought = Sought(ORGANIZATION, "Anvil", (NUMBER, other))

    assert await found(graph, sought) == []
    assert await found(graph, sought, EVERYTHING) == [("org-2", "has the same identifier")]


async def test_among_equals_those_who_work_at_the_same_place_come_first(engine: Engine) -> None:
    made = Little()
    made.node("org-1", "Forge Ltd")
    made.node("per-1", "Ann Alloy")
    made.node("per-2", "Ann Alloy")
    made.node("per-3", "A. Alloy")
    made.node("per-4", "Ann Alloy")
    made.claim("WORKS_FOR", "per-2", "org-1", "clm-1")
    made.claim("DIRECTOR_OF", "per-3", "org-1", "clm-2")
    made.claim("WORKS_FOR", "per-4", "org-1", "clm-3", vis=MEMBERS)
    graph = await made.save(engine)
    sought = Sought(PERSON, "Ann Alloy", organization="org-1")

    assert await found(graph, sought) == [
        ("per-2", "has the same name and works there"),
        ("per-1", "has the same name"),
        ("per-4", "has the same name"),
        ("per-3", "is called A. Alloy, which may be short or long for it and works there"),
    ]
    assert [id for id, _ in await found(graph, sought, EVERYTHING)] == ["per-2", "per-4", "per-1", "per-3"]


async def test_neither_a_hidden_agent_nor_a_hidden_name_shines_through(engine: Engine) -> None:
    made = Little()
    made.node("per-1", "Ann Alloy", vis=STAFF)
    made.node("per-2", "Agent A", otherNames=["Ann Alloy"], otherNamesVis=[STAFF])
    made.node("per-3", "Ann Alloy")
    graph = await made.save(engine)

    assert await found(graph, Sought(PERSON, "Ann Alloy")) == [("per-3", "has the same name")]
    assert [id for id, _ in await found(graph, Sought(PERSON, "Ann Alloy"), EVERYTHING)] == ["per-1", "per-3", "per-2"]


async def test_at_most_ten_are_shown_and_hidden_ones_take_nobodys_place(engine: Engine) -> None:
    made = Little()
    for number in range(12):
        made.node(f"per-{number:02}", "Ann Alloy", vis=STAFF if number < 3 else 0)
        made.node(f"per-{number:02}x", "Ann Alloi")
    graph = await made.save(engine)

    shown = [id for id, _ in await found(graph, Sought(PERSON, "Ann Alloy"))]

    assert shown == [*(f"per-{number:02}" for number in range(3, 12)), "per-00x"]


@pytest.mark.parametrize("name", ["-*-", "", "x) OR (search:*"])
async def test_the_index_never_reads_a_name_as_its_own_syntax(engine: Engine, name: str) -> None:
    made = Little()
    made.node("per-1", "Ann Alloy")
    graph = await made.save(engine)

    assert await found(graph, Sought(PERSON, name)) == []


async def test_a_person_of_one_name_is_found_by_how_it_begins(engine: Engine) -> None:
    made = Little()
    made.node("per-1", "Madonna")
    made.node("per-2", "Madona")
    made.node("per-3", "Madonna Smith")
    graph = await made.save(engine)

    assert await duplicates(graph, EVERYBODY, Sought(PERSON, "Madona")) == [
        Duplicate(person("per-2", "Madona"), Resemblance.NAME, "Madona"),
        Duplicate(person("per-1", "Madonna"), Resemblance.SPELLED, "Madonna"),
    ]
