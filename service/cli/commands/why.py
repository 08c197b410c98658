"""Why: the provenance of anything, and of a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsOf, AsRole, KnownAt, Purpose, Store
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.ties import Network

SHOWN, LISTED = 10, 1000  # pieces of evidence on a terminal and in JSON


def register(app: Typer) -> None:
    """Add these commands to the program."""
    app.command()(why)


def why(
    what: Annotated[str, Argument(metavar="ID", help="A claim, a record, evidence, a source, or anything with a name")],
    other: Annotated[
        str | None, Argument(metavar="B", help="Somebody else: then it is about the tie of the two")
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show who says so: sources, versions, contradictions, what something follows from and what follows from it."""

    async def ask(desk: Desk, network: Network) -> int:
        if other is None:
            return await _thing(desk, what, as_json=as_json)
        return await _tie(desk, network, (what, other), (as_of, known_at), as_json=as_json)

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))


async def _thing(desk: Desk, text: str, *, as_json: bool) -> int:
    from service.cli import drawing, plain, proving, whys
    from service.graph.questions.rows import EntityKind, Evidence
    from service.graph.questions.whys import why as behind

    scope = desk.viewer.scope
    found = await behind(desk.graph, scope, text.strip())
    if found is None:
        entity = await asking.meant(desk, text, list(EntityKind))
        found = await behind(desk.graph, scope, entity.id)
    if found is None:
        return Exit.NOT_FOUND
    items = [*found.follows, *([found.entity] if isinstance(found.entity, Evidence) else [])]
    proof = await proving.grounds_of(desk, items)
    if as_json:
        plain.emit(whys.why(found, proof, desk.viewer.classes))
    else:
        whys.draw(whys.Sheet(drawing.console(), desk.viewer.classes), found, proof)
    return Exit.OK


async def _tie(
    desk: Desk, network: Network, names: tuple[str, str], when: tuple[str | None, str | None], *, as_json: bool
) -> int:
    from service.cli import drawing, plain, proving, whys, words
    from service.graph.questions import ties
    from service.graph.questions.clocks import When

    left, right = [await asking.meant(desk, one, asking.agents()) for one in names]
    found = await ties.tie(network, desk.viewer.scope, left.id, right.id, When(*when))
    if found is None:
        between = f"{words.name(left)} and {words.name(right)}"
        raise ServiceError(Code.NOT_FOUND, f"nothing is known between {between}")
    proof = await proving.proof_of(desk, network, found, LISTED if as_json else SHOWN)
    if as_json:
        plain.emit(whys.why_tie(found, proof, desk.viewer.classes))
    else:
        whys.draw_tie(whys.Sheet(drawing.console(), desk.viewer.classes), found, proof)
    return Exit.OK
