"""Lists of claims: exact pages, what is current, what contradicts, and what may not be seen."""

from typing import Any, TypeVar

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.questions import claims
from service.graph.questions.clocks import When
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import (
    Affiliation,
    Attendance,
    Benefit,
    Capability,
    CapabilityClaim,
    CertificationClaim,
    Current,
    DisputePolicy,
    Event,
    MembershipClaim,
    Ownership,
    Post,
    PostHolding,
    Record,
    Supply,
)
from service.graph.store import Graph
from tests.graph.little import (
    EVERYBODY,
    EVERYTHING,
    GAZETTE,
    REGISTER,
    STAFF,
    THEN,
    Little,
    organization,
    person,
)

R = TypeVar("R", bound=Record)

ANN, BEN, CAT = person("per-ann", "Ann Alloy"), person("per-ben", "Ben Bearing"), person("per-cat", "Cat Camshaft")
FORGE, GEARS = organization("org-forge", "Forge Ltd", "supplier", country="GB"), organization("org-gears", "Gears Ltd")
GRINDING = Capability("cap-grinding", "grinding", ("abrasive machining",))


def little() -> Little:
    """Three people, two firms, and what they can do."""
    found = Little()
    for one in (ANN, BEN, CAT):
        found.node(one.id, one.name)
    found.node(FORGE.id, FORGE.name, kinds=["supplier"], country="GB")
    found.node(GEARS.id, GEARS.name)
    found.node(GRINDING.id, GRINDING.name, altLabels=["abrasive machining"])
    return found


def record(id: str) -> dict[str, Any]:
    """What every claim of the register carries."""
    return {
        "id": id,
        "source": REGISTER,
        "locator": f"row {id}",
        "recorded_at": THEN,
        "retracted_at": None,
        "confidence": 1.0,
        "vis": 0,
    }


def claim(id: str, **said: object) -> dict[str, Any]:
    """What every dated claim of the register carries; undated and undisputed unless it says more."""
    dated = {"start": None, "end": None, "earliest": None, "latest": None, "observed": (), "unseen": ()}
    return {**record(id), **dated, "disputed": False, **said}


def ids(found: Slice[R]) -> list[str]:
    return [row.id for row in found.rows]


async def test_the_people_of_an_organization_come_by_name_with_everything_their_claim_says(engine: Engine) -> None:
    made = little()
    dates = {"start": "2019-05", "end": "..", "earliest": "2019-05-01", "latest": "9999-12-31"}
    made.claim("WORKS_FOR", BEN.id, FORGE.id, "clm-1", role="buyer", **dates)
    made.claim("DIRECTOR_OF", ANN.id, FORGE.id, "clm-2")
    graph = await made.save(engine)

    found = await claims.people(graph, EVERYBODY, [FORGE.id, GEARS.id], Page(total=True))

    director = Affiliation(**claim("clm-2"), person=ANN, organization=FORGE, role="director")
    buyer = Affiliation(**claim("clm-1", **dates), person=BEN, organization=FORGE, role="buyer")
    assert found[FORGE.id].rows == (director, buyer)
    assert (found[FORGE.id].total, found[GEARS.id].rows, found[GEARS.id].total) == (2, (), 0)


async def test_pages_walk_a_list_in_both_directions_without_gap_or_repetition(engine: Engine) -> None:
    made = little()
    for number, one in enumerate((CAT, ANN, BEN, ANN, CAT)):
        made.claim("WORKS_FOR", one.id, FORGE.id, f"clm-{number}", role=f"role {number}")
    graph = await made.save(engine)
    whole = ["clm-1", "clm-3", "clm-2", "clm-0", "clm-4"]

    async def walk(page: Page) -> Slice[Affiliation]:
        return (await claims.people(graph, EVERYBODY, [FORGE.id], page))[FORGE.id]

    first = await walk(Page(first=2))
    second = await walk(Page(first=2, after=first.cursors[-1]))
    third = await walk(Page(first=2, after=second.cursors[-1]))
    assert [ids(first), ids(second), ids(third)] == [whole[:2], whole[2:4], whole[4:]]
    assert [(page.has_previous, page.has_next) for page in (first, second, third)] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    last = await walk(Page(last=2))
    before = await walk(Page(last=2, before=last.cursors[0]))
    assert [ids(before), ids(last)] == [whole[1:3], whole[3:]]
    assert [(page.has_previous, page.has_next) for page in (before, last)] == [(True, True), (True, False)]


