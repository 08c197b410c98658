"""The ledger of cards as a person reads it and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from service.cli import drawing, plain, words
from service.graph.questions.tallies import LedgerGroup

if TYPE_CHECKING:
    from rich.console import Console

    from service.cli.plain import Json
    from service.graph.questions.ledgers import CardLedger, CardLedgerRow
    from service.graph.questions.rows import Entity

NUMBERS = ("given", "received", "swapped", "new organizations", "contact again in 90 days")
NOBODY = {
    LedgerGroup.PERSON: "(unknown)",
    LedgerGroup.ORGANIZATION: "(no employer known)",
    LedgerGroup.EVENT: "(at no event)",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ledger was asked: its rows, whose side, where, and from which day."""

    group: LedgerGroup
    filters: tuple[Entity, ...]
    since: str | None


def ledger(found: CardLedger, asked: Asked) -> dict[str, Json]:
    """A ledger row by row, with its totals."""
    return {
        "groupBy": asked.group,
        "from": asked.since,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "rows": [_plain(row) for row in found.rows],
        "given": found.given,
        "received": found.received,
        "swapped": found.swapped,
        "newPairs": found.new_pairs,
    }


def _plain(row: CardLedgerRow) -> dict[str, Json]:
    return {
        "person": None if row.person is None else plain.named(row.person),
        "organization": None if row.organization is None else plain.named(row.organization),
        "event": None if row.event is None else plain.named(row.event),
        "given": row.given,
        "received": row.received,
        "swapped": row.swapped,
        "newOrganizations": row.new_organizations,
        "secondContactWithin90Days": row.second_contact_within_90_days,
    }


def draw(out: Console, found: CardLedger, asked: Asked, most: int) -> None:
    """A table of those with most cards first, at most so many, and the totals of all below it."""
    drawing.line(out, Text(_title(found, asked), style="bold"))
    drawing.line(out, drawing.clocks(found.as_of, found.known_at))
    if not found.rows:
        out.print("No cards changed hands.")
        return
    out.print()
    table = drawing.columns(asked.group.value.lower(), *NUMBERS)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in found.rows[:most]:
        table.add_row(_name(row, asked.group), *map(str, _numbers(row)))
    if (more := len(found.rows) - most) > 0:
        table.add_row(f"and {more} more; --first shows them", style="dim")
    totals = (found.given, found.received, found.swapped)
    table.add_row("each exchange once", *map(str, totals), "", "", style="bold")
    drawing.grid(out, table)
    drawing.line(out, Text(f"{words.counted(found.new_pairs, 'pair')} exchanged their first card"))


def _title(found: CardLedger, asked: Asked) -> str:
    whose = "".join(f", {words.name(one)}" for one in asked.filters)
    since = "up to" if asked.since is None else f"{asked.since} to"
    return f"Cards by {asked.group.value.lower()}{whose}, {since} {found.as_of}"


def _name(row: CardLedgerRow, group: LedgerGroup) -> str:
    thing = row.person or row.organization or row.event
    return NOBODY[group] if thing is None else thing.name


def _numbers(row: CardLedgerRow) -> tuple[int, ...]:
    return (row.given, row.received, row.swapped, row.new_organizations, row.second_contact_within_90_days)
