"""People and organizations added by hand, on each engine: once, unless they are there, and as a load would say it."""

import asyncio
from dataclasses import replace

import pytest

from service.auth import Role, Viewer
from service.engines.protocol import Engine
from service.entries.newcomers import Added
from service.entries.organizations import OrganizationEntry, add_organization
from service.entries.people import PersonEntry, add_person
from service.errors import Code, ServiceError
from service.graph.model import AgentKind, Identity, digest
from service.graph.questions import agents, claims
from service.graph.questions.clocks import At, When
from service.graph.questions.ends import ends
from service.graph.questions.pages import Page
from service.graph.questions.rows import Identifier
from service.graph.questions.ties import Network
from tests.conftest import emptied
from tests.entries.rooms import ADA, FORGE, PEOPLE, room, viewer
from tests.entries.rooms import network as network_at
from tests.graph.sayings import Saying, contents, loaded, nodes, organization, relations

EVE = "Eve Marlow"
LOBBYING = 3
NUMBER = ("gb-coh", "1234567")
ANVIL = organization("01234567", "gb-coh")


def own(key: str, kind: AgentKind = AgentKind.PERSON, principal: str = "ada") -> Identity:
    return Identity(kind, "paddock", digest("new", "by-hand", principal, key))


async def staff(network: Network, principal: str = "ada") -> Viewer:
    return await viewer(network, Role.STAFF, principal)


def added(found: Added) -> str:
    assert found.agent is not None
    return found.agent.id


async def test_a_person_is_added_with_where_they_work_in_one_revision(engine: Engine) -> None:
    network = await room(engine, Saying("staff").says("WORKS_FOR", ADA, FORGE, unit=f"employer:{FORGE}", start="2020"))
    ada, before = await staff(network), (await network.graph.position()).number
    entry = PersonEntry(key="one", name="  Eve   Marlow ", organization=FORGE.agent, role="buyer")

    found = await add_person(network, ada, entry)

    assert (await network.graph.position()).number == before + 1
    assert found.agent is not None
    assert (found.agent.id, found.agent.name, found.agent.label) == (own("one").agent, EVE, "Person")
    assert await agents.identifiers(network.graph, ada.scope, [found.agent.id]) == {
        found.agent.id: (Identifier("paddock", own("one").value, "Person"),)
    }
    listed = (await claims.affiliations(network.graph, ada.scope, [found.agent.id], Page()))[found.agent.id]
    assert [(row.organization.id, row.role, row.source.title, row.vis) for row in listed.rows] == [
        (FORGE.agent, "buyer", "Recorded by Ada", 2)
    ]
    assert await relations(engine, "WORKS_FOR", "role", "unit") == [
        ("buyer", f"employer:{FORGE}"),
        (None, f"employer:{FORGE}"),
    ]


async def test_whoever_is_added_with_where_they_work_speaks_for_it_from_that_day_on(engine: Engine) -> None:
    network = await room(engine)
    ada = await staff(network)
    before = added(await add_person(network, ada, PersonEntry(key="two", name="Fay Holt", organization=FORGE.agent)))
    later = network_at(engine, "2026-11-26T09:00:00.000000Z")
    after = added(await add_person(later, ada, PersonEntry(key="one", name=EVE, organization=FORGE.agent)))

    rows = (await claims.people(later.graph, ada.scope, [FORGE.agent], Page()))[FORGE.agent].rows
    assert {(row.person.id, row.observed, row.unseen) for row in rows} == {
        (before, ("2026-11-24",), ()),
        (after, ("2026-11-26",), ()),
    }
    days = ("2026-11-23", "2026-11-25", "2026-11-27")
    said = {row.person.id: [row.current(day).value for day in days] for row in rows}
    assert said == {before: ["UNKNOWN", "YES", "YES"], after: ["UNKNOWN", "UNKNOWN", "YES"]}
    at = At.of(When("2026-11-27"), later.graph.clock())
    found = (await ends(later.graph, later.memory, ada.scope, [FORGE.agent], at))[0]
    assert found is not None
    assert found.ids == {FORGE.agent, before, after}


