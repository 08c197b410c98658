"""Statements about what another statement finds: asked in its exchange, where the store is able to, or not at all."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeAlias

from cypher.joining import Link
from service.engines.protocol import Record

MOST = 100  # things it may be asked about so: about more, the store does better in an exchange of its own


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked about, and the records that answer it."""

    ids: Sequence[str]
    records: list[Record]


@dataclass(slots=True, eq=False)
class Branch:
    """A statement without its ids, which another one finds in a column; `found` is None until it has been asked."""

    text: str
    parameters: Mapping[str, object]
    column: int
    branches: Sequence[Branch] = ()
    found: Found | None = None

    def link(self, place: int) -> Link:
        """What leads to it from the statement at this place."""
        return Link(place, self.column, MOST)


Branches: TypeAlias = Sequence[Branch]
_BRANCHES: ContextVar[Branches] = ContextVar("branches", default=())


@contextmanager
def onward(branches: Branches) -> Generator[None]:
    """What is read within the block finds what these are asked about."""
    token = _BRANCHES.set(branches)
    try:
        yield
    finally:
        _BRANCHES.reset(token)


def branches() -> Branches:
    """What is asked about whatever the next statement finds."""
    return _BRANCHES.get()
