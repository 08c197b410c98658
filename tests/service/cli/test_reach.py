"""Companies within reach from the shell: the table, the JSON, and for staff why others were left out."""

import asyncio
from dataclasses import replace

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.graph.little import STAFF, Little
from tests.service.cli.shell import Said, Shell

AT = "2026-11-23T12:00:00.000000Z"
CLOCKS = ("--as-of", "2026-11-23", "--known-at", AT)
OPEN = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}
FROM_ANN = ("reach", "machining", "--from", "Ann Alloy", *CLOCKS)

pytestmark = pytest.mark.embedded


def world() -> Little:
    """Ann knows Ben of Forge and Xan; Xan knows Cat of Gears and Dan of Hobs, and may not be asked for Hobs."""
    made = Little()
    for id, name in (
        ("ann", "Ann Alloy"),
        ("xan", "Xan Go"),
        ("ben", "Ben Bearing"),
        ("cat", "Cat Cam"),
        ("dan", "Dan Die"),
    ):
        made.node(f"per-{id}", name)
    made.node("cap-machining", "machining")
    made.node("cer-9100", "AS 9100")
    made.node("org-trade", "Trade")
    for id, person in (("forge", "ben"), ("gears", "cat"), ("hobs", "dan")):
        made.node(f"org-{id}", id.title(), country="GB")
        made.claim("WORKS_FOR", f"per-{person}", f"org-{id}", f"clm-{id}", **OPEN)
        made.claim("HAS_CAPABILITY", f"org-{id}", "cap-machining", f"clm-{id}-can", verified=id == "gears", **OPEN)
    made.claim("HOLDS_CERTIFICATION", "org-gears", "cer-9100", "clm-iso", **OPEN)
    made.claim("MEMBER_OF", "org-forge", "org-trade", "clm-member", **OPEN)
    made.knows("per-ann", "per-ben", "kno-1")
    made.knows("per-ann", "per-xan", "kno-2")
    made.knows("per-xan", "per-cat", "kno-3")
    made.knows("per-xan", "per-dan", "kno-4", vis=STAFF)
    made.node("lim-xan", vis=STAFF, person="per-xan", never=["org-hobs"])
    return made


@pytest.fixture
async def shell(embedded: Engine, embedded_store: Folder, capsys: pytest.CaptureFixture[str]) -> Shell:
    await world().save(embedded)
    return Shell(capsys, str(embedded_store.path))


async def said(shell: Shell, *arguments: str) -> Said:
    """What a call says; it runs a loop of its own."""
    return await asyncio.to_thread(shell, *arguments)


def lines(said: Said) -> list[str]:
    return [line.rstrip() for line in said.out.splitlines()]


async def test_companies_are_a_table_with_who_says_so_whom_to_meet_and_whom_to_ask(shell: Shell) -> None:
    drawn = await said(shell, *FROM_ANN, "--role", "members")
    assert (drawn.code, lines(drawn)) == (
        0,
        [
            "machining within reach of Ann Alloy",
            "as of 2026-11-23, as known at 2026-11-23T12:00:00.000000Z",
            "",
            "   strength       company  can do               who says so   through  whom to meet",
            "1  WARM   0.3500  Forge    machining            The register  nobody   Ben Bearing",
            "2  FAINT  0.0857  Gears    machining, verified  The register  Xan Go   Cat Cam",
        ],
    )


async def test_for_an_organization_the_table_says_who_starts_in_its_name(shell: Shell) -> None:
    drawn = await said(shell, "reach", "machining", "--from", "Gears", *CLOCKS, "--role", "members")
    none = await said(shell, "reach", "machining", "--from", "Gears", "--max-hops", "1", *CLOCKS, "--role", "members")
    assert (drawn.code, lines(drawn)[3:]) == (
        0,
        [
            "   strength       company  can do     who says so   starting with  through             whom to meet",
            "1  FAINT  0.0210  Forge    machining  The register  Cat Cam        Xan Go → Ann Alloy  Ben Bearing",
        ],
    )
    assert (none.code, lines(none)[3:]) == (
        3,
        [
            "Nobody who can do it and meets all that was asked is within reach.",
            "--explain tells staff why each company was left out.",
        ],
    )


