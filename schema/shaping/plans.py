"""What is known of a document once it was run: its fields collected, and what puts their values out."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Protocol, cast

from graphql import (
    DirectiveNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    Visitor,
    get_named_type,
    is_leaf_type,
    visit,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet
from graphql.execution.values import VariableValues
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from schema.shaping.attempts import Beyond, Question
from schema.shaping.shapes import Entry, Place, Shape, chosen, constant, leaf, listed, selected
from schema.shaping.variables import Variable, read, variables

NODE, ID = "Node", "id"
PERSON = "Person"  # the type whose objects are noted by their ids
BEHIND = "strawberry-definition"  # where strawberry keeps what stands behind a type or field
MOST_PLANS = 16  # of a document: one for each way its @skip and @include turn out
MOST_SELECTIONS = 500  # of a plan: fragments in fragments have more than their text


class Collecting(Protocol):
    """An executor, as far as a plan needs it."""

    @property
    def schema(self) -> GraphQLSchema:
        """What documents are about."""
        ...

    @property
    def operation(self) -> OperationDefinitionNode:
        """What is run of a document."""
        ...

    @property
    def fragment_definitions(self) -> dict[str, FragmentDefinitionNode]:
        """What else was sent with it."""
        ...

    @property
    def variable_values(self) -> VariableValues:
        """What it is run with."""
        ...

    def collect_subfields(
        self, return_type: GraphQLObjectType, field_details_list: FieldDetailsList
    ) -> CollectedFields:
        """The fields asked of an object."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Root:
    """A root field; `ahead` is what it takes no more than the id it is given to ask of the thing it answers."""

    entry: Entry
    ahead: tuple[Question, ...]


