"""The `paddock` command: what is asked of the store from a shell, and how each call ends."""

import sys

from service.cli.commands import app
from service.cli.ending import ended

__all__ = ["app", "main"]


def main() -> None:
    """Run one command and end with the exit code that says how it went."""
    sys.exit(ended(app, sys.argv[1:]))
