"""Who raced with whose engines in which year."""

from loaders.sources.publishers import f1db
from loaders.sources.supplies import reader
from loaders.statements import Source

RECORD = f1db("f1db_supply_engine_year", "engines of a year")

SOURCE = Source(
    file="f1db_supply_engine_year",
    record=RECORD,
    columns=("constructorId", "engineManufacturerId", "year"),
    read=reader(RECORD, "engineManufacturerId", "engine maker", "engine"),
)
