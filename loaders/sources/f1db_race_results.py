"""Who was at which race: whatever the result, a driver who is listed travelled there."""

from collections.abc import Mapping

from loaders.sources.f1db import driver
from loaders.sources.f1db_races import race
from loaders.sources.publishers import f1db
from loaders.statements import Sheet, Source, Statement
from loaders.tables import Table


def _read(table: Table, sheet: Sheet, days: Mapping[str, str]) -> None:
    for row in table:
        id, who = row.text("raceId"), row.text("driverId")
        position, team = row.text("position"), row.text("constructorId")
        row.done(SOURCE.ignored)
        day = days.get(id)
        if day is None:
            row.refuse(f"the race {id!r} is not in f1db_races.csv", "add the race there, with its date")
        said = {"status": "ATTENDED", "position": position, "constructor": team}
        sheet.say(
            Statement(
                row.line,
                "ATTENDED",
                (id, who),
                driver(who),
                race(id),
                said,
                day,
                day,
                unit=f"race:{id}",
            )
        )


SOURCE = Source(
    file="f1db_race_results",
    record=f1db("f1db_race_results", "race results"),
    columns=("raceId", "driverId", "position", "constructorId"),
    ignored={
        "year": "the race says it",
        "round": "the race says it",
        "engineManufacturerId": "f1db_supply_engine_year says it for the year",
        "tyreManufacturerId": "f1db_supply_tyre_year says it for the year",
        "sharedCar": "two drivers of one car were both there",
    },
    read=_read,
    needs="f1db_races",
)
