"""Fields that are worked out when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import strawberry

F = TypeVar("F", bound=Callable[..., object])


def answered(description: str) -> Callable[[F], F]:
    """A field of this description that the function below answers; strawberry itself would lose the function's type."""
    return cast("Callable[[F], F]", strawberry.field(description=description))
