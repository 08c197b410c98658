"""An attempt to put a value out without the stock executor: what it waits for, level by level."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from inspect import iscoroutine
from itertools import chain
from typing import Any, Protocol, TypeAlias, cast

from graphql import FieldNode, GraphQLField, GraphQLSchema
from graphql.execution.values import VariableValues
from strawberry.types.field import StrawberryField

from schema.fields import ASKED
from schema.later import Later, Together, at_once
from schema.shaping.arguments import Given, given
from service.graph.questions.onward import Onward

Ask: TypeAlias = Callable[..., object]


class NotPlainError(Exception):
    """A value that the stock executor has to put out, or whose error it has to tell."""


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
    """A field that a function answers; `together` says how it is asked of any object, where one says so."""

    function: Ask
    together: Callable[..., Together[object]] | None
    given: Given | None  # None where there is nothing to be given
    beyond: tuple[Beyond, ...] = ()  # of what it finds

    @classmethod
    def of(
        cls,
        schema: GraphQLSchema,
        definition: GraphQLField,
        behind: StrawberryField,
        node: FieldNode,
        beyond: tuple[Beyond, ...],
    ) -> Question:
        """The question of a field of a document."""
        resolver = cast("Any", behind.base_resolver)
        function: Ask = resolver.wrapped_func
        bare = not definition.args and resolver.info_parameter is None
        told = None if bare else given(schema, definition, node, behind)
        return cls(function, getattr(function, ASKED, None), told, beyond)

    def ask(self, of: Asking) -> Ask:
        """The function with its arguments, which are the same for every object of an answer."""
        function = self.together or self.function
        return function if self.given is None else partial(function, **self.given(of.variable_values, of.context_value))


@dataclass(frozen=True, slots=True, eq=False)
class Beyond:
    """What is asked of the things of a kind under a field of what a question finds."""

    field: str
    kind: str
    question: Question


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """What a field is of several objects, where some of it is not there yet."""

    values: Later[list[object]] | list[object]


class Placed(Protocol):
    """What a field's values become."""

    @property
    def key(self) -> str:
        """Where they stand in their objects."""
        ...

    def put(self, values: Sequence[object], attempt: Attempt) -> Sequence[object]:
        """What the answer has there."""
        ...


@dataclass(slots=True, eq=False)
class Attempt:
    """One attempt: the functions it has asked, what it still waits for, and the people it has put out."""

    of: Asking
    asks: dict[Question, Any]  # functions with their arguments, or what they say of all objects together
    pending: list[tuple[list[dict[str, object]], Placed, Waiting]] = field(
        default_factory=list[tuple[list[dict[str, object]], Placed, Waiting]]
    )
    shown: list[str] = field(default_factory=list[str])
    waited: bool = False
    _begun: list[list[object]] = field(default_factory=list[list[object]])  # what may have to be closed

    def ask(self, question: Question) -> Ask:
        """The function of a field with its arguments."""
        found: Ask | None = self.asks.get(question)
        if found is None:
            found = self.asks[question] = question.ask(self.of)
        return found

    def together(self, question: Question) -> Together[object]:
        """What a field asked by ids alone is of any object; its list knows what will be asked of what it finds."""
        found: Together[object] | None = self.asks.get(question)
        if found is None:
            found = self.asks[question] = cast("Together[object]", question.ask(self.of)())
            for one in question.beyond:
                found.loader.follow(one, partial(self._onward, one))
        return found

    def each(self, question: Question, sources: Sequence[Any]) -> Sequence[object] | Waiting:
        """What a field's function says of each of these objects."""
        if question.together is not None:
            return Waiting(self.together(question).each([one.id for one in sources]))
        ask = self.ask(question)
        found: list[object] = []
        self._begun.append(found)  # before any of it can fail
        found.extend(map(ask, sources))
        if not any(map(_awaited, set(map(type, found)))):
            return found
        values = [_there(one) for one in found]
        return Waiting(values) if any(map(_awaited, set(map(type, values)))) else values

    async def settle(self) -> None:
        """Nothing, once all stands in its place; what is waited for at one level is waited for together."""
        self.waited = True
        while self.pending:
            level, self.pending = self.pending, []
            self._begun.clear()
            for (held, placed, _), values in zip(level, await _columns([one for *_, one in level]), strict=True):
                key = placed.key
                for one, value in zip(held, placed.put(values, self), strict=True):
                    one[key] = value

    def drop(self) -> None:
        """Nothing, once nobody complains that what was begun is not waited for."""
        for one in chain.from_iterable(self._begun):
            if iscoroutine(one):
                one.close()

    def _onward(self, beyond: Beyond) -> Onward:
        return self.together(beyond.question).loader.under(beyond.field, beyond.kind)


async def _columns(level: Sequence[Waiting]) -> list[list[object]]:
    """What all of these come to; the first error in their order, once none is under way any more."""
    tasks: list[asyncio.Future[object]] = []

    def later(value: object) -> Later[object]:
        if isinstance(value, Later):
            return cast("Later[object]", value)
        if not _awaited(type(value)):
            return at_once(value)
        tasks.append(asyncio.ensure_future(cast("Awaitable[object]", value)))
        return Later((tasks[-1],), tasks[-1].result)

    columns = [
        one.values if isinstance(one.values, Later) else _all([later(one) for one in one.values]) for one in level
    ]
    reading = {one for column in columns for one in column.reading}
    try:
        await _settled([one for one in reading if not one.done()])
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
    if any(one.cancelled() for one in reading):
        raise NotPlainError
    failed = [error for one in tasks if (error := one.exception()) is not None]
    if failed:
        raise failed[0]
    return [one.value() for one in columns]


async def _settled(reading: Sequence[asyncio.Future[Any]]) -> None:
    """Nothing, once all of these are done or cancelled; asyncio's own way looks at them several times."""
    if not reading:
        return
    left = len(reading)
    settled = asyncio.get_running_loop().create_future()

    def done(_: object) -> None:
        nonlocal left
        left -= 1
        if not left and not settled.done():
            settled.set_result(None)

    for one in reading:
        one.add_done_callback(done)
    await settled


def _awaited(kind: type) -> bool:
    return hasattr(kind, "__await__")


def _there(value: object) -> object:
    """What need not be waited for, where that can be told at once."""
    if not isinstance(value, Later):
        return value
    found = cast("Later[object]", value)
    return found if found.reading else found.value()


def _all(values: Sequence[Later[object]]) -> Later[list[object]]:
    """Several things that are there once all of them are."""
    return Later(
        tuple(dict.fromkeys(chain.from_iterable(one.reading for one in values))),
        lambda: [one.value() for one in values],
    )
