"""What a load will do to the graph, worked out before the first write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Properties = Mapping[str, object]


class Fate(StrEnum):
    """What became of a record of a load."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"  # a person took it back, and its source says what it said before
    SUPPRESSED = "suppressed"  # it tells of somebody who was erased


@dataclass(frozen=True, slots=True)
class NodeWrite:
    """A node to create, or to give other properties; the writer adds the revision, and to a new one its moment."""

    label: str
    id: str
    properties: Properties
    new: bool


@dataclass(frozen=True, slots=True)
class Creation:
    """A relationship to create; the writer adds revision and moment, unless it keeps the moment it had."""

    type: str
    a: str
    b: str
    properties: Properties

    @property
    def id(self) -> object:
        return self.properties["id"]


@dataclass(frozen=True, slots=True)
class Change:
    """A standing relationship whose properties change, or which is taken back."""

    type: str
    id: str
    a: str
    b: str
    properties: Properties = field(default_factory=dict[str, object])
    retract: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    """A relationship that goes, to come back elsewhere or because a merge or split has no place for it."""

    type: str
    id: str
    a: str
    b: str


@dataclass(slots=True)
class Parcel:
    """What is written in one transaction or not at all: a unit with the evidence derived from it."""

    unit: str | None = None
    creations: list[Creation] = field(default_factory=list[Creation])
    changes: list[Change] = field(default_factory=list[Change])
    deletions: list[Deletion] = field(default_factory=list[Deletion])

    def __len__(self) -> int:
        return len(self.creations) + len(self.changes) + len(self.deletions)

    def extend(self, other: Parcel) -> None:
        """Take in another one."""
        self.creations += other.creations
        self.changes += other.changes
        self.deletions += other.deletions

    def pieces(self, size: int) -> Iterator[Parcel]:
        """The same in parcels of at most `size` records; what is taken back comes before what replaces it."""
        changes, creations = self.changes, self.creations
        for start in range(0, len(changes), size):
            yield Parcel(self.unit, [], changes[start : start + size])
        for start in range(0, len(creations), size):
            yield Parcel(self.unit, creations[start : start + size])


@dataclass(slots=True)
class Tally:
    """What a load comes to."""

    fates: dict[str, Fate] = field(default_factory=dict[str, Fate])  # by key of the record
    retracted: Counter[str] = field(default_factory=Counter[str])  # rows that are gone, by source
