"""Tokens that would be of no use are refused when they are asked for, not when they are used."""

import pytest

from tests.service.cli.shell import Shell

pytestmark = pytest.mark.embedded

FORMS = "2026-11-24T06:34:28Z or 2026-11-24T06:34:28.123456+00:00"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that holds nothing but tokens."""
    return str(tmp_path_factory.mktemp("tokens") / "store")


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], folder: str) -> Shell:
    return Shell(capsys, folder)


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
        (("Ida", "--role", "integrator"), 2, "an integrator acts within another token; name its id with --owner"),
        (
            ("Ida", "--role", "integrator", "--owner", "tok-none"),
            3,
            "no person's token that still counts is 'tok-none'; see: paddock token list",
        ),
        (
            ("Ida", "--role", "staff", "--owner", "tok-none"),
            2,
            "--owner is for an integrator; staff acts for itself",
        ),
    ],
)
def test_a_token_that_would_be_of_no_use_is_refused_with_a_remedy(
    shell: Shell, options: tuple[str, ...], code: int, sentence: str
) -> None:
    said = shell("token", "create", *options)
    assert (said.code, said.out, said.err) == (code, "", f"paddock: {sentence}\n")
    assert shell("token", "list", "--json").json == []
