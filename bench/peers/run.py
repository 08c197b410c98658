"""Our service beside the strongest peer and beside the least that answers: same store, same answers, turn by turn."""

import asyncio
import http.client
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from statistics import median

import orjson

from bench.peers import servers
from bench.peers.driving import Endpoint, Refused, driven
from bench.peers.questions import OPERATIONS, Json, Operation
from bench.peers.servers import FLOOR, OURS, PEER
from bench.peers.society import FULL, Size
from bench.peers.world import World, opened
from bench.scale.figures import tell
from bench.tables import Cell, Table
from bench.timing import Unequal

KNOWN = 25  # acquaintances of whoever is asked about, so that a page holds all of them
ASKED, COMPARED = 100, 20  # different people in turn, and those whose answers are compared
ONE, MANY = 1, 16  # clients
ROUNDS, ALONE, TOGETHER, WARM = 7, 1.0, 2.0, 3.0  # seconds each
PATIENCE = 5  # answers that may be refused while a store is cold
DRAFT = Size(people=2_000, companies=200, ties=10_000)
FLOOR_LIMIT = 1.4
COLUMNS = (
    "asked",
    "kB",
    "our p50, ms",
    "its p50, ms",
    "the floor's p50, ms",
    "our answers/s, 16 clients",
    "its answers/s",
    "the floor's answers/s",
    "as fast, 1 client",
    "to reach",
    "as many, 16 clients",
    "to reach",
    "times the floor's time",
    "at most",
    "kept",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What one side did in one round: the median time of an answer for one client, and answers a second for many."""

    p50: float
    rate: float


@dataclass(slots=True)
class Case:
    """An operation, what each side is sent, and what each side did round by round."""

    operation: Operation
    bodies: Mapping[str, list[bytes]]
    size: int = 0
    found: dict[str, list[Measure]] = field(default_factory=dict[str, list[Measure]])

    def row(self) -> tuple[Cell, ...]:
        """A line of the table; ratios are medians of those within one round."""
        reach = self.operation.reach
        ours, peer, least = (self.found[side] for side in (OURS, PEER, FLOOR))
        faster = median(theirs.p50 / mine.p50 for mine, theirs in zip(ours, peer, strict=True))
        more = median(mine.rate / theirs.rate for mine, theirs in zip(ours, peer, strict=True))
        above = median(mine.p50 / theirs.p50 for mine, theirs in zip(ours, least, strict=True))
        kept = faster >= reach.p50 and more >= reach.throughput and above <= FLOOR_LIMIT
        return (
            self.operation.title,
            self.size / 1000,
            *(1000 * median(one.p50 for one in side) for side in (ours, peer, least)),
            *(median(one.rate for one in side) for side in (ours, peer, least)),
            *(faster, reach.p50, more, reach.throughput, above, FLOOR_LIMIT),
            "yes" if kept else "NO",
        )


def measured(loop: asyncio.AbstractEventLoop, seed: int, version: str, *, draft: bool) -> Table:
    """The table; Unequal where one of the three answers something else."""
    with opened(loop, DRAFT if draft else FULL, seed, version) as world, servers.started(world) as endpoints:
        cases = [_case(world, one, seed) for one in OPERATIONS]
        for case in cases:
            _planned(case, endpoints)
            compare(case, endpoints)
        tell("all three answer alike")
        for case in cases:
            for side, endpoint in endpoints.items():
                with suppress(Refused):  # as long as all is cold
                    driven(endpoint, case.bodies[side], MANY, WARM)
        for number in range(1 if draft else ROUNDS):
            _round(cases, endpoints, number)
            tell(f"round {number + 1} is done")
    return Table("peers", "GraphQL beside others", _note(seed), COLUMNS, tuple(case.row() for case in cases))


def _note(seed: int) -> str:
    return (
        "20,000 people, 2,000 organizations, 100,000 ties, 10,000 supply relations and 48,000 claims of what a company"
        f" can do, seed {seed}. The peer is @neo4j/graphql 7 with Apollo Server 5 on Fastify, the floor a bare"
        " Starlette route that sends our statements. Each side is one process on the same Neo4j; all three gave the"
        f" same answers before. Medians of {ROUNDS} rounds; ratios are medians of the ratios within a round."
    )


def _case(world: World, operation: Operation, seed: int) -> Case:
    ours, theirs = operation.documents()
    variables: list[dict[str, str]] = [{}]
    if "$id" in ours:
        variables = [{"id": id} for id in _asked(world, operation, seed)]
    bodies = {
        OURS: operation.bodies(ours, variables),
        PEER: operation.bodies(theirs, variables),
        FLOOR: operation.bodies(operation.name, variables),
    }
    return Case(operation, bodies, found={side: [] for side in bodies})


def _asked(world: World, operation: Operation, seed: int) -> Sequence[str]:
    """People drawn from all, or from those who know just as many as a page holds."""
    able = [id for id in world.people if operation.name == "person" or world.known[id] == KNOWN]
    return Random(seed).sample(able, min(ASKED, len(able)))


def _planned(case: Case, endpoints: Mapping[str, Endpoint]) -> None:
    """Nothing, once the store has planned what each side sends, which takes a cold one longer than a question may."""
    for side, endpoint in endpoints.items():
        for _ in range(PATIENCE):
            if not orjson.loads(_answer(endpoint, case.bodies[side][0])).get("errors"):
                break


def compare(case: Case, endpoints: Mapping[str, Endpoint]) -> None:
    """Nothing where all sides answer alike; Unequal otherwise."""
    plain = {OURS: case.operation.ours, PEER: case.operation.theirs, FLOOR: case.operation.ours}
    for place in range(min(COMPARED, len(case.bodies[OURS]))):
        answers: dict[str, Json] = {}
        for side, endpoint in endpoints.items():
            text = _answer(endpoint, case.bodies[side][place])
            case.size = len(text) if side == OURS else case.size
            answer = orjson.loads(text)
            if answer.get("errors"):
                raise Unequal(f"{case.operation.name}: {side} says {answer['errors']}")
            answers[side] = plain[side](answer["data"])
        for side in (PEER, FLOOR):
            if answers[side] != answers[OURS]:
                raise Unequal(f"{case.operation.name}: we say {answers[OURS]}, {side} says {answers[side]}")


def _answer(endpoint: Endpoint, body: bytes) -> bytes:
    connection = http.client.HTTPConnection(endpoint.host, endpoint.port)
    headers = dict(line.split(": ", 1) for line in endpoint.headers)
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json", **headers})
    text = connection.getresponse().read()
    connection.close()
    return text


def _round(cases: Sequence[Case], endpoints: Mapping[str, Endpoint], number: int) -> None:
    """One more measure of each side; who begins changes from round to round."""
    sides = list(endpoints)
    sides = sides[number % len(sides) :] + sides[: number % len(sides)]
    for case in cases:
        for side in sides:
            case.found[side].append(_measure(endpoints[side], case.bodies[side], side))


def _measure(endpoint: Endpoint, bodies: Sequence[bytes], side: str) -> Measure:
    """What a side does now; where the machine is so busy that it refuses an answer, it is asked all anew."""
    for _ in range(PATIENCE):
        try:
            p50 = median(driven(endpoint, bodies, ONE, ALONE))
            begin = time.perf_counter()
            many = driven(endpoint, bodies, MANY, TOGETHER)
        except Refused as refusal:
            tell(f"{side} refused an answer: {str(refusal).partition(chr(13))[0]}")
        else:
            return Measure(p50, len(many) / (time.perf_counter() - begin))
    raise Refused(f"{side} refuses answers again and again")
