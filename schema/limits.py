"""What a document may ask for before anything of it is run, worked out from its text and variables alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    parse,
)
from graphql.validation.rules import overlapping_fields_can_be_merged as merging

from schema.errors import failure
from service.errors import Code

MOST_TOKENS = 2000
DEEPEST = 20
DEEPEST_VALUE = 16  # a filter within its own bounds has half of it
MOST_ALIASES = 30
MOST_DIRECTIVES = 50
MOST_FRAGMENTS = 30
MOST_DIGITS = 40  # of a number; Python reads more than 4,300 not at all, and no field takes as many as these
MOST_NODES = 50_000
UNCOUNTED = 10**15  # fragments in fragments come to numbers that no JSON holds; so many or more are one to everybody
LARGEST_PAGE = 1000  # of a question's own list
LARGEST_NESTED_PAGE = 100
PAGE = 20  # where neither `first` nor `last` is given
UNPAGED = 3  # what a list without pages is taken to hold: most hold one or two, and some lead to lists of their own
# Steps the validation may take to find fields that contradict each other: the one rule that is not linear. Its own
# bound lets a document of 7 KB take half a second; a fiftieth of it is still far more than a sensible one takes.
merging.MAX_COMPLEXITY_BUDGET = 10_000
TOO_DEEP = f"the document is nested too deeply; stay within {DEEPEST} levels of fields"


class Weight(NamedTuple):
    """How deep the fields of a selection lie in each other, and how many nodes it asks of one parent at most."""

    depth: int = 0
    nodes: int = 0

    def beside(self, other: Weight) -> Weight:
        """The weight of both in one selection."""
        return Weight(max(self.depth, other.depth), self.nodes + other.nodes)


@dataclass(frozen=True, slots=True)
class Costs:
    """The nodes that each operation of a document asks for at most, and the variables that have a say in it."""

    nodes: Mapping[str | None, int]
    deciding: tuple[str, ...] = ()

    def said(self, variables: Mapping[str, object]) -> tuple[object, ...]:
        """What variables say of the lengths of lists: where it is the same, the cost is."""
        return tuple(_length(variables[name]) if name in variables else "absent" for name in self.deciding)

    def of(self, operation: str | None) -> int:
        """Those of the operation that is to be run; 0 where the document leaves open which."""
        alone = operation is None and len(self.nodes) == 1
        found = next(iter(self.nodes.values())) if alone else self.nodes.get(operation, 0)
        return min(found, UNCOUNTED)


NOTHING = Costs({})


def read(text: str) -> DocumentNode:
    """The document of a text; GraphQLError where it is none, or has more words than may be asked at once."""
    return parse(text, max_tokens=MOST_TOKENS)


def costs(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, object] | None = None) -> Costs:
    """What a document may cost; GraphQLError where it passes one of the limits of its shape."""
    return Walk(schema, document, variables or {}).costs()


def refused(nodes: int) -> dict[str, object] | None:
    """The error of a document that asks for more than is ever answered at once; None where it does not."""
    if nodes <= MOST_NODES:
        return None
    sentence = f"the document asks for up to {nodes:,} things; stay within {MOST_NODES:,}"
    return failure(Code.TOO_EXPENSIVE, f"{sentence} by smaller pages or fewer lists in lists")


class Walk:
    """One walk over a document: whatever is written once is looked at once, however often it is used."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, object]) -> None:
        """Walk nothing yet."""
        self._schema = schema
        self._variables = variables
        definitions = document.definitions
        self._operations = [one for one in definitions if isinstance(one, OperationDefinitionNode)]
        self._fragments = {one.name.value: one for one in definitions if isinstance(one, FragmentDefinitionNode)}
        self._written = sum(1 for one in definitions if isinstance(one, FragmentDefinitionNode))
        self._known: dict[str, Weight] = {}
        self._aliases = 0
        self._directives = 0
        self._defaults: dict[str, ValueNode] = {}
        self._deciding = set[str]()

    def costs(self) -> Costs:
        """The cost of every operation."""
        _within(self._written, MOST_FRAGMENTS, "fragments")
        nodes = dict[str | None, int]()
        deepest = 0
        for operation in self._operations:
            for one in operation.variable_definitions or ():
                if one.default_value is not None:
                    self._default(one.variable.name.value, one.default_value)
        for operation in self._operations:
            weight = self._operation(operation)
            deepest = max(deepest, weight.depth)
            nodes[None if operation.name is None else operation.name.value] = weight.nodes
        # A fragment that no operation uses is validated all the same.
        deepest = max([deepest, *(self._fragment(name).depth for name in self._fragments)])
        if deepest > DEEPEST:
            raise GraphQLError(TOO_DEEP)
        return Costs(nodes, tuple(sorted(self._deciding)))

    def _operation(self, operation: OperationDefinitionNode) -> Weight:
        self._directed(operation.directives)
        for one in operation.variable_definitions or ():
            self._directed(one.directives)
        return self._below(operation.selection_set, self._schema.get_root_type(operation.operation))

    def _default(self, name: str, value: ValueNode) -> None:
        """Take a variable's default; of several operations' the largest, as fragments are walked once for all."""
        _readable(value)
        standing = self._defaults.get(name)
        if not isinstance(standing, IntValueNode) or not isinstance(value, IntValueNode):
            self._defaults.setdefault(name, value)
        elif int(value.value) > int(standing.value):
            self._defaults[name] = value

    def _below(self, selected: SelectionSetNode | None, parent: GraphQLNamedType | None) -> Weight:
        found = Weight()
        spread = set[str]()
        for one in () if selected is None else selected.selections:
            # The same fragment twice in one selection is that fragment once.
            if isinstance(one, FragmentSpreadNode):
                self._directed(one.directives)
                if one.name.value in spread:
                    continue
                spread.add(one.name.value)
            found = found.beside(self._selection(one, parent))
        return found

    def _selection(self, one: SelectionNode, parent: GraphQLNamedType | None) -> Weight:
        if isinstance(one, FragmentSpreadNode):
            return self._fragment(one.name.value)
        if isinstance(one, FieldNode):
            return self._field(one, parent)
        self._directed(one.directives)
        condition = one.type_condition if isinstance(one, InlineFragmentNode) else None
        of = parent if condition is None else self._schema.get_type(condition.name.value)
        return self._below(one.selection_set if isinstance(one, InlineFragmentNode) else None, of)

    def _fragment(self, name: str) -> Weight:
        if name not in self._known:
            # While a fragment is walked it weighs nothing: a circle is for the validation to refuse.
            self._known[name] = Weight()
            if (fragment := self._fragments.get(name)) is not None:
                self._directed(fragment.directives)
                of = self._schema.get_type(fragment.type_condition.name.value)
                self._known[name] = self._below(fragment.selection_set, of)
        return self._known[name]

    def _field(self, field: FieldNode, parent: GraphQLNamedType | None) -> Weight:
        self._directed(field.directives)
        if field.alias is not None:
            self._aliases += 1
            _within(self._aliases, MOST_ALIASES, "aliases")
        for argument in field.arguments or ():
            _readable(argument.value)
        named = field.name.value
        definition = parent.fields.get(named) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None
        below = self._below(field.selection_set, None if definition is None else self._named(definition))
        if named.startswith("__"):
            return Weight()  # what the contract says of itself is no data
        root = parent in {self._schema.query_type, self._schema.mutation_type}
        size = self._size(field, definition, LARGEST_PAGE if root else LARGEST_NESTED_PAGE)
        nodes = below.nodes if size is None else size * (1 + below.nodes)
        return Weight(below.depth + 1, nodes + 1 if root and size is None else nodes)

    def _size(self, field: FieldNode, definition: GraphQLField | None, most: int) -> int | None:
        """How many things a field gives of one parent at most; None where it is one, or the page of a counted list."""
        if definition is None:
            return None
        given = {one.name.value: one.value for one in field.arguments or ()}
        for name in ("first", "k"):
            if name in definition.args:
                pages = [self._count(given[one]) for one in (name, "last") if one in given]
                default = definition.args[name].default_value
                sizes = [one for one in pages if one is not None] or [default if isinstance(default, int) else PAGE]
                return min(max(*sizes, 0), most)
        if "ids" in definition.args and "ids" in given:
            return self._length(given["ids"])
        listed = _type(definition).startswith("[") and field.selection_set is not None
        return UNPAGED if listed and field.name.value != "edges" else None

    def _named(self, definition: GraphQLField) -> GraphQLNamedType | None:
        return self._schema.get_type(_type(definition).strip("[]!"))

    def _count(self, value: ValueNode) -> int | None:
        found = self._value(value)
        if isinstance(found, IntValueNode):
            return int(found.value)
        # A variable may carry a whole number as 20.0; what is none the field refuses.
        return int(found) if isinstance(found, int | float) else None

    def _length(self, value: ValueNode) -> int:
        found = self._value(value)
        if isinstance(found, ListValueNode):
            return min(len(found.values), LARGEST_NESTED_PAGE)
        return min(len(found), LARGEST_NESTED_PAGE) if isinstance(found, list) else 1  # pyright: ignore[reportUnknownArgumentType] (only its length counts)

    def _value(self, value: ValueNode) -> object:
        """A literal as it is written, a variable as it is given."""
        if not isinstance(value, VariableNode):
            return value
        name = value.name.value
        self._deciding.add(name)
        return self._variables[name] if name in self._variables else self._defaults.get(name)

    def _directed(self, directives: Iterable[DirectiveNode] | None) -> None:
        for one in directives or ():
            self._directives += 1
            _within(self._directives, MOST_DIRECTIVES, "directives")
            for argument in one.arguments or ():
                _readable(argument.value)


