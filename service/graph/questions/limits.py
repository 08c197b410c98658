"""Whom introducers may be asked for: policy that holds for every role alike, whatever of it a role may see.

A limit takes somebody out of the inside of routes; who is an end of one, ties and joints stay as they are. It is read
with the longest list, and what follows from it is kept until the store's next revision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import cypher
from service.graph.questions import introductions
from service.graph.questions.agents import agents
from service.graph.questions.clocks import At
from service.graph.questions.ends import End, ends
from service.graph.questions.memory import Memory
from service.graph.store import Graph, Scope
from service.graph.visibility import classes

KEPT = 32  # days and moments whose limits are kept; each is small


@dataclass(frozen=True, slots=True)
class SetLimit:
    """What one person set; no cap: as often as one likes."""

    person: str
    asks_per_quarter: int | None
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """Somebody who may be asked so many times in a quarter, and was asked as often in that of the day."""

    allowed: int
    asked: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Who is not to be asked on a day: those who were asked often enough, and by end of a route who never is for it."""

    spent: Mapping[str, Spent] = field(default_factory=dict[str, Spent])
    never: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    def __bool__(self) -> bool:
        """Whether anybody is not to be asked."""
        return bool(self.spent or self.never)

    def barred(self, ends: Iterable[End]) -> dict[str, frozenset[str]]:
        """For all who may stand at these ends, who never introduces them or to them; only where somebody does not."""
        found: dict[str, frozenset[str]] = {}
        for end in ends if self.never else ():
            always = self.never.get(end.asked.id, frozenset())
            for id in end.ids if always else end.ids & self.never.keys():
                found[id] = found.get(id, frozenset()) | always | self.never.get(id, frozenset())
        return found

    def against(self, inside: Iterable[str], ends: Sequence[str]) -> dict[str, Spent | str]:
        """Of those inside a route, who is not to be asked: asked often enough, or never for the end that is given."""
        found = {one: self.spent.get(one) or self._never(one, ends) for one in inside}
        return {one: limit for one, limit in found.items() if limit is not None}

    def _never(self, introducer: str, ends: Sequence[str]) -> str | None:
        return next((end for end in ends if introducer in self.never.get(end, ())), None)


NO_LIMITS = Limits()

ALL = cypher.query("introducer_limits/all", SetLimit)


async def everything(graph: Graph, scope: Scope) -> Scope:
    """The longest list at the revision of a scope: what policy is read with, never what is shown."""
    return replace((await classes(graph)).everything(), revision=scope.revision)


@dataclass(frozen=True, slots=True)
class _Stored:
    """All that was set, under the present ids of those who set it, and what followed from it on the days asked."""

    revision: int
    scope: Scope
    rows: Sequence[SetLimit]
    kept: dict[At, Limits] = field(default_factory=dict[At, Limits])


class Policy:
    """The limits of a store as they stand: read once for each revision, and followed once for each day asked."""

    def __init__(self, graph: Graph, memory: Memory) -> None:
        """Nothing is read yet."""
        self._graph = graph
        self._memory = memory
        self._stored: _Stored | None = None

    async def limits(self, scope: Scope, at: At) -> Limits:
        """Who is not to be asked on a day, at the revision of a scope; what another process set by then is in it."""
        revision = (await self._graph.position()).number if scope.revision is None else scope.revision
        stored = self._stored
        if stored is None or stored.revision != revision:
            self._stored = stored = await self._read(replace(scope, revision=revision), revision)
        if not stored.rows:
            return NO_LIMITS
        day = replace(at, now="")
        if day not in stored.kept:
            if len(stored.kept) >= KEPT:
                stored.kept.pop(next(iter(stored.kept)))
            stored.kept[day] = await self._followed(stored, at)
        return stored.kept[day]

    async def _read(self, scope: Scope, revision: int) -> _Stored:
        longest = await everything(self._graph, scope)
        rows = await self._graph.read(ALL, longest)
        met = await agents(self._graph, longest, [row.person for row in rows])
        known = [replace(row, person=met[row.person].id) for row in rows if row.person in met]
        return _Stored(revision, longest, known)

    async def _followed(self, stored: _Stored, at: At) -> Limits:
        return Limits(await self._spent(stored, at), await self._never(stored, at))

    async def _spent(self, stored: _Stored, at: At) -> dict[str, Spent]:
        """Of two limits of one person, who was two records once, the stricter counts."""
        allowed: dict[str, int] = {}
        for row in stored.rows:
            if row.asks_per_quarter is not None:
                allowed[row.person] = min(row.asks_per_quarter, allowed.get(row.person, row.asks_per_quarter))
        asked = await introductions.asks(self._graph, stored.scope, list(allowed), at.as_of) if allowed else {}
        spent = {person: Spent(most, asked.get(person, 0)) for person, most in allowed.items()}
        return {person: one for person, one in spent.items() if one.asked >= one.allowed}

    async def _never(self, stored: _Stored, at: At) -> dict[str, frozenset[str]]:
        named = list(dict.fromkeys(id for row in stored.rows for id in row.never))
        stand = await ends(self._graph, self._memory, stored.scope, named, at) if named else []
        meant = dict(zip(named, stand, strict=True))
        found = defaultdict[str, set[str]](set)
        for row in stored.rows:
            for end in filter(None, map(meant.get, row.never)):
                for id in end.ids:
                    found[id].add(row.person)
        return {id: frozenset(people) for id, people in found.items()}
