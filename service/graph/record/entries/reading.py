"""What stands of all that an entry touches, read inside its transaction and from the nodes it names: never a scan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Protocol, TypeVar, cast

import cypher
from cypher import Query
from service.graph.model import Claim
from service.graph.record.standing import Known, Properties, Stored, TakenBack, by_key
from service.graph.store import Question, Write
from service.graph.visibility import Classes

Row = TypeVar("Row")


class Identifiable(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AgentNode:
    """A person or organization as it is stored."""

    label: str
    id: str
    properties: dict[str, object]


@dataclass(frozen=True, slots=True)
class Found:
    """The id of what was found."""

    id: str


@dataclass(frozen=True, slots=True)
class Derived(Known):
    """A piece of evidence, perhaps taken back."""

    retracted_at: str | None = None


AGENTS = cypher.query("entry/agents", AgentNode)
IDENTIFICATIONS = cypher.query("entry/identifications", Claim)
IDENTIFYING = cypher.query("entry/identifying", Properties)
CLAIMS = cypher.query("entry/claims", Claim)
KNOWN = cypher.query("entry/evidence", Derived)
EVIDENCE = cypher.query("unit/evidence", Derived)
POSTS = cypher.query("unit/posts", Found)
# By the first letters of an id: what it is of, the statement that reads it, and those that read the claims at it.
THINGS: Mapping[str, tuple[str, Query[Properties]]] = {
    "cap": ("Capability", cypher.query("entry/capabilities", Properties)),
    "cer": ("Certification", cypher.query("entry/certifications", Properties)),
    "crd": ("CardExchange", cypher.query("entry/card_exchanges", Properties)),
    "evt": ("Event", cypher.query("entry/events", Properties)),
    "idn": ("Identifier", cypher.query("entry/identifiers", Properties)),
    "int": ("Introduction", cypher.query("entry/introductions", Properties)),
    "lim": ("IntroducerLimits", cypher.query("entry/introducer_limits", Properties)),
    "mtg": ("Meeting", cypher.query("entry/meetings", Properties)),
    "pst": ("Post", cypher.query("entry/posts", Properties)),
    "src": ("Source", cypher.query("entry/sources", Properties)),
}
_, _SOURCES = THINGS["src"]
_AT_AGENTS = (cypher.query("unit/at_agents", Claim),)
UNITS: Mapping[str, tuple[Query[Claim], ...]] = {
    "crd": (cypher.query("unit/at_card_exchanges", Claim), cypher.query("unit/from_card_exchanges", Claim)),
    "evt": (cypher.query("unit/at_events", Claim),),
    "int": (cypher.query("unit/at_introductions", Claim),),
    "mtg": (cypher.query("unit/at_meetings", Claim),),
    "org": _AT_AGENTS,
    "per": _AT_AGENTS,
    "pst": (cypher.query("unit/at_posts", Claim),),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads of one transaction that writes: they see every class, as the evidence of each depends on all."""

    write: Write
    classes: Classes

    async def rows(self, query: Query[Row], **parameters: object) -> list[Row]:
        """The rows of a question."""
        return await self.write.run(query, **parameters, vis=list(self.classes.everything().vis))

    async def foresee(self, agents: Sequence[str], source: str) -> None:
        """Nothing, once all is kept that was asked ahead about these."""
        await self._kept(AGENTS, agents, _id)
        await self._kept(IDENTIFICATIONS, agents, lambda claim: claim.a)
        await self._kept(_SOURCES, [source], _id)
        for row in await self.rows(IDENTIFYING, ids=list(agents)) if agents else ():
            _, query = THINGS[row.id.partition("-")[0]]
            self.write.kept.setdefault(query.name, {})[row.id] = [row]

    async def nodes(self, ids: Iterable[str]) -> dict[str, Stored]:
        """The nodes with these ids, those of them that are there."""
        asked = _by_prefix(ids)
        agents = [*asked.pop("per", ()), *asked.pop("org", ())]
        found = {row.id: Stored(row.label, row.properties) for row in await self._kept(AGENTS, agents, _id)}
        for prefix, theirs in asked.items():
            if prefix in THINGS:
                label, query = THINGS[prefix]
                rows = await self._kept(query, theirs, _id)
                found.update((row.id, Stored(label, row.properties)) for row in rows)
        return found

    async def identifications(self, agents: Iterable[str]) -> list[Claim]:
        """All claims about what identifies these agents, retracted ones too, by id."""
        found = await self._kept(IDENTIFICATIONS, sorted(set(agents)), lambda claim: claim.a)
        return sorted(found, key=_id)

    async def _kept(self, query: Query[Row], ids: Sequence[str], of: Callable[[Row], str]) -> list[Row]:
        """The rows about each of these, as long as nothing changes read once."""
        known = cast("dict[str, list[Row]]", self.write.kept.setdefault(query.name, {}))
        missing = [id for id in ids if id not in known]
        if missing:
            rows = await self.rows(query, ids=missing)
            known.update((id, []) for id in missing)
            for row in rows:
                known[of(row)].append(row)
        return [row for id in ids for row in known[id]]

    async def at(self, ids: Iterable[str]) -> list[Claim]:
        """All claims of units at these nodes, retracted ones too."""
        found: dict[str, Claim] = {}
        for prefix, theirs in _by_prefix(ids).items():
            for query in UNITS.get(prefix, ()):
                found.update((row.id, row) for row in await self.rows(query, ids=theirs))
        return list(found.values())

    async def units(self, touched: Iterable[tuple[str | None, str]]) -> list[Claim]:
        """All claims of some units, retracted ones too, found from a node of each at which claims of it end."""
        anchors: dict[str, set[str]] = {}
        for unit, node in touched:
            if unit is not None:
                anchors.setdefault(unit, set()).add(node)
        for unit, found in anchors.items():
            posts = sorted(node for node in found if node.startswith("pst-"))
            if posts:
                found.update(row.id for row in await self.rows(POSTS, ids=posts, unit=unit))
        every = await self.at(node for found in anchors.values() for node in found)
        return [one for one in every if one.unit in anchors]

    async def derived(self, unit: str, agents: Iterable[str]) -> tuple[list[Known], dict[str, list[TakenBack]]]:
        """The standing evidence of a unit among these agents, and what was taken back of it."""
        ids = sorted(set(agents))
        rows = await self.rows(EVIDENCE, ids=ids, unit=unit) if ids else []
        taken = by_key(TakenBack(row.key, row.id, row.vis) for row in rows if row.retracted_at is not None)
        return [_known(row) for row in rows if row.retracted_at is None], taken


def foreseen(agents: Sequence[str], source: str, vis: Sequence[int]) -> list[Question]:
    """What an entry about these agents asks first, whatever it is."""
    given = {"ids": list(agents), "vis": list(vis)}
    about = [Question(query, given) for query in (AGENTS, IDENTIFICATIONS, IDENTIFYING) if agents]
    return [*about, Question(_SOURCES, {**given, "ids": [source]})]


def _id(row: Identifiable) -> str:
    return row.id


def _known(row: Derived) -> Known:
    return Known(**{field.name: getattr(row, field.name) for field in fields(Known)})


def _by_prefix(ids: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id in sorted(set(ids)):
        found.setdefault(id.partition("-")[0], []).append(id)
    return found
