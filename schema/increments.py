"""Answers in parts: what a document defers comes after the rest, as clients of @defer and @stream read it."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    ExperimentalIncrementalExecutionResults,
    GraphQLDeferDirective,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLStreamDirective,
    InitialIncrementalExecutionResult,
    SubsequentIncrementalExecutionResult,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList
from graphql.execution.incremental.incremental_executor import IncrementalExecutor
from graphql.execution.types import CompletedResult, IncrementalDeferResult, IncrementalStreamResult
from graphql.pyutils import AwaitableOrValue, Path

from schema.context import Context
from schema.errors import told
from schema.shaping.plans import PERSON

DIRECTIVES = (GraphQLDeferDirective, GraphQLStreamDirective)
_NAMES = frozenset(one.name for one in DIRECTIVES)
Json = dict[str, object]


class Parting(IncrementalExecutor):
    """The stock executor of parts, which remembers whom they show."""

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,  # noqa: ANN401 (what stands behind an object)
        position_context: Any,  # noqa: ANN401 (graphql-core's own)
    ) -> AwaitableOrValue[dict[str, Any]]:
        if return_type.name == PERSON and hasattr(result, "id"):
            self.context_value.shown.add(result.id)
        return super().complete_object_value(return_type, field_details_list, info, path, result, position_context)


async def _none() -> AsyncGenerator[Json, None]:
    """What follows a whole answer."""
    nothing: tuple[Json, ...] = ()
    for one in nothing:
        yield one


@dataclass(frozen=True, slots=True)
class Parts:
    """An answer of which the first part is there, and the rest comes as it is asked for; whoever has it closes it."""

    first: Json
    rest: AsyncGenerator[Json, None] = field(default_factory=_none)


def parted(document: DocumentNode) -> bool:
    """Whether a document asks for parts of its answer later, on some condition or on none."""
    found = False

    class Later(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: object) -> None:
            nonlocal found
            found = found or node.name.value in _NAMES

    visit(document, Later())
    return found


def parts(found: ExperimentalIncrementalExecutionResults, context: Context, operation: str | None) -> Parts:
    """The parts of an answer as a client reads them; nothing is read for them any more once they are closed."""

    async def rest() -> AsyncGenerator[Json, None]:
        try:
            async with aclosing(found.subsequent_results) as results:
                async for one in results:
                    yield _later(one, operation)
        finally:
            context.close()

    return Parts(_first(found.initial_result, operation), rest())


def _first(found: InitialIncrementalExecutionResult, operation: str | None) -> Json:
    errors: Json = {"errors": told(found.errors, operation)} if found.errors else {}
    pending = [one.formatted for one in found.pending]
    return {**errors, "data": found.data, "pending": pending, "hasNext": found.has_next}


def _later(found: SubsequentIncrementalExecutionResult, operation: str | None) -> Json:
    said: Json = {}
    if found.pending:
        said["pending"] = [one.formatted for one in found.pending]
    if found.incremental:
        said["incremental"] = [_increment(one, operation) for one in found.incremental]
    if found.completed:
        said["completed"] = [_completed(one, operation) for one in found.completed]
    return {**said, "hasNext": found.has_next}


def _increment(one: IncrementalDeferResult | IncrementalStreamResult, operation: str | None) -> Json:
    said: Json = {"id": one.id}
    if one.sub_path:
        said["subPath"] = one.sub_path
    if one.errors:
        said["errors"] = told(one.errors, operation)
    if isinstance(one, IncrementalStreamResult):
        return {**said, "items": one.items}
    return {**said, "data": one.data}


def _completed(one: CompletedResult, operation: str | None) -> Json:
    return {"id": one.id, "errors": told(one.errors, operation)} if one.errors else {"id": one.id}
