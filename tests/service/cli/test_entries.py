"""Entries from the shell, on each engine: what they write, what they tell, and how they end."""

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Store
from tests.service.cli.shell import Calls, Said


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], store: Store, engine: Engine) -> Calls:
    """Calls on an empty store; an engine runs there already, so that none has to be started for each."""
    return Calls.on(store, capsys)


OPEN = ("--end", "..", "--json")


def added(said: Said) -> str:
    """The id of what an entry wrote."""
    assert said.code == 0, said.err
    return str(said.json["written"]["id"])


def pairs(said: Said, act: str = "written") -> list[tuple[str, str, str]]:
    """The evidence that followed: its kind, and between whom."""
    return [(one["kind"], one["from"]["name"], one["to"]["name"]) for one in said.json["evidence"][act]]


async def test_people_are_added_meet_and_are_found_by_the_route_that_follows(shell: Calls) -> None:
    forge = added(
        await shell("add", "organization", "Old Forge Ltd", "--kind", "supplier", "--country", "gb", "--json")
    )
    who = ("add", "person", "Ann Alloy", "--as", "buyer", "--key", "a", "--json")
    ann = added(await shell(*who, "--organization", "Old Forge Ltd"))
    added(await shell("add", "person", "Ben Bearing", "--json"))

    met = await shell(
        *("record", "meeting", "Ann Alloy", "Ben Bearing", "--on", "2026-05-04", "--subject", "Samples"),
        *("--key", "b", "--json"),
    )
    path = await shell("path", "Ben Bearing", "Ann Alloy", "--json")

    assert (met.code, met.json["key"], met.json["repeated"], met.json["written"]["title"]) == (0, "b", False, "Samples")
    assert pairs(met) in ([("MEETING", "Ann Alloy", "Ben Bearing")], [("MEETING", "Ben Bearing", "Ann Alloy")])
    assert met.json["written"]["provenance"]["source"]["title"] == "Recorded by owner"
    assert [one["hops"] for one in path.json["paths"]] == [1]
    again = await shell(*who, "--organization", forge)
    assert (added(again), again.json["repeated"]) == (ann, True)


async def test_whoever_seems_to_be_there_is_listed_with_the_remedy_and_the_call_ends_with_4(shell: Calls) -> None:
    dan = added(await shell("add", "person", "Dan Driver", "--identifier", "lei:9", "--json"))

    drawn = await shell("add", "person", "D. Driver")
    plain = await shell("add", "person", "D. Driver", "--key", "c", "--json")
    certain = await shell("add", "person", "Somebody Else", "--identifier", "lei:9")
    held = await shell("add", "person", "Somebody Else", "--identifier", "lei:9", "--new")
    new = await shell("add", "person", "D. Driver", "--new", "--json")

    because = "is called Dan Driver, which may be short or long for it"
    assert (drawn.code, drawn.out.splitlines()) == (
        4,
        [
            "Nothing was written: this may be there already.",
            f" 1  Dan Driver  {dan}  {because}",
            "Record what is new under its id, or add it with --new.",
        ],
    )
    assert (plain.code, plain.json) == (
        4,
        {
            "key": "c",
            "repeated": False,
            "written": None,
            "candidates": [{"id": dan, "name": "Dan Driver", "because": because}],
            "evidence": {"written": [], "withdrawn": []},
        },
    )
    assert (certain.code, certain.out.splitlines()[1:]) == (
        4,
        [f" 1  Dan Driver  {dan}  has the same identifier", "Record what is new under its id."],
    )
    assert (held.code, held.out, held.err) == (
        1,
        "",
        f"paddock: Dan Driver ({dan}) has this identifier already; record what is new of them, or leave it out\n",
    )
    assert (new.code, new.json["written"]["title"]) == (0, "D. Driver")


