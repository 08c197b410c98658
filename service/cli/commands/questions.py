"""Questions: routes, who knows somebody, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsOf, AsRole, Explain, KnownAt, MaxHops, Purpose, Store
from service.errors import Exit

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.routes import PathResult
    from service.graph.questions.ties import Network

LISTED = 100  # pieces of evidence of each tie in JSON


def register(app: Typer) -> None:
    """Add these commands to the program."""
    for command, name in ((path, "path"), (who_knows, "who-knows"), (search, "search")):
        app.command(name)(command)


def path(
    start: Annotated[str, Argument(metavar="A", help="Who asks: a name, an id, or scheme:value")],
    target: Annotated[str, Argument(metavar="B", help="Who is to be met: a person, an organization or a post")],
    k: Annotated[int, Option("-k", "--routes", help="How many routes (1 to 20)")] = 3,
    max_hops: MaxHops = 3,
    avoid: Annotated[list[str] | None, Option("--avoid", metavar="WHO", help="Not through them; repeatable")] = None,
    disjoint: Annotated[bool, Option("--disjoint", help="Routes that share nobody in between")] = False,
    explain: Explain = False,
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show the best routes from A to B, with the evidence behind each tie."""
    from service.cli import words
    from service.graph.questions.clocks import When
    from service.graph.questions.routes import introduction_paths

    async def ask(desk: Desk, network: Network) -> int:
        manner = asking.manner(desk, explain=explain)
        a = await asking.meant(desk, start, asking.agents())
        b = await asking.meant(desk, target, asking.ends())
        shunned = [(await asking.meant(desk, one, asking.agents())).id for one in avoid or []]
        found = await introduction_paths(
            network,
            desk.viewer.scope,
            a.id,
            b.id,
            k=k,
            max_hops=max_hops,
            avoid=shunned,
            disjoint=disjoint,
            when=When(as_of, known_at),
            manner=manner,
        )
        question = f"{words.name(a)} → {words.name(b)}"
        return await _routes(desk, network, question, found, explain=explain, as_json=as_json)

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))


def who_knows(
    target: Annotated[str, Argument(metavar="TARGET", help="Whom to meet: a person, an organization or a post")],
    start: Annotated[
        list[str] | None,
        Option("--from", metavar="WHO", help="Who is asked; repeatable [default: PADDOCK_ASSOCIATION and its members]"),
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
    """Show who among our members knows the target, one best route for each, best first."""
    from service.cli import words
    from service.graph.questions import routes
    from service.graph.questions.clocks import When

    async def ask(desk: Desk, network: Network) -> int:
        manner = asking.manner(desk, explain=explain)
        sought = await asking.meant(desk, target, asking.ends())
        asked = None if start is None else [(await asking.meant(desk, one, asking.agents())).id for one in start]
        found = await routes.who_knows(
            network,
            desk.viewer.scope,
            sought.id,
            asked,
            max_hops=max_hops,
            first=first,
            association=desk.settings.association,
            when=When(as_of, known_at),
            manner=manner,
        )
        question = f"Who knows {words.name(sought)}?"
        return await _routes(desk, network, question, found, explain=explain, as_json=as_json)

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))


def search(
    text: Annotated[str, Argument(help="Any name of a person, organization, post, capability, event or issue")],
    first: Annotated[int, Option("--first", help="How many to show (1 to 1000)")] = 20,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Find things by any of their names."""
    from service.graph.questions.pages import ROOT, Page
    from service.graph.questions.search import search as found_by

    async def ask(desk: Desk) -> int:
        from service.cli import drawing, plain

        found = await found_by(desk.graph, desk.viewer.scope, text, page=Page(first, most=ROOT))
        if as_json:
            plain.emit(plain.hits(found.rows))
        else:
            drawing.hits(drawing.console(), text, found.rows)
        return Exit.OK if found.rows else Exit.NOT_FOUND

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


async def _routes(
    desk: Desk, network: Network, question: str, found: PathResult | None, *, explain: bool, as_json: bool
) -> int:
    """Print routes and end with 3 where there are none."""
    from service.cli import drawing, plain, proving

    if found is None:
        return Exit.NOT_FOUND
    proofs = await proving.proofs_of(desk, network, found, LISTED if as_json else drawing.SHOWN)
    if as_json:
        kept_out = {"withheld": plain.withheld(found.withheld)} if explain else {}
        plain.emit(plain.result(found, proofs) | kept_out)
    else:
        drawing.routes(drawing.console(), question, found, proofs)
        if explain:
            drawing.withheld(drawing.console(), found.withheld)
    return Exit.OK if found.paths else Exit.NOT_FOUND
