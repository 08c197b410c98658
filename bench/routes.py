"""Routes between two people: our search beside Cypher on the same ties, beside SciPy, and as a whole answer."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

import numpy as np
from neo4j import READ_ACCESS, Driver, Query
from neo4j.exceptions import ClientError, TransientError
from numpy.typing import NDArray
from scipy.sparse import csr_array  # pyright: ignore[reportMissingTypeStubs]
from scipy.sparse.csgraph import yen  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from bench.sides import Side
from bench.tables import Cell, Table
from bench.texts import text
from bench.timing import Ask, Times, Unequal, agreed, timed, waiting
from network import paths
from network.view import GRAINS, View
from service.graph.questions.clocks import When
from service.graph.questions.routes import introduction_paths
from service.graph.questions.ties import Network
from service.graph.store import Scope

K, BATCH = 5, 5000
PATIENCE = 20.0  # seconds that the other side may take for one question
HOPS = 3
YEN = 40  # SciPy lists longer routes first; more of them take longer still
COLUMNS = (
    "set",
    "at most",
    "beside us",
    "pairs",
    "its p50, ms",
    "its p95, ms",
    "our p50, ms",
    "our p95, ms",
    "times as long",
)
Pair = tuple[str, str]
_Yen = tuple[NDArray[np.float64], NDArray[np.int32]]
Routes = list[tuple[int, tuple[str, ...]]]  # of each its rounded cost and the ids along it


@dataclass(frozen=True, slots=True)
class Peer:
    """Another way to the same answer: up to how many hops, for how many pairs, and how often each is asked."""

    title: str
    file: str
    hops: int
    pairs: int
    rounds: int


PEERS = (
    Peer("Cypher, a pattern of variable length", "routes_3_variable", 3, 20, 1),
    Peer("Cypher, a pattern for each number of hops", "routes_3_stepwise", 3, 100, 3),
    Peer("Cypher, a pattern for each number of hops", "routes_4_stepwise", 4, 3, 1),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A set as somebody sees it: the network of its store, and the view of everything at a day."""

    name: str
    side: Side
    network: Network
    scope: Scope
    as_of: str
    view: View


def compared(loop: asyncio.AbstractEventLoop, case: Case, seed: int) -> list[tuple[Cell, ...]]:
    """A row for each other way; Unequal where one of them gives other routes than ours."""
    chosen = list(pairs_with_routes(case.view, random.Random(seed), max(peer.pairs for peer in PEERS)))
    rows = [_whole(loop, case, chosen), scipy(case, chosen[:20])]
    if case.side.name == "neo4j":
        put(case.side.bare, case.view)
        rows += [cypher(case, peer, chosen[: peer.pairs]) for peer in PEERS]
    return rows


def table(rows: Iterable[tuple[Cell, ...]], seed: int, *, neo4j: bool) -> Table:
    """All rows of all sets."""
    note = f"The {K} best routes of pairs that have one, seed {seed}; both sides of a row answered alike before."
    without = "" if neo4j else " There was no Neo4j, so no Cypher."
    return Table("routes", "Routes between two people", note + without, COLUMNS, tuple(rows))


def ours(view: View, hops: int) -> Ask[Pair, Routes]:
    """Our search."""

    def ask(pair: Pair) -> Routes:
        found = paths.routes(view, [pair[0]], [pair[1]], k=K, max_hops=hops)
        return [(route.equal, route.agents) for route in found.routes]

    return ask


def put(driver: Driver, view: View) -> None:
    """Nothing, once the ties of a view stand in a Neo4j as relationships with their costs."""
    ids, organization = view.ties.agents.ids, view.ties.organization
    seats = [{"id": id, "person": not organization[number]} for number, id in enumerate(ids)]
    with driver.session() as session:  # pyright: ignore[reportUnknownMemberType] - untyped options
        session.run(text("seats_constraint")).consume()
        for name, rows in (("seats_create", seats), ("ties_create", list(_ties(view)))):
            for start in range(0, len(rows), BATCH):
                part = rows[start : start + BATCH]
                record = session.run(text(name), rows=part).single(strict=True)
                if record["saved"] != len(part):
                    raise Unequal(f"{name} saved {record['saved']} of {len(part)}")


def _ties(view: View) -> Iterator[dict[str, object]]:
    ids, routes = view.ties.agents.ids, view.routes
    for a, (first, last) in enumerate(zip(routes.starts, routes.starts[1:], strict=False)):
        for b, cost in zip(routes.ends[first:last].tolist(), routes.values[first:last].tolist(), strict=True):
            if a < b:
                yield {"a": ids[a], "b": ids[b], "cost": cost}


