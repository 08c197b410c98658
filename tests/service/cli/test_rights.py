"""The audit and people's rights from the shell, on each engine."""

import json
from pathlib import Path

import pytest

from service.engines.protocol import Engine, Transaction
from service.engines.stores import Folder, Store
from service.errors import Code, Exit, ServiceError
from service.graph.audit import entries
from service.graph.snapshots import FILE
from tests.graph.little import LOBBYING, graph
from tests.schema.paddock import paddock
from tests.service.cli.shell import Calls


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], store: Store, engine: Engine) -> Calls:
    """Calls on an empty store; an engine runs there already, so that none has to be started for each."""
    return Calls.on(store, capsys)


async def changed(engine: Engine, text: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(text, {})

    await engine.write(work)


async def test_what_a_shell_shows_is_audited_and_the_audit_is_asked_and_verified(shell: Calls, engine: Engine) -> None:
    made = paddock()
    made.node("per-zed", "Zed Zagato", vis=LOBBYING)
    await made.save(engine)

    assert (await shell("search", "Ann Alloy")).code == 0
    assert (await shell("search", "Zed Zagato")).out.startswith("Nothing here is called")
    shown = await shell("search", "Zed Zagato", "--purpose", "the duty", "--json")
    assert [one["id"] for one in shown.json] == ["per-zed"]
    told = [(one.operation, one.purpose, one.people) async for one in entries(graph(engine))]
    assert told == [("paddock search", None, ("per-ann",)), ("paddock search", "the duty", ("per-zed",))]

    verified = await shell("audit", "verify", "--json")
    assert verified.json == {"entries": 2, "hash": verified.json["hash"], "whole": True, "broken": None}
    saw = (await shell("audit", "who-saw", "per-zed", "--json")).json
    assert [(one["number"], one["principal"], one["purpose"], one["people"]) for one in saw] == [
        (2, {"id": "owner", "name": None}, "the duty", ["per-zed"])
    ]
    seen = await shell("audit", "seen-by", "owner")
    assert [line.split()[0] for line in seen.out.splitlines()] == ["number", "1", "2", "3"]
    assert (await shell("audit", "seen-by", "nobody")).code == Exit.NOT_FOUND
    for role, code in (("staff", Exit.NOT_PERMITTED), ("admin", 0), ("data-protection-officer", 0)):
        assert (await shell("audit", "verify", "--role", role)).code == code

    noted = f"{verified.json['entries']}:{verified.json['hash']}"
    assert (await shell("audit", "verify", "--noted", noted)).code == 0
    assert (await shell("audit", "verify", "--noted", "2")).code == 2
    await changed(engine, "MATCH (a:Audit {number: 2}) SET a.purpose = 'none of yours'")
    broken = await shell("audit", "verify")
    assert (broken.code, broken.out.splitlines()) == (
        1,
        ["Entry 2 was edited: entry 2 does not say what it was sealed with.", "The 1 entries before it hold."],
    )


async def test_nothing_is_printed_that_could_not_be_entered(
    shell: Calls, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await paddock().save(engine)

    async def fails(*_: object) -> None:
        raise ServiceError(Code.TIMEOUT, "slow")

    monkeypatch.setattr("service.cli.witness.append", fails)
    said = await shell("search", "Ann Alloy")
    assert (said.code, said.out) == (Exit.UNREACHABLE, "")
    assert said.err.startswith("paddock: what would be shown cannot be entered into the audit now")


async def test_a_person_is_told_all_and_then_erased_with_the_file_of_ties(
    shell: Calls, engine: Engine, store: Store, tmp_path: Path
) -> None:
    await paddock().save(engine)
    page = tmp_path / "ann.html"
    wrote = await shell("person", "export", "Ann Alloy", "--output", str(page))
    assert (wrote.code, page.stat().st_mode & 0o777) == (0, 0o600)
    assert "<h1>Ann Alloy</h1>" in page.read_text()
    assert (await shell("person", "export", "per-ann", "--output", str(page))).code == 2
    plain = json.loads((await shell("person", "export", "per-ann", "--format", "json")).out)
    assert (plain["person"]["name"], [one["asked"] for one in plain["shownTo"]]) == (
        "Ann Alloy",
        [["paddock person export"]],
    )
    assert (await shell("person", "export", "per-ann", "--format", "pdf")).code == 2
    assert (await shell("person", "export", "per-ann", "--role", "admin")).code == Exit.NOT_PERMITTED

    if isinstance(store, Folder):
        (store.path / FILE).write_bytes(b"ties of before")
    assert (await shell("person", "erase", "per-ann")).code == 2
    assert (await shell("person", "erase", "per-ann", "--yes", "--role", "steward")).code == Exit.NOT_PERMITTED
    gone = await shell("person", "erase", "per-ann", "--yes", "--json")
    assert (gone.json["ids"], gone.json["already"]) == (["per-ann"], False)
    if isinstance(store, Folder):
        assert not (store.path / FILE).exists()
    again = await shell("person", "erase", "per-ann", "--yes")
    assert (again.code, again.out) == (0, "Nothing to erase: this person was erased before.\n")
    assert (await shell("person", "erase", "per-nobody", "--yes")).code == Exit.NOT_FOUND
    assert (await shell("search", "Ann Alloy")).out == "Nothing here is called 'Ann Alloy'.\n"
    # Who saw them stays known by their id.
    saw = (await shell("audit", "who-saw", "per-ann", "--json")).json
    assert [one["operation"] for one in saw] == [*["paddock person export"] * 2, "paddock person erase"]
