"""Files in the graph, on both engines: what a load reports, and that loading again changes nothing."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, cast

import pytest

from loaders import motorsport_uk
from loaders.loading import Options
from loaders.report import Report
from service.engines.protocol import Engine
from service.errors import Exit, ServiceError, exit_code
from service.graph.store import Graph
from tests.loaders.invented import FOLDER, copy

AT = "2026-08-21T00:00:00.000000Z"
EVIDENCE = {"CO_COMMITTEE": 21, "BENEFIT": 6, "CO_AFFILIATION": 5, "SHARED_EVENT": 4}
ROWS = {
    "appgs": 2,
    "appg_memberships": 8,
    "appg_secretariats": 2,
    "appg_benefits": 2,
    "interest_ties": 10,
    "minister_appointments": 5,
    "f1db_constructor_chronology": 4,
    "f1db_season_entrants": 2,
    "f1db_season_entrant_drivers": 4,
    "f1db_supply_engine_year": 3,
    "f1db_supply_tyre_year": 2,
    "f1db_races": 3,
    "f1db_race_results": 5,
}


@pytest.fixture
def graph(engine: Engine) -> Graph:
    ticks = count()
    return Graph(engine, lambda: f"2026-11-24T06:34:{next(ticks) % 60:02}.000000Z")


async def rows(graph: Graph, text: str, **parameters: object) -> list[dict[str, Any]]:
    """The list that a statement of a test collects."""
    (record,) = await graph.engine.read(text, parameters)
    return cast("list[dict[str, Any]]", record["rows"])


async def contents(graph: Graph) -> list[str]:
    """Everything in the store, as it is written there."""
    nodes = "MATCH (n) WHERE NOT n:Migration RETURN collect({at: labels(n), is: properties(n)}) AS rows"
    links = "MATCH (a)-[r]->(b) RETURN collect({at: [a.id, type(r), b.id], is: properties(r)}) AS rows"
    found = [*await rows(graph, nodes), *await rows(graph, links)]
    return sorted(f"{sorted(row['at'])} {sorted(row['is'].items())}" for row in found)


def counts(report: Report) -> dict[str, tuple[int, int, int, int, int]]:
    """Rows, written, unchanged, retracted and refused of each file."""
    return {
        one.file.removesuffix(".csv"): (one.rows, one.written, one.unchanged, one.retracted, len(one.refused))
        for one in report.files
    }


async def test_a_first_load_writes_every_row_but_those_that_say_nothing_new_or_are_refused(graph: Graph) -> None:
    report = await motorsport_uk.load(graph, FOLDER, Options(recorded_at=AT))
    untold = {"appg_memberships": 1, "f1db_constructor_chronology": 3}
    refused = {"interest_ties": 1, "f1db_supply_engine_year": 1}
    assert counts(report) == {
        file: (rows, rows - untold.get(file, 0) - refused.get(file, 0), untold.get(file, 0), 0, refused.get(file, 0))
        for file, rows in ROWS.items()
    }
    assert (report.evidence, report.withdrawn, report.complete) == (EVIDENCE, {}, True)


async def test_the_same_load_again_writes_nothing_and_leaves_the_store_as_it_was(graph: Graph) -> None:
    await motorsport_uk.load(graph, FOLDER)
    before = await contents(graph)
    report = await motorsport_uk.load(graph, FOLDER)
    assert [(one.written, one.retracted) for one in report.files] == [(0, 0)] * len(ROWS)
    assert (report.evidence, report.withdrawn) == ({}, {})
    assert await contents(graph) == before


async def test_a_dry_run_reports_what_a_load_would_do_and_writes_nothing(graph: Graph) -> None:
    before = await contents(graph)
    dry = await motorsport_uk.load(graph, FOLDER, Options(dry_run=True))
    assert await contents(graph) == before
    assert replace(dry, dry_run=False) == await motorsport_uk.load(graph, FOLDER)


async def test_of_a_refused_file_nothing_is_written_and_what_stood_stays(graph: Graph, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    ties = folder / "interest_ties.csv"
    ties.write_text(ties.read_text("utf-8").replace("2026-07-05", "2026-07-55"), "utf-8")
    first = await motorsport_uk.load(graph, folder)
    (refused,) = (one for one in first.files if one.error)
    assert refused.json() == {
        "file": "interest_ties.csv",
        "rows": 0,
        "written": 0,
        "unchanged": 0,
        "withheld": 0,
        "suppressed": 0,
        "retracted": 0,
        "refused": 0,
        "reasons": {},
        "warnings": [],
        "error": {
            "line": 5,
            "value": "date is '2026-07-55'",
            "remedy": "write a day that is in the calendar",
            "message": "interest_ties.csv:5: date is '2026-07-55'; write a day that is in the calendar",
        },
    }
    assert first.evidence == {kind: number for kind, number in EVIDENCE.items() if kind != "BENEFIT"}
    whole = await motorsport_uk.load(graph, FOLDER)
    assert whole.evidence == {"BENEFIT": 6}
    before = await contents(graph)
    await motorsport_uk.load(graph, folder)
    assert await contents(graph) == before


async def test_a_row_that_is_gone_is_retracted_and_counted_with_the_evidence_from_it(
    graph: Graph, tmp_path: Path
) -> None:
    await motorsport_uk.load(graph, FOLDER)
    folder = copy(tmp_path)
    ties = folder / "interest_ties.csv"
    kept = [line for line in ties.read_text("utf-8").splitlines(keepends=True) if "104_4_6" not in line]
    ties.write_text("".join(kept), "utf-8")
    report = await motorsport_uk.load(graph, folder)
    assert counts(report)["interest_ties"] == (9, 0, 8, 1, 1)
    assert (report.evidence, report.withdrawn) == ({}, {"BENEFIT": 1})


async def test_a_file_that_loses_more_than_a_fifth_asks_first(graph: Graph, tmp_path: Path) -> None:
    await motorsport_uk.load(graph, FOLDER)
    before = await contents(graph)
    folder = copy(tmp_path)
    ties = folder / "interest_ties.csv"
    ties.write_text("".join(ties.read_text("utf-8").splitlines(keepends=True)[:8]), "utf-8")
    with pytest.raises(ServiceError) as error:
        await motorsport_uk.load(graph, folder)
    assert error.value.message == (
        "motorsport-uk/interest_ties: 2 of its 9 records are gone, so nothing was loaded;"
        " fetch the whole file again, or take it as it is with --allow-shrink"
    )
    assert exit_code(error.value) is Exit.REFUSED
    assert await contents(graph) == before
    report = await motorsport_uk.load(graph, folder, Options(allow_shrink=True))
    assert counts(report)["interest_ties"] == (7, 0, 7, 2, 0)


async def test_a_name_that_no_row_gives_any_more_is_retracted_counted_and_forgotten(
    graph: Graph, tmp_path: Path
) -> None:
    await motorsport_uk.load(graph, FOLDER)
    folder = copy(tmp_path)
    entrants = folder / "f1db_season_entrants.csv"
    kept = [line for line in entrants.read_text("utf-8").splitlines(keepends=True) if "team-kestrel" not in line]
    entrants.write_text("".join(kept), "utf-8")
    with pytest.raises(ServiceError) as error:
        await motorsport_uk.load(graph, folder)
    assert error.value.message == (
        "motorsport-uk/f1db_season_entrants: 1 of its 2 records are gone, so nothing was loaded;"
        " fetch the whole file again, or take it as it is with --allow-shrink"
    )
    assert exit_code(error.value) is Exit.REFUSED
    report = await motorsport_uk.load(graph, folder, Options(allow_shrink=True))
    assert counts(report)["f1db_season_entrants"] == (1, 0, 1, 1, 0)
    named = (
        "MATCH (o:Organization) WHERE o.name IN ['Kestrel', 'Magpie'] RETURN collect([o.name, o.otherNames]) AS rows"
    )
    found = await graph.engine.read(named, {})
    assert sorted(cast("list[list[object]]", found[0]["rows"]), key=str) == [
        ["Kestrel", []],
        ["Magpie", ["Scuderia Magpie"]],
    ]


async def test_a_corrected_row_is_written_anew_and_the_old_one_retracted_as_that_row(
    graph: Graph, tmp_path: Path
) -> None:
    await motorsport_uk.load(graph, FOLDER)
    folder = copy(tmp_path)
    ties = folder / "interest_ties.csv"
    ties.write_text(ties.read_text("utf-8").replace("1350.0", "1360.0"), "utf-8")
    report = await motorsport_uk.load(graph, folder)
    assert counts(report)["interest_ties"] == (10, 1, 8, 0, 1)
    assert (report.evidence, report.withdrawn) == ({"BENEFIT": 1}, {"BENEFIT": 1})


async def test_whoever_a_later_register_lacks_stays_with_the_days_of_both(graph: Graph, tmp_path: Path) -> None:
    await motorsport_uk.load(graph, FOLDER)
    folder = copy(tmp_path)
    groups, members = folder / "appgs.csv", folder / "appg_memberships.csv"
    groups.write_text(groups.read_text("utf-8").replace("260629", "261130"), "utf-8")
    kept = [line for line in members.read_text("utf-8").splitlines(keepends=True) if "person/103" not in line]
    members.write_text("".join(kept), "utf-8")
    report = await motorsport_uk.load(graph, folder)
    assert counts(report)["appg_memberships"] == (7, 0, 7, 0, 0)
    found = await rows(
        graph,
        "MATCH (p:Person)-[r:MEMBER_OF]->(:Organization {name: $group}) WHERE r.retractedAt IS NULL"
        " RETURN collect({name: p.name, role: r.role, observed: r.observed, unseen: r.unseen}) AS rows",
        group="All-Party Parliamentary Group on Alloy Wheels",
    )
    both = ["2026-06-29", "2026-11-30"]
    assert sorted(found, key=lambda row: (row["name"], row["role"])) == [
        {"name": "Ada Marsh", "role": "Chair & Registered Contact", "observed": both, "unseen": None},
        {"name": "Ada Marsh", "role": "Member", "observed": both, "unseen": None},
        {"name": "Ben Ben Ochre", "role": "Member", "observed": both, "unseen": None},
        {"name": "Cleo Finch", "role": "Member", "observed": both[:1], "unseen": both[1:]},
        {"name": "Lord Dale Crossbench Lords", "role": "Member", "observed": both, "unseen": None},
    ]


async def test_a_person_whose_numbers_no_row_joins_any_more_is_two_people_again(graph: Graph, tmp_path: Path) -> None:
    apart = copy(tmp_path)
    members = apart / "appg_memberships.csv"
    members.write_text(members.read_text("utf-8").replace(",9001,", ",,"), "utf-8")
    await motorsport_uk.load(graph, apart)
    separate = await people(graph, "Ada Marsh")
    await motorsport_uk.load(graph, FOLDER)
    joined = await people(graph, "Ada Marsh")
    await motorsport_uk.load(graph, apart)
    assert (separate, joined, await people(graph, "Ada Marsh")) == (
        [["parliament:9001"], ["twfy:101"]],
        [["parliament:9001", "twfy:101"]],
        separate,
    )


async def people(graph: Graph, name: str) -> list[list[str]]:
    """The identifiers of each person of a name."""
    found = await rows(
        graph,
        "MATCH (p:Person {name: $name})-[r:IDENTIFIED_BY]->(i:Identifier) WHERE r.retractedAt IS NULL"
        " RETURN collect({id: p.id, known: i.scheme + ':' + i.value}) AS rows",
        name=name,
    )
    known = {row["id"]: {other["known"] for other in found if other["id"] == row["id"]} for row in found}
    return sorted(sorted(one) for one in known.values())
