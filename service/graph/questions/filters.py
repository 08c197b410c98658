"""What a list of people or organizations keeps: conditions, put together with and, or and not.

A filter is written out as alternatives, each a list of conditions that all count, before a statement gets it as one
parameter. How much may be written out is bounded, for that work is done for every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from service.errors import Code, ServiceError
from service.graph.folding import fold

MOST_CONDITIONS = 50
MOST_ALTERNATIVES = 100
MOST_TEXTS = 100
LONGEST = 200  # characters of a text
DEEPEST = 10  # steps of and, or and not
FURTHEST = 2  # steps from an organization to those it supplies or is supplied by


@dataclass(frozen=True, slots=True)
class TextFilter:
    """What a name has to be: all that is given counts, each for any of the names that may be seen.

    Names are compared without case, accents and punctuation.
    """

    eq: str | None = None
    contains: str | None = None
    starts_with: str | None = None
    one_of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PersonFilter:
    """Which people: all that is given counts. `works_for` is an organization where they are or may be today."""

    name: TextFilter | None = None
    works_for: str | None = None
    every: tuple[PersonFilter, ...] = ()
    some: tuple[PersonFilter, ...] | None = None
    none: PersonFilter | None = None


@dataclass(frozen=True, slots=True)
class OrganizationFilter:
    """Which organizations: all that is given counts, claims as far as they hold or may hold today.

    `suppliers` keeps those with a supplier that its own filter keeps, `customers` likewise.
    """

    name: TextFilter | None = None
    kind: str | None = None
    country: str | None = None
    capability: str | None = None
    member_of: str | None = None
    suppliers: OrganizationFilter | None = None
    customers: OrganizationFilter | None = None
    every: tuple[OrganizationFilter, ...] = ()
    some: tuple[OrganizationFilter, ...] | None = None
    none: OrganizationFilter | None = None


Filter: TypeAlias = PersonFilter | OrganizationFilter
Value: TypeAlias = "str | tuple[str, ...] | frozenset[str] | OrganizationFilter"


@dataclass(frozen=True, slots=True)
class Condition:
    """That a field of a row is so, or that it is not."""

    field: str
    op: str
    value: Value
    holds: bool

    def told(self) -> dict[str, object]:
        """The condition as statements take it; a set of ids as a map, where each is found at once."""
        value = dict.fromkeys(self.value, True) if isinstance(self.value, frozenset) else self.value
        shown = list(value) if isinstance(value, tuple) else value
        return {"field": self.field, "op": self.op, "value": shown, "holds": self.holds}


Alternatives: TypeAlias = tuple[tuple[Condition, ...], ...]

EVERYTHING: Alternatives = ((),)
NOTHING: Alternatives = ()


def alternatives(wanted: Filter | None) -> Alternatives:
    """A filter written out; BAD_USER_INPUT where it is too large or a text of it names nothing."""
    if wanted is None:
        return EVERYTHING
    if (count := _conditions(wanted, DEEPEST, FURTHEST)) > MOST_CONDITIONS:
        raise _refused(f"the filter has {count} conditions; give at most {MOST_CONDITIONS}")
    return _written(wanted, holds=True)


def _written(wanted: Filter, *, holds: bool) -> Alternatives:
    parts: list[Alternatives] = [((condition,),) for condition in _own(wanted, holds=holds)]
    parts += [_written(one, holds=holds) for one in wanted.every]
    if wanted.some is not None:
        choices = [_written(one, holds=holds) for one in wanted.some]
        parts.append(_either(choices) if holds else _together(choices))
    if wanted.none is not None:
        parts.append(_written(wanted.none, holds=not holds))
    return _together(parts) if holds else _either(parts)


def _together(parts: Iterable[Alternatives]) -> Alternatives:
    return reduce(_both, parts, EVERYTHING)


def _both(left: Alternatives, right: Alternatives) -> Alternatives:
    _check(len(left) * len(right))
    return tuple(dict.fromkeys(tuple(dict.fromkeys(one + other)) for one in left for other in right))


def _either(parts: Iterable[Alternatives]) -> Alternatives:
    found = tuple(dict.fromkeys(one for part in parts for one in part))
    _check(len(found))
    return found


def _check(count: int) -> None:
    if count > MOST_ALTERNATIVES:
        raise _refused(
            f"written out, the filter has {count} alternatives; at most {MOST_ALTERNATIVES} are answered: ask for parts"
        )


def _own(wanted: Filter, *, holds: bool) -> list[Condition]:
    """The conditions a filter names itself."""
    text = [] if wanted.name is None else _texts(wanted.name)
    plain = [(field, "eq", value) for field, value in _fields(wanted).items() if value is not None]
    return [Condition(field, op, value, holds) for field, op, value in (*text, *plain)]


def _fields(wanted: Filter) -> Mapping[str, str | OrganizationFilter | None]:
    if isinstance(wanted, PersonFilter):
        return {"worksFor": wanted.works_for}
    return {
        "kind": wanted.kind,
        "country": None if wanted.country is None else wanted.country.upper(),
        "capability": wanted.capability,
        "memberOf": wanted.member_of,
        "suppliers": wanted.suppliers,
        "customers": wanted.customers,
    }


def _texts(name: TextFilter) -> list[tuple[str, str, Value]]:
    given = {"eq": name.eq, "contains": name.contains, "startsWith": name.starts_with}
    found: list[tuple[str, str, Value]] = [
        ("name", op, _folded(op, text)) for op, text in given.items() if text is not None
    ]
    if name.one_of is None:
        return found
    if len(name.one_of) > MOST_TEXTS:
        raise _refused(f"name.in has {len(name.one_of)} names; give at most {MOST_TEXTS}")
    return [*found, ("name", "in", tuple(_folded("in", text) for text in name.one_of))]


def _folded(op: str, text: str) -> str:
    if len(text) > LONGEST:
        raise _refused(f"name.{op} has {len(text)} characters; give at most {LONGEST}")
    folded = fold(text)
    if not folded:
        raise _refused(f"name.{op} has nothing to compare; give at least one letter or digit")
    return folded


def _conditions(wanted: Filter, deep: int, far: int) -> int:
    """How many conditions there are in all, or BAD_USER_INPUT where they lie too deep."""
    if deep == 0:
        raise _refused(f"the filter is nested too deep; put at most {DEEPEST} into one another")
    count = sum(value is not None for value in _fields(wanted).values())
    count += sum(value is not None for value in _given(wanted.name))
    inner = [*wanted.every, *(wanted.some or ()), *([] if wanted.none is None else [wanted.none])]
    count += sum(_conditions(one, deep - 1, far) for one in inner)
    return count + sum(_conditions(one, deep - 1, _nearer(far)) for one in _traders(wanted))


def _given(name: TextFilter | None) -> Sequence[object]:
    return () if name is None else (name.eq, name.contains, name.starts_with, name.one_of)


def _traders(wanted: Filter) -> list[OrganizationFilter]:
    if isinstance(wanted, PersonFilter):
        return []
    return [one for one in (wanted.suppliers, wanted.customers) if one is not None]


def _nearer(far: int) -> int:
    if far == 0:
        raise _refused(f"suppliers and customers are followed {FURTHEST} steps; leave out those further away")
    return far - 1


def _refused(message: str) -> ServiceError:
    return ServiceError(Code.BAD_USER_INPUT, message)
