"""The evidence of a store beside the evidence its standing claims give, derived from nothing else."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from service.engines.protocol import Engine
from service.graph.model import Claim
from service.graph.record.derivation import evidence
from service.graph.record.planning import evidence_properties
from service.graph.record.standing import claims, sharing
from service.graph.store import Graph
from service.graph.visibility import classes
from tests.graph.sayings import relations

DERIVED = ("key", "kind", "since", "on", "intensity", "confidence", "about", "source", "vis", "unit", "origin")
Rows = list[tuple[object, ...]]


async def stored(engine: Engine) -> Rows:
    """The derived evidence that stands."""
    rows = await relations(engine, "KNOWS", *DERIVED, "retractedAt")
    unit = DERIVED.index("unit")
    return sorted((row[:-1] for row in rows if row[-1] is None and row[unit] is not None), key=str)


async def from_scratch(graph: Graph) -> Rows:
    """The evidence that the standing claims of every unit give."""
    table = await classes(graph)
    said = [
        evidence_properties(key, record, "")
        for unit, theirs in (await standing(graph)).items()
        for key, record in evidence(unit, theirs, table).items()
    ]
    return sorted((tuple(_tupled(one.get(name)) for name in DERIVED) for one in said), key=str)


async def standing(graph: Graph) -> dict[str, list[Claim]]:
    """All standing claims by unit."""
    scope = (await classes(graph)).everything()
    found = defaultdict[str, list[Claim]](list)
    for one in await claims(graph, scope, sorted({row.source for row in await sharing(graph, scope)})):
        if one.unit is not None:
            found[one.unit].append(one)
    return found


def _tupled(value: object) -> object:
    return tuple(cast("Sequence[object]", value)) if isinstance(value, list) else value
