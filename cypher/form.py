"""How a query file is written: its name, its header, its one column, its names and its values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cypher.clauses import PARTS, STARTS, Clause, every, is_keyword, parts
from cypher.columns import returned
from cypher.errors import QueryError
from cypher.findings import Finding, finding
from cypher.header import Header, header
from cypher.patterns import Element, chains
from cypher.scope import EXEMPT, FULLTEXT
from cypher.tokens import Kind, Text, read

_PATH = re.compile(r"cypher/[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\.cypher")
_LABEL = re.compile(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")
_TYPE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_NOTE = re.compile(r"\bMERGE\b|\bnever null\b")
_COMPARED = frozenset({"=", "<>", "<", ">", "<=", ">=", "CONTAINS"})
_UNDECLARED = frozenset({"ORDER", "YIELD", "AND", "OR", "NOT", "AS", "IN", "IS", "DISTINCT", "CASE", "THEN", "ELSE"})
# An escape is turned into its character before Cypher reads the text: a comment could end in one.
_HIDDEN = re.compile(
    r"\\u|[^\S \n]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", re.IGNORECASE
)


def forms(text: Text) -> Iterator[Finding]:
    """Everything about the form of a query file that a reader would stumble over."""
    yield from characters(text.text, text.file)
    yield from _header(text)
    yield from _column(text)
    yield from _statement(text)
    yield from _keywords(text)
    yield from _elements(text)
    yield from _values(text)
    yield from _merges(text)


def characters(written: str, file: str) -> Iterator[Finding]:
    """Characters that show something else than what the engine reads."""
    for number, line in enumerate(written.split("\n"), 1):
        if found := _HIDDEN.search(line):
            yield Finding(
                file, number, "characters", f"has {found.group()!r}; write plain characters, spaces and line ends"
            )
    if not written.endswith("\n"):
        yield Finding(file, written.count("\n") + 1, "characters", "does not end in a line end; add one")


def complaint(file: str, error: QueryError) -> Finding:
    """What kept a file from being read, as a finding."""
    match = re.fullmatch(rf"{re.escape(file)}(?::(\d+))?:? (.*)", str(error), re.DOTALL)
    number, sentence = (match[1], match[2]) if match else (None, str(error))
    return Finding(file, int(number or 1), "file", sentence)


def _header(text: Text) -> Iterator[Finding]:
    if not _PATH.fullmatch(text.file):
        yield Finding(text.file, 1, "name", "is no name of a query; call it cypher/<subject>/<question>.cypher")
    try:
        found = header(text)
    except QueryError as error:
        yield complaint(text.file, error)
        return
    if not found.summary.endswith("."):
        yield Finding(text.file, 1, "header", "has a first line that is no sentence; end it with a full stop")
    yield from _example(text, found)


def _example(text: Text, found: Header) -> Iterator[Finding]:
    """What is wrong with the line for the Browser."""
    names = [parameter.name for parameter in found.parameters]
    if found.example is None:
        if names:
            yield Finding(text.file, 1, "example", "has no :param line; add one with a value for each parameter")
        return
    example = read(found.example, text.file)
    keys = [example.name(begin) for begin, _ in example.parts(1, len(example.tokens) - 1)]
    if sorted(keys) != sorted(names):
        yield Finding(
            text.file, 1, "example", f"has a :param line with {sorted(keys)}, the query takes {sorted(names)}"
        )


def _column(text: Text) -> Iterator[Finding]:
    try:
        start, stop = returned(text)
    except QueryError as error:
        yield complaint(text.file, error)
        return
    entities = frozenset(name for item in chains(text) for name in item.names)
    for index in range(start, stop):
        if text.name(index) in entities and _whole(text, index):
            yield finding(text, index, "whole", f"returns {text.name(index)} whole; name the fields that are needed")


def _whole(text: Text, index: int) -> bool:
    """Whether a name is a value by itself: behind a colon or alone in collect()."""
    before, behind = text.word(index - 1), text.word(index + 1)
    alone = before == ":" or (before in {"(", "DISTINCT"} and "COLLECT" in {text.word(index - 2), text.word(index - 3)})
    return alone and behind in {",", "}", ")"}


def _statement(text: Text) -> Iterator[Finding]:
    for index, token in enumerate(text.tokens):
        if token.word == ";":
            yield finding(text, index, "statement", "has a semicolon; a file holds one statement and needs none")
    for token in text.comments:
        if token.text.startswith("/*"):
            yield Finding(text.file, token.line, "comment", "has a block comment; begin each line with //")
    for clause in every(text):
        if clause.word == "CALL" and _procedure(text, clause.start + 1) not in {"", FULLTEXT}:
            called = _procedure(text, clause.start + 1)
            yield finding(text, clause.start, "procedure", f"calls {called}; the engines share only {FULLTEXT}")


def _procedure(text: Text, start: int) -> str:
    """The procedure that is called here, empty for a sub-query."""
    if text.word(start) in {"{", "("}:
        return ""
    end = next((i for i in range(start, len(text.tokens)) if text.word(i) == "("), len(text.tokens))
    return "".join(token.text for token in text.tokens[start:end])


def _keywords(text: Text) -> Iterator[Finding]:
    for index, token in enumerate(text.tokens):
        known = is_keyword(text, index, STARTS | PARTS | _UNDECLARED) and text.word(index + 1) not in {":", "."}
        if known and token.text != token.word:
            yield finding(
                text,
                index,
                "keyword",
                f"writes {token.text}; keywords are upper-case, and no variable is named like one",
            )


def _elements(text: Text) -> Iterator[Finding]:
    bound: set[str] = set()
    for item in chains(text):
        for element in item.elements:
            yield from _named(text, element)
        if not any(element.labels or element.name in bound for element in item.elements):
            yield finding(text, item.elements[0].start, "label", "matches nodes of any label; name the label of one")
        bound |= item.names


def _named(text: Text, element: Element) -> Iterator[Finding]:
    shape, kind = (_LABEL, "label in PascalCase") if element.kind == "node" else (_TYPE, "type in UPPER_SNAKE")
    for name in element.labels:
        if not shape.fullmatch(name):
            yield finding(text, element.start, "names", f"names {name}; write the {kind}")


def _values(text: Text) -> Iterator[Finding]:
    """Text that is compared or matched as it stands: it belongs in a parameter."""
    if text.file.startswith("cypher/catalogue/"):
        return  # asks the engine about itself, in the engine's own words
    maps = [
        span for item in chains(text) for element in item.elements if not _own(element) for span in _maps(text, element)
    ]
    for index, token in enumerate(text.tokens):
        matched = any(start < index < stop for start, stop in maps)
        if token.kind is Kind.STRING and (matched or _compared(text, index)):
            yield finding(text, index, "value", f"compares with {token.text}; every value is a $parameter")


def _own(element: Element) -> bool:
    return element.single and element.labels[0] in EXEMPT


def _maps(text: Text, element: Element) -> Iterator[tuple[int, int]]:
    for index in text.steps(element.start + 1, text.closing.get(element.start, element.start)):
        if text.word(index) == "{":
            yield index, text.closing[index]


def _compared(text: Text, index: int) -> bool:
    """Whether a string is compared with something else than a parameter or the type of a relationship."""
    before, behind = text.word(index - 1), text.word(index + 1)
    if before in _COMPARED:
        return not _known(text, index - 2)
    if behind in _COMPARED:
        return not _known(text, index + 2)
    return behind == "IN" or text.word(index - 2) in {"STARTS", "ENDS"}


def _known(text: Text, index: int) -> bool:
    """Whether the other side has few values, all known here: a parameter that names a way, or a type."""
    if text.tokens[index].kind is Kind.PARAMETER:
        return True
    return "TYPE" in {text.word(index), text.word(text.opening.get(index, index) - 1)}


def _merges(text: Text) -> Iterator[Finding]:
    """A MERGE whose key may be null, which makes an empty node on the embedded engine."""
    noted = any(_NOTE.search(comment.text) for comment in text.comments)
    for clause in every(text):
        if clause.word == "MERGE" and not noted and not _given(text, clause):
            sentence = "merges on a key that may be null; say in a comment who sees to it that the key is never null"
            yield finding(text, clause.start, "merge", sentence)


def _given(text: Text, clause: Clause) -> bool:
    """Whether the key is literal, or a parameter the binder lets no null through for."""
    start, stop = parts(text, clause)["MERGE"]
    values = [i + 1 for i in range(start, stop) if text.word(i) == ":" and text.word(i - 2) in {"{", ","}]
    never = {parameter.name for parameter in header(text).parameters if not parameter.type.endswith("NULL")}
    tokens = [text.tokens[i] for i in values]
    return all(token.kind in {Kind.STRING, Kind.NUMBER} or token.text[1:] in never for token in tokens)