async def test_a_cursor_keeps_the_day_and_the_knowledge_of_its_first_page(engine: Engine) -> None:
    made = little()
    for number, one in enumerate((ANN, BEN)):
        made.claim("WORKS_FOR", one.id, FORGE.id, f"clm-{number}", earliest="2020-01-01", latest="2020-12-31")
    made.claim("WORKS_FOR", CAT.id, FORGE.id, "clm-later", earliest="2020-01-01", recordedAt="2026-10-01")
    graph = await made.save(engine)
    when = When("2020-06-01", "2026-06-01T00:00:00Z")

    first = (await claims.people(graph, EVERYBODY, [FORGE.id], Page(first=1), when))[FORGE.id]
    rest = (await claims.people(graph, EVERYBODY, [FORGE.id], Page(first=5, after=first.cursors[0])))[FORGE.id]

    assert (ids(first), ids(rest)) == (["clm-0"], ["clm-1"])


async def test_a_cursor_of_another_list_parent_or_argument_and_one_changed_by_a_letter_are_refused(
    engine: Engine,
) -> None:
    made = little()
    for number, one in enumerate((ANN, BEN)):
        made.claim("WORKS_FOR", one.id, FORGE.id, f"clm-{number}")
    graph = await made.save(engine)
    cursor = (await claims.people(graph, EVERYBODY, [FORGE.id], Page(first=1)))[FORGE.id].cursors[0]
    changed = ("A" if cursor[20] != "A" else "B").join((cursor[:20], cursor[21:]))

    for refused in (
        claims.people(graph, EVERYBODY, [GEARS.id], Page(after=cursor)),
        claims.people(graph, EVERYBODY, [FORGE.id], Page(after=cursor), current=Current.YES),
        claims.members(graph, EVERYBODY, [FORGE.id], Page(after=cursor)),
        claims.people(graph, EVERYBODY, [FORGE.id], Page(after=changed)),
        claims.people(graph, EVERYBODY, [FORGE.id], Page(after="")),
    ):
        with pytest.raises(ServiceError) as error:
            await refused
        assert error.value.code is Code.BAD_USER_INPUT
        assert error.value.message == "this cursor is not one of this list; begin again without a cursor"


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (Page(first=0), "first is 0; it may be 1 to 100"),
        (Page(first=101), "first is 101; it may be 1 to 100"),
        (Page(last=101), "last is 101; it may be 1 to 100"),
        (Page(first=1, last=1), "first and last exclude each other; give one of them"),
    ],
)
def test_a_page_out_of_bounds_is_refused_in_a_plain_sentence(page: Page, sentence: str) -> None:
    with pytest.raises(ServiceError) as error:
        _ = page.size
    assert (error.value.code, error.value.message) == (Code.BAD_USER_INPUT, sentence)


async def test_an_interval_is_current_between_known_ends_and_unknown_where_an_end_is_unknown(engine: Engine) -> None:
    made = little()
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-both", earliest="2019-01-01", latest="2021-12-31")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-open", earliest="2020-01-01", latest="9999-12-31")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-no-end", earliest="2020-01-01")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-no-start", latest="2020-12-31")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-undated")
    graph = await made.save(engine)
    judged = {
        "2018-12-31": {"clm-both": "NO", "clm-open": "NO", "clm-no-end": "NO", "clm-no-start": "UNKNOWN"},
        "2020-06-01": {"clm-both": "YES", "clm-open": "YES", "clm-no-end": "UNKNOWN", "clm-no-start": "UNKNOWN"},
        "2022-01-01": {"clm-both": "NO", "clm-open": "YES", "clm-no-end": "UNKNOWN", "clm-no-start": "NO"},
    }

    for day, expected in judged.items():
        await _judges_alike(graph, day, {**expected, "clm-undated": "UNKNOWN"})


