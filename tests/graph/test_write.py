"""Loading small batches on each engine: the whole of what stands afterwards."""

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.model import Mode
from service.graph.record.changes import Fate
from service.graph.record.write import load
from tests.graph.sayings import (
    Saying,
    Thing,
    batch,
    contents,
    graph,
    loaded,
    nodes,
    organization,
    person,
    relations,
)

ADA, BEN, CAT = (person(name) for name in ("Ada Byron", "Ben Hope", "Cat Stone"))
FORGE = organization("00882843", "gb-coh")
DINNER = Thing("Event", "Dinner")
CLAIM = ("id", "role", "start", "end", "retractedAt")


def staff(*roles: str) -> Saying:
    """Ada and Ben at the forge, Ada in each of the roles."""
    saying = Saying("staff").names(ADA, "Ada Byron").names(BEN, "Ben Hope").names(FORGE, "The Forge")
    for role in roles:
        saying.says("WORKS_FOR", ADA, FORGE, "ada", start="2019", end="..", unit="employer:forge", role=role)
    return saying.says("WORKS_FOR", BEN, FORGE, "ben", start="2020-05", end="2021", unit="employer:forge")


def dinner(*guests: str, mode: Mode = Mode.HISTORY, slug: str = "dinner") -> Saying:
    saying = Saying(slug, mode)
    for guest in guests:
        who = person(guest)
        saying.names(who, guest)
        saying.says(
            "ATTENDED", who, DINNER, guest, start="2026-03-02", end="2026-03-02", unit="event:dinner", status="ATTENDED"
        )
    return saying


async def ties(engine: Engine) -> list[tuple[object, ...]]:
    """The evidence that stands: its ends, kind, days and confidence."""
    rows = await relations(engine, "KNOWS", "origin", "kind", "since", "on", "confidence", "retractedAt")
    return [row[:-1] for row in rows if row[-1] is None]


async def test_a_first_load_writes_claims_their_ends_and_the_evidence_that_follows(engine: Engine) -> None:
    outcome = await loaded(graph(engine), staff("director"))
    assert set(outcome.fates.values()) == {Fate.WRITTEN}
    assert outcome.evidence == {"CO_AFFILIATION": 1}
    assert await nodes(engine, "Person", "id", "name", "vis", "search") == sorted(
        [(ADA.agent, "Ada Byron", 0, "ada byron"), (BEN.agent, "Ben Hope", 0, "ben hope")], key=str
    )
    assert await relations(engine, "WORKS_FOR", "role", "start", "end", "earliest", "latest", "locator", "ends") == [
        ("director", "2019", "..", "2019-01-01", "9999-12-31", "line 4", (str(ADA), str(FORGE))),
        (None, "2020-05", "2021", "2020-05-01", "2021-12-31", "line 5", (str(BEN), str(FORGE))),
    ]
    pair = tuple(sorted((ADA.agent, BEN.agent)))
    assert await ties(engine) == [(pair, "CO_AFFILIATION", "2020-05-01", "2021-12-31", 1.0)]


async def test_loading_twice_writes_nothing_and_takes_no_revision(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, staff("director"))
    before, revision = await contents(engine, leaving_out=()), (await store.position()).number
    outcome = await loaded(store, staff("director"))
    assert set(outcome.fates.values()) == {Fate.UNCHANGED}
    assert (outcome.evidence, outcome.withdrawn, outcome.retracted) == ({}, {}, {})
    assert await contents(engine, leaving_out=()) == before
    assert (await store.position()).number == revision


async def test_the_same_key_and_content_twice_is_one_claim_and_its_spelling_joins_the_other_names(
    engine: Engine,
) -> None:
    twice = staff("director", "director").names(ADA, "A. Byron")
    await loaded(graph(engine), twice)
    assert len(await relations(engine, "WORKS_FOR", "id")) == 2
    assert (ADA.agent, "Ada Byron", ("A. Byron",), (0,), "ada byron\na byron") in await nodes(
        engine, "Person", "id", "name", "otherNames", "otherNamesVis", "search"
    )


