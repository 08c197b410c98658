"""Introductions and limits from the shell, over a few people of a store of their own."""

import asyncio
import re

import pytest

from service.auth import owner
from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.entries.introducing import met
from tests.entries.rooms import ADA, BEN, CAT, room
from tests.service.cli.shell import Said, Shell

pytestmark = pytest.mark.embedded

ASK = ("introduction", "request", "Ada Byron", "Ben Hope", "Cat Stone")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@pytest.fixture
async def shell(embedded: Engine, embedded_store: Folder, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell on a store in which everybody of the crew is known."""
    await room(embedded)
    return Shell(capsys, str(embedded_store.path))


async def said(shell: Shell, *arguments: str) -> Said:
    """What a call says; it runs a loop of its own."""
    return await asyncio.to_thread(shell, *arguments)


async def test_an_introduction_is_asked_for_taken_further_and_shown(shell: Shell, embedded: Engine) -> None:
    network = await room(embedded)
    meeting = await met(network, await owner(network.graph), on="2020-01-20")
    asked = (await said(shell, *ASK, "--concerning", "Samples", "--json")).json
    for status in ("requested", "with-introducer", "accepted", "made"):
        assert (await said(shell, "introduction", "advance", asked["id"], status)).code == 0

    done = await said(shell, "introduction", "advance", asked["id"], "met", "--meeting", meeting, "--note", "at last")
    shown = await said(shell, "introduction", "show", asked["id"], "--json")

    assert done.code == 0
    assert MOMENT.sub("…", done.out).splitlines() == [
        "Ben Hope is to introduce Ada Byron to Cat Stone",
        f"MET, Samples, {asked['id']}",
        "    …  DRAFT  owner",
        "    …  REQUESTED  owner",
        "    …  WITH_INTRODUCER  owner",
        "    …  ACCEPTED  owner",
        "    …  MADE  owner",
        "    …  MET  owner: at last",
    ]
    found = shown.json
    assert (found["status"], found["concerning"], found["meeting"]) == ("MET", "Samples", meeting)
    people = [found[role] for role in ("requester", "introducer", "target")]
    assert people == [
        {"id": ADA.agent, "name": "Ada Byron"},
        {"id": BEN.agent, "name": "Ben Hope"},
        {"id": CAT.agent, "name": "Cat Stone"},
    ]
    assert [(step["status"], step["by"], step["note"]) for step in found["history"][-2:]] == [
        ("MADE", "owner", None),
        ("MET", "owner", "at last"),
    ]
    assert found["requestedAt"] == found["history"][0]["at"]


async def test_the_same_key_asks_once_and_a_refused_step_says_which_there_are(shell: Shell) -> None:
    first = (await said(shell, *ASK, "--key", "one", "--json")).json
    assert (await said(shell, *ASK, "--key", "one", "--json")).json == first

    refused = await said(shell, "introduction", "advance", first["id"], "met")
    unknown = await said(shell, "introduction", "advance", first["id"], "forgotten")

    sentence = "an introduction that is DRAFT cannot become MET; it can become REQUESTED or LAPSED"
    assert (refused.code, refused.out) == (1, "")
    assert sentence in refused.err
    assert (unknown.code, unknown.out) == (2, "")
    assert "'forgotten' is no status; take one of draft, requested, with-introducer," in unknown.err


async def test_introductions_are_listed_by_status_and_person(shell: Shell) -> None:
    first = (await said(shell, *ASK, "--json")).json["id"]
    second = (await said(shell, "introduction", "request", "Dan Moor", "Ben Hope", "Ada Byron", "--json")).json["id"]
    await said(shell, "introduction", "advance", second, "lapsed")

    async def ids(*options: str) -> list[str]:
        found = await said(shell, "introduction", "list", "--json", *options)
        return [one["id"] for one in found.json]

    assert await ids() == [second, first]
    assert await ids("--status", "draft") == [first]
    assert await ids("--person", "Dan Moor") == [second]
    assert await ids("--first", "1") == [second]
    drawn = await said(shell, "introduction", "list", "--status", "draft")
    assert (drawn.code, drawn.out.splitlines()[-1].split()[1:-1]) == (
        0,
        ["DRAFT", "Ada", "Byron", "Ben", "Hope", "Cat", "Stone"],
    )
    nothing = await said(shell, "introduction", "list", "--status", "made")
    assert (nothing.code, nothing.out) == (3, "No introduction is like that.\n")
    assert (await said(shell, "introduction", "show", "int-nothing")).code == 3
    assert (await said(shell, "introduction", "list", "--role", "members")).code == 3


async def test_limits_are_shown_and_set_and_what_no_option_names_stays(shell: Shell) -> None:
    assert (await said(shell, "limits", "Ben Hope")).out == "Ben Hope set no limits.\n"

    both = await said(shell, "limits", "Ben Hope", "--asks", "2", "--never", "Cat Stone", "--never", "The Mill")
    more = await said(shell, "limits", "Ben Hope", "--asks", "3")
    none = await said(shell, "limits", "Ben Hope", "--no-cap", "--json")
    anybody = await said(shell, "limits", "Ben Hope", "--for-anybody")

    names = "Cat Stone, The Mill"
    assert both.out == f"Ben Hope: at most 2 asks a quarter, 0 in this one; never for {names}\n"
    assert more.out == f"Ben Hope: at most 3 asks a quarter, 0 in this one; never for {names}\n"
    assert none.json["person"] == {"id": BEN.agent, "name": "Ben Hope"}
    assert (none.json["limits"]["asksPerQuarter"], none.json["limits"]["askedThisQuarter"]) == (None, 0)
    assert [one["name"] for one in none.json["limits"]["never"]] == ["Cat Stone", "The Mill"]
    assert anybody.out == "Ben Hope: no cap, 0 in this one; for anybody\n"
    exclusive = await said(shell, "limits", "Ben Hope", "--asks", "1", "--no-cap")
    assert (exclusive.code, exclusive.out) == (2, "")


async def test_members_neither_ask_nor_set_limits(shell: Shell) -> None:
    for arguments in ((*ASK,), ("limits", "Ben Hope", "--asks", "1")):
        refused = await said(shell, *arguments, "--role", "members")
        assert (refused.code, refused.out) == (6, "")
