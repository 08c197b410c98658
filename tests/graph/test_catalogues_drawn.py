"""What a filter keeps is what reading it word for word over all that may be seen keeps, on any page and in any order.

What is said of claims is taken from the lists that show them, name for name; filters, orders and pages are drawn.
"""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.engines.protocol import Engine
from service.graph.folding import fold
from service.graph.questions import catalogues, claims
from service.graph.questions.catalogues import OrderDirection
from service.graph.questions.clocks import When
from service.graph.questions.filters import Filter, OrganizationFilter, PersonFilter, TextFilter
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import Agent
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, MEMBERS, NOW, PUBLIC, REGISTER, STAFF, Little

PEOPLE = [f"per-{number}" for number in range(9)]
FIRMS = [f"org-{number}" for number in range(7)]
CAPABILITIES = [f"cap-{number}" for number in range(4)]
NAMES = ["Ann", "ANN", "Zoë Ann", "O'Brien", "Obrien", "Bo", "zoe", "Anna Bo"]
KINDS, COUNTRIES = ["supplier", "race team"], [None, "GB", "it"]
DATES: list[dict[str, object]] = [
    {},
    {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"},
    {"start": "2019", "end": "2021", "earliest": "2019-01-01", "latest": "2021-12-31"},
    {"observed": ["2020-03-01", "2024-03-01"], "unseen": ["2022-03-01"]},
]
CLAIMS = {
    "WORKS_FOR": (PEOPLE, FIRMS),
    "DIRECTOR_OF": (PEOPLE, FIRMS),
    "MEMBER_OF": ([*PEOPLE, *FIRMS], FIRMS),
    "SUPPLIES": (FIRMS, FIRMS),
    "HAS_CAPABILITY": (FIRMS, CAPABILITIES),
}
SCOPES = [EVERYBODY, Scope((PUBLIC, MEMBERS)), EVERYTHING]


def vis(chance: random.Random) -> int:
    return chance.choice([PUBLIC, PUBLIC, MEMBERS, STAFF])


def drawn(chance: random.Random) -> Little:
    """A graph with hidden corners."""
    made = Little()
    made.node("src-hidden", title="A hidden source", vis=STAFF)
    for id in [*PEOPLE, *FIRMS]:
        name, *others = chance.sample(NAMES, chance.randint(1, 4))
        kinds = chance.sample(KINDS, chance.randint(0, 2)) if id in FIRMS else None
        country = chance.choice(COUNTRIES) if id in FIRMS else None
        named = {"otherNames": others, "otherNamesVis": [vis(chance) for _ in others]} if others else {}
        made.node(id, name, vis=vis(chance), kinds=kinds, country=country, **named)
    for id in CAPABILITIES:
        made.node(id, id, vis=chance.choice([PUBLIC, PUBLIC, PUBLIC, STAFF]))
    for number, (below, above) in enumerate((("cap-1", "cap-0"), ("cap-2", "cap-1"), ("cap-3", "cap-0"))):
        made.claim("BROADER", below, above, f"clm-broader-{number}", vis=chance.choice([PUBLIC, PUBLIC, STAFF]))
    for number in range(90):
        kind = chance.choice(list(CLAIMS))
        a, b = (chance.choice(ends) for ends in CLAIMS[kind])
        source = chance.choice([REGISTER.id, GAZETTE.id, "src-hidden"])
        said = {"recordedAt": f"2026-01-{number % 28 + 1:02}T00:00:00.000000Z", **chance.choice(DATES)}
        if a != b:
            made.claim(kind, a, b, f"clm-{number}", vis=vis(chance), source=source, **said)
    return made


@dataclass
class Shown:
    """What a scope may see of a graph: names and properties by id, and who stands in the lists of whom."""

    rows: dict[str, dict[str, object]]
    lists: dict[str, dict[str, set[str]]] = field(default_factory=dict[str, dict[str, set[str]]])

    def keeps(self, id: str, wanted: Filter) -> bool:
        """Whether a filter keeps somebody, read word for word."""
        row = self.rows[id]
        names = cast("list[str]", row["names"])
        if wanted.name is not None and not _named(names, wanted.name):
            return False
        if isinstance(wanted, PersonFilter):
            own = wanted.works_for is None or id in self.lists["people"].get(wanted.works_for, ())
            return own and self._put_together(id, wanted.every, wanted.some, wanted.none)
        return (
            (wanted.kind is None or wanted.kind in cast("list[str]", row["kinds"]))
            and (wanted.country is None or wanted.country.upper() == str(row["country"] or "").upper())
            and (wanted.capability is None or id in self.lists["capable"].get(wanted.capability, ()))
            and (wanted.member_of is None or id in self.lists["members"].get(wanted.member_of, ()))
            and self._one(self.lists["suppliers"][id], wanted.suppliers)
            and self._one(self.lists["customers"][id], wanted.customers)
            and self._put_together(id, wanted.every, wanted.some, wanted.none)
        )

    def _one(self, ids: set[str], wanted: OrganizationFilter | None) -> bool:
        return wanted is None or any(self.keeps(id, wanted) for id in ids)

    def _put_together(
        self, id: str, every: tuple[Filter, ...], some: tuple[Filter, ...] | None, none: Filter | None
    ) -> bool:
        return (
            all(self.keeps(id, one) for one in every)
            and (some is None or any(self.keeps(id, one) for one in some))
            and (none is None or not self.keeps(id, none))
        )

    def listed(self, ids: list[str], wanted: Filter, direction: OrderDirection) -> list[str]:
        """Whom a filter keeps, in order."""
        kept = [id for id in ids if id in self.rows and self.keeps(id, wanted)]
        return sorted(kept, key=lambda id: (self.rows[id]["name"], id), reverse=direction is OrderDirection.DESC)


def _named(names: list[str], wanted: TextFilter) -> bool:
    folded = [fold(name) for name in names]
    return (
        (wanted.eq is None or fold(wanted.eq) in folded)
        and (wanted.contains is None or any(fold(wanted.contains) in name for name in folded))
        and (wanted.starts_with is None or any(name.startswith(fold(wanted.starts_with)) for name in folded))
        and (wanted.one_of is None or any(fold(text) in folded for text in wanted.one_of))
    )


async def shown(graph: Graph, scope: Scope, made: Little) -> Shown:
    """What a scope sees, from the nodes themselves and from the lists of claims at today."""
    rows: dict[str, dict[str, object]] = {}
    for row in (row for nodes in made.nodes.values() for row in nodes if row["vis"] in scope.vis):
        others, seen = cast("list[str]", row.get("otherNames", [])), cast("list[int]", row.get("otherNamesVis", []))
        names = [str(row.get("name")), *(name for name, one in zip(others, seen, strict=True) if one in scope.vis)]
        rows[str(row["id"])] = {"kinds": [], "country": None, **row, "names": names}
    found, page, when = Shown(rows), Page(first=100), When(NOW[:10])
    people = await claims.people(graph, scope, FIRMS, page, when)
    members = await claims.members(graph, scope, FIRMS, page, when)
    capable = await claims.capable(graph, scope, CAPABILITIES, page, when)
    suppliers = await claims.suppliers(graph, scope, FIRMS, page, when)
    customers = await claims.customers(graph, scope, FIRMS, page, when)
    found.lists["people"] = {id: {row.person.id for row in part.rows} for id, part in people.items()}
    found.lists["members"] = {id: {row.member.id for row in part.rows} for id, part in members.items()}
    found.lists["capable"] = {id: {row.organization.id for row in part.rows} for id, part in capable.items()}
    found.lists["suppliers"] = {id: {row.supplier.id for row in part.rows} for id, part in suppliers.items()}
    found.lists["customers"] = {id: {row.customer.id for row in part.rows} for id, part in customers.items()}
    return found


texts = st.sampled_from(["ann", "zoe", "O'Brien", "bo", "n", "obr", "x"])
named = st.builds(
    TextFilter,
    eq=st.none() | texts,
    contains=st.none() | texts,
    starts_with=st.none() | texts,
    one_of=st.none() | st.lists(texts, max_size=2).map(tuple),
) | st.builds(TextFilter, contains=texts)
firms = st.sampled_from([*FIRMS, "org-none"])


def people() -> st.SearchStrategy[PersonFilter]:
    plain = st.builds(PersonFilter, name=named) | st.builds(PersonFilter, works_for=firms)

    def wider(inner: st.SearchStrategy[PersonFilter]) -> st.SearchStrategy[PersonFilter]:
        few = st.lists(inner, min_size=1, max_size=2).map(tuple)
        return (
            st.builds(PersonFilter, every=few)
            | st.builds(PersonFilter, some=few, works_for=st.none() | firms)
            | st.builds(PersonFilter, none=inner, name=st.none() | named)
        )

    return st.recursive(plain, wider, max_leaves=4)


def organizations() -> st.SearchStrategy[OrganizationFilter]:
    wanted = OrganizationFilter
    plain = st.one_of(
        st.builds(wanted, name=named),
        st.builds(wanted, kind=st.sampled_from(KINDS), country=st.none() | st.sampled_from(["gb", "IT"])),
        st.builds(wanted, capability=st.sampled_from([*CAPABILITIES, "cap-none"])),
        st.builds(wanted, member_of=firms),
    )
    once = plain | st.builds(wanted, suppliers=plain) | st.builds(wanted, customers=plain)
    twice = once | st.builds(wanted, suppliers=once) | st.builds(wanted, customers=once)

    def wider(inner: st.SearchStrategy[OrganizationFilter]) -> st.SearchStrategy[OrganizationFilter]:
        few = st.lists(inner, min_size=1, max_size=2).map(tuple)
        return (
            st.builds(wanted, every=few)
            | st.builds(wanted, some=few, kind=st.none() | st.sampled_from(KINDS))
            | st.builds(wanted, none=inner, member_of=st.none() | firms)
        )

    return st.recursive(twice, wider, max_leaves=4)


@dataclass(frozen=True)
class World:
    """A saved graph and what each scope sees of it."""

    graph: Graph
    seen: dict[Scope, Shown]


@pytest.fixture(params=[1, 2])
async def world(engine: Engine, request: pytest.FixtureRequest) -> World:
    made = drawn(random.Random(int(request.param)))
    graph = await made.save(engine)
    return World(graph, {scope: await shown(graph, scope, made) for scope in SCOPES})


Ask = Callable[[Page], Awaitable[Slice[Agent]]]
many = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@pytest.mark.slow
@many
@given(wanted=people(), direction=st.sampled_from(OrderDirection), scope=st.sampled_from(SCOPES))
async def test_a_filter_keeps_the_people_it_keeps_word_for_word(
    world: World, wanted: PersonFilter, direction: OrderDirection, scope: Scope
) -> None:
    async def page(page: Page) -> Slice[Agent]:
        return await catalogues.people(world.graph, scope, wanted, direction, page)

    expected = world.seen[scope].listed(PEOPLE, wanted, direction)
    assert (await forward(page), await backward(page), await counted(page)) == (expected, expected, len(expected))


@pytest.mark.slow
@many
@given(wanted=organizations(), direction=st.sampled_from(OrderDirection), scope=st.sampled_from(SCOPES))
async def test_a_filter_keeps_the_organizations_it_keeps_word_for_word(
    world: World, wanted: OrganizationFilter, direction: OrderDirection, scope: Scope
) -> None:
    async def page(page: Page) -> Slice[Agent]:
        return await catalogues.organizations(world.graph, scope, wanted, direction, page)

    expected = world.seen[scope].listed(FIRMS, wanted, direction)
    assert (await forward(page), await backward(page), await counted(page)) == (expected, expected, len(expected))


async def forward(ask: Ask) -> list[str]:
    """All pages of two, from the first to the last."""
    found: list[str] = []
    after: str | None = None
    while True:
        part = await ask(Page(first=2, after=after))
        found += [row.id for row in part.rows]
        if not part.has_next:
            return found
        after = part.cursors[-1]


async def backward(ask: Ask) -> list[str]:
    """All pages of three, from the last to the first."""
    found: list[str] = []
    before: str | None = None
    while True:
        part = await ask(Page(last=3, before=before))
        found = [row.id for row in part.rows] + found
        if not part.has_previous:
            return found
        before = part.cursors[0]


async def counted(ask: Ask) -> int:
    part = await ask(Page(first=1, total=True))
    assert part.total is not None
    return part.total