async def test_a_register_makes_a_claim_current_from_its_first_sighting_to_the_first_register_without_it(
    engine: Engine,
) -> None:
    made = little()
    seen = {"observed": ["2020-03-01", "2020-09-01", "2022-03-01"], "unseen": ["2021-03-01", "2023-03-01"]}
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-seen", **seen)
    graph = await made.save(engine)
    judged = {
        "2020-02-29": "UNKNOWN",
        "2020-03-01": "YES",
        "2021-02-28": "YES",
        "2021-03-01": "NO",
        "2022-02-28": "NO",
        "2022-03-01": "YES",
        "2023-03-01": "NO",
    }

    for day, expected in judged.items():
        await _judges_alike(graph, day, {"clm-seen": expected})


async def _judges_alike(graph: Graph, day: str, expected: dict[str, str]) -> None:
    """The row and the statement give one judgement; a day without `current` keeps YES and UNKNOWN."""
    whole = (await claims.people(graph, EVERYBODY, [FORGE.id]))[FORGE.id]
    assert {row.id: row.current(day).value for row in whole.rows} == expected, day
    for judgement in Current:
        page = (await claims.people(graph, EVERYBODY, [FORGE.id], when=When(day), current=judgement))[FORGE.id]
        assert sorted(ids(page)) == sorted(id for id, found in expected.items() if found == judgement.value), day
    likely = (await claims.affiliations(graph, EVERYBODY, [ANN.id], when=When(day)))[ANN.id]
    assert sorted(ids(likely)) == sorted(id for id, found in expected.items() if found != "NO"), day


async def test_what_was_known_at_a_moment_is_what_was_recorded_by_then_and_not_yet_taken_back(engine: Engine) -> None:
    made = little()
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-old", recordedAt="2026-01-01", retractedAt="2026-03-01")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-new", recordedAt="2026-03-01")
    graph = await made.save(engine)

    async def known(moment: str | None) -> list[str]:
        return ids((await claims.affiliations(graph, EVERYBODY, [ANN.id], when=When(None, moment)))[ANN.id])

    assert await known("2025-12-31T00:00:00Z") == []
    assert await known("2026-02-01T00:00:00Z") == ["clm-old"]
    assert await known("2026-04-01T00:00:00Z") == ["clm-new"]
    assert await known(None) == ["clm-new"]


async def test_a_claim_is_seen_only_where_it_both_its_ends_and_its_source_are(engine: Engine) -> None:
    made = little()
    made.node("per-hid", "Hidden Hand", vis=STAFF)
    made.node("per-unclassed", "No Class", vis=None)
    made.node("src-hidden", title="Hidden", vis=STAFF)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-seen")
    made.claim("WORKS_FOR", BEN.id, FORGE.id, "clm-hidden", vis=STAFF)
    made.claim("WORKS_FOR", BEN.id, FORGE.id, "clm-unclassed", vis=None)
    made.claim("WORKS_FOR", BEN.id, FORGE.id, "clm-of-hidden-source", source="src-hidden")
    made.claim("WORKS_FOR", "per-hid", FORGE.id, "clm-of-hidden-person")
    made.claim("WORKS_FOR", "per-unclassed", FORGE.id, "clm-of-unclassed-person")
    graph = await made.save(engine)

    public = (await claims.people(graph, EVERYBODY, [FORGE.id], Page(total=True)))[FORGE.id]
    staff = (await claims.people(graph, EVERYTHING, [FORGE.id], Page(total=True)))[FORGE.id]

    assert (ids(public), public.total) == (["clm-seen"], 1)
    assert (ids(staff), staff.total) == (
        ["clm-seen", "clm-hidden", "clm-of-hidden-source", "clm-of-hidden-person"],
        4,
    )


