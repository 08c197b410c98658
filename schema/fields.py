"""Fields that are worked out when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import strawberry

F = TypeVar("F", bound=Callable[..., object])


LATER = "Later["


def answered(description: str, name: str | None = None) -> Callable[[F], F]:
    """A field of this description that the function below answers; strawberry itself would lose the function's type."""
    field = cast("Callable[[F], F]", strawberry.field(name=name, description=description))

    def made(function: F) -> F:
        # For the contract, what is there later is what it will be.
        said: str = function.__annotations__["return"]
        if said.startswith(LATER):
            function.__annotations__["return"] = said.removeprefix(LATER)[:-1]
        return field(function)

    return made
