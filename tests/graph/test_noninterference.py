"""Whoever may see a part of a graph gets the answers of a graph that holds nothing else.

Graphs are drawn at random, with a fifth of the nodes and two fifths of the records hidden, and in half of them a hidden
short cut beside a visible chain. Each question is asked with a narrow scope of the whole graph, and with the widest one
of the visible part alone; both must answer with the same text.
"""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import cast

import pytest

import packs
from service.engines.protocol import Engine
from service.graph.folding import fold
from service.graph.projection import feed
from service.graph.questions import agents, catalogues, claims, nodes, ties
from service.graph.questions.clocks import When
from service.graph.questions.contacts import chain_contacts
from service.graph.questions.filters import OrganizationFilter, PersonFilter, TextFilter
from service.graph.questions.histories import tie_history
from service.graph.questions.influence import influence_paths
from service.graph.questions.interlocks import interlocks
from service.graph.questions.joints import supply_joints
from service.graph.questions.ledgers import card_ledger
from service.graph.questions.omissions import omissions
from service.graph.questions.pages import Page
from service.graph.questions.reach import ANY, Constraints, reach_capability
from service.graph.questions.routes import introduction_paths, who_knows
from service.graph.questions.rows import Evidence
from service.graph.questions.search import search
from service.graph.questions.supply import SupplyDirection, supply_chain
from service.graph.questions.tallies import LedgerGroup, Terms
from service.graph.questions.ties import Network
from service.graph.questions.whys import why
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYTHING, GAZETTE, MEMBERS, PUBLIC, REGISTER, STAFF, THEN, Little

