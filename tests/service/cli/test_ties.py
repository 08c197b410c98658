"""Ties from the shell: what each piece of evidence adds, and how a tie came about."""

import asyncio
import math
from datetime import date
from typing import Any

import pytest

from service.cli.ties import curve
from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.graph.little import GAZETTE, STAFF, Little
from tests.service.cli.shell import Said, Shell

AT = "2026-11-23T12:00:00.000000Z"
CLOCKS = ("--as-of", "2026-11-23", "--known-at", AT)
UNTIL = ("--until", "2026-11-23", "--known-at", AT)

pytestmark = pytest.mark.embedded


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded_store: Folder) -> Shell:
    return Shell(capsys, str(embedded_store.path))


async def asked(embedded: Engine, shell: Shell, *arguments: str) -> Said:
    """What the shell says over a meeting, a card, a job in common and something that only staff see."""
    made = Little()
    for id, name in (("per-ann", "Ann Alloy"), ("per-ben", "Ben Bearing"), ("per-cat", "Cat Camshaft")):
        made.node(id, name)
    made.node("mtg-1", on="2026-10-24", status="HELD", subject="tariffs", source=GAZETTE.id, recordedAt=AT)
    for who in ("ann", "ben"):
        made.claim("TOOK_PART_IN", f"per-{who}", "mtg-1", f"clm-{who}")
    made.knows("per-ann", "per-ben", "kno-1", on="2026-10-24", source=GAZETTE.id, about=["clm-ann", "clm-ben"])
    made.knows("per-ann", "per-ben", "kno-2", kind="CARD_SWAPPED", on="2026-11-13", confidence=0.8)
    job = {"kind": "CO_AFFILIATION", "since": "2024-12-01", "on": "2025-03-31", "intensity": 0.5}
    made.knows("per-ann", "per-ben", "kno-3", **job)
    made.knows("per-ann", "per-ben", "kno-4", kind="CALL", on="2026-11-20", vis=STAFF)
    await made.save(embedded)
    return await asyncio.to_thread(shell, *arguments)


async def test_a_tie_is_drawn_with_what_each_piece_of_evidence_adds_and_who_says_so(
    embedded: Engine, shell: Shell
) -> None:
    drawn = await asked(embedded, shell, "tie", "Ann Alloy", "Ben Bearing", "--role", "members", *CLOCKS)
    assert (drawn.code, [line.rstrip() for line in drawn.out.splitlines()]) == (
        0,
        [
            "Ann Alloy and Ben Bearing",
            "as of 2026-11-23, as known at 2026-11-23T12:00:00.000000Z",
            "",
            "WARM 0.4423  ▰▰▰▰▱▱▱▱▱▱  mutual",
            "3 pieces of evidence, 2024-12-01 to 2026-11-13",
            "too few days to tell how often; silent for 10 days",
            "",
            "share  counts from  what                                           who says so",
            "69.7%  2026-10-24   met one to one: tariffs                        The gazette, row kno-1",
            "16.8%  2026-11-13   swapped cards                                  The register, row kno-2",
            "13.5%  2025-03-31   worked at one place, 2024-12-01 to 2025-03-31  The register, row kno-3",
        ],
    )


async def test_what_is_not_shown_is_counted(embedded: Engine, shell: Shell) -> None:
    drawn = await asked(embedded, shell, "tie", "Ann Alloy", "Ben Bearing", "--first", "1", *CLOCKS)
    assert drawn.out.splitlines()[-1] == "and 3 more; --first shows them"


def worth(edge: dict[str, Any], on: str) -> float:
    """What a printed piece of evidence of an uncapped kind adds on a day."""
    q, half_life = {"MEETING": (0.35, 365), "CARD_SWAPPED": (0.12, 270), "CO_AFFILIATION": (0.6, 1460)}[edge["kind"]]
    weight, dated = edge["provenance"]["confidence"] * edge["intensity"], date.fromisoformat(edge["countsFrom"])
    if edge["since"] is not None:
        weight *= min(1.0, ((dated - date.fromisoformat(edge["since"])).days + 1) / 365)
    return -math.log1p(-q * weight) * 2 ** (-(date.fromisoformat(on) - dated).days / half_life)


