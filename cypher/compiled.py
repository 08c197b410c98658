"""Functions that make the rows of one type, written as source once and compiled: a row costs one call.

What such a function takes as it stands is checked in one expression. Whatever else comes, it hands to the decoder,
which converts it or says why it cannot.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

if typing.TYPE_CHECKING:
    from cypher.rows import Field

Make = Callable[[object], Any]
# What makes the rows of an inner type, and refuses a map of unknown keys.
Inner = Callable[[type], tuple[Make, Callable[[object], None]]]
PLAIN: Mapping[object, str] = {str: "str", int: "int", float: "float", bool: "bool"}


class _Unknown(Exception):
    """A type of which nothing is known here."""


def compiled(row: type, takes: Sequence[Field], inner: Inner, otherwise: Make) -> Make:
    """What makes a row of a map or of values in the order of its fields; `otherwise` where a value does not fit."""
    names: dict[str, Any] = {"Row": row, "otherwise": otherwise}
    try:
        written = [_Value(f"v{place}", field, inner, names) for place, field in enumerate(takes)]
    except _Unknown:
        return otherwise
    source = _source(written)
    exec(compile(source, f"<rows of {row.__name__}>", "exec"), names)  # noqa: S102 - as dataclasses do: nothing in it comes from outside
    made: Make = names["made"]
    return made


def _source(written: Sequence[_Value]) -> str:
    listed = "".join(f"{value.name}, " for value in written)
    mapped = "; ".join(f"{value.name} = item[{value.field.column!r}]" for value in written)
    checks = " and ".join(check for value in written if (check := value.check)) or "True"
    result = ", ".join(value.result for value in written)
    return f"""
def made(item):
    try:
        if type(item) is list:
            {listed}= item
        else:
            {mapped}
    except (KeyError, ValueError, TypeError):
        return otherwise(item)
    if {checks}:
        return Row({result})
    return otherwise(item)
"""


class _Value:
    """The source that checks one value and the source that makes it fit."""

    def __init__(self, name: str, field: Field, inner: Inner, names: dict[str, Any]) -> None:
        """Both, and in `names` whatever they call."""
        self.name, self.field = name, field
        self._inner, self._names = inner, names
        check, result = self._fitting(field.options)
        if field.optional and check:
            check, result = f"({name} is None or {check})", result and f"None if {name} is None else {result}"
        self.check, self.result = check, result or name

    def _fitting(self, options: tuple[object, ...]) -> tuple[str, str]:
        if object in options:
            return "", ""
        if all(option in PLAIN for option in options):
            return " or ".join(f"type({self.name}) is {PLAIN[option]}" for option in options).join("()"), ""
        if len(options) != 1:
            raise _Unknown
        return self._single(options[0])

    def _single(self, option: object) -> tuple[str, str]:
        name, origin = self.name, typing.get_origin(option)
        if origin is tuple:
            return f"type({name}) is list", self._tuple(typing.get_args(option)[0])
        if origin in {dict, Mapping}:
            return f"type({name}) is dict", ""
        if origin is typing.Literal:
            return f"type({name}) is str and {name} in {self._known(frozenset(typing.get_args(option)))}", ""
        if isinstance(option, type) and issubclass(option, Enum):
            members = self._known({member.value: member for member in option})
            return f"type({name}) in (str, int) and {name} in {members}", f"{members}[{name}]"
        if isinstance(option, type) and hasattr(option, "__dataclass_fields__"):
            return f"type({name}) in (dict, list)", f"{self._known(self._inner(option)[0])}({name})"
        raise _Unknown

    def _tuple(self, item: object) -> str:
        if typing.get_origin(item) is tuple:
            raise _Unknown
        if not (isinstance(item, type) and hasattr(item, "__dataclass_fields__")):
            return f"tuple({self.name})"
        make, known = map(self._known, self._inner(item))
        fits = f"type({self.name}[0]) is list or not {known}({self.name}[0])"  # a list tells its length as it is taken
        return f"(tuple([{make}(one) for one in {self.name}]) if {self.name} and ({fits}) else ())"

    def _known(self, value: object) -> str:
        """The name under which the source finds a value."""
        name = f"k{len(self._names)}"
        self._names[name] = value
        return name
