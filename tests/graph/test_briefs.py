"""What is left out of a list where nobody is going to see it changes nothing of the rest."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest

from service.engines.protocol import Engine
from service.graph.questions import briefs, claims
from service.graph.questions.clocks import ALWAYS, When
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import Affiliation, Agent, CapabilityClaim, Claim, Current, DisputePolicy, Supply
from service.graph.store import Scope
from tests.graph.little import EVERYBODY, GAZETTE, PUBLIC, STAFF, Little

SHOWN = frozenset({"edges", "node", "id", "name", "role", "capability.id"})
ENDS_SHOWN = ("person", "organization", "supplier", "customer")
MORE = SHOWN | {"level"} | {one for end in ENDS_SHOWN for one in (f"node.{end}", f"{end}.otherNames")}
STAFFED = Scope((0, 1, 2, 3))
LATER = "2026-02-01T00:00:00.000000Z"
PAGES = (Page(first=2), Page(last=2))
CLOCKS = (ALWAYS, When("2020-06-01", "2026-01-15T00:00:00.000000Z"))
# By name of the list: its question, the relation it is about, which end is asked about, and the field that leads back.
LISTS: Mapping[str, tuple[Any, str, int, str]] = {
    "affiliations": (claims.affiliations, "WORKS_FOR", 0, "person"),
    "people": (claims.people, "WORKS_FOR", 1, "organization"),
    "capabilities": (claims.capabilities, "HAS_CAPABILITY", 0, "organization"),
    "customers": (claims.customers, "SUPPLIES", 0, "supplier"),
    "suppliers": (claims.suppliers, "SUPPLIES", 1, "customer"),
}
ENDS = {"WORKS_FOR": ("per", "org"), "HAS_CAPABILITY": ("org", "cap"), "SUPPLIES": ("org", "org")}


def society(relation: str) -> tuple[Little, list[str], list[str]]:
    """Three at each end, one of them hidden, and what two sources say of them, some of it against each other."""
    made, (left, right) = Little(), ENDS[relation]
    sides = ([f"{left}-a{n}" for n in range(3)], [f"{right}-b{n}" for n in range(3)])
    for id in (*sides[0], *sides[1]):
        made.node(id, f"Name {id}", **_details(id), **({"vis": STAFF} if id.endswith("2") else {}))
    for number, (a, b) in enumerate(product(*sides)):
        days = {"start": f"201{number}", "earliest": f"201{number}-01-01"}
        ended = {"end": "2020-01", "latest": "2020-01-31"} if number % 2 else {}
        said = {"role": "buyer", "level": "core", **days, **ended}
        made.claim(relation, a, b, f"clm-{number}-one", **said)
        other = {"role": "seller", "source": GAZETTE.id, "recordedAt": LATER} if number % 3 else {"observed": ["2020"]}
        made.claim(relation, a, b, f"clm-{number}-two", **said | other, **({"vis": STAFF} if number == 4 else {}))
        made.claim(relation, a, b, f"clm-{number}-off", **said, retractedAt=LATER)
    return made, *sides


def _details(id: str) -> dict[str, object]:
    if id.startswith("cap"):
        return {"altLabels": [f"Label {id}"]}
    named: dict[str, object] = {"otherNames": [f"Other {id}", f"Hidden {id}"], "otherNamesVis": [PUBLIC, STAFF]}
    if id.startswith("org"):
        named |= {"kinds": ["supplier"], "country": "GB"}
    return named


@pytest.mark.parametrize("name", LISTS)
async def test_a_brief_list_has_the_rows_of_the_whole_one_and_tells_of_them_what_is_asked(
    engine: Engine, name: str
) -> None:
    question, relation, end, back = LISTS[name]
    made, *sides = society(relation)
    graph, parents = await made.save(engine), sides[end]

    for scope, page, when, more in product((EVERYBODY, STAFFED), PAGES, CLOCKS, arguments(name)):
        whole = await question(graph, scope, parents, page, when, **more)
        brief, fuller = [
            await question(
                graph, scope, parents, replace(page, asked=asked | {f"{name}.id", f"{name}.role"}), when, **more
            )
            for asked in (SHOWN, MORE)
        ]

        assert fuller == {parent: blanked(found, untold) for parent, found in whole.items()}
        assert brief == {parent: blanked(found, partial(bare, back)) for parent, found in whole.items()}
        assert any(found.rows for found in whole.values())


def arguments(name: str) -> list[dict[str, object]]:
    policies: list[dict[str, object]] = [{"disputes": policy} for policy in DisputePolicy]
    judged: list[dict[str, object]] = [{"current": Current.NO}] if name == "people" else []
    return [*policies, *judged] if name in {"affiliations", "people"} else [{}]


def blanked(found: Slice[Claim], blank: Callable[[Claim], Claim]) -> Slice[Claim]:
    """The same part of a list without what only a whole row tells, or a fuller one."""
    return replace(found, rows=tuple(map(blank, found.rows)), cursors=("",) * len(found.rows))


def untold(row: Claim) -> Claim:
    """A claim without its source, its dates and whether it is disputed."""
    nothing = {"source": briefs.UNTOLD, "locator": None, "recorded_at": "", "confidence": 0.0, "vis": 0}
    undated = {"start": None, "end": None, "latest": None, "observed": (), "disputed": False, "retracted_at": None}
    assert isinstance(row, Affiliation | CapabilityClaim | Supply)
    dated = {"earliest": row.earliest if isinstance(row, Affiliation) else None}
    return replace(row, **nothing, **undated, **dated)  # type: ignore[arg-type]  # fields of every claim


def bare(back: str, row: Claim) -> Claim:
    """A claim that tells of its ends no more than who they are, and nothing of the one it was asked by."""
    said = untold(row)
    left: dict[str, object] = {end: _who(getattr(said, end)) for end in ENDS_SHOWN if hasattr(said, end)}
    if isinstance(said, CapabilityClaim):
        left |= {"capability": replace(said.capability, alt_labels=()), "level": None, "verified": False}
    return replace(said, **left | {back: briefs.NOBODY})  # type: ignore[arg-type]  # fields of this claim


def _who(agent: Agent) -> Agent:
    return replace(agent, other_names=(), kinds=(), country=None)


async def test_whose_list_it_is_is_told_where_it_is_asked(engine: Engine) -> None:
    made, people, _ = society("WORKS_FOR")
    graph = await made.save(engine)

    async def person(asked: frozenset[str]) -> str:
        found = await claims.affiliations(graph, EVERYBODY, people[:1], Page(first=1, asked=asked))
        return found[people[0]].rows[0].person.id

    assert [await person(SHOWN | {"node.person"}), await person(SHOWN | {"person"})] == [people[0], ""]


async def test_a_list_of_which_more_is_asked_is_read_whole(engine: Engine) -> None:
    made, people, _ = society("WORKS_FOR")
    graph = await made.save(engine)

    for more in ("provenance", "start", "end", "current", "disputed"):
        page = Page(first=1, asked=SHOWN | {more})
        (row,) = (await claims.affiliations(graph, EVERYBODY, people[:1], page))[people[0]].rows
        assert (row.recorded_at, row.start) != ("", None)


async def test_the_id_of_a_claim_is_told_where_that_or_its_place_is_asked(engine: Engine) -> None:
    made, people, _ = society("WORKS_FOR")
    graph = await made.save(engine)

    async def told(*asked: str) -> list[tuple[str, str | None]]:
        page = Page(first=2, asked=SHOWN | set(asked))
        found = await claims.affiliations(graph, EVERYBODY, people[:1], page, disputes=DisputePolicy.LATEST)
        return [(row.id, row.earliest) for row in found[people[0]].rows]

    placed = [("clm-0-one", "2010-01-01"), ("clm-0-two", "2010-01-01")]
    assert [await told("affiliations.id"), await told("cursor"), await told("people.id")] == [
        placed,
        placed,
        [("", None), ("", None)],
    ]


async def test_the_id_of_a_capability_is_told_unless_its_name_is_all_that_is_asked_of_it(engine: Engine) -> None:
    made, organizations, capabilities = society("HAS_CAPABILITY")
    graph = await made.save(engine)

    async def told(*asked: str) -> list[tuple[str, str]]:
        page = Page(first=1, asked=frozenset({"node", "capability", "name", *asked}))
        found = await claims.capabilities(graph, EVERYBODY, organizations[:1], page)
        return [(row.capability.id, row.capability.name) for row in found[organizations[0]].rows]

    name = f"Name {capabilities[0]}"
    assert [await told("capability.name"), await told("capability.name", "capability.broader")] == [
        [("", name)],
        [(capabilities[0], name)],
    ]


async def test_the_role_of_a_claim_is_told_where_it_is_asked(engine: Engine) -> None:
    made, people, _ = society("WORKS_FOR")
    graph = await made.save(engine)

    async def told(*asked: str) -> list[str | None]:
        page = Page(first=1, asked=frozenset({"node", "role", *asked}))
        return [row.role for row in (await claims.affiliations(graph, EVERYBODY, people[:1], page))[people[0]].rows]

    assert [await told("affiliations.role"), await told("people.role")] == [["buyer"], [None]]


def test_the_ends_stand_where_the_statement_answers_them() -> None:
    assert (briefs.AFFILIATIONS.column, briefs.SUPPLIERS.column) == (5, 3)
