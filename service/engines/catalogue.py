"""The constraints and indexes of a store, as both engines tell them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import cypher
from service.engines.protocol import Record, SchemaItem

Read = Callable[[str, Mapping[str, object]], Awaitable[list[Record]]]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint as the store lists it."""

    name: str
    kind: str
    labels: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index as the store lists it; Neo4j's two indexes of all labels and types have no label."""

    name: str
    kind: str
    labels: tuple[str, ...] | None
    properties: tuple[str, ...] | None
    constraint: str | None


CONSTRAINTS = cypher.query("catalogue/constraints", Constraint)
INDEXES = cypher.query("catalogue/indexes", Index)
# Both kinds of uniqueness are one to us; the embedded engine lists a property's type as a constraint of its own.
_UNIQUE = frozenset(
    {"UNIQUENESS", "RELATIONSHIP_UNIQUENESS", "NODE_PROPERTY_UNIQUENESS", "RELATIONSHIP_PROPERTY_UNIQUENESS"}
)


async def catalogue(read: Read) -> list[SchemaItem]:
    """Every uniqueness constraint and every index of its own, in order."""
    constraints = CONSTRAINTS.rows(await read(CONSTRAINTS.text, {}))
    indexes = INDEXES.rows(await read(INDEXES.text, {}))
    return sorted(
        [
            SchemaItem(item.name, "UNIQUE", item.labels[0], item.properties)
            for item in constraints
            if item.kind in _UNIQUE
        ]
        + [
            SchemaItem(item.name, item.kind, item.labels[0], item.properties)
            for item in indexes
            if item.constraint is None and item.labels and item.properties
        ]
    )
