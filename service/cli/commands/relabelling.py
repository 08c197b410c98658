"""Another visibility class for what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Typer

from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Key, Purpose, Store

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.rows import Entity


def register(app: Typer) -> None:
    """The command."""
    app.command()(relabel)


def relabel(
    record: Annotated[
        str, Argument(metavar="ID", help="A claim, a piece of evidence, a meeting, a card or an introduction")
    ],
    label: Annotated[
        str, Argument(metavar="CLASS", help="PUBLIC, MEMBERS, STAFF or LOBBYING, with compartments as in STAFF+board")
    ],
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Give something another visibility class, as a steward; it holds at earlier moments too, and for later loads."""
    from service.cli import asking, entering
    from service.entries.relabellings import RelabellingEntry, read_class
    from service.entries.relabellings import relabel as relabelled

    async def entry(desk: Desk, key: str) -> Entity | None:
        level, compartments = read_class(label)
        told = RelabellingEntry(key=key, record=record, visibility=level, compartments=compartments)
        return await relabelled(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)
