"""Anything by its id, and agents by what schemes call them."""

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.model import AgentKind, Identity
from service.graph.questions import agents, nodes
from service.graph.questions.rows import (
    Agent,
    Capability,
    CardExchange,
    Event,
    Evidence,
    Identifier,
    Introduction,
    Issue,
    Meeting,
    MembershipClaim,
    Post,
    PostHolding,
)
from tests.graph.little import (
    EVERYBODY,
    EVERYTHING,
    GAZETTE,
    MEMBERS,
    REGISTER,
    STAFF,
    THEN,
    Little,
    organization,
    person,
)

ANN, BEN, CAT = person("per-ann", "Ann Alloy", "A. Alloy"), person("per-ben", "Ben Bearing"), person("per-cat", "Cat")
FORGE = organization("org-forge", "Forge Ltd", "supplier", country="GB")


def little() -> Little:
    found = Little()
    found.node(ANN.id, ANN.name, otherNames=["A. Alloy", "Agent A"], otherNamesVis=[0, STAFF])
    found.node(BEN.id, BEN.name)
    found.node(CAT.id, CAT.name)
    found.node(FORGE.id, FORGE.name, kinds=["supplier"], country="GB")
    return found


async def test_every_kind_of_thing_is_found_by_its_id_in_the_order_asked(engine: Engine) -> None:
    made = little()
    made.node("pst-chair", "Chair")
    made.node("cap-grinding", "grinding", altLabels=["abrasion"])
    made.node("evt-fair", "Fair", start="2019-05", end="..")
    made.node("iss-tariff", "Tariffs")
    graph = await made.save(engine)
    ids = ["evt-fair", ANN.id, "pst-chair", "nothing", REGISTER.id, FORGE.id, "iss-tariff", "cap-grinding"]

    found = await nodes.nodes(graph, EVERYBODY, ids)

    assert found == [
        Event("evt-fair", "Fair", "2019-05", ".."),
        ANN,
        Post("pst-chair", "Chair"),
        None,
        REGISTER,
        FORGE,
        Issue("iss-tariff", "Tariffs"),
        Capability("cap-grinding", "grinding", ("abrasion",)),
    ]


async def test_another_name_is_shown_to_whoever_may_see_it(engine: Engine) -> None:
    graph = await little().save(engine)

    seen = await nodes.node(graph, EVERYTHING, ANN.id)

    assert seen == person("per-ann", "Ann Alloy", "A. Alloy", "Agent A")


async def test_a_claim_that_was_taken_back_is_still_found_by_its_id(engine: Engine) -> None:
    made = little()
    made.node("pst-chair", "Chair")
    made.claim("HOLDS", BEN.id, "pst-chair", "clm-1", retractedAt="2026-03-01")
    graph = await made.save(engine)

    assert await nodes.node(graph, EVERYBODY, "clm-1") == PostHolding(
        id="clm-1",
        source=REGISTER,
        locator="row clm-1",
        recorded_at=THEN,
        retracted_at="2026-03-01",
        confidence=1.0,
        vis=0,
        start=None,
        end=None,
        earliest=None,
        latest=None,
        observed=(),
        unseen=(),
        disputed=False,
        person=BEN,
        post=Post("pst-chair", "Chair"),
    )


async def test_a_claim_of_every_type_is_found_by_its_id(engine: Engine) -> None:
    made = little()
    made.node("org-gears", "Gears Ltd")
    made.node("pst-chair", "Chair")
    made.node("cap-grinding", "grinding")
    made.node("cer-iso", "ISO 9001")
    made.node("evt-fair", "Fair")
    ends = {
        "WORKS_FOR": (ANN.id, FORGE.id),
        "DIRECTOR_OF": (ANN.id, FORGE.id),
        "HOLDS": (ANN.id, "pst-chair"),
        "MEMBER_OF": (ANN.id, FORGE.id),
        "SECRETARIAT_OF": ("org-gears", FORGE.id),
        "SUPPLIES": ("org-gears", FORGE.id),
        "HAS_CAPABILITY": (FORGE.id, "cap-grinding"),
        "HOLDS_CERTIFICATION": (FORGE.id, "cer-iso"),
        "GAVE_BENEFIT": (FORGE.id, ANN.id),
        "OWNS": (ANN.id, FORGE.id),
        "ATTENDED": (ANN.id, "evt-fair"),
    }
    for kind, (a, b) in ends.items():
        made.claim(kind, a, b, f"clm-{kind}", status="ATTENDED")
    graph = await made.save(engine)

    found = await nodes.nodes(graph, EVERYBODY, [f"clm-{kind}" for kind in ends])

    assert [(type(row).__name__, row.id if row else None) for row in found] == [
        ("Affiliation", "clm-WORKS_FOR"),
        ("Affiliation", "clm-DIRECTOR_OF"),
        ("PostHolding", "clm-HOLDS"),
        ("MembershipClaim", "clm-MEMBER_OF"),
        ("MembershipClaim", "clm-SECRETARIAT_OF"),
        ("Supply", "clm-SUPPLIES"),
        ("CapabilityClaim", "clm-HAS_CAPABILITY"),
        ("CertificationClaim", "clm-HOLDS_CERTIFICATION"),
        ("Benefit", "clm-GAVE_BENEFIT"),
        ("Ownership", "clm-OWNS"),
        ("Attendance", "clm-ATTENDED"),
    ]
    secretariat = found[4]
    assert isinstance(secretariat, MembershipClaim)
    assert secretariat.role == "secretariat"


