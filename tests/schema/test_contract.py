"""The contract is kept: what is built of it has its types, and the rest is a list that may only shrink."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    parse,
    print_ast,
)

import schema

HERE = Path(__file__).parent
COMMITTED = Path(schema.__file__).parent / "schema.graphql"
OUTSTANDING = HERE / "outstanding.txt"
CONTRACT = HERE.parent / "data" / "contract.graphql"

# What a contract says at each place: the kind of a type, the type and default of a field or argument.
Places = Mapping[str, str]


def places(text: str) -> Places:
    return {place: said for one in parse(text).definitions for place, said in _definition(one)}


def _definition(one: DefinitionNode) -> Iterator[tuple[str, str]]:
    match one:
        case ScalarTypeDefinitionNode():
            yield one.name.value, "scalar"
        case EnumTypeDefinitionNode():
            yield one.name.value, "enum"
            yield from ((f"{one.name.value}.{value.name.value}", "value") for value in one.values or ())
        case InputObjectTypeDefinitionNode():
            yield one.name.value, "input"
            yield from (_value(f"{one.name.value}.{field.name.value}", field) for field in one.fields or ())
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            kind = "interface" if isinstance(one, InterfaceTypeDefinitionNode) else "type"
            yield one.name.value, kind
            yield from ((f"{one.name.value} & {other.name.value}", "implements") for other in one.interfaces or ())
            yield from (place for field in one.fields or () for place in _field(one.name.value, field))
        case DirectiveDefinitionNode():
            yield f"@{one.name.value}", "directive"
            yield from (
                _value(f"@{one.name.value}.{argument.name.value}", argument) for argument in one.arguments or ()
            )
        case _:
            raise AssertionError(f"the contract has no {one.kind}")


def _field(owner: str, field: FieldDefinitionNode) -> Iterator[tuple[str, str]]:
    place = f"{owner}.{field.name.value}"
    yield place, print_ast(field.type)
    yield from (_value(f"{place}({argument.name.value}:)", argument) for argument in field.arguments or ())


def _value(place: str, value: InputValueDefinitionNode) -> tuple[str, str]:
    default = "" if value.default_value is None else f" = {print_ast(value.default_value)}"
    return place, print_ast(value.type) + default


def outstanding() -> list[str]:
    return OUTSTANDING.read_text("utf-8").splitlines()


def covered(place: str, listed: set[str]) -> bool:
    """Whether a place or the type or field it belongs to is listed."""
    owner = place.partition("(")[0].partition(" & ")[0]
    return not listed.isdisjoint({place, owner, owner.partition(".")[0]})


def test_the_committed_contract_is_the_one_that_is_served() -> None:
    assert schema.sdl() == COMMITTED.read_text("utf-8"), "run: .venv/bin/python -m schema > schema/schema.graphql"


def test_all_of_the_contract_is_served_with_its_types_but_what_is_listed_as_outstanding() -> None:
    asked, served, listed = places(CONTRACT.read_text("utf-8")), places(schema.sdl()), set(outstanding())

    wrong = {
        place: (said, served.get(place))
        for place, said in asked.items()
        if served.get(place) != said and not covered(place, listed)
    }

    assert wrong == {}


def test_nothing_that_is_built_is_still_listed_as_outstanding() -> None:
    asked, served = places(CONTRACT.read_text("utf-8")), places(schema.sdl())

    assert [place for place in outstanding() if place in served or place not in asked] == []


def test_the_list_of_what_is_outstanding_is_sorted_and_names_nothing_twice() -> None:
    assert outstanding() == sorted(set(outstanding()))


def test_every_type_field_argument_and_value_is_described() -> None:
    bare = [place for one in parse(schema.sdl()).definitions for place in _undescribed(one)]

    assert bare == []


def _undescribed(one: DefinitionNode) -> Iterator[str]:
    if isinstance(one, DirectiveDefinitionNode):
        if one.description is None:
            yield f"@{one.name.value}"
        yield from (f"@{each.name.value}" for each in one.arguments or () if each.description is None)
        return
    assert isinstance(
        one,
        ScalarTypeDefinitionNode
        | EnumTypeDefinitionNode
        | ObjectTypeDefinitionNode
        | InterfaceTypeDefinitionNode
        | InputObjectTypeDefinitionNode,
    )
    name = one.name.value
    if one.description is None:
        yield name
    if isinstance(one, EnumTypeDefinitionNode):
        yield from (f"{name}.{value.name.value}" for value in one.values or () if value.description is None)
    elif not isinstance(one, ScalarTypeDefinitionNode):
        for field in one.fields or ():
            if field.description is None:
                yield f"{name}.{field.name.value}"
            if isinstance(field, FieldDefinitionNode):
                bare = (argument for argument in field.arguments or () if argument.description is None)
                yield from (f"{name}.{field.name.value}({argument.name.value}:)" for argument in bare)
