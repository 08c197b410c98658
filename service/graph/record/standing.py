"""What stands in the graph of all that a load speaks about, read page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import cypher
from cypher import Query
from service.graph.model import Claim
from service.graph.record.relations import FOLDERS
from service.graph.store import Graph, Reader, Scope
from service.graph.visibility import Classes, classes

# A message of more than 8 MB slows an engine down, and a claim takes up to a kilobyte.
CLAIMS, NODES, EVIDENCE = 6000, 8000, 20_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many claims begin at a node."""

    id: str
    claims: int


@dataclass(frozen=True, slots=True)
class Asserted:
    """How often a record was asserted and taken back, and the ids of those that a person took back."""

    key: str
    times: int
    by_hand: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A derived record that was taken back."""

    key: str
    id: str
    vis: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A unit to which another source contributes."""

    source: str
    unit: str


@dataclass(frozen=True, slots=True)
class Properties:
    """A node as it is stored."""

    id: str
    properties: dict[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """A standing piece of evidence."""

    id: str
    key: str
    a: str
    b: str
    kind: str
    unit: str | None
    vis: int
    source: str
    locator: str | None
    entered_by: str | None
    relabelled_by: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A node as it is stored, with its label."""

    label: str
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a revision."""

    revision: int
    classes: Classes
    nodes: Mapping[str, Stored]
    identifications: Sequence[Claim]  # retracted ones too: they name agents as well
    claims: Sequence[Claim]
    evidence: Sequence[Known]  # what sources assert themselves
    asserted: Mapping[str, int]
    withheld: frozenset[str] = frozenset()  # ids of what people took back, which no load brings back


OF_AGENTS = cypher.query("claim/of_agents", Claim), cypher.query("claim/of_agents_counts", Count)
OF_OTHERS = cypher.query("claim/of_others", Claim), cypher.query("claim/of_others_counts", Count)
IDENTIFICATIONS = cypher.query("claim/identifications", Claim), cypher.query("claim/identifications_counts", Count)
ASSERTED = cypher.query("claim/asserted", Asserted)
SHARED = cypher.query("claim/shared_units", Shared)
OF_SOURCES = cypher.query("knows/of_sources", Known)
OF_UNITS = cypher.query("knows/of_units", Known)
TAKEN_BACK = cypher.query("knows/taken_back", TakenBack)
STORED = {label: cypher.query(f"{folder}/stored", Properties) for label, folder in FOLDERS.items()}


async def standing(graph: Graph, sources: Sequence[str], units: frozenset[str]) -> Standing:
    """What stands of some sources, of the sources that share their units, and about the identity of all agents."""
    revision = (await graph.position()).number
    table = await classes(graph)
    scope = table.everything()
    if revision == 0:
        return Standing(0, table, {}, (), (), (), {})
    own = await claims(graph, scope, sources)
    # A unit of which the load says nothing more is derived anew too, from what others say of it.
    units |= {one.unit for one in own if one.unit is not None}
    others = sorted({row.source for row in await sharing(graph, scope, sources) if row.unit in units})
    asserted = await graph.read(ASSERTED, scope, sources=list(sources))
    return Standing(
        revision,
        table,
        await nodes(graph, scope),
        await pages(graph, scope, IDENTIFICATIONS),
        own + (await claims(graph, scope, others) if others else []),
        await graph.read(OF_SOURCES, scope, sources=list(sources)),
        {row.key: row.times for row in asserted},
        frozenset(id for row in asserted for id in row.by_hand),
    )


async def sharing(graph: Reader, scope: Scope, leaving_out: Sequence[str] = ()) -> list[Shared]:
    """Which sources contribute to which units."""
    return await graph.read(SHARED, scope, sources=list(leaving_out))


async def claims(graph: Reader, scope: Scope, sources: Sequence[str]) -> list[Claim]:
    """The standing claims of sources, those about identities left out."""
    of_agents = await pages(graph, scope, OF_AGENTS, sources=list(sources))
    return of_agents + await pages(graph, scope, OF_OTHERS, sources=list(sources))


async def nodes(graph: Reader, scope: Scope, labels: Iterable[str] = tuple(STORED)) -> dict[str, Stored]:
    """Every node that a load can write, or all of some labels, by id."""
    found: dict[str, Stored] = {}
    for label in labels:
        query, after = STORED[label], ""
        while rows := await graph.read(query, scope, after=after, limit=NODES):
            found.update((row.id, Stored(label, row.properties)) for row in rows)
            after = rows[-1].id
            if len(rows) < NODES:
                break
    return found


async def pages(
    graph: Reader, scope: Scope, queries: tuple[Query[Claim], Query[Count]], **parameters: object
) -> list[Claim]:
    """All claims a query gives, so many nodes at a time that no message is too long."""
    page, counts = queries
    found: list[Claim] = []
    for first, last in ranges(await graph.read(counts, scope, **parameters)):
        found += await graph.read(page, scope, **parameters, **{"from": first, "to": last})
    return found


async def derived(
    graph: Reader, scope: Scope, sizes: Mapping[str, int]
) -> tuple[list[Known], dict[str, list[TakenBack]]]:
    """The standing evidence of units, and what was taken back of it by its key; `sizes` bounds the pages."""
    found: list[Known] = []
    taken: dict[str, list[TakenBack]] = {}
    for units in _chunks(sizes):
        found += await graph.read(OF_UNITS, scope, units=units)
        taken |= by_key(await graph.read(TAKEN_BACK, scope, units=units))
    return found, taken


def by_key(rows: Iterable[TakenBack]) -> dict[str, list[TakenBack]]:
    """What was taken back, by the key of the record."""
    found: dict[str, list[TakenBack]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def ranges(counts: Iterable[Count]) -> Iterator[tuple[str, str]]:
    """Stretches of ids, first and last, at which no more claims begin than fit into a message."""
    first, last, size = "", "", 0
    for count in counts:
        if size and size + count.claims > CLAIMS:
            yield first, last
            size = 0
        first, last, size = (first if size else count.id), count.id, size + count.claims
    if size:
        yield first, last


def _chunks(sizes: Mapping[str, int]) -> Iterator[list[str]]:
    chunk: list[str] = []
    total = 0
    for unit in sorted(sizes):
        if chunk and total + sizes[unit] > EVIDENCE:
            yield chunk
            chunk, total = [], 0
        chunk.append(unit)
        total += sizes[unit]
    if chunk:
        yield chunk