def pairs_with_routes(view: View, dice: random.Random, number: int) -> Iterator[Pair]:
    """Pairs that have a route: where there is none, every side is done at once."""
    linked = (np.diff(view.routes.starts) > 0) & ~view.ties.organization
    people = sorted(view.ties.agents.ids[number] for number in np.flatnonzero(linked))
    search = ours(view, HOPS)
    drawn = ((a, b) for a, b in iter(lambda: dice.sample(people, 2), []))
    return islice(filter(search, drawn), number)


def cypher(case: Case, peer: Peer, pairs: Sequence[Pair]) -> tuple[Cell, ...]:
    """The row of Cypher beside us; pairs that take it too long are left out."""
    with case.side.bare.session(default_access_mode=READ_ACCESS) as session:  # pyright: ignore[reportUnknownMemberType]
        query = Query(text(peer.file), timeout=PATIENCE)

        def ask(pair: Pair) -> Routes | None:
            try:
                record = session.run(query, {"from": pair[0], "to": pair[1], "k": K}).single(strict=True)
            except (ClientError, TransientError) as error:
                if "TransactionTimedOut" not in str(error.code):
                    raise
                return None
            return [(row["cost"], tuple(row["ids"])) for row in record["rows"]]

        answered = [pair for pair in pairs if ask(pair) is not None]
        asked: dict[str, Ask[Pair, Routes | None]] = {"Cypher": ask, "ours": ours(case.view, peer.hops)}
        agreed(asked, answered)
        times = timed(asked, answered, peer.rounds)
    number = str(len(answered)) if len(answered) == len(pairs) else f"{len(answered)} of {len(pairs)}"
    return (case.name, f"{peer.hops} hops", peer.title, number, *_cells(times["Cypher"], times["ours"]))


def _cells(theirs: Times, mine: Times) -> tuple[Cell, ...]:
    if not mine.seconds:
        return ("-",) * 5
    both = [1000 * seconds for seconds in (theirs.p50, theirs.p95, mine.p50, mine.p95)]
    return (*both, theirs.times_slower(mine))


def scipy(case: Case, pairs: Sequence[Pair], listed: int = YEN) -> tuple[Cell, ...]:
    """SciPy's k shortest paths; what it lists within the limit of hops has to be what we list."""
    ties, routes, numbers = case.view.ties, case.view.routes, case.view.ties.agents.numbers
    # SciPy's `yen` wants indices of 32 bits.
    begin = np.repeat(np.arange(len(ties.organization), dtype=np.int32), np.diff(routes.starts))
    people = ~ties.organization[begin] & ~ties.organization[routes.ends]
    size = len(ties.organization)
    costs = routes.values[people] / GRAINS
    graph = csr_array((costs, (begin[people], routes.ends[people])), shape=(size, size))

    def ask(pair: Pair) -> list[float]:
        a, b = numbers[pair[0]], numbers[pair[1]]
        found, before = cast("_Yen", yen(graph, a, b, listed, return_predecessors=True))
        each = zip(found.tolist(), before.tolist(), strict=True)
        return [round(cost, 9) for cost, row in each if _hops(row, a, b) <= HOPS][:K]

    search = ours(case.view, HOPS)
    for pair in pairs:
        theirs, mine = ask(pair), [round(cost / 10**12, 9) for cost, _ in search(pair)]
        if theirs != mine[: len(theirs)]:
            raise Unequal(f"{pair}: SciPy says {theirs}, ours {mine}")
    asked: dict[str, Ask[Pair, object]] = {"SciPy": ask, "ours": search}
    times = timed(asked, pairs, 1)
    return (
        case.name,
        f"{HOPS} hops",
        f"SciPy `yen`, its {listed} best",
        str(len(pairs)),
        *_cells(times["SciPy"], times["ours"]),
    )


def _hops(before: Sequence[int], a: int, b: int) -> int:
    hops = 0
    while b != a:
        b, hops = before[b], hops + 1
    return hops


def _whole(loop: asyncio.AbstractEventLoop, case: Case, pairs: Sequence[Pair]) -> tuple[Cell, ...]:
    search = ours(case.view, HOPS)
    whole = waiting(loop, _answer(case))
    agreed({"the answer": whole, "the search": lambda pair: [ids for _, ids in search(pair)]}, pairs)
    asked: dict[str, Ask[Pair, object]] = {"whole": whole, "search": search}
    times = timed(asked, pairs, 3)
    title = f"our whole answer, on {case.side.name}"
    return (case.name, f"{HOPS} hops", title, str(len(pairs)), *_cells(times["whole"], times["search"]))


def _answer(case: Case) -> Callable[[Pair], Awaitable[list[tuple[str, ...]]]]:
    async def ask(pair: Pair) -> list[tuple[str, ...]]:
        found = await introduction_paths(case.network, case.scope, *pair, k=K, when=When(case.as_of))
        told = found.paths if found else ()
        return [(path.start.id, *(step.end.id for step in path.segments)) for path in told]

    return ask
