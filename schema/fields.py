"""Fields that are worked out when they are asked for."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from operator import attrgetter
from typing import Any, Protocol, TypeVar, cast

import strawberry

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")

LATER, TOGETHER = "Later[", "Together["
ROW = "row"  # where an object keeps what its fields are read from
ASKED = "asked_together"  # under which a function of one object keeps the one for all of them


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str: ...


def answered(description: str, name: str | None = None) -> Callable[[F], F]:
    """A field of this description that the function below answers; strawberry itself would lose the function's type."""
    field = cast("Callable[[F], F]", strawberry.field(name=name, description=description))

    def made(function: F) -> F:
        # For the contract, what is there later is what it will be.
        function.__annotations__["return"] = _told(function.__annotations__["return"], LATER)
        return field(function)

    return made


def together(description: str) -> Callable[[F], F]:
    """A field of this description; the static function below says how all objects of an answer are asked."""
    field = cast("Callable[[object], F]", strawberry.field(description=description))

    def made(below: F) -> F:
        asked: Any = cast("Any", below).__func__

        def one(self: Identified, *given: object, **named: object) -> object:
            return asked(*given, **named).of(self.id)

        function, told = cast("Any", one), inspect.signature(asked)
        own = inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        returned = _told(asked.__annotations__["return"], TOGETHER)
        function.__name__, function.__module__ = asked.__name__, asked.__module__
        function.__annotations__ = {**asked.__annotations__, "return": returned}
        function.__signature__ = told.replace(parameters=[own, *told.parameters.values()], return_annotation=returned)
        setattr(function, ASKED, asked)
        return field(one)

    return made


def read(**makes: Callable[[Any], object]) -> Callable[[type[T]], type[T]]:
    """A type whose plain fields are read from the row behind an object, when they are asked for: few of them are.

    They have the names of the row's; `makes` has what stands for a field that is a row itself.
    """

    def made(kind: type[T]) -> type[T]:
        for one in dataclasses.fields(cast("Any", kind)):
            if one.init and one.name != ROW:
                setattr(kind, one.name, property(_reading(one.name, makes.get(one.name))))
        return kind

    return made


def over(kind: type[T], row: object) -> T:
    """An object of such a type over its row."""
    one: Any = object.__new__(kind)
    one.row = row
    made: T = one
    return made


def _reading(name: str, make: Callable[[Any], object] | None) -> Callable[[Any], object]:
    value: Callable[[Any], Any] = attrgetter(f"{ROW}.{name}")
    if make is None:
        return value

    def made(of: object) -> object:
        found = value(of)
        return None if found is None else make(found)

    return made


def _told(annotation: str, wrapped: str) -> str:
    return annotation.removeprefix(wrapped)[:-1] if annotation.startswith(wrapped) else annotation
