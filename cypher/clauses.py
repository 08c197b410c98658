"""A statement cut into its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cypher.tokens import Text

READING = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL", "UNION", "USE", "LOAD"})
PARTS = frozenset({"WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT", "YIELD"})
WRITING = frozenset({"CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "INSERT", "FOREACH", "DROP", "ALTER"})
# Words of Cypher 25 and of administration, known here so that the lint can refuse them as clauses.
FOREIGN = frozenset({"LET", "FILTER", "FOR", "NEXT", "FINISH", "SHOW", "TERMINATE"})
STARTS = READING | WRITING | FOREIGN
# Behind these a word is a property, a label, an alias or the second half of an operator, never a clause.
_NAMES_FOLLOW = frozenset({".", ":", "|", "&", "!", "AS"})
_JOINED = {"WITH": {"STARTS", "ENDS"}, "MATCH": {"OPTIONAL", "ON"}, "CREATE": {"ON"}, "CALL": {"OPTIONAL"}}


class Clause(NamedTuple):
    """One clause: its keyword, where the keyword stands, and where the clause ends."""

    word: str
    start: int
    stop: int


def clauses(text: Text, start: int = 0, stop: int | None = None) -> list[Clause]:
    """The clauses between two indexes, those of inner sub-queries left inside their brackets."""
    end = len(text.tokens) if stop is None else stop
    begins = list(_begins(text, start, end))
    ends = [*begins, end][1:]
    return [Clause(_word(text, begin), begin, last) for begin, last in zip(begins, ends, strict=True)]


def parts(text: Text, clause: Clause) -> dict[str, tuple[int, int]]:
    """The body of a clause under its own keyword, and its WHERE, ORDER, SKIP and LIMIT under theirs."""
    marks = [(clause.word, clause.start + clause.word.count(" "))]
    marks += [(text.word(i), i) for i in text.steps(clause.start + 1, clause.stop) if is_keyword(text, i, PARTS)]
    ends = [mark for _, mark in marks[1:]] + [clause.stop]
    return {word: (mark + 1, end) for (word, mark), end in zip(marks, ends, strict=True)}


def is_keyword(text: Text, index: int, words: frozenset[str]) -> bool:
    """Whether one of these keywords stands at an index, and not a property, key or label of that name."""
    word = text.word(index)
    if word not in words or text.word(index - 1) in _NAMES_FOLLOW or text.word(index + 1) == ":":
        return False
    return word not in FOREIGN or text.tokens[index].text == word  # a variable may well be called filter


def is_operator(text: Text, index: int, words: frozenset[str]) -> bool:
    """Whether one of these words of an expression stands at an index, as CASE, AND or EXISTS.

    Behind a colon or a bar it may be a value (`{role: CASE ...}`) or a label (`n:Case`): values are written upper-case.
    """
    word, before = text.word(index), text.word(index - 1)
    if word not in words or before in {".", "&", "!", "AS"} or text.word(index + 1) == ":":
        return False
    return before not in {":", "|"} or text.tokens[index].text == word


def writes(text: Text) -> bool:
    """Whether the statement changes the graph, in itself or in a sub-query."""
    return any(_changes(text, index) for index in range(len(text.tokens)))


def _changes(text: Text, index: int) -> bool:
    """Whether a writing clause begins here; in doubt it does not, and the file is checked as one that reads."""
    shouted = is_keyword(text, index, WRITING) and text.tokens[index].text == text.word(index)
    return shouted and text.word(index + 1) not in {":", ",", "}", ")", ".", ""}


def every(text: Text) -> Iterator[Clause]:
    """The clauses of a statement and of its sub-queries."""
    yield from clauses(text)
    for opening, closing in text.closing.items():
        if text.word(opening) == "{" and _subquery(text, opening):
            yield from clauses(text, opening + 1, closing)


def _subquery(text: Text, opening: int) -> bool:
    before = opening - 1
    if text.word(before) == ")":
        before = text.opening[before] - 1
    return text.word(before) in {"CALL", "EXISTS", "COUNT", "COLLECT"} and text.word(before - 1) != "."


def _begins(text: Text, start: int, stop: int) -> Iterator[int]:
    for index in text.steps(start, stop):
        word = text.word(index)
        if is_keyword(text, index, STARTS) and text.word(index - 1) not in _JOINED.get(word, ()):
            yield index


def _word(text: Text, index: int) -> str:
    word = text.word(index)
    return f"OPTIONAL {text.word(index + 1)}" if word == "OPTIONAL" else word
