"""The last results of the long runs, kept beside those of the benchmark and told of as its tables are."""

from __future__ import annotations

import os

import pytest

from bench.machine import Machine
from bench.tables import RESULTS, Table, save, stored
from tests.real_neo4j import FLOOR

NAME = "silence"
COLUMNS = ("engine", "what is tried", "how often", "what came of it", "seconds")
NOTE = (
    "`make soak`. A case is a world that is hidden in part, a role, and an operation with its arguments, compared byte"
    " for byte with the same in a world without the hidden part. Times are of hidden ids and ids of nothing, asked in"
    " turn: they count as alike below 4.5 standard errors, or where their medians are within 1 %."
)


def engine_of(request: pytest.FixtureRequest) -> str:
    """The engine a test runs on."""
    return "neo4j" if request.node.get_closest_marker("neo4j") is not None else "embedded"


def keep(request: pytest.FixtureRequest, what: str, often: int, told: str, seconds: float) -> None:
    """Write down what a run on an engine came to, in place of what the same one did before."""
    engine = engine_of(request)
    before = stored(NAME).rows if (RESULTS / f"{NAME}.json").exists() else ()
    rows = [row for row in before if row[:2] != (engine, what)]
    rows.append((engine, what, often, told, round(seconds, 1)))
    version = os.environ.get("NEO4J_VERSION", FLOOR)
    save(
        Machine.of(version), [Table(NAME, "Silence about what is hidden", NOTE, COLUMNS, tuple(sorted(rows, key=str)))]
    )
