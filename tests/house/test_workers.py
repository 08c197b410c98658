import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUITE = """
import os
import pytest
import cypher

class Asked(cypher.Query):
    def __init__(self, name):
        object.__setattr__(self, "name", name)

ENGINES = [pytest.param(name, marks=getattr(pytest.mark, name)) for name in ("embedded", "neo4j")]

@pytest.fixture(params=ENGINES)
def engine(request):
    return request.param

@pytest.mark.parametrize("number", range(30))
def test_it(engine, number):
    Asked("agent/by_id" if os.environ["PYTEST_XDIST_WORKER"] == "gw0" else "claim/asserted").rows([])
"""
PLUGINS = [f"-ptests.{name}" for name in ("workers", "engine_summary", "query_coverage", "each_query")]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What two processes printed over a suite whose tests ask one query in the first and another in the second."""
    folder = tmp_path_factory.mktemp("suite")
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  neo4j\n  embedded\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-v", "-n2", "--no-loadscope-reorder", "-c", str(folder / "pytest.ini")]
    done = subprocess.run(
        [*command, *PLUGINS, str(folder)],
        cwd=ROOT,
        env={**os.environ, "CI": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


def test_the_first_process_has_one_engine_and_the_second_the_other(lines: list[str]) -> None:
    shares = {(line.split()[0], "neo4j" in line) for line in lines if " PASSED " in line}
    assert shares == {("[gw0]", True), ("[gw1]", False)}


def test_one_summary_tells_what_both_processes_did(lines: list[str]) -> None:
    assert [line for line in lines if line.endswith("tests passed")] == [
        "embedded: 30 tests passed",
        "neo4j: 30 tests passed",
    ]
    answered = [line.split(" of ")[0] for line in lines if line.endswith("query files answered a test")]
    assert answered == ["embedded: 1", "neo4j: 1"]