PEOPLE = [f"per-{number}" for number in range(7)]
FIRMS = [f"org-{number}" for number in range(4)]
ALL = [*PEOPLE, *FIRMS, "evt-0", "pst-0", "cap-0", "cap-1", "cer-0", "src-hidden"]
ASSOCIATION = "org-3"
SEEN = Scope((PUBLIC, MEMBERS))
DATES: list[dict[str, object]] = [
    {},
    {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"},
    {"start": "2019-05", "end": "2021", "earliest": "2019-05-01", "latest": "2021-12-31"},
    {"observed": ["2020-03-01", "2024-03-01"], "unseen": ["2022-03-01"]},
]
CLAIMS = {
    "WORKS_FOR": (PEOPLE, FIRMS),
    "DIRECTOR_OF": (PEOPLE, FIRMS),
    "HOLDS": (PEOPLE, ["pst-0"]),
    "POST_IN": (["pst-0"], FIRMS),
    "MEMBER_OF": ([*PEOPLE, *FIRMS], FIRMS),
    "SUPPLIES": (FIRMS, FIRMS),
    "HAS_CAPABILITY": (FIRMS, ["cap-0", "cap-1"]),
    "HOLDS_CERTIFICATION": (FIRMS, ["cer-0"]),
    "BROADER": (["cap-1"], ["cap-0"]),
    "FEEDS": (["cap-1"], ["cap-0"]),
    "GAVE_BENEFIT": (FIRMS, PEOPLE),
    "OWNS": (PEOPLE, FIRMS),
    "ATTENDED": (PEOPLE, ["evt-0"]),
}


WANTED: dict[str, PersonFilter | OrganizationFilter] = {
    "people": PersonFilter(),
    "named": PersonFilter(name=TextFilter(contains="secret")),
    "not named": PersonFilter(none=PersonFilter(name=TextFilter(starts_with="secret 3"))),
    "works": PersonFilter(works_for="org-0"),
    "works not": PersonFilter(none=PersonFilter(works_for="org-1"), name=TextFilter(contains="name")),
    "organizations": OrganizationFilter(),
    "capable": OrganizationFilter(some=(OrganizationFilter(capability="cap-0"), OrganizationFilter(member_of="org-3"))),
    "supplied": OrganizationFilter(suppliers=OrganizationFilter(name=TextFilter(contains="secret"))),
    "supplied not": OrganizationFilter(none=OrganizationFilter(customers=OrganizationFilter())),
}

Listed = Callable[[Graph, Scope, list[str], Page, When], Awaitable[object]]


def vis(chance: random.Random, hidden: float) -> int:
    return STAFF if chance.random() < hidden else chance.choice([PUBLIC, MEMBERS])


def drawn(chance: random.Random) -> Little:
    """A graph with hidden corners."""
    made = Little()
    for number, id in enumerate(ALL):
        names = {"otherNames": ["Common Name", f"Secret {number}"], "otherNamesVis": [PUBLIC, vis(chance, 0.5)]}
        seen = {"src-hidden": STAFF, ASSOCIATION: PUBLIC}.get(id, vis(chance, 0.2))
        made.node(id, f"Name {number % 3}", vis=seen, title=f"Source {number}", **names)
    for number in range(70):
        kind = chance.choice(list(CLAIMS))
        a, b = (chance.choice(ends) for ends in CLAIMS[kind])
        source = chance.choice([REGISTER.id, GAZETTE.id, "src-hidden"])
        said = {
            "role": chance.choice(["buyer", "seller"]),
            "status": "ATTENDED",
            "level": "prime",
            "capability": "cap-1",
        }
        if a != b:
            made.claim(kind, a, b, f"clm-{number}", vis=vis(chance, 0.4), source=source, **said, **chance.choice(DATES))
    pairs = [chance.sample([*PEOPLE, FIRMS[0]], 2) for _ in range(16)]
    if chance.random() < 0.5:
        pairs += [["per-0", "per-1"], ["per-1", "per-2"], ["per-2", "per-3"]]
        made.knows("per-0", "per-3", "kno-short-cut", vis=STAFF)
    for number, (a, b) in enumerate(pairs):
        kind, on = chance.choice(["MEETING", "CARD_GIVEN", "SHARED_EVENT"]), chance.choice(["2026-11-01", "2024-01-01"])
        source = chance.choice([REGISTER.id, GAZETTE.id, "src-hidden"])
        seen, about = vis(chance, 0.4), [f"clm-{number}"]
        made.knows(a, b, f"kno-{number}", vis=seen, kind=kind, on=on, source=source, about=about)
    for number in range(14):
        _met(made, chance, number)
    return made


def _met(made: Little, chance: random.Random, number: int) -> None:
    """Adds a card exchange or a meeting, any part of which may be hidden."""
    kind, people = chance.choice(["crd", "mtg"]), chance.sample(PEOPLE, 2)
    record, on = f"{kind}-{number}", chance.choice(["2023-01-01", "2026-10-01", "2026-11-01"])
    swapped = chance.random() < 0.5
    parts = [("GAVE_CARD", people[0]), ("RECEIVED_CARD", people[1])]
    if kind == "mtg":
        parts = [("TOOK_PART_IN", one) for one in people]
    source = chance.choice([REGISTER.id, GAZETTE.id, REGISTER.id, "src-hidden"])
    known = {"source": source, "recordedAt": THEN}
    made.node(record, vis=vis(chance, 0.2), on=on, swapped=swapped, status="HELD", **known)
    for place, (relation, one) in enumerate(parts):
        said = {"on": on, "swapped": swapped, "status": "HELD"}
        made.claim(relation, one, record, f"clm-{record}-{place}", vis=vis(chance, 0.2), **said)
    if kind == "crd":
        made.claim("EXCHANGED_AT", record, "evt-0", f"clm-{record}-at", vis=vis(chance, 0.3))


def visible(made: Little) -> Little:
    """The part of a graph that SEEN may see, and nothing that tells of the rest."""
    part = Little(sources=False)
    for label, rows in made.nodes.items():
        part.nodes[label] = [_named(row) for row in rows if row["vis"] in SEEN.vis]
    kept = {str(row["id"]) for rows in part.nodes.values() for row in rows}
    for between, claimed in made.claims.items():
        part.claims[between] = [
            row
            for row in claimed
            if isinstance(said := row["said"], dict)
            and said["vis"] in SEEN.vis
            and {row["a"], row["b"], said["source"]} <= kept
        ]
    return part


def _named(row: dict[str, object]) -> dict[str, object]:
    names, seen = cast("list[str]", row.get("otherNames", [])), cast("list[int]", row.get("otherNamesVis", []))
    shown = [(name, one) for name, one in zip(names, seen, strict=True) if one in SEEN.vis]
    searched = "\n".join(fold(name) for name in (str(row.get("name")), *(name for name, _ in shown)))
    said = {"otherNames": [name for name, _ in shown], "otherNamesVis": [one for _, one in shown]}
    return {**row, **said, "search": searched} if "search" in row else {**row, **said}


async def answers(asked: Graph, scope: Scope) -> dict[str, str]:
    """The text of every answer, so that nothing a question returns is left out of the comparison."""
    network = Network(asked, packs.evidence(), feed)
    found = {name: repr(answer) async for name, answer in _answers(network, scope)}
    return found | {name: repr(answer) async for name, answer in _catalogued(network, scope)}


async def _chained(network: Network, scope: Scope) -> AsyncIterator[tuple[str, object]]:
    asked = (network, scope, FIRMS[0])
    for direction in SupplyDirection:
        yield f"supply {direction}", await supply_chain(network.graph, scope, FIRMS[0], direction=direction)
        yield f"joints {direction}", await supply_joints(*asked, direction=direction)
        for target in ("per-3", "org-1"):
            yield f"contacts {direction} {target}", await chain_contacts(*asked, target, direction=direction)


async def _catalogued(network: Network, scope: Scope) -> AsyncIterator[tuple[str, object]]:
    asked, page, then = network.graph, Page(first=3, total=True), When("2021-06-01")
    for name, wanted in WANTED.items():
        if isinstance(wanted, PersonFilter):
            yield f"people {name}", await catalogues.people(asked, scope, wanted, page=page)
        else:
            yield f"organizations {name}", await catalogues.organizations(asked, scope, wanted, page=page)
    yield "all posts", await catalogues.posts(asked, scope, page)
    yield "all capabilities", await catalogues.capabilities(asked, scope, page)
    yield "all events", await catalogues.events(asked, scope, page)
    yield "all issues", await catalogues.issues(asked, scope, page)
    yield "interlocks", await interlocks(asked, scope, PEOPLE, then)
    yield "influence", await influence_paths(network, scope, "pst-0", None, FIRMS, when=then)


async def _answers(network: Network, scope: Scope) -> AsyncIterator[tuple[str, object]]:
    asked, page = network.graph, Page(first=3, total=True)
    listed: dict[Listed, list[str]] = {
        claims.affiliations: PEOPLE,
        claims.people: FIRMS,
        claims.posts: PEOPLE,
        claims.holders: ["pst-0"],
        claims.memberships: [*PEOPLE, *FIRMS],
        claims.members: FIRMS,
        claims.suppliers: FIRMS,
        claims.customers: FIRMS,
        claims.capabilities: FIRMS,
        claims.capable: ["cap-0", "cap-1"],
        claims.benefits: [*PEOPLE, *FIRMS],
        claims.owns: PEOPLE,
        claims.events: PEOPLE,
        claims.attendees: ["evt-0"],
    }
    for question, parents in listed.items():
        for when in (When(), When("2021-06-01")):
            yield f"{getattr(question, '__name__', '')} {when.as_of}", await question(asked, scope, parents, page, when)
    ids = [
        *ALL,
        *(f"clm-{number}" for number in range(70)),
        "kno-short-cut",
        *(f"kno-{number}" for number in range(19)),
    ]
    found = await nodes.entities(asked, scope, ids)
    yield "nodes", [found.get(id) for id in ids]
    evidence = [row for row in found.values() if isinstance(row, Evidence)]
    yield "about", await nodes.about(asked, scope, evidence)
    yield "narrower", await agents.narrower(asked, scope, ["cap-0"])
    yield "organizations", await agents.post_organizations(asked, scope, ["pst-0"])
    for text in ("name", "common", "secret 3"):
        yield f"search {text}", await search(asked, scope, text, page=page)
    for subject in (_chained, _routed, _reached):
        async for answer in subject(network, scope):
            yield answer
    known = await ties.knows(network, scope, PEOPLE, page)
    yield "knows", known
    yield "evidence", await ties.evidence(network, scope, [tie for part in known.values() for tie in part.rows], page)
    for group in LedgerGroup:
        for filters in (
            {},
            {"person": "per-0"},
            {"organization": "org-0"},
            {"event": "evt-0"},
            {"since": "2026-10-02"},
        ):
            terms = Terms(group, **filters)
            yield f"cards {terms}", await card_ledger(network, scope, terms)
    for one in PEOPLE[1:]:
        yield f"history {one}", await tie_history(network, scope, "per-0", one)
    records = [f"{kind}-{number}" for kind in ("crd", "mtg") for number in range(14)]
    for id in [*ids, *records, *(f"clm-{record}-{place}" for record in records for place in (0, 1, "at"))]:
        yield f"why {id}", await why(asked, scope, id)


async def _routed(network: Network, scope: Scope) -> AsyncIterator[tuple[str, object]]:
    for target in ("per-3", "org-1", "pst-0"):
        yield f"paths {target}", await introduction_paths(network, scope, "per-0", target, max_hops=4)
        yield f"disjoint {target}", await introduction_paths(network, scope, "org-0", target, disjoint=True)
        yield f"who knows {target}", await who_knows(network, scope, target, ["per-0", "per-1", "org-0", "org-2"])
        yield f"members know {target}", await who_knows(network, scope, target, association=ASSOCIATION)


async def _reached(network: Network, scope: Scope) -> AsyncIterator[tuple[str, object]]:
    for constraints in (ANY, Constraints("cer-0"), Constraints(members_only=True), Constraints(not_through=("org-1",))):
        for start in ("per-0", "org-0"):
            asked_of = (network, scope, "cap-0", start)
            reached = await reach_capability(*asked_of, constraints=constraints, association=ASSOCIATION)
            left_out = await omissions(*asked_of, constraints=constraints, association=ASSOCIATION)
            yield f"reach {constraints} {start}", (reached, left_out)


@pytest.mark.parametrize("seed", range(3))
async def test_an_answer_is_that_of_a_graph_without_anything_hidden(engine: Engine, seed: int) -> None:
    made = drawn(random.Random(seed))
    whole = await answers(await made.save(engine), SEEN)
    await engine.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {}))
    part = await answers(await visible(made).save(engine), EVERYTHING)

    assert [name for name, answer in whole.items() if answer != part[name]] == []


async def test_the_questions_tell_a_hidden_graph_from_a_shown_one(engine: Engine) -> None:
    made = drawn(random.Random(0))
    asked = await made.save(engine)

    assert await answers(asked, SEEN) != await answers(asked, EVERYTHING)


@pytest.mark.embedded
@pytest.mark.neo4j
async def test_both_engines_give_the_same_answers(embedded: Engine, neo4j: Engine) -> None:
    made = drawn(random.Random(0))
    here = await answers(await made.save(embedded), EVERYTHING)
    there = await answers(await made.save(neo4j), EVERYTHING)

    assert [name for name, answer in here.items() if answer != there[name]] == []
