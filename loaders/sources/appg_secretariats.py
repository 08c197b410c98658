"""The organizations that run the parliamentary groups, named in a sentence of the register."""

from collections.abc import Mapping

from loaders.sources.groups import group, register_day, unit
from loaders.sources.publishers import groups
from loaders.statements import Sheet, Source, Statement, organization
from loaders.tables import Table
from service.graph.model import Mode

JOINTLY = " jointly act as "
ALONE = " acts as "
AND = " and "


def organizations(text: str) -> list[str]:
    """The names before `acts as` or `jointly act as`.

    A comma separates. Only where several act jointly does the last `and` of the last part separate too:
    alone, the Society of Motor Manufacturers and Traders is one.
    """
    jointly = JOINTLY in text
    names, found, _ = text.partition(JOINTLY if jointly else ALONE)
    parts = names.split(", ")
    if jointly:
        parts[-1:] = parts[-1].removeprefix(AND.lstrip()).rsplit(AND, 1)
    if not found or not all(part.strip() for part in parts):
        raise ValueError("name the organizations before `acts as` or `jointly act as`, separated by commas")
    return parts


def _read(table: Table, sheet: Sheet, registers: Mapping[str, str]) -> None:
    for row in table:
        slug = row.text("appg")
        names = row.read("secretariat_text", organizations)
        row.done(SOURCE.ignored)
        for name in names:
            sheet.say(
                Statement(
                    row.line,
                    "SECRETARIAT_OF",
                    (slug, name),
                    organization("name", name, name, kinds=("secretariat",)),
                    group(slug),
                    observed=(register_day(row, registers, slug),),
                    unit=unit(slug),
                )
            )


SOURCE = Source(
    file="appg_secretariats",
    record=groups("appg_secretariats", "secretariats", Mode.REGISTER),
    columns=("appg", "secretariat_text"),
    read=_read,
    needs="appgs",
)
