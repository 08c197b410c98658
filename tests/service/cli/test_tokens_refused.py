"""Tokens that would be of no use are refused when they are asked for, not when they are used."""

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.service.cli.shell import Shell

pytestmark = pytest.mark.embedded

FORMS = "2026-11-24T06:34:28Z or 2026-11-24T06:34:28.123456+00:00"


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded: Engine, embedded_store: Folder) -> Shell:
    """On the empty store of an engine that is running, so that no command has to start one."""
    del embedded
    return Shell(capsys, str(embedded_store.path))


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("  ", "--role", "members"), 2, "the name is empty; say whose token it is"),
        (
            ("Ida", "--role", "members", "--expires-at", "2020-01-01T00:00:00Z"),
            2,
            "2020-01-01T00:00:00Z has passed; let the token end at a moment to come",
        ),
        (
            ("Ida", "--role", "members", "--expires-at", "soon"),
            2,
            f"'soon' is no moment; write it with its offset, as {FORMS}",
        ),
        (
            ("Ida", "--role", "integrator"),
            2,
            "an integrator acts within a user's rights; name the user with --owner",
        ),
        (
            ("app", "--role", "integrator", "--owner", "Nobody"),
            3,
            "no user is called 'Nobody'; see: paddock user list",
        ),
        (
            ("laptop", "--role", "admin", "--owner", "Una"),
            6,
            "Una is no admin, and a token is never more than its owner; grant it first",
        ),
        (("Ida",), 2, "no user is called 'Ida' yet; say with --role what they may do"),
        (
            ("laptop", "--owner", "Una", "--compartment", "board"),
            2,
            "what a user may see is granted to the user; see: paddock user grant --help",
        ),
        (
            ("Ida", "--role", "staff", "--field", "whoKnows"),
            2,
            "--field is for an integrator; a person may ask for everything",
        ),
        (
            ("app", "--role", "integrator", "--owner", "Una", "--clearance", "secret"),
            2,
            "'secret' is no level; take one of PUBLIC, MEMBERS, STAFF, LOBBYING",
        ),
        (
            ("app", "--role", "integrator", "--owner", "Una", "--scope", "everything"),
            2,
            "'everything' is no scope; take one of read, write, steward, erase, administer",
        ),
    ],
)
def test_a_token_that_would_be_of_no_use_is_refused_with_a_remedy(
    shell: Shell, options: tuple[str, ...], code: int, sentence: str
) -> None:
    shell("user", "add", "Una", "--role", "staff")
    said = shell("token", "create", *options)
    assert (said.code, said.out, said.err) == (code, "", f"paddock: {sentence}\n")
    assert shell("token", "list", "--json").json == []
