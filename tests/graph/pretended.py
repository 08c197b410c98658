"""A graph that answers from plain data, for properties that want hundreds of graphs; no engine runs behind it.

What it answers are the rows that the statements give of such data: tests of each statement on both engines show that.
"""

import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import cypher
import packs
from network.dates import ordinal
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from service.engines.protocol import Engine
from service.graph.questions.candidates import Candidate, Certificate
from service.graph.questions.limits import SetLimit
from service.graph.questions.presence import Staff
from service.graph.questions.rows import Agent, Capability, CapabilityClaim
from service.graph.questions.ties import Network
from service.graph.store import Graph, Position, Scope
from tests.graph.little import NOW, REGISTER, SECRET, THEN, organization, person

Row = TypeVar("Row")
PEOPLE = [f"per-{number}" for number in range(8)]
FIRMS = [f"org-{number}" for number in range(3)]
KINDS = ("MEETING", "DECLARED", "CARD_GIVEN", "CORRESPONDENCE_SENT", "SHARED_EVENT", "CALL")
WHAT = Capability("cap-milling", "milling", ())
STAFF, TODAY = 2, ordinal(NOW[:10])


@dataclass(frozen=True)
class World:
    """People, firms with their people, evidence, what introducers allow, and which firms hold a certificate."""

    staff: Mapping[str, tuple[str, ...]]
    evidence: tuple[EvidenceRow, ...]
    limits: tuple[SetLimit, ...] = ()
    certified: frozenset[str] = frozenset(FIRMS)

    def without(self, evidence: str) -> "World":
        return replace(self, evidence=tuple(row for row in self.evidence if row.id != evidence))

    def network(
        self, order: Callable[[Sequence[EvidenceRow]], Sequence[EvidenceRow]] = list, size: int = 99
    ) -> Network:
        """The questions about this world, its evidence read in some order, so many pieces at a time."""
        rows = order(self.evidence)

        async def feed(_: Graph, since: int) -> AsyncIterator[Delta]:
            if since == 0:
                agents = [AgentRow(id, 0, id.startswith("org")) for id in [*PEOPLE, *FIRMS]]
                yield Delta(1, agents, [SourceRow(REGISTER.id, 0)])
                for first in range(0, len(rows), size):
                    yield Delta(1, evidence=rows[first : first + size])

        return Network(Pretended(cast("Engine", None), lambda: NOW, SECRET, world=self), packs.evidence(), feed)


@dataclass(frozen=True, slots=True)
class Pretended(Graph):
    """A graph that holds a world."""

    world: World = field(default_factory=lambda: World({}, ()))

    async def read(self, query: cypher.Query[Row], scope: Scope, **parameters: object) -> list[Row]:
        ids = cast("list[str]", parameters.get("ids", []))
        staff = self.world.staff
        answers: dict[str, list[object]] = {
            "agent/by_id": [agent(id) for id in ids if id in {*PEOPLE, *FIRMS}],
            "joint/people": [Staff(id, staff.get(id, ())) for id in ids],
            "introducer_limits/all": list(self.world.limits),
            "capability/by_id": [WHAT],
            "reach/candidates": [self._candidate(id) for id in FIRMS if _asked(self.world, id, parameters)],
            "claim/capabilities": [claim(id) for id in FIRMS if f"clm-{id}" in ids],
        }
        return cast("list[Row]", answers.get(query.name, []))

    async def position(self) -> Position:
        return Position(1, 1)

    def _candidate(self, id: str) -> Candidate:
        held = (Certificate("YES", "2020-01-01", "9999-12-31"),) if id in self.world.certified else ()
        return Candidate(f"clm-{id}", False, WHAT.id, WHAT.name, "YES", False, None, None, held, agent(id))  # noqa: FBT003


def _asked(world: World, id: str, parameters: Mapping[str, object]) -> bool:
    return bool(parameters.get("everyone")) or parameters.get("certification") is None or id in world.certified


def agent(id: str) -> Agent:
    return organization(id, id.upper()) if id.startswith("org") else person(id, id.upper())


def claim(id: str) -> CapabilityClaim:
    """That a firm can do it."""
    return CapabilityClaim(
        id=f"clm-{id}",
        source=REGISTER,
        locator=None,
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=0,
        start=None,
        end=None,
        earliest=None,
        latest=None,
        observed=(),
        unseen=(),
        disputed=False,
        organization=agent(id),
        capability=WHAT,
        level=None,
        verified=False,
    )


def evidence(id: str, start: str, end: str, kind: str, days: int, confidence: float, vis: int = 0) -> EvidenceRow:
    """A piece of evidence so many days old."""
    return EvidenceRow(id, start, end, kind, None, TODAY - days, confidence, 1.0, vis, 1, None, REGISTER.id)


def world(seed: int, pieces: int = 18) -> World:
    """A world of a seed: a fifth of its evidence hidden, up to two introducers with limits."""
    draw = random.Random(seed)
    agents = [*PEOPLE, *PEOPLE, *FIRMS]
    pairs = [(draw.choice(agents), draw.choice(agents)) for _ in range(pieces)]
    rows = [
        evidence(
            f"kno-{number:02}",
            start,
            end,
            draw.choice(KINDS),
            draw.choice((0, 30, 400)),
            draw.choice((0.5, 1.0)),
            draw.choice((0, 0, 0, 0, STAFF)),
        )
        for number, (start, end) in enumerate(pairs)
        if start != end
    ]
    staff = {firm: tuple(sorted(draw.sample(PEOPLE, draw.randint(0, 3)))) for firm in FIRMS}
    return World(staff, tuple(rows), limits(draw), frozenset(draw.sample(FIRMS, draw.randint(0, 3))))


def limits(draw: random.Random) -> tuple[SetLimit, ...]:
    """What up to two introducers allow."""
    return tuple(
        SetLimit(one, draw.choice((None, 0)), tuple(draw.sample([*PEOPLE, *FIRMS], draw.randint(0, 2))))
        for one in draw.sample(PEOPLE, draw.randint(0, 2))
    )
