"""The questions of the client, one file each, together with the fragments that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

_SPREAD = re.compile(r"\.\.\.\s*(?!on\b)(\w+)")
_FRAGMENT = re.compile(r"^fragment (\w+) .*?^}\n", re.MULTILINE | re.DOTALL)


@cache
def document(name: str) -> str:
    """The whole document of a question, as it is sent."""
    text = _file(name)
    return "\n".join((text, *(_fragments()[one] for one in _taken(text))))


def _taken(text: str) -> Iterator[str]:
    """The fragments that a text names, and those that these name in turn, each once."""
    known: set[str] = set()
    open_ = _SPREAD.findall(text)
    while open_:
        name = open_.pop(0)
        if name not in known:
            known.add(name)
            yield name
            open_ += _SPREAD.findall(_fragments()[name])


@cache
def _fragments() -> dict[str, str]:
    return {found[1]: found[0] for found in _FRAGMENT.finditer(_file("fragments"))}


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(f"{name}.graphql").read_text("utf-8")
