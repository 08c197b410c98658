"""What puts a value out: a function a type, which takes what is not None and raises where the value is not plain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias, cast

from graphql import GraphQLEnumType, GraphQLLeafType, Undefined

from schema.later import Later
from schema.shaping.attempts import Attempt, NotPlainError, Question

Shape: TypeAlias = Callable[[Any, Attempt], object]

# Scalars that put such a value out as it is. Numbers have limits of their own, so that they are always asked.
_AS_THEY_ARE: Mapping[str, type] = {
    **dict.fromkeys(("ID", "String", "Date", "DateTime", "PartialDate", "Cursor"), str),
    "Boolean": bool,
}


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A field: read straight from what stands behind its object, unless a function answers it."""

    key: str
    get: Callable[[Any], object] | None
    question: Question | None
    plain: type | None  # what is put out as it is
    required: bool
    shape: Shape

    def put(self, value: object, attempt: Attempt) -> object:
        """What the answer has under its key."""
        if type(value) is self.plain:
            return value
        if value is None:
            return absent(required=self.required)
        return self.shape(value, attempt)


def absent(*, required: bool) -> object:
    """Nothing, where nothing may stand."""
    if required:
        raise NotPlainError
    return None


def plain(kind: object) -> type | None:
    """The type whose values a scalar puts out as they are."""
    return _AS_THEY_ARE.get(getattr(kind, "name", ""))


def constant(value: object) -> Shape:
    """What puts out the same whatever it is given."""
    return lambda _value, _attempt: value


def leaf(kind: GraphQLLeafType) -> Shape:
    """What puts a scalar or a value of an enumeration out."""
    coerce, as_it_is = kind.coerce_output_value, plain(kind)

    def shape(value: object, _: Attempt) -> object:
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

    def named(value: object, attempt: Attempt) -> object:
        if not isinstance(value, Enum):
            return shape(value, attempt)
        name = known.get(id(value))
        if name is None:
            name = known[id(value)] = shape(value, attempt)
        return name

    return named


def listed(item: Shape, as_it_is: type | None, *, required: bool) -> Shape:
    """What puts a list out."""

    def shape(value: object, attempt: Attempt) -> object:
        if type(value) is not list and type(value) is not tuple:
            raise NotPlainError
        put: list[object] = []
        for one in cast("Sequence[object]", value):
            if type(one) is as_it_is:
                put.append(one)
            else:
                put.append(absent(required=required) if one is None else item(one, attempt))
        return put

    return shape


def selected(origins: frozenset[type], entries: Sequence[Entry], *, noted: bool) -> Shape:
    """What puts an object of one of these types out, its fields in the order asked; `noted`: its id is remembered."""
    fields = tuple((one, one.key, one.get, one.plain, one.shape) for one in entries)

    def shape(source: Any, attempt: Attempt) -> object:  # noqa: ANN401 (what stands behind an object)
        if type(source) not in origins:
            raise NotPlainError
        if noted:
            attempt.shown.append(source.id)
        put: dict[str, object] = {}
        for entry, key, get, as_it_is, inner in fields:
            value = _answered(entry, source, put, attempt) if get is None else get(source)
            if type(value) is as_it_is:
                put[key] = value
            elif value is None:
                put[key] = absent(required=entry.required)
            elif value is not PENDING:
                put[key] = inner(value, attempt)
        return put

    return shape


PENDING = object()  # in the place of what is still waited for


def _answered(entry: Entry, source: object, held: dict[str, object], attempt: Attempt) -> object:
    """What a field's function says; what it will say is noted, and its place in the object kept."""
    if entry.question is None:
        raise NotPlainError
    value = attempt.ask(entry.question, source)
    if not hasattr(type(value), "__await__"):
        return value
    if isinstance(value, Later) and value.reading is None:
        return cast("Later[object]", value).value()
    held[entry.key] = PENDING
    attempt.pending.append((held, entry, cast("Awaitable[object]", value)))
    return PENDING


def chosen(shapes: Mapping[type, Shape]) -> Shape:
    """What puts an object of an interface out, by what it is."""

    def shape(source: object, attempt: Attempt) -> object:
        return shapes[type(source)](source, attempt)

    return shape
