"""A service before a real Neo4j, and users that ask it all at once: fifty for minutes, then two hundred."""

import asyncio
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import packs
from bench import routes
from bench.crowd.line import Line
from bench.crowd.questions import Kind, Questions, questions
from bench.crowd.users import Crowd, crowd
from bench.scale.figures import tell
from bench.scale.serving import Service, serving
from bench.sides import Side, opened, server
from bench.tables import Cell, Table
from loaders import demo
from network.view import View
from service import auth
from service.auth import Viewer
from service.graph import tokens
from service.graph.projection import feed
from service.graph.questions.agents import agents
from service.graph.questions.clocks import At
from service.graph.questions.ties import Network
from service.graph.record.write import load
from service.opening import now

USERS, MANY = 50, 200
MINUTES, MOMENT = 300.0, 30.0
DRAFT = 0.1
PAIRS = 100
SLOW = 0.99
FLAT = 1.05
PARTS = 5  # of a run: memory is compared between the second, when caches are filled, and the last
ROLE = auth.Role.STAFF
NONE = "-"
COLUMNS = ("what", "unit", "found", "promised", "kept")


def measured(loop: asyncio.AbstractEventLoop, seed: int, *, draft: bool) -> list[Table]:
    """What users met with; a draft has a tenth of the demo and of the time."""
    part = DRAFT if draft else 1.0
    with tempfile.TemporaryDirectory(prefix="paddock-bench-") as folder, server() as store, opened(loop, store) as side:
        loop.run_until_complete(load(side.graph, demo.batch(part), recorded_at=now()))
        tell("the demo is loaded")
        made = tokens.create(side.graph, "crowd", ROLE, scopes=auth.scopes_of(ROLE))
        secret = loop.run_until_complete(made).secret
        with serving(store.uri, store.password, Path(folder, "cache"), secret) as service:
            asked = loop.run_until_complete(_questions(service, side, seed))
            tell("every question was answered once")
            crowds = [_met(loop, service, asked, *one) for one in _runs(part, seed)]
    return [_table(crowds, seed)]


def _runs(part: float, seed: int) -> list[tuple[int, float, int]]:
    """How many users come for how many seconds, each time with another seed."""
    found = ((USERS // 2, MOMENT), (USERS, MOMENT), (USERS, MINUTES), (MANY, MOMENT))
    return [(users, seconds * part, seed + MANY * place) for place, (users, seconds) in enumerate(found)]


async def _questions(service: Service, side: Side, seed: int) -> Questions:
    viewer = await auth.viewer_of(side.graph, service.token)
    pairs = list(routes.pairs_with_routes(await _view(side, viewer), random.Random(seed), PAIRS))
    met = await agents(side.graph, viewer.scope, sorted({id for pair in pairs for id in pair}))
    names = {id: one.name for id, one in met.items()}
    return await questions(_line(service), names, pairs, demo.AS_OF, now())


async def _view(side: Side, viewer: Viewer) -> View:
    network = Network(side.graph, packs.evidence(), feed)
    try:
        return await network.view(viewer.scope, At(demo.AS_OF, None, side.graph.clock()))
    finally:
        await network.close()


def _line(service: Service) -> Line:
    return Line(service.connection.host, service.connection.port, service.token)


def _met(
    loop: asyncio.AbstractEventLoop, service: Service, asked: Questions, users: int, seconds: float, seed: int
) -> Crowd:
    lines = [_line(service) for _ in range(users)]
    found = loop.run_until_complete(crowd(lines, asked, seconds, seed, lambda: service.resident))
    slow = 1000 * found.every.percentile(SLOW)
    tell(f"{users} users: {found.goodput:.0f} answers a second, {slow:.0f} ms, {len(found.refused)} sent away")
    for failure, times in found.failed.items():
        tell(f"{times} times: {failure}")
    return found


def _table(crowds: Sequence[Crowd], seed: int) -> Table:
    *_, long, many = crowds
    peak = max(one.goodput for one in crowds)
    few, lot = f"{long.users} users", f"{many.users} users"
    rows = [
        _most(f"{few}, {long.seconds:.0f} s: wrong answers and failures", "", long.errors, 0),
        _most(f"{few}: refusals", "", len(long.refused), 0),
        _most("of a hundred answers the slowest", "ms", 1000 * long.every.percentile(SLOW), 400),
        _most("of a hundred routes the slowest", "ms", 1000 * long.times(Kind.PATHS).percentile(SLOW), 1500),
        _most("memory in the last fifth, beside the second", "times", _growth(long), FLAT),
        _least(f"{lot}, {many.seconds:.0f} s: right answers a second, of the best", "%", 100 * many.goodput / peak, 80),
        _most(f"{lot}: wrong answers and failures", "", many.errors, 0),
        _most("the slowest refusal", "ms", 1000 * max(many.refused, default=0.0), 1000),
        (f"{lot}: refusals", "", len(many.refused), NONE, NONE),
        *(_shown(one, kind) for one in (long, many) for kind in Kind),
        *((f"{one.users} users: right answers a second", "", one.goodput, NONE, NONE) for one in crowds),
        ("memory of the service at the end", "GB", many.memory[-1], NONE, NONE),
    ]
    return Table(
        "crowd", "Many users at once", _note(long, seed), ("what", "unit", "found", "promised", "kept"), tuple(rows)
    )


def _note(long: Crowd, seed: int) -> str:
    asked = sum(map(len, long.answered.values()))
    return (
        f"The demo in a Neo4j, users drawn with seed {seed}; in the {long.seconds:.0f} seconds {asked:,} answers, each"
        " compared with what it had to be. Users, service and Neo4j shared the cores; who was refused came again after"
        " the second that Retry-After names."
    )


def _growth(one: Crowd) -> float:
    size = max(len(one.memory) // PARTS, 1)
    return median(one.memory[-size:]) / median(one.memory[size : 2 * size] or one.memory)


def _most(what: str, unit: str, found: float, limit: float) -> tuple[Cell, ...]:
    return what, unit, found, f"at most {limit:g}", "yes" if found <= limit else "NO"


def _least(what: str, unit: str, found: float, limit: float) -> tuple[Cell, ...]:
    return what, unit, found, f"at least {limit:g}", "yes" if found >= limit else "NO"


def _shown(one: Crowd, kind: Kind) -> tuple[Cell, ...]:
    times = one.times(kind)
    said = f"{1000 * times.p50:.3g} and {1000 * times.percentile(SLOW):.3g}"
    return f"{one.users} users, {kind}: the middle, and of a hundred the slowest", "ms", said, NONE, NONE
