"""The public motorsport data of the United Kingdom: four data sets, one source for each file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders import tables
from loaders.identities import Agents, Spoken, resolve
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
from loaders.statements import IDENTIFIED_BY, End, Mention, Naming, Sheet, Source, Statement
from service.errors import Code, Refused, ServiceError
from service.graph.model import Assertion, Batch, Identity

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

    @property
    def spoken(self) -> Iterator[Spoken]:
        """Every mention of an agent in every file."""
        for sheet in self.sheets.values():
            for line, mention in sheet.all_mentions():
                yield Spoken(sheet.source.slug, line, mention, sheet.source.vis)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A batch, and for each row of each file the keys of the records it was the first to give."""

    batch: Batch
    rows: Mapping[tuple[str, int], list[str]]


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


def batch(reading: Reading, standing: Iterable[tuple[Identity, Identity]] = ()) -> Resolved:
    """All that was read as one batch; `standing` are joins of identities that other sources make."""
    agents = resolve(reading.spoken, standing)
    told = [_told(sheet, agents) for sheet in reading.sheets.values()]
    nodes = {node.id: node for sheet in reversed(list(reading.sheets.values())) for _, node in sheet.nodes}
    assertions = tuple(assertion for file in told for _, assertion in file)
    rows: dict[tuple[str, int], list[str]] = {}
    for sheet, file in zip(reading.sheets.values(), told, strict=True):
        for line, assertion in file:
            rows.setdefault((sheet.file, line), []).append(assertion.key)
        for line, node in sheet.nodes:
            rows.setdefault((sheet.file, line), []).append(node.id)
    sources = tuple(sheet.source for sheet in reading.sheets.values())
    return Resolved(Batch(sources, agents.records, nodes, assertions, registers=_registers(reading)), rows)


def _registers(reading: Reading) -> dict[str, str]:
    """The day of the register that lists each group now; it also dates who is no longer listed."""
    groups = reading.sheets.get(appgs.SOURCE.file)
    return {unit(slug): day for slug, day in groups.gives.items()} if groups else {}


def _told(sheet: Sheet, agents: Agents) -> list[tuple[int, Assertion]]:
    """The claims of a file with the lines that give them, in the order of rows."""
    claims = [(statement.line, _claim(sheet, statement, agents)) for statement in sheet.statements]
    names = [(naming.line, _name(sheet, naming, agents)) for naming in sheet.namings]
    return sorted([*claims, *names, *_identified(sheet, agents)], key=lambda pair: pair[0])


def _claim(sheet: Sheet, statement: Statement, agents: Agents) -> Assertion:
    return Assertion(
        statement.type,
        statement.natural_key,
        _node(statement.a, agents),
        _node(statement.b, agents),
        (str(statement.a), str(statement.b)),
        sheet.source.id,
        sheet.source.vis,
        statement.attributes,
        statement.start,
        statement.end,
        statement.observed,
        statement.confidence,
        f"line {statement.line}",
        statement.unit,
    )


def _node(end: End, agents: Agents) -> str:
    return agents.ids[end.identity] if isinstance(end, Mention) else end.id


def _name(sheet: Sheet, naming: Naming, agents: Agents) -> Assertion:
    key, identity = naming.natural_key, naming.a.identity
    return _identification(
        sheet, key, identity, identity, agents, naming.a.spellings, naming.locator or f"line {naming.line}"
    )


def _identified(sheet: Sheet, agents: Agents) -> Iterator[tuple[int, Assertion]]:
    """One claim for each identity by which a file knows an agent, with all spellings; one more for each it joins."""
    lines: dict[tuple[Identity, Identity], int] = {}
    names: dict[Identity, dict[str, None]] = {}
    for line, mention in sorted(sheet.mentions, key=lambda pair: pair[0]):
        for identity in (mention.identity, *mention.joined):
            lines.setdefault((mention.identity, identity), line)
        names.setdefault(mention.identity, {}).update(dict.fromkeys(mention.spellings))
    for (known, identity), line in lines.items():
        key = str(known), str(identity)
        spelled = tuple(names[known]) if known == identity else ()
        yield line, _identification(sheet, key, known, identity, agents, spelled, f"line {line}")


def _identification(
    sheet: Sheet,
    key: tuple[str, ...],
    known: Identity,
    identity: Identity,
    agents: Agents,
    names: tuple[str, ...],
    locator: str,
) -> Assertion:
    return Assertion(
        IDENTIFIED_BY,
        key,
        agents.ids[known],
        identity.id,
        (str(known), str(identity)),
        sheet.source.id,
        sheet.source.vis,
        locator=locator,
        names=names,
    )