async def test_printed_shares_recompute_to_the_printed_strength(embedded: Engine, shell: Shell) -> None:
    found = (await asked(embedded, shell, "tie", "per-ben", "per-ann", "--json", "--role", "members", *CLOCKS)).json
    added = [worth(edge, found["asOf"]) for edge in found["evidence"]]
    assert found["strength"] == pytest.approx(1 - math.exp(-sum(added)), abs=1e-12)
    assert [edge["share"] for edge in found["evidence"]] == pytest.approx([one / sum(added) for one in added])
    assert (found["a"]["name"], found["b"]["name"], found["evidenceCount"]) == ("Ben Bearing", "Ann Alloy", 3)


async def test_where_nothing_is_known_a_route_is_proposed(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "tie", "Ann Alloy", "Cat Camshaft")
    assert (said.code, said.out) == (3, "")
    assert said.err == (
        "paddock: nothing is known between Ann Alloy and Cat Camshaft; try: paddock path 'Ann Alloy' 'Cat Camshaft'\n"
    )


async def test_a_history_is_drawn_as_a_curve_and_what_moved_it(embedded: Engine, shell: Shell) -> None:
    drawn = await asked(
        embedded, shell, "history", "Ann Alloy", "Ben Bearing", "--from", "2026-10-01", "--role", "members", *UNTIL
    )
    assert (drawn.code, [line.rstrip() for line in drawn.out.splitlines()]) == (
        0,
        [
            "Ann Alloy and Ben Bearing, 2026-10-01 to 2026-11-23",
            "as of 2026-11-23, as known at 2026-11-23T12:00:00.000000Z",
            "",
            "▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄",
            "2026-10-01                                        2026-11-23",
            "",
            "day         strength                   what moved it            who says so",
            "2026-10-01  FAINT  0.0775  ▰▱▱▱▱▱▱▱▱▱",
            "2026-10-24  WARM   0.3999  ▰▰▰▰▱▱▱▱▱▱  met one to one: tariffs  The gazette, row kno-1",
            "2026-11-13  WARM   0.4483  ▰▰▰▰▱▱▱▱▱▱  swapped cards            The register, row kno-2",
            "2026-11-23  WARM   0.4423  ▰▰▰▰▱▱▱▱▱▱",
        ],
    )


async def test_a_history_in_json_ends_at_the_tie(embedded: Engine, shell: Shell) -> None:
    found = (await asked(embedded, shell, "history", "per-ann", "per-ben", "--json", *UNTIL)).json
    tie = (await asyncio.to_thread(shell, "tie", "per-ann", "per-ben", "--json", *CLOCKS)).json
    last = found["points"][-1]
    assert (last["on"], last["strength"], last["band"]) == ("2026-11-23", tie["strength"], tie["band"])
    moved = [point["because"]["id"] for point in found["points"] if point["because"] is not None]
    assert moved == ["kno-3", "kno-1", "kno-2", "kno-4"]
    assert found["points"][0]["on"] == "2024-12-01"


async def test_a_history_of_nothing_ends_with_3_and_a_day_that_is_none_with_2(embedded: Engine, shell: Shell) -> None:
    nothing = await asked(embedded, shell, "history", "Ann Alloy", "Cat Camshaft", *UNTIL)
    assert nothing.code == 3
    assert nothing.out.splitlines()[-1].split() == ["2026-11-23", "NONE", "0.0000", "▱▱▱▱▱▱▱▱▱▱"]
    wrong = await asyncio.to_thread(shell, "history", "Ann Alloy", "Ben Bearing", "--from", "yesterday")
    assert (wrong.code, wrong.err) == (2, "paddock: 'yesterday' is no day; write it as 2019-05-03\n")


def test_a_curve_has_a_sign_for_the_highest_strength_of_each_stretch_of_days() -> None:
    assert curve([("2026-01-01", 0.0), ("2026-01-03", 0.97), ("2026-01-05", 0.3)]) == "  ██▃"
    long = curve([("2020-01-01", 0.1), ("2026-01-01", 0.6), ("2026-01-02", 0.2)])
    assert long == "▁" * 59 + "▅"
