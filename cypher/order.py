"""Order, limits and aggregates: the same question gives the same answer, on every engine."""

from __future__ import annotations

from collections.abc import Iterator

from cypher.clauses import Clause, every, is_operator, parts, writes
from cypher.findings import Finding, finding
from cypher.patterns import chains
from cypher.scope import EXEMPT
from cypher.tokens import Text

AGGREGATES = frozenset(
    {"COUNT", "COLLECT", "SUM", "AVG", "MIN", "MAX", "STDEV", "STDEVP", "PERCENTILECONT", "PERCENTILEDISC"}
)
_COMPARING = frozenset(
    {"=", "<>", "<", ">", "<=", ">=", "=~", "IN", "IS", "CONTAINS", "STARTS", "ENDS", "AND", "OR", "XOR", "NOT"}
)
_SEPARATORS = frozenset(
    {
        ",",
        ":",
        "|",
        "AS",
        "WITH",
        "RETURN",
        "UNWIND",
        "WHERE",
        "BY",
        "SET",
        "MATCH",
        "DISTINCT",
        "LIMIT",
        "SKIP",
        "THEN",
        "ELSE",
    }
)
_IDENTIFIER = frozenset({"scheme", "value"})  # together they name one identifier
_DIRECTIONS = frozenset({"ASC", "DESC", "ASCENDING", "DESCENDING"})


def orders(text: Text) -> Iterator[Finding]:
    """Every limit without an order, every order that leaves ties, and an answer in any order that does not say so."""
    projections = [clause for clause in every(text) if clause.word in {"WITH", "RETURN"}]
    for clause in projections:
        body = parts(text, clause)
        for limit in sorted(body.keys() & {"LIMIT", "SKIP", "OFFSET"}):
            if "ORDER" not in body:
                sentence = f"{limit} without ORDER BY takes any rows; order by something unique"
                yield finding(text, body[limit][0], "order", sentence)
        if "ORDER" in body:
            yield from _keys(text, clause, *body["ORDER"])
    if not any("ORDER" in parts(text, clause) for clause in projections):
        yield from _unordered(text)


def _unordered(text: Text) -> Iterator[Finding]:
    """A question whose rows come as the engine finds them, unless it asks for known things one by one."""
    matched = [element for item in chains(text) for element in item.elements if element.name]
    foreign = [element for element in matched if element.labels and element.labels[0] not in EXEMPT]
    told = text.comments and "no order" in text.comments[0].text
    if foreign and not told and not writes(text) and not any(clause.word == "UNWIND" for clause in every(text)):
        yield finding(
            text, 0, "unordered", "collects rows in any order; add ORDER BY, or let the first line say: in no order"
        )


def _keys(text: Text, clause: Clause, start: int, stop: int) -> Iterator[Finding]:
    """What is wrong with the keys of an ORDER BY."""
    ends = [end - (text.word(end - 1) in _DIRECTIONS) for _, end in text.parts(start + 1, stop)]
    names = [text.name(end - 1) for end in ends]
    grouped = _grouped(text, clause)
    whole = (grouped and set(names) >= grouped) or set(names) >= _IDENTIFIER
    if names and not names[-1].lower().endswith("id") and not whole:
        yield finding(text, start, "unique", "ORDER BY leaves ties; let it end in something unique, as n.id")
    if grouped:
        yield from _projected(text, clause, start + 1, stop)


def _grouped(text: Text, clause: Clause) -> set[str]:
    """The names whose values differ from row to row because DISTINCT or an aggregate made them so."""
    begin, end = parts(text, clause)[clause.word]
    distinct = text.word(begin) == "DISTINCT"
    items = text.parts(begin + distinct, end)
    plain = {
        text.name(last - 1) for first, last in items if not any(_is_aggregate(text, i) for i in range(first, last))
    }
    return plain if distinct or len(plain) < len(items) else set()


def _projected(text: Text, clause: Clause, start: int, stop: int) -> Iterator[Finding]:
    """Behind DISTINCT or an aggregate only what the clause gives can be ordered by."""
    given = {text.name(last - 1) for _, last in text.parts(*parts(text, clause)[clause.word])}
    for index in range(start, stop):
        if text.word(index + 1) == "." and text.word(index - 1) != "." and text.name(index) not in given:
            sentence = f"orders by {text.name(index)}, which DISTINCT or an aggregate left behind; give it first"
            yield finding(text, index, "distinct", sentence)


def aggregates(text: Text) -> Iterator[Finding]:
    """Every aggregate inside a predicate or a property access, which the embedded engine answers wrongly."""
    inside = _innermost(text)
    for index in range(len(text.tokens)):
        if _is_aggregate(text, index) and _judged(text, index, inside):
            sentence = f"{text.tokens[index].text}() stands inside a predicate or an access; alias it in WITH first"
            yield finding(text, index, "aggregate", sentence)


def _is_aggregate(text: Text, index: int) -> bool:
    return text.word(index) in AGGREGATES and text.word(index + 1) == "(" and text.word(index - 1) != "."


def _innermost(text: Text) -> dict[int, int]:
    """For each token the bracket it stands directly in."""
    around: dict[int, int] = {}
    for opening in sorted(text.closing):
        around.update(dict.fromkeys(range(opening + 1, text.closing[opening]), opening))
    return around


def _judged(text: Text, index: int, inside: dict[int, int]) -> bool:
    """Whether the value of an aggregate is compared or read from, at its own level or further out."""
    at = index
    while True:
        start, stop = _segment(text, at, inside)
        if any(is_operator(text, i, _COMPARING) for i in text.steps(start, stop)):
            return True
        if _accessed(text, at):
            return True
        opening = inside.get(at)
        if opening is None or _is_query(text, opening):
            return False
        at = opening


def _accessed(text: Text, at: int) -> bool:
    """Whether a property or an item is read from what begins here."""
    end = text.after(at + 1) if text.word(at + 1) == "(" else text.after(at)
    return text.word(end) in {".", "["}


def _segment(text: Text, at: int, inside: dict[int, int]) -> tuple[int, int]:
    """The stretch around a token between separators of its own level."""
    opening = inside.get(at)
    start, stop = (0, len(text.tokens)) if opening is None else (opening + 1, text.closing[opening])
    begin = start
    for index in text.steps(start, stop):
        if text.word(index) in _SEPARATORS and text.word(index - 1) not in {".", "STARTS", "ENDS"}:
            if index > at:
                return begin, index
            begin = index + 1
    return begin, stop


def _is_query(text: Text, opening: int) -> bool:
    return text.word(opening) == "{" and text.word(opening - 1) in {"CALL", "EXISTS", "COUNT", "COLLECT", ")"}
