"""Every question with a real answer, as the page of the documents that shows them.

`python -m service.cli.answers > docs/queries.md` writes it anew; a test compares the two. The invented world is loaded
into a store of its own, and every call is made as a shell or a client would make it.
"""

from __future__ import annotations

import asyncio
import io
import os
import re
import shlex
import sys
import tempfile
import tomllib
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from loaders import demo
from service import auth, opening
from service.cli import app
from service.cli.ending import ended
from service.engines.protocol import LOADING
from service.errors import Code, ServiceError
from service.graph.questions.names import resolve
from service.graph.record import write
from service.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from service.graph.store import Graph

SCALE = 0.02
RECORDED = "2026-10-01T08:00:00.000000Z"
HEAD = f"""# Every question, answered

Asked of the invented association of `paddock demo`, as of {demo.AS_OF}: first from the shell, then of GraphQL. The same
questions take `--json`, `--known-at` and a role. Moments that differ from run to run are shown as `…`.
"""

_SPECIAL = frozenset('"$`\\!')
_NAMED = re.compile(r"\{\{(.+?)\}\}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


class Example(TypedDict):
    """A question: what it is called and for, its calls from the shell, and its GraphQL document, empty for none."""

    title: str
    about: str
    calls: list[list[str]]
    query: str


@dataclass(frozen=True, slots=True)
class Said:
    """A call and what it printed."""

    call: Sequence[str]
    out: str


def examples() -> list[Example]:
    """The questions of the pack, in their order."""
    text = (files("packs") / "motorsport" / "demo" / "examples.toml").read_text("utf-8")
    return cast("list[Example]", [{"query": "", **one} for one in tomllib.loads(text)["example"]])


async def page(folder: Path) -> str:
    """The page, answered from a store in a folder that must be empty."""
    settings = read_settings({}, store=str(folder))
    async with opening.opened(settings, LOADING) as graph:
        await write.load(graph, demo.batch(SCALE), recorded_at=RECORDED)
        return "\n".join([HEAD, *[part async for part in _parts(graph, folder)]])


async def _parts(graph: Graph, folder: Path) -> AsyncGenerator[str]:
    for example in examples():
        yield f"## {example['title']}\n\n{example['about']}\n"
        for call in example["calls"]:
            said = await _said([await _named(graph, word) for word in call], folder)
            yield f"```\n$ paddock {_line(said.call)}\n{said.out}```\n"
        if example["query"]:
            query = await _named(graph, example["query"].strip())
            said = await _said(["graphql", query], folder)
            yield f"```graphql\n{query}\n```\n\n```json\n{said.out}```\n"


async def _named(graph: Graph, text: str) -> str:
    """The text with ids for names."""
    viewer = await auth.owner(graph)
    for name in dict.fromkeys(_NAMED.findall(text)):
        found = await resolve(graph, viewer.scope, name)
        if found.entity is None:
            raise ServiceError(Code.NOT_FOUND, f"an example names {name!r}, which is not one thing of the demo")
        text = text.replace(f"{{{{{name}}}}}", found.entity.id)
    return text


async def _said(call: Sequence[str], folder: Path) -> Said:
    """What a call prints; one that fails ends the page."""
    out = io.BytesIO()
    shell = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    with redirect_stdout(shell):
        code = await asyncio.to_thread(ended, app, [*call, "--store", str(folder)])
    if code:
        raise ServiceError(Code.INTERNAL, f"paddock {_line(call)} ended with {code}")
    return Said(call, _MOMENT.sub(lambda found: found[0] if found[0] == RECORDED else "…", out.getvalue().decode()))


def _line(call: Sequence[str]) -> str:
    """A call as somebody would type it: a word with an apostrophe in double quotes."""
    return " ".join(
        f'"{word}"' if "'" in word and not _SPECIAL.intersection(word) else shlex.quote(word) for word in call
    )


def main() -> None:
    """Print the page."""
    os.environ |= {"PADDOCK_ASSOCIATION": demo.ASSOCIATION, "COLUMNS": "110"}
    with tempfile.TemporaryDirectory() as folder:
        text = asyncio.run(page(Path(folder)))
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
