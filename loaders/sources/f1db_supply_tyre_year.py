"""Who raced with whose tyres in which year."""

from loaders.sources.publishers import f1db
from loaders.sources.supplies import reader
from loaders.statements import Source

RECORD = f1db("f1db_supply_tyre_year", "tyres of a year")

SOURCE = Source(
    file="f1db_supply_tyre_year",
    record=RECORD,
    columns=("constructorId", "tyreManufacturerId", "year"),
    read=reader(RECORD, "tyreManufacturerId", "tyre maker", "tyres"),
)
