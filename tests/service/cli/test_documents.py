"""`paddock documents`: registered from files, listed, removed, and a token held to them."""

from pathlib import Path

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from service.persisted import hash_of
from tests.service.cli.shell import Shell

pytestmark = pytest.mark.embedded

NAME = "{ viewer { name } }"


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded: Engine, embedded_store: Folder) -> Shell:
    """On the empty store of an engine that is running, so that no command has to start one."""
    del embedded
    return Shell(capsys, str(embedded_store.path))


def test_documents_are_registered_listed_and_removed_by_their_ids(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "Name.graphql"
    file.write_text(NAME, encoding="utf-8")
    shell("token", "create", "Ida", "--role", "members")
    (token,) = shell("token", "list", "--json").json

    added = shell("documents", "add", str(file), "--token", token["id"])
    (listed,) = shell("documents", "list", "--json").json
    removed = [shell("documents", "remove", hash_of(NAME), *whose).code for whose in ((), ("--token", token["id"]))]

    assert (added.code, added.out) == (0, f"{hash_of(NAME)}  Name\n")
    del listed["addedAt"]
    assert listed == {"documentId": hash_of(NAME), "token": token["id"], "name": "Name", "text": NAME}
    assert removed == [3, 0]
    assert shell("documents", "list").out.startswith("No document is registered; ")
    assert [shell("documents", "require", token["id"], *off).code for off in ((), ("--off",))] == [0, 0]


def test_what_cannot_be_asked_is_not_registered(shell: Shell, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.graphql", tmp_path / "bad.graphql"
    good.write_text(NAME, encoding="utf-8")
    bad.write_text("{ viewer { nme } }", encoding="utf-8")

    refused = shell("documents", "add", str(good), str(bad))
    unknown = [shell("documents", "add", str(good), "--token", "tok-1"), shell("documents", "require", "tok-1")]

    assert refused.code == 2
    assert f"{bad}: {hash_of('{ viewer { nme } }')} cannot be asked: Cannot query field 'nme'" in refused.err
    assert [(one.code, "no token has the id 'tok-1'" in one.err) for one in unknown] == 2 * [(3, True)]
    assert shell("documents", "list", "--json").json == []
