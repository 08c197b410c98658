from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import real_neo4j


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