def _length(value: object) -> object:
    if isinstance(value, list):
        return "list", len(value)  # pyright: ignore[reportUnknownArgumentType] (only its length counts)
    return value if value is None or isinstance(value, int | float) else "another"


def _type(definition: GraphQLField) -> str:
    return str(definition.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] (a list's own type)


def _within(count: int, most: int, things: str) -> None:
    if count > most:
        raise GraphQLError(f"the document has more than {most} {things}; ask for less at once")


def _readable(value: ValueNode, depth: int = 0) -> None:
    """Nothing, unless a value is nested deeper, or a number in it longer, than any that is of use."""
    if depth >= DEEPEST_VALUE and isinstance(value, ListValueNode | ObjectValueNode):
        raise GraphQLError(f"a value is nested too deeply; stay within {DEEPEST_VALUE} lists and objects in each other")
    if isinstance(value, BooleanValueNode | VariableNode):
        return
    if isinstance(value, IntValueNode | FloatValueNode) and len(value.value) > MOST_DIGITS:
        raise GraphQLError(f"a number has more than {MOST_DIGITS} digits; write a shorter one")
    if isinstance(value, ListValueNode):
        for one in value.values:
            _readable(one, depth + 1)
    if isinstance(value, ObjectValueNode):
        for each in value.fields:
            _readable(each.value, depth + 1)