async def test_a_repetition_answers_the_same_and_never_takes_itself_for_a_candidate(engine: Engine) -> None:
    network = await room(engine)
    ada = await staff(network)
    entry = PersonEntry(key="one", name=EVE, identifiers=(("lei", "7"),))
    first = await add_person(network, ada, entry)
    before, revision = await contents(engine, leaving_out=()), (await network.graph.position()).number

    again = await add_person(network, ada, entry)

    assert again == replace(first, repeated=True)
    assert (await contents(engine, leaving_out=()), (await network.graph.position()).number) == (before, revision)


async def test_whoever_seems_to_be_there_is_shown_and_nothing_is_written_until_it_is_confirmed(engine: Engine) -> None:
    network = await room(engine)
    ada, before = await staff(network), await contents(engine, leaving_out=())
    entry = PersonEntry(key="one", name="Dr A. Byron")

    found = await add_person(network, ada, entry)

    assert (found.agent, [(one.agent.id, one.because) for one in found.candidates]) == (
        None,
        [(ADA.agent, "is called Ada Byron, which may be short or long for it")],
    )
    assert await contents(engine, leaving_out=()) == before
    assert added(await add_person(network, ada, replace(entry, confirm_new=True))) == own("one").agent


async def test_an_identifier_that_somebody_holds_is_a_conflict_even_when_confirmed(engine: Engine) -> None:
    network = await room(engine)
    ada, before = await staff(network), await contents(engine, leaving_out=())
    entry = OrganizationEntry(key="one", name="Anvil", identifiers=(("GB-COH", "882843"),))

    found = await add_organization(network, ada, entry)
    with pytest.raises(ServiceError) as refused:
        await add_organization(network, ada, replace(entry, confirm_new=True))

    assert [(one.agent.id, one.certain) for one in found.candidates] == [(FORGE.agent, True)]
    assert (refused.value.code, refused.value.field, refused.value.message) == (
        Code.CONFLICT,
        "identifiers",
        f"00882843 ({FORGE.agent}) has this identifier already; record what is new of them, or leave it out",
    )
    assert await contents(engine, leaving_out=()) == before


async def test_an_organization_is_known_by_its_strongest_identifier(engine: Engine) -> None:
    network = await room(engine)
    ada = await staff(network)
    entry = OrganizationEntry(
        key="one", name="Anvil Ltd", kinds=("supplier", " race  team "), country="gb", identifiers=(NUMBER,)
    )

    found = await add_organization(network, ada, entry)

    assert found.agent is not None
    assert (found.agent.id, found.agent.name, found.agent.kinds, found.agent.country) == (
        ANVIL.agent,
        "Anvil Ltd",
        ("race team", "supplier"),
        "GB",
    )
    assert (await agents.agents(network.graph, ada.scope, [own("one", AgentKind.ORGANIZATION).agent]))[
        own("one", AgentKind.ORGANIZATION).agent
    ] == found.agent


async def test_who_is_added_first_and_loaded_later_is_who_is_loaded_first_and_added_later(engine: Engine) -> None:
    """Whoever may not see the agent that holds an identifier is told nothing, and still means that agent."""
    company = (
        Saying("companies", vis=LOBBYING)
        .names(ANVIL, "Anvil Forge")
        .says("WORKS_FOR", ADA, ANVIL, unit=f"employer:{ANVIL}", start="2020")
        .names(ADA, "Ada Byron")
    )
    entry = OrganizationEntry(key="one", name="Anvil Ltd", identifiers=(NUMBER,))
    results: list[object] = []
    for first in ("load", "entry"):
        await emptied(engine)
        network = await room(engine, *([company] if first == "load" else []))
        found = await add_organization(network, await staff(network), entry)
        if first == "entry":
            await loaded(network.graph, company)
        assert (found.agent and found.agent.name, found.candidates) == ("Anvil Ltd", ())
        results.append(await contents(engine))

    assert results[0] == results[1]


