"""The Cypher of the benchmark, which stands in files as all of ours does."""

from pathlib import Path
from typing import Any, LiteralString, cast

HOME = Path(__file__).parent


def text(name: str) -> LiteralString:
    """The text of a file."""
    return literal((HOME / f"{name}.cypher").read_text("utf-8"))


def literal(text: str) -> LiteralString:
    """A text as the driver wants it: it asks for literals, ours are files and nothing a user wrote."""
    found: LiteralString = cast("Any", text)
    return found
