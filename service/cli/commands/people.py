"""The rights of a person whose data are held: to be told all of it, and to have it erased."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer, confirm

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Store
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.cli.asking import Desk
    from service.graph.record.erasing import Erasure

app = Typer(help="A person's rights: all that is held on them, and its erasure.", no_args_is_help=True)
FORMATS = ("html", "json")
ACCESS, ERASURE = "subject access", "erasure"


@app.command()
def export(
    person: Annotated[str, Argument(metavar="ID", help="The person's name or id")],
    form: Annotated[str, Option("--format", metavar="FORMAT", help="html, to be read and printed, or json")] = "html",
    output: Annotated[
        Path | None, Option("--output", "-o", metavar="FILE", help="Where to write it, readable by you alone")
    ] = None,
    store: Store = None,
    role: AsRole = None,
) -> int:
    """Tell all that is held on a person; what concerns other people is withheld."""
    if form not in FORMATS:
        raise ServiceError(Code.BAD_USER_INPUT, f"{form!r} is no format; take one of {', '.join(FORMATS)}")

    async def ask(desk: Desk) -> int:
        from service.entries.dossiers import dossier

        id = await _meant(desk, person)
        told = await dossier(desk.graph, desk.viewer, id)
        text = _text(told, form)
        if output is None:
            sys.stdout.write(text)
        else:
            _write(output, text)
            sys.stdout.write(f"{output} holds what is kept on {id}\n")
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store, role, purpose=ACCESS), ask))


@app.command()
def erase(
    person: Annotated[str, Argument(metavar="ID", help="The person's id; of one who is gone already, theirs")],
    yes: Annotated[bool, Option("--yes", help="Do not ask again")] = False,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
) -> int:
    """Erase a person for good: nothing brings them back, and no file that is loaded again does."""
    from service.engines.protocol import LOADING

    async def ask(desk: Desk) -> int:
        from service import network
        from service.entries.erasures import erase_person

        _confirmed(person, yes=yes)
        done = await erase_person(desk.graph, desk.viewer, person)
        kept = network.snapshot(desk.settings)
        if kept is not None:
            kept.drop()
        _tell(done, as_json=as_json)
        return Exit.OK

    # Whoever was in hundreds of rooms takes as long as a load: what is known of all who were there is worked out anew.
    return asking.run(asking.at_desk(Caller(store, role, purpose=ERASURE), ask, LOADING))


async def _meant(desk: Desk, text: str) -> str:
    from service.graph.questions.agents import agents
    from service.graph.questions.rows import EntityKind

    found = (await agents(desk.graph, desk.viewer.scope, [text])).get(text)
    return (await asking.meant(desk, text, [EntityKind.PERSON])).id if found is None else found.id


def _text(told: Mapping[str, object], form: str) -> str:
    if form == "html":
        from web import dossier

        return dossier.page(told)
    import orjson

    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _write(file: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError as error:
        raise ServiceError(Code.BAD_USER_INPUT, f"{file} is there already; name a file that is not") from error
    except OSError as error:
        why = f"{file} cannot be written ({error.strerror})"
        raise ServiceError(Code.BAD_USER_INPUT, f"{why}; name a file in a folder that can be") from error


def _confirmed(person: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise ServiceError(Code.BAD_USER_INPUT, "an erasure cannot be undone; say --yes")
    confirm(f"Erase {person} and all that is held on them, for good?", abort=True, err=True)


def _tell(done: Erasure, *, as_json: bool) -> None:
    from service.cli import drawing, plain

    if as_json:
        plain.emit(
            {
                "ids": list(done.known),
                "already": done.again,
                "claims": done.claims,
                "evidence": done.evidence,
                "records": done.records,
                "texts": done.texts,
            }
        )
        return
    out = drawing.console()
    if done.again:
        out.print("Nothing to erase: this person was erased before.")
        return
    what = f"{done.claims:,} claims, {done.evidence:,} pieces of evidence and {done.records:,} records"
    out.print(f"Erased, with {what}; {done.texts:,} texts no longer name them.", soft_wrap=True)
    out.print("What is loaded again leaves them out, and counts their rows as suppressed.", soft_wrap=True)
