"""Every command with its arguments and options, as the page of the documents that lists them.

`python -m service.cli.listing > docs/commands.md` writes it anew; a test compares the two.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from service.cli.commands import app

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """# Every command

Data go to stdout, all else to stderr; the README lists what the exit codes mean. A name, an id or `scheme:value` is
understood wherever somebody or something is named, and a name that several things have lists them.
"""


def markdown() -> str:
    """The page."""
    return "\n".join([HEAD, *_commands("paddock", get_command(app))])


def _commands(path: str, command: object) -> Iterator[str]:
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from _commands(f"{path} {name}", inner)
    elif isinstance(command, TyperCommand):
        yield from _command(path, command)


def _command(path: str, command: TyperCommand) -> Iterator[str]:
    arguments = [one for one in command.params if isinstance(one, TyperArgument)]
    options = [one for one in command.params if isinstance(one, TyperOption)]
    yield f"## `{' '.join([path, *map(_word, arguments)])}`\n"
    yield f"{' '.join((command.help or '').split())}\n"
    yield "| | |\n|---|---|"
    yield from (f"| `{_word(one)}` | {one.help} |" for one in arguments)
    yield from (f"| `{', '.join(one.opts)}{_value(one)}` | {one.help} |" for one in options)
    yield ""


def _word(argument: TyperArgument) -> str:
    return argument.metavar or (argument.name or "").upper()


def _value(option: TyperOption) -> str:
    """What stands behind an option; nothing behind a switch."""
    return "" if option.is_flag else f" {(option.metavar or option.name or '').upper()}"


if __name__ == "__main__":
    sys.stdout.write(markdown())
