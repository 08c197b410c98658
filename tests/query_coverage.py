"""Which query files answered a test on each engine, counted under every run; in CI one that never did fails it."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

import cypher
from tests import workers
from tests.engine_summary import ENGINES

QUERIES = Path(__file__).parents[1] / "cypher"
ANSWERED = pytest.StashKey[dict[str, set[str]]]()
ASKED: set[str] = set()
# Neo4j alone is asked about itself in Cypher.
ONLY_NEO4J = "catalogue/"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ANSWERED] = {engine: set[str]() for engine in ENGINES}
    decode = cypher.Query[object].rows

    def rows(self: cypher.Query[object], records: list[dict[str, object]]) -> list[object]:
        ASKED.add(self.name)
        return decode(self, records)

    patch = pytest.MonkeyPatch()
    patch.setattr(cypher.Query, "rows", rows)
    config.add_cleanup(patch.undo)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    ASKED.clear()
    answer = yield
    for engine, answered in item.config.stash[ANSWERED].items():
        if item.get_closest_marker(engine) is not None:
            answered.update(ASKED)
    return answer


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    config, answered = workers.gathered(node, "answered")
    for engine, names in answered.items():
        config.stash[ANSWERED][engine].update(names)


def expected(engine: str) -> set[str]:
    """The names of the query files that must answer on an engine."""
    files = (path.relative_to(QUERIES) for path in QUERIES.rglob("*.cypher"))
    names = {file.with_suffix("").as_posix() for file in files if file.parts[0] != "migrations"}
    return {name for name in names if engine == "neo4j" or not name.startswith(ONLY_NEO4J)}


def silent(config: pytest.Config) -> list[str]:
    """One sentence for each demanded engine on which query files answered no test; none outside CI."""
    if os.environ.get("CI") != "true" or config.option.collectonly:
        return []
    demanded: str = config.option.engines
    missing = {engine: expected(engine) - config.stash[ANSWERED][engine] for engine in demanded.split(",")}
    return [f"{engine}: no test asks {', '.join(sorted(names))}" for engine, names in missing.items() if names]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if (output := workers.output(session.config)) is not None:
        output["answered"] = {engine: sorted(names) for engine, names in session.config.stash[ANSWERED].items()}
    elif exitstatus == pytest.ExitCode.OK and silent(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    terminalreporter.section("queries")
    for engine, answered in config.stash[ANSWERED].items():
        names = expected(engine)
        terminalreporter.line(f"{engine}: {len(answered & names)} of {len(names)} query files answered a test")
    for sentence in silent(config):
        terminalreporter.line(f"FAILED {sentence}", red=True)