async def test_a_hidden_thing_and_a_missing_thing_are_both_nothing(engine: Engine) -> None:
    made = little()
    made.node("per-hid", "Hidden", vis=STAFF)
    made.node("evt-hid", "Hidden", vis=STAFF)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-hid", vis=STAFF)
    made.claim("WORKS_FOR", "per-hid", FORGE.id, "clm-of-hidden")
    made.claim("KNOWS", ANN.id, BEN.id, "kno-hid", vis=STAFF, kind="MEETING", on="2026-01-05", about=[])
    graph = await made.save(engine)
    ids = ["per-hid", "evt-hid", "clm-hid", "clm-of-hidden", "kno-hid", "per-not", "evt-not", "clm-not", "kno-not", ""]

    assert await nodes.nodes(graph, EVERYBODY, ids) == [None] * len(ids)
    assert all(await nodes.nodes(graph, EVERYTHING, ids[:5]))


async def test_more_than_a_hundred_ids_at_once_are_refused(engine: Engine) -> None:
    graph = await Little().save(engine)

    with pytest.raises(ServiceError) as error:
        await nodes.nodes(graph, EVERYBODY, ["x"] * 101)

    assert (error.value.code, error.value.message) == (Code.BAD_USER_INPUT, "101 ids at once; ask for at most 100")


async def test_evidence_names_what_it_follows_from_a_part_in_a_meeting_being_shown_as_the_meeting(
    engine: Engine,
) -> None:
    made = little()
    made.node("mtg-1", source=GAZETTE.id, recordedAt=THEN, on="2026-01-05", status="HELD", subject="tariffs")
    made.claim("TOOK_PART_IN", ANN.id, "mtg-1", "clm-1")
    made.claim("TOOK_PART_IN", BEN.id, "mtg-1", "clm-2")
    made.claim("MEMBER_OF", ANN.id, FORGE.id, "clm-3", role="chair")
    about = ["clm-1", "clm-2", "clm-3", "clm-gone"]
    made.claim("KNOWS", ANN.id, BEN.id, "kno-1", kind="MEETING", on="2026-01-05", about=about)
    graph = await made.save(engine)

    evidence = await nodes.node(graph, EVERYBODY, "kno-1")

    assert isinstance(evidence, Evidence)
    assert evidence == Evidence(
        id="kno-1",
        source=REGISTER,
        locator="row kno-1",
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=0,
        kind="MEETING",
        since=None,
        on="2026-01-05",
        intensity=1.0,
        about=tuple(about),
        a=ANN,
        b=BEN,
    )
    follows = (await nodes.about(graph, EVERYBODY, [evidence]))["kno-1"]
    assert [row.id for row in follows] == ["mtg-1", "clm-3"]
    assert follows[0] == Meeting(
        id="mtg-1",
        source=GAZETTE,
        locator=None,
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=0,
        on="2026-01-05",
        status="HELD",
        subject="tariffs",
        participants=(ANN, BEN),
    )


async def test_a_card_and_an_introduction_show_their_people(engine: Engine) -> None:
    made = little()
    made.node("evt-fair", "Fair")
    made.node("crd-1", source=GAZETTE.id, recordedAt=THEN, on="2026-01-05", swapped=True)
    made.claim("GAVE_CARD", ANN.id, "crd-1", "clm-1")
    made.claim("RECEIVED_CARD", BEN.id, "crd-1", "clm-2")
    made.claim("EXCHANGED_AT", "crd-1", "evt-fair", "clm-3")
    made.node("int-1", source=GAZETTE.id, recordedAt=THEN, status="MET", requestedAt=THEN, concerning="forging")
    for kind, one in (("REQUESTS", ANN), ("INTRODUCES", BEN), ("INTRODUCED_IN", CAT)):
        made.claim(kind, one.id, "int-1", f"clm-{kind}")
    made.node("crd-2", source=GAZETTE.id, recordedAt=THEN, on="2026-01-05", swapped=False)
    made.claim("GAVE_CARD", ANN.id, "crd-2", "clm-4")
    made.claim("RECEIVED_CARD", BEN.id, "crd-2", "clm-5", vis=STAFF)
    graph = await made.save(engine)
    said = {"source": GAZETTE, "locator": None, "recorded_at": THEN, "retracted_at": None, "confidence": 1.0, "vis": 0}
    fair = Event("evt-fair", "Fair", None, None)
    card = CardExchange("crd-1", **said, on="2026-01-05", swapped=True, giver=ANN, receiver=BEN, event=fair)  # type: ignore[arg-type]
    made_known = Introduction(
        "int-1",
        **said,  # type: ignore[arg-type]
        status="MET",
        concerning="forging",
        requested_at=THEN,
        meeting=None,
        history=(),
        requester=ANN,
        introducer=BEN,
        target=CAT,
    )

    assert await nodes.nodes(graph, EVERYBODY, ["crd-1", "int-1", "crd-2"]) == [card, made_known, None]


