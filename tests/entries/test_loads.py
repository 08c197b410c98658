"""Loads before and after entries: neither undoes what the other says."""

import pytest

from loaders import motorsport_uk
from service.auth import Role
from service.cli.reporting import show
from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph.model import Mode
from service.graph.record.changes import Fate
from service.graph.record.write import load
from tests.conftest import emptied
from tests.entries.rooms import ADA, BEN, CAT, DINNER, FORGE, crew, network, room, viewer
from tests.graph.sayings import Json, Saying, batch, contents, loaded, nodes, person, relations
from tests.loaders.invented import FOLDER

DAY, EVENING = "2026-11-20", "2026-03-02"
OFFICER = person("4711", "gb-coh")


def staff(role: str = "Smith", *, mode: Mode = Mode.HISTORY) -> Saying:
    """Ben and Cat at the forge."""
    saying = Saying("staff", mode).names(BEN, BEN.value).names(CAT, CAT.value).names(FORGE, "The Forge")
    for who in (BEN, CAT):
        saying.says("WORKS_FOR", who, FORGE, str(who), start="2019", end="..", unit=f"employer:{FORGE}", role=role)
    return saying


def calls(*days: str) -> Saying:
    saying = Saying("calls", Mode.HISTORY).names(BEN, BEN.value).names(CAT, CAT.value)
    for day in days:
        saying.knows("CALL", BEN, CAT, day, "one")
    return saying


def guests() -> Saying:
    saying = Saying("host", Mode.HISTORY).names(BEN, BEN.value)
    return saying.says("ATTENDED", BEN, DINNER, start=EVENING, unit=f"event:{DINNER.id}", status="ATTENDED")


def taking(claim: object, key: str = "back") -> RetractionEntry:
    return RetractionEntry(key=key, claim=str(claim), reason="it was another Ben")


async def of_ben(engine: Engine) -> list[tuple[object, ...]]:
    """What was ever said of Ben at the forge: as what, and who took it back."""
    rows = await relations(engine, "WORKS_FOR", "role", "retractedBy", "retractedAt", "origin", "id")
    return [(role, by, at is None, id) for role, by, at, origin, id in rows if BEN.agent in origin]  # type: ignore[operator]


async def test_loading_all_sources_again_leaves_entries_as_they_are(engine: Engine) -> None:
    at = await room(engine, staff())
    ada = await viewer(at, Role.STAFF, "ada")
    ((source,),) = [row[:1] for row in await nodes(engine, "Source", "id", "slug") if row[1] == "staff"]
    await record_meeting(at, ada, MeetingEntry(key="m", participants=(ADA.agent, BEN.agent), on=DAY))
    works = AffiliationEntry(
        key="w", person=ADA.agent, organization=FORGE.agent, start="2020", end="..", source=str(source)
    )
    await assert_affiliation(at, ada, works)
    before = await contents(engine, leaving_out=())
    outcome = await load(at.graph, batch(crew(), staff()))
    assert (set(outcome.fates.values()), dict(outcome.retracted)) == ({Fate.UNCHANGED}, {})
    assert await contents(engine, leaving_out=()) == before


async def test_an_entry_in_the_name_of_a_source_stands_when_its_next_file_lacks_it(engine: Engine) -> None:
    at = await room(engine, staff())
    ((source,),) = [row[:1] for row in await nodes(engine, "Source", "id", "slug") if row[1] == "staff"]
    works = AffiliationEntry(
        key="w", person=ADA.agent, organization=FORGE.agent, start="2020", end="..", source=str(source)
    )
    await assert_affiliation(at, await viewer(at), works)
    await loaded(at.graph, Saying("staff").names(FORGE, "The Forge"))
    standing = [row[0] for row in await relations(engine, "WORKS_FOR", "enteredBy", "retractedAt") if row[1] is None]
    assert standing == ["owner"]


async def test_a_claim_taken_back_by_hand_is_withheld_from_the_next_load_with_what_followed(engine: Engine) -> None:
    at = await room(engine, staff())
    cat = await viewer(at, Role.STEWARD, "cat")
    ((_, _, _, claim),) = await of_ben(engine)
    await retract_claim(at, cat, taking(claim))
    before = await contents(engine, leaving_out=())
    outcome = await load(at.graph, batch(crew(), staff()))
    assert sorted(fate for fate in outcome.fates.values() if fate is not Fate.UNCHANGED) == [Fate.WITHHELD]
    assert (dict(outcome.retracted), outcome.evidence) == ({}, {})
    assert await contents(engine, leaving_out=()) == before
    assert await of_ben(engine) == [("Smith", "cat", False, claim)]


async def test_once_the_source_says_something_else_it_is_believed_again(engine: Engine) -> None:
    at = await room(engine, staff())
    ((_, _, _, claim),) = await of_ben(engine)
    await retract_claim(at, await viewer(at, Role.STEWARD, "cat"), taking(claim))
    for role in ("Fitter", "Smith"):
        outcome = await loaded(at.graph, staff(role))
        assert Fate.WITHHELD not in outcome.fates.values()
    assert {row[:3] for row in await of_ben(engine)} == {
        ("Smith", "cat", False),
        ("Fitter", None, False),
        ("Smith", None, True),
    }


