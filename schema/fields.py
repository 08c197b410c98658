"""Fields that are worked out when they are asked for."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

import strawberry

F = TypeVar("F", bound=Callable[..., object])

LATER, TOGETHER = "Later[", "Together["
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


def _told(annotation: str, wrapped: str) -> str:
    return annotation.removeprefix(wrapped)[:-1] if annotation.startswith(wrapped) else annotation
