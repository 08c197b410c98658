"""What a predicate guarantees: which variables it lets through only when they are visible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cypher.clauses import is_operator
from cypher.tokens import Text


class Guard(NamedTuple):
    """A predicate that holds for all rows: `x`, every element of list `x`, `nodes(x)` or `relationships(x)`."""

    over: str
    name: str


def guarded(text: Text, start: int, stop: int) -> frozenset[Guard]:
    """What a predicate guarantees to be visible in every row it lets through."""
    return frozenset(guard for begin, end in _conjuncts(text, start, stop) if (guard := _guard(text, begin, end)))


def _conjuncts(text: Text, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The spans that must all hold; none where an OR or XOR leaves a way round."""
    marks = list(_operators(text, start, stop))
    if any(not is_operator(text, mark, frozenset({"AND"})) for mark in marks):
        return
    begin = start
    for mark in [*marks, stop]:
        if text.word(begin) == "(" and text.closing[begin] == mark - 1:
            yield from _conjuncts(text, begin + 1, mark - 1)
        else:
            yield begin, mark
        begin = mark + 1


def _operators(text: Text, start: int, stop: int) -> Iterator[int]:
    """Where AND, OR and XOR join the parts of a predicate, outside brackets and CASE ... END."""
    cases = 0
    for index in text.steps(start, stop):
        cases += is_operator(text, index, frozenset({"CASE"})) - is_operator(text, index, frozenset({"END"}))
        if not cases and is_operator(text, index, frozenset({"AND", "OR", "XOR"})):
            yield index
    if cases:  # a label that looks like CASE: nothing can be said, so nothing is guaranteed
        yield start


def _guard(text: Text, start: int, stop: int) -> Guard | None:
    """The guard a conjunct is: `x.vis IN $vis`, or all(...) of it over a list, exactly."""
    if _is_filter(text, start, stop):
        return Guard("", text.name(start))
    opening = start + 1
    if text.word(start) != "ALL" or text.closing.get(opening) != stop - 1 or text.word(opening + 2) != "IN":
        return None
    wheres = [i for i in text.steps(opening + 3, stop - 1) if text.word(i) == "WHERE"]
    if not wheres or Guard("", text.name(opening + 1)) not in guarded(text, wheres[0] + 1, stop - 1):
        return None
    return _over(text, opening + 3, wheres[0])


def _over(text: Text, start: int, stop: int) -> Guard | None:
    """The list an all(...) runs over: a name, nodes(path) or relationships(path)."""
    if stop - start == 1:
        return Guard("each", text.name(start))
    brackets = [text.word(start + 1), text.word(start + 3)]
    if stop - start != 4 or brackets != ["(", ")"] or text.word(start) not in {"NODES", "RELATIONSHIPS"}:  # noqa: PLR2004
        return None
    return Guard(text.word(start).lower(), text.name(start + 2))


def _is_filter(text: Text, start: int, stop: int) -> bool:
    words = [text.word(start + 1), text.name(start + 2), text.word(start + 3)]
    if stop - start != len(words) + 2 or not text.name(start):
        return False
    return words == [".", "vis", "IN"] and text.tokens[stop - 1].text == "$vis"