async def test_an_entry_is_told_with_its_key_and_the_evidence_that_followed(shell: Calls) -> None:
    added(await shell("add", "person", "Eve Engine", "--json"))
    added(await shell("add", "person", "Fay Flange", "--json"))

    said = await shell("record", "card", "Eve Engine", "Fay Flange", "--swapped", "--on", "2026-05-04", "--key", "d")
    again = await shell("record", "card", "Eve Engine", "Fay Flange", "--swapped", "--on", "2026-05-04", "--key", "d")

    first, key, evidence = said.out.splitlines()
    id = first.rpartition("  ")[2]
    assert (said.code, first, key) == (0, f"Recorded: cards on 2026-05-04  {id}", "key d")
    assert evidence in {
        f"+ {one} and {other}: swapped cards, 2026-05-04"
        for one, other in (("Eve Engine", "Fay Flange"), ("Fay Flange", "Eve Engine"))
    }
    assert again.out.splitlines() == [f"Recorded before: cards on 2026-05-04  {id}", "key d", evidence]


async def test_what_is_taken_back_withdraws_its_evidence_and_cannot_be_taken_back_twice(shell: Calls) -> None:
    for name in ("Gil Gasket", "Hal Hinge"):
        added(await shell("add", "person", name, "--json"))
    call = added(await shell("record", "contact", "Gil Gasket", "Hal Hinge", "--kind", "call", "--json"))

    taken = await shell("retract", call, "--reason", "it was somebody else", "--json")
    again = await shell("retract", call, "--reason", "it was somebody else")

    ((kind, *people),) = pairs(taken, "withdrawn")
    assert (taken.code, pairs(taken), kind, sorted(people)) == (0, [], "CALL", ["Gil Gasket", "Hal Hinge"])
    assert (again.code, again.err) == (1, "paddock: this was taken back already\n")


async def test_an_affiliation_is_asserted_and_confirmed_and_attendance_at_an_event_recorded(shell: Calls) -> None:
    added(await shell("add", "organization", "Gear Mill", "--json"))
    for name in ("Ida Idler", "Jon Journal"):
        added(await shell("add", "person", name, "--json"))
    fair = added(await shell("add", "event", "Winter Fair", "--start", "2026-01", "--end", "2026-02", "--json"))
    day = added(await shell("add", "event", "Opening", "--start", "2026-01-09", "--part-of", "Winter Fair", "--json"))

    for name in ("Ida Idler", "Jon Journal"):
        works = await shell("assert", "affiliation", name, "Gear Mill", "--as", "fitter", "--start", "2020", *OPEN)
        came = await shell("record", "attendance", "Opening", name, "--json")
    confirmed = await shell("confirm", added(works), "--json")

    assert fair != day
    assert [kind for kind, *_ in pairs(works)] == ["CO_AFFILIATION"]
    assert [kind for kind, *_ in pairs(came)] == ["SHARED_EVENT"]
    assert (confirmed.code, confirmed.json["written"]["title"]) == (0, "fitter at Gear Mill")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("add", "person", "..."), 2, "a name has 1 to 200 characters, letters or digits among them"),
        (("add", "person", "Kim", "--identifier", "9"), 2, "'9' is no identifier; write it as gb-coh:00882843"),
        (("add", "person", "Kim", "--class", "secret"), 2, "'secret' is no level; take one of public, members, staff"),
        (
            ("add", "person", "Kim", "--class", "lobbying"),
            6,
            "nobody writes what they cannot read, and LOBBYING is not",
        ),
        (("add", "person", "Kim", "--role", "members"), 6, "members may not write; ask an administrator"),
        (("add", "event", "Fair", "--start", "2026-13"), 2, "start is no date; write 2019"),
        (("record", "meeting", "Nobody", "No One"), 3, "nothing here is called 'Nobody'; try: paddock search 'Nobody'"),
        (("retract", "clm-none", "--reason", "x"), 3, "claim names nothing that is there; look the id up again"),
        (("confirm", "clm-none", "--role", "staff"), 6, "staff may not steward; ask an administrator"),
    ],
)
async def test_an_entry_that_is_refused_ends_with_the_code_of_its_reason(
    shell: Calls, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    said = await shell(*arguments)

    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(f"paddock: {sentence}")
