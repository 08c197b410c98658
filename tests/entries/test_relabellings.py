"""What gets another class is in the graph, and in the memory of every process, as if it had never had the other."""

import random
from typing import cast

import pytest

from service.auth import Role, Viewer, owner
from service.engines.protocol import Engine
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.relabellings import RelabellingEntry, read_class, relabel
from service.entries.retractions import RetractionEntry, retract_claim
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.model import Mode
from service.graph.questions import nodes, ties
from service.graph.questions.clocks import When
from service.graph.questions.rows import CardExchange, Meeting
from service.graph.questions.ties import Network
from service.graph.store import Graph, Write
from tests.conftest import emptied
from tests.entries import introducing
from tests.entries.rooms import ADA, BEN, CAT, DAN, DINNER, FORGE, network, room, viewer
from tests.graph.sayings import Json, Saying, Thing, contents, loaded, person, relations
from tests.graph.sayings import nodes as graph_nodes

PUBLIC, MEMBERS, STAFF, LOBBYING, BOARD = "PUBLIC", "MEMBERS", "STAFF", "LOBBYING", "STAFF+board"
CLASSES = (PUBLIC, MEMBERS, STAFF, LOBBYING, BOARD)
SHADE = person("Shade")
DAY, EVENING = "2026-11-20", "2026-03-02"
WORKERS = (ADA, BEN, CAT, SHADE)


def entry(record: object, label: str, key: str = "one") -> RelabellingEntry:
    level, compartments = read_class(label)
    return RelabellingEntry(key=key, record=str(record), visibility=level, compartments=compartments)


async def boarded(graph: Graph) -> None:
    """The class of the board, as number 4."""

    async def work(write: Write) -> None:
        table = await visibility.classes(graph)
        table.number("STAFF", ["board"])
        await visibility.save(write, table.added)

    await graph.write(work)


def staff(*labels: str) -> Saying:
    """Who works at the forge and came to dinner, each under a class; one of them is known by nothing public."""
    saying = Saying("staff").names(SHADE, "Shade", vis=CLASSES.index(STAFF))
    vis = [CLASSES.index(label) for label in labels]
    for who, start, seen in zip(WORKERS, ("2019", "2021-05", "2024", "2020"), vis, strict=False):
        saying.says("WORKS_FOR", who, FORGE, start=start, end="..", unit=f"employer:{FORGE}", vis=seen)
    for who, seen in zip(WORKERS, vis[len(WORKERS) :], strict=True):
        saying.says("ATTENDED", who, DINNER, start=EVENING, unit="event:it", status="ATTENDED", vis=seen)
    return saying


def unmarked(rows: list[Json]) -> list[Json]:
    """All but who relabelled it, and how visible what a source tells of in its own right has become."""
    shared = {"Source", "Event"}
    return [
        {name: value for name, value in row.items() if name != "relabelledBy"}
        | ({"vis": None} if shared & {*cast("list[str]", row.get("labels", []))} else {})
        for row in rows
    ]


async def claims(engine: Engine) -> dict[tuple[object, object], str]:
    """The id of each claim of the staff, by its type and whom it is about."""
    rows = await relations(engine, "WORKS_FOR", "origin", "id") + await relations(engine, "ATTENDED", "origin", "id")
    return {cast("tuple[object, object]", origin): str(id) for origin, id in rows}


@pytest.mark.parametrize("seed", range(3))
async def test_a_graph_relabelled_claim_by_claim_is_the_graph_loaded_under_those_classes(
    engine: Engine, seed: int
) -> None:
    drawn = random.Random(seed)
    before, after = ([drawn.choice(CLASSES) for _ in range(8)] for _ in range(2))
    at = await room(engine)
    await boarded(at.graph)
    await loaded(at.graph, staff(*after))
    wanted = unmarked(await contents(engine, leaving_out=("ImportBatch", "Erased", "Request")))
    moments = await relations(engine, "KNOWS", "id", "vis", "recordedAt")
    await emptied(engine)
    at = await room(engine)
    await boarded(at.graph)
    await loaded(at.graph, staff(*before))
    who, ids = await owner(at.graph, None, "a test"), await claims(engine)
    places = [*((one.agent, FORGE.agent) for one in WORKERS), *((one.agent, DINNER.id) for one in WORKERS)]
    for place in drawn.sample(range(8), 8):
        await relabel(at, who, entry(ids[places[place]], after[place], str(place)))
    assert unmarked(await contents(engine, leaving_out=("ImportBatch", "Erased", "Request"))) == wanted
    assert [row[:2] for row in await relations(engine, "KNOWS", "id", "vis", "recordedAt")] == [
        row[:2] for row in moments
    ]
    # No record of evidence is younger than the claims it follows from: what was known before is told anew.
    youngest = max(str(row[0]) for row in await relations(engine, "WORKS_FOR", "recordedAt"))
    assert {str(row[0]) <= youngest for row in await relations(engine, "KNOWS", "recordedAt")} <= {True}


