"""What a server sent, as the dataclasses of this package: by their fields' names and types, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from paddock.errors import Unreadable

T = TypeVar("T")


def read(kind: type[T], value: object) -> T:
    """A value of a type, made of parsed JSON; Unreadable where a field that has to be there is not."""
    return cast("T", _read(kind, value, kind.__name__))


def _read(kind: Any, value: object, where: str) -> object:  # noqa: ANN401 (a type, perhaps a union)
    origin = get_origin(kind)
    if origin in {UnionType, Union}:
        (inner,) = (one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _read(inner, value, where)
    if origin is tuple:
        return tuple(_read(get_args(kind)[0], one, where) for one in _entries(value, where))
    if is_dataclass(kind):
        return _dataclass(cast("type[Any]", kind), value, where)
    if kind in {date, datetime}:
        return kind.fromisoformat(_exactly(str, value, where))
    return float(value) if kind is float and isinstance(value, int) else _exactly(kind, value, where)


def _dataclass(kind: type[Any], value: object, where: str) -> object:
    said = cast("dict[str, object]", _exactly(dict, value, where))
    found: dict[str, object] = {}
    for name, (key, inner) in _members(cast("Hashable", kind)).items():
        if key in said:
            found[name] = _read(inner, said[key], f"{where}.{key}")
    try:
        return kind(**found)
    except TypeError as error:
        raise Unreadable(f"the answer lacks something at {where}: {error}") from None


def _entries(value: object, where: str) -> list[object]:
    """The entries of a list, or of a connection, where an edge's own fields join those of its node."""
    if not isinstance(value, dict):
        return cast("list[object]", _exactly(list, value, where))
    edges = cast("list[dict[str, Any]]", _exactly(list, cast("dict[str, Any]", value).get("edges"), where))
    return [{**{key: said for key, said in edge.items() if key != "node"}, **edge["node"]} for edge in edges]


def _exactly(kind: type[T], value: object, where: str) -> T:
    if not isinstance(value, kind):
        raise Unreadable(f"the answer has {type(value).__name__} at {where}, not {kind.__name__}")
    return value


@cache
def _members(kind: Hashable) -> dict[str, tuple[str, Any]]:
    """The fields that a dataclass is made with: how each is called in an answer, and its type."""
    made = cast("type[Any]", kind)
    hints = get_type_hints(made)
    return {one.name: (_spelled(one.name), hints[one.name]) for one in fields(made)}


def _spelled(name: str) -> str:
    """A name as the contract spells it: second_best is secondBest, from_ is from."""
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name.rstrip("_"))
