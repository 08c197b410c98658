import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import real_neo4j
from tests.conftest import own


def executable(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which nothing is found but what is laid into this folder."""
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_a_server_that_is_named_is_used_as_it_is(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://elsewhere:7687")
    with ExitStack() as stack:
        assert real_neo4j.start(stack, "5.26.30") == {}


def test_without_maven_and_without_a_docker_engine_there_is_none(bare: Path) -> None:
    executable(bare / "docker", 'exit 1  # as the client answers "docker info" without an engine')
    with ExitStack() as stack, pytest.raises(RuntimeError) as caught:
        real_neo4j.start(stack, "5.26.30")
    assert str(caught.value) == "install Maven and Java 17 or 21, or set NEO4J_URI, or start Docker"


def test_a_docker_engine_that_answers_runs_one_and_ends_it(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(
        bare / "docker",
        f"""echo "$@" >> {bare}/calls
case "$1" in run) echo box;; logs) echo "INFO  Started.";; esac""",
    )
    monkeypatch.setattr(real_neo4j, "free_port", lambda: 4711)
    with ExitStack() as stack:
        variables = real_neo4j.start(stack, "5.26.30")
    assert variables == {
        "NEO4J_URI": "bolt://127.0.0.1:4711",
        "NEO4J_USER": "neo4j",
        "NEO4J_PASSWORD": "test-password",
    }
    assert (bare / "calls").read_text(encoding="utf-8").splitlines() == [
        "info",
        "run --rm --detach --publish=127.0.0.1:4711:7687 --env=NEO4J_AUTH=neo4j/test-password neo4j:5.26.30-community",
        "logs box",
        "stop box",
    ]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ([], 2),
        (["-m", "neo4j", "--engines", "neo4j"], 2),
        (["-k", "held", "-x"], 2),
        (["tests/house"], 1),
        (["tests/house/test_real_neo4j.py::test_without_maven_and_without_a_docker_engine_there_is_none"], 1),
        (["-m", "soak"], 1),
        (["--numprocesses=3"], 1),
        (["--pdb"], 1),
        (["--each-query"], 1),
    ],
)
def test_the_whole_suite_takes_two_processes_and_a_part_of_it_one(
    arguments: list[str], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert real_neo4j.processes(arguments) == count


def test_one_processor_gets_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert real_neo4j.processes([]) == 1


@pytest.mark.parametrize(
    ("worker", "uri"), [(None, "bolt://one:7687"), ("gw0", "bolt://one:7687"), ("gw1", "bolt://two:7687")]
)
def test_each_process_empties_a_server_of_its_own(
    worker: str | None, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    if worker:
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
    assert own(["bolt://one:7687", "bolt://two:7687"]) == uri


def test_two_processes_never_share_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw1")
    with pytest.raises(pytest.UsageError) as caught:
        own(["bolt://one:7687"])
    assert str(caught.value) == "NEO4J_URI names 1 servers, too few for so many processes"