async def seen(found: Network, who: Viewer, known_at: str | None = None) -> list[object]:
    """What a viewer sees of Ada's ties in a process that goes on running, and of those who have them."""
    scope = (await owner(found.graph, Role(who.roles[0]))).scope
    when = When(known_at=known_at)
    there = await ties.tie(found, scope, ADA.agent, BEN.agent, when)
    known = (await ties.knows(found, scope, [ADA.agent], when=when))[ADA.agent]
    return [None if there is None else there.evidence_count, [one.b.name for one in known.rows]]


async def test_a_running_process_shows_what_was_relabelled_in_its_next_answer_and_at_earlier_moments(
    engine: Engine,
) -> None:
    at = await room(engine)
    ada, member = await viewer(at, Role.STEWARD, "ada"), await viewer(at, Role.MEMBERS)
    met = await record_meeting(
        at, ada, MeetingEntry(key="m", participants=(ADA.agent, BEN.agent), on=DAY, visibility=MEMBERS)
    )
    call = await record_contact(
        at,
        ada,
        ContactEntry(key="c", start=ADA.agent, end=CAT.agent, kind="CALL", on=DAY, visibility=MEMBERS),
    )
    assert met is not None
    assert call is not None
    moment = (await relations(engine, "KNOWS", "recordedAt"))[-1][0]
    running, steps = network(engine), list[object]()
    for record, label in (
        (None, ""),
        (met.id, BOARD),  # its evidence goes, and comes under an id of the board's
        (call.id, BOARD),
        (met.id, PUBLIC),
        (call.id, MEMBERS),
    ):
        if record is not None:
            await relabel(at, await owner(at.graph, None, "a test"), entry(record, label, f"{record}{label}"))
        steps.append([await seen(running, member), await seen(running, member, str(moment))])
    both, cat, ben, none = [1, ["Ben Hope", "Cat Stone"]], [None, ["Cat Stone"]], [1, ["Ben Hope"]], [None, list[str]()]
    assert steps == [[both, both], [cat, cat], [none, none], [ben, ben], [both, both]]
    shown = await nodes.node(at.graph, (await owner(at.graph, Role.MEMBERS)).scope, met.id)
    assert isinstance(shown, Meeting)
    assert [one.name for one in shown.participants] == ["Ada Byron", "Ben Hope"]


async def test_what_followed_at_an_earlier_moment_is_hidden_with_the_claim_it_followed_from(engine: Engine) -> None:
    at = await room(engine)
    ada = await viewer(at, Role.STEWARD, "ada")
    told = MeetingEntry(key="m", participants=(ADA.agent, BEN.agent), on=DAY, visibility=MEMBERS)
    met = await record_meeting(at, ada, told)
    assert met is not None
    moment = str((await relations(engine, "KNOWS", "recordedAt"))[-1][0])
    await retract_claim(at, ada, RetractionEntry(key="r", claim=met.id, reason="a mistake"))
    running, member = network(engine), await viewer(at, Role.MEMBERS)
    before = await seen(running, member, moment)
    await relabel(at, ada, entry(met.id, STAFF))
    assert before == [1, ["Ben Hope"]]
    assert await seen(running, member, moment) == [None, []]
    assert await nodes.node(at.graph, member.scope, met.id) is None


async def test_an_agent_is_as_visible_as_the_least_strict_record_that_mentions_it(engine: Engine) -> None:
    at = await room(engine)
    await boarded(at.graph)
    await loaded(at.graph, staff(*([STAFF] * 8)))
    who, ids, found = await owner(at.graph, None, "a test"), await claims(engine), list[object]()
    for key, label in enumerate((MEMBERS, LOBBYING, BOARD, PUBLIC)):
        await relabel(at, who, entry(ids[SHADE.agent, FORGE.agent], label, str(key)))
        found.append(
            await engine.read("MATCH (p:Person {id: $id}) RETURN p.vis AS vis, p.name AS name", {"id": SHADE.agent})
        )
    assert found == [[{"vis": vis, "name": "Shade"}] for vis in (1, 2, 2, 0)]


