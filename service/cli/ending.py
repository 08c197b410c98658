"""How a command ends: data on stdout, what went wrong on stderr, and an exit code for scripts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from typer import Abort
from typer import Exit as Ended
from typer.exceptions import TyperException
from typer.main import get_command

from service.errors import Exit, ServiceError, exit_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer import Typer


def ended(app: Typer, arguments: Sequence[str]) -> int:
    """The exit code of one call; whatever is not foreseen is shown whole, for it is ours to mend."""
    command = get_command(app)
    try:
        result = command.main(args=list(arguments), prog_name="paddock", standalone_mode=False)
    except Ended as end:
        return end.exit_code
    except (KeyboardInterrupt, Abort):
        return _interrupted()
    except ServiceError as error:
        complain(error.message)
        return exit_code(error)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nobody is left to tell
        return Exit.OK
    except TyperException as error:
        if error.format_message():  # it is empty where the help was drawn instead
            complain(f"{error.format_message()} See: paddock --help")
        return Exit.USAGE
    return _code(result)


def _code(result: object) -> int:
    """What a command returned as an exit code."""
    if result == Exit.INTERRUPTED:  # Typer makes this of a Ctrl-C and says nothing
        return _interrupted()
    return result if isinstance(result, int) else Exit.OK


def _interrupted() -> Exit:
    complain("interrupted; what was committed stays, run the command again to go on")
    return Exit.INTERRUPTED


def complain(sentence: str) -> None:
    """Say on stderr what went wrong."""
    sys.stderr.write(f"paddock: {sentence}\n")
