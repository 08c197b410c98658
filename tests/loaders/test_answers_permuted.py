"""With all names and ids replaced, the answers are the same but for names, ids and the order of equals."""

import os
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

import packs
from loaders import motorsport_uk
from service.engines.protocol import Engine
from service.graph import projection
from service.graph.questions.clocks import When
from service.graph.questions.routes import Path as Route
from service.graph.questions.routes import PathOutcome, PathResult, introduction_paths
from service.graph.questions.supply import SupplyDirection, supply_chain
from service.graph.questions.ties import Network
from service.graph.store import Graph
from service.graph.visibility import classes
from tests.loaders.invented import FOLDER
from tests.loaders.renaming import Renaming, read

REAL = os.environ.get("PADDOCK_MOTORSPORT_UK")
WHEN = When(as_of="2026-08-21")
SEASON = "2014"  # both sets have one
ROUTES = 10
Became = Mapping[str, str]


async def compare(engine: Engine, folder: Path, renamed: Path, pairs: int) -> None:
    """Ask both sets the same questions, one after the other in the same store."""
    renaming = Renaming(folder, seed=7)
    old = read(folder)
    became = renaming.nodes(old)
    luck = random.Random(11)
    agents = sorted(old.agents)
    asked = [(one, other) for one, other in (luck.sample(agents, 2) for _ in range(pairs))]
    customers = sorted({one.b for one in old.assertions if (one.type, one.start) == ("SUPPLIES", SEASON)})[:5]
    before = await answers(engine, folder, asked, customers, became)
    await engine.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {}))
    there = [(became[one], became[other]) for one, other in asked]
    after = await answers(
        engine, renaming.write(renamed), there, [became[one] for one in customers], dict.fromkeys(became.values(), "")
    )
    assert before == after
    assert any(outcome is PathOutcome.FOUND for outcome, *_ in before)


async def answers(
    engine: Engine, folder: Path, pairs: list[tuple[str, str]], roots: list[str], became: Became
) -> list[tuple[object, ...]]:
    """What each question answers, in the ids that both sets share."""
    graph = Graph(engine, lambda: "2026-11-24T06:34:28.000000Z")
    assert (await motorsport_uk.load(graph, folder)).complete
    network = Network(graph, packs.evidence(), projection.feed)
    scope = (await classes(graph)).everything()
    found: list[tuple[object, ...]] = []
    for start, target in pairs:
        result = await introduction_paths(network, scope, start, target, k=ROUTES, when=WHEN)
        assert result is not None
        found.append(_routes(result, became))
    for root in roots:
        chain = await supply_chain(
            graph, scope, root, direction=SupplyDirection.BOTH, when=When(as_of=f"{SEASON}-07-01")
        )
        assert chain is not None
        assert chain.hops != ()
        hops = Counter(
            (_id(hop.supply.supplier.id, became), _id(hop.supply.customer.id, became), hop.supply.start, hop.tier)
            for hop in chain.hops
        )
        found.append((hops, chain.truncated))
    return found


def _routes(result: PathResult, became: Became) -> tuple[object, ...]:
    """Outcome and strengths, and the routes that no equal one could have pushed out by the limit."""
    strengths = [round(route.strength, 9) for route in result.paths]
    last = strengths[-1] if len(strengths) == ROUTES else -1.0
    kept = Counter(_route(route, became) for route in result.paths if round(route.strength, 9) > last)
    return result.outcome, result.nearest_hops, strengths, kept


def _route(route: Route, became: Became) -> tuple[object, ...]:
    steps = tuple(
        (
            _id(segment.start.id, became),
            _id(segment.end.id, became),
            round(segment.willingness, 9),
            segment.tie.evidence_count,
            segment.tie.last_evidence,
        )
        for segment in route.segments
    )
    return _id(route.on_behalf_of.id, became), route.hops, route.band, steps


def _id(id: str, became: Became) -> str:
    return became[id] or id


async def test_the_answers_of_the_invented_set_permute_along(engine: Engine, tmp_path: Path) -> None:
    await compare(engine, FOLDER, tmp_path / "renamed", pairs=40)


@pytest.mark.slow
@pytest.mark.embedded
@pytest.mark.skipif(REAL is None, reason="NO REAL DATA: set PADDOCK_MOTORSPORT_UK to the folder of motorsport-uk")
async def test_the_answers_of_the_real_set_permute_along(embedded: Engine, tmp_path: Path) -> None:
    await compare(embedded, Path(REAL or ""), tmp_path / "renamed", pairs=20)