async def test_what_a_claim_is_about_is_shown_with_it_and_not_hidden_with_it(engine: Engine) -> None:
    at = await room(engine)
    post, skill, paper = Thing("Post", "Minister"), Thing("Capability", "forging"), Thing("Certification", "AS9100")
    saying = Saying("few", vis=3).says("HOLDS", ADA, post, start="2020", end="..", unit="department:ministry")
    saying.says("HAS_CAPABILITY", FORGE, skill).says("HOLDS_CERTIFICATION", FORGE, paper)
    await loaded(at.graph, saying)
    who, steps = await owner(at.graph, None, "a test"), list[object]()

    async def look() -> None:
        things = [(await graph_nodes(engine, one.label, "vis"))[0][0] for one in (post, skill, paper)]
        sources = [row[0] for row in await graph_nodes(engine, "Source", "vis", "slug") if row[1] == "few"]
        steps.append((things, sources))

    await look()
    for label in (MEMBERS, STAFF):
        for relation in ("HOLDS", "HAS_CAPABILITY", "HOLDS_CERTIFICATION"):
            ((id,),) = await relations(engine, relation, "id")
            await relabel(at, who, entry(id, label, f"{relation}{label}"))
        await look()
    assert steps == [([3, 3, 3], [3]), ([1, 1, 1], [1]), ([1, 1, 1], [1])]
    assert [await relations(engine, relation, "vis") for relation in ("HOLDS", "HAS_CAPABILITY")] == [[(2,)], [(2,)]]


async def test_relabelling_twice_changes_nothing_and_makes_no_revision(engine: Engine) -> None:
    at = await room(engine)
    who = await owner(at.graph, None, "a test")
    card = await record_card(at, who, CardEntry(key="c", giver=ADA.agent, receiver=DAN.agent, on=DAY, event=DINNER.id))
    assert card is not None
    first = await relabel(at, who, entry(card.id, BOARD))
    before = await contents(engine, leaving_out=()), await at.graph.position()
    again = await relabel(at, await owner(at.graph, None, "a test"), entry(card.id, BOARD, "two"))
    repeated = await relabel(at, await owner(at.graph, None, "a test"), entry(card.id, BOARD))
    assert isinstance(first, CardExchange)
    assert first == again == repeated
    assert (await contents(engine, leaving_out=()), await at.graph.position()) == before
    kept = [
        (row[0], row[1])
        for name in ("GAVE_CARD", "RECEIVED_CARD", "EXCHANGED_AT")
        for row in await relations(engine, name, "vis", "relabelledBy")
    ]
    assert kept == [(4, "owner")] * 3


async def test_no_load_takes_back_what_was_relabelled_neither_repeated_nor_corrected(engine: Engine) -> None:
    at = await room(engine)
    await boarded(at.graph)
    calls = Saying("calls", Mode.HISTORY, vis=1).names(BEN, BEN.value).knows("CALL", BEN, CAT, DAY, "one")
    await loaded(at.graph, staff(*([MEMBERS] * 8)), calls)
    who, ids = await owner(at.graph, None, "a test"), await claims(engine)
    await relabel(at, who, entry(ids[ADA.agent, FORGE.agent], STAFF))
    call = [row[0] for row in await relations(engine, "KNOWS", "id", "kind") if row[1] == "CALL"]
    await relabel(at, who, entry(call[0], STAFF, "two"))
    before = await contents(engine)

    await loaded(at.graph, staff(*([MEMBERS] * 8)), calls)
    repeated = await contents(engine)
    corrected = staff(*([MEMBERS] * 8))
    corrected.assertions[1:2] = (
        Saying("staff")
        .says("WORKS_FOR", ADA, FORGE, start="2018", end="..", unit=f"employer:{FORGE}", vis=1)
        .assertions
    )
    later = Saying("calls", Mode.HISTORY, vis=1).names(BEN, BEN.value).knows("CALL", BEN, CAT, EVENING, "one")
    await loaded(at.graph, corrected, later)

    assert repeated == before
    works = [
        row
        for row in await relations(engine, "WORKS_FOR", "start", "vis", "relabelledBy", "retractedAt", "a")
        if row[2]
    ]
    assert [(row[:3], row[3] is None) for row in works] == [
        (("2018", 2, "owner"), True),
        (("2019", 2, "owner"), False),
    ]
    known = [row for row in await relations(engine, "KNOWS", "on", "vis", "relabelledBy", "kind") if row[3] == "CALL"]
    assert [row[:3] for row in known] == [(EVENING, 2, "owner"), (DAY, 2, "owner")]


