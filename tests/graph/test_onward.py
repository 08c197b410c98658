"""Lists asked of what another list finds: in the exchange of that one where the store can, and never wrongly."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from service.engines.neo4j import Neo4j
from service.engines.protocol import Engine
from service.engines.turns import OFTEN, together
from service.graph.questions import claims
from service.graph.questions.clocks import ALWAYS, When
from service.graph.questions.onward import Asked, Onward
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import DisputePolicy
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, STAFF, Little

NAMED = Page(first=2, asked=frozenset({"edges", "node", "id", "name"}))
STAFFED = Scope((0, 1, 2, 3))
PEOPLE, FIRMS, CAPABILITIES = ([f"{kind}-{n}" for n in range(4)] for kind in ("per", "org", "cap"))
# What finds something, of whom it is asked, the field that leads on, and the kind of what stands there.
LISTS: Mapping[str, tuple[Any, Sequence[str], str, str]] = {
    "affiliations": (claims.affiliations, PEOPLE, "organization", "Organization"),
    "people": (claims.people, FIRMS, "person", "Person"),
    "suppliers": (claims.suppliers, FIRMS, "supplier", "Organization"),
    "customers": (claims.customers, FIRMS, "customer", "Organization"),
}
ASKED: Mapping[str, Sequence[Any]] = {
    "Organization": [claims.people, claims.suppliers, claims.customers, claims.capabilities]
}


@dataclass
class Next:
    """What is asked of what a list finds, and what was told of it ahead."""

    ask: Any
    under: str
    kind: str
    page: Page = NAMED
    when: When = ALWAYS
    told: dict[str, Slice[Any]] = field(default_factory=dict[str, Slice[Any]])

    def onward(self) -> Onward:
        asked = Asked(claims.BRANCHING[self.ask], self.page, self.when, {"disputes": DisputePolicy.LATEST})
        return Onward(self.under, self.kind, lambda _: None, self.told.update, asked)


def little() -> Little:
    """Four people and four firms who have to do with each other, the last of each and some of what is said hidden."""
    made = Little()
    for id in (*PEOPLE, *FIRMS, *CAPABILITIES):
        made.node(id, f"Name {id}", **({"vis": STAFF} if id.endswith("3") else {}))
    for a in range(4):
        for b in range(3, -1, -1):
            hidden = {"vis": STAFF} if a == b == 1 else {}
            made.claim("WORKS_FOR", PEOPLE[a], FIRMS[b], f"clm-works-{a}-{b}", role="buyer", **hidden)
            made.claim("HAS_CAPABILITY", FIRMS[a], CAPABILITIES[b], f"clm-can-{a}-{b}", **hidden)
            if a != b:
                made.claim("SUPPLIES", FIRMS[a], FIRMS[b], f"clm-supplies-{a}-{b}", **hidden)
    return made


async def again(graph: Graph, ask: Any, scope: Scope, ids: Sequence[str], page: Page) -> list[dict[str, Slice[Any]]]:
    """What a list answers, asked by several requests one after the other, until the store has planned what it may."""
    found: list[dict[str, Slice[Any]]] = []
    for _ in range(OFTEN + 1):
        with together():
            found.append(await ask(graph, scope, ids, page))
        if isinstance(graph.engine, Neo4j):
            await asyncio.gather(*graph.engine.reader.under_way)
    return found


@pytest.mark.parametrize("name", LISTS)
async def test_what_is_asked_ahead_is_what_is_asked_by_name(engine: Engine, name: str) -> None:
    ask, ids, thing, kind = LISTS[name]
    graph, joins = await little().save(engine), isinstance(engine, Neo4j)

    for scope in (EVERYBODY, STAFFED):
        for one in ASKED.get(kind, [claims.affiliations]):
            further = Next(one, thing, kind)
            found = await again(graph, ask, scope, ids, replace(NAMED, onward=(further.onward(),)))

            assert found == [await ask(graph, scope, ids, NAMED)] * (OFTEN + 1)
            met = {getattr(row, thing).id for part in found[0].values() for row in part.rows}
            assert further.told == (await one(graph, scope, sorted(further.told), NAMED))
            assert set(further.told) >= met if joins else not further.told


async def test_what_is_asked_of_what_is_asked_ahead_goes_along(engine: Engine) -> None:
    graph, joins = await little().save(engine), isinstance(engine, Neo4j)
    last = Next(claims.suppliers, "organization", "Organization")
    middle = Next(claims.affiliations, "person", "Person", replace(NAMED, onward=(last.onward(),)))

    await again(graph, claims.people, EVERYBODY, FIRMS[:1], replace(NAMED, onward=(middle.onward(),)))

    assert (list(middle.told), list(last.told)) == ((PEOPLE[:3], FIRMS[:3]) if joins else ([], []))
    assert last.told == await claims.suppliers(graph, EVERYBODY, FIRMS[:3] if joins else [], NAMED)


@pytest.mark.parametrize(
    "further",
    [
        Next(claims.suppliers, "organization", "Organization", Page(asked=NAMED.asked, first=0)),
        Next(claims.suppliers, "organization", "Organization", replace(NAMED, after="torn")),
        Next(claims.suppliers, "organization", "Organization", replace(NAMED, asked=None)),
        Next(claims.suppliers, "organization", "Organization", replace(NAMED, total=True)),
        Next(claims.suppliers, "organization", "Organization", when=When("yesterday")),
        Next(claims.suppliers, "role", "Organization"),
    ],
    ids=["no page", "a cursor", "all of it", "a total", "no day", "no agent"],
)
async def test_what_cannot_be_asked_ahead_waits_for_its_turn(engine: Engine, further: Next) -> None:
    graph = await little().save(engine)

    found = await again(graph, claims.affiliations, EVERYBODY, PEOPLE, replace(NAMED, onward=(further.onward(),)))

    assert found == [await claims.affiliations(graph, EVERYBODY, PEOPLE, NAMED)] * (OFTEN + 1)
    assert further.told == {}
