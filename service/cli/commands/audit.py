"""The audit: whether it is whole, who was shown somebody, and whom somebody was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Store
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.auth import Viewer
    from service.cli.asking import Desk
    from service.cli.plain import Json
    from service.graph.audit import Entry, Head, Verdict

app = Typer(help="Who was shown whom: for data-protection officers, administrators and owners.", no_args_is_help=True)


@app.command()
def verify(
    noted: Annotated[
        str | None,
        Option("--noted", metavar="NUMBER:HASH", help="What this command printed before; the chain must go through it"),
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
) -> int:
    """Check the whole chain; ends with 1 at the first entry that was edited, removed or moved."""
    from service.graph import audit

    async def ask(desk: Desk) -> int:
        from service.cli import plain

        allow(desk.viewer)
        found = await audit.verify(desk.graph, None if noted is None else _noted(noted))
        if as_json:
            plain.emit(_verdict(found))
        else:
            _say(found)
        return Exit.OK if found.broken is None else Exit.UNEXPECTED

    return asking.run(asking.at_desk(Caller(store, role), ask))


@app.command("who-saw")
def who_saw(
    person: Annotated[str, Argument(metavar="ID", help="A person's name or id; the id of one who was erased too")],
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
) -> int:
    """Show who was shown this person, when, and for what purpose."""
    from service.graph import audit

    async def ask(desk: Desk) -> int:
        allow(desk.viewer)
        found = await audit.who_saw(desk.graph, await _ids(desk, person))
        return await _told(desk, found, as_json=as_json)

    return asking.run(asking.at_desk(Caller(store, role, purpose="audit"), ask))


@app.command("seen-by")
def seen_by(
    principal: Annotated[str, Argument(metavar="PRINCIPAL", help="A user's name or id; `owner` for the store's own")],
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
) -> int:
    """Show whom this user was shown, when, and for what purpose."""
    from service.graph import audit

    async def ask(desk: Desk) -> int:
        allow(desk.viewer)
        meant = [one.id for one in await audit.principals(desk.graph) if principal in {one.name, one.id}]
        found = await audit.seen_by(desk.graph, meant or [principal])
        if not found and not meant and principal != desk.viewer.principal:
            raise ServiceError(Code.NOT_FOUND, f"nobody here is called {principal!r}; see: paddock token list")
        return await _told(desk, found, as_json=as_json)

    return asking.run(asking.at_desk(Caller(store, role), ask))


def allow(viewer: Viewer) -> None:
    """Nothing, where a viewer may look into the audit; else FORBIDDEN."""
    from service.auth import Right

    if Right.ADMINISTER not in viewer.rights:
        viewer.require(Right.ERASE)


def _noted(text: str) -> Head:
    from service.graph.audit import Head

    number, _, seal = text.partition(":")
    if not number.isdecimal() or not seal:
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no NUMBER:HASH; give what `audit verify` printed")
    return Head(int(number), seal)


async def _ids(desk: Desk, text: str) -> list[str]:
    """Every id by which a person was ever shown; that of somebody who is gone stays their own."""
    from service.graph.questions.agents import agents, identifiers, merged_ids
    from service.graph.questions.rows import EntityKind

    found = (await agents(desk.graph, desk.viewer.scope, [text])).get(text)
    if found is None and not text.startswith("per-"):
        id = (await asking.meant(desk, text, [EntityKind.PERSON])).id
    else:
        id = text if found is None else found.id
    known = (await identifiers(desk.graph, desk.viewer.scope, [id]))[id]
    return sorted({text, id, *merged_ids(id, known)})


def _verdict(found: Verdict) -> dict[str, Json]:
    broken = found.broken
    return {
        "entries": found.entries,
        "hash": found.hash,
        "whole": broken is None,
        "broken": None
        if broken is None
        else {"number": broken.number, "damage": broken.damage.value, "sentence": broken.sentence},
    }


def _say(found: Verdict) -> None:
    from service.cli import drawing

    out = drawing.console()
    if found.broken is None:
        out.print(f"The audit is whole: {found.entries:,} entries.")
        out.print(
            f"To be told later whether it goes on from here: --noted {found.entries}:{found.hash}", soft_wrap=True
        )
        return
    out.print(f"Entry {found.broken.number} was {found.broken.damage.value}: {found.broken.sentence}.", soft_wrap=True)
    out.print(f"The {found.entries:,} entries before it hold.")


async def _told(desk: Desk, found: Sequence[Entry], *, as_json: bool) -> int:
    from service.cli import drawing, plain
    from service.graph import audit

    names = {one.id: one.name for one in await audit.principals(desk.graph)}
    if as_json:
        plain.emit([plainly(one, names) for one in found])
        return Exit.OK
    if not found:
        drawing.console().print("No answer showed that.")
        return Exit.OK
    table = drawing.columns("number", "when", "who", "asked", "people")
    table.add_column("purpose")
    for one in found:
        asked = " ".join([*([one.operation] if one.operation else []), *one.fields])
        who = names.get(one.principal, one.principal)
        table.add_row(str(one.number), one.at[:19], who, asked, str(len(one.people)), one.purpose or "")
    drawing.grid(drawing.console(), table)
    return Exit.OK


def plainly(entry: Entry, names: Mapping[str, str]) -> dict[str, Json]:
    """An entry as JSON; who asked is named where they are still known."""
    return {
        "number": entry.number,
        "at": entry.at,
        "principal": {"id": entry.principal, "name": names.get(entry.principal)},
        "token": entry.token,
        "operation": entry.operation,
        "fields": list(entry.fields),
        "purpose": entry.purpose,
        "people": list(entry.people),
        "hash": entry.hash,
    }
