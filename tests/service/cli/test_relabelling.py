"""Relabelling from the shell, as those who may see less find it in their next answer."""

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.service.cli.shell import Shell

pytestmark = pytest.mark.embedded


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded: Engine, embedded_store: Folder) -> Shell:
    """On the empty store of an engine that is running, so that no command has to start one."""
    del embedded
    return Shell(capsys, str(embedded_store.path))


def test_a_meeting_is_hidden_from_members_and_shown_again(shell: Shell) -> None:
    for name in ("Ann Alloy", "Ben Bearing"):
        shell("add", "person", name, "--class", "members")
    met = shell("record", "meeting", "Ann Alloy", "Ben Bearing", "--on", "2026-05-04", "--class", "members", "--json")
    id = met.json["written"]["id"]

    def band() -> str | None:
        said = shell("tie", "Ann Alloy", "Ben Bearing", "--role", "members", "--json")
        return said.json["band"] if said.code == 0 else None

    seen = [band()]
    hidden = shell("relabel", id, "staff+board", "--json")
    seen.append(band())
    again = shell("relabel", id, "STAFF+board", "--json")
    refused = [
        shell("relabel", id, "members", "--role", "staff"),
        shell("relabel", id, "everybody"),
        shell("relabel", "mtg-none", "members"),
    ]
    shell("relabel", id, "members")
    seen.append(band())

    assert seen[1] is None
    assert seen[0] == seen[2] is not None
    assert (hidden.code, hidden.json["written"]["id"]) == (0, id)
    assert again.json["written"] == hidden.json["written"]
    assert [(said.code, said.out) for said in refused] == [(6, ""), (2, ""), (3, "")]
    assert refused[0].err == "paddock: staff may not steward; ask an administrator\n"
