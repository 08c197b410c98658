import os
import subprocess
import sys
from pathlib import Path

from tests.each_query import cover

ROOT = Path(__file__).parents[2]
SUITE = """
import time
import pytest
import cypher

class Asked(cypher.Query):
    def __init__(self, name):
        object.__setattr__(self, "name", name)

def ask(*names):
    for name in names:
        Asked(name).rows([])

def test_all_of_it_slowly():
    time.sleep(0.5)
    ask("person/a", "person/b", "person/c")

def test_two():
    ask("person/a", "person/b")

def test_one():
    ask("person/a")

def test_the_third():
    ask("person/c")

def test_nothing(): pass
"""


def run(folder: Path, *arguments: str) -> list[str]:
    """The tests that such a run passed, by name."""
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  neo4j\n  embedded\n", encoding="utf-8")
    plugins = [f"-ptests.{name}" for name in ("engine_summary", "query_coverage", "each_query")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-c", folder / "pytest.ini", *plugins, *arguments, folder],
        cwd=ROOT,
        env={**os.environ, "CI": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return sorted(line.split("::")[1].split()[0] for line in done.stdout.splitlines() if " PASSED" in line)


def test_what_is_kept_asks_all_that_was_asked_in_the_least_time(tmp_path: Path) -> None:
    everything = run(tmp_path, "--each-query")
    assert len(everything) == 5  # nothing is remembered yet
    assert run(tmp_path, "--each-query") == ["test_the_third", "test_two"]
    assert run(tmp_path) == everything


def test_a_run_of_few_tests_does_not_make_the_others_forgotten(tmp_path: Path) -> None:
    run(tmp_path)
    run(tmp_path, "-k", "test_one")
    assert run(tmp_path, "--each-query") == ["test_the_third", "test_two"]


def test_nothing_asked_wants_no_test() -> None:
    assert cover({}) == set()
    assert cover({"test_a": (1.0, {"x"}), "test_b": (0.1, {"x", "y"})}) == {"test_b"}
