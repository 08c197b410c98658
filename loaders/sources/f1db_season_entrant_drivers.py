"""Who drove for whom in a season, in races or in tests."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.f1db import constructor, driver
from loaders.sources.publishers import f1db
from loaders.statements import Sheet, Source, Statement
from loaders.tables import Table

ROLES = {"False": "race driver", "True": "test driver"}


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        year, entrant, engine = row.read("year", values.year), row.text("entrantId"), row.text("engineManufacturerId")
        team, who = row.text("constructorId"), row.text("driverId")
        test, rounds = row.read("testDriver", values.one_of(*ROLES)), row.optional("rounds")
        row.done(SOURCE.ignored)
        sheet.say(
            Statement(
                row.line,
                "WORKS_FOR",
                (year, entrant, team, engine, who, test),
                driver(who),
                constructor(team),
                {"role": ROLES[test], "rounds": rounds},
                year,
                year,
                unit=f"season:{team}:{year}",
            )
        )


SOURCE = Source(
    file="f1db_season_entrant_drivers",
    record=f1db("f1db_season_entrant_drivers", "drivers of a season"),
    columns=("year", "entrantId", "constructorId", "engineManufacturerId", "driverId", "rounds", "testDriver"),
    read=_read,
)
