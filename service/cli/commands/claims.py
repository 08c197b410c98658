"""Claims by hand: asserted, taken back, confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Compartments, Key, Level, Purpose, SourceId, Store

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.rows import Affiliation, Entity

app = Typer(help="Assert what is not known yet.", no_args_is_help=True)


def register(app: Typer) -> None:
    """Add the commands that stand by themselves to the program."""
    for command in (retract, confirm):
        app.command()(command)


@app.callback()
def claims() -> None:
    """Assert what is not known yet."""


@app.command()
def affiliation(
    person: Annotated[str, Argument(metavar="PERSON", help="Who works there")],
    organization: Annotated[str, Argument(metavar="ORGANIZATION", help="Where")],
    role: Annotated[str | None, Option("--as", metavar="TEXT", help="As what")] = None,
    start: Annotated[str | None, Option("--start", metavar="DATE", help="Since when [default: unknown]")] = None,
    end: Annotated[
        str | None, Option("--end", metavar="DATE", help="Until when; .. while it lasts [default: unknown]")
    ] = None,
    source: SourceId = None,
    level: Level = "staff",
    compartments: Compartments = None,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    as_role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Assert that somebody works or worked for an organization."""
    from service.cli import asking, entering
    from service.entries.affiliations import AffiliationEntry, assert_affiliation

    async def entry(desk: Desk, key: str) -> Affiliation | None:
        told = AffiliationEntry(
            key=key,
            person=await entering.id_of(desk, person, entering.PEOPLE),
            organization=await entering.id_of(desk, organization, entering.ORGANIZATIONS),
            role=role,
            start=start,
            end=end,
            source=source,
            visibility=entering.level(level),
            compartments=tuple(compartments or ()),
        )
        return await assert_affiliation(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, as_role, purpose), key, as_json), entry)


def retract(
    claim: Annotated[str, Argument(metavar="ID", help="A claim, a piece of evidence, a meeting or a card")],
    reason: Annotated[str, Option("--reason", metavar="TEXT", help="Why")],
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Take back a claim or a piece of evidence; it stays readable at earlier moments."""
    from service.cli import asking, entering
    from service.entries.retractions import RetractionEntry, retract_claim

    async def entry(desk: Desk, key: str) -> Entity | None:
        told = RetractionEntry(key=key, claim=claim, reason=reason)
        return await retract_claim(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)


def confirm(
    claim: Annotated[str, Argument(metavar="ID", help="Which claim")],
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Confirm a claim that was looked into, as a steward: it counts where sources contradict each other."""
    from service.cli import asking, entering
    from service.entries.confirmations import ConfirmationEntry, confirm_claim

    async def entry(desk: Desk, key: str) -> Entity | None:
        return await confirm_claim(asking.network(desk), desk.viewer, ConfirmationEntry(key=key, claim=claim))

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)
