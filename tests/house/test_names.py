import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["uv"]["build-backend"]["module-name"]


def test_no_installed_distribution_brings_a_package_of_the_same_name() -> None:
    brought = packages_distributions()
    others = {name: set(brought.get(name, [])) - {"paddock"} for name in [*PACKAGES, "tests", "bench"]}
    assert {name: distributions for name, distributions in others.items() if distributions} == {}


def test_no_package_hides_one_of_the_standard_library() -> None:
    assert sys.stdlib_module_names & set(PACKAGES) == set()


def test_every_folder_with_an_init_is_shipped_and_no_other() -> None:
    folders = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert folders == set(PACKAGES)


def test_every_shipped_package_is_held_to_the_arrow() -> None:
    assert PROJECT["tool"]["importlinter"]["root_packages"] == PACKAGES
