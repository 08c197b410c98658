"""What organizations gave to the parliamentary groups, in money or in kind."""

from collections.abc import Mapping

from loaders import values
from loaders.sources.groups import group
from loaders.sources.publishers import groups
from loaders.statements import Sheet, Source, Statement, organization
from loaders.tables import Table

SUPPORT = "support"


def _read(table: Table, sheet: Sheet, _needed: Mapping[str, str]) -> None:
    for row in table:
        slug, giver = row.text("appg"), row.text("source")
        description, written = row.optional("description"), row.take("value_band")
        least, greatest = row.read("value_band", values.band)
        received, registered = row.read("received", values.day_first), row.read("registered", values.day_first)
        row.done(SOURCE.ignored)
        if received > registered:
            sheet.warn(row.line, f"received on {received}, after it was registered on {registered}")
        sheet.say(
            Statement(
                row.line,
                "GAVE_BENEFIT",
                (slug, giver, received, registered, written),
                organization("name", giver, giver),
                group(slug),
                attributes={
                    "kind": SUPPORT,
                    "amountMin": least,
                    "amountMax": greatest,
                    "currency": "GBP",
                    "registered": registered,
                    "description": description,
                },
                start=received,
                end=received,
            )
        )


SOURCE = Source(
    file="appg_benefits",
    record=groups("appg_benefits", "benefits"),
    columns=("appg", "source", "description", "value_band", "received", "registered"),
    read=_read,
)
