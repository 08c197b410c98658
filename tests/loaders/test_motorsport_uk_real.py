"""The real set: the figures its description asks for, worked out without a database."""

import os
from collections import Counter
from pathlib import Path

import pytest

from loaders import motorsport_uk
from loaders.batches import Resolved
from loaders.motorsport_uk import Reading
from service.graph.model import AgentRecord, Evidence, Identity
from tests.loaders.invented import claims, derived

FOLDER = os.environ.get("PADDOCK_MOTORSPORT_UK")

pytestmark = pytest.mark.skipif(
    FOLDER is None, reason="NO REAL DATA: set PADDOCK_MOTORSPORT_UK to the folder of motorsport-uk"
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return motorsport_uk.read(Path(FOLDER or ""))


@pytest.fixture(scope="module")
def whole(reading: Reading) -> Resolved:
    return motorsport_uk.batch(reading)


@pytest.fixture(scope="module")
def evidence(whole: Resolved) -> list[Evidence]:
    return derived(whole.batch)


def known_as(whole: Resolved, kind: str, scheme: str, value: str) -> AgentRecord:
    (found,) = [
        agent
        for agent in whole.batch.agents.values()
        if agent.kind == kind and any((one.scheme, one.value) == (scheme, value) for one in agent.identities)
    ]
    return found


def test_every_file_is_read_and_every_row_accounted_for(reading: Reading) -> None:
    assert reading.refused == {}
    assert {
        sheet.file: (sheet.rows, Counter(note.text for note in sheet.refusals)) for sheet in reading.sheets.values()
    } == {
        "appgs.csv": (16, {}),
        "appg_memberships.csv": (278, {}),
        "appg_secretariats.csv": (15, {}),
        "appg_benefits.csv": (21, {}),
        "interest_ties.csv": (92, {"unspecified interest": 1}),
        "minister_appointments.csv": (154, {}),
        "f1db_constructor_chronology.csv": (217, {}),
        "f1db_season_entrants.csv": (134, {}),
        "f1db_season_entrant_drivers.csv": (411, {}),
        "f1db_supply_engine_year.csv": (1169, {"made in-house": 239}),
        "f1db_supply_tyre_year.csv": (1156, {}),
        "f1db_races.csv": (275, {}),
        "f1db_race_results.csv": (5350, {}),
    }
    assert [(sheet.file, note.line, note.text) for sheet in reading.sheets.values() for note in sheet.warnings] == [
        ("appg_memberships.csv", 249, "mnis_id is 'None', taken as no number"),
        ("appg_benefits.csv", 6, "received on 2025-09-10, after it was registered on 2024-11-04"),
    ]


def test_the_evidence_is_exactly_what_the_description_counts(evidence: list[Evidence]) -> None:
    assert Counter(one.kind for one in evidence) == {
        "CO_COMMITTEE": 1501,
        "BENEFIT": 88,
        "CO_AFFILIATION": 542,
        "SHARED_EVENT": 51824,
    }


def test_thirty_nine_constructors_succeeded_another(whole: Resolved) -> None:
    assert len(claims(whole.batch, "f1db_constructor_chronology")) == 39


def test_the_engine_customers_of_mercedes_in_2021_are_the_three_others(whole: Resolved) -> None:
    mercedes = known_as(whole, "Organization", "f1db", "mercedes").id
    supplied = [
        one for one in claims(whole.batch, "f1db_supply_engine_year") if (one.a, one.start) == (mercedes, "2021")
    ]
    assert sorted(whole.batch.agents[one.b].name for one in supplied) == ["Aston Martin", "Mclaren", "Williams"]


def test_four_people_are_members_of_both_the_motor_and_the_formula_1_group(whole: Resolved) -> None:
    members = {
        slug: {one.a for one in claims(whole.batch, "appg_memberships") if one.unit == f"group:{slug}"}
        for slug in ("motor", "formula-1-and-motorsport")
    }
    both = members["motor"] & members["formula-1-and-motorsport"]
    assert sorted(whole.batch.agents[id].name for id in both) == [
        "Greg Smith",
        "Lord Hain",
        "Mark Garnier",
        "Will Forster",
    ]


def test_silverstone_circuits_is_one_under_its_spellings_and_the_other_number_another(whole: Resolved) -> None:
    circuits = known_as(whole, "Organization", "gb-coh", "00882843")
    other = known_as(whole, "Organization", "gb-coh", "08079695")
    assert [(one.name, one.other_names) for one in (circuits, other)] == [
        (
            "Silverstone Circuits Ltd",
            ("Silverstone Circuits Limited", "Silverstone", "Silverstone Circuit", "Silverstone Circuit Ltd"),
        ),
        ("Silverstone", ()),
    ]
    assert circuits.id != other.id


def test_people_are_one_across_files_by_the_rows_that_carry_both_numbers(whole: Resolved) -> None:
    hain = known_as(whole, "Person", "parliament", "567")
    assert (hain.name, hain.other_names, [(one.scheme, one.value) for one in hain.identities]) == (
        "Lord Hain",
        ("the Lord Hain",),
        [("parliament", "567"), ("twfy", "10252")],
    )
    # Written without a number, and so a person of its own until somebody judges.
    assert known_as(whole, "Person", "name", "Peter Hain Labour Lords Vice-Chair Lords").id != hain.id


def test_two_ministers_shared_a_department_for_one_day(whole: Resolved, evidence: list[Evidence]) -> None:
    pair = {known_as(whole, "Person", "parliament", number).id for number in ("4418", "5224")}
    found = [one for one in evidence if {one.a, one.b} == pair]
    assert [(one.kind, one.since, one.on, one.intensity, one.unit) for one in found] == [
        ("CO_AFFILIATION", "2025-09-07", "2025-09-07", 1.0, "department:Department for Business and Trade")
    ]


def test_the_secretariats_of_the_motor_group_are_three_organizations(whole: Resolved) -> None:
    of_motor = [one for one in claims(whole.batch, "appg_secretariats") if one.unit == "group:motor"]
    assert [Identity.parse(one.ends[0]) for one in of_motor] == [
        known_as(whole, "Organization", "name", name).identities[0]
        for name in (
            "Society of Motor Manufacturers and Traders",
            "Motorsport Industry Association",
            "RAC Foundation",
        )
    ]
