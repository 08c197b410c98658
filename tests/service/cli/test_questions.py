"""Questions from the shell, over the invented set that has every rule of motorsport-uk in it."""

from pathlib import Path

import pytest

from service.cli import app
from service.cli.ending import ended
from tests.service.cli.shell import Shell

DATA = Path(__file__).parents[2] / "data" / "motorsport-uk"
AT = "2026-07-01T09:00:00.000000Z"
KNOWN = ("--known-at", "2026-07-02T00:00:00Z", "--as-of", "2026-07-01")

pytestmark = pytest.mark.embedded


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of its own that holds the invented set."""
    store = str(tmp_path_factory.mktemp("cli") / "store")
    assert ended(app, ["load", "motorsport-uk", str(DATA), "--recorded-at", AT, "--store", store]) == 0
    return store


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], folder: str) -> Shell:
    return Shell(capsys, folder)


def test_loading_again_writes_nothing(shell: Shell) -> None:
    report = shell("load", "motorsport-uk", str(DATA), "--json")
    assert report.code == 0
    assert sum(file["written"] + file["retracted"] for file in report.json["files"]) == 0
    assert report.json["evidence"] == {"written": {}, "withdrawn": {}}


def test_a_route_is_drawn_with_who_how_strong_since_when_and_who_says_so(shell: Shell) -> None:
    drawn = shell("path", "Guild of Forgers and Casters", "Ada Marsh", *KNOWN)
    assert drawn.code == 0
    assert drawn.out.splitlines()[:7] == [
        "Guild of Forgers and Casters → Ada Marsh",
        "as of 2026-07-01, as known at 2026-07-02T00:00:00.000000Z",
        "",
        " 1  FAINT 0.1388  ▰▱▱▱▱▱▱▱▱▱  1 hop",
        "    ● Guild of Forgers and Casters",
        "    │ faint 0.1388  2025-07-31 to 2026-06-29, 2 pieces of evidence  weakest tie",
        "    │    70% listed for one group: All-Party Parliamentary Group on Alloy Wheels, 2026-06-29",
    ]


def test_the_same_clocks_give_the_same_bytes(shell: Shell) -> None:
    ask = ("path", "Guild of Forgers and Casters", "Ada Marsh", "--json", *KNOWN)
    first = shell(*ask)
    assert first.out == shell(*ask).out
    path = first.json["paths"][0]
    assert [(one["from"]["name"], one["to"]["name"]) for one in path["segments"]] == [
        ("Guild of Forgers and Casters", "Ada Marsh")
    ]
    assert path["segments"][0]["tie"]["evidence"][0]["provenance"]["recordedAt"] == AT


def test_a_moment_before_the_load_knows_nobody(shell: Shell) -> None:
    before = shell("path", "Guild of Forgers and Casters", "Ada Marsh", "--known-at", "2026-06-30T00:00:00Z")
    assert (before.code, before.out.splitlines()[-1]) == (3, "No route: nothing links the two ends.")


def test_a_name_that_is_not_there_ends_with_3_and_says_what_to_try(shell: Shell) -> None:
    said = shell("path", "Nobody At All", "Ada Marsh")
    assert (said.code, said.out) == (3, "")
    assert said.err == "paddock: nothing here is called 'Nobody At All'; try: paddock search 'Nobody At All'\n"


def test_an_ambiguous_name_lists_the_candidates(shell: Shell) -> None:
    said = shell("path", "Parliamentary Group", "Ada Marsh")
    first, *candidates = said.err.splitlines()
    assert (said.code, first) == (2, "paddock: 'Parliamentary Group' may mean any of these; use an id:")
    assert sorted(line.split("  ")[-1] for line in candidates) == [
        "All-Party Parliamentary Group on Alloy Wheels",
        "Gear Cutting All-Party Parliamentary Group",
    ]


def test_an_unknown_role_lists_them_all(shell: Shell) -> None:
    said = shell("search", "Ada Marsh", "--role", "king")
    assert said.code == 2
    assert "'king' is no role; take one of members, staff" in said.err


def test_who_knows_needs_to_be_told_who_we_are(shell: Shell) -> None:
    said = shell("who-knows", "Ada Marsh")
    assert said.code == 2
    assert "PADDOCK_ASSOCIATION" in said.err


def test_who_knows_gives_one_route_for_each_who_is_asked(shell: Shell) -> None:
    names = ["Guild of Forgers and Casters", "Rim Institute"]
    said = shell("who-knows", "Ada Marsh", *(one for name in names for one in ("--from", name)), "--json", *KNOWN)
    assert said.code == 0
    assert sorted(path["onBehalfOf"]["name"] for path in said.json["paths"]) == names


def test_search_finds_any_name_and_says_why(shell: Shell) -> None:
    said = shell("search", "rt hon ada marsh", "--json")
    assert said.code == 0
    assert [(hit["name"], hit["kind"], hit["label"]) for hit in said.json] == [
        ("Ada Marsh", "PERSON", "Rt Hon Ada Marsh")
    ]


def test_search_without_a_hit_ends_with_3(shell: Shell) -> None:
    said = shell("search", "zzzz")
    assert (said.code, said.out) == (3, "Nothing here is called 'zzzz'.\n")


def test_a_supply_chain_of_nobody_ends_with_3(shell: Shell) -> None:
    said = shell("supply", "Rim Institute", "--as-of", "2021-06-01")
    assert said.code == 3
    assert said.out.endswith("No suppliers or customers recorded for that day.\n")


def test_a_word_that_is_no_direction_is_a_usage_error(shell: Shell) -> None:
    said = shell("supply", "Rim Institute", "--direction", "sideways")
    assert (said.code, said.err) == (
        2,
        "paddock: 'sideways' is no direction; take one of suppliers, customers, both\n",
    )


def test_an_unknown_option_is_a_usage_error(shell: Shell) -> None:
    said = shell("search", "x", "--colour", "red")
    assert said.code == 2
    assert "No such option: --colour" in said.err


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(shell: Shell) -> None:
    made = shell("token", "create", "Ida Quill", "--role", "members", "--json").json
    secret = made.pop("token")
    listed = shell("token", "list", "--json")
    assert secret not in listed.out
    assert [token for token in listed.json if token["id"] == made["id"]] == [made]
    assert (made["name"], made["role"], made["revokedAt"]) == ("Ida Quill", "members", None)
    assert shell("token", "revoke", made["id"]).code == 0
    again = shell("token", "revoke", made["id"])
    assert (again.code, again.err) == (
        3,
        f"paddock: no token that still counts is called {made['id']!r}; see: paddock token list\n",
    )


def test_the_doctor_finds_nothing_wrong(shell: Shell) -> None:
    said = shell("doctor", "--json")
    assert (said.code, said.json["engine"], said.json["findings"]) == (0, "embedded", [])


def test_files_of_another_kind_cannot_be_loaded(shell: Shell) -> None:
    said = shell("load", "cookery", str(DATA))
    assert (said.code, said.err) == (2, "paddock: 'cookery' cannot be loaded; take one of motorsport-uk\n")


def test_a_file_that_is_refused_ends_with_4_and_the_others_are_loaded(shell: Shell, tmp_path: Path) -> None:
    for file in DATA.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    races = tmp_path / "f1db_races.csv"
    races.write_text(races.read_text("utf-8").replace("raceId", "race_id", 1), "utf-8")
    said = shell("load", "motorsport-uk", str(tmp_path), "--dry-run", "--json")
    assert said.code == 4
    refused = [file["file"] for file in said.json["files"] if file["error"]]
    assert "f1db_races.csv" in refused


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-07-01T08:59:59Z", "2026-07-01T08:59:59Z lies before the store's last record of 2026-"),
        ("2999-01-01T00:00:00Z", "2999-01-01T00:00:00Z has not come yet; record at a moment before now"),
        ("yesterday", "'yesterday' is no moment"),
    ],
)
def test_a_moment_before_the_last_record_or_to_come_is_a_usage_error_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], folder: str, at: str, sentence: str
) -> None:
    whole = Shell(capsys, folder)
    before = whole("doctor", "--json").json
    for more in ([], ["--dry-run"]):
        said = whole("load", "motorsport-uk", str(DATA), "--recorded-at", at, "--json", *more)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"paddock: {sentence}")
    assert whole("doctor", "--json").json == before


def test_a_store_that_does_not_answer_ends_with_5(capsys: pytest.CaptureFixture[str]) -> None:
    said = Shell(capsys, "bolt://127.0.0.1:1", {"PADDOCK_STORE_PASSWORD": "none"})("search", "anybody")
    assert said.code == 5
    assert said.out == ""
