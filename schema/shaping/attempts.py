"""An attempt to put a value out without the stock executor: what it waits for, level by level."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from inspect import iscoroutine
from typing import Any, Protocol, TypeAlias, cast

from graphql import GraphQLField, GraphQLSchema
from graphql.execution import get_argument_values
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues
from strawberry import Info
from strawberry.schema.schema_converter import get_arguments
from strawberry.types.field import StrawberryField

from schema.later import Later

Ask: TypeAlias = Callable[[object], object]


class NotPlainError(Exception):
    """A value that the stock executor has to put out, or whose error it has to tell."""


class Told(Info[Any, None]):
    """What a function that answers a field is told: the context. One that looks for more is asked the stock way."""

    def __init__(self, context: object) -> None:
        """Without what `Info` takes, which is another thing for each object."""
        self._context = context

    @property
    def context(self) -> Any:  # noqa: ANN401 (whatever the request carries)
        return self._context


class Asking(Protocol):
    """An executor, as far as an attempt needs it."""

    @property
    def schema(self) -> GraphQLSchema:
        """What documents are about."""
        ...

    @property
    def variable_values(self) -> VariableValues:
        """What it is run with."""
        ...

    @property
    def context_value(self) -> Any:  # noqa: ANN401 (whatever the request carries)
        """What the request carries."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A field that a function answers."""

    definition: GraphQLField
    behind: StrawberryField
    details: FieldDetails

    def ask(self, of: Asking) -> Ask:
        """The function with its arguments, which are the same for every object of an answer."""
        resolver = cast("Any", self.behind.base_resolver)
        given = get_argument_values(self.definition, self.details.node, of.variable_values)
        strawberry = cast("Any", of.schema)._strawberry_schema  # noqa: SLF001 (where strawberry keeps itself)
        _, named = get_arguments(
            field=self.behind,
            source=None,
            info=Told(of.context_value),
            kwargs=given,
            config=strawberry.config,
            scalar_registry=strawberry.schema_converter.scalar_registry,
        )
        return partial(resolver.wrapped_func, **named)


class Placed(Protocol):
    """What a field's value becomes."""

    @property
    def key(self) -> str:
        """Where it stands in its object."""
        ...

    def put(self, value: object, attempt: Attempt) -> object:
        """What the answer has there."""
        ...


@dataclass(slots=True, eq=False)
class Attempt:
    """One attempt: the functions it has asked, what it still waits for, and the people it has put out."""

    of: Asking
    asks: dict[Question, Ask]
    pending: list[tuple[dict[str, object], Placed, Awaitable[object]]] = field(
        default_factory=list[tuple[dict[str, object], Placed, Awaitable[object]]]
    )
    shown: list[str] = field(default_factory=list[str])
    waited: bool = False

    def ask(self, question: Question, source: object) -> object:
        """What a field's function says of an object."""
        found = self.asks.get(question)
        if found is None:
            found = self.asks[question] = question.ask(self.of)
        return found(source)

    async def settle(self) -> None:
        """Nothing, once all stands in its place; what is waited for at one level is waited for together."""
        self.waited = True
        while self.pending:
            level, self.pending = self.pending, []
            for (held, placed, _), value in zip(level, await _values([one for *_, one in level]), strict=True):
                held[placed.key] = placed.put(value, self)

    def drop(self) -> None:
        """Nothing, once nobody complains that what was pending is not waited for."""
        for *_, waiting in self.pending:
            if iscoroutine(waiting):
                waiting.close()


async def _values(level: Sequence[Awaitable[object]]) -> list[object]:
    """What all of these come to; the first error in their order, once none is under way any more."""
    own = {place: asyncio.ensure_future(one) for place, one in enumerate(level) if not isinstance(one, Later)}
    reading = {one.reading for one in level if isinstance(one, Later) and one.reading is not None}
    try:
        await asyncio.wait({*own.values(), *reading})
    except asyncio.CancelledError:
        for task in own.values():
            task.cancel()
        await asyncio.gather(*own.values(), return_exceptions=True)
        raise
    if any(one.cancelled() for one in (*own.values(), *reading)):
        raise NotPlainError
    failed = [error for one in own.values() if (error := one.exception()) is not None]
    if failed:
        raise failed[0]
    return [one.value() if isinstance(one, Later) else own[place].result() for place, one in enumerate(level)]