async def test_the_list_of_a_hidden_parent_is_that_of_one_that_does_not_exist(engine: Engine) -> None:
    made = little()
    made.node("org-hid", "Hidden Ltd", vis=STAFF)
    made.claim("WORKS_FOR", ANN.id, "org-hid", "clm-1")
    graph = await made.save(engine)

    found = await claims.people(graph, EVERYBODY, ["org-hid", "org-not"], Page(total=True))

    assert found["org-hid"] == found["org-not"] == Slice((), (), has_next=False, has_previous=False, total=0)


async def test_claims_contradict_each_other_by_source_time_and_value_and_the_policy_decides_which_count(
    engine: Engine,
) -> None:
    made = little()
    other = {"source": GAZETTE.id, "recordedAt": "2026-02-01"}
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-early", role="buyer", verifiedAt=THEN)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-late", role="seller", **other)
    dates = {"start": "2019", "earliest": "2019-01-01"}
    made.claim("WORKS_FOR", BEN.id, FORGE.id, "clm-coarse", **dates)
    made.claim("WORKS_FOR", BEN.id, FORGE.id, "clm-fine", start="2019-05", earliest="2019-05-01", **other)
    made.claim("WORKS_FOR", CAT.id, FORGE.id, "clm-once", role="a", earliest="2001-01-01", latest="2001-12-31")
    made.claim("WORKS_FOR", CAT.id, FORGE.id, "clm-again", role="b", earliest="2003-01-01", **other)
    graph = await made.save(engine)
    agreed = ["clm-coarse", "clm-fine", "clm-again", "clm-once"]

    async def counted(policy: DisputePolicy) -> list[tuple[str, bool]]:
        page = (await claims.people(graph, EVERYBODY, [FORGE.id], disputes=policy))[FORGE.id]
        return [(row.id, row.disputed) for row in page.rows]

    calm = [(id, False) for id in agreed]
    assert await counted(DisputePolicy.LATEST) == [("clm-late", True), *calm]
    assert await counted(DisputePolicy.VERIFIED_FIRST) == [("clm-early", True), *calm]
    assert await counted(DisputePolicy.STRICT) == calm


async def test_a_contradiction_by_a_hidden_claim_disputes_nothing(engine: Engine) -> None:
    made = little()
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-seen", role="buyer")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-hidden", vis=STAFF, role="seller", source=GAZETTE.id)
    graph = await made.save(engine)

    page = (await claims.people(graph, EVERYBODY, [FORGE.id], disputes=DisputePolicy.STRICT))[FORGE.id]

    assert [(row.id, row.disputed) for row in page.rows] == [("clm-seen", False)]


async def test_posts_are_listed_by_start_from_the_holder_and_from_the_post(engine: Engine) -> None:
    made = little()
    made.node("pst-chair", "Chair")
    early = {"start": "2010", "earliest": "2010-01-01", "latest": "2012-12-31", "end": "2012"}
    late = {"start": "2013", "earliest": "2013-01-01", "latest": "9999-12-31", "end": ".."}
    made.claim("HOLDS", ANN.id, "pst-chair", "clm-2", **late)
    made.claim("HOLDS", ANN.id, "pst-chair", "clm-9", **early)
    graph = await made.save(engine)
    chair = Post("pst-chair", "Chair")
    rows = (
        PostHolding(**claim("clm-9", **early), person=ANN, post=chair),
        PostHolding(**claim("clm-2", **late), person=ANN, post=chair),
    )

    held, holders = await claims.posts(graph, EVERYBODY, [ANN.id]), await claims.holders(graph, EVERYBODY, [chair.id])

    assert (held[ANN.id].rows, holders[chair.id].rows) == (rows, rows)


