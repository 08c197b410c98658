"""What a document may cost before anything of it is run, worked out from its text alone."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

MOST_TOKENS = 2000
DEEPEST = 20
TOO_DEEP = f"the document is nested too deeply; stay within {DEEPEST} levels of fields"


def read(text: str) -> DocumentNode:
    """The document of a text; GraphQLError where it is none, or more than may be asked at once."""
    document = parse(text, max_tokens=MOST_TOKENS)
    if Depths(document).deepest() > DEEPEST:
        raise GraphQLError(TOO_DEEP)
    return document


class Depths:
    """How deep the fields of a document lie in each other; every fragment is walked once, however often it is used."""

    def __init__(self, document: DocumentNode) -> None:
        """Walk nothing yet."""
        self._operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._known: dict[str, int] = {}

    def deepest(self) -> int:
        """The most fields that lie in each other, introspection left aside."""
        roots = [*self._operations, *self._fragments.values()]
        return max((self._below(one.selection_set) for one in roots), default=0)

    def _below(self, selected: SelectionSetNode | None) -> int:
        found = 0
        for one in () if selected is None else selected.selections:
            if isinstance(one, FragmentSpreadNode):
                depth = self._fragment(one.name.value)
            elif isinstance(one, FieldNode):
                depth = 0 if one.name.value.startswith("__") else 1 + self._below(one.selection_set)
            else:
                depth = self._below(getattr(one, "selection_set", None))
            found = max(found, depth)
        return found

    def _fragment(self, name: str) -> int:
        if name not in self._known:
            # While a fragment is walked it counts nothing: a circle is for the validation to refuse.
            self._known[name] = 0
            fragment = self._fragments.get(name)
            self._known[name] = 0 if fragment is None else self._below(fragment.selection_set)
        return self._known[name]
