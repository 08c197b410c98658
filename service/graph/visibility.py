"""Visibility classes: a level with optional compartments, numbered, so that a clearance is a list of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import cypher
from service.graph.store import Graph, Scope, Write

LEVELS = ("PUBLIC", "MEMBERS", "STAFF", "LOBBYING")


@dataclass(frozen=True, slots=True)
class VisibilityClass:
    """A row of the table."""

    id: int
    level: str
    compartments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """How many records a statement wrote."""

    saved: int


PLAIN = tuple(VisibilityClass(number, level, ()) for number, level in enumerate(LEVELS))

ALL = cypher.query("visibility/all", VisibilityClass)
CREATE = cypher.query("visibility/create", Saved)


class Classes:
    """The table of classes; what is asked for and missing gets the next number, and is `added` until it is saved."""

    def __init__(self, rows: Iterable[VisibilityClass] = ()) -> None:
        """Begin with what the store has; the four plain levels are always 0 to 3."""
        self._classes = {row.id: (LEVELS.index(row.level), frozenset(row.compartments)) for row in rows}
        self._numbers = {found: number for number, found in self._classes.items()}
        self._joined: dict[tuple[int, int], int] = {}
        self._covered: dict[tuple[int, int], bool] = {}
        self.added: list[VisibilityClass] = [self._add(row) for row in PLAIN if row.id not in self._classes]

    def everything(self) -> Scope:
        """The longest list: what the store's owner may see."""
        return Scope(tuple(sorted(self._classes)))

    def number(self, level: str, compartments: Iterable[str] = ()) -> int:
        """The number of a class."""
        return self._number(LEVELS.index(level), frozenset(compartments))

    def strictest(self, numbers: Iterable[int]) -> int:
        """Whoever may see this class may see all of the given: the highest level, every compartment."""
        first, *others = numbers
        for other in others:
            first = first if first == other else self._strictest(first, other)
        return first

    def least_strict(self, numbers: Iterable[int]) -> int:
        """The class of a node that records of these classes mention: the lowest level, the compartments of all."""
        first, *others = set(numbers)
        level, compartments = self._classes[first]
        for other in others:
            level, compartments = min(level, self._classes[other][0]), compartments & self._classes[other][1]
        return self._number(level, compartments)

    def covers(self, clearance: int, number: int) -> bool:
        """Whether what is of class `number` is visible to whoever may see no more than class `clearance`."""
        pair = (clearance, number)
        if pair not in self._covered:
            self._covered[pair] = self._within(number, *self._classes[clearance])
        return self._covered[pair]

    def viewpoints(self, among: AbstractSet[int], groups: Iterable[AbstractSet[int]]) -> list[frozenset[int]]:
        """What of the classes `among` is seen by whoever sees some of a group and no more; fewer before more."""
        found: set[tuple[int, frozenset[str]]] = set()
        for group in groups:
            joined: set[tuple[int, frozenset[str]]] = set()
            for level, held in map(self._classes.__getitem__, group):
                joined |= {(level, held), *((max(level, high), held | more) for high, more in joined)}
            found |= joined
        return [
            frozenset(number for number in among if self._within(number, level, held))
            for level, held in sorted(found, key=lambda one: (one[0], len(one[1]), sorted(one[1])))
        ]

    def name(self, number: int) -> tuple[str, ...]:
        """The level and the compartments of a class, the same in every store whatever its number."""
        level, compartments = self._classes[number]
        return LEVELS[level], *sorted(compartments)

    def order(self, number: int) -> tuple[int, int, list[str]]:
        """Sorts less strict classes first."""
        level, compartments = self._classes[number]
        return level, len(compartments), sorted(compartments)

    def _within(self, number: int, high: int, held: frozenset[str]) -> bool:
        level, needed = self._classes[number]
        return level <= high and needed <= held

    def _strictest(self, left: int, right: int) -> int:
        pair = (left, right)
        if pair not in self._joined:
            (one, some), (other, more) = self._classes[left], self._classes[right]
            self._joined[pair] = self._number(max(one, other), some | more)
        return self._joined[pair]

    def _number(self, level: int, compartments: frozenset[str]) -> int:
        found = (level, compartments)
        if found not in self._numbers:
            row = VisibilityClass(max(self._classes) + 1, LEVELS[level], tuple(sorted(compartments)))
            self.added.append(self._add(row))
        return self._numbers[found]

    def _add(self, row: VisibilityClass) -> VisibilityClass:
        found = (LEVELS.index(row.level), frozenset(row.compartments))
        self._classes[row.id] = found
        self._numbers[found] = row.id
        return row


async def classes(graph: Graph) -> Classes:
    """The table of a store."""
    return Classes(await graph.read(ALL, Scope()))


async def save(write: Write, added: Sequence[VisibilityClass]) -> None:
    """Nothing, once these rows of the table are in the store."""
    if added:
        rows = [{"id": row.id, "level": row.level, "compartments": list(row.compartments)} for row in added]
        await write.run(CREATE, rows=rows)
