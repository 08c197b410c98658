"""Documents drawn from the contract: whatever may be selected, with arguments, aliases, fragments and conditions."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

import json
import random
from dataclasses import dataclass, field

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    get_named_type,
    is_leaf_type,
)

IDS = (
    *("per-ann", "per-ben", "per-cat", "per-hid", "org-forge", "org-gears", "org-mia", "pst-chair", "cap-machining"),
    *("cap-grinding", "evt-fair", "evt-dinner", "iss-tariff", "clm-works", "clm-supplies", "clm-member", "clm-gift"),
    *("clm-owns", "clm-came", "mtg-1", "kno-meeting", "kno-card", "kno-given", "kno-hid", "nobody"),
)
SCALARS: dict[str, tuple[object, ...]] = {
    "ID": IDS,
    "String": ("Ann", "forge", "gb-coh", "1", ""),
    "Int": (1, 2, 3, 4, 50, 0, 2**31),
    "Float": (0.1, 0.5, 1),
    "Boolean": (True, False),
    "Date": ("2026-11-23", "2020-01-01", "2026-13-01"),
    "DateTime": ("2026-11-23T12:00:00Z", "2026-11-23"),
    "PartialDate": ("2019", "2019-05", ".."),
    "Cursor": ("x",),
}
DEEPEST = 6
ALIASES = 22  # what is written twice has them twice, and no document has more than thirty


@dataclass
class Drawn:
    """A document with its variables."""

    text: str
    variables: dict[str, object]


@dataclass
class Drawing:
    """One document on its way."""

    schema: GraphQLSchema
    dice: random.Random
    declared: dict[str, str] = field(default_factory=dict[str, str])
    variables: dict[str, object] = field(default_factory=dict[str, object])
    fragments: list[str] = field(default_factory=list[str])
    aliases: int = 0

    def document(self) -> Drawn:
        """A query of one to three questions."""
        root = self.schema.query_type
        assert root is not None
        names = self.dice.choices(sorted(root.fields), k=self.dice.randint(1, 3))
        body = " ".join(self._field(root, one, DEEPEST, aliased=True) for one in names)
        declared = ", ".join(f"${name}: {kind}" for name, kind in self.declared.items())
        head = f"query Drawn({declared})" if declared else "query Drawn"
        return Drawn(" ".join([f"{head} {{ {body} }}", *self.fragments]), self.variables)

    def _selection(self, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        fields = [name for name, one in kind.fields.items() if depth > 1 or is_leaf_type(get_named_type(one.type))]
        chosen = self.dice.choices(sorted(fields), k=self.dice.randint(1, 5)) if fields else []
        parts = [self._field(kind, name, depth, aliased=chosen.count(name) > 1) for name in chosen]
        if not parts or self.dice.random() < 0.3:
            parts.insert(self.dice.randint(0, len(parts)), "__typename")
        if isinstance(kind, GraphQLInterfaceType) and self.dice.random() < 0.5:
            possible = self.dice.choice(self.schema.get_possible_types(kind))
            parts.append(f"... on {possible.name}{self._condition()} {self._selection(possible, min(depth, 2))}")
        if self.dice.random() < 0.1:
            parts.append(f"... {{ {parts[0]} }}")
        text = f"{{ {' '.join(parts)} }}"
        if self.dice.random() < 0.15:
            name = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {name} on {kind.name} {text}")
            return f"{{ ...{name}{self._condition()} ...{name} __typename }}"
        return text

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int, *, aliased: bool) -> str:
        found: GraphQLField = parent.fields[name]
        alias = ""
        # Fields of the same name differ in type or arguments from one type to the next.
        if aliased or found.args or self.dice.random() < 0.3:
            if self.aliases == ALIASES:
                return "__typename"
            self.aliases += 1
            alias = f"x{self.aliases}: "
        given = [f"{key}: {self._argument(key, one)}" for key, one in found.args.items() if self._wanted(one)]
        arguments = f"({', '.join(given)})" if given else ""
        named = get_named_type(found.type)
        inner = ""
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
            inner = " " + self._selection(named, depth - 1)
        return f"{alias}{name}{arguments}{self._condition()}{inner}"

    def _wanted(self, argument: GraphQLArgument) -> bool:
        required = isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined
        return required or self.dice.random() < 0.12

    def _condition(self) -> str:
        if self.dice.random() > 0.08:
            return ""
        holds = self.dice.random() < 0.5
        value = self._variable("Boolean!", value=holds) if self.dice.random() < 0.4 else str(holds).lower()
        return f" @{self.dice.choice(['skip', 'include'])}(if: {value})"

    def _variable(self, kind: str, *, value: object) -> str:
        name = f"v{len(self.declared)}"
        self.declared[name], self.variables[name] = kind, value
        return f"${name}"

    def _argument(self, name: str, argument: GraphQLArgument) -> str:
        value = self._value(name, argument.type)
        if self.dice.random() < 0.3:
            return self._variable(str(argument.type), value=value)
        return _literal(value, argument.type)

    def _value(self, name: str, kind: object) -> object:
        if isinstance(kind, GraphQLNonNull):
            return self._value(name, kind.of_type)
        if self.dice.random() < 0.02:
            return None
        if isinstance(kind, GraphQLList):
            return [self._value(name, kind.of_type) for _ in range(self.dice.randint(0, 3))]
        if isinstance(kind, GraphQLEnumType):
            return self.dice.choice(sorted(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            wanted = [key for key, one in kind.fields.items() if isinstance(one.type, GraphQLNonNull)]
            keys = {*wanted, self.dice.choice(sorted(kind.fields))}
            return {key: self._value(key, kind.fields[key].type) for key in sorted(keys)}
        return self.dice.choice(self._likely(name) or SCALARS[str(kind)])

    def _likely(self, name: str) -> tuple[object, ...]:
        """Values that lead somewhere, for most arguments that take an id or say how long a page is."""
        if self.dice.random() < 0.1:
            return ()
        ends = ("per-ann", "per-ben", "per-cat", "org-forge", "org-gears")
        return {
            **dict.fromkeys(("from", "to", "target", "a", "b"), ends),
            **dict.fromkeys(("first", "last", "k", "maxHops", "maxTiers"), (1, 2, 3)),
            "organization": ("org-forge", "org-gears", "org-mia"),
            "capability": ("cap-machining", "cap-grinding"),
        }.get(name, ())


def _literal(value: object, kind: object) -> str:
    if isinstance(kind, GraphQLNonNull | GraphQLList):
        if isinstance(kind, GraphQLList) and isinstance(value, list):
            return f"[{', '.join(_literal(one, kind.of_type) for one in value)}]"
        return _literal(value, kind.of_type)
    if value is None:
        return "null"
    if isinstance(kind, GraphQLEnumType):
        return str(value)
    if isinstance(kind, GraphQLInputObjectType) and isinstance(value, dict):
        pairs: dict[str, object] = value
        return "{" + ", ".join(f"{key}: {_literal(one, kind.fields[key].type)}" for key, one in pairs.items()) + "}"
    return json.dumps(value)


def drawn(schema: GraphQLSchema, seed: str) -> Drawn:
    """The document of a seed."""
    return Drawing(schema, random.Random(seed)).document()
