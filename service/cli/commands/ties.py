"""Ties: how well two know each other, and how that came about."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsOf, AsRole, KnownAt, Purpose, Since, Store, Until
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.ties import Network

SHOWN, LISTED = 20, 1000  # pieces of evidence on a terminal and in JSON

A = Annotated[str, Argument(metavar="A", help="A person or an organization: a name, an id, or scheme:value")]
B = Annotated[str, Argument(metavar="B", help="The other one")]


def register(app: Typer) -> None:
    """Add these commands to the program."""
    for command in (tie, history):
        app.command()(command)


def tie(
    a: A,
    b: B,
    first: Annotated[int, Option("--first", help="How many pieces of evidence to show (1 to 1000)")] = SHOWN,
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show how well A and B know each other, what each piece of evidence adds, and who says so."""
    from service.cli import words
    from service.graph.questions import ties
    from service.graph.questions.clocks import When

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import drawing, plain, proving
        from service.cli import ties as shown

        left, right = [await asking.meant(desk, one, asking.agents()) for one in (a, b)]
        found = await ties.tie(network, desk.viewer.scope, left.id, right.id, When(as_of, known_at))
        if found is None:
            names = words.name(left), words.name(right)
            tried = shlex.join(["paddock", "path", *names])
            raise ServiceError(Code.NOT_FOUND, f"nothing is known between {' and '.join(names)}; try: {tried}")
        proof = await proving.proof_of(desk, network, found, LISTED if as_json else first)
        if as_json:
            plain.emit(shown.tie(found, proof))
        else:
            shown.draw(drawing.console(), found, proof)
        return Exit.OK

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))


def history(
    a: A,
    b: B,
    since: Since = None,
    until: Until = None,
    store: Store = None,
    as_json: AsJson = False,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show how well A and B knew each other over time, and the evidence that moved it."""
    from service.graph.questions.histories import tie_history

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import drawing, plain, proving
        from service.cli import ties as shown

        left, right = [await asking.meant(desk, one, asking.agents()) for one in (a, b)]
        found = await tie_history(
            network, desk.viewer.scope, left.id, right.id, since=since, until=until, known_at=known_at
        )
        if found is None:
            return Exit.NOT_FOUND
        moved = [point.because for point in found.points if point.because is not None]
        proof = await proving.grounds_of(desk, moved)
        if as_json:
            plain.emit(shown.history(found, proof))
        else:
            shown.draw_history(drawing.console(), found, proof)
        return Exit.OK if found.tie is not None else Exit.NOT_FOUND

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))
