"""The names under which constructors entered a season, mostly those of their sponsors."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.f1db import constructor, titled
from loaders.sources.publishers import f1db
from loaders.statements import Naming, Sheet, Source
from loaders.tables import Table


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        year, entrant = row.read("year", values.year), row.text("entrantId")
        team, engine = row.text("constructorId"), row.text("engineManufacturerId")
        row.done(SOURCE.ignored)
        named = constructor(team, titled(entrant))
        sheet.name(Naming(row.line, (year, entrant, team, engine), named))


SOURCE = Source(
    file="f1db_season_entrants",
    record=f1db("f1db_season_entrants", "entrants of a season"),
    columns=("year", "entrantId", "constructorId", "engineManufacturerId"),
    ignored={
        "countryId": "the country of the entry, which need not be the constructor's",
        "chassisIds": "cars are not in the graph",
        "engineIds": "engine models are not in the graph",
        "tyreManufacturerIds": "f1db_supply_tyre_year says it",
    },
    read=_read,
)
