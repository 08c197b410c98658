"""What questions have read of single things, kept while the store stays at one revision.

Reading who is where takes longer than every search among them. Nothing that was read at a revision, for a scope, a day
and a moment changes before the next revision, so the next question is spared it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar, cast
from weakref import ref

from service.graph.questions.clocks import At
from service.graph.store import Scope

V = TypeVar("V")
Read: TypeAlias = Callable[[list[str]], Awaitable[Mapping[str, V]]]

MOST = 32
"""Shelves at a time: a shelf holds one kind of thing as one scope sees it at one day and moment."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[V]):
    """A kind of thing that is kept, by its name."""

    name: str


class Same:
    """A thing as a term: equal to nothing but itself, however alike. It does not keep the thing from going."""

    __slots__ = ("_number", "_thing")

    def __init__(self, thing: object) -> None:
        """Which thing it is."""
        self._thing, self._number = ref(thing), id(thing)

    def __eq__(self, other: object) -> bool:
        """Whether both are of one and the same thing, which is still there."""
        return isinstance(other, Same) and self._thing() is not None and self._thing() is other._thing()

    def __hash__(self) -> int:
        """By which thing it is."""
        return self._number


class Memory:
    """Shelves of what was read at one revision; all of them go with the next."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._revision = -1
        self._shelves: dict[Hashable, dict[str, object]] = {}

    def shelf(self, kind: Kind[V], scope: Scope, at: At, *terms: Hashable) -> dict[str, V]:
        """Where a kind of thing is kept for a scope, a day, a moment and further terms, by id.

        A question that knows no revision, or one that has passed, gets a shelf of its own.
        """
        if scope.revision is None or scope.revision < self._revision:
            return {}
        if scope.revision > self._revision:
            self._revision, self._shelves = scope.revision, {}
        key = (kind.name, frozenset(scope.vis), at.as_of, at.known, *terms)
        shelf = self._shelves.pop(key, {})
        self._shelves[key] = shelf  # the last one used stands last
        if len(self._shelves) > MOST:
            del self._shelves[next(iter(self._shelves))]
        return cast("dict[str, V]", shelf)


async def kept(shelf: dict[str, V], ids: Iterable[str], read: Read[V]) -> None:
    """Fills a shelf with what is missing of these ids; `read` gives it for those it knows."""
    missing = [id for id in dict.fromkeys(ids) if id not in shelf]
    if missing:
        shelf |= await read(missing)
