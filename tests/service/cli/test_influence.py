"""Offices and shared organizations from the shell: the tables and the JSON."""

import asyncio

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.graph.little import Little
from tests.service.cli.shell import Said, Shell

AT = "2026-11-23T12:00:00.000000Z"
CLOCKS = ("--as-of", "2026-11-23", "--known-at", AT)
OPEN = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}

pytestmark = pytest.mark.embedded


def world() -> Little:
    """Ann of our member Forge knows Cat, who knows the minister Ida; Jon, her deputy, is known to nobody."""
    made = Little()
    for name in ("Ann", "Cat", "Ida", "Jon"):
        made.node(f"per-{name.lower()}", name)
    for name in ("Mia", "Forge"):
        made.node(f"org-{name.lower()}", name)
    for name in ("Minister", "Deputy", "Bishop"):
        made.node(f"pst-{name.lower()}", name)
    made.node("iss-tariff", "Tariffs")
    made.claim("HOLDS", "per-ida", "pst-minister", "clm-ida", **OPEN)
    made.claim("HOLDS", "per-jon", "pst-deputy", "clm-jon", **OPEN)
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-ann", **OPEN)
    made.claim("DIRECTOR_OF", "per-cat", "org-forge", "clm-cat", **OPEN)
    made.claim("MEMBER_OF", "org-forge", "org-mia", "clm-member", **OPEN)
    made.claim("TAKES_STANCE", "per-ida", "iss-tariff", "clm-stance", position="against")
    made.knows("per-cat", "per-ida", "kno-cat-ida")
    return made


@pytest.fixture
async def shell(embedded: Engine, embedded_store: Folder, capsys: pytest.CaptureFixture[str]) -> Shell:
    await world().save(embedded)
    return Shell(capsys, str(embedded_store.path), {"PADDOCK_ASSOCIATION": "Mia"})


async def said(shell: Shell, *arguments: str) -> Said:
    """What a call says; it runs a loop of its own."""
    return await asyncio.to_thread(shell, *arguments)


def lines(said: Said) -> list[str]:
    return [line.rstrip() for line in said.out.splitlines()]


async def test_an_office_is_drawn_with_its_holders_the_routes_and_where_they_stand(shell: Shell) -> None:
    drawn = await said(shell, "influence", "minister", "--issue", "tariffs", *CLOCKS)
    assert (drawn.code, lines(drawn)) == (
        0,
        [
            "Who reaches Minister?",
            "as of 2026-11-23, as known at 2026-11-23T12:00:00.000000Z",
            "",
            "Ida  The register, since 2020",
            "   strength       for    starting with  through",
            "1  WARM   0.3500  Forge  Cat            nobody",
            "  On Tariffs, Ida takes the position against, says The register.",
        ],
    )


async def test_an_office_nobody_reaches_or_holds_says_so(shell: Shell) -> None:
    alone = await said(shell, "influence", "deputy", "--from", "Ann", *CLOCKS)
    empty = await said(shell, "influence", "bishop", *CLOCKS)
    nobody = "Nobody who asks has a route to a holder within so many hops."
    assert (alone.code, lines(alone)[2:]) == (3, ["", "Jon  The register, since 2020", "  no route", "", nobody])
    assert (empty.code, lines(empty)[2:]) == (3, ["Nobody is known to hold it on that day."])


async def test_json_carries_the_holding_and_the_evidence_of_each_route(shell: Shell) -> None:
    answer = (await said(shell, "influence", "minister", *CLOCKS, "--json")).json
    (holder,) = answer.pop("holders")
    (path,) = holder.pop("paths")
    assert answer == {
        "post": {"id": "pst-minister", "name": "Minister"},
        "outcome": "FOUND",
        "asOf": "2026-11-23",
        "knownAt": AT,
    }
    assert holder["holding"].pop("provenance")["source"]["title"] == "The register"
    assert holder["holding"] == {
        "id": "clm-ida",
        "person": {"id": "per-ida", "name": "Ida"},
        "start": "2020",
        "end": "..",
        "current": "YES",
        "disputed": False,
    }
    assert path["onBehalfOf"] == {"id": "org-forge", "name": "Forge"}
    assert [len(segment["tie"]["evidence"]) for segment in path["segments"]] == [1]


async def test_where_several_are_is_a_table_or_json(shell: Shell) -> None:
    drawn = await said(shell, "interlocks", "Ann", "Cat", *CLOCKS)
    told = await said(shell, "interlocks", "Ann", "Cat", *CLOCKS, "--json")
    none = await said(shell, "interlocks", "Ann", "Ida", *CLOCKS)
    assert (drawn.code, lines(drawn)) == (0, ["organization  people", "Forge         Ann, Cat"])
    assert told.json == [
        {
            "organization": {"id": "org-forge", "name": "Forge"},
            "people": [{"id": "per-ann", "name": "Ann"}, {"id": "per-cat", "name": "Cat"}],
        }
    ]
    assert (none.code, lines(none)) == (3, ["No two of them are at one organization on that day."])