async def test_what_a_source_brought_back_can_be_taken_back_again(engine: Engine) -> None:
    at = await room(engine, staff())
    cat = await viewer(at, Role.STEWARD, "cat")
    ((_, _, _, claim),) = await of_ben(engine)
    await retract_claim(at, cat, taking(claim))
    await loaded(at.graph, staff("Fitter"))
    (second,) = [row[3] for row in await of_ben(engine) if row[2]]
    await retract_claim(at, cat, taking(second, "again"))
    outcome = await loaded(at.graph, staff("Fitter"))
    assert list(outcome.fates.values()).count(Fate.WITHHELD) == 1
    outcome = await loaded(at.graph, staff("Smith"))
    assert Fate.WITHHELD not in outcome.fates.values()


async def test_evidence_a_source_gives_itself_is_withheld_too(engine: Engine) -> None:
    at = await room(engine, calls(DAY))
    cat = await viewer(at, Role.STEWARD, "cat")
    ((call,),) = await relations(engine, "KNOWS", "id")
    await retract_claim(at, cat, taking(call))
    outcome = await loaded(at.graph, calls(DAY))
    assert list(outcome.fates.values()).count(Fate.WITHHELD) == 1
    assert await relations(engine, "KNOWS", "on", "retractedBy") == [(DAY, "cat")]
    await loaded(at.graph, calls("2026-11-21"))
    assert await relations(engine, "KNOWS", "on", "retractedBy") == [(DAY, "cat"), ("2026-11-21", None)]


async def test_a_log_that_repeats_what_a_person_took_back_does_not_bring_it_back(engine: Engine) -> None:
    at = await room(engine, staff(mode=Mode.LOG))
    ((_, _, _, claim),) = await of_ben(engine)
    await retract_claim(at, await viewer(at, Role.STEWARD, "cat"), taking(claim))
    outcome = await loaded(at.graph, staff(mode=Mode.LOG))
    assert list(outcome.fates.values()).count(Fate.WITHHELD) == 1


@pytest.mark.parametrize("first", ["load", "entry"])
async def test_a_list_and_an_entry_of_one_event_are_one_gathering_whichever_came_first(
    engine: Engine, first: str
) -> None:
    at = await room(engine, *([guests()] if first == "load" else []))
    entry = AttendanceEntry(key="a", event=DINNER.id, agent=ADA.agent, status="ATTENDED")
    await record_attendance(at, await viewer(at), entry)
    if first == "entry":
        await loaded(at.graph, guests())
    assert await relations(engine, "KNOWS", "origin", "kind") == [
        (tuple(sorted((ADA.agent, BEN.agent))), "SHARED_EVENT")
    ]


async def placed(engine: Engine) -> list[Json]:
    """Where all records stand and what evidence there is; how their ends were put differs with what was known."""
    found = await contents(engine, leaving_out=("Request", "ImportBatch", "Erased"))
    own = ("key", "id", "ends", "origin", "about", "locator", "source")  # derived evidence has that of its first claim
    return sorted(
        [{name: value for name, value in row.items() if name not in own} for row in found if "type" in row], key=repr
    )


@pytest.mark.parametrize("first", ["join", "entry"])
async def test_entries_move_with_an_agent_that_a_later_load_joins_to_another(engine: Engine, first: str) -> None:
    async def written(*, joined_first: bool) -> list[Json]:
        joining = Saying("register").names(OFFICER, "A. Byron").joins(OFFICER, ADA)
        at = await room(engine, staff(), *([joining] if joined_first else []))
        who = await viewer(at, Role.STAFF, "ada")
        id = OFFICER.agent if joined_first else ADA.agent
        await record_meeting(at, who, MeetingEntry(key="m", participants=(id, BEN.agent, CAT.agent), on=DAY))
        works = AffiliationEntry(key="w", person=id, organization=FORGE.agent, start="2020", end="2021")
        await assert_affiliation(at, who, works)
        await record_contact(at, who, ContactEntry(key="c", start=BEN.agent, end=id, kind="CALL", on=DAY))
        gone = MeetingEntry(key="gone", participants=(id, BEN.agent), on=DAY)
        found = await record_meeting(at, who, gone)
        assert found is not None
        await retract_claim(at, who, taking(found.id))
        if not joined_first:
            await loaded(at.graph, joining)
        return await placed(engine)

    once = await written(joined_first=first == "join")
    await emptied(engine)
    assert once == await written(joined_first=first != "join")


async def test_an_entry_by_a_former_id_is_about_whoever_has_it_now(engine: Engine) -> None:
    at = await room(engine, Saying("register").names(OFFICER, "A. Byron").joins(OFFICER, ADA))
    entry = MeetingEntry(key="m", participants=(ADA.agent, BEN.agent), on=DAY)
    found = await record_meeting(at, await viewer(at), entry)
    assert found is not None
    assert {one.id for one in found.participants} == {OFFICER.agent, BEN.agent}


async def test_the_report_of_a_load_counts_the_rows_that_are_withheld_and_says_why(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    at = network(engine)
    first = await motorsport_uk.load(at.graph, FOLDER)
    ((holding,), *_) = await relations(engine, "HOLDS", "id")
    steward = await viewer(at, Role.STEWARD, "cat")
    await retract_claim(at, steward, taking(holding))
    again = await motorsport_uk.load(at.graph, FOLDER)
    rows = {one.file: one.rows for one in first.files}
    counts = {one.file: (one.written, one.unchanged, one.withheld, len(one.refused)) for one in again.files}
    (file,) = [name for name, found in counts.items() if found[2]]
    assert (file, counts[file]) == ("minister_appointments.csv", (0, rows[file] - 1, 1, 0))
    assert all(sum(found) == rows[name] for name, found in counts.items())
    show(again, as_json=False)
    assert f"{file}: 1 withheld: taken back by hand, and the file says no other" in capsys.readouterr().out