async def test_the_same_key_with_other_content_is_refused_naming_both_lines_and_nothing_is_written(
    engine: Engine,
) -> None:
    store = graph(engine)
    with pytest.raises(ServiceError, match="line 4 and line 5 say different things of one record") as refused:
        await loaded(store, staff("director", "fitter"))
    assert refused.value.code is Code.BAD_USER_INPUT
    assert (await contents(engine), (await store.position()).number) == ([], 0)


async def test_a_correction_takes_back_and_asserts_and_going_back_is_a_third_claim(engine: Engine) -> None:
    store = graph(engine)
    for role in ("director", "fitter", "director"):
        await loaded(store, staff(role))
    rows = [row for row in await relations(engine, "WORKS_FOR", *CLAIM) if row[2] == "2019"]
    assert [(role, taken is None) for _, role, _, _, taken in sorted(rows, key=lambda row: str(row[4]))] == [
        ("director", False),
        ("fitter", False),
        ("director", True),
    ]
    assert len({row[0] for row in rows}) == 3


async def test_a_row_that_is_gone_from_a_history_is_taken_back_with_the_evidence_that_followed(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben", "Cat"))
    outcome = await loaded(store, dinner("Ada", "Ben"))
    assert (dict(outcome.retracted), outcome.withdrawn) == ({dinner().record.id: 1}, {"SHARED_EVENT": 2})
    assert [row[0] for row in await ties(engine)] == [tuple(sorted((person("Ada").agent, person("Ben").agent)))]


async def test_evidence_is_replaced_only_where_its_content_changes(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben"))
    first = await relations(engine, "KNOWS", "id")
    await loaded(store, dinner("Ada", "Ben", "Cat"))
    assert set(first) <= set(await relations(engine, "KNOWS", "id"))
    assert len(await ties(engine)) == 3


async def test_a_history_that_loses_more_than_a_fifth_is_refused_and_nothing_is_written(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben", "Cat", "Dan"))
    before = await contents(engine)
    with pytest.raises(ServiceError, match="dinner: 1 of its 4 records are gone, so nothing was loaded"):
        await load(store, batch(dinner("Ada", "Ben", "Cat")))
    assert await contents(engine) == before


async def test_a_history_may_lose_a_fifth(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben", "Cat", "Dan", "Eve"))
    outcome = await load(store, batch(dinner("Ada", "Ben", "Cat", "Dan")))
    assert dict(outcome.retracted) == {dinner().record.id: 1}


async def test_a_source_that_falls_silent_about_a_unit_leaves_the_evidence_that_follows_from_others(
    engine: Engine,
) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben"))
    before = await ties(engine)
    await loaded(store, dinner("Cat", slug="more"))
    await loaded(store, dinner(slug="more"))
    assert await ties(engine) == before
    assert len(before) == 1


async def test_a_log_only_adds(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben", mode=Mode.LOG))
    outcome = await loaded(store, dinner("Cat", mode=Mode.LOG))
    assert dict(outcome.retracted) == {}
    assert len(await ties(engine)) == 3


async def test_claims_of_two_sources_about_one_event_make_evidence_together(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada"))
    await loaded(store, dinner("Ben", slug="guests"))
    assert [row[0] for row in await ties(engine)] == [tuple(sorted((person("Ada").agent, person("Ben").agent)))]


async def test_a_dry_run_says_what_would_be_written_and_writes_nothing(engine: Engine) -> None:
    store = graph(engine)
    outcome = await load(store, batch(dinner("Ada", "Ben")), dry_run=True)
    assert (set(outcome.fates.values()), outcome.evidence) == ({Fate.WRITTEN}, {"SHARED_EVENT": 1})
    assert (await contents(engine), (await store.position()).number) == ([], 0)


async def test_progress_counts_the_claims_that_are_written(engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    await load(graph(engine), batch(dinner("Ada", "Ben")), progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (2, 2)]


async def test_every_record_of_a_load_gets_exactly_the_moment_asked_for(engine: Engine) -> None:
    at = "2026-01-02T03:04:05.000006Z"
    await load(graph(engine), batch(dinner("Ada", "Ben")), recorded_at=at)
    assert {*await relations(engine, "ATTENDED", "recordedAt"), *await relations(engine, "KNOWS", "recordedAt")} == {
        (at,)
    }


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-01-02T03:04:05.000000Z", "lies before the store's last record of 2026-01-02T03:04:06.000000Z"),
        ("2026-11-24T06:34:28.000001Z", "has not come yet"),
    ],
)
async def test_a_moment_before_the_last_record_or_in_the_future_is_refused_and_nothing_is_written(
    engine: Engine, at: str, sentence: str
) -> None:
    store = graph(engine)
    await load(store, batch(dinner("Ada", "Ben")), recorded_at="2026-01-02T03:04:06.000000Z")
    before = await contents(engine)
    with pytest.raises(ServiceError, match=sentence) as refused:
        await load(store, batch(staff("director")), recorded_at=at)
    assert refused.value.code is Code.BAD_USER_INPUT
    assert await contents(engine) == before


async def test_without_a_moment_each_revision_is_later_than_the_last_even_where_the_clock_stands(
    engine: Engine,
) -> None:
    await loaded(graph(engine), dinner("Ada", "Ben"))
    recorded = sorted({*await nodes(engine, "Person", "recordedAt"), *await relations(engine, "KNOWS", "recordedAt")})
    assert recorded == [("2026-11-24T06:34:28.000001Z",), ("2026-11-24T06:34:28.000003Z",)]


async def test_a_claim_about_somebody_nothing_else_names_is_refused_and_nothing_is_written(engine: Engine) -> None:
    nowhere = Saying("dinner").says("ATTENDED", person("Ada"), DINNER, "ada", status="ATTENDED")
    with pytest.raises(ServiceError, match="line 1: ATTENDED names Person name:Ada, which no record of the load"):
        await loaded(graph(engine), nowhere)
    assert await contents(engine, leaving_out=()) == []


async def test_evidence_a_source_asserts_itself_follows_its_mode(engine: Engine) -> None:
    store = graph(engine)
    calls = Saying("calls").names(ADA, "Ada Byron").names(BEN, "Ben Hope").names(CAT, "Cat Stone")
    both = calls.knows("CALL", ADA, BEN, "2026-02-01").knows("CALL", ADA, CAT, "2026-02-02")
    outcome = await loaded(store, both)
    assert list(outcome.fates.values()).count(Fate.WRITTEN) == 5
    assert len(await ties(engine)) == 2
    both.evidence.pop()
    outcome = await loaded(store, both)
    assert dict(outcome.retracted) == {both.record.id: 1}
    assert [row[0] for row in await ties(engine)] == [tuple(sorted((ADA.agent, BEN.agent)))]


async def test_a_correction_of_a_node_replaces_what_it_says_and_keeps_when_it_was_first_recorded(
    engine: Engine,
) -> None:
    store = graph(engine)
    await loaded(store, Saying("events").shows(DINNER, start="2026-03-01"))
    first = await nodes(engine, "Event", "recordedAt")
    outcome = await loaded(store, Saying("events").shows(DINNER, start="2026-03-02", end="2026-03-03"))
    assert outcome.fates == {DINNER.id: Fate.WRITTEN}
    assert await nodes(engine, "Event", "name", "start", "end") == [("Dinner", "2026-03-02", "2026-03-03")]
    assert await nodes(engine, "Event", "recordedAt") == first


async def test_of_two_sources_that_describe_one_node_the_first_by_name_is_believed_whichever_came_first(
    engine: Engine,
) -> None:
    store = graph(engine)
    early, late = Saying("a-list").shows(DINNER, start="2026-03-01"), Saying("b-list").shows(DINNER, start="2026")
    await loaded(store, late)
    await loaded(store, early)
    await loaded(store, late)
    assert await nodes(engine, "Event", "start", "source") == [("2026-03-01", early.record.id)]


async def test_a_line_that_moved_in_its_file_is_the_same_claim_found_elsewhere(engine: Engine) -> None:
    store = graph(engine)
    await loaded(store, dinner("Ada", "Ben"))
    before = await relations(engine, "ATTENDED", "id")
    outcome = await loaded(store, dinner("Ben", "Ada"))
    assert (set(outcome.fates.values()), outcome.evidence) == ({Fate.UNCHANGED}, {})
    assert await relations(engine, "ATTENDED", "id") == before
    assert await relations(engine, "ATTENDED", "locator", "ends") == [
        ("line 2", (str(person("Ben")), str(DINNER))),
        ("line 4", (str(person("Ada")), str(DINNER))),
    ]
