"""Documents run: by their plan where they have been run before, by an executor where they are new or anything is odd.

Only what reads is run by its plan, and whatever is unexpected there is done by an executor, which tells what is wrong;
what the functions of root fields have said by then it is told, so that they are not asked twice.
"""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLResolveInfo,
    GraphQLSchema,
    experimental_execute_incrementally,  # pyright: ignore[reportUnknownVariableType] (its middleware is a bare tuple)
    get_operation_ast,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import gather_with_cancel

from schema.later import awaitable
from schema.shaping.ahead import begin
from schema.shaping.attempts import Ask, Attempt, Question
from schema.shaping.executor import Shaping
from schema.shaping.plans import Plans, Root
from schema.shaping.shapes import Entry


async def executed(
    schema: GraphQLSchema,
    document: DocumentNode,
    plans: Plans,
    context: Any,  # noqa: ANN401 (whatever the request carries)
    variables: Mapping[str, object] | None = None,
    operation_name: str | None = None,
    shaping: type[Shaping] = Shaping,
) -> ExecutionResult:
    """The result of a document that was found to be valid."""
    operation = get_operation_ast(document, operation_name) if shaping.attempts else None
    ready = None if operation is None else plans.ready(operation, variables or {})
    said = dict[str, Said]()
    if ready is not None:
        roots, values = ready
        run = Run(schema, values, context, said)
        data = await run.data(roots)
        if not run.odd:
            context.shown.update(run.shown)
            return ExecutionResult(data, None)
    # The stock `execute` refuses a contract with @defer. An executor of whole answers answers what is deferred with
    # the rest, as it may.
    result = experimental_execute_incrementally(
        schema,
        document,
        context_value=context,
        variable_values=None if variables is None else dict(variables),
        operation_name=operation_name,
        is_awaitable=awaitable,
        executor_class=shaping,
        middleware=[_telling(said)] if said else None,
        plans=plans,
    )
    found: object = await result if isawaitable(result) else result
    return cast("ExecutionResult", found)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What the function of a root field said, or why it could not."""

    value: object
    error: Exception | None
    awaited: bool

    def again(self) -> object:
        """The same, as it was said."""
        return self._later() if self.awaited else self._now()

    def _now(self) -> object:
        if self.error is not None:
            raise self.error
        return self.value

    async def _later(self) -> object:
        return self._now()


@dataclass(slots=True, eq=False)
class Run:
    """A run of a document by its plan; `odd` once it has to be run by an executor."""

    schema: GraphQLSchema
    variable_values: VariableValues
    context_value: Any
    said: dict[str, Said]
    odd: bool = False
    shown: list[str] = field(default_factory=list[str])
    _asks: dict[Question, Ask] = field(default_factory=dict[Question, Ask])

    async def data(self, roots: Sequence[Root]) -> dict[str, Any]:
        """What all root fields come to; they are begun in their order, and waited for beside each other."""
        begin(roots, Attempt(self, self._asks))
        put = {root.entry.key: self._begun(root.entry) for root in roots}
        waiting = {key: one for key, one in put.items() if awaitable(one)}
        if len(waiting) == 1:  # which needs no task of its own
            key, one = waiting.popitem()
            put[key] = await one
        elif waiting:
            put.update(zip(waiting, await gather_with_cancel(*waiting.values()), strict=True))
        return put

    def _begun(self, entry: Entry) -> object:
        attempt = Attempt(self, self._asks)
        try:
            ask = entry.get if entry.question is None else attempt.ask(entry.question)
        except Exception:  # noqa: BLE001 (the executor meets it again and tells it)
            self._dropped(attempt)
            return None
        try:
            found = cast("Ask", ask)(None)
        except Exception as error:  # noqa: BLE001 (the executor tells it)
            self._failed(entry, error, awaited=False)
            return None
        return self._waited(entry, attempt, found) if awaitable(found) else self._put(entry, attempt, found)

    def _put(self, entry: Entry, attempt: Attempt, value: object, *, awaited: bool = False) -> object:
        """What the answer has there, unless that has to be waited for."""
        self.said[entry.key] = Said(value, None, awaited)
        try:
            put = entry.put((value,), attempt)[0]
        except Exception:  # noqa: BLE001 (the executor meets it again and tells it)
            self._dropped(attempt)
            return None
        if attempt.pending:
            return self._settled(attempt, put)
        self.shown += attempt.shown
        return put

    async def _waited(self, entry: Entry, attempt: Attempt, value: Awaitable[object]) -> object:
        try:
            found = await value
        except Exception as error:  # noqa: BLE001 (the executor tells it)
            self._failed(entry, error, awaited=True)
            return None
        put = self._put(entry, attempt, found, awaited=True)
        return await put if awaitable(put) else put

    async def _settled(self, attempt: Attempt, put: object) -> object:
        try:
            await attempt.settle()
        except Exception:  # noqa: BLE001 (the executor meets it again and tells it)
            self._dropped(attempt)
            return None
        self.shown += attempt.shown
        return put

    def _failed(self, entry: Entry, error: Exception, *, awaited: bool) -> None:
        self.said[entry.key] = Said(None, error, awaited)
        self.odd = True

    def _dropped(self, attempt: Attempt) -> None:
        attempt.drop()
        self.odd = True


def _telling(said: Mapping[str, Said]) -> Callable[..., object]:
    """What stands before the functions of fields, and speaks for those of root fields that were asked already."""

    def told(ask: Callable[..., object], source: object, info: GraphQLResolveInfo[Any], **given: object) -> object:
        known = said.get(cast("str", info.path.key)) if info.path.prev is None else None
        return ask(source, info, **given) if known is None else known.again()

    return told
