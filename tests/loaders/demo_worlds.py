"""The demo's invented world as an empty store would hold it: what follows from it, and who may see what."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

import packs
from loaders import demo
from network.dates import OPEN, earliest, latest, ordinal, partial
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from network.strength import Band
from network.view import View
from service.graph.model import AgentKind, Assertion, Batch, Claim, Evidence, NodeRecord, digest
from service.graph.record.derivation import RULES, evidence
from service.graph.visibility import Classes
from tests.loaders.standing import standing

SMALL = 0.02
AGENTS = frozenset({"Person", "Organization"})
# Claims about records, which no pack names: who took part in what happened once.
RECORDS = {
    "TOOK_PART_IN": ({"Person"}, {"Meeting"}),
    "GAVE_CARD": ({"Person"}, {"CardExchange"}),
    "RECEIVED_CARD": ({"Person"}, {"CardExchange"}),
    "EXCHANGED_AT": ({"CardExchange"}, {"Event"}),
    "REQUESTS": ({"Person"}, {"Introduction"}),
    "INTRODUCES": ({"Person"}, {"Introduction"}),
    "INTRODUCED_IN": ({"Person"}, {"Introduction"}),
}


@cache
def world(scale: float) -> Batch:
    return demo.batch(scale)


@cache
def known(scale: float) -> tuple[Evidence, ...]:
    """All evidence: what sources say themselves, then what follows from their claims."""
    batch, classes = world(scale), Classes()
    units = defaultdict[str, list[Claim]](list)
    for one in batch.assertions:
        if one.unit is not None:
            units[one.unit].append(standing(one))
    derived = (record for unit in units for record in evidence(unit, units[unit], classes).values())
    return (*batch.evidence, *derived)


@cache
def _projection(scale: float) -> Projection:
    agents = [AgentRow(one.id, one.vis, one.kind is AgentKind.ORGANIZATION) for one in world(scale).agents.values()]
    sources = [SourceRow(one.id, one.vis) for one in world(scale).sources]
    return Projection.of(packs.evidence(), [Delta(1, agents, sources, [_row(one) for one in known(scale)])])


def _row(one: Evidence) -> EvidenceRow:
    return EvidenceRow(
        id=digest("kno", one.key, one.content, 0),
        start=one.a,
        end=one.b,
        kind=one.kind,
        since=None if one.since is None else ordinal(one.since),
        on=ordinal(one.on),
        confidence=one.confidence,
        intensity=one.intensity,
        vis=one.vis,
        recorded=0,
        retracted=None,
        source=one.source,
    )


def view(scale: float, clearance: frozenset[int]) -> View:
    """What a clearance sees on the day as of which the demo asks."""
    return _projection(scale).view(clearance, ordinal(demo.AS_OF))


@cache
def staff(scale: float) -> dict[str, set[str]]:
    """The people who are at each organization on the day as of which the demo asks."""
    there = defaultdict[str, set[str]](set)
    for one in world(scale).assertions:
        if one.type in {"WORKS_FOR", "DIRECTOR_OF"} and _runs(one):
            there[one.b].add(one.a)
    return there


def _runs(one: Assertion) -> bool:
    if one.start is None or one.end is None:
        return False
    return earliest(one.start) <= demo.AS_OF <= latest(one.end)


def ends(scale: float, agent: str) -> set[str]:
    """Where a route to or from an agent may end: itself, and its people if it has any."""
    return {agent} | staff(scale).get(agent, set())


def members(scale: float) -> set[str]:
    """The association and the organizations that are its members now."""
    (guild,) = [one.id for one in world(scale).agents.values() if one.name == demo.ASSOCIATION]
    joined = (one for one in world(scale).assertions if one.type == "MEMBER_OF" and one.b == guild)
    return {guild} | {one.a for one in joined if one.end == OPEN}


def kinds(scale: float, a: str, b: str) -> set[str]:
    """The kinds of evidence between two agents that count on the day as of which the demo asks."""
    between = [one for one in known(scale) if {one.a, one.b} == {a, b}]
    return {one.kind for one in between if (one.since or one.on) <= demo.AS_OF}


@dataclass(frozen=True, slots=True)
class Joint:
    """The people of two firms who know each other both ways and well enough."""

    warm: list[tuple[str, str]]

    @property
    def name(self) -> str:
        """What the joint is called: LIVE with two pairs that share nobody, SINGLE with one, COLD with none."""
        two = any(not {a, b} & {c, d} for a, b in self.warm for c, d in self.warm)
        return "LIVE" if two else "SINGLE" if self.warm else "COLD"


def joint(scale: float, clearance: frozenset[int], supplier: str, customer: str) -> Joint:
    seen = view(scale, clearance)
    pairs = [(a, b) for a in staff(scale)[supplier] for b in staff(scale)[customer] if a != b]
    folds = {(a, b): seen.tie(a, b) for a, b in pairs}
    warm = {Band.WARM, Band.STRONG}
    return Joint(sorted(pair for pair, tie in folds.items() if tie is not None and tie.band in warm and tie.mutual))


def faults(batch: Batch) -> list[str]:
    """Whatever would keep a batch from being loaded as it stands; nothing, if all is well."""
    return [*_dangling(batch), *_untold(batch), *_repeated(batch), *_illegal(batch), *_misdated(batch), *_hidden(batch)]


def _dangling(batch: Batch) -> list[str]:
    there = {*batch.agents, *batch.nodes, *(known.id for one in batch.agents.values() for known in one.identities)}
    ends_ = [(one.type, end) for one in batch.assertions for end in (one.a, one.b)]
    ends_ += [(one.kind, end) for one in batch.evidence for end in (one.a, one.b)]
    sources = {source.id for source in batch.sources}
    said: list[Assertion | Evidence | NodeRecord] = [*batch.assertions, *batch.evidence, *batch.nodes.values()]
    lost = [f"{said_} ends at {end}, which is not there" for said_, end in ends_ if end not in there]
    return lost + [f"{one} has no source" for one in said if one.source not in sources]


def _untold(batch: Batch) -> list[str]:
    """Agents that no source identifies, and identities that no source tells."""
    told = {(one.a, one.b) for one in batch.assertions if one.type == "IDENTIFIED_BY"}
    had = {(one.id, known.id) for one in batch.agents.values() for known in one.identities}
    bare = [one.id for one in batch.agents.values() if not one.identities or one.identities[0].agent != one.id]
    return [f"{pair} identified and not told, or told and not identified" for pair in told ^ had] + bare


def _repeated(batch: Batch) -> list[str]:
    records: list[Assertion | Evidence] = [*batch.assertions, *batch.evidence]
    keys = Counter(one.key for one in records)
    return [f"{key} is said {count} times" for key, count in keys.items() if count > 1]


def _illegal(batch: Batch) -> list[str]:
    """Claims of a type that the pack does not have between such ends, and units without a rule."""
    label = {one.id: str(one.kind) for one in batch.agents.values()}
    label |= {one.id: one.label for one in batch.nodes.values()}
    label |= {known.id: "Identifier" for one in batch.agents.values() for known in one.identities}
    legal = {name: (one.origin, one.target) for name, one in packs.relations().items()} | RECORDS
    found: list[str] = []
    for one in batch.assertions:
        origin, target = legal[one.type]
        if label[one.a] not in origin or label[one.b] not in target or one.a == one.b:
            found.append(f"{label[one.a]} {one.type} {label[one.b]}")
        if one.unit is not None and one.unit.split(":")[0] not in RULES:
            found.append(f"no rule derives {one.unit}")
    return found + [f"no model weighs {one.kind}" for one in batch.evidence if one.kind not in packs.evidence().kinds]


def _misdated(batch: Batch) -> list[str]:
    found: list[str] = []
    for one in batch.assertions:
        start, end = (None if day is None else partial(day) for day in (one.start, one.end))
        if start is not None and end is not None and earliest(start) > latest(end):
            found.append(f"{one.type} from {start} to {end}")
        if one.attributes.get("status") in {"HELD", "ATTENDED"} and (one.start or "") > demo.AS_OF:
            found.append(f"{one.type} of {one.start} lies ahead")
    return found + [f"{one.kind} of {one.on} lies ahead" for one in batch.evidence if one.on > demo.AS_OF]


def _hidden(batch: Batch) -> list[str]:
    """Agents whose class is not that of their most open record, or whose name is stricter than they are."""
    seen: dict[str, int] = {}
    records: list[Assertion | Evidence] = [*batch.assertions, *batch.evidence]
    for one in records:
        for end in (one.a, one.b):
            seen[end] = min(one.vis, seen.get(end, one.vis))
    named: dict[tuple[str, str], int] = {}
    for one in batch.assertions:
        for name in one.names:
            named[one.a, name] = min(one.vis, named.get((one.a, name), one.vis))
    agents = batch.agents.values()
    wrong = [one.id for one in agents if one.vis != seen[one.id] or named[one.id, one.name] != one.vis]
    others = [
        (one.id, name, vis) for one in agents for name, vis in zip(one.other_names, one.other_names_vis, strict=True)
    ]
    return wrong + [f"{id} {name}" for id, name, vis in others if named[id, name] != vis]
