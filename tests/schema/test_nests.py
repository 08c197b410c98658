"""Lists in lists, below somebody asked for by id: answered as ever, and in one exchange by a store that joins."""

import asyncio
from typing import Any

from service.engines.neo4j import Neo4j
from service.engines.protocol import Engine, Record
from service.engines.turns import OFTEN, together
from service.graph.store import Graph
from tests.graph.little import NOW, SECRET, STAFF, Little
from tests.schema.paddock import ask, context

NEST = """query ($id: ID!) { person(id: $id) { name knows(first: 25) { edges { node { b { id name
  ... on Person { affiliations { edges { node { organization { name suppliers { edges { node { supplier { name } } } }
  } } } } }
  ... on Organization { suppliers { edges { node { supplier { name } } } } }
} } } } } }"""


def society() -> Little:
    """Ann knows Ben, whose firm buys from two others; a firm; and somebody and something she may not see."""
    made = Little()
    for id in ("per-ann", "per-ben", "org-forge", "org-gears", "org-oils"):
        made.node(id, id.partition("-")[2].title())
    for id in ("per-hid", "org-hid"):
        made.node(id, "Hidden", vis=STAFF)
    made.knows("per-ann", "per-ben", "kno-ben", on="2026-10-24")
    made.knows("per-ann", "org-gears", "kno-gears", on="2026-01-24")
    made.knows("per-ann", "per-hid", "kno-hid", on="2026-10-24")
    for firm in ("forge", "hid"):
        made.claim("WORKS_FOR", "per-ben", f"org-{firm}", f"clm-works-{firm}")
    for one, other in (("gears", "forge"), ("oils", "forge"), ("hid", "forge"), ("oils", "gears"), ("oils", "hid")):
        made.claim("SUPPLIES", f"org-{one}", f"org-{other}", f"clm-{one}-{other}")
    return made


def supplied(*names: str) -> dict[str, Any]:
    return {"edges": [{"node": {"supplier": {"name": name}}} for name in names]}


ANSWER = {
    "name": "Ann",
    "knows": {
        "edges": [
            {"node": {"b": {"id": "per-ben", "name": "Ben", "affiliations": {"edges": [{"node": {"organization": {
                "name": "Forge", "suppliers": supplied("Gears", "Oils")}}}]}}}},
            {"node": {"b": {"id": "org-gears", "name": "Gears", "suppliers": supplied("Oils")}}},
        ]
    },
}  # fmt: skip


async def test_a_nest_is_answered_the_same_however_it_is_read(engine: Engine) -> None:
    await society().save(engine)
    asked = await context(Graph(engine, lambda: NOW, SECRET))
    await asked.network.projection()
    exchanges, joins = _counted(engine), isinstance(engine, Neo4j)

    found, counts = list[dict[str, Any]](), list[int]()
    for _ in range(3 * OFTEN):
        before = len(exchanges)
        with together():
            found.append(await ask(type(asked)(asked.graph, asked.network, asked.viewer), NEST, id="per-ann"))
        counts.append(len(exchanges) - before)
        if isinstance(engine, Neo4j):
            await asyncio.gather(*engine.reader.under_way)

    assert found == [{"data": {"person": ANSWER}}] * len(found)
    assert counts[-1] == (1 if joins else 0)


async def test_nobody_is_told_of_those_whom_somebody_hidden_knows(engine: Engine) -> None:
    await society().save(engine)
    asked = await context(Graph(engine, lambda: NOW, SECRET))

    with together():
        found = [await ask(asked, NEST, id=id) for id in ("per-hid", "per-nobody") for _ in range(2 * OFTEN)]

    assert found == [{"data": {"person": None}}] * len(found)


def _counted(engine: Engine) -> list[str]:
    """The texts a Neo4j is asked from now on; none of any other store's."""
    asked: list[str] = []
    if isinstance(engine, Neo4j):
        alone = engine.reader.alone

        async def read(text: str, parameters: Any) -> list[Record]:
            asked.append(text)
            return await alone(text, parameters)

        engine.reader.alone = read
    return asked
