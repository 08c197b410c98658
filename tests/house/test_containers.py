import re
import tomllib
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = cast("dict[str, Any]", yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
SERVICES = cast("dict[str, dict[str, Any]]", COMPOSE["services"])
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SECRET = re.compile("PASSWORD|SECRET|AUTH|TOKEN")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile, one instruction after the other, without its comments."""
    lines = [line for line in DOCKERFILE.splitlines() if not line.startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    pairs = [line.split(maxsplit=1) for line in whole.splitlines() if line.strip()]
    return [(keyword, " ".join(rest.split())) for keyword, rest in pairs]


def last_stage() -> list[tuple[str, str]]:
    steps = instructions()
    begin = max(index for index, (keyword, _) in enumerate(steps) if keyword == "FROM")
    return steps[begin:]


def runs() -> list[str]:
    commands = [rest for keyword, rest in instructions() if keyword == "RUN"]
    return [command.strip() for line in commands for command in line.split("&&")]


def test_compose_runs_a_graph_its_migration_and_the_service() -> None:
    assert {name: service["image"] for name, service in SERVICES.items()} == {
        "graph": "neo4j:5.26.30-community",
        "migrate": f"paddock:{VERSION}",
        "service": f"paddock:{VERSION}",
    }


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_can_change_nothing_outside_its_data(name: str) -> None:
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
        True,
        ["ALL"],
        ["no-new-privileges:true"],
    )
    assert {"privileged", "cap_add", "pid", "ipc", "network_mode", "devices"} & service.keys() == set()
    assert any(mount.startswith("/tmp:") for mount in service["tmpfs"])  # noqa: S108 (inside the container)


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_runs_as_a_user_by_number_that_is_not_root(name: str) -> None:
    user, group = SERVICES[name]["user"].split(":")
    assert int(user) > 0
    assert int(group) > 0


def test_only_the_service_is_published_and_on_this_machine_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"service": ["127.0.0.1:8000:8000"]}


def test_the_graph_sits_on_a_network_without_a_way_out() -> None:
    assert COMPOSE["networks"]["store"] == {"internal": True}
    assert {name: service["networks"] for name, service in SERVICES.items()} == {
        "graph": ["store"],
        "migrate": ["store"],
        "service": ["store", "front"],
    }


def test_what_keeps_running_is_checked_and_waited_for() -> None:
    checked = {name for name, service in SERVICES.items() if "test" in service["healthcheck"]}
    assert checked == {"graph", "service"}
    assert SERVICES["service"]["depends_on"] == {
        "graph": {"condition": "service_healthy"},
        "migrate": {"condition": "service_completed_successfully"},
    }
    assert SERVICES["migrate"]["depends_on"] == {"graph": {"condition": "service_healthy"}}


def test_the_data_outlive_the_container_in_a_named_volume() -> None:
    assert "graph:/data" in SERVICES["graph"]["volumes"]
    assert COMPOSE["volumes"] == {"graph": None}


@pytest.mark.parametrize("name", SERVICES)
def test_a_secret_reaches_a_container_as_a_file_only(name: str) -> None:
    environment = cast("dict[str, str]", SERVICES[name]["environment"])
    secret = {key: value for key, value in environment.items() if SECRET.search(key)}
    assert {key for key in secret if not key.endswith("_FILE")} == set()
    assert {value.removeprefix("/run/secrets/") for value in secret.values()} == set(SERVICES[name]["secrets"])
    assert all(COMPOSE["secrets"][secret] == {"file": f"./secrets/{secret}"} for secret in SERVICES[name]["secrets"])


def test_secrets_are_neither_committed_nor_sent_to_the_build() -> None:
    assert "secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in allowed
    assert "!secrets" not in allowed


def test_the_image_installs_by_hash_and_fetches_nothing_else() -> None:
    installs = [command for command in runs() if re.search(r"\bpip (install|wheel|download)\b", command)]
    assert installs != []
    assert [command for command in installs if not re.search("--require-hashes|--no-index", command)] == []
    assert [command for command in runs() if re.search(r"\b(curl|wget|apt-get|git)\b", command)] == []


def test_the_image_runs_as_the_user_compose_names_and_is_checked() -> None:
    steps = last_stage()
    assert ("USER", SERVICES["service"]["user"]) in steps
    assert [keyword for keyword, _ in steps if keyword == "HEALTHCHECK"] == ["HEALTHCHECK"]
    assert [command for keyword, command in steps if keyword in {"ENTRYPOINT", "CMD"}] == ['["paddock"]', '["serve"]']


def test_the_image_is_built_in_one_stage_and_run_in_another() -> None:
    stages = [rest for keyword, rest in instructions() if keyword == "FROM"]
    assert stages == ["python:3.11-slim-bookworm AS build", "python:3.11-slim-bookworm"]
    copied = [rest for keyword, rest in last_stage() if keyword == "COPY"]
    assert copied == ["--from=build /opt/paddock /opt/paddock"]


def test_no_secret_stands_in_the_image() -> None:
    names = re.findall(r"(\w+)=", " ".join(rest for keyword, rest in instructions() if keyword in {"ENV", "ARG"}))
    assert [name for name in names if SECRET.search(name)] == []
