"""The erasure of a person, on each engine: nothing of them stays, and nothing brings them back."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from network.strength import Band
from service.auth import Role
from service.engines.protocol import Engine
from service.entries.cards import CardEntry, record_card
from service.entries.erasures import erase_person
from service.entries.introductions import AdvanceEntry, advance_introduction
from service.entries.limits import LimitsEntry, set_introducer_limits
from service.entries.people import PersonEntry, add_person
from service.errors import Code, ServiceError
from service.graph.audit import Shown, append, verify, who_saw
from service.graph.dump import dump, restore
from service.graph.model import AgentRecord, Mode
from service.graph.questions import ties
from service.graph.questions.pages import Page
from service.graph.questions.search import search
from service.graph.record.changes import Fate
from service.graph.record.suppressing import Names
from service.graph.record.write import load
from tests.conftest import emptied
from tests.entries.introducing import key, met, requested
from tests.entries.rooms import ADA, BEN, CAT, DAN, FORGE, MILL, room, viewer
from tests.graph.sayings import NOW, Json, Saying, Thing, batch, contents, loaded, nodes, person

ZOE = person("Zoë Quixote-Canary")
PARLIAMENT, NICK = person("4778", "parliament"), "Madame Z. Canary"
GALA = Thing("Event", "Gala")
CANARIES = ("quixote", "canary", "4778", "madame")
STORE = ("ImportBatch", "Erased", "Suppression", "Request")


def world(*people: object) -> list[Saying]:
    """What two sources say of a few people, Zoe among them if she is asked for."""
    who = [one for one in (ADA, BEN, CAT, ZOE) if one in people]
    gala = Saying("gala").shows(GALA)
    for one in who:
        gala.names(one, one.value)
        gala.says("ATTENDED", one, GALA, start="2026-03-02", unit="event:gala", status="ATTENDED")
    work = Saying("work").names(FORGE, "Old Forge")
    for one in who[1:]:
        work.names(one, one.value.title()).says("WORKS_FOR", one, FORGE, start="2019", end="..", unit="employer:forge")
    joins = Saying("joins", Mode.LOG)
    if ZOE in who:
        joins.names(ZOE, NICK).joins(ZOE, PARLIAMENT).knows("DECLARED", ZOE, BEN, "2026-02-02")
        joins.says("GAVE_BENEFIT", FORGE, ZOE, start="2026-04-01", unit="benefit:1", kind="dinner")
    return [gala, work, joins]


def text(rows: Sequence[Json]) -> str:
    return json.dumps(rows, default=str, ensure_ascii=False).casefold()


async def test_what_is_left_is_what_would_be_there_had_the_sources_never_told_of_them(engine: Engine) -> None:
    found = await room(engine)
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE))
    # Who was listed for a while and taken back is held too.
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE)[:1], Saying("fair").names(ZOE, "Zoe of the Fair"))
    await loaded(found.graph, Saying("fair"))
    officer = await viewer(found, Role.DATA_PROTECTION_OFFICER)
    before = (await found.graph.position()).number

    erasure = await erase_person(found.graph, officer, PARLIAMENT.agent)

    assert (await found.graph.position()).number == before + 1
    assert (erasure.claims, erasure.evidence, erasure.records, erasure.again) == (8, 7, 0, False)
    assert erasure.known == tuple(sorted({PARLIAMENT.agent, ZOE.agent}))
    left = await contents(engine, leaving_out=STORE)
    assert not [one for one in CANARIES if one in text(left)]
    assert await erase_person(found.graph, officer, PARLIAMENT.agent) == replace(
        erasure, known=(PARLIAMENT.agent,), claims=0, evidence=0, again=True
    )
    assert (await found.graph.position()).number == before + 1

    # The same files again bring nothing back.
    again = await loaded(found.graph, *world(ADA, BEN, CAT, ZOE))
    assert {fate: list(again.fates.values()).count(fate) for fate in Fate} == {
        Fate.WRITTEN: 0,
        Fate.UNCHANGED: 12,
        Fate.WITHHELD: 0,
        Fate.SUPPRESSED: 8,
    }
    assert await contents(engine, leaving_out=STORE) == left
    other = Saying("list").names(person("zoe  quixote canary"), "Zoe Quixote-Canary").names(DAN, "Dan")
    assert list((await loaded(found.graph, other)).fates.values()).count(Fate.SUPPRESSED) == 1

    # As if it had never been otherwise.
    await engine.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {}))
    fresh = await room(engine)
    await loaded(fresh.graph, *world(ADA, BEN, CAT))
    await loaded(fresh.graph, *world(ADA, BEN, CAT)[:1], Saying("fair"))
    assert await contents(engine, leaving_out=STORE) == left


async def test_what_was_recorded_by_hand_goes_with_those_it_takes_two_of(engine: Engine, tmp_path: Path) -> None:
    found = await room(engine)
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE))
    staff = await viewer(found, Role.STAFF, "staff")
    zoe = PARLIAMENT.agent
    await met(found, staff, zoe, BEN.agent, subject="Lunch")
    three = await met(found, staff, zoe, BEN.agent, CAT.agent, subject="About the zoe QUIXOTE canary case")
    await record_card(found, staff, CardEntry(key=key(), giver=zoe, receiver=ADA.agent, on="2026-05-05"))
    await requested(found, staff, ADA.agent, zoe, CAT.agent)
    other = await requested(found, staff, ADA.agent, BEN.agent, CAT.agent, concerning="after Madame Z. Canary")
    noted = AdvanceEntry(key=key(), introduction=other.id, to="REQUESTED", note="Zoë Quixote-Canary agrees")
    await advance_introduction(found, staff, noted)
    for person_, never in ((zoe, ()), (BEN.agent, (zoe, DAN.agent))):
        await set_introducer_limits(found, staff, LimitsEntry(key=key(), person=person_, never=never))
    seen = Shown("pri-1", "tok-1", NOW, None, ("person",), None, (zoe,))
    await append(found.graph, [seen])
    projection = await found.projection()
    assert PARLIAMENT.agent in projection.ties.agents.numbers

    erasure = await erase_person(found.graph, await viewer(found), zoe)

    assert (erasure.records, erasure.texts) == (3, 2)
    left = await contents(engine, leaving_out=("Erased",))
    assert not [one for one in CANARIES if one in text(left)]
    assert await nodes(engine, "Meeting", "id", "subject") == [(three, "About the [erased] case")]
    assert await nodes(engine, "Introduction", "id", "concerning", "stepNotes") == [
        (other.id, "after [erased]", ("", "[erased] agrees"))
    ]
    assert await nodes(engine, "IntroducerLimits", "person", "never") == [(BEN.agent, (DAN.agent,))]
    assert await nodes(engine, "CardExchange", "id") == []

    # Servers that run let go of them at the next question, and nothing that is asked tells of them.
    everything = (await viewer(found, purpose="test")).scope
    for name in ("Quixote", "Canary", "4778", zoe):
        assert (await search(found.graph, everything, name)).rows == ()
    projection = await found.projection()
    assert PARLIAMENT.agent not in projection.ties.agents.numbers
    known = (await ties.knows(found, everything, [BEN.agent], Page(first=9), min_band=Band.NONE))[BEN.agent]
    assert {row.b.id for row in known.rows} == {ADA.agent, CAT.agent}

    await dump(found.graph, tmp_path / "file")
    packed = gzip.decompress((tmp_path / "file").read_bytes()).decode().casefold()
    assert not [one for one in CANARIES if one in packed]
    assert [entry.people for entry in await who_saw(found.graph, [zoe])] == [(zoe,)]
    assert (await verify(found.graph)).broken is None

    before = await nodes(engine, "Suppression", "id")
    await emptied(engine)
    await restore(found.graph, tmp_path / "file")
    assert (await nodes(engine, "Suppression", "id"), len(before) > 0) == (before, True)


async def test_nobody_is_added_by_hand_who_was_erased_and_nobody_is_told_why(engine: Engine) -> None:
    found = await room(engine)
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE))
    await erase_person(found.graph, await viewer(found), PARLIAMENT.agent)
    staff = await viewer(found, Role.STAFF, "staff")
    refused = [
        PersonEntry(key="a", name="zoe quixote canary"),
        PersonEntry(key="b", name="Madame Z Canary", organization=FORGE.agent, confirm_new=True),
        PersonEntry(key="c", name="Zoe Quixote-Canary", organization=MILL.agent),
        PersonEntry(key="d", name="Somebody Else", identifiers=(("parliament", "4778"),)),
    ]
    before = await contents(engine)
    for entry in refused:
        with pytest.raises(ServiceError) as error:
            await add_person(found, staff, entry)
        assert (error.value.code, error.value.message, error.value.field) == (
            Code.CONFLICT,
            "this person cannot be recorded; ask the data-protection officer",
            "name",
        )
    assert await contents(engine) == before
    # Another person of that name, who works elsewhere, is somebody else.
    namesake = PersonEntry(key="e", name="Zoe Quixote-Canary", organization=MILL.agent, confirm_new=True)
    assert (await add_person(found, staff, namesake)).agent is not None


@pytest.mark.embedded
async def test_somebody_else_of_the_same_name_keeps_it(embedded: Engine) -> None:
    found = await room(embedded)
    driver, named = person("zoe", "f1db"), Saying("drivers").names(person("zoe", "f1db"), ZOE.value)
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE), named)
    await erase_person(found.graph, await viewer(found), PARLIAMENT.agent)
    before = await contents(embedded)
    assert {Fate.UNCHANGED} == set((await loaded(found.graph, named)).fates.values())
    assert (await contents(embedded), (driver.agent, ZOE.value) in await nodes(embedded, "Person", "id", "name")) == (
        before,
        True,
    )


async def test_only_those_who_may_erase_and_only_whom_there_is(engine: Engine) -> None:
    found = await room(engine)
    before = await contents(engine)
    for role in (Role.STAFF, Role.STEWARD, Role.ADMIN, Role.LOBBYING):
        with pytest.raises(ServiceError, match="may not erase") as refused:
            await erase_person(found.graph, await viewer(found, role), ADA.agent)
        assert refused.value.code is Code.FORBIDDEN
    for id in ("per-nobody", FORGE.agent):
        with pytest.raises(ServiceError, match="nobody here has the id") as missing:
            await erase_person(found.graph, await viewer(found), id)
        assert missing.value.code is Code.NOT_FOUND
    assert await contents(engine) == before


@pytest.mark.embedded
async def test_a_load_that_joins_another_identity_to_an_erased_one_brings_nobody_back(embedded: Engine) -> None:
    found = await room(embedded)
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE))
    await erase_person(found.graph, await viewer(found), PARLIAMENT.agent)
    left = await contents(embedded, leaving_out=STORE)
    driver = person("zoe-canary", "f1db")
    race = Saying("race").names(driver, "Z. Canary").joins(driver, PARLIAMENT).says("ATTENDED", driver, GALA)
    record = AgentRecord(driver.agent, driver.kind, "Z. Canary", (), (), (driver, PARLIAMENT), 0)
    said = replace(batch(race), agents={driver.agent: record})
    assert set((await load(found.graph, said)).fates.values()) == {Fate.SUPPRESSED, Fate.UNCHANGED}
    after = await contents(embedded, leaving_out=(*STORE, "Source"))
    assert [one for one in after if one not in left] == []


@pytest.mark.embedded
async def test_whichever_source_of_a_load_says_what_an_event_is_it_does_not_name_the_erased(embedded: Engine) -> None:
    found = await room(embedded)
    await loaded(found.graph, *world(ADA, BEN, CAT, ZOE))
    await erase_person(found.graph, await viewer(found), PARLIAMENT.agent)
    ball = Thing("Event", "Ball")
    secret, gazette = Saying("a-secret", vis=2).shows(ball), Saying("b-gazette").names(ZOE, ZOE.value).shows(ball)
    gazette.nodes[ball.id] = replace(gazette.nodes[ball.id], name=f"Ball of {ZOE.value}")
    await loaded(found.graph, secret, gazette)
    assert ("Ball of [erased]", 0) in await nodes(embedded, "Event", "name", "vis")


def test_a_text_loses_the_name_and_keeps_the_rest() -> None:
    names = Names.of(["Zoë O'Canary", "Zed"])
    said = {
        "Lunch with zoe O\N{RIGHT SINGLE QUOTATION MARK}Canary": "Lunch with [erased]",
        "https://example.org/people/zoe-ocanary/1": "https://example.org/people/[erased]/1",
        "zed": "[erased]",
        "Zed's dead": "Zed's dead",
        "Nobody here": "Nobody here",
    }
    assert {one: names.cleared(one) for one in said} == said