async def test_staff_are_told_why_others_were_left_out_and_members_are_not(shell: Shell) -> None:
    staff = await said(shell, *FROM_ANN, "--certificate", "AS 9100", "--max-hops", "1", "--explain", "--role", "staff")
    member = await said(shell, *FROM_ANN, "--explain", "--role", "members")
    assert (staff.code, lines(staff)) == (
        3,
        [
            "machining within reach of Ann Alloy",
            "as of 2026-11-23, as known at 2026-11-23T12:00:00.000000Z",
            "",
            "Nobody who can do it and meets all that was asked is within reach.",
            "",
            "Left out, and why:",
            "Forge  It holds no AS 9100.",
            "Gears  There is no route within so many hops; the nearest has 2.",
            "Hobs   It holds no AS 9100.",
        ],
    )
    assert (member.code, member.out, member.err) == (
        6,
        "",
        "paddock: members may not write; ask an administrator\n",
    )


async def test_json_carries_the_claim_the_route_and_its_evidence_and_who_was_left_out(shell: Shell) -> None:
    answer = (await said(shell, *FROM_ANN, "--min-band", "warm", "--explain", "--json")).json
    (reach,) = answer["reaches"]
    assert {name: answer[name] for name in ("outcome", "asOf", "knownAt", "leftOut")} == {
        "outcome": "FOUND",
        "asOf": "2026-11-23",
        "knownAt": AT,
        "leftOut": [
            {
                "organization": {"id": "org-gears", "name": "Gears"},
                "reasons": ["Its best route is faint, 0.0857, and warm was asked for."],
            },
            {
                "organization": {"id": "org-hobs", "name": "Hobs"},
                "reasons": [
                    "On its best route Xan Go is never to be asked for an introduction of or to Dan Die.",
                    "Its best route is faint, 0.0857, and warm was asked for.",
                ],
            },
        ],
    }
    assert (reach["organization"], reach["person"]) == (
        {"id": "org-forge", "name": "Forge"},
        {"id": "per-ben", "name": "Ben Bearing"},
    )
    assert (reach["claim"]["id"], reach["claim"]["current"], reach["claim"]["provenance"]["locator"]) == (
        "clm-forge-can",
        "YES",
        "row clm-forge-can",
    )
    evidence = [item["id"] for segment in reach["path"]["segments"] for item in segment["tie"]["evidence"]]
    assert (evidence, [*reach["path"]]) == (
        ["kno-1"],
        ["from", "to", "onBehalfOf", "hops", "strength", "band", "segments", "reasons"],
    )


async def test_members_only_needs_the_association_of_the_settings(shell: Shell) -> None:
    unset = await said(shell, *FROM_ANN, "--members-only")
    ours = await said(
        replace(shell, environment={"PADDOCK_ASSOCIATION": "Trade"}), *FROM_ANN, "--members-only", "--json"
    )
    remedy = "set PADDOCK_ASSOCIATION to the association whose members are ours"
    assert (unset.code, unset.err) == (2, f"paddock: members only needs to know whose; {remedy}\n")
    assert [reach["organization"]["name"] for reach in ours.json["reaches"]] == ["Forge"]


async def test_a_word_that_is_no_band_lists_them(shell: Shell) -> None:
    wrong = await said(shell, *FROM_ANN, "--min-band", "hot")
    assert (wrong.code, wrong.err) == (2, "paddock: 'hot' is no band; take one of none, faint, warm, strong\n")


async def test_with_brokering_the_shell_says_that_a_route_is_hidden(shell: Shell) -> None:
    brokered = replace(shell, environment={"PADDOCK_BROKERING": "on"})
    path = ("path", "Xan Go", "Dan Die", *CLOCKS, "--role", "members")
    plain, told = await said(shell, *path), await said(brokered, *path)
    assert (plain.code, lines(plain)[-1]) == (3, "No route: nothing links the two ends.")
    assert (told.code, lines(told)[-1]) == (3, "A route exists through ties you may not see.")


@pytest.mark.parametrize("question", [("path", "Ann Alloy", "Hobs"), ("who-knows", "Hobs", "--from", "Ann Alloy")])
async def test_routes_say_to_staff_whom_limits_keep_out(shell: Shell, question: tuple[str, ...]) -> None:
    sentence = "Xan Go is never to be asked for an introduction of or to Dan Die."
    drawn = await said(shell, *question, *CLOCKS, "--explain")
    answer = (await said(shell, *question, *CLOCKS, "--explain", "--json")).json
    member = await said(shell, *question, *CLOCKS, "--explain", "--role", "members")
    assert (drawn.code, lines(drawn)[-2:]) == (
        3,
        ["Not suggested, because of limits that introducers set:", f"    {sentence}"],
    )
    assert answer["withheld"] == [{"introducer": {"id": "per-xan", "name": "Xan Go"}, "because": sentence}]
    assert (member.code, member.out) == (6, "")
