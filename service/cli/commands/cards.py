"""Cards that changed hands: who came home with empty pockets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, KnownAt, Purpose, Since, Store, Until
from service.errors import Exit

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.rows import Entity
    from service.graph.questions.ties import Network

SHOWN = 40  # rows on a terminal


def register(app: Typer) -> None:
    """Add these commands to the program."""
    app.command()(cards)


def cards(
    person: Annotated[str | None, Option("--person", metavar="WHO", help="From the side of this person")] = None,
    organization: Annotated[
        str | None, Option("--organization", metavar="WHO", help="From the side of whoever worked there on the day")
    ] = None,
    event: Annotated[str | None, Option("--event", metavar="WHAT", help="Only cards exchanged there")] = None,
    by: Annotated[str, Option("--by", metavar="ROWS", help="person, organization or event")] = "person",
    first: Annotated[int, Option("--first", min=1, help="How many rows to show; JSON has all")] = SHOWN,
    since: Since = None,
    until: Until = None,
    store: Store = None,
    as_json: AsJson = False,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show who gave, received and swapped cards, which organizations were new, and what came of it."""
    from service.graph.questions.ledgers import card_ledger
    from service.graph.questions.rows import EntityKind
    from service.graph.questions.tallies import Terms

    sought = {EntityKind.PERSON: person, EntityKind.ORGANIZATION: organization, EntityKind.EVENT: event}

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import drawing, ledgers, plain

        group = asking.group(by)
        named: dict[EntityKind, Entity] = {
            kind: await asking.meant(desk, text, [kind]) for kind, text in sought.items() if text is not None
        }
        who, firm, where = (named[kind].id if kind in named else None for kind in sought)
        terms = Terms(group, who, firm, where, since)
        found = await card_ledger(network, desk.viewer.scope, terms, until=until, known_at=known_at)
        if found is None:
            return Exit.NOT_FOUND
        asked = ledgers.Asked(group, tuple(named.values()), since)
        if as_json:
            plain.emit(ledgers.ledger(found, asked))
        else:
            ledgers.draw(drawing.console(), found, asked, first)
        return Exit.OK if found.rows else Exit.NOT_FOUND

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))
