"""Graph patterns as lists of the nodes and relationships they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cypher.clauses import every, parts
from cypher.tokens import Text

Span = tuple[int, int]


class Element(NamedTuple):
    """A node or relationship of a pattern as it is written."""

    kind: str
    name: str
    labels: tuple[str, ...]
    single: bool
    hops: bool
    where: Span | None
    start: int


class Pattern(NamedTuple):
    """A chain of nodes and relationships, the name of its path, and the index behind it."""

    path: str
    elements: tuple[Element, ...]
    stop: int

    @property
    def names(self) -> frozenset[str]:
        """Every name the pattern binds or uses."""
        return frozenset({self.path, *(element.name for element in self.elements)} - {""})


def begins(text: Text, index: int) -> bool:
    """Whether a chain of at least one relationship begins at an index, and not a bracketed expression."""
    return text.word(index) == "(" and _relationship(text, text.after(index)) is not None


def named(text: Text, index: int) -> int:
    """The index of the chain that begins here, behind `path =` where that stands before it."""
    return index + 2 if text.name(index) and text.word(index + 1) == "=" else index


def pattern(text: Text, start: int) -> Pattern | None:
    """The pattern that begins at an index, None where none does."""
    at = named(text, start)
    if text.word(at) != "(":
        return None
    elements, index = [_element(text, "node", at)], text.after(at)
    while (found := _relationship(text, index)) is not None:
        relationship, index = found
        elements += [relationship, _element(text, "node", index)]
        index = text.after(index)
    return Pattern(text.name(start) if at != start else "", tuple(elements), index)


def chains(text: Text) -> list[Pattern]:
    """Every pattern of a statement: of MATCH, CREATE and MERGE, of sub-queries and of expressions."""
    starts = {begin for body in _lists(text) for begin, _ in text.parts(*body)}
    starts |= {i for i in range(len(text.tokens)) if text.word(i - 1) not in {"-", ">"} and begins(text, i)}
    behind = {named(text, start) for start in starts if named(text, start) != start}
    return [found for start in sorted(starts - behind) if (found := pattern(text, start))]


def _lists(text: Text) -> Iterator[Span]:
    """Where patterns stand in a list: the bodies of clauses, and sub-queries without a MATCH."""
    for clause in every(text):
        if clause.word in {"MATCH", "OPTIONAL MATCH", "CREATE", "MERGE"}:
            yield parts(text, clause)[clause.word]
    for opening, closing in text.closing.items():
        if text.word(opening) == "{" and text.word(opening - 1) in {"EXISTS", "COUNT", "COLLECT"}:
            yield opening + 1, closing


def _relationship(text: Text, index: int) -> tuple[Element, int] | None:
    """The relationship at an index and the index of the node behind it."""
    begin = index + (text.word(index) == "<")
    if text.word(begin) != "-":
        return None
    inner = text.word(begin + 1) == "["
    end = text.after(begin + 1) if inner else begin + 1
    after = end + 1 + (text.word(end + 1) == ">")
    if text.word(end) != "-" or text.word(after) != "(":
        return None
    bare = Element("relationship", "", (), single=False, hops=False, where=None, start=begin)
    return (_element(text, "relationship", begin + 1) if inner else bare), after


def _element(text: Text, kind: str, opening: int) -> Element:
    """The element in the bracket that opens at an index."""
    start, stop = opening + 1, text.closing[opening]
    steps = list(text.steps(start, stop))
    wheres = [i for i in steps if text.word(i) == "WHERE" and text.word(i - 1) not in {".", ":"}]
    end = wheres[0] if wheres else stop
    name = text.name(start) if start < end else ""
    begin = start + bool(name)
    written = [i for i in steps if begin <= i < end and text.word(i) != "{"]
    star = next((i for i in written if text.word(i) in {"*", "+"}), end)
    label = [i for i in written if i < star]
    labels = tuple(text.name(i) for i in label if text.name(i))
    single = len(label) == 2 and len(labels) == 1  # noqa: PLR2004 - a colon and a name
    where = (wheres[0] + 1, stop) if wheres else None
    return Element(kind, name, labels, single, star < end, where, opening)
