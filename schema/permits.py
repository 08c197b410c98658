"""Which root fields a document asks for, told from its text alone, so that what is not permitted is never begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    get_operation_ast,
)

from service.errors import Code, ServiceError

# The contract itself, which everybody may read.
PUBLIC = frozenset({"__typename", "__schema", "__type"})


def roots(schema: GraphQLSchema) -> frozenset[str]:
    """The root fields of a contract, those that change something too."""
    types = filter(None, (schema.query_type, schema.mutation_type))
    return frozenset(name for one in types for name in one.fields)


def forbidden(document: DocumentNode, operation: str | None, permitted: AbstractSet[str]) -> list[GraphQLError]:
    """An error for each root field of an operation that is not permitted, whatever its directives say."""
    return [_refusal(one) for one in asked(document, operation) if one.name.value not in permitted | PUBLIC]


def asked(document: DocumentNode, operation: str | None) -> list[FieldNode]:
    """The root fields an operation asks for, whatever their directives say."""
    found = get_operation_ast(document, operation)
    if found is None:  # what is wrong with it is told by whoever runs it
        return []
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    return list(_fields(found.selection_set.selections, fragments, set()))


def _fields(
    selections: Iterable[SelectionNode], fragments: dict[str, FragmentDefinitionNode], seen: set[str]
) -> Iterator[FieldNode]:
    for one in selections:
        if isinstance(one, FieldNode):
            yield one
        elif isinstance(one, InlineFragmentNode):
            yield from _fields(one.selection_set.selections, fragments, seen)
        elif isinstance(one, FragmentSpreadNode) and one.name.value not in seen:
            seen.add(one.name.value)
            yield from _fields(fragments[one.name.value].selection_set.selections, fragments, seen)


def _refusal(field: FieldNode) -> GraphQLError:
    name = field.name.value
    error = ServiceError(Code.FORBIDDEN, f"this token may not ask for {name}; ask for one that may")
    return GraphQLError(error.message, field, original_error=error)