async def test_members_may_be_people_and_organizations(engine: Engine) -> None:
    made = little()
    made.claim("MEMBER_OF", GEARS.id, FORGE.id, "clm-1", role="gold")
    made.claim("MEMBER_OF", ANN.id, FORGE.id, "clm-2", role="patron")
    graph = await made.save(engine)
    patron = MembershipClaim(**claim("clm-2"), member=ANN, organization=FORGE, role="patron")
    gold = MembershipClaim(**claim("clm-1"), member=GEARS, organization=FORGE, role="gold")

    members = await claims.members(graph, EVERYBODY, [FORGE.id])
    memberships = await claims.memberships(graph, EVERYBODY, [ANN.id, GEARS.id])

    assert members[FORGE.id].rows == (patron, gold)
    assert (memberships[ANN.id].rows, memberships[GEARS.id].rows) == ((patron,), (gold,))


async def test_supply_is_listed_from_both_ends_and_a_hidden_capability_is_left_out(engine: Engine) -> None:
    made = little()
    made.node("cap-hid", "stealth", vis=STAFF)
    made.claim("SUPPLIES", FORGE.id, GEARS.id, "clm-1", capability=GRINDING.id)
    made.claim("SUPPLIES", FORGE.id, GEARS.id, "clm-2", capability="cap-hid")
    made.claim("SUPPLIES", FORGE.id, GEARS.id, "clm-3")
    graph = await made.save(engine)
    rows = tuple(
        Supply(**claim(id), supplier=FORGE, customer=GEARS, capability=capability)
        for id, capability in (("clm-1", GRINDING), ("clm-2", None), ("clm-3", None))
    )

    suppliers = await claims.suppliers(graph, EVERYBODY, [GEARS.id])
    customers = await claims.customers(graph, EVERYBODY, [FORGE.id])

    assert (suppliers[GEARS.id].rows, customers[FORGE.id].rows) == (rows, rows)


async def test_a_capability_is_held_by_whoever_can_do_it_or_a_narrower_one(engine: Engine) -> None:
    made = little()
    made.node("cap-machining", "machining")
    made.claim("BROADER", GRINDING.id, "cap-machining", "clm-broader")
    made.claim("HAS_CAPABILITY", FORGE.id, GRINDING.id, "clm-1", level="prime", verified=True)
    made.claim("HAS_CAPABILITY", GEARS.id, "cap-machining", "clm-2")
    graph = await made.save(engine)
    machining = Capability("cap-machining", "machining", ())
    narrow = CapabilityClaim(**claim("clm-1"), organization=FORGE, capability=GRINDING, level="prime", verified=True)
    broad = CapabilityClaim(**claim("clm-2"), organization=GEARS, capability=machining, level=None, verified=False)

    both = await claims.capable(graph, EVERYBODY, [machining.id, GRINDING.id], Page(total=True))
    own = await claims.capable(graph, EVERYBODY, [machining.id], with_narrower=False)
    listed = await claims.capabilities(graph, EVERYBODY, [FORGE.id])

    assert (both[machining.id].rows, both[machining.id].total) == ((narrow, broad), 2)
    assert both[GRINDING.id].rows == listed[FORGE.id].rows == (narrow,)
    assert own[machining.id].rows == (broad,)


async def test_a_capability_in_a_cycle_is_counted_once(engine: Engine) -> None:
    made = little()
    made.node("cap-machining", "machining")
    made.claim("BROADER", GRINDING.id, "cap-machining", "clm-a")
    made.claim("BROADER", "cap-machining", GRINDING.id, "clm-b")
    made.claim("HAS_CAPABILITY", FORGE.id, GRINDING.id, "clm-1")
    graph = await made.save(engine)

    found = (await claims.capable(graph, EVERYBODY, ["cap-machining"], Page(total=True)))["cap-machining"]

    assert (ids(found), found.total) == (["clm-1"], 1)


