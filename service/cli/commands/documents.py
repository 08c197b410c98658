"""Registered documents: what may be asked by its id, and who may ask nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, Store
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.documents import Document

app = Typer(help="Register the GraphQL documents that clients send by their ids.", no_args_is_help=True)
Whose = Annotated[
    str | None, Option("--token", metavar="TOKEN", help="The id of the token they are for [default: every token]")
]


@app.command()
def add(
    files: Annotated[
        list[Path], Argument(metavar="FILE...", help="GraphQL, or a manifest as JSON: Apollo's, Relay's, ...")
    ],
    token: Whose = None,
    store: Store = None,
    as_json: AsJson = False,
) -> int:
    """Register documents, each under its id in the manifest or the SHA-256 of its text; the ids are printed."""
    from service import registering

    read = {file: registering.entries(file) for file in files}

    async def added(desk: Desk) -> int:
        import schema
        from service.cli import plain
        from service.graph import documents

        await _known(desk, token)
        for file, entries in read.items():
            for id, _name, text in entries:
                if faults := schema.faults(text):
                    raise registering.faulty(file, id, faults)
        every = [one for entries in read.values() for one in entries]
        await documents.save(desk.graph, every, token=token)
        if as_json:
            plain.emit([{"documentId": id, "name": name} for id, name, _text in every])
        else:
            _print([id if name is None else f"{id}  {name}" for id, name, _text in every])
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), added))


async def _known(desk: Desk, token: str | None) -> None:
    """Nothing, where a token is named by its id."""
    from service.graph import tokens

    if token is not None and token not in {one.id for one in await tokens.tokens(desk.graph)}:
        raise ServiceError(Code.NOT_FOUND, f"no token has the id {token!r}; see: paddock token list")


def _print(lines: list[str]) -> None:
    from service.cli import drawing

    for line in lines:
        drawing.console().print(line, soft_wrap=True, highlight=False)


@app.command("list")
def list_(store: Store = None, as_json: AsJson = False) -> int:
    """List every registered document."""
    from service.cli import plain
    from service.graph import documents

    async def listed(desk: Desk) -> int:
        found = await documents.documents(desk.graph)
        if as_json:
            plain.emit([_plain(one) for one in found])
        else:
            _draw(found)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), listed))


def _plain(one: Document) -> dict[str, object]:
    return {
        "documentId": one.document,
        "token": one.token,
        "name": one.name,
        "text": one.text,
        "addedAt": one.added_at,
    }


def _draw(found: list[Document]) -> None:
    from service.cli import drawing

    if not found:
        _print(["No document is registered; register one with: paddock documents add FILE"])
        return
    table = drawing.columns("id", "name", "for", "added")
    for one in found:
        table.add_row(one.document, one.name or "", one.token or "every token", one.added_at[:19])
    drawing.grid(drawing.console(), table)


@app.command()
def remove(
    ids: Annotated[list[str], Argument(metavar="ID...", help="The ids they are sent by")],
    token: Whose = None,
    store: Store = None,
) -> int:
    """Forget registered documents; the next request for one of them is refused."""
    from service.graph import documents

    async def removed(desk: Desk) -> int:
        if await documents.remove(desk.graph, ids, token=token) < len(set(ids)):
            sentence = "not every one of these was registered; see: paddock documents list"
            raise ServiceError(Code.NOT_FOUND, sentence)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), removed))


@app.command()
def require(
    token: Annotated[str, Argument(metavar="TOKEN", help="Its id")],
    off: Annotated[bool, Option("--off", help="Let it send every document again")] = False,
    store: Store = None,
) -> int:
    """Hold a token to registered documents; the next request with another one is refused."""
    from service.graph import documents

    async def required(desk: Desk) -> int:
        if not await documents.require(desk.graph, token, registered_only=not off):
            raise ServiceError(Code.NOT_FOUND, f"no token has the id {token!r}; see: paddock token list")
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), required))
