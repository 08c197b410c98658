import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine_summary import QUERIES, query_files

ROOT = Path(__file__).parents[2]
SUITE = """
import pytest

@pytest.mark.parametrize("number", range({embedded}))
@pytest.mark.embedded
def test_embedded(number): pass

@pytest.mark.parametrize("number", range({neo4j}))
@pytest.mark.neo4j
def test_neo4j(number): pass

@pytest.mark.neo4j
def test_skipped(): pytest.skip()

def test_neither(): pass
"""


def run(folder: Path, embedded: int, neo4j: int, *arguments: str, ci: str = "true") -> tuple[int, list[str]]:
    """The exit code of a suite of so many tests on each engine, and the lines of its summary."""
    suite, ini = folder / "test_suite.py", folder / "pytest.ini"
    suite.write_text(SUITE.format(embedded=embedded, neo4j=neo4j), encoding="utf-8")
    ini.write_text("[pytest]\nmarkers =\n  neo4j\n  embedded\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", str(ini), "-p", "tests.engine_summary"]
    environment = {**os.environ, "CI": ci, "COLUMNS": "80"}
    done = subprocess.run(
        [*command, *arguments, str(suite)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    begin = lines.index(" engines ".center(80, "="))
    return done.returncode, [line for line in lines[begin + 1 :] if not line.startswith(("=", "SKIPPED")) if line]


def told(embedded: int, neo4j: int) -> list[str]:
    return [f"embedded: {embedded} tests passed", f"neo4j: {neo4j} tests passed"]


@pytest.fixture
def floor() -> int:
    return query_files()


def test_migrations_are_no_questions_and_are_not_counted(floor: int) -> None:
    everything = {file.relative_to(QUERIES).parts[0] for file in QUERIES.rglob("*.cypher")}
    asked = len([file for file in QUERIES.rglob("*.cypher") if "migrations" not in file.parts])
    assert (floor, "migrations" in everything) == (asked, True)


def test_a_suite_that_reached_both_engines_passes_and_tells_how_often(tmp_path: Path, floor: int) -> None:
    code, lines = run(tmp_path, floor, floor + 1)
    assert (code, lines[:-1]) == (0, told(floor, floor + 1))


def test_in_ci_fewer_tests_on_an_engine_than_query_files_fail(tmp_path: Path, floor: int) -> None:
    code, lines = run(tmp_path, floor, floor - 1)
    sentence = f"FAILED neo4j: {floor - 1} tests passed, {floor} query files want at least as many"
    assert (code, lines[:-1]) == (1, [*told(floor, floor - 1), sentence])


def test_an_engine_that_is_not_asked_for_may_be_left_out(tmp_path: Path, floor: int) -> None:
    code, lines = run(tmp_path, 0, floor, "-m", "neo4j", "--engines", "neo4j")
    assert (code, lines[:-1]) == (0, told(0, floor))


def test_outside_ci_a_suite_without_a_real_neo4j_passes_and_says_so(tmp_path: Path) -> None:
    code, lines = run(tmp_path, 1, 0, ci="")
    loud = "NO TEST RAN ON A REAL NEO4J: `make test` starts one where it finds Maven and Java 17 or 21"
    assert (code, lines[:-1]) == (0, [*told(1, 0), loud])
