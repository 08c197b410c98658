"""Ten years of gatherings: who signed up, who came, and who sat at which table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from loaders.demo import pack
from loaders.demo.dice import Urn, pick
from loaders.demo.records import LEVELS, MEMBERS
from loaders.demo.world import REFERENCE, Person, World, iso

if TYPE_CHECKING:
    from random import Random

    from loaders.demo.pack import Series
    from loaders.demo.records import Party, Thing

_FRIDAY = 4
_STATUS = {"ATTENDED": 87, "NO_SHOW": 6, "CANCELLED": 5, "REGISTERED": 2}
_AHEAD = {"REGISTERED": 96, "CANCELLED": 4}
_ENGINEERS = frozenset({"engineering", "quality", "software", "operations"})


def gather(world: World) -> None:
    """Every gathering of every year, series by series."""
    crowd = world.urn()
    engineers = Urn([p for p in world.people if p.profession.key in _ENGINEERS], lambda person: person.sociable)
    first, years = pack.table("world")["first_year"], pack.table("world")["years"]
    for series in pack.series():
        name, vis = f"{series.name}s", LEVELS[series.vis]
        programme = world.ledger.thing("events", "Event", series.key, name, vis, prefix="evt")
        for index in range(years):
            edition = _Edition(world, series, index, first + index, world.dice(series.key, first + index))
            edition.hold(programme, engineers if series.technical else crowd)


@dataclass(frozen=True, slots=True)
class _Edition:
    """The gathering of one year."""

    world: World
    series: Series
    index: int
    year: int
    dice: Random

    @property
    def key(self) -> str:
        return f"{self.series.key}-{self.year}"

    @property
    def name(self) -> str:
        topics = self.series.topics
        about = f" {topics[self.index % len(topics)]}" if topics else ""
        return f"{self.series.name}{about} {self.year}"

    @property
    def day(self) -> int:
        """The usual day, or the Friday before a weekend."""
        usual = date(self.year, self.series.month, self.series.day)
        return usual.toordinal() - max(0, usual.weekday() - _FRIDAY)

    def hold(self, programme: Thing, crowd: Urn[Person]) -> None:
        """Open one room, or several where the world is larger; a fair has no rooms but tables."""
        series, rooms = self.series, max(1, round(self.world.scale))
        most = round(series.most * self.world.scale)
        whole = self._event(self.key, self.name, LEVELS[series.vis], series.days, programme)
        if series.tables:
            came = self._attend(whole, crowd, most)
            for table in series.tables:
                for number in range(rooms):
                    self._table(table, f", {number + 1}" * (rooms > 1), whole, came)
            return
        for number in range(rooms):
            room = whole
            if rooms > 1:
                key, name = f"{self.key}-{number + 1}", f"{self.name}, Room {number + 1}"
                room = self._event(key, name, LEVELS[series.vis], series.days, whole)
            came = self._attend(room, crowd, min(series.most, max(8, most)))
            for official in self.dice.sample(self.world.officials, min(series.officials, len(self.world.officials))):
                self._come(room, official, "ATTENDED")
            self._opened(room, came)

    def _event(self, key: str, name: str, vis: int, days: int, within: Thing) -> Thing:
        first, last = iso(self.day), iso(self.day + days - 1)
        thing = self.world.ledger.thing("events", "Event", key, name, vis, prefix="evt", start=first, end=last)
        self.world.ledger.claim("events", "PART_OF", thing, within, vis)
        return thing

    def _table(self, table: str, number: str, fair: Thing, came: list[Person]) -> None:
        """A table of a fair, for some of those who came to it."""
        key = f"{self.key}-{table.split(maxsplit=1)[0].lower()}{number.replace(', ', '-')}"
        thing = self._event(key, f"{table} {self.year}{number}", MEMBERS, 1, fair)
        seats = min(self.series.table_most, max(4, round(self.series.table_most * self.world.scale)), len(came))
        sitting = self.dice.sample(came, seats)
        for someone in sitting:
            self._come(thing, someone.party, self._status())
        self._opened(thing, sitting)

    def _attend(self, event: Thing, crowd: Urn[Person], most: int) -> list[Person]:
        """Those who came, of all who signed up."""
        came: list[Person] = []
        day = min(self.day, REFERENCE)
        for someone in crowd.several(self.dice, min(most, len(crowd) // 2), lambda person: person.active(day)):
            status = self._status()
            self._come(event, someone.party, status)
            if status == "ATTENDED":
                came.append(someone)
        return came

    def _opened(self, room: Thing, people: list[Person]) -> None:
        if len(people) > 1 and self.day <= REFERENCE:
            self.world.rooms.append((room, self.day, people))

    def _status(self) -> str:
        return pick(self.dice, _STATUS if self.day <= REFERENCE else _AHEAD)

    def _come(self, event: Thing, party: Party, status: str) -> None:
        on, unit = iso(self.day), f"event:{event.id}"
        self.world.ledger.claim("events", "ATTENDED", party, event, MEMBERS, start=on, end=on, unit=unit, status=status)
