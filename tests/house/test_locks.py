import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lines(lock: str) -> list[str]:
    """The requirements of a lock, each on one line with its hashes, without comments."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return text.replace("\\\n", " ").splitlines()


def pins(lock: str) -> dict[str, str]:
    requirements = [Requirement(line.split(" --hash")[0]) for line in lines(lock)]
    return {canonicalize_name(requirement.name): str(requirement.specifier) for requirement in requirements}


def wanted(texts: list[str]) -> dict[str, Requirement]:
    requirements = [Requirement(text) for text in texts]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_tells_versions_and_hashes_and_no_address_or_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"https?://|file:/|--(?:extra-)?index-url|--find-links|--trusted-host|(?<=\s)/\S+", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    form = re.compile(r"[a-z0-9-]+==[^\s;]+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line for line in lines(lock) if not form.fullmatch(line)] == []


@pytest.mark.parametrize(
    ("lock", "texts"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-build.lock", PROJECT["build-system"]["requires"]),
        (
            "requirements-dev.lock",
            [
                *PROJECT["project"]["dependencies"],
                *PROJECT["project"]["optional-dependencies"]["dev"],
                *PROJECT["project"]["optional-dependencies"]["legacy"],
                *PROJECT["project"]["optional-dependencies"]["notebook"],
                *PROJECT["project"]["optional-dependencies"]["otel"],
                *PROJECT["build-system"]["requires"],
            ],
        ),
    ],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, texts: list[str]) -> None:
    locked = pins(lock)
    misfits = {
        name: locked.get(name)
        for name, requirement in wanted(texts).items()
        if name not in locked or not requirement.specifier.contains(locked[name].removeprefix("=="))
    }
    assert misfits == {}


def test_what_is_tested_is_what_runs() -> None:
    tested = pins("requirements-dev.lock")
    assert {name: tested.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")
