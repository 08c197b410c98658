"""The engine's program as it is installed."""

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from service.engines.embedded.runtime import Runtime, runtime
from service.errors import Code, ServiceError


def installed(monkeypatch: pytest.MonkeyPatch, packages: dict[str, Path]) -> None:
    """Let exactly these packages be installed."""

    def find(name: str) -> ModuleSpec | None:
        if name not in packages:
            return None
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(packages[name])]
        return spec

    monkeypatch.setattr(importlib.util, "find_spec", find)


def wheel(folder: Path) -> Path:
    """A package with the files that are looked for."""
    (folder / "jars").mkdir(parents=True)
    java = folder / "jre" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.touch(0o700)
    return folder


@pytest.mark.parametrize("name", ["arcadedb_embedded", "arcadedb"])
def test_the_engine_is_found_under_either_name_of_its_package(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = wheel(tmp_path / name)
    installed(monkeypatch, {name: package})
    assert runtime() == Runtime(package / "jre" / "bin" / "java", package / "jars")


def test_a_package_of_that_name_without_the_program_is_not_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, {"arcadedb_embedded": tmp_path / "empty", "arcadedb": wheel(tmp_path / "full")})
    assert runtime().jars == tmp_path / "full" / "jars"


def test_without_the_engine_the_way_out_is_a_neo4j(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, {})
    monkeypatch.setattr("sys.platform", "freebsd14")
    with pytest.raises(ServiceError) as refused:
        runtime()
    assert (refused.value.code, refused.value.message) == (
        Code.UNAVAILABLE,
        (
            "the embedded engine is not installed for freebsd14 (there are wheels for Linux with glibc 2.34 or newer"
            " and for macOS on arm64); name the URI of a Neo4j as the store"
        ),
    )


def test_on_windows_the_way_out_is_a_neo4j(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(ServiceError) as refused:
        runtime()
    assert refused.value.message == (
        "the embedded engine is supervised on Linux and macOS only; name the URI of a Neo4j as the store"
    )
