"""Every query file is bound once by the program and answers a test on each engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import cypher
from tests.query_coverage import expected

ROOT = Path(__file__).parents[2]
NAMES = sorted(entry.name for entry in cypher.entries())
BINDINGS = """
import importlib, json, pkgutil
import cypher

names, bind = [], cypher.bind

def recorded(name, text, row):
    names.append(name)
    return bind(name, text, row)

cypher.bind = recorded
for package in ("service", "loaders", "schema", "web"):
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
print(json.dumps(sorted(names)))
"""
SUITE = """
import pytest
import cypher

class Asked(cypher.Query):
    def __init__(self, name):
        object.__setattr__(self, "name", name)

@pytest.mark.parametrize("name", {names})
@pytest.mark.{engine}
def test_one(name): Asked(name).rows([])

def test_beside(): Asked("person/elsewhere").rows([])
"""


def test_every_query_file_is_bound_exactly_once_when_the_program_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", BINDINGS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    bound: list[str] = json.loads(done.stdout)
    assert bound == NAMES


def run(folder: Path, engine: str, names: list[str], ci: str) -> tuple[int, list[str]]:
    """The exit code of a suite that asks these queries on an engine, and the lines about queries."""
    suite, ini = folder / "test_suite.py", folder / "pytest.ini"
    suite.write_text(SUITE.format(engine=engine, names=names), encoding="utf-8")
    ini.write_text("[pytest]\nmarkers =\n  neo4j\n  embedded\n", encoding="utf-8")
    plugins = ["-p", "tests.engine_summary", "-p", "tests.query_coverage"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ini), *plugins, "--engines", engine, str(suite)],
        cwd=ROOT,
        env={**os.environ, "CI": ci, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    begin = lines.index(" queries ".center(80, "=")) + 1
    return done.returncode, [line for line in lines[begin : begin + 3] if ": " in line]


def test_in_ci_a_query_that_no_test_asks_on_an_engine_fails_by_name(tmp_path: Path) -> None:
    asked = [name for name in NAMES if name != "revision/current"]
    total = len(NAMES)
    assert run(tmp_path, "neo4j", [*asked, *asked[:1]], "true") == (
        1,
        [
            f"embedded: 0 of {len(expected('embedded'))} query files answered a test",
            f"neo4j: {total - 1} of {total} query files answered a test",
            "FAILED neo4j: no test asks revision/current",
        ],
    )


def test_in_ci_a_suite_that_asks_every_query_passes(tmp_path: Path) -> None:
    code, lines = run(tmp_path, "neo4j", NAMES, "true")
    assert (code, lines[1]) == (0, f"neo4j: {len(NAMES)} of {len(NAMES)} query files answered a test")


def test_outside_ci_a_suite_may_ask_what_it_likes(tmp_path: Path) -> None:
    code, lines = run(tmp_path, "embedded", NAMES[:1], "")
    assert (code, lines[0]) == (0, f"embedded: 1 of {len(expected('embedded'))} query files answered a test")


def test_the_embedded_engine_is_not_asked_about_itself_in_cypher() -> None:
    assert expected("neo4j") - expected("embedded") == {"catalogue/constraints", "catalogue/indexes"}
    assert sorted(expected("neo4j")) == NAMES
