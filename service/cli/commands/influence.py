"""Who holds an office and how to reach them, and where people meet on boards and payrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsOf, AsRole, KnownAt, MaxHops, Purpose, Store
from service.errors import Exit

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.ties import Network

LISTED = 100  # pieces of evidence of each tie in JSON


def register(app: Typer) -> None:
    """Add these commands to the program."""
    for command in (influence, interlocks):
        app.command()(command)


def influence(
    post: Annotated[str, Argument(metavar="POST", help="The office: a name or an id")],
    issue: Annotated[
        str | None, Option("--issue", metavar="ISSUE", help="Say where those along the routes stand on it")
    ] = None,
    start: Annotated[
        list[str] | None,
        Option("--from", metavar="WHO", help="Who asks; repeatable [default: PADDOCK_ASSOCIATION and its members]"),
    ] = None,
    k: Annotated[int, Option("-k", "--routes", help="How many routes to each holder (1 to 20)")] = 5,
    max_hops: MaxHops = 3,
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show who holds an office and the best routes to each of them from us."""
    from service.graph.questions.clocks import When
    from service.graph.questions.influence import influence_paths
    from service.graph.questions.rows import EntityKind

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import drawing, plain, proving
        from service.cli import influences as shown

        office = await asking.meant(desk, post, [EntityKind.POST])
        topic = None if issue is None else await asking.meant(desk, issue, [EntityKind.ISSUE])
        asked = None if start is None else [(await asking.meant(desk, one, asking.agents())).id for one in start]
        found = await influence_paths(
            network,
            desk.viewer.scope,
            office.id,
            None if topic is None else topic.id,
            asked,
            k=k,
            max_hops=max_hops,
            association=desk.settings.association,
            when=When(as_of, known_at),
            manner=asking.manner(desk, explain=False),
        )
        if found is None:
            return Exit.NOT_FOUND
        if as_json:
            along = [part.tie for one in found.holders for path in one.paths for part in path.segments]
            plain.emit(shown.result(found, await proving.proofs_of_ties(desk, network, along, LISTED)))
        else:
            shown.draw(drawing.console(), found, topic)
        return Exit.OK if any(one.paths for one in found.holders) else Exit.NOT_FOUND

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))


def interlocks(
    people: Annotated[list[str], Argument(metavar="WHO...", help="Two or more people: names, ids, or scheme:value")],
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show the organizations in which two or more of some people are: as staff, directors, members or in a post."""
    from service.graph.questions import interlocks as asked
    from service.graph.questions.clocks import When
    from service.graph.questions.rows import EntityKind

    async def ask(desk: Desk) -> int:
        from service.cli import drawing, plain
        from service.cli import influences as shown

        ids = [(await asking.meant(desk, one, [EntityKind.PERSON])).id for one in people]
        found = await asked.interlocks(desk.graph, desk.viewer.scope, ids, When(as_of, known_at))
        if as_json:
            plain.emit(shown.interlocks(found))
        else:
            shown.draw_interlocks(drawing.console(), found)
        return Exit.OK if found else Exit.NOT_FOUND

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))
