"""Looking after a store: whether it is whole, reachable and up to date."""

from __future__ import annotations

from typer import Typer

from service.cli import asking
from service.cli.asking import Caller, Desk
from service.cli.options import AsJson, Store
from service.errors import Exit


def register(app: Typer) -> None:
    """Add these commands to the program."""
    app.command()(doctor)


def doctor(store: Store = None, as_json: AsJson = False) -> int:
    """Examine the store: engine, schema, what it holds, loads that were cut off; ends with 1 if something is wrong."""
    from service.graph.questions.health import examine

    async def examined(desk: Desk) -> int:
        from service.cli import drawing, plain

        found = await examine(desk.graph, desk.viewer.scope)
        if as_json:
            plain.emit(plain.health(found))
        else:
            drawing.health(drawing.console(), found)
        return Exit.UNEXPECTED if found.findings else Exit.OK

    return asking.run(asking.at_desk(Caller(store, purpose="upkeep"), examined))
