import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, cast

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["uv"]["build-backend"]["module-name"]
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.slow


def build(source: Path, target: Path) -> Path:
    """The wheel of a source tree, built with the locked backend and the network left alone."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([*command, "--wheel-dir", str(target), str(source)], env=environment, check=True)
    (wheel,) = target.glob("*.whl")
    return wheel


def shipped(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name and not name.endswith("/")}


def lying_here() -> set[str]:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()]
    built_with = ROOT / "web" / "graphiql"
    shipped = [file for file in files if "__pycache__" not in file.parts and built_with not in file.parents]
    return {file.relative_to(ROOT).as_posix() for file in shipped}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


def locked() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line.split("==")[0] for line in lines if "==" in line and not line.startswith(("#", " "))]


def lay(name: str, site: Path) -> None:
    """One installed distribution, laid into another environment by links to its files."""
    for file in distribution(name).files or []:
        if ".." not in file.parts and "__pycache__" not in file.parts:
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(Path(str(file.locate())), target)


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError:  # another file system
        shutil.copy2(file, target)


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that holds the wheel, what requirements.lock names, and nothing else."""
    home = tmp_path_factory.mktemp("bare") / "env"
    venv.create(home, with_pip=False, symlinks=True)
    (site,) = home.glob("lib/python3.*/site-packages")
    for name in locked():
        lay(name, site)
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python")]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    subprocess.run([*pip, "check"], check=True, stdout=subprocess.DEVNULL)
    return home / "bin"


def test_the_wheel_carries_the_packages_as_they_lie_with_queries_pack_and_contract(wheel: Path) -> None:
    assert shipped(wheel) == lying_here()


def test_the_client_needs_nothing_of_the_program_and_no_extra(bare: Path, tmp_path: Path) -> None:
    told = "import sys, paddock.client; print(sorted({name.split('.')[0] for name in sys.modules} & set(sys.argv)))"
    others = [*(name for name in PACKAGES if name != "paddock"), "pandas", "networkx", "graphql", "neo4j", "numpy"]
    done = subprocess.run(
        [bare / "python", "-c", told, *others], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def paddock(bare: Path, home: Path, *arguments: str) -> dict[str, Any]:
    """The JSON of one command of the installed program, run away from the source tree."""
    environment = {"PATH": os.defpath, "HOME": str(home), "PADDOCK_STORE": str(home / "store")}
    done = subprocess.run(
        [bare / "paddock", *arguments, "--json"], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return cast("dict[str, Any]", json.loads(done.stdout))


def segment(segment: dict[str, Any]) -> tuple[str, str, list[str]]:
    kinds = [evidence["kind"] for evidence in segment["tie"]["evidence"]]
    return segment["from"]["name"], segment["to"]["name"], kinds


def test_the_installed_program_loads_files_and_finds_a_route_where_nothing_else_is_installed(
    bare: Path, tmp_path: Path
) -> None:
    report = paddock(bare, tmp_path, "load", "motorsport-uk", str(ROOT / "tests" / "data" / "motorsport-uk"))
    assert [file["error"] for file in report["files"]] == [None] * 13
    answer = paddock(bare, tmp_path, "path", "Glen Motors", "Ada Marsh", "--as-of", "2026-11-20")
    assert [[segment(step) for step in path["segments"]] for path in answer["paths"]] == [
        [("Glen Motors", "Dora Pike", ["BENEFIT"]), ("Dora Pike", "Ada Marsh", ["CO_COMMITTEE"])]
    ]


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    source = f"import uv_build; print(uv_build.build_sdist({str(tmp_path)!r}))"
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([sys.executable, "-c", source], cwd=ROOT, env=environment, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    again = build(tmp_path / archive.name.removesuffix(".tar.gz"), tmp_path / "again")
    assert shipped(again) == shipped(wheel)
