"""An executor that reads plain fields itself: the stock one's order, errors and waiting are untouched."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownParameterType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.execution.collect_fields import DeferUsage, FieldDetailsList, GroupedFieldSet
from graphql.pyutils import AwaitableOrValue, Path

from schema.shaping.plans import Plans


class Shaping(Executor[Any]):
    """A stock executor but for values whose type and selection are known to be plain.

    Reading a plain value changes nothing, so whatever is unexpected in it is simply done again the stock way.
    """

    def __init__(self, *given: Any, plans: Plans, **named: Any) -> None:  # noqa: ANN401 (they go on as they are)
        """What a stock executor takes, and the plans of its document."""
        super().__init__(*given, **named)
        self._plan = plans.plan(self)
        self._relevant_sub_fields = self._plan.collected

    def execute_collected_root_fields(
        self,
        root_type: GraphQLObjectType,
        root_value: object,
        grouped_field_set: GroupedFieldSet,
        serially: bool,  # noqa: FBT001 (graphql-core's own signature)
        new_defer_usages: Sequence[DeferUsage],
    ) -> AwaitableOrValue[dict[str, Any]]:
        # Those of the first run, by whose identity everything below them is known.
        if self._plan.root is None:
            self._plan.root = grouped_field_set
        return super().execute_collected_root_fields(root_type, root_value, self._plan.root, serially, new_defer_usages)

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: object,
        field_details_list: FieldDetailsList,
        path: Path,
        position_context: object,
    ) -> object:
        entry = self._plan.entry(self, parent_type, field_details_list)
        if entry is not None:
            try:
                return entry.value(source)
            except Exception:  # noqa: BLE001, S110 (the stock way meets it again and tells it)
                pass
        return super().execute_field(parent_type, source, field_details_list, path, position_context)

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: object,
        position_context: object,
    ) -> object:
        shape = None if result is None else self._plan.shape(self, return_type, field_details_list)
        if shape is not None:
            try:
                return shape(result)
            except Exception:  # noqa: BLE001, S110 (the stock way meets it again and tells it)
                pass
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)
