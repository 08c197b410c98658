"""The real public data through the command line, on both engines: the same counts, the same route, the same bytes."""

import asyncio
import os
from collections import Counter
from typing import Any

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder, Server
from tests.service.cli.shell import Said, Shell

DATA = os.environ.get("PADDOCK_MOTORSPORT_UK")
AT = "2026-08-21T06:00:00.000000Z"
CLOCKS = ("--as-of", "2026-08-21", "--known-at", "2026-08-21T12:00:00Z")
ENDS = ("Motorsport Industry Association", "Chris McDonald")
EVIDENCE = {"BENEFIT": 88, "CO_AFFILIATION": 542, "CO_COMMITTEE": 1501, "SHARED_EVENT": 51_824}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.embedded,
    pytest.mark.neo4j,
    pytest.mark.skipif(DATA is None, reason="NO REAL DATA: set PADDOCK_MOTORSPORT_UK to the folder of motorsport-uk"),
]


async def test_the_real_data_give_the_published_figures_and_the_one_route_on_both_engines_to_the_byte(
    embedded: Engine,
    neo4j: Engine,
    embedded_store: Folder,
    neo4j_store: Server,
    capsys: pytest.CaptureFixture[str],
) -> None:
    password = {"PADDOCK_STORE_USER": neo4j_store.user, "PADDOCK_STORE_PASSWORD": neo4j_store.password}
    shells = [Shell(capsys, str(embedded_store.path)), Shell(capsys, neo4j_store.uri, password)]
    printed = [await asyncio.to_thread(_asked, shell) for shell in shells]
    assert printed[0] == printed[1]


def _asked(shell: Shell) -> list[str]:
    """Everything one engine prints that the other must print too."""
    loaded = _load(shell)
    assert loaded["evidence"] == {"written": EVIDENCE, "withdrawn": {}}
    assert _refused(loaded) == {"made in-house": 239, "unspecified interest": 1}
    again = _load(shell)
    assert (sum(file["written"] for file in again["files"]), again["evidence"]["written"]) == (0, {})
    two = shell("path", *ENDS, "--max-hops", "2", "--json", *CLOCKS)
    assert (two.code, two.json["outcome"], two.json["nearestHops"]) == (3, "NONE", 3)
    three = shell("path", *ENDS, "--json", *CLOCKS)
    assert three.code == 0
    assert _route(three) == [
        ("Motorsport Industry Association", "Justin Madders", "CO_COMMITTEE"),
        ("Justin Madders", "Kate Dearden", "CO_AFFILIATION"),
        ("Kate Dearden", "Chris McDonald", "CO_AFFILIATION"),
    ]
    assert (three.json["paths"][0]["band"], f"{three.json['paths'][0]['strength']:.3g}") == ("FAINT", "1.7e-05")
    customers = shell(
        "supply", "mercedes", "--direction", "customers", "--max-tiers", "1", "--json", "--as-of", "2021-06-01",
        "--known-at", "2026-08-21T12:00:00Z",
    )  # fmt: skip
    engines = [hop["supply"] for hop in customers.json["hops"] if hop["supply"]["capability"]["name"] == "engine"]
    assert sorted(supply["customer"]["name"] for supply in engines) == ["Aston Martin", "Mclaren", "Williams"]
    found = shell("search", "silverstone circuits", "--json")
    return [two.out, three.out, customers.out, found.out]


def _load(shell: Shell) -> Any:
    return shell("load", "motorsport-uk", str(DATA), "--recorded-at", AT, "--json").json


def _refused(report: Any) -> Counter[str]:
    reasons = Counter[str]()
    for file in report["files"]:
        reasons.update(file["reasons"])
    return reasons


def _route(said: Said) -> list[tuple[str, str, str]]:
    """The only route: who, whom, and of which kind the only evidence between them is."""
    (path,) = said.json["paths"]
    return [
        (one["from"]["name"], one["to"]["name"], evidence["kind"])
        for one in path["segments"]
        for evidence in one["tie"]["evidence"]
    ]
