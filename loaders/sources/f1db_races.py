"""The races: each an event of one day."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.publishers import PUBLIC, f1db
from loaders.statements import Sheet, Source, Thing
from loaders.tables import Table
from service.graph.model import NodeRecord, Value, digest


def race(id: str) -> Thing:
    """A race by its id."""
    return Thing(digest("evt", "f1db", id), f"Event f1db:{id}")


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        id, name, day = row.text("raceId"), row.text("officialName"), row.read("date", values.iso_day)
        year, round_ = row.read("year", values.year), row.read("round", values.whole)
        prix, circuit = row.text("grandPrixId"), row.text("circuitId")
        row.done(SOURCE.ignored)
        if not day.startswith(year):
            row.refuse(f"date {day} is not in the year {year}", "correct one of the two")
        said: dict[str, Value] = {"start": day, "end": day, "round": round_, "grandPrix": prix, "circuit": circuit}
        at = f"line {row.line}"
        sheet.show(row.line, (id,), NodeRecord("Event", race(id).id, name, PUBLIC, SOURCE.record.id, at, said))
        sheet.gives[id] = day


SOURCE = Source(
    file="f1db_races",
    record=f1db("f1db_races", "races"),
    columns=("raceId", "year", "round", "date", "grandPrixId", "officialName", "circuitId"),
    read=_read,
)