@dataclass(slots=True, eq=False)
class Plan:
    """An operation with its conditions settled.

    Lists of fields are told apart by identity, and `collected` holds them.
    """

    collected: dict[tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields]] = field(
        default_factory=dict[tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields]]
    )
    root: GroupedFieldSet | None = None
    roots: tuple[Root | None, ...] = ()
    _entries: dict[int, Entry | None] = field(default_factory=dict[int, Entry | None])
    _shapes: dict[tuple[GraphQLType, int], Shape | None] = field(
        default_factory=dict[tuple[GraphQLType, int], Shape | None]
    )

    @property
    def spent(self) -> bool:
        """Whether it knows as much as it may."""
        return len(self.collected) >= MOST_SELECTIONS

    def entry(self, of: Collecting, parent: GraphQLObjectType, details: FieldDetailsList) -> Entry | None:
        """How a field is read; None where the stock executor has to."""
        known = id(details)
        if known not in self._entries:
            self._entries[known] = self._entry(of, parent, details)
        return self._entries[known]

    def shape(self, of: Collecting, kind: GraphQLType, details: FieldDetailsList) -> Shape | None:
        """What puts values of a field out; None where the stock executor has to."""
        known = (kind, id(details))
        if known not in self._shapes:
            self._shapes[known] = self._shape(of, kind, details)
        return self._shapes[known]

    def begin(self, of: Collecting, root: GraphQLObjectType, fields: GroupedFieldSet) -> None:
        """Nothing, once its root fields are known; None stands for one that the stock executor has to answer."""
        self.root = fields
        entries = [(details, self.entry(of, root, details)) for details in fields.values()]
        self.roots = tuple(
            None if entry is None else Root(entry, self._ahead(of, root, details)) for details, entry in entries
        )

    def _ahead(self, of: Collecting, root: GraphQLObjectType, details: FieldDetailsList) -> tuple[Question, ...]:
        found = of.schema.get_field(root, details[0].node.name.value)
        if found is None or ID not in found.args:
            return ()
        kind, _ = _bare(found.type)
        if not isinstance(kind, GraphQLObjectType) or all(one.name != NODE for one in kind.interfaces):
            return ()
        return tuple(self._questions(of, kind, details))

    def _entry(self, of: Collecting, parent: GraphQLObjectType, details: FieldDetailsList) -> Entry | None:
        node = details[0].node
        key = node.alias.value if node.alias else node.name.value
        if node.name.value == "__typename":
            name = parent.name
            return Entry(key, lambda _: name, None, Place(frozenset({str}), required=True, shape=constant(name)))
        found = of.schema.get_field(parent, node.name.value)
        behind = None if found is None else found.extensions.get(BEHIND)
        if found is None or not isinstance(behind, StrawberryField) or behind.extensions:
            return None
        shape = self.shape(of, found.type, details)
        if shape is None or details[0].fragment_variable_values is not None:
            return None
        kind, required = _bare(found.type)
        place = Place.of(kind, shape, required=required)
        if behind.base_resolver is not None:
            question = self._question(of, found, behind, details)
            return None if question is None else Entry(key, None, question, place)
        if behind.default_resolver is not getattr:
            return None
        return Entry(key, attrgetter(behind.python_name), None, place)

    def _question(
        self, of: Collecting, found: GraphQLField, behind: StrawberryField, details: FieldDetailsList
    ) -> Question | None:
        # Whatever else it may be told about its object is for the stock executor to tell.
        if behind.base_resolver is None or behind.base_resolver.self_parameter is None:
            return None
        beyond = self._beyond(of, _bare(found.type)[0], details)
        return Question.of(of.schema, found, behind, details[0].node, beyond)

    def _beyond(self, of: Collecting, kind: GraphQLType, details: FieldDetailsList) -> tuple[Beyond, ...]:
        """What is asked by ids of what stands in the entries of a list."""
        edges = self._under(of, kind, details, "edges")
        nodes = (one for edge, below in edges for one in self._under(of, edge, below, "node"))
        return tuple(
            Beyond(one[0].node.name.value, thing.name, question)
            for node, below in nodes
            for field, one in self._fields(of, node, below)
            for thing in _things(of, field)
            for question in self._questions(of, thing, one)
        )

    def _under(
        self, of: Collecting, kind: GraphQLType, details: FieldDetailsList, name: str
    ) -> list[tuple[GraphQLType, FieldDetailsList]]:
        """What stands under a field of this name, in a list or by itself."""
        found = [(field, one) for field, one in self._fields(of, kind, details) if one[0].node.name.value == name]
        return [(get_named_type(field), one) for field, one in found]

    def _fields(
        self, of: Collecting, kind: GraphQLType, details: FieldDetailsList
    ) -> list[tuple[GraphQLType, FieldDetailsList]]:
        """The fields asked of an object, with their types."""
        if not isinstance(kind, GraphQLObjectType):
            return []
        collected = of.collect_subfields(kind, details).grouped_field_set.values()
        found = ((of.schema.get_field(kind, one[0].node.name.value), one) for one in collected)
        return [(field.type, one) for field, one in found if field is not None]

    def _questions(self, of: Collecting, kind: GraphQLObjectType, details: FieldDetailsList) -> list[Question]:
        """What is asked of a thing by its id alone."""
        fields = of.collect_subfields(kind, details).grouped_field_set.values()
        entries = (self.entry(of, kind, one) for one in fields)
        asked = (one.question for one in entries if one is not None and one.question is not None)
        return [one for one in asked if one.together is not None]

    def _shape(self, of: Collecting, kind: GraphQLType, details: FieldDetailsList) -> Shape | None:
        bare, _ = _bare(kind)
        if is_leaf_type(bare):
            return leaf(bare)
        if isinstance(bare, GraphQLList):
            item, required = _bare(cast("GraphQLType", bare.of_type))
            inner = self.shape(of, item, details)
            return None if inner is None else listed(Place.of(item, inner, required=required))
        if isinstance(bare, GraphQLInterfaceType):
            return self._chosen(of, bare, details)
        return self._selected(of, bare, details) if isinstance(bare, GraphQLObjectType) else None

    def _chosen(self, of: Collecting, kind: GraphQLInterfaceType, details: FieldDetailsList) -> Shape | None:
        behind = kind.extensions.get(BEHIND)
        if not isinstance(behind, StrawberryObjectDefinition) or behind.resolve_type is not None:
            return None
        shapes = dict[type, Shape]()
        for one in of.schema.get_possible_types(kind):
            shape = self.shape(of, one, details)
            if shape is None:
                return None
            shapes |= dict.fromkeys(_origins(one), shape)
        return chosen(shapes)

    def _selected(self, of: Collecting, kind: GraphQLObjectType, details: FieldDetailsList) -> Shape | None:
        origins = _origins(kind)
        if self.spent or not origins:
            return None
        try:
            collected = of.collect_subfields(kind, details)
        except GraphQLError:  # a condition without a value: to be told where the answer has its place
            return None
        if collected.new_defer_usages:
            return None
        entries = list[Entry]()
        for one in collected.grouped_field_set.values():
            entry = self.entry(of, kind, one)
            if entry is None:
                return None
            entries.append(entry)
        return selected(origins, entries, noted=kind.name == PERSON)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for all runs of an operation; `variables` None: the stock executor has to read them."""

    deciding: tuple[str, ...]
    variables: tuple[Variable, ...] | None


class Plans:
    """The plans of a document."""

    def __init__(self) -> None:
        """None yet."""
        self._known: dict[int, _Known] = {}  # by the operation
        self._plans: dict[tuple[object, ...], Plan | None] = {}  # None: more than may be kept

    def plan(self, of: Collecting) -> Plan:
        """The plan of what is about to be run."""
        operation = of.operation
        known = self._known.get(id(operation))
        if known is None:
            known = self._known[id(operation)] = _Known(_deciding(of), variables(of.schema, operation))
        key = _key(operation, known, of.variable_values)
        found = self._plans.get(key)
        if found is None:
            found = Plan()
            if key not in self._plans and len(self._plans) < MOST_PLANS:
                self._plans[key] = found
        elif found.spent:
            self._plans[key], found = None, Plan()
        return found

    def ready(
        self, operation: OperationDefinitionNode, given: Mapping[str, object]
    ) -> tuple[tuple[Root, ...], VariableValues] | None:
        """The root fields of an operation and its variables; None where it has to be run the stock way."""
        known = self._known.get(id(operation))
        if known is None or known.variables is None or operation.operation is not OperationType.QUERY:
            return None
        values = read(known.variables, given)
        plan = None if values is None else self._plans.get(_key(operation, known, values))
        if values is None or plan is None or plan.root is None:
            return None
        roots = tuple(one for one in plan.roots if one is not None)
        return (roots, values) if len(roots) == len(plan.roots) else None


def _key(operation: OperationDefinitionNode, known: _Known, values: VariableValues) -> tuple[object, ...]:
    return (id(operation), *(values.coerced.get(name) for name in known.deciding))


def _bare(kind: GraphQLType) -> tuple[GraphQLType, bool]:
    """A type without its being required, and whether it is."""
    if isinstance(kind, GraphQLNonNull):
        return cast("GraphQLType", kind.of_type), True
    return kind, False


def _things(of: Collecting, field: GraphQLType) -> list[GraphQLObjectType]:
    """The types of things with ids that stand under a field, by itself and not in a list."""
    bare, _ = _bare(field)
    if not isinstance(bare, GraphQLObjectType | GraphQLInterfaceType):
        return []
    kinds = [bare] if isinstance(bare, GraphQLObjectType) else of.schema.get_possible_types(bare)
    return [one for one in kinds if any(above.name == NODE for above in one.interfaces)]


def _origins(kind: GraphQLObjectType) -> frozenset[type]:
    """The classes whose instances stand for a type; none where only the type itself could tell."""
    behind = kind.extensions.get(BEHIND)
    if not isinstance(behind, StrawberryObjectDefinition) or behind.is_type_of is not None:
        return frozenset()
    return frozenset({behind.origin if behind.concrete_of is None else behind.concrete_of.origin})


def _deciding(of: Collecting) -> tuple[str, ...]:
    """The variables by which @skip and @include decide, in all of what is sent with an operation."""
    names = set[str]()

    class Conditions(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: object) -> None:
            values = (one.value for one in node.arguments or ())
            names.update(one.name.value for one in values if isinstance(one, VariableNode))

    for part in (of.operation, *of.fragment_definitions.values()):
        visit(part, Conditions())
    return tuple(sorted(names))
