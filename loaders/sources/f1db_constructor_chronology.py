"""Which constructor became which: the chain of names of one team."""

from collections.abc import Mapping
from itertools import groupby, pairwise

from loaders import values
from loaders.sources.f1db import constructor
from loaders.sources.publishers import f1db
from loaders.statements import Sheet, Source, Statement
from loaders.tables import Row, Table


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    links = sorted((_link(row, sheet) for row in table), key=lambda link: link[:2])
    successions = [
        Statement(
            later.line, "SUCCEEDED_BY", (before, after, year), constructor(before), constructor(after), start=year
        )
        for _, chain in groupby(links, key=lambda link: link[0])
        for (_, _, before, _), (_, year, after, later) in pairwise(chain)
    ]
    # Said in the order of the file, so that of several chains the first in the file is the one that says it.
    for statement in sorted(successions, key=lambda statement: statement.line):
        sheet.say(statement)


def _link(row: Row, sheet: Sheet) -> tuple[str, str, str, Row]:
    chain, name = row.text("constructorId"), row.text("chronologyConstructorId")
    year, until = row.read("yearFrom", values.year), row.maybe("yearTo", values.year)
    row.done(SOURCE.ignored)
    if until is not None and until < year:
        row.refuse(f"yearTo {until} is before yearFrom {year}", "correct one of the two")
    sheet.mention(row.line, constructor(name))
    return chain, year, name, row


SOURCE = Source(
    file="f1db_constructor_chronology",
    record=f1db("f1db_constructor_chronology", "constructors and their successors"),
    columns=("constructorId", "chronologyConstructorId", "yearFrom", "yearTo"),
    read=_read,
)
