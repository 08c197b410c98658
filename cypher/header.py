"""The comment a query file begins with: what comes back, the parameters, and a line for the Browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cypher.errors import QueryError

if TYPE_CHECKING:
    from cypher.tokens import Text

_PARAMETER = re.compile(r"//\s+\$(?P<name>\w+)\s+(?P<type>[A-Z]+(?:<[A-Z<> |]+>)?(?:\s\|\sNULL)?)\s+(?P<meaning>\S.*)")
_MENTION = re.compile(r"//\s+\$\w+\b")
_EXAMPLE = re.compile(r"//\s+:param\s+(?P<map>\{.*\})\s*")
TYPES = frozenset({"STRING", "INTEGER", "FLOAT", "BOOLEAN", "MAP", "LIST"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A documented parameter: its name, its Cypher type, what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself."""

    summary: str
    parameters: tuple[Parameter, ...]
    example: str | None


def header(text: Text) -> Header:
    """The header of a file, or what is wrong with it."""
    lines = _lines(text)
    summary = lines[0].removeprefix("//").strip() if lines else ""
    if not summary:
        raise QueryError(f"{text.file}:1: has no header; begin with a comment whose first line says what comes back")
    found = [_parameter(text.file, number, line) for number, line in enumerate(lines, 1) if _MENTION.match(line)]
    examples = [match["map"] for line in lines if (match := _EXAMPLE.fullmatch(line))]
    _compare(text, [parameter.name for parameter in found])
    return Header(summary, tuple(found), examples[0] if examples else None)


def _lines(text: Text) -> list[str]:
    lines: list[str] = []
    for line in text.text.split("\n"):
        if not line.startswith("//"):
            break
        lines.append(line.rstrip())
    return lines


def _parameter(file: str, number: int, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match["type"].split("<")[0].split(" ")[0] not in TYPES:
        raise QueryError(
            f"{file}:{number}: cannot read {line.strip('/ ')!r}; write $name TYPE meaning, as $id STRING whose people"
        )
    return Parameter(match["name"], match["type"], match["meaning"])


def _compare(text: Text, documented: list[str]) -> None:
    used = text.parameters()
    if frozenset(documented) != used or len(documented) != len(used):
        raise QueryError(f"{text.file} documents the parameters {sorted(documented)}, the query uses {sorted(used)}")
