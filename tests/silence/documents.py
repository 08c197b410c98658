"""Documents for every root field, drawn from the contract: all plain fields of an answer and some of what lies below.

What a question is about comes in variables, so that one document asks about everybody and is read but once.
"""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationType,
    build_schema,
    get_named_type,
    is_leaf_type,
    parse,
    validate,
)

import schema

Composite = GraphQLObjectType | GraphQLInterfaceType
CONTRACT: GraphQLSchema = build_schema(schema.sdl())
DEEP = 3  # levels of objects below a root field, those of a page and its edges not counted
WIDE = 3  # objects selected beside each other
ATTEMPTS = 40
TOKENS = 1900  # of the 2,000 a document may have
CLOCKS = {"asOf": '"2024-06-01"', "knownAt": '"2026-11-24T06:00:00Z"'}


@dataclass(frozen=True, slots=True)
class Document:
    """A document of one root field; `kind` is the type of what an id leads to, where the field may lead to any."""

    root: str
    text: str
    kind: str | None = None
    changes: bool = False


def roots(operation: OperationType) -> dict[str, GraphQLField]:
    """The root fields of the contract."""
    found = CONTRACT.get_root_type(operation)
    assert found is not None
    fields: dict[str, GraphQLField] = found.fields
    return fields


@lru_cache(maxsize=1024)
def document(root: str, variant: int) -> Document:
    """A document of a root field; each variant selects something else."""
    queries = roots(OperationType.QUERY)
    changes = root not in queries
    found = roots(OperationType.MUTATION)[root] if changes else queries[root]
    for attempt in range(ATTEMPTS):
        dice = Random(f"{root} {variant} {attempt}")
        kind = _kind(found, variant)
        text = _document(root, found, dice, kind, depth=DEEP - attempt // 10, changes=changes)
        if len(text.split()) < TOKENS and not validate(CONTRACT, parse(text)):
            return Document(root, text, kind, changes)
    message = f"no valid document of {root} was drawn"
    raise AssertionError(message)


def _kind(found: GraphQLField, variant: int) -> str | None:
    """Of an interface one type each variant, in the order of the alphabet."""
    named = get_named_type(found.type)
    if not isinstance(named, GraphQLInterfaceType):
        return None
    possible = sorted(one.name for one in CONTRACT.get_possible_types(named))
    return possible[variant % len(possible)]


def _document(root: str, found: GraphQLField, dice: Random, kind: str | None, *, depth: int, changes: bool) -> str:
    declared = ", ".join(f"${name}: {one.type}" for name, one in found.args.items())
    given = ", ".join(f"{name}: ${name}" for name in found.args)
    head = f"{'mutation' if changes else 'query'} Asked{f'({declared})' if declared else ''}"
    named = get_named_type(found.type)
    below = "" if is_leaf_type(named) else f" {Selecting(dice).selection(named, depth, kind)}"
    return f"{head} {{ {root}{f'({given})' if given else ''}{below} }}"


@dataclass
class Selecting:
    """A selection in the making."""

    dice: Random

    def selection(self, kind: GraphQLNamedType, depth: int, chosen: str | None = None) -> str:
        """All plain fields of a type, and some of the others."""
        assert isinstance(kind, Composite)
        if "edges" in kind.fields:
            return self._page(kind, depth)
        parts = [name for name, one in kind.fields.items() if is_leaf_type(get_named_type(one.type)) and not one.args]
        if depth > 0:
            below = sorted(name for name in kind.fields if name not in parts)
            chosen_below = self.dice.sample(below, min(len(below), WIDE))
            parts += [self._field(kind, name, depth - 1) for name in chosen_below]
        if isinstance(kind, GraphQLInterfaceType):
            parts.insert(0, "__typename")
            possible = {one.name: one for one in CONTRACT.get_possible_types(kind)}
            name = chosen or self.dice.choice(sorted(possible))
            parts.append(f"... on {name} {self.selection(possible[name], depth)}")
        return f"{{ {' '.join(parts)} }}"

    def _field(self, kind: Composite, name: str, depth: int) -> str:
        found = kind.fields[name]
        given = [f"{key}: {text}" for key, text in CLOCKS.items() if key in found.args and self.dice.random() < 0.2]
        if "first" in found.args:
            given.append(f"first: {self.dice.choice([1, 2, 5])}")
        arguments = f"({', '.join(given)})" if given else ""
        named = get_named_type(found.type)
        return f"{name}{arguments}{'' if is_leaf_type(named) else ' ' + self.selection(named, depth)}"

    def _page(self, kind: Composite, depth: int) -> str:
        edge = get_named_type(kind.fields["edges"].type)
        assert isinstance(edge, GraphQLObjectType)
        plain = [name for name, one in edge.fields.items() if is_leaf_type(get_named_type(one.type))]
        node = self.selection(get_named_type(edge.fields["node"].type), depth)
        info = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        return f"{{ totalCount {info} edges {{ {' '.join(plain)} node {node} }} }}"


def lists(root: str) -> bool:
    """Whether a root field answers page by page."""
    found = roots(OperationType.QUERY)[root]
    kind = found.type.of_type if isinstance(found.type, GraphQLNonNull) else found.type
    return not isinstance(kind, GraphQLList) and get_named_type(kind).name.endswith("Connection")
