"""Rows as dataclasses: a decoder per row type, made once when a query is bound.

A row is a map by column, or a list of values in the order of the fields. One whose values fit as they stand is made by
a compiled function; the conversions another combination of types needs are worked out when it is first met and kept.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from operator import itemgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from cypher.compiled import compiled
from cypher.errors import QueryError

if TYPE_CHECKING:
    from dataclasses import dataclass as record

    from cypher.columns import Columns
else:

    def record(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """A dataclass the type checkers keep frozen: one that keeps itself so takes eight times as long to make."""
        return dataclasses.dataclass(unsafe_hash=frozen, slots=slots)


__all__ = ["Decoder", "Field", "column", "compare", "fields", "record"]

Row = TypeVar("Row")
Convert = Callable[[object], object]
Plan = tuple[tuple[int, Convert], ...]
_PLAIN: dict[object, tuple[type, ...]] = {str: (str,), int: (int,), float: (float,), bool: (bool,)}


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a row: its name, its column, its type without None, and whether None may stand there."""

    name: str
    column: str
    options: tuple[object, ...]
    optional: bool


def column(name: str) -> str:
    """The column of a field: recorded_at is recordedAt."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def fields(row: type[object]) -> tuple[Field, ...]:
    """The fields of a row type in order."""
    if not dataclasses.is_dataclass(row):
        raise QueryError(f"{row.__name__} is no row type; make it a frozen dataclass")
    hints = typing.get_type_hints(row)
    return tuple(_field(item.name, hints[item.name]) for item in dataclasses.fields(row) if item.init)


def _field(name: str, hint: object) -> Field:
    options = _options(hint)
    rest = tuple(option for option in options if option is not type(None))
    return Field(name, column(name), rest, len(rest) < len(options) or object in options)


def _options(hint: object) -> tuple[object, ...]:
    if isinstance(hint, typing.NewType):
        return _options(hint.__supertype__)
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return tuple(inner for option in typing.get_args(hint) for inner in _options(option))
    return (hint,)


def compare(row: type, found: Columns, file: str) -> None:
    """Nothing where the columns of a file are exactly the fields of a row type, inner rows included."""
    takes = fields(row)
    has, wants = list(found.keys), [field.column for field in takes]
    if not found.placed:
        has, wants = sorted(has), sorted(wants)
    if has != wants:
        raise QueryError(f"{file} returns the columns {has}, {row.__name__} takes {wants}")
    for field in takes:
        for inner in filter(None, map(_inner, field.options)):
            below = found.keys[field.column]
            if below is None:
                raise QueryError(
                    f"{file} returns no visible map as {field.column!r}, {row.__name__} takes {inner.__name__}"
                )
            compare(inner, below, file)


def _inner(option: object) -> type | None:
    """The row type inside an option: the option itself, or what its tuple holds."""
    if typing.get_origin(option) is tuple:
        inner = [found for item in typing.get_args(option) for part in _options(item) if (found := _inner(part))]
        return inner[0] if inner else None
    return option if isinstance(option, type) and dataclasses.is_dataclass(option) else None


class Decoder(Generic[Row]):
    """Maps or lists of values into rows of one type; the file's name stands in every complaint."""

    def __init__(self, row: type[Row], file: str) -> None:
        """Work out once what the fields are."""
        self._row = row
        self._file = file
        self._fields = fields(row)
        self._columns = tuple(field.column for field in self._fields)
        self._names = frozenset(self._columns)
        self._values = _values(self._columns)
        self._plans: dict[tuple[type, ...], Plan] = {}
        self.row: Callable[[object], Row] = compiled(row, self._fields, self._inner, self._converted)

    def rows(self, items: list[object]) -> list[Row]:
        """One row an item, in order; the keys are compared on the first one only."""
        if items:
            self.known(items[0])
        row = self.row
        return [row(item) for item in items]

    def known(self, item: object) -> None:
        """Nothing where an item is one a row can be made of, as far as its keys or its length tell."""
        if isinstance(item, list):
            return self._placed(typing.cast("list[object]", item))
        if type(item) is not dict and not isinstance(item, Mapping):  # nearly always the former, which is seen sooner
            raise QueryError(f"{self._file} returned {type(item).__name__} where {self._row.__name__} needs a map")
        unknown = sorted(typing.cast("Mapping[str, object]", item).keys() - self._names)
        if unknown:
            raise QueryError(f"{self._file} returned the columns {unknown}, which {self._row.__name__} does not take")
        return None

    def _placed(self, item: list[object]) -> None:
        if len(item) != len(self._columns):
            takes = f"{self._row.__name__} takes {list(self._columns)}"
            raise QueryError(f"{self._file} returned {len(item)} values in a list, {takes}")

    def _inner(self, option: type) -> tuple[Convert, Callable[[object], None]]:
        decoder = Decoder[object](option, self._file)
        return decoder.row, decoder.known

    def _converted(self, item: object) -> Row:
        """The row of an item some value of which has to be changed; a column left out because it is null is null."""
        values = self._found(item)
        signature = tuple(map(type, values))
        plan = self._plans.get(signature)
        if plan is None:
            plan = self._plans[signature] = self._plan(values)
        changed = list(values)
        for index, convert in plan:
            changed[index] = convert(changed[index])
        return self._row(*changed)

    def _found(self, item: object) -> tuple[object, ...]:
        if isinstance(item, list):
            self._placed(typing.cast("list[object]", item))
            return tuple(typing.cast("list[object]", item))
        return self._values(item)

    def _plan(self, values: tuple[object, ...]) -> Plan:
        """What must be done to values of these types, or which of them the row cannot take."""
        steps = (
            (i, self._step(field, value)) for i, (field, value) in enumerate(zip(self._fields, values, strict=True))
        )
        return tuple((index, step) for index, step in steps if step is not None)

    def _step(self, field: Field, value: object) -> Convert | None:
        if value is None and field.optional:
            return None
        for option in field.options:
            accepts, convert = _conversion(option, value, self._file)
            if accepts:
                return convert
        found = "null" if value is None else f"a value of type {type(value).__name__}"
        takes = " or ".join(getattr(option, "__name__", str(option)) for option in field.options)
        raise QueryError(f"{self._file} returned {found} as {field.column!r}, {self._row.__name__} takes {takes} there")


