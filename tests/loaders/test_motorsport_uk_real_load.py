"""The real set in the graph, on both engines: exact counts, nothing written twice, and the one faint route."""

import os
from pathlib import Path

import pytest

import packs
from loaders import motorsport_uk
from service.engines.protocol import Engine
from service.graph import projection
from service.graph.questions.agents import agent
from service.graph.questions.clocks import When
from service.graph.questions.routes import PathOutcome, PathResult, introduction_paths
from service.graph.questions.supply import SupplyDirection, supply_chain
from service.graph.questions.ties import Network
from service.graph.store import Graph, Scope
from service.graph.visibility import classes

FOLDER = os.environ.get("PADDOCK_MOTORSPORT_UK")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(FOLDER is None, reason="NO REAL DATA: set PADDOCK_MOTORSPORT_UK to the folder of motorsport-uk"),
]


async def known_as(graph: Graph, scope: Scope, scheme: str, value: str) -> str:
    """The id of the agent that a scheme knows by a value."""
    found = await agent(graph, scope, scheme, value)
    assert found is not None
    return found.id


def told(result: PathResult | None) -> tuple[object, ...]:
    """The outcome, how many hops the shortest route has, and every route by the names on it."""
    assert result is not None
    routes = [(route.band, [segment.end.name for segment in route.segments]) for route in result.paths]
    return result.outcome, result.nearest_hops, routes


async def test_the_real_set_has_its_counts_is_loaded_once_and_answers_with_one_faint_route(engine: Engine) -> None:
    graph = Graph(engine, lambda: "2026-11-24T06:34:28.000000Z")
    first = await motorsport_uk.load(graph, Path(FOLDER or ""))
    again = await motorsport_uk.load(graph, Path(FOLDER or ""))
    assert first.evidence == {"CO_COMMITTEE": 1501, "BENEFIT": 88, "CO_AFFILIATION": 542, "SHARED_EVENT": 51824}
    assert {file.file: (file.rows, file.written, file.unchanged) for file in first.files} == {
        "appgs.csv": (16, 16, 0),
        "appg_memberships.csv": (278, 272, 6),
        "appg_secretariats.csv": (15, 15, 0),
        "appg_benefits.csv": (21, 21, 0),
        "interest_ties.csv": (92, 91, 0),
        "minister_appointments.csv": (154, 154, 0),
        "f1db_constructor_chronology.csv": (217, 39, 178),
        "f1db_season_entrants.csv": (134, 134, 0),
        "f1db_season_entrant_drivers.csv": (411, 411, 0),
        "f1db_supply_engine_year.csv": (1169, 930, 0),
        "f1db_supply_tyre_year.csv": (1156, 1156, 0),
        "f1db_races.csv": (275, 275, 0),
        "f1db_race_results.csv": (5350, 5350, 0),
    }
    assert ({file.written for file in again.files}, again.evidence, again.withdrawn) == ({0}, {}, {})

    scope = (await classes(graph)).everything()
    network = Network(graph, packs.evidence(), projection.feed)
    association = await known_as(graph, scope, "name", "Motorsport Industry Association")
    minister = await known_as(graph, scope, "parliament", "5116")
    asked = When(as_of="2026-08-21")
    two = await introduction_paths(network, scope, association, minister, max_hops=2, when=asked)
    three = await introduction_paths(network, scope, association, minister, max_hops=3, when=asked)
    assert told(two) == (PathOutcome.NONE, 3, [])
    assert told(three) == (PathOutcome.FOUND, 3, [("FAINT", ["Justin Madders", "Kate Dearden", "Chris McDonald"])])

    mercedes = await known_as(graph, scope, "f1db", "mercedes")
    chain = await supply_chain(
        graph, scope, mercedes, direction=SupplyDirection.CUSTOMERS, max_tiers=1, when=When(as_of="2021-07-01")
    )
    assert chain is not None
    assert sorted(hop.supply.customer.name for hop in chain.hops) == ["Aston Martin", "Mclaren", "Williams"]
