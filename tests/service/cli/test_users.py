"""Users from the shell: added, granted, revoked and listed, and what their tokens may by then."""

import asyncio

import pytest

from service import auth
from service.auth import Viewer
from service.engines.open import open_engine
from service.engines.protocol import Engine
from service.engines.stores import Folder, Store
from tests.conftest import PATIENT
from tests.graph.little import graph
from tests.service.cli.shell import Shell

pytestmark = pytest.mark.embedded


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded: Engine, embedded_store: Folder) -> Shell:
    """On the empty store of an engine that is running, so that no command has to start one."""
    del embedded
    return Shell(capsys, str(embedded_store.path))


def viewer(store: Store, secret: str) -> Viewer:
    async def looked() -> Viewer:
        engine = await open_engine(store, PATIENT)
        try:
            return await auth.viewer_of(graph(engine), secret, "a vote")
        finally:
            await engine.close()

    return asyncio.run(looked())


def test_what_a_user_is_granted_their_tokens_have_and_what_is_revoked_they_lose(
    shell: Shell, embedded_store: Folder
) -> None:
    added = shell("user", "add", " Ida Quill ", "--role", "staff", "--compartment", "board", "--json").json
    secret = shell("token", "create", "laptop", "--owner", "Ida Quill", "--json").json["token"]
    app = ("token", "create", "app", "--role", "integrator", "--owner", "Ida Quill", "--clearance", "members")
    fields = [word for field in ("whoKnows", "viewer") for word in ("--field", field)]
    made = shell(*app, *fields, "--expires-at", "2126-01-01T00:00:00Z", "--json").json

    granted = shell("user", "grant", "Ida Quill", "--role", "Lobbying", "--role", "staff", "--compartment", "deal")
    one, other = viewer(embedded_store, secret), viewer(embedded_store, made["token"])
    withdrawn = shell("user", "revoke", "Ida Quill", "--role", "staff", "--compartment", "board", "--json").json
    again = shell("user", "revoke", "Ida Quill", "--role", "staff")
    left = viewer(embedded_store, secret)

    assert {key: added[key] for key in ("name", "roles", "compartments", "revokedAt")} == {
        "name": "Ida Quill",
        "roles": ["staff"],
        "compartments": ["board"],
        "revokedAt": None,
    }
    assert (granted.code, granted.out) == (0, "Ida Quill: staff, lobbying; may see board, deal.\n")
    assert (one.name, one.roles, one.visibilities, one.compartments) == (
        "Ida Quill",
        ("staff", "lobbying"),
        ("PUBLIC", "MEMBERS", "STAFF", "LOBBYING"),
        ("board", "deal"),
    )
    assert (other.roles, other.visibilities, other.fields) == (
        ("integrator",),
        ("PUBLIC", "MEMBERS"),
        frozenset({"viewer", "whoKnows"}),
    )
    assert (withdrawn["roles"], withdrawn["compartments"]) == (["lobbying"], ["deal"])
    assert (left.roles, left.compartments) == (("lobbying",), ("deal",))
    assert (again.code, again.err) == (3, "paddock: Ida Quill has no staff to revoke\n")
    assert {key: made[key] for key in ("name", "owner", "role", "scopes", "fields", "clearance", "expiresAt")} == {
        "name": "app",
        "owner": "Ida Quill",
        "role": "integrator",
        "scopes": ["read"],
        "fields": ["viewer", "whoKnows"],
        "clearance": "MEMBERS",
        "expiresAt": "2126-01-01T00:00:00.000000Z",
    }


def test_a_revoked_user_is_gone_with_every_token_and_begins_anew_without_them(shell: Shell) -> None:
    shell("user", "add", "Leo", "--role", "members")
    shell("token", "create", "phone", "--owner", "Leo")

    revoked = shell("user", "revoke", "Leo")
    refused = [shell(*words) for words in (("user", "grant", "Leo", "--role", "staff"), ("user", "revoke", "Leo"))]
    alone = shell("token", "create", "Leo", "--role", "staff")
    added = shell("user", "add", "Leo", "--role", "staff", "--json").json

    assert (revoked.code, revoked.out) == (0, "Leo is revoked, with every token.\n")
    assert {(said.code, said.err) for said in refused} == {
        (3, "paddock: no user is called 'Leo'; see: paddock user list\n")
    }
    assert alone.err == "paddock: Leo was revoked; add the user anew with: paddock user add --help\n"
    assert (added["roles"], added["revokedAt"]) == (["staff"], None)
    tokens = {one["name"]: one for one in shell("token", "list", "--json").json}
    assert (tokens["phone"]["owner"], tokens["phone"]["revokedAt"] is None) == ("Leo", False)
    assert "Leo" in [one["name"] for one in shell("user", "list", "--json").json]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("add", " ", "--role", "staff"), 2, "the name is empty; say what the user is called"),
        (("add", "Max", "--role", "boss"), 2, "'boss' is no role; take one of"),
        (("add", "Max", "--role", "integrator"), 2, "an integrator is a token, no user; make it with:"),
        (("add", "Max", "--role", "staff", "--compartment", " "), 2, "the compartment is empty; name one"),
        (("grant", "Max", "--role", "staff"), 3, "no user is called 'Max'; see: paddock user list"),
        (("grant", "Max"), 2, "nothing to grant; name a --role or a --compartment"),
    ],
)
def test_what_makes_no_user_is_refused_with_a_remedy(
    shell: Shell, words: tuple[str, ...], code: int, sentence: str
) -> None:
    said = shell("user", *words)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(f"paddock: {sentence}")
    assert "Max" not in [one["name"] for one in shell("user", "list", "--json").json]


def test_somebody_who_is_a_user_already_is_not_added_twice(shell: Shell) -> None:
    shell("user", "add", "Amy", "--role", "steward")
    said = shell("user", "add", "Amy", "--role", "staff")
    assert (said.code, said.err) == (1, "paddock: Amy is a user already; see: paddock user grant --help\n")
    assert [one["roles"] for one in shell("user", "list", "--json").json if one["name"] == "Amy"] == [["steward"]]
    assert "Amy" in shell("user", "list").out
