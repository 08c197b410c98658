"""What goes into a store and out of it: loading, migrating, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, Store
from service.errors import Code, Exit, ServiceError

PACKS = ("motorsport-uk",)


def register(app: Typer) -> None:
    """Add these commands to the program."""
    for command in (load, migrate, dump, restore):
        app.command()(command)


def load(
    what: Annotated[str, Argument(metavar="WHAT", help="Which files these are: motorsport-uk")],
    folder: Annotated[Path, Argument(metavar="DIR", help="The folder that holds them")],
    dry_run: Annotated[bool, Option("--dry-run", help="Report what would happen, write nothing")] = False,
    allow_shrink: Annotated[
        bool, Option("--allow-shrink", help="Let a file take back more than a fifth of what it said")
    ] = False,
    recorded_at: Annotated[
        str | None, Option("--recorded-at", metavar="MOMENT", help="Record everything at this moment [default: now]")
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> int:
    """Load files into the store; loading the same again changes nothing."""
    if what not in PACKS:
        raise ServiceError(Code.BAD_USER_INPUT, f"{what!r} cannot be loaded; take one of {', '.join(PACKS)}")
    return asking.run(_loaded(folder, store, recorded_at, dry_run=dry_run, shrink=allow_shrink, as_json=as_json))


async def _loaded(
    folder: Path, store: str | None, recorded_at: str | None, *, dry_run: bool, shrink: bool, as_json: bool
) -> int:
    from loaders import motorsport_uk
    from loaders.loading import Options
    from service.cli import reporting
    from service.engines.protocol import LOADING

    async with asking.opened(Caller(store), LOADING) as desk:
        with reporting.progress() as progress:
            options = Options(recorded_at, dry_run=dry_run, allow_shrink=shrink, progress=progress)
            report = await motorsport_uk.load(desk.graph, folder, options)
    reporting.show(report, as_json=as_json)
    return Exit.OK if report.complete else Exit.REFUSED


def migrate(store: Store = None) -> int:
    """Bring the store's constraints and indexes up to this release; every other command does so too."""

    async def migrated() -> int:
        async with asking.opened(Caller(store)):
            return Exit.OK

    return asking.run(migrated())


def dump(
    file: Annotated[Path, Argument(metavar="FILE", help="Where to write it; an existing file is not touched")],
    store: Store = None,
) -> int:
    """Write everything in the store into one file that any engine can restore."""

    async def dumped() -> int:
        from service.engines.protocol import LOADING
        from service.graph import dump

        async with asking.opened(Caller(store), LOADING) as desk:
            await dump.dump(desk.graph, file)
        return Exit.OK

    return asking.run(dumped())


def restore(
    file: Annotated[Path, Argument(metavar="FILE", help="A file that `paddock dump` wrote")], store: Store = None
) -> int:
    """Fill an empty store from a file that `paddock dump` wrote."""

    async def restored() -> int:
        from service.engines.protocol import LOADING
        from service.graph import dump

        async with asking.opened(Caller(store), LOADING) as desk:
            await dump.restore(desk.graph, file)
        return Exit.OK

    return asking.run(restored())
