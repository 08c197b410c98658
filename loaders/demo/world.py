"""The people and firms of the invented world while it is being made, and its calendar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from loaders.demo import pack
from loaders.demo.dice import Urn, chance, pick, stream
from loaders.demo.records import Ledger
from network.dates import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from loaders.demo.pack import Concept, Kind, Profession, Region
    from loaders.demo.records import Party, Thing

YEAR = 365.25
REFERENCE = date.fromisoformat(pack.table("world")["reference"]).toordinal()
OPENING = date(pack.table("world")["first_year"], 1, 1).toordinal()
SEED = str(pack.table("world")["seed"])
RESERVED = frozenset(str(row["name"]) for row in pack.table("stories")["person"])
"""Names of the people the stories plant: nobody else has them, so that a name finds its bearer."""

_PRECISION = {4: 30, 7: 36, 10: 34}  # signs of a day that lists write


@dataclass(slots=True, eq=False)
class Firm:
    """An organization that people work for. A planted one has a story, and people of it are left to no chance."""

    party: Party
    name: str
    kind: Kind
    region: Region
    weight: float
    member: bool
    story: str | None = None
    does: list[Concept] = field(default_factory=list["Concept"])
    staff: list[Person] = field(default_factory=list["Person"])  # those there today

    @property
    def planted(self) -> bool:
        return self.story is not None

    @property
    def registered(self) -> bool:
        return any(identity.scheme == "trade-register" for identity in self.party.identities)


@dataclass(slots=True, eq=False)
class Job:
    """A time at a firm: the days as they were, and as the directory writes them."""

    firm: Firm
    title: str
    first: int
    last: int | None  # None while it lasts
    start: str | None
    end: str | None


@dataclass(slots=True, eq=False)
class Person:
    """Somebody; `sociable` is how often they are met, around 1."""

    party: Party
    name: str
    profession: Profession
    sociable: float
    since: int
    until: int
    level: int = 0
    jobs: list[Job] = field(default_factory=list["Job"])

    @property
    def firm(self) -> Firm:
        """Where they are, or were last."""
        return self.jobs[-1].firm

    @property
    def registered(self) -> bool:
        return any(identity.scheme == "officer" for identity in self.party.identities)

    def active(self, day: int) -> bool:
        return self.since <= day <= self.until


@dataclass(slots=True)
class World:
    """All that the parts of the generator share."""

    scale: float
    seed: str
    ledger: Ledger
    association: Firm
    firms: list[Firm] = field(default_factory=list["Firm"])
    people: list[Person] = field(default_factory=list["Person"])  # those left to chance
    officials: list[Party] = field(default_factory=list["Party"])
    capabilities: dict[str, Thing] = field(default_factory=dict[str, "Thing"])
    posts: dict[str, tuple[Thing, Party]] = field(default_factory=dict[str, tuple["Thing", "Party"]])
    issues: list[Thing] = field(default_factory=list["Thing"])
    supplies: list[tuple[Firm, Firm]] = field(default_factory=list[tuple["Firm", "Firm"]])
    rooms: list[tuple[Thing, int, list[Person]]] = field(default_factory=list[tuple["Thing", int, list["Person"]]])
    names: set[str] = field(default_factory=set[str])  # of people
    numbers: Iterator[int] = field(default_factory=lambda: count(1))  # of people, as they come

    def dice(self, *name: object) -> Random:
        """A stream of random numbers of that name."""
        return stream(self.seed, *name)

    def sized(self, size: str, least: int = 1) -> int:
        """A size of the pack at this scale."""
        return max(least, round(float(pack.table("world")["sizes"][size]) * self.scale))

    def own_staff(self) -> Urn[Person]:
        """The people of the association itself."""
        return Urn(self.association.staff, lambda person: person.sociable)

    def urn(self) -> Urn[Person]:
        """Everybody left to chance, the sociable ones more often."""
        return Urn(self.people, lambda person: person.sociable)


def iso(day: int) -> str:
    """A day as text."""
    return date.fromordinal(day).isoformat()


def written(dice: Random, day: int) -> str:
    """A day as lists write it: to the year, the month or the day."""
    return iso(day)[: pick(dice, _PRECISION)]


def beginning(dice: Random, day: int) -> str | None:
    """A start as written; now and then nobody knows it."""
    return None if chance(dice, 0.03) else written(dice, day)


def ending(dice: Random, day: int | None) -> str | None:
    """An end as written: open while it lasts, and unknown more often than a start is."""
    if chance(dice, 0.02 if day is None else 0.08):
        return None
    return OPEN if day is None else written(dice, day)
