"""Who can do a thing and is within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsOf, AsRole, Explain, KnownAt, MaxHops, Purpose, Store
from service.errors import Exit

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.ties import Network

LISTED = 100  # pieces of evidence of each tie in JSON


def register(app: Typer) -> None:
    """Add this command to the program."""
    app.command()(reach)


def reach(
    capability: Annotated[str, Argument(metavar="CAPABILITY", help="What they should be able to do: a name or an id")],
    start: Annotated[str, Option("--from", metavar="WHO", help="Who asks: a person or an organization")],
    certificate: Annotated[
        str | None, Option("--certificate", metavar="NAME", help="Only who holds it on the day, as AS 9100")
    ] = None,
    country: Annotated[str | None, Option("--country", metavar="CODE", help="Only who is there, as GB")] = None,
    not_through: Annotated[
        list[str] | None, Option("--not-through", metavar="WHO", help="Neither through them nor to them; repeatable")
    ] = None,
    members_only: Annotated[bool, Option("--members-only", help="Only members of PADDOCK_ASSOCIATION")] = False,
    min_band: Annotated[
        str | None, Option("--min-band", metavar="BAND", help="Only routes as strong: faint, warm or strong")
    ] = None,
    first: Annotated[int, Option("--first", help="How many to show (1 to 1000)")] = 10,
    max_hops: MaxHops = 3,
    explain: Explain = False,
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show which companies can do something and how to get to them, the strongest route first."""
    from service.cli import words
    from service.graph.questions.clocks import When
    from service.graph.questions.omissions import omissions
    from service.graph.questions.reach import Constraints, reach_capability
    from service.graph.questions.rows import EntityKind

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import drawing, plain, proving
        from service.cli import reaches as shown

        manner = asking.manner(desk, explain=explain)
        what = await asking.meant(desk, capability, [EntityKind.CAPABILITY])
        who = await asking.meant(desk, start, asking.agents())
        shunned = [(await asking.meant(desk, one, asking.agents())).id for one in not_through or []]
        band = asking.band(min_band)
        constraints = Constraints(certificate, country, tuple(shunned), members_only, band)
        asked = (network, desk.viewer.scope, what.id, who.id)
        when, association = When(as_of, known_at), desk.settings.association
        found = await reach_capability(
            *asked,
            constraints=constraints,
            max_hops=max_hops,
            first=first,
            association=association,
            when=when,
            manner=manner,
        )
        left_out = (
            await omissions(
                *asked, constraints=constraints, max_hops=max_hops, first=first, association=association, when=when
            )
            if explain
            else None
        )
        if found is None:
            return Exit.NOT_FOUND
        if as_json:
            along = [segment.tie for reach in found.reaches for segment in reach.path.segments]
            proofs = await proving.proofs_of_ties(desk, network, along, LISTED)
            plain.emit(shown.result(found, proofs, left_out))
        else:
            shown.draw(drawing.console(), f"{words.name(what)} within reach of {words.name(who)}", found, left_out)
        return Exit.OK if found.reaches else Exit.NOT_FOUND

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))
