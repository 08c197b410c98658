"""What holds for everything that is recorded by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from service.auth import Role, Viewer
from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.errors import Code, ServiceError
from service.graph.questions.ties import Network
from service.graph.store import Scope
from tests.entries.rooms import ADA, BEN, CAT, DINNER, FORGE, MILL, room, viewer
from tests.graph.sayings import Saying, contents, nodes, person, relations

DAY = "2026-11-20"
NOBODY = person("Nobody").agent
SHADE = person("Shade")
ADA_, BEN_, FORGE_ = ADA.agent, BEN.agent, FORGE.agent
Act = Callable[[Network, Viewer], Awaitable[object]]


def meeting(*people: str, **more: object) -> Act:
    entry = replace(MeetingEntry(key="one", participants=people, on=DAY), **more)  # type: ignore[arg-type]
    return lambda network, who: record_meeting(network, who, entry)


def card(giver: str = ADA_, receiver: str = BEN_, **more: object) -> Act:
    entry = replace(CardEntry(key="one", giver=giver, receiver=receiver, on=DAY), **more)  # type: ignore[arg-type]
    return lambda network, who: record_card(network, who, entry)


def contact(start: str = ADA_, end: str = BEN_, **more: object) -> Act:
    entry = replace(ContactEntry(key="one", start=start, end=end, kind="CALL", on=DAY), **more)  # type: ignore[arg-type]
    return lambda network, who: record_contact(network, who, entry)


def attendance(event: str = DINNER.id, agent: str = ADA_, status: str = "ATTENDED", **more: object) -> Act:
    entry = replace(AttendanceEntry(key="one", event=event, agent=agent, status=status), **more)  # type: ignore[arg-type]
    return lambda network, who: record_attendance(network, who, entry)


def affiliation(who: str = ADA_, where: str = FORGE_, **more: object) -> Act:
    entry = replace(AffiliationEntry(key="one", person=who, organization=where), **more)  # type: ignore[arg-type]
    return lambda network, viewer: assert_affiliation(network, viewer, entry)


ACTS: dict[str, Act] = {
    "meeting": meeting(ADA_, BEN_),
    "card": card(),
    "contact": contact(),
    "attendance": attendance(),
    "affiliation": affiliation(),
}
ABSENT: dict[str, tuple[str, Callable[[str], Act]]] = {
    "meeting": ("participants", lambda id: meeting(ADA_, id)),
    "giver": ("giver", lambda id: card(giver=id)),
    "receiver": ("receiver", lambda id: card(receiver=id)),
    "from": ("from", lambda id: contact(start=id)),
    "to": ("to", lambda id: contact(end=id)),
    "agent": ("agent", lambda id: attendance(agent=id)),
    "event": ("event", lambda id: attendance(event=id)),
    "card's event": ("event", lambda id: card(event=id)),
    "person": ("person", lambda id: affiliation(who=id)),
    "organization": ("organization", lambda id: affiliation(where=id)),
    "source": ("source", lambda id: affiliation(source=id)),
    "meeting's source": ("source", lambda id: meeting(ADA_, BEN_, source=id)),
}
WRONG: dict[str, tuple[Act, str, str]] = {
    "a meeting to come": (
        meeting(ADA_, BEN_, on="2026-11-25"),
        "on",
        "a meeting that was held on 2026-11-25 cannot have been yet; correct its day",
    ),
    "a meeting of one": (meeting(ADA_, ADA_), "participants", "a meeting takes at least two different people"),
    "a meeting of nobody": (meeting(), "participants", "a meeting takes at least two different people"),
    "a meeting of too many": (
        meeting(*[ADA_] * 101),
        "participants",
        "participants names 101; one entry names at most 100",
    ),
    "no day": (meeting(ADA_, BEN_, on="2026-11"), "on", "on is no day; write it as 2026-11-23"),
    "no day in the calendar": (meeting(ADA_, BEN_, on="2026-02-30"), "on", "on is no day; write it as 2026-11-23"),
    "no status of a meeting": (
        meeting(ADA_, BEN_, status="DREAMT"),
        "status",
        "a meeting is one of PLANNED, HELD, CALLED_OFF",
    ),
    "a card to oneself": (card(receiver=ADA_), "receiver", "nobody gives a card to themselves"),
    "a card to come": (
        card(on="2026-11-25"),
        "on",
        "a card on 2026-11-25 cannot have been yet; correct its day",
    ),
    "a contact to come": (
        contact(on="2026-11-25"),
        "on",
        "a contact on 2026-11-25 cannot have been yet; correct its day",
    ),
    "a contact with oneself": (contact(end=ADA_), "to", "nobody is in contact with themselves"),
    "a contact of firms": (
        contact(start=FORGE_, end=MILL.agent),
        "from",
        "organizations speak through people; name at least one",
    ),
    "a contact of another kind": (
        contact(kind="MEETING"),
        "kind",
        (
            "a contact is one of CALL, CORRESPONDENCE, CORRESPONDENCE_SENT, DECLARED; "
            "record what other kinds follow from instead"
        ),
    ),
    "no status of an attendance": (
        attendance(status="LATE"),
        "status",
        "an attendance is one of REGISTERED, ATTENDED, NO_SHOW, CANCELLED",
    ),
    "no date": (
        affiliation(start="May 2019"),
        "start",
        "start is no date; write 2019, 2019-05, 2019-05-03, or .. for open",
    ),
    "an end before the start": (
        affiliation(start="2020", end="2019-12"),
        "end",
        "it ends in 2019-12 before it starts in 2020",
    ),
    "no key": (
        meeting(ADA_, BEN_, key=" "),
        "idempotencyKey",
        "an idempotency key has 1 to 200 characters; send a new one with each entry",
    ),
}


async def refusal(network: Network, who: Viewer, act: Act) -> tuple[Code, str | None, str]:
    """How an act is refused; it must be."""
    with pytest.raises(ServiceError) as refused:
        await act(network, who)
    return refused.value.code, refused.value.field, refused.value.message


async def test_the_same_entry_twice_is_one_record_and_one_answer(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    for name, act in ACTS.items():
        mine = replace(ada, principal=name)
        first = await act(network, mine)
        before, position = await contents(engine, leaving_out=()), await network.graph.position()
        assert first is not None
        assert await act(network, mine) == first
        assert (await contents(engine, leaving_out=()), await network.graph.position()) == (before, position)


async def test_one_key_for_two_things_is_a_conflict_whatever_they_are(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    await card()(network, ada)
    before = await contents(engine, leaving_out=())
    for act in (card(receiver=CAT.agent), card(swapped=True), meeting(ADA_, BEN_), card(visibility="PUBLIC")):
        assert await refusal(network, ada, act) == (
            Code.CONFLICT,
            "idempotencyKey",
            "this idempotency key was used for something else; take a new one",
        )
    assert await contents(engine, leaving_out=()) == before


async def test_a_key_is_its_principals_own(engine: Engine) -> None:
    network = await room(engine)
    for name in ("ada", "ben"):
        await meeting(ADA_, BEN_)(network, await viewer(network, Role.STAFF, name))
    assert await nodes(engine, "Request", "principal", "operation") == [
        ("ada", "recordMeeting"),
        ("ben", "recordMeeting"),
    ]
    assert len(await nodes(engine, "Meeting", "id")) == 2


async def test_a_repetition_answers_what_its_viewer_may_see_now(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    await meeting(ADA_, BEN_)(network, ada)
    await meeting(BEN_, CAT.agent, key="two", visibility="PUBLIC")(network, ada)
    before = await contents(engine, leaving_out=())
    less = replace(ada, visibilities=("PUBLIC",), scope=Scope((0,)))
    assert (await refusal(network, less, meeting(ADA_, BEN_)))[0] is Code.FORBIDDEN
    assert await meeting(BEN_, CAT.agent, key="two", visibility="PUBLIC")(network, less) is not None
    await engine.write(lambda transaction: transaction.run("MATCH (m:Meeting) SET m.vis = 2 RETURN count(m)", {}))
    assert await meeting(BEN_, CAT.agent, key="two", visibility="PUBLIC")(network, less) is None
    assert len(await contents(engine, leaving_out=())) == len(before)


async def test_a_missing_id_and_a_hidden_one_are_refused_alike_and_nothing_is_written(engine: Engine) -> None:
    secret = Saying("secret", vis=3).names(SHADE, "Shade")
    network = await room(engine, secret)
    ada = await viewer(network, Role.STAFF, "ada")
    before, position = await contents(engine, leaving_out=()), await network.graph.position()
    for field, act in ABSENT.values():
        expected = (Code.NOT_FOUND, field, f"{field} names nothing that is there; look the id up again")
        assert await refusal(network, ada, act(NOBODY)) == expected
        assert await refusal(network, ada, act(secret.record.id)) == expected
        assert await refusal(network, ada, act(SHADE.agent)) == expected
    assert (await contents(engine, leaving_out=()), await network.graph.position()) == (before, position)


async def test_what_is_no_person_is_not_found_where_a_person_is_asked_for(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    for field, act in (
        ("participants", meeting(ADA_, FORGE_)),
        ("giver", card(giver=FORGE_)),
        ("person", affiliation(who=FORGE_)),
        ("organization", affiliation(where=BEN_)),
        ("event", attendance(event=FORGE_)),
        ("source", affiliation(source=FORGE_)),
    ):
        code, named, _ = await refusal(network, ada, act)
        assert (code, named) == (Code.NOT_FOUND, field)


async def test_what_cannot_be_is_refused_in_words_that_name_the_field_and_nothing_is_written(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    before, position = await contents(engine, leaving_out=()), await network.graph.position()
    for act, field, message in WRONG.values():
        assert await refusal(network, ada, act) == (Code.BAD_USER_INPUT, field, message)
    assert (await contents(engine, leaving_out=()), await network.graph.position()) == (before, position)


@pytest.mark.parametrize("role", [Role.MEMBERS, Role.ADMIN, Role.DATA_PROTECTION_OFFICER, Role.INTEGRATOR])
async def test_whoever_may_not_write_is_refused_and_nothing_is_written(engine: Engine, role: Role) -> None:
    network = await room(engine)
    who = await viewer(network, role, "somebody", purpose="a check")
    before = await contents(engine, leaving_out=())
    for act in ACTS.values():
        assert (await refusal(network, who, act))[0] is Code.FORBIDDEN
    assert await contents(engine, leaving_out=()) == before


async def test_nobody_writes_a_class_they_cannot_read(engine: Engine) -> None:
    network = await room(engine)
    staff = await viewer(network, Role.STAFF, "ada")
    lobbyist = await viewer(network, Role.LOBBYING, "ben")
    secret, tender = {"visibility": "LOBBYING"}, {"compartments": ("tender",)}
    before = await contents(engine, leaving_out=())
    for who in (staff, lobbyist):  # nobody named a purpose
        assert (await refusal(network, who, meeting(ADA_, BEN_, **secret)))[:2] == (Code.FORBIDDEN, "visibility")
    assert (await refusal(network, staff, meeting(ADA_, BEN_, **tender)))[:2] == (Code.FORBIDDEN, "compartments")
    assert await contents(engine, leaving_out=()) == before
    purposeful = await viewer(network, Role.LOBBYING, "ben", purpose="the tariff bill")
    assert await meeting(ADA_, BEN_, **secret)(network, purposeful) is not None


async def test_a_compartment_nobody_has_used_is_made_by_who_may_read_all_or_was_granted_it(engine: Engine) -> None:
    network = await room(engine)
    granted = replace(await viewer(network, Role.STAFF, "ada"), compartments=("tender",))
    for who, name in ((await viewer(network), "bid"), (granted, "tender")):
        found = await card(compartments=(name,))(network, who)
        assert found is not None
    assert await nodes(engine, "CardExchange", "vis") == [(4,), (5,)]
    assert await relations(engine, "KNOWS", "vis") == [(4,), (5,)]


async def test_a_node_is_of_the_least_strict_class_of_all_that_mention_it(engine: Engine) -> None:
    secret = Saying("secret", vis=3).names(SHADE, "Shade").names(ADA, "Ada")
    network = await room(engine, secret)
    who = await viewer(network, purpose="a check")
    await meeting(SHADE.agent, BEN_, visibility="LOBBYING")(network, who)
    assert (SHADE.agent, 3) in await nodes(engine, "Person", "id", "vis")
    await contact(SHADE.agent, BEN_, visibility="MEMBERS", key="two")(network, who)
    assert {(SHADE.agent, 1), (BEN_, 0)} <= set(await nodes(engine, "Person", "id", "vis"))
    assert ("by-hand/owner", 1) in await nodes(engine, "Source", "slug", "vis")


async def test_a_source_may_be_named_and_stays_as_it_is(engine: Engine) -> None:
    network = await room(engine)
    ada = await viewer(network, Role.STAFF, "ada")
    (crew,) = await nodes(engine, "Source", "id", "slug", "title", "mode", "vis", "publisher", "search")
    found = await record_meeting(
        network, ada, MeetingEntry(key="one", participants=(ADA_, BEN_), on=DAY, source=str(crew[0]))
    )
    assert found is not None
    assert found.source.title == "Crew"
    assert await nodes(engine, "Source", "id", "slug", "title", "mode", "vis", "publisher", "search") == [crew]
