"""What both supply files of F1DB say: who made engines or tyres for whom in which year."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.f1db import constructor, maker
from loaders.sources.publishers import PUBLIC
from loaders.statements import Reader, Sheet, Statement
from loaders.tables import Table
from service.graph.model import NodeRecord, SourceRecord, digest


def reader(record: SourceRecord, column: str, kind: str, name: str) -> Reader:
    """A reader of the file whose makers stand in that column: what kind they are, and the capability they supply."""
    capability = NodeRecord("Capability", digest("cap", name), name, PUBLIC, record.id)

    def read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
        for row in table:
            customer, supplier = row.text("constructorId"), row.text(column)
            year = row.read("year", values.year)
            row.done()
            if customer == supplier:
                sheet.refuse(row.line, "made in-house")
                continue
            sheet.show(row.line, (name,), capability)
            ends = maker(supplier, kind), constructor(customer)
            said = {"capability": capability.id}
            sheet.say(Statement(row.line, "SUPPLIES", (customer, supplier, year), *ends, said, year, year))

    return read
