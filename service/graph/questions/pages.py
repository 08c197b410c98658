"""Keyset pages: what a caller may ask of a list, and what a list gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from cypher.rows import record
from service.errors import Code, ServiceError
from service.graph.questions.clocks import FOREVER
from service.graph.questions.cursors import Position, seal, unseal

if TYPE_CHECKING:
    from service.graph.questions.onward import Onward

R = TypeVar("R")
S = TypeVar("S")

DEFAULT = 20
NESTED = 100
ROOT = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list: `first` rows after a cursor or the `last` before one; `total` asks for the count too.

    `asked` names what whoever asks is going to show, in the words of the contract, each name alone, behind that of the
    field it stands under, `organization.country`, and what the entries of a list show behind that of the list,
    `suppliers.id`: the rest need not be read. `onward` is what will be asked of what it finds.
    """

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None
    total: bool = False
    most: int = NESTED
    asked: frozenset[str] | None = None
    onward: tuple[Onward, ...] = field(default=(), compare=False)

    def shows(self, *names: str) -> bool:
        """Whether any of these is going to be shown."""
        return self.asked is None or not self.asked.isdisjoint(names)

    def names_alone(self, field: str) -> bool:
        """Whether of what stands under a field nothing but the name is going to be shown."""
        under = f"{field}."
        return self.asked is not None and all(one == f"{field}.name" for one in self.asked if one.startswith(under))

    @property
    def sealed(self) -> bool:
        """Whether any cursor of it is going to be shown."""
        return self.shows("cursor", "startCursor", "endCursor")

    @property
    def plain(self) -> bool:
        """Whether it is a first page of which nobody is going to see more than its rows."""
        return self.after is None and self.before is None and self.last is None and not (self.total or self.sealed)

    @property
    def size(self) -> int:
        """How many rows it may hold; BAD_USER_INPUT where the bounds do not allow that."""
        if self.first is None and self.last is None:  # as nearly always where a thousand lists are asked at once
            return DEFAULT
        if self.first is not None and self.last is not None:
            raise ServiceError(Code.BAD_USER_INPUT, "first and last exclude each other; give one of them")
        for name, value in (("first", self.first), ("last", self.last)):
            if value is not None and not 1 <= value <= self.most:
                raise ServiceError(Code.BAD_USER_INPUT, f"{name} is {value}; it may be 1 to {self.most}")
        return self.first or self.last or DEFAULT

    @property
    def backward(self) -> bool:
        """Whether it counts from the end."""
        return self.last is not None


WHOLE = Page()


@record(frozen=True, slots=True)
class Slice(Generic[R]):
    """A part of a list in its order, a cursor beside each row; `total` only where it was asked for."""

    rows: tuple[R, ...]
    cursors: tuple[str, ...]
    has_next: bool
    has_previous: bool
    total: int | None = None

    def mapped(self, make: Callable[[R], S | None]) -> Slice[S]:
        """The same part of a list with something else in each place; what has vanished takes its cursor along."""
        made = [(make(row), cursor) for row, cursor in zip(self.rows, self.cursors, strict=True)]
        kept = [(row, cursor) for row, cursor in made if row is not None]
        rows, cursors = tuple(row for row, _ in kept), tuple(cursor for _, cursor in kept)
        return Slice(rows, cursors, self.has_next, self.has_previous, self.total)


def beginning(listed: Sequence[R], size: int) -> Slice[R]:
    """The first page of a list, where nobody asks for more than its rows."""
    rows = tuple(listed[:size])
    return Slice(rows, ("",) * len(rows), len(listed) > size, has_previous=False)


@dataclass(frozen=True, slots=True)
class Question:
    """A list as its cursors know it: a name with every argument that decides what is in it, and the two clocks."""

    secret: bytes
    name: str
    page: Page
    as_of: str | None
    known_at: str | None
    now: str

    def at(self) -> Question:
        """The same question at the clocks of its first page, which its cursor carries."""
        found = self.after or self.before
        return self if found is None else replace(self, as_of=found.as_of, known_at=found.known_at)

    @property
    def known(self) -> str:
        """The moment whose knowledge answers; absent means all that stands."""
        return self.known_at or FOREVER

    @property
    def after(self) -> Position | None:
        return self._position(self.page.after)

    @property
    def before(self) -> Position | None:
        return self._position(self.page.before)

    def _position(self, cursor: str | None) -> Position | None:
        return None if cursor is None else unseal(self.secret, self.name, cursor)

    def slice(self, found: Sequence[R], place: Callable[[R], tuple[str, str]], total: int | None) -> Slice[R]:
        """The rows of a page out of one more than it may hold, with their cursors."""
        size, backward = self.page.size, self.page.backward
        kept = found[:size][::-1] if backward else found[:size]
        more = len(found) > size
        cursors = self._cursors(kept, place)
        return Slice(
            tuple(kept),
            cursors,
            has_next=self.page.before is not None if backward else more,
            has_previous=more if backward else self.page.after is not None,
            total=total,
        )

    def _cursors(self, kept: Sequence[R], place: Callable[[R], tuple[str, str]]) -> tuple[str, ...]:
        """A cursor beside each row; an empty one where nobody is going to see it, as sealing takes its time."""
        if not self.page.sealed:
            return ("",) * len(kept)
        if self.page.shows("cursor"):
            return tuple(seal(self.secret, self.name, self._at(*place(row))) for row in kept)
        found = [""] * len(kept)
        if kept:
            for end in (0, -1):
                found[end] = seal(self.secret, self.name, self._at(*place(kept[end])))
        return tuple(found)

    def _at(self, key: str, id: str) -> Position:
        return Position(key, id, self.as_of, self.known_at or self.now)


@dataclass(frozen=True, order=True)
class Item(Generic[R]):
    """An entry of a list that was worked out in memory: its sort key, its id, and what stands there."""

    key: str
    id: str
    value: R = field(compare=False)


def part(listed: Sequence[Item[R]], question: Question) -> Slice[Item[R]]:
    """The page of a whole list in the order of its items."""
    after, before = question.after, question.before
    rest = [
        item
        for item in listed
        if (after is None or (item.key, item.id) > (after.key, after.id))
        and (before is None or (item.key, item.id) < (before.key, before.id))
    ]
    found = rest[::-1] if question.page.backward else rest
    total = len(listed) if question.page.total else None
    return question.slice(found[: question.page.size + 1], lambda item: (item.key, item.id), total)
