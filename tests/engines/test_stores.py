"""How a store is named."""

from pathlib import Path

import pytest

from service.engines.stores import SCHEMES, Folder, Server, parse_store
from service.errors import Code, ServiceError


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_a_uri_of_the_bolt_family_is_a_server(scheme: str) -> None:
    assert parse_store(f"{scheme}://graph.example:7687", user="reader", password="p", database="paddock") == Server(
        f"{scheme}://graph.example:7687", "reader", "p", "paddock"
    )


def test_anything_without_a_scheme_is_a_folder() -> None:
    assert parse_store("/data/paddock") == Folder(Path("/data/paddock"))


def test_a_folder_is_taken_from_where_the_program_was_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse_store("store") == Folder(tmp_path / "store")


def test_a_tilde_is_the_user_s_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert parse_store("~/paddock") == Folder(Path("/home/ada/paddock"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the store is empty; name a folder or the URI of a Neo4j"),
        (
            "http://graph.example",
            "a store cannot be reached by http://; use one of bolt, bolt+s, bolt+ssc, neo4j, neo4j+s, neo4j+ssc",
        ),
        ("bolt://", "the URI of the store names no host; write bolt://host:7687"),
        (
            "bolt://ada:hunter2@graph.example",
            "a store's URI must not carry a password; set the user and the password beside it",
        ),
    ],
)
def test_a_store_that_cannot_be_one_is_refused_with_the_remedy(text: str, sentence: str) -> None:
    with pytest.raises(ServiceError) as refused:
        parse_store(text)
    assert (refused.value.code, refused.value.message) == (Code.BAD_USER_INPUT, sentence)


def test_a_server_that_is_printed_does_not_tell_its_password() -> None:
    assert repr(Server("bolt://h", "ada", "hunter2")) == "Server(uri='bolt://h', user='ada', database=None)"