async def test_an_entry_that_joins_two_unseen_agents_leaves_what_loading_all_at_once_does(engine: Engine) -> None:
    one, other = organization("8", "lei"), organization("Z9", "zzz")
    hidden = (
        Saying("hidden", vis=LOBBYING).names(one, "Anvil Forge").names(other, "Anvil Works").names(ADA, "Ada Byron")
    )
    hidden.says("WORKS_FOR", ADA, other, unit=f"employer:{other}", start="2020")
    entry = OrganizationEntry(key="one", name="Anvil Ltd", identifiers=(("lei", "8"), ("zzz", "Z9"), NUMBER))
    results: list[object] = []
    for first in ("load", "entry"):
        await emptied(engine)
        network = await room(engine, *([hidden] if first == "load" else []))
        found = await add_organization(network, await staff(network), entry)
        if first == "entry":
            await loaded(network.graph, hidden)
        assert added(found) == ANVIL.agent
        results.append(await contents(engine))

    assert results[0] == results[1]


async def test_of_two_who_add_the_same_person_at_once_one_is_shown_the_other(engine: Engine) -> None:
    network = await room(engine)
    ada, ben = await staff(network), await staff(network, "ben")

    both = await asyncio.gather(
        *(add_person(network, who, PersonEntry(key="one", name=EVE)) for who in (ada, ben, ada, ben))
    )

    made = {one.agent.id for one in both if one.agent is not None}
    assert len(made) == 1
    assert {one.agent.id for found in both for one in found.candidates} <= made
    assert len(await nodes(engine, "Person", "name")) == len(PEOPLE) + 1


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        (PersonEntry(key="one", name=" - "), Code.BAD_USER_INPUT, "name"),
        (PersonEntry(key="one", name="x" * 201), Code.BAD_USER_INPUT, "name"),
        (PersonEntry(key="one", name=EVE, role="buyer"), Code.BAD_USER_INPUT, "role"),
        (PersonEntry(key="one", name=EVE, identifiers=(("name", EVE),)), Code.BAD_USER_INPUT, "identifiers"),
        (PersonEntry(key="one", name=EVE, identifiers=(("lei", "1"),) * 101), Code.BAD_USER_INPUT, "identifiers"),
        (PersonEntry(key="one", name=EVE, organization="org-none"), Code.NOT_FOUND, "organization"),
        (PersonEntry(key="one", name=EVE, organization=ADA.agent), Code.NOT_FOUND, "organization"),
        (PersonEntry(key="one", name=EVE, source="src-none"), Code.NOT_FOUND, "source"),
        (PersonEntry(key="one", name=EVE, visibility="LOBBYING"), Code.FORBIDDEN, "visibility"),
    ],
)
async def test_a_person_that_cannot_be_added_is_refused_and_nothing_is_written(
    engine: Engine, entry: PersonEntry, code: Code, field: str
) -> None:
    network = await room(engine)
    before = await contents(engine, leaving_out=())

    with pytest.raises(ServiceError) as refused:
        await add_person(network, await staff(network), entry)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert await contents(engine, leaving_out=()) == before


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (OrganizationEntry(key="one", name=""), "name"),
        (OrganizationEntry(key="one", name="Anvil", country="GBR"), "country"),
        (OrganizationEntry(key="one", name="Anvil", kinds=(" ",)), "kinds"),
        (OrganizationEntry(key="one", name="Anvil", identifiers=(("gb-coh", "none"),)), "identifiers"),
    ],
)
async def test_an_organization_that_cannot_be_added_is_refused_with_the_field(
    engine: Engine, entry: OrganizationEntry, field: str
) -> None:
    network = await room(engine)
    before = await contents(engine, leaving_out=())

    with pytest.raises(ServiceError) as refused:
        await add_organization(network, await staff(network), entry)

    assert (refused.value.code, refused.value.field) == (Code.BAD_USER_INPUT, field)
    assert await contents(engine, leaving_out=()) == before


async def test_a_member_adds_nobody(engine: Engine) -> None:
    network = await room(engine)
    before = await contents(engine, leaving_out=())

    with pytest.raises(ServiceError) as refused:
        await add_person(network, await viewer(network, Role.MEMBERS), PersonEntry(key="one", name=EVE))

    assert refused.value.code is Code.FORBIDDEN
    assert await contents(engine, leaving_out=()) == before