def _values(columns: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """What gives the values of a map in the order of some columns."""

    def each(item: object) -> tuple[object, ...]:
        return tuple(map(typing.cast("Mapping[str, object]", item).get, columns))

    if len(columns) == 1:
        return each
    at_once = typing.cast("Callable[[object], tuple[object, ...]]", itemgetter(*columns))

    def values(item: object) -> tuple[object, ...]:
        try:
            return at_once(item)
        except KeyError:
            return each(item)

    return values


def _conversion(option: object, value: object, file: str) -> tuple[bool, Convert | None]:
    """Whether an option takes a value, and the function that makes it fit where it does not as it stands."""
    if option is object:
        return True, None
    if option is float and type(value) is int:
        return True, typing.cast("Convert", float)
    if option in _PLAIN:
        return type(value) is option, None
    return _structure(option, value, file)


def _structure(option: object, value: object, file: str) -> tuple[bool, Convert | None]:
    origin = typing.get_origin(option)
    if origin is tuple:
        return isinstance(value, list), _tuple(typing.get_args(option), file)
    if origin is typing.Literal:
        return isinstance(value, str), _member(typing.get_args(option), file)
    if origin in {dict, Mapping}:
        return isinstance(value, dict), None
    if isinstance(option, type) and issubclass(option, Enum):
        return isinstance(value, (str, int)), _enumerated(option, file)
    if isinstance(option, type) and dataclasses.is_dataclass(option):
        return isinstance(value, (Mapping, list)), Decoder(option, file).row
    raise QueryError(f"{file}: no value of the graph is a {option}; use text, numbers, tuples or dataclasses")


def _tuple(items: tuple[object, ...], file: str) -> Convert:
    inner = _inner(items[0])
    if inner is None:
        return typing.cast("Convert", tuple)
    decoder = Decoder[object](inner, file)
    return lambda value: tuple(decoder.rows(typing.cast("list[object]", value)))


def _member(allowed: tuple[object, ...], file: str) -> Convert:
    def member(value: object) -> object:
        if value not in allowed:
            raise QueryError(f"{file} returned {value!r}, which is none of {list(allowed)}")
        return value

    return member


def _enumerated(option: type[Enum], file: str) -> Convert:
    members: dict[object, object] = {member.value: member for member in option}
    check = _member(tuple(members), file)
    return lambda value: members[check(value)]
