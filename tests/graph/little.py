"""Small graphs written by hand, so that a test of a question states everything the question can see."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import cast

from service.engines.protocol import Engine, Transaction
from service.graph.folding import fold
from service.graph.questions.rows import Agent, Source
from service.graph.store import Graph, Scope

NOW = "2026-11-23T12:00:00.000000Z"
THEN = "2026-01-01T00:00:00.000000Z"
PUBLIC, MEMBERS, STAFF, LOBBYING = range(4)
EVERYBODY = Scope((PUBLIC,))
EVERYTHING = Scope((PUBLIC, MEMBERS, STAFF, LOBBYING))
SECRET = b"a secret of thirty-two bytes ...."

Rows = list[dict[str, object]]
Between = tuple[str, str, str]  # label, type, label
LABELS = {
    "per": "Person:Agent",
    "org": "Organization:Agent",
    "pst": "Post",
    "cap": "Capability",
    "evt": "Event",
    "iss": "Issue",
    "cer": "Certification",
    "src": "Source",
    "idn": "Identifier",
    "mtg": "Meeting",
    "crd": "CardExchange",
    "int": "Introduction",
    "lim": "IntroducerLimits",
}
REGISTER = Source("src-register", "The register", "Registrar", "https://register.example", "OGL", THEN)
GAZETTE = Source("src-gazette", "The gazette", None, None, None, None)


def graph(engine: Engine) -> Graph:
    """The graph of an engine at noon of 23 November 2026."""
    return Graph(engine, lambda: NOW, SECRET)


def person(id: str, name: str, *other_names: str) -> Agent:
    return Agent(id, name, "Person", other_names, (), None)


def organization(id: str, name: str, *kinds: str, country: str | None = None) -> Agent:
    return Agent(id, name, "Organization", (), kinds, country)


@dataclass
class Little:
    """Nodes and claims until they are saved; every claim is of the register, public and certain unless it says more.

    Without `sources` there is not even the register.
    """

    nodes: dict[str, Rows] = field(default_factory=lambda: defaultdict[str, Rows](list))
    claims: dict[tuple[str, str, str], Rows] = field(
        default_factory=lambda: defaultdict[tuple[str, str, str], Rows](list)
    )

    sources: bool = True

    def __post_init__(self) -> None:
        for source in (REGISTER, GAZETTE) if self.sources else ():
            self.node(
                source.id,
                title=source.title,
                publisher=source.publisher,
                url=source.url,
                licence=source.licence,
                retrievedAt=source.retrieved_at,
            )

    def node(self, id: str, name: str | None = None, /, **properties: object) -> str:
        """Takes in a node; its label follows from the first letters of its id."""
        search = None if name is None else "\n".join(map(fold, (name, *_texts(properties, "otherNames", "altLabels"))))
        said = {"id": id, "name": name, "vis": PUBLIC, "search": search, "revision": 1, **properties}
        self.nodes[LABELS[id[:3]]].append({key: value for key, value in said.items() if value is not None})
        return id

    def claim(self, kind: str, a: str, b: str, id: str, /, **properties: object) -> str:
        """Takes in a claim."""
        said = {
            "id": id,
            "vis": PUBLIC,
            "source": REGISTER.id,
            "locator": f"row {id}",
            "confidence": 1.0,
            "recordedAt": THEN,
            "revision": 1,
            **properties,
        }
        row: dict[str, object] = {
            "a": a,
            "b": b,
            "said": {key: value for key, value in said.items() if value is not None},
        }
        self.claims[LABELS[a[:3]].split(":")[0], kind, LABELS[b[:3]].split(":")[0]].append(row)
        return id

    def knows(self, a: str, b: str, id: str, /, **properties: object) -> str:
        """Takes in evidence that two know each other: a meeting today unless it says more."""
        about: list[str] = []
        said: dict[str, object] = {"kind": "MEETING", "on": NOW[:10], "intensity": 1.0, "about": about, **properties}
        return self.claim("KNOWS", a, b, id, **said)

    async def save(self, engine: Engine) -> Graph:
        """The graph with all of it."""

        async def work(transaction: Transaction) -> None:
            await transaction.run("MERGE (r:Revision {id: 'revision'}) SET r.number = 1, r.micros = 1", {})
            for labels, rows in self.nodes.items():
                await transaction.run(f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", {"rows": rows})
            for (a, kind, b), rows in self.claims.items():
                text = (
                    f"UNWIND $rows AS row MATCH (a:{a} {{id: row.a}}) MATCH (b:{b} {{id: row.b}})"
                    f" CREATE (a)-[r:{kind}]->(b) SET r = row.said"
                )
                await transaction.run(text, {"rows": rows})

        await engine.write(work)
        return graph(engine)


def _texts(properties: dict[str, object], *names: str) -> list[str]:
    lists = (cast("list[str]", properties.get(name, [])) for name in names)
    return [text for found in lists for text in found]
