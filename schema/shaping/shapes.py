"""What puts values out, all of a field at once: it takes what is not None and raises where a value is not plain."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, islice
from operator import attrgetter
from types import NoneType
from typing import Any, TypeAlias, cast

from graphql import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT, GraphQLEnumType, GraphQLLeafType, Undefined

from schema.shaping.attempts import Attempt, NotPlainError, Question, Waiting

# Of values of one type, what the answer has for each, in their order.
Shape: TypeAlias = Callable[[Sequence[Any], Attempt], list[Any]]

# Scalars that put such a value out as it is. Numbers have limits of their own, so that they are always asked.
_AS_THEY_ARE: Mapping[str, type] = {
    **dict.fromkeys(("ID", "String", "Date", "DateTime", "PartialDate", "Cursor"), str),
    "Boolean": bool,
}
_ID = attrgetter("id")


@dataclass(frozen=True, slots=True)
class _Number:
    """Numbers of a type that are put out as they are, where all of them are within its bounds."""

    kind: type
    least: float
    most: float

    def fits(self, values: Sequence[Any]) -> bool:
        """Whether these are; what is no number at all is not between any bounds."""
        alike = {self.kind}.issuperset(map(type, values))
        return alike and all(self.least <= one <= self.most for one in values)


_NUMBERS = {
    "Int": _Number(int, GRAPHQL_MIN_INT, GRAPHQL_MAX_INT),
    "Float": _Number(float, -sys.float_info.max, sys.float_info.max),
}


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where values of one type stand, in a field or a list; `plain` are the types of what is put out as it is."""

    plain: frozenset[type]
    required: bool
    shape: Shape

    @classmethod
    def of(cls, kind: object, shape: Shape, *, required: bool) -> Place:
        """The place of a type."""
        as_it_is = _AS_THEY_ARE.get(getattr(kind, "name", ""))
        plain = frozenset[type]() if as_it_is is None else frozenset((as_it_is,) if required else (as_it_is, NoneType))
        return cls(plain, required, shape)

    def put(self, values: Sequence[object], attempt: Attempt) -> Sequence[object]:
        """What the answer has for each of them; None only where it may stand."""
        if self.plain.issuperset(map(type, values)):
            return values
        if NoneType not in map(type, values):
            return self.shape(values, attempt)
        if self.required:
            raise NotPlainError
        there = iter(self.put([one for one in values if one is not None], attempt))
        return [None if one is None else next(there) for one in values]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A field: read straight from what stands behind its object, unless a function answers it."""

    key: str
    get: Callable[[Any], object] | None
    question: Question | None
    place: Place

    def put(self, values: Sequence[object], attempt: Attempt) -> Sequence[object]:
        """What the answer has under its key."""
        return self.place.put(values, attempt)

    def column(self, sources: Sequence[object], attempt: Attempt) -> Sequence[object] | Waiting:
        """What the answer has under its key for each of these, or what is waited for first."""
        if self.get is not None:
            values = [*map(self.get, sources)]
            return values if self.place.plain.issuperset(map(type, values)) else self.place.put(values, attempt)
        if self.question is None:
            raise NotPlainError
        found = attempt.each(self.question, sources)
        return found if isinstance(found, Waiting) else self.put(found, attempt)


def constant(value: object) -> Shape:
    """What puts out the same whatever it is given."""
    return lambda values, _attempt: [value] * len(values)


def leaf(kind: GraphQLLeafType) -> Shape:
    """What puts scalars or values of an enumeration out."""
    coerce, as_it_is = kind.coerce_output_value, _AS_THEY_ARE.get(kind.name)

    def one(value: object) -> object:
        if type(value) is as_it_is:
            return value
        # Text can be made of anything, of an error and a coroutine too.
        if isinstance(value, Exception) or hasattr(type(value), "__await__"):
            raise NotPlainError
        put = coerce(value)
        if put is None or put is Undefined:
            raise NotPlainError
        return put

    if isinstance(kind, GraphQLEnumType):
        return _named(one)
    number = _NUMBERS.get(kind.name)

    def shape(values: Sequence[Any], _: Attempt) -> list[object]:
        return [*values] if number is not None and number.fits(values) else [one(value) for value in values]

    return shape


def _named(put: Callable[[object], object]) -> Shape:
    """The same for an enumeration, whose members are few and told apart by identity: others may be equal as text."""
    known: dict[int, object] = {}

    def named(value: object) -> object:
        name = put(value)
        if isinstance(value, Enum):
            known[id(value)] = name
        return name

    def shape(values: Sequence[object], _: Attempt) -> list[object]:
        names = [*map(known.get, map(id, values))]
        return [named(value) for value in values] if None in names else names

    return shape


_LISTS = frozenset({list, tuple})


def listed(item: Place) -> Shape:
    """What puts lists out: the items of all of them together."""

    def shape(lists: Sequence[Sequence[object]], attempt: Attempt) -> list[object]:
        if not _LISTS.issuperset(map(type, lists)):
            raise NotPlainError
        put = iter(item.put([*chain.from_iterable(lists)], attempt))
        return [[*islice(put, len(one))] for one in lists]

    return shape


def selected(origins: frozenset[type], entries: Sequence[Entry], *, noted: bool) -> Shape:
    """What puts objects of one of these types out, their fields in the order asked; `noted`: their ids are remembered.

    A field of all objects comes before the next: what one waits for is asked for all of them together.
    """
    keys = [one.key for one in entries]

    def shape(sources: Sequence[Any], attempt: Attempt) -> list[dict[str, object]]:
        if not origins.issuperset(map(type, sources)):
            raise NotPlainError
        if not sources:
            return []
        if noted:
            attempt.shown.extend(map(_ID, sources))
        columns = [one.column(sources, attempt) for one in entries]
        places = [[PENDING] * len(sources) if isinstance(one, Waiting) else one for one in columns]
        put = _objects(keys, places, len(sources))
        for entry, column in zip(entries, columns, strict=True):
            if isinstance(column, Waiting):
                attempt.pending.append((put, entry, column))
        return put

    return shape


PENDING = object()  # in the place of what is still waited for


def _objects(keys: Sequence[str], columns: Sequence[Sequence[object]], count: int) -> list[dict[str, object]]:
    match keys:
        case []:
            return [{} for _ in range(count)]
        case [key]:
            return [{key: value} for value in columns[0]]
        case [first, second]:
            return [{first: one, second: other} for one, other in zip(*columns, strict=True)]
        case _:
            return [dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True)]


def chosen(shapes: Mapping[type, Shape]) -> Shape:
    """What puts objects of an interface out, by what they are."""

    def shape(sources: Sequence[object], attempt: Attempt) -> list[object]:
        kinds = [*map(type, sources)]
        put = {
            kind: iter(shapes[kind]([one for one in sources if type(one) is kind], attempt))
            for kind in dict.fromkeys(kinds)
        }
        return [next(put[kind]) for kind in kinds]

    return cast("Shape", shape)
