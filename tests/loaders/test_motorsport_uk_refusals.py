"""Files that break a rule are refused whole, with the files that need them; the others are read."""

from pathlib import Path

import pytest

from loaders import motorsport_uk
from loaders.statements import Source
from service.errors import Refused, ServiceError
from tests.loaders.invented import copy, damaged


def test_a_missing_file_is_refused_with_those_that_need_it_and_the_others_are_read(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    (folder / "appgs.csv").unlink()
    reading = motorsport_uk.read(folder)
    needs = "it cannot be read without appgs.csv, which was refused; put that file right first"
    assert {file: error.message for file, error in reading.refused.items()} == {
        "appgs": "appgs.csv: it cannot be read (No such file or directory); put a readable file there",
        "appg_memberships": f"appg_memberships.csv: {needs}",
        "appg_secretariats": f"appg_secretariats.csv: {needs}",
    }
    assert len(reading.sheets) == len(motorsport_uk.SOURCES) - 3


def test_a_folder_that_is_not_there_is_a_mistake_of_use(tmp_path: Path) -> None:
    with pytest.raises(ServiceError) as error:
        motorsport_uk.read(tmp_path / "nowhere")
    assert error.value.message == f"there is no folder {tmp_path / 'nowhere'}; name the one that holds the CSV files"
    assert not isinstance(error.value, Refused)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "appgs.csv",
            ",250731\n",
            ",250732\n",
            "appgs.csv:3: register is '250732'; write a day that is in the calendar",
        ),
        (
            "appgs.csv",
            "gear-cutting,Gear",
            "alloy-wheels,Gear",
            "appgs.csv:3: 'alloy-wheels' is already in the register of 2026-06-29; keep the newest register of a group",
        ),
        (
            "appg_memberships.csv",
            "gear-cutting,uk.org.publicwhip/person/104",
            "gear-grinding,uk.org.publicwhip/person/104",
            (
                "appg_memberships.csv:8: the group 'gear-grinding' is not in appgs.csv;"
                " add the group there, with the day of its register"
            ),
        ),
        (
            "appg_memberships.csv",
            "person/104",
            "person/x4",
            "appg_memberships.csv:8: person_id is 'x4'; write the number of the person",
        ),
        (
            "appg_memberships.csv",
            "name:Lord Dale Crossbench Lords,",
            "Lord Dale,",
            (
                "appg_memberships.csv:7: person_id is 'Lord Dale';"
                " write uk.org.publicwhip/person/NUMBER, or name:TEXT for a person without a number"
            ),
        ),
        (
            "appg_memberships.csv",
            "Ben Ochre,Member,,9002,manual\nalloy-wheels,uk.org.publicwhip/person/103",
            "Ben Ochre,Member,,9002,ai_search\nalloy-wheels,uk.org.publicwhip/person/103",
            (
                "appg_memberships.csv:5: what it says of alloy-wheels, 102, Member is not what line 4 says;"
                " keep the line that is right"
            ),
        ),
        (
            "appg_secretariats.csv",
            "gear-cutting,Guild of Forgers and Casters acts as the group's secretariat.",
            "gear-cutting,Guild",
            (
                "appg_secretariats.csv:3: secretariat_text is 'Guild'; name the organizations"
                " before `acts as` or `jointly act as`, separated by commas"
            ),
        ),
        (
            "appg_benefits.csv",
            '"5,000"',
            "much",
            "appg_benefits.csv:3: value_band is 'much'; write amounts as 1,501",
        ),
        (
            "appg_benefits.csv",
            "10/09/2025",
            "2025-09-10",
            "appg_benefits.csv:3: received is '2025-09-10'; write a day as 06/07/2024",
        ),
        (
            "interest_ties.csv",
            "8.0,",
            "9.0,",
            "interest_ties.csv:11: cat is '9.0'; write one of 2.0, 3.0, 4.0, 1.1, 7.0, 8.0",
        ),
        (
            "interest_ties.csv",
            "registration 882001",
            "unknown",
            "interest_ties.csv:4: chno is 'unknown'; write the company number alone, as 00882843 or SC123456",
        ),
        (
            "interest_ties.csv",
            "400.5",
            "400,5",
            (
                "interest_ties.csv:3: 10 fields where the header has 9;"
                " complete the row, or quote a field that holds a comma"
            ),
        ),
        (
            "interest_ties.csv",
            "103_7_9",
            "103_11_8",
            "interest_ties.csv:10: what it says of 103_11_8 is not what line 9 says; keep the line that is right",
        ),
        (
            "interest_ties.csv",
            "102_3_4",
            "102_3_2",
            ("interest_ties.csv:5: what it says of 102_3_2 is not what line 3 says; keep the line that is right"),
        ),
        (
            "minister_appointments.csv",
            "2023-12-31",
            "2022-12-31",
            "minister_appointments.csv:6: end_date 2022-12-31 is before start_date 2023-01-01; correct one of the two",
        ),
        (
            "f1db_constructor_chronology.csv",
            "kestrel,kestrel,2014,2015\nsparrow-kestrel,kestrel,2014,2015",
            "kestrel,kestrel,2014,2015\nsparrow-kestrel,kestrel,2014,2013",
            "f1db_constructor_chronology.csv:4: yearTo 2013 is before yearFrom 2014; correct one of the two",
        ),
        (
            "f1db_season_entrant_drivers.csv",
            ",,True",
            ",,perhaps",
            "f1db_season_entrant_drivers.csv:3: testDriver is 'perhaps'; write one of False, True",
        ),
        (
            "f1db_supply_tyre_year.csv",
            "magpie,rook,2014",
            "magpie,rook,14",
            "f1db_supply_tyre_year.csv:3: year is '14'; write a year such as 2021",
        ),
        (
            "f1db_races.csv",
            "3,2014,3,2014-04-06",
            "3,2014,3,2015-04-06",
            "f1db_races.csv:4: date 2015-04-06 is not in the year 2014; correct one of the two",
        ),
        (
            "f1db_races.csv",
            "3,2014,3,2014-04-06",
            "2,2014,3,2014-04-06",
            ("f1db_races.csv:4: what it says of Event, 2 is not what line 3 says; keep the line that is right"),
        ),
        (
            "f1db_race_results.csv",
            "2,2014,2,DNF",
            "9,2014,2,DNF",
            "f1db_race_results.csv:6: the race '9' is not in f1db_races.csv; add the race there, with its date",
        ),
        (
            "f1db_race_results.csv",
            "2,2014,2,DNF,ann-swift",
            "2,2014,2,DNF,cy-teal",
            (
                "f1db_race_results.csv:6: what it says of 2, cy-teal is not what line 5 says;"
                " keep the line that is right"
            ),
        ),
    ],
)
def test_a_wrong_value_refuses_its_file_and_nothing_of_it_is_taken(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    reading = damaged(tmp_path, file, old, new)
    refused = {name: error.message for name, error in reading.refused.items()}
    expected = {file.removesuffix(".csv"): message}
    needing = {source.file for source in motorsport_uk.SOURCES if source.needs in expected}
    assert {name: text for name, text in refused.items() if name not in needing} == expected
    assert set(reading.sheets) == {source.file for source in motorsport_uk.SOURCES} - set(expected) - needing


@pytest.mark.parametrize("source", motorsport_uk.SOURCES, ids=lambda source: source.file)
def test_every_file_refuses_a_new_column_and_a_missing_one(tmp_path: Path, source: Source) -> None:
    folder = copy(tmp_path)
    file = folder / f"{source.file}.csv"
    head, first, *rows = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([f"{head},resigned", f"{first},2024", *(f"{row}," for row in rows), ""]), "utf-8")
    assert motorsport_uk.read(folder).refused[source.file].message == (
        f"{source.file}.csv:2: nobody read {{'resigned': '2024'}}; read the new column or name it as ignored"
    )
    file.write_text(head.split(",", 1)[1] + "\n", "utf-8")
    gone, *left = head.split(",")
    assert motorsport_uk.read(folder).refused[source.file].message == (
        f"{source.file}.csv:1: the columns ['{gone}'] are missing, there are {left};"
        " fetch the file again, or teach its loader the new columns"
    )
