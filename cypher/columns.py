"""The columns of a query, read from the maps its RETURN collects."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cypher.clauses import STARTS, clauses, is_keyword, is_operator, parts
from cypher.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cypher.tokens import Text

Span = tuple[int, int]
# Functions that hand on the maps they are given.
_HANDING_ON = frozenset({"COLLECT", "HEAD", "LAST", "TAIL", "REVERSE", "COALESCE"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The keys of a map, and under each key the keys of the maps inside it; None where no map can be seen.

    `placed`: it is a list of values in this order instead, `[p.id, p.name, role]`, each by the name it is taken from.
    """

    keys: Mapping[str, Columns | None]
    placed: bool = False


def columns(text: Text) -> Columns:
    """The columns of the single returned value `rows`, or why they cannot be seen."""
    start, stop = returned(text)
    found = _columns(text, start, stop)
    if found is None:
        raise QueryError(
            f"{text.file}: cannot see the columns of its RETURN; write RETURN collect({{name: value}}) AS rows"
        )
    return found


def returned(text: Text) -> Span:
    """Where the expression stands that the statement returns as `rows`."""
    last = clauses(text)[-1:]
    if not last or last[0].word != "RETURN":
        raise QueryError(f"{text.file}: does not end in a RETURN; every query returns one column, rows")
    start, stop = parts(text, last[0])["RETURN"]
    stop -= text.word(stop - 1) == ";"
    if len(text.parts(start, stop)) != 1 or text.name(stop - 1) != "rows":
        raise QueryError(f"{text.file}: returns something else than the one column rows; write RETURN ... AS rows")
    return (start, stop - 2) if text.word(stop - 2) == "AS" else (start, stop)


def _columns(text: Text, start: int, stop: int) -> Columns | None:
    alternatives = _alternatives(text, start, stop)
    if alternatives:
        return _agreed(text, alternatives)
    word, opens = text.word(start), text.closing.get(start) == stop - 1
    if word == "(" and opens:
        return _columns(text, start + 1, stop - 1)
    if word == "{" and opens:
        return _map(text, start + 1, stop - 1)
    if word == "[" and opens:
        return _list(text, start + 1, stop - 1)
    return _named(text, start, stop)


def _alternatives(text: Text, start: int, stop: int) -> list[Span]:
    """The operands of a list sum or the results of a CASE: spans that must show the same columns."""
    sums = text.parts(start, stop, "+")
    if len(sums) > 1:
        return sums
    if text.word(start) != "CASE":
        return []
    marks = [i for i in text.steps(start, stop) if is_operator(text, i, frozenset({"THEN", "ELSE", "WHEN", "END"}))]
    return [(mark + 1, end) for mark, end in pairwise(marks) if text.word(mark) in {"THEN", "ELSE"}]


def _agreed(text: Text, spans: list[Span]) -> Columns | None:
    seen = [found for start, stop in spans if (found := _columns(text, start, stop)) is not None]
    if any(other != seen[0] for other in seen[1:]):
        raise QueryError(f"{text.file}:{text.tokens[spans[0][0]].line}: returns maps with different keys in one list")
    return seen[0] if seen else None


def _map(text: Text, start: int, stop: int) -> Columns:
    """The columns of `{key: value}` and of `n {.key, key: value, variable}`."""
    keys: dict[str, Columns | None] = {}
    for begin, end in text.parts(start, stop):
        if text.word(begin) == "." and text.word(begin + 1) == "*":
            raise QueryError(f"{text.file}:{text.tokens[begin].line}: projects .*; name the fields")
        key = text.name(begin + 1) if text.word(begin) == "." else text.name(begin)
        keys[key] = _value(text, begin, end)
    return Columns(keys)


def _value(text: Text, begin: int, end: int) -> Columns | None:
    if text.word(begin) == ".":
        return None
    return _columns(text, begin + 2, end) if text.word(begin + 1) == ":" else _columns(text, begin, end)


def _list(text: Text, start: int, stop: int) -> Columns | None:
    """The columns of `[a, b]`, `[x IN list WHERE p | value]` and `[(a)-[r]->(b) | value]`."""
    bars = text.parts(start, stop, "|")
    if len(bars) > 1:
        return _columns(text, *bars[-1])
    if text.word(start + 1) == "IN":
        filters = [i for i in text.steps(start, stop) if is_keyword(text, i, frozenset({"WHERE"}))]
        return _columns(text, start + 2, filters[0] if filters else stop)
    items = text.parts(start, stop)
    return _placed(text, items) or _agreed(text, items)


def _placed(text: Text, items: list[Span]) -> Columns | None:
    """The columns of a list of properties and names that are not all maps of one kind themselves."""
    if not all(_is_property(text, begin, end) or end - begin == 1 for begin, end in items):
        return None
    keys = {text.name(end - 1): _columns(text, begin, end) for begin, end in items}
    whole = "" not in keys and len(keys) == len(items) > 1
    below = list(keys.values())
    return Columns(keys, placed=True) if whole and (None in below or any(one != below[0] for one in below)) else None


def _is_property(text: Text, begin: int, end: int) -> bool:
    return end - begin == 3 and text.word(begin + 1) == "." and bool(text.name(begin))  # noqa: PLR2004 - `p.id`


def _named(text: Text, start: int, stop: int) -> Columns | None:
    """The columns behind a name: an alias, a projection, a function, a sub-query, each perhaps with `[index]`."""
    if stop - start == 1:
        return _alias(text, text.name(start), start)
    opening, closing = start + 1, text.closing.get(start + 1)
    if closing is None:
        return None
    if closing != stop - 1:
        return _columns(text, start, closing + 1) if text.word(closing + 1) == "[" else None
    if text.word(opening) == "[":
        return _columns(text, start, opening)
    if text.word(opening) == "(":
        return _call(text, start, closing)
    return _braced(text, start, closing)


def _call(text: Text, start: int, closing: int) -> Columns | None:
    if text.word(start) not in _HANDING_ON:
        return None
    begin = start + 2 + (text.word(start + 2) == "DISTINCT")
    return _agreed(text, text.parts(begin, closing))


def _braced(text: Text, start: int, closing: int) -> Columns | None:
    if text.word(start) in {"EXISTS", "COUNT"}:
        return None
    if text.word(start) != "COLLECT":
        return _map(text, start + 2, closing)
    begin, end = parts(text, clauses(text, start + 2, closing)[-1])["RETURN"]
    return _columns(text, begin, end - 2 if text.word(end - 2) == "AS" else end)


def _alias(text: Text, name: str, before: int) -> Columns | None:
    """The columns of the last expression that was given this name before an index."""
    for index in range(before - 1, 0, -1):
        if text.word(index - 1) == "AS" and text.name(index) == name:
            return _columns(text, _begin(text, index - 1), index - 1)
    return None


def _begin(text: Text, end: int) -> int:
    """Where the expression begins that ends before an AS."""
    index = end
    while index > 0:
        previous = index - 1
        if text.word(previous) == "," or _starts(text, previous) or previous in text.closing:
            return index
        index = text.opening.get(previous, previous)
    return index


def _starts(text: Text, index: int) -> bool:
    return is_keyword(text, index, STARTS | {"DISTINCT"})


def shown(found: Columns) -> str:
    """The columns as a reader takes them in: `id, name, source {id, title}`."""
    return ", ".join(key if inner is None else f"{key} {{{shown(inner)}}}" for key, inner in found.keys.items())
