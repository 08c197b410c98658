from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from service.engines.stores import Folder, Server
from service.errors import ServiceError
from service.settings import Settings, read_settings

SECRET = "s" * 32
DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


class Listening(Mapping[str, str]):
    """An environment without anything set that remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def refusal(environment: dict[str, str]) -> str:
    with pytest.raises(ServiceError) as caught:
        read_settings(environment)
    assert caught.value.code == "BAD_USER_INPUT"
    return caught.value.message


def documented() -> set[str]:
    ours, _ = DOCUMENT.read_text(encoding="utf-8").split("## In tests only")
    rows = [line for line in ours.splitlines() if line.startswith("| `")]
    return {row.split("`")[1] for row in rows}


def test_every_setting_that_is_read_is_documented_and_no_other() -> None:
    environment = Listening()
    read_settings(environment)
    asked = {name for name in environment.asked if name.startswith("PADDOCK_")}
    assert documented() == asked


def test_an_empty_environment_keeps_the_graph_among_the_users_own_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def own_data(name: str, *, appauthor: bool) -> Path:
        assert not appauthor
        return tmp_path / name

    def own_cache(name: str, *, appauthor: bool) -> Path:
        return own_data("cache", appauthor=appauthor) / name

    monkeypatch.setattr("platformdirs.user_data_path", own_data)
    monkeypatch.setattr("platformdirs.user_cache_path", own_cache)
    assert read_settings({}) == Settings(
        store=Folder(tmp_path / "paddock" / "store"),
        association=None,
        pack="motorsport",
        host="127.0.0.1",
        port=8000,
        log="warning",
        secret=None,
        cache=tmp_path / "cache" / "paddock",
    )


def test_every_setting_has_its_place() -> None:
    environment = {
        "PADDOCK_STORE": "neo4j+s://graph.example:7687",
        "PADDOCK_STORE_USER": "paddock",
        "PADDOCK_STORE_PASSWORD": "secret",
        "PADDOCK_STORE_DATABASE": "ties",
        "PADDOCK_ASSOCIATION": "Motorsport Industry Association",
        "PADDOCK_PACK": "aerospace",
        "PADDOCK_HOST": "192.0.2.7",
        "PADDOCK_PORT": "0",
        "PADDOCK_LOG": "DEBUG",
        "PADDOCK_SECRET": SECRET,
        "PADDOCK_BROKERING": "ON",
        "PADDOCK_CACHE": "/var/cache/paddock",
        "PADDOCK_LOG_FORMAT": "JSON",
        "PADDOCK_METRICS": "OPEN",
        "PADDOCK_GRAPHIQL": "off",
        "PADDOCK_DOCUMENTS": "registered",
        "PADDOCK_TRACES": "on",
        "PADDOCK_DRAIN": "15",
        "PADDOCK_RATE_LIMIT": "5000",
        "PADDOCK_RATE_LIMIT_ADDRESS": "0",
    }
    assert read_settings(environment) == Settings(
        store=Server("neo4j+s://graph.example:7687", "paddock", "secret", "ties"),
        association="Motorsport Industry Association",
        pack="aerospace",
        host="192.0.2.7",
        port=0,
        log="debug",
        secret=SECRET,
        brokering=True,
        cache=Path("/var/cache/paddock"),
        log_format="json",
        metrics="open",
        graphiql=False,
        documents="registered",
        traces=True,
        drain=15,
        rate_limit=5000,
        rate_limit_address=0,
    )


def test_a_store_named_by_the_caller_goes_before_the_environments(tmp_path: Path) -> None:
    settings = read_settings({"PADDOCK_STORE": "bolt://127.0.0.1:7687"}, store=str(tmp_path))
    assert settings.store == Folder(tmp_path)


def test_an_empty_variable_counts_as_unset() -> None:
    names = [*documented()]
    assert read_settings(dict.fromkeys(names, "")) == read_settings({})


def test_a_secret_in_a_file_loses_only_its_line_break(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(" pass word \n", encoding="utf-8")
    settings = read_settings({"PADDOCK_STORE": "bolt://db:7687", "PADDOCK_STORE_PASSWORD_FILE": str(file)})
    assert settings.store == Server("bolt://db:7687", "neo4j", " pass word ", None)


def test_a_secret_given_twice_is_refused() -> None:
    environment = {"PADDOCK_STORE_PASSWORD": "hunter2", "PADDOCK_STORE_PASSWORD_FILE": "password"}
    assert refusal(environment) == "PADDOCK_STORE_PASSWORD and PADDOCK_STORE_PASSWORD_FILE are both set; keep the file"


def test_a_secret_file_that_is_missing_empty_or_no_text_is_refused_without_its_content(tmp_path: Path) -> None:
    missing, empty, binary = tmp_path / "missing", tmp_path / "empty", tmp_path / "binary"
    empty.write_text("\n", encoding="utf-8")
    binary.write_bytes(b"hunter2\xff")
    name = "PADDOCK_STORE_PASSWORD_FILE"
    assert [refusal({name: str(file)}) for file in (missing, empty, binary)] == [
        f"{name} names {missing}, which cannot be read (FileNotFoundError)",
        f"{name} names {empty}, which is empty; write the secret into it",
        f"{name} names {binary}, which cannot be read (UnicodeDecodeError)",
    ]


@pytest.mark.parametrize("text", ["http", "-1", "65536", "80.0", "٨٠", "tcp://10.0.0.1:8000"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    assert refusal({"PADDOCK_PORT": text}) == f"PADDOCK_PORT is {text!r}; write a port between 0 and 65535"


def test_a_loudness_that_is_none_is_refused() -> None:
    assert refusal({"PADDOCK_LOG": "loud"}) == "PADDOCK_LOG is 'loud'; take one of error, warning, info, debug"


def test_a_secret_that_can_be_guessed_is_refused() -> None:
    assert refusal({"PADDOCK_SECRET": "short"}) == "PADDOCK_SECRET has 5 characters; make one of at least 32"


def test_a_switch_is_on_or_off() -> None:
    assert refusal({"PADDOCK_BROKERING": "yes"}) == "PADDOCK_BROKERING is 'yes'; write on or off"


def test_the_numbers_are_for_nobody_for_administrators_or_for_all() -> None:
    assert refusal({"PADDOCK_METRICS": "on"}) == "PADDOCK_METRICS is 'on'; take one of off, token, open"


@pytest.mark.parametrize("text", ["-1", "301", "soon", "1.5"])
def test_the_time_a_server_goes_on_is_short(text: str) -> None:
    sentence = f"PADDOCK_DRAIN is {text!r}; write seconds between 0 and 300"
    assert refusal({"PADDOCK_DRAIN": text}) == sentence


@pytest.mark.parametrize("text", ["-1", "many", "1.5", "9" * 16])
def test_a_rate_limit_is_a_number_a_header_can_hold(text: str) -> None:
    for name in ("PADDOCK_RATE_LIMIT", "PADDOCK_RATE_LIMIT_ADDRESS"):
        assert refusal({name: text}) == f"{name} is {text!r}; write how many a minute, or 0 for any number"


def test_the_log_has_one_of_two_formats() -> None:
    assert refusal({"PADDOCK_LOG_FORMAT": "xml"}) == "PADDOCK_LOG_FORMAT is 'xml'; take one of text, json"


def test_settings_do_not_print_their_secrets(tmp_path: Path) -> None:
    environment = {
        "PADDOCK_STORE": "bolt://db:7687",
        "PADDOCK_STORE_PASSWORD": "hunter2",
        "PADDOCK_SECRET": SECRET,
        "PADDOCK_CACHE": "/var/cache/paddock",
    }
    assert repr(read_settings(environment)) == (
        "Settings(store=Server(uri='bolt://db:7687', user='neo4j', database=None),"
        " association=None, pack='motorsport', host='127.0.0.1', port=8000, log='warning', brokering=False,"
        " cache=PosixPath('/var/cache/paddock'), log_format='text', metrics='token', graphiql=True,"
        " documents='any', traces=False, drain=0, rate_limit=5000000, rate_limit_address=300)"
    )