async def test_certifications_benefits_and_ownership_say_what_they_are_of(engine: Engine) -> None:
    made = little()
    made.node("cer-iso", "ISO 9001")
    made.claim("HOLDS_CERTIFICATION", FORGE.id, "cer-iso", "clm-1", scope="forging", number="FM 1")
    made.claim("GAVE_BENEFIT", FORGE.id, ANN.id, "clm-2", kind="hospitality", amount=120.0, start="2020-05-01")
    made.claim("GAVE_BENEFIT", FORGE.id, GEARS.id, "clm-3", amountMin=1501.0, amountMax=3000.0, currency="EUR")
    made.claim("OWNS", FORGE.id, GEARS.id, "clm-4", shareMin=25.0, shareMax=50.0)
    graph = await made.save(engine)
    certified = CertificationClaim(
        **claim("clm-1"),
        organization=FORGE,
        certification="ISO 9001",
        scope="forging",
        number="FM 1",
    )
    dinner = Benefit(
        **claim("clm-2", start="2020-05-01"),
        giver=FORGE,
        receiver=ANN,
        kind="hospitality",
        amount=120.0,
        amount_min=None,
        amount_max=None,
        currency="GBP",
    )
    band = Benefit(
        **claim("clm-3"),
        giver=FORGE,
        receiver=GEARS,
        kind="benefit",
        amount=None,
        amount_min=1501.0,
        amount_max=3000.0,
        currency="EUR",
    )
    share = Ownership(**claim("clm-4"), owner=FORGE, asset=GEARS, share_min=25.0, share_max=50.0)

    certifications = await claims.certifications(graph, EVERYBODY, [FORGE.id])
    benefits = await claims.benefits(graph, EVERYBODY, [ANN.id, FORGE.id, GEARS.id])
    owned = await claims.owns(graph, EVERYBODY, [FORGE.id, GEARS.id])

    assert certifications[FORGE.id].rows == (certified,)
    assert {agent: page.rows for agent, page in benefits.items()} == {
        ANN.id: (dinner,),
        FORGE.id: (dinner, band),
        GEARS.id: (band,),
    }
    assert (owned[FORGE.id].rows, owned[GEARS.id].rows) == ((share,), ())


async def test_attendance_is_listed_by_day_for_a_person_and_by_name_and_status_for_an_event(engine: Engine) -> None:
    made = little()
    made.node("evt-fair", "Fair", start="2019-05", end="2019-05")
    made.node("evt-dinner", "Dinner", start="2018")
    made.claim("ATTENDED", ANN.id, "evt-fair", "clm-1", status="ATTENDED")
    made.claim("ATTENDED", ANN.id, "evt-dinner", "clm-2", status="ATTENDED")
    made.claim("ATTENDED", FORGE.id, "evt-fair", "clm-3", status="NO_SHOW")
    graph = await made.save(engine)
    fair, dinner = Event("evt-fair", "Fair", "2019-05", "2019-05"), Event("evt-dinner", "Dinner", "2018", None)
    there = Attendance(**record("clm-1"), agent=ANN, event=fair, status="ATTENDED")
    dined = Attendance(**record("clm-2"), agent=ANN, event=dinner, status="ATTENDED")
    missed = Attendance(**record("clm-3"), agent=FORGE, event=fair, status="NO_SHOW")

    events = await claims.events(graph, EVERYBODY, [ANN.id])
    everyone = await claims.attendees(graph, EVERYBODY, [fair.id])
    missing = await claims.attendees(graph, EVERYBODY, [fair.id], Page(total=True), status="NO_SHOW")

    assert events[ANN.id].rows == (dined, there)
    assert everyone[fair.id].rows == (there, missed)
    assert (missing[fair.id].rows, missing[fair.id].total) == ((missed,), 1)


async def test_a_day_or_moment_that_is_none_is_refused(engine: Engine) -> None:
    graph = await Little().save(engine)

    for when in (When("2026-13-01"), When("yesterday"), When(None, "2026-01-01")):
        with pytest.raises(ServiceError) as error:
            await claims.posts(graph, EVERYBODY, [ANN.id], when=when)
        assert error.value.code is Code.BAD_USER_INPUT
