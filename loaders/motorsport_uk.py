"""The public motorsport data of the United Kingdom: four data sets, one source for each file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders import batches, loading, tables
from loaders.batches import Resolved
from loaders.loading import Options
from loaders.report import Report
from loaders.sources import (
    appg_benefits,
    appg_memberships,
    appg_secretariats,
    appgs,
    f1db_constructor_chronology,
    f1db_race_results,
    f1db_races,
    f1db_season_entrant_drivers,
    f1db_season_entrants,
    f1db_supply_engine_year,
    f1db_supply_tyre_year,
    interest_ties,
    minister_appointments,
)
from loaders.sources.groups import unit
from loaders.statements import Sheet, Source
from service.errors import Code, Refused, ServiceError
from service.graph.store import Graph

DEFAULTS = Options()

# A file that needs another one comes after it; nothing else depends on this order.
SOURCES: tuple[Source, ...] = (
    appgs.SOURCE,
    appg_memberships.SOURCE,
    appg_secretariats.SOURCE,
    appg_benefits.SOURCE,
    interest_ties.SOURCE,
    minister_appointments.SOURCE,
    f1db_constructor_chronology.SOURCE,
    f1db_season_entrants.SOURCE,
    f1db_season_entrant_drivers.SOURCE,
    f1db_supply_engine_year.SOURCE,
    f1db_supply_tyre_year.SOURCE,
    f1db_races.SOURCE,
    f1db_race_results.SOURCE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files of a folder say, and which of them were refused."""

    sheets: Mapping[str, Sheet]
    refused: Mapping[str, Refused]


def read(folder: Path) -> Reading:
    """What the files of the folder say; a file that is not right is refused whole, the others are read."""
    if not folder.is_dir():
        raise ServiceError(Code.BAD_USER_INPUT, f"there is no folder {folder}; name the one that holds the CSV files")
    sheets: dict[str, Sheet] = {}
    refused: dict[str, Refused] = {}
    for source in SOURCES:
        try:
            sheets[source.file] = _sheet(folder, source, sheets)
        except Refused as refusal:
            refused[source.file] = refusal
    return Reading(sheets, refused)


def _sheet(folder: Path, source: Source, sheets: Mapping[str, Sheet]) -> Sheet:
    name = f"{source.file}.csv"
    if source.needs is None:
        return source.sheet(tables.read(folder / name), {})
    if source.needs not in sheets:
        found = f"it cannot be read without {source.needs}.csv, which was refused"
        raise Refused(name, None, found, "put that file right first")
    return source.sheet(tables.read(folder / name), sheets[source.needs].gives)


def batch(reading: Reading) -> Resolved:
    """All that was read as one batch."""
    return batches.batch(reading.sheets.values(), _registers(reading))


def _registers(reading: Reading) -> dict[str, str]:
    """The day of the register that lists each group now; it also dates who is no longer listed."""
    groups = reading.sheets.get(appgs.SOURCE.file)
    return {unit(slug): day for slug, day in groups.gives.items()} if groups else {}


async def load(graph: Graph, folder: Path, options: Options = DEFAULTS) -> Report:
    """Make the graph say what the files of the folder say."""
    reading = read(folder)
    return await loading.load(graph, reading.sheets.values(), reading.refused, _registers(reading), options)
