"""What puts a value out: a function a type, which takes what is not None and raises where the value is not plain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, cast

from graphql import GraphQLEnumType, GraphQLLeafType, Undefined

Shape: TypeAlias = Callable[[object], object]

# Scalars that put such a value out as it is. Numbers have limits of their own, so that they are always asked.
_AS_THEY_ARE: Mapping[str, type] = {
    **dict.fromkeys(("ID", "String", "Date", "DateTime", "PartialDate", "Cursor"), str),
    "Boolean": bool,
}


class NotPlainError(Exception):
    """A value that the stock executor has to put out, or whose error it has to tell."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field that is read straight from what stands behind its object."""

    key: str
    get: Callable[[object], object]
    plain: type | None  # what is put out as it is
    required: bool
    shape: Shape

    def value(self, source: object) -> object:
        """What the answer has under its key."""
        value = self.get(source)
        if type(value) is self.plain:
            return value
        if value is None:
            return absent(required=self.required)
        return self.shape(value)


def absent(*, required: bool) -> object:
    """Nothing, where nothing may stand."""
    if required:
        raise NotPlainError
    return None


def plain(kind: object) -> type | None:
    """The type whose values a scalar puts out as they are."""
    return _AS_THEY_ARE.get(getattr(kind, "name", ""))


def leaf(kind: GraphQLLeafType) -> Shape:
    """What puts a scalar or a value of an enumeration out."""
    coerce, as_it_is = kind.coerce_output_value, plain(kind)

    def shape(value: object) -> object:
        if type(value) is as_it_is:
            return value
        # Text can be made of anything, of an error and a coroutine too.
        if isinstance(value, Exception) or hasattr(type(value), "__await__"):
            raise NotPlainError
        put = coerce(value)
        if put is None or put is Undefined:
            raise NotPlainError
        return put

    return _named(shape) if isinstance(kind, GraphQLEnumType) else shape


def _named(shape: Shape) -> Shape:
    """The same for an enumeration, whose members are few and told apart by identity: others may be equal as text."""
    known: dict[int, object] = {}

    def named(value: object) -> object:
        if not isinstance(value, Enum):
            return shape(value)
        name = known.get(id(value))
        if name is None:
            name = known[id(value)] = shape(value)
        return name

    return named


def listed(item: Shape, as_it_is: type | None, *, required: bool) -> Shape:
    """What puts a list out."""

    def shape(value: object) -> object:
        if type(value) is not list and type(value) is not tuple:
            raise NotPlainError
        put: list[object] = []
        for one in cast("Sequence[object]", value):
            if type(one) is as_it_is:
                put.append(one)
            else:
                put.append(absent(required=required) if one is None else item(one))
        return put

    return shape


def selected(origins: frozenset[type], entries: Sequence[Entry]) -> Shape:
    """What puts an object of one of these types out, its fields in the order asked."""
    fields = tuple((one.key, one.get, one.plain, one.required, one.shape) for one in entries)

    def shape(source: object) -> object:
        if type(source) not in origins:
            raise NotPlainError
        put: dict[str, object] = {}
        for key, get, as_it_is, required, inner in fields:
            value = get(source)
            if type(value) is as_it_is:
                put[key] = value
            elif value is None:
                put[key] = absent(required=required)
            else:
                put[key] = inner(value)
        return put

    return shape


def chosen(shapes: Mapping[type, Shape]) -> Shape:
    """What puts an object of an interface out, by what it is."""

    def shape(source: object) -> object:
        return shapes[type(source)](source)

    return shape