def identified(made: Little, agent: str, *known_by: Identity, vis: int = 0) -> None:
    for one in known_by:
        made.node(one.id, scheme=one.scheme, value=one.value, kind=str(one.kind), agent=one.agent)
        made.claim("IDENTIFIED_BY", agent, one.id, f"clm-{agent}-{one.scheme}", vis=vis, names=[])


async def test_an_agent_is_found_by_what_a_scheme_calls_it_and_by_the_id_each_identifier_would_give(
    engine: Engine,
) -> None:
    number, name = Identity(AgentKind.ORGANIZATION, "gb-coh", "00882843"), Identity(AgentKind.PERSON, "twfy", "7")
    made = Little()
    made.node(number.agent, "Circuits Ltd")
    better = Identity(AgentKind.PERSON, "parliament", "4778")
    made.node(better.agent, "Dee Member")
    identified(made, number.agent, number)
    identified(made, better.agent, better, name)
    graph = await made.save(engine)
    circuits, dee = organization(number.agent, "Circuits Ltd"), person(better.agent, "Dee Member")

    assert await agents.agent(graph, EVERYBODY, "gb-coh", "00882843") == circuits
    assert await agents.agent(graph, EVERYBODY, "twfy", "7") == dee
    assert await agents.agent(graph, EVERYBODY, "twfy", "8") is None
    assert await nodes.node(graph, EVERYBODY, name.agent) == dee
    assert await agents.person(graph, EVERYBODY, name.agent) == dee
    assert await agents.organization(graph, EVERYBODY, name.agent) is None
    known_by = await agents.identifiers(graph, EVERYBODY, [dee.id, "per-not"])
    assert known_by == {
        dee.id: (Identifier("parliament", "4778", "Person"), Identifier("twfy", "7", "Person")),
        "per-not": (),
    }
    assert agents.merged_ids(dee.id, known_by[dee.id]) == (name.agent,)
    assert await agents.merged(graph, EVERYBODY, [dee.id, number.agent, "per-not"]) == {dee.id: (name.agent,)}


async def test_an_identifier_told_by_a_hidden_record_leads_nowhere(engine: Engine) -> None:
    shown, hidden = Identity(AgentKind.PERSON, "parliament", "1"), Identity(AgentKind.PERSON, "twfy", "2")
    made = Little()
    made.node(shown.agent, "Ann")
    identified(made, shown.agent, shown)
    identified(made, shown.agent, hidden, vis=MEMBERS)
    graph = await made.save(engine)

    assert await agents.agent(graph, EVERYBODY, "twfy", "2") is None
    assert await nodes.node(graph, EVERYBODY, hidden.agent) is None
    assert await agents.identifiers(graph, EVERYBODY, [shown.agent]) == {
        shown.agent: (Identifier("parliament", "1", "Person"),)
    }
    assert await agents.merged(graph, EVERYBODY, [shown.agent]) == {}
    assert await agents.merged(graph, EVERYTHING, [shown.agent]) == {shown.agent: (hidden.agent,)}
    assert isinstance(await agents.agent(graph, EVERYTHING, "twfy", "2"), Agent)


async def test_a_post_has_its_organization_an_event_its_whole_and_a_capability_its_neighbours(engine: Engine) -> None:
    made = little()
    made.node("pst-chair", "Chair")
    made.claim("POST_IN", "pst-chair", FORGE.id, "clm-1")
    made.node("evt-fair", "Fair")
    made.node("evt-dinner", "Dinner")
    made.claim("PART_OF", "evt-dinner", "evt-fair", "clm-2")
    for id in ("cap-a", "cap-b", "cap-c", "cap-hid"):
        made.node(id, id[4:], vis=STAFF if id == "cap-hid" else 0)
    for number, (below, above) in enumerate((("cap-b", "cap-a"), ("cap-c", "cap-a"), ("cap-hid", "cap-a"))):
        made.claim("BROADER", below, above, f"clm-broader-{number}")
    graph = await made.save(engine)
    a, b, c = (Capability(f"cap-{name}", name, ()) for name in "abc")

    assert await agents.post_organizations(graph, EVERYBODY, ["pst-chair", "pst-not"]) == {"pst-chair": FORGE}
    assert await agents.wholes(graph, EVERYBODY, ["evt-dinner", "evt-fair"]) == {
        "evt-dinner": Event("evt-fair", "Fair", None, None)
    }
    assert await agents.broader(graph, EVERYBODY, [b.id, a.id]) == {b.id: (a,), a.id: ()}
    assert await agents.narrower(graph, EVERYBODY, [a.id]) == {a.id: (b, c)}
