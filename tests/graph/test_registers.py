"""Registers: dated lists of who was in them, loaded again and again."""

from service.engines.protocol import Engine
from service.graph.model import Mode
from tests.graph.sayings import Saying, contents, graph, loaded, organization, person, relations

GROUP = organization("motor", "appg")
OLD, MIDDLE, NEW = "2025-06-30", "2026-01-05", "2026-06-29"
UNIT = "group:motor"


def register(day: str, *members: str, slug: str = "members") -> Saying:
    saying = Saying(slug, Mode.REGISTER).names(GROUP, "Motor Group")
    for member in members:
        who = person(member)
        saying.names(who, member).says("MEMBER_OF", who, GROUP, member, observed=(day,), unit=UNIT)
    return saying


async def sightings(engine: Engine) -> list[tuple[object, ...]]:
    rows = await relations(engine, "MEMBER_OF", "ends", "observed", "unseen", "retractedAt")
    members = {(str(person(name)), str(GROUP)): name for name in ("Ada", "Ben", "Cat")}
    return sorted((name, *rest) for ends, *rest in rows for said, name in members.items() if said == ends)


async def test_a_later_register_without_a_row_lets_the_claim_stand_and_notes_the_day(engine: Engine) -> None:
    store = graph(engine)
    for day, members in ((OLD, ("Ada", "Ben")), (NEW, ("Ada", "Cat"))):
        await loaded(store, register(day, *members), registers={UNIT: day})
    assert await sightings(engine) == [
        ("Ada", (OLD, NEW), None, None),
        ("Ben", (OLD,), (NEW,), None),
        ("Cat", (NEW,), None, None),
    ]


async def test_who_comes_back_was_seen_missing_in_between(engine: Engine) -> None:
    store = graph(engine)
    for day, members in ((OLD, ("Ada", "Ben")), (MIDDLE, ("Ada",)), (NEW, ("Ada", "Ben"))):
        await loaded(store, register(day, *members), registers={UNIT: day})
    assert await sightings(engine) == [
        ("Ada", (OLD, MIDDLE, NEW), None, None),
        ("Ben", (OLD, NEW), (MIDDLE,), None),
    ]


async def test_the_order_in_which_registers_are_loaded_changes_nothing(engine: Engine) -> None:
    store = graph(engine)
    for day, members in ((NEW, ("Ada", "Ben")), (OLD, ("Ada", "Ben")), (MIDDLE, ("Ada",))):
        await loaded(store, register(day, *members), registers={UNIT: day})
    assert await sightings(engine) == [
        ("Ada", (OLD, MIDDLE, NEW), None, None),
        ("Ben", (OLD, NEW), (MIDDLE,), None),
    ]


async def test_a_register_that_is_loaded_again_changes_nothing(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, register(OLD, "Ada", "Ben"), registers={UNIT: OLD})
    await loaded(store, register(NEW, "Ada"), registers={UNIT: NEW})
    before, revision = await contents(engine), (await store.position()).number
    await loaded(store, register(NEW, "Ada"), registers={UNIT: NEW})
    assert (await contents(engine), (await store.position()).number) == (before, revision)


async def test_a_committee_tie_stays_one_record_dated_at_the_last_register_that_lists_both(engine: Engine) -> None:
    store = graph(engine)
    for day, members in ((OLD, ("Ada", "Ben", "Cat")), (NEW, ("Ada", "Ben"))):
        await loaded(store, register(day, *members), registers={UNIT: day})
    rows = await relations(engine, "KNOWS", "on", "retractedAt")
    assert sorted(str(on) for on, taken in rows if taken is None) == [OLD, OLD, NEW]
    assert [on for on, taken in rows if taken is not None] == [OLD]


async def test_the_days_of_one_file_say_nothing_about_another(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, register(OLD, "Ada"), register(OLD, "Ben", slug="officers"), registers={UNIT: OLD})
    await loaded(store, register(NEW, "Ada"), registers={UNIT: NEW})
    assert await sightings(engine) == [("Ada", (OLD, NEW), None, None), ("Ben", (OLD,), None, None)]


async def test_what_a_register_says_otherwise_is_a_correction_and_begins_anew(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, register(OLD, "Ada"), registers={UNIT: OLD})
    changed = Saying("members", Mode.REGISTER).names(GROUP, "Motor Group").names(person("Ada"), "Ada")
    changed.says("MEMBER_OF", person("Ada"), GROUP, "Ada", observed=(NEW,), unit=UNIT, confidence=0.5)
    await loaded(store, changed, registers={UNIT: NEW})
    rows = await relations(engine, "MEMBER_OF", "observed", "confidence", "retractedAt")
    assert [(observed, sure, taken is None) for observed, sure, taken in rows] == [
        ((OLD,), 1.0, False),
        ((NEW,), 0.5, True),
    ]
