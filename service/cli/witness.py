"""What a command shows of people, held back until it is in the audit: a shell is asked by somebody too.

Whom a command shows is told by what it prints: of all the people it has read, those whose id or one of whose names
stands there. Of two people of one name both count as shown.
"""

from __future__ import annotations

import io
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, TypeVar, cast

# A command is told its name in no other way.
from typer._click.globals import get_current_context

from service import audit
from service.errors import Code, ServiceError
from service.graph.audit import append
from service.graph.questions.rows import Agent
from service.graph.store import Graph, Scope

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    import cypher
    from service.auth import Viewer

Row = TypeVar("Row")
PERSON = "per-"
_STYLES = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Watched(Graph):
    """A graph that remembers which people were read of it, with everything they are called."""

    people: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    async def read(self, query: cypher.Query[Row], scope: Scope, **parameters: object) -> list[Row]:
        """The rows of a question, as far as the scope may see them."""
        rows = await Graph.read(self, query, scope, **parameters)
        self._note(rows)
        return rows

    def shown(self, text: str) -> list[str]:
        """The ids of the people who stand in a text that was printed, however its lines were broken."""
        printed = _run_together(text)
        return sorted(id for id, names in self.people.items() if any(_run_together(name) in printed for name in names))

    def _note(self, value: object) -> None:
        if isinstance(value, Agent) or (is_dataclass(value) and str(getattr(value, "id", "")).startswith(PERSON)):
            self._remember(value)
        if isinstance(value, list | tuple):
            # What is read by the thousand are columns of plain values.
            some = cast("list[object] | tuple[object, ...]", value)
            for one in some if some and (is_dataclass(some[0]) or isinstance(some[0], list | tuple)) else ():
                self._note(one)
        elif is_dataclass(value):
            for one in fields(value):
                self._note(getattr(value, one.name))

    def _remember(self, value: object) -> None:
        id, name = str(getattr(value, "id", "")), getattr(value, "name", None)
        if id.startswith(PERSON):
            others = cast("tuple[str, ...]", getattr(value, "other_names", ()))
            self.people.setdefault(id, {id}).update(one for one in (name, *others) if one)


def watched(graph: Graph) -> Watched:
    """The same graph, watched."""
    return Watched(graph.engine, graph.clock, graph.secret, graph.listener)


async def witnessed(graph: Watched, viewer: Viewer, ask: Callable[[], Awaitable[int]]) -> int:
    """How a command ends; what it prints is printed once the audit knows whom it shows."""
    command = get_current_context(silent=True)
    name = None if command is None else command.command_path
    with _held() as out:
        try:
            code = await ask()
        except ServiceError as error:
            # It may offer several people to choose from.
            await _entered(graph, viewer, name, out.text() + error.message)
            raise
        await _entered(graph, viewer, name, out.text())
        out.release()
    return code


async def _entered(graph: Watched, viewer: Viewer, name: str | None, text: str) -> None:
    people = graph.shown(text)
    if not people:
        return
    try:
        await append(graph, [audit.shown(viewer, graph.clock(), name, (), people)])
    except ServiceError as error:
        raise ServiceError(Code.UNAVAILABLE, audit.UNWRITTEN) from error


class Held(io.TextIOWrapper):
    """A place to print to that looks like the one behind it and passes nothing on before it is told to."""

    def __init__(self, behind: io.TextIOBase) -> None:
        """In front of the terminal, a file or a pipe."""
        self._held, self._behind, self._let = io.BytesIO(), behind, 0
        super().__init__(self._held, encoding=behind.encoding or "utf-8", errors=behind.errors, write_through=True)

    def isatty(self) -> bool:
        return self._behind.isatty()

    def fileno(self) -> int:
        return self._behind.fileno()

    def text(self) -> str:
        """All that was printed."""
        self.flush()
        return self._held.getvalue().decode(self.encoding, "replace")

    def release(self) -> None:
        """Pass on what was printed."""
        self._behind.write(self.text())
        self._behind.flush()


@contextmanager
def _held() -> Generator[Held]:
    behind = sys.stdout
    held = Held(cast("io.TextIOBase", behind))
    sys.stdout = held
    try:
        yield held
    finally:
        sys.stdout = behind


def _run_together(text: str) -> str:
    return "".join(_STYLES.sub("", text).split())
