"""Joints and the contacts of a chain from the shell: what a person reads, and the JSON."""

import asyncio

import pytest

from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.graph.chains import Chains
from tests.graph.little import STAFF
from tests.service.cli.shell import Said, Shell

AT = "2026-11-23T12:00:00.000000Z"
CLOCKS = ("--as-of", "2026-11-23", "--known-at", AT)

pytestmark = pytest.mark.embedded


def world() -> Chains:
    """R is supplied by S and C, S by T; L can do what feeds R. Two of S know two of R, a of T knows z."""
    made = Chains()
    for name in ("forging", "gears"):
        made.capability(name)
    made.feeds("forging", "gears")
    made.firms("RSCTL")
    made.people("rqstcal" + "z")
    made.can("R", "gears")
    made.can("L", "forging")
    made.supplies("SR", "forging")
    made.supplies("CR")
    made.supplies("TS")
    for firm, people in (("R", "rq"), ("S", "st"), ("C", "c"), ("T", "at"), ("L", "l")):
        made.at(firm, people)
    made.met("sr", "tq", "lr", "az")
    made.met("sr", on="2026-11-01")
    made.met("cr", vis=STAFF)
    return made


@pytest.fixture
async def shell(embedded: Engine, embedded_store: Folder, capsys: pytest.CaptureFixture[str]) -> Shell:
    await world().save(embedded)
    return Shell(capsys, str(embedded_store.path))


async def said(shell: Shell, *arguments: str) -> Said:
    """What a call says; it runs a loop of its own."""
    return await asyncio.to_thread(shell, *arguments, *CLOCKS)


async def test_joints_are_drawn_tier_by_tier_with_the_pairs_that_hold_them(shell: Shell) -> None:
    drawn = await said(shell, "joints", "org-r", "--role", "members")
    assert (drawn.code, drawn.out.splitlines()) == (
        0,
        [
            "The joints of R",
            f"as of 2026-11-23, as known at {AT}",
            "3 joints: 1 live, 1 single, 1 cold; outside the chain 1 latent",
            "",
            "Tier 1",
            "  COLD    C  no pair among 1 and 2 people",
            "  LIVE    S, forging  2 pairs among 2 and 2 people",
            "          strong 0.5700  s and r",
            "          warm 0.3500    t and q",
            "",
            "Tier 2",
            "  SINGLE  T to S  1 pair among 2 and 2 people",
            "          at both        t",
            "",
            "Outside the chain",
            "  LATENT  L, forging  1 pair among 1 and 2 people",
            "          warm 0.3500    l and r",
        ],
    )


async def test_only_the_classes_asked_for_are_listed_and_all_are_counted(shell: Shell) -> None:
    single = await said(shell, "joints", "org-r", "--only", "single", "--only", "cold", "--max-tiers", "1")
    assert single.out.splitlines()[2:] == [
        "2 joints: 1 live, 1 single, 0 cold; outside the chain 1 latent",
        "",
        "Tier 1",
        "  SINGLE  C  1 pair among 1 and 2 people",
        "          warm 0.3500    c and r",
    ]
    customers = await said(shell, "joints", "org-s", "--direction", "customers", "--json")
    assert (customers.json["live"], [one["customer"]["name"] for one in customers.json["joints"]]) == (1, ["R"])


async def test_json_tells_the_same_with_ids_and_evidence(shell: Shell) -> None:
    found = (await said(shell, "joints", "org-r", "--only", "live", "--json")).json
    (joint,) = found.pop("joints")
    assert found == {
        "live": 1,
        "single": 2,
        "cold": 0,
        "latent": 1,
        "truncated": False,
        "asOf": "2026-11-23",
        "knownAt": AT,
    }
    best, second = joint.pop("best"), joint.pop("secondBest")
    assert joint == {
        "supplier": {"id": "org-s", "name": "S"},
        "customer": {"id": "org-r", "name": "R"},
        "capability": {"id": "cap-forging", "name": "forging"},
        "tier": 1,
        "class": "LIVE",
        "livePairs": 2,
        "shared": [],
        "supplierPeople": 2,
        "customerPeople": 2,
    }
    assert (best["a"], best["b"], best["band"]) == (
        {"id": "per-s", "name": "s"},
        {"id": "per-r", "name": "r"},
        "STRONG",
    )
    assert [one["id"] for one in best["evidence"]] == ["kno-sr-2026-11-23", "kno-sr-2026-11-01"]
    assert [one["id"] for one in second["evidence"]] == ["kno-tq-2026-11-23"]


async def test_without_joints_that_is_said_and_it_ends_with_3(shell: Shell) -> None:
    none = await said(shell, "joints", "org-l")
    assert (none.code, none.out.splitlines()[2:]) == (
        3,
        ["Nobody supplies it or is supplied by it on that day, and nobody waits to."],
    )


async def test_contacts_of_a_chain_are_drawn_a_line_for_each_company(shell: Shell) -> None:
    drawn = await said(shell, "chain-contacts", "org-r", "per-z")
    assert (drawn.code, [line.rstrip() for line in drawn.out.splitlines()]) == (
        0,
        [
            "Who in the supply chain of R knows z?",
            f"as of 2026-11-23, as known at {AT}",
            "",
            "tier  strength     company  whom to ask  and then",
            "2     warm 0.3500  T        a            knows the target",
        ],
    )
    found = (await said(shell, "chain-contacts", "org-r", "per-z", "--json")).json
    (contact,) = found["contacts"]
    assert (found["outcome"], contact["tier"], contact["person"]) == ("FOUND", 2, {"id": "per-a", "name": "a"})
    assert contact["path"]["onBehalfOf"] == {"id": "org-t", "name": "T"}


async def test_without_a_contact_that_is_said_and_it_ends_with_3(shell: Shell) -> None:
    none = await said(shell, "chain-contacts", "org-r", "per-z", "--max-tiers", "1")
    assert (none.code, none.out.splitlines()[-1]) == (3, "Nobody in the chain has a route to the target.")


@pytest.mark.parametrize(
    ("option", "word", "message"),
    [
        ("--only", "tepid", "'tepid' is no class of joints; take one of live, single, cold, latent"),
        ("--direction", "up", "'up' is no direction; take one of suppliers, customers, both"),
        ("--disputes", "first", "'first' is no policy for disputes; take one of latest, strict, verified-first"),
    ],
)
async def test_a_word_that_means_nothing_lists_those_that_do(
    shell: Shell, option: str, word: str, message: str
) -> None:
    wrong = await said(shell, "joints", "org-r", option, word)
    assert (wrong.code, wrong.err.splitlines()[-1]) == (2, f"paddock: {message}")
