"""What is left out of a list where nobody is going to see it changes nothing of the rest."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from service.engines.protocol import Engine
from service.graph.questions import briefs, claims
from service.graph.questions.clocks import ALWAYS, When
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import Affiliation, CapabilityClaim, Claim, Current, DisputePolicy, Supply
from service.graph.store import Scope
from tests.graph.little import EVERYBODY, GAZETTE, STAFF, Little

SHOWN = frozenset({"edges", "node", "id", "name", "role", "level", "person", "organization", "supplier", "customer"})
STAFFED = Scope((0, 1, 2, 3))
LATER = "2026-02-01T00:00:00.000000Z"
PAGES = (Page(first=2), Page(last=2))
CLOCKS = (ALWAYS, When("2020-06-01", "2026-01-15T00:00:00.000000Z"))
# By name of the list: its question, the relation it is about, and which end is asked about.
LISTS: Mapping[str, tuple[Any, str, int]] = {
    "affiliations": (claims.affiliations, "WORKS_FOR", 0),
    "people": (claims.people, "WORKS_FOR", 1),
    "capabilities": (claims.capabilities, "HAS_CAPABILITY", 0),
    "customers": (claims.customers, "SUPPLIES", 0),
    "suppliers": (claims.suppliers, "SUPPLIES", 1),
}
ENDS = {"WORKS_FOR": ("per", "org"), "HAS_CAPABILITY": ("org", "cap"), "SUPPLIES": ("org", "org")}


def society(relation: str) -> tuple[Little, list[str], list[str]]:
    """Three at each end, one of them hidden, and what two sources say of them, some of it against each other."""
    made, (left, right) = Little(), ENDS[relation]
    sides = ([f"{left}-a{n}" for n in range(3)], [f"{right}-b{n}" for n in range(3)])
    for id in (*sides[0], *sides[1]):
        made.node(id, f"Name {id}", **({"vis": STAFF} if id.endswith("2") else {}))
    for number, (a, b) in enumerate(product(*sides)):
        days = {"start": f"201{number}", "earliest": f"201{number}-01-01"}
        ended = {"end": "2020-01", "latest": "2020-01-31"} if number % 2 else {}
        said = {"role": "buyer", "level": "core", **days, **ended}
        made.claim(relation, a, b, f"clm-{number}-one", **said)
        other = {"role": "seller", "source": GAZETTE.id, "recordedAt": LATER} if number % 3 else {"observed": ["2020"]}
        made.claim(relation, a, b, f"clm-{number}-two", **said | other, **({"vis": STAFF} if number == 4 else {}))
        made.claim(relation, a, b, f"clm-{number}-off", **said, retractedAt=LATER)
    return made, *sides


@pytest.mark.parametrize("name", LISTS)
async def test_a_brief_list_has_the_rows_of_the_whole_one_and_tells_of_them_what_is_asked(
    engine: Engine, name: str
) -> None:
    question, relation, end = LISTS[name]
    made, *sides = society(relation)
    graph, parents = await made.save(engine), sides[end]

    for scope, page, when, more in product((EVERYBODY, STAFFED), PAGES, CLOCKS, arguments(name)):
        whole = await question(graph, scope, parents, page, when, **more)
        brief = await question(graph, scope, parents, replace(page, asked=SHOWN), when, **more)

        assert brief == {parent: blanked(found) for parent, found in whole.items()}
        assert any(found.rows for found in whole.values())


def arguments(name: str) -> list[dict[str, object]]:
    policies: list[dict[str, object]] = [{"disputes": policy} for policy in DisputePolicy]
    judged: list[dict[str, object]] = [{"current": Current.NO}] if name == "people" else []
    return [*policies, *judged] if name in {"affiliations", "people"} else [{}]


def blanked(found: Slice[Claim]) -> Slice[Claim]:
    """The same part of a list without what only a whole row tells."""
    return replace(found, rows=tuple(map(_blank, found.rows)), cursors=("",) * len(found.rows))


def _blank(row: Claim) -> Claim:
    nothing = {"source": briefs.UNTOLD, "locator": None, "recorded_at": "", "confidence": 0.0, "vis": 0}
    undated = {"start": None, "end": None, "latest": None, "observed": (), "disputed": False, "retracted_at": None}
    assert isinstance(row, Affiliation | CapabilityClaim | Supply)
    return replace(row, **nothing, **undated)  # type: ignore[arg-type]  # fields of every claim


async def test_whose_list_it_is_is_told_where_it_is_asked(engine: Engine) -> None:
    made, people, _ = society("WORKS_FOR")
    graph = await made.save(engine)

    async def person(asked: frozenset[str]) -> str:
        found = await claims.affiliations(graph, EVERYBODY, people[:1], Page(first=1, asked=asked))
        return found[people[0]].rows[0].person.id

    assert [await person(SHOWN), await person(SHOWN - {"person"})] == [people[0], ""]


async def test_a_list_of_which_more_is_asked_is_read_whole(engine: Engine) -> None:
    made, people, _ = society("WORKS_FOR")
    graph = await made.save(engine)

    for more in ("provenance", "start", "end", "current", "disputed"):
        page = Page(first=1, asked=SHOWN | {more})
        (row,) = (await claims.affiliations(graph, EVERYBODY, people[:1], page))[people[0]].rows
        assert (row.recorded_at, row.start) != ("", None)
