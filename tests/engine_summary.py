"""How many tests passed on each engine, printed under every run; in CI an engine that saw too few fails the run."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests import workers

ENGINES: tuple[str, ...] = ("embedded", "neo4j")
QUERIES = Path(__file__).parents[1] / "cypher"
PASSED = pytest.StashKey[dict[str, int]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engines",
        default=",".join(ENGINES),
        help="engines that must each pass as many tests as there are query files where CI=true, by comma",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[PASSED] = dict.fromkeys(ENGINES, 0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call" and report.passed:
        for engine in ENGINES:
            # The marker and not the keyword: a folder called embedded is a keyword of all it holds.
            item.config.stash[PASSED][engine] += item.get_closest_marker(engine) is not None
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    config, passed = workers.gathered(node, "passed")
    for engine, count in passed.items():
        config.stash[PASSED][engine] += count


def query_files() -> int:
    return sum("migrations" not in path.parts for path in QUERIES.rglob("*.cypher"))


def shortfalls(config: pytest.Config) -> list[str]:
    """One sentence for each demanded engine that passed fewer tests than there are query files; none outside CI."""
    # A choice of tests is counted by the files it asks, not by its size.
    chosen = config.getoption("each_query", default=False)
    if os.environ.get("CI") != "true" or config.option.collectonly or chosen:
        return []
    demanded: str = config.option.engines
    floor = query_files()
    return [
        f"{engine}: {passed} tests passed, {floor} query files want at least as many"
        for engine, passed in config.stash[PASSED].items()
        if engine in demanded.split(",") and passed < floor
    ]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if (output := workers.output(session.config)) is not None:
        output["passed"] = session.config.stash[PASSED]
    elif exitstatus == pytest.ExitCode.OK and shortfalls(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    passed = config.stash[PASSED]
    terminalreporter.section("engines")
    for engine, count in passed.items():
        terminalreporter.line(f"{engine}: {count} tests passed")
    for sentence in shortfalls(config):
        terminalreporter.line(f"FAILED {sentence}", red=True)
    if not passed["neo4j"]:
        terminalreporter.line(
            "NO TEST RAN ON A REAL NEO4J: `make test` starts one where it finds Maven and Java 17 or 21", yellow=True
        )