async def test_no_step_of_an_introduction_makes_it_less_strict_than_somebody_said(engine: Engine) -> None:
    at = await room(engine)
    who = await owner(at.graph, None, "a test")
    made = await introducing.requested(at, who)
    await introducing.advanced(at, who, made.id, *introducing.WAY)
    await relabel(at, who, entry(made.id, BOARD))
    who = await owner(at.graph, None, "a test")
    met = await introducing.met(at, who)
    await introducing.advanced(at, who, made.id, "MET", meeting=met)
    parts = [
        row[0] for name in ("REQUESTS", "INTRODUCES", "INTRODUCED_IN") for row in await relations(engine, name, "vis")
    ]
    assert parts == [4] * 5  # two of them were said anew
    known = [row for row in await relations(engine, "KNOWS", "kind", "vis") if row[0] == "INTRODUCTION"]
    assert known == [("INTRODUCTION", 4)]
    assert [row[0] for row in await graph_nodes(engine, "Introduction", "vis", "status")] == [4]


async def test_who_may_not_relabel_or_not_to_that_class_is_refused_and_nothing_is_written(engine: Engine) -> None:
    at = await room(engine)
    ada, ben = await viewer(at, Role.STEWARD, "ada"), await viewer(at, Role.STAFF, "ben")
    met = await record_meeting(at, ben, MeetingEntry(key="m", participants=(ADA.agent, BEN.agent), on=DAY))
    hidden = await record_meeting(
        at,
        await owner(at.graph, None, "a test"),
        MeetingEntry(key="h", participants=(ADA.agent, CAT.agent), on=DAY, visibility=LOBBYING),
    )
    assert met is not None
    assert hidden is not None
    evidence = str((await relations(engine, "KNOWS", "id", "vis"))[0][0])
    before = await contents(engine, leaving_out=())
    outcomes: list[tuple[Code, str | None, str]] = []
    for who, record, label in (
        (ben, met.id, MEMBERS),
        (ada, met.id, LOBBYING),
        (ada, met.id, "STAFF+unheard-of"),
        (ada, hidden.id, STAFF),
        (ada, "mtg-none", STAFF),
        (ada, ADA.agent, STAFF),
    ):
        with pytest.raises(ServiceError) as error:
            await relabel(at, who, entry(record, label))
        outcomes.append((error.value.code, error.value.field, error.value.message))
    known = [row[0] for row in await relations(engine, "KNOWS", "id", "vis") if row[1] == 2]  # the one that ada sees
    with pytest.raises(ServiceError) as derived:
        await relabel(at, ada, entry(known[0], MEMBERS))

    gone = (Code.NOT_FOUND, "record", "record names nothing that is there; look the id up again")
    assert outcomes == [
        (Code.FORBIDDEN, None, "staff may not steward; ask an administrator"),
        (Code.FORBIDDEN, "visibility", "nobody writes what they cannot read, and LOBBYING is not yours to read"),
        (
            Code.FORBIDDEN,
            "compartments",
            "nobody writes what they cannot read, and one of these compartments is not yours to read",
        ),
        gone,
        gone,
        (
            Code.BAD_USER_INPUT,
            "record",
            "only claims, evidence, meetings, cards and introductions have a class of their own",
        ),
    ]
    assert (derived.value.code, met.id in derived.value.message, evidence != "") == (Code.CONFLICT, True, True)
    assert await contents(engine, leaving_out=()) == before


def test_a_class_is_a_level_with_compartments() -> None:
    assert read_class(" staff + deal+board ") == ("STAFF", ("board", "deal"))
    for text in ("SECRET", "STAFF+", "+board", ""):
        with pytest.raises(ServiceError) as error:
            read_class(text)
        assert error.value.message.startswith(f"{text!r} is no class; write a level (PUBLIC, MEMBERS, STAFF, LOBBYING)")
