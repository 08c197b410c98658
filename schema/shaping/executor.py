"""An executor that puts plain answers out itself: the stock one's order, errors and waiting are untouched."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownParameterType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from inspect import isawaitable
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.execution.collect_fields import DeferUsage, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import AwaitableOrValue, Path

from schema.shaping.ahead import begin
from schema.shaping.attempts import Ask, Attempt, Question
from schema.shaping.plans import PERSON, Plans


class Shaping(Executor[Any]):
    """A stock executor but for values whose type and selection are known.

    Whatever is below a root field is only read, which changes nothing: so what is unexpected is simply done again the
    stock way, all of it, from the value that its question has already given.
    """

    attempts = True  # until one fails

    def __init__(self, *given: Any, plans: Plans, **named: Any) -> None:  # noqa: ANN401 (they go on as they are)
        """What a stock executor takes, and the plans of its document."""
        super().__init__(*given, **named)
        self._plan = plans.plan(self)
        self._relevant_sub_fields = self._plan.collected
        self._asks: dict[Question, Ask] = {}

    def execute_collected_root_fields(
        self,
        root_type: GraphQLObjectType,
        root_value: object,
        grouped_field_set: GroupedFieldSet,
        serially: bool,  # noqa: FBT001 (graphql-core's own signature)
        new_defer_usages: Sequence[DeferUsage],
    ) -> AwaitableOrValue[dict[str, Any]]:
        # Those of the first run, by whose identity everything below them is known.
        plan = self._plan
        if plan.root is None:
            plan.begin(self, root_type, grouped_field_set)
        if self.attempts and not serially:
            begin(plan.roots, Attempt(self, self._asks))
        fields = plan.root or grouped_field_set
        return super().execute_collected_root_fields(root_type, root_value, fields, serially, new_defer_usages)

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: object,
        position_context: object,
    ) -> object:
        known = self.attempts and result is not None
        shape = self._plan.shape(self, return_type, field_details_list) if known else None
        if shape is None:
            return super().complete_value(return_type, field_details_list, info, path, result, position_context)
        attempt = Attempt(self, self._asks)

        def again() -> object:
            attempt.drop()
            stock = self._stock()
            return stock.complete_value(return_type, field_details_list, info, path, result, position_context)

        try:
            put = shape([result], attempt)[0]
        except Exception:  # noqa: BLE001 (the stock way meets it again and tells it)
            return again()
        if attempt.pending:
            return self._settled(attempt, put, again)
        self._noted(attempt)
        return put

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,  # noqa: ANN401 (what stands behind an object)
        position_context: object,
    ) -> AwaitableOrValue[dict[str, Any]]:
        if return_type.name == PERSON and hasattr(result, "id"):
            self.context_value.shown.add(result.id)
        return super().complete_object_value(return_type, field_details_list, info, path, result, position_context)

    async def _settled(self, attempt: Attempt, put: object, again: Callable[[], object]) -> object:
        try:
            await attempt.settle()
        except Exception:  # noqa: BLE001 (the stock way meets it again and tells it)
            found = again()
            return await found if isawaitable(found) else found
        self._noted(attempt)
        return put

    def _noted(self, attempt: Attempt) -> None:
        if attempt.shown:
            self.context_value.shown.update(attempt.shown)

    def _stock(self) -> Shaping:
        """The same execution, which attempts nothing more."""
        # What lists have read would come sooner than in a first attempt, and another of two errors first.
        self.context_value.forget()
        stock = copy(self)
        stock.attempts = False
        return stock
