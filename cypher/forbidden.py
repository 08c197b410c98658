"""Constructs the engines do not share, or answer differently, each with what to write instead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cypher.clauses import Clause, every, is_operator, parts
from cypher.findings import Finding, finding
from cypher.patterns import Element, chains
from cypher.tokens import Kind, Text

# Words in a row, and the sentence for them.
SEQUENCES: tuple[tuple[str, str], ...] = (
    ("SHORTEST", "SHORTEST is not shared by the engines; paths are searched in network/"),
    ("SHORTESTPATH (", "shortestPath cannot filter on the way; paths are searched in network/"),
    ("ALLSHORTESTPATHS (", "allShortestPaths cannot filter on the way; paths are searched in network/"),
    ("MATCH ANY", "MATCH ANY is not shared by the engines; match the pattern itself"),
    ("MATCH ALL", "MATCH ALL is not shared by the engines; match the pattern itself"),
    ("LOAD CSV", "LOAD CSV reads files of the server; read them in loaders/"),
    ("IN TRANSACTIONS", "CALL IN TRANSACTIONS commits halfway; send batches from Python"),
    ("IN CONCURRENT", "CALL IN TRANSACTIONS commits halfway; send batches from Python"),
    ("TERMINATE", "TERMINATE is no question; remove it"),
    ("COLL .", "coll.* is not shared by the engines; use a list comprehension"),
    ("APOC .", "APOC is on neither engine; write it in Cypher or Python"),
    ("GDS .", "GDS is on neither engine; compute it in network/"),
    ("FORMAT (", "format() is not shared by the engines; form text in Python"),
    ("VECTOR (", "vector() is not shared by the engines; keep a list of numbers"),
    ("EXISTS (", "exists(n.p) is gone; write n.p IS NOT NULL, or EXISTS { pattern }"),
    ("ELEMENTID (", "elementId() changes when a store is restored; read .id"),
    ("ID (", "id() changes when a store is restored; read .id"),
    ("| :", "[r:A|:B] is refused by newer engines; write [r:A|B]"),
    ("$ (", "labels and types out of a value are silently wrong on the embedded engine; filter with type(r) IN $types"),
    ("=~", "a regular expression runs as long as its text likes; fold and compare, or use the full-text index"),
    ("DATETIME ( )", "the clock is injected; take the moment as a $parameter"),
    ("LOCALDATETIME ( )", "the clock is injected; take the moment as a $parameter"),
    ("DATE ( )", "the clock is injected; take the day as a $parameter"),
    ("TIMESTAMP ( )", "the clock is injected; take the moment as a $parameter"),
    ("RAND ( )", "a random answer cannot be repeated; decide in Python"),
    ("RANDOMUUID ( )", "ids are digests; take the id as a $parameter"),
    ("USING INDEX", "index hints are not shared by the engines; start at the end the index leads to"),
    ("USING SCAN", "index hints are not shared by the engines; start at the end the index leads to"),
    ("USING JOIN", "index hints are not shared by the engines; start at the end the index leads to"),
)
_PREFIXES = frozenset({"CYPHER", "EXPLAIN", "PROFILE", "USE"})
_CLAUSES = frozenset({"LET", "FILTER", "FOR", "NEXT", "FINISH", "INSERT", "USE", "DROP", "ALTER", "LOAD", "SHOW"})
_CHANGES = frozenset({"CREATE", "MERGE", "SET", "REMOVE", "DELETE", "DETACH", "FOREACH"})
_WHEN = frozenset({"WHEN"})


def constructs(text: Text) -> Iterator[Finding]:
    """Every construct that may stand in no file."""
    yield from _sequences(text)
    yield from _prefix(text)
    yield from _whens(text)
    for clause in every(text):
        if clause.word in _CLAUSES and not (clause.word == "SHOW" and text.file.startswith("cypher/catalogue/")):
            yield finding(text, clause.start, "clause", f"{clause.word} is not shared by the engines; leave it out")
    yield from _writes(text)
    yield from _hops(text)


def _sequences(text: Text) -> Iterator[Finding]:
    for words, sentence in ((words.split(), sentence) for words, sentence in SEQUENCES):
        for index in range(len(text.tokens)):
            if text.word(index) == words[0] and _stands(text, index, words):
                yield finding(text, index, "construct", sentence)


def _stands(text: Text, index: int, words: list[str]) -> bool:
    """Whether these words stand here, and the first is no property and no label."""
    names = {"."} if len(words) > 1 else {".", ":"}
    inner = text.tokens[index].kind is Kind.WORD and text.word(index - 1) in names
    return not inner and all(text.word(index + place) == word for place, word in enumerate(words))


def _prefix(text: Text) -> Iterator[Finding]:
    if text.word(0) in _PREFIXES:
        yield finding(text, 0, "prefix", f"begins with {text.word(0)}; the engine puts prefixes, a file has none")


def _whens(text: Text) -> Iterator[Finding]:
    """A WHEN that belongs to no CASE: a branch of Cypher 25."""
    spans = [(0, len(text.tokens)), *((opening + 1, closing) for opening, closing in text.closing.items())]
    for start, stop in spans:
        cases = 0
        for index in text.steps(start, stop):
            cases += is_operator(text, index, frozenset({"CASE"})) - is_operator(text, index, frozenset({"END"}))
            if not cases and is_operator(text, index, _WHEN):
                yield finding(text, index, "clause", "WHEN without CASE is not shared by the engines; write CASE")


def _writes(text: Text) -> Iterator[Finding]:
    """What a write may not do."""
    stands = list(every(text))
    for clause, behind in pairwise(stands):
        if (
            clause.word in _CHANGES
            and behind.word in {"MATCH", "OPTIONAL MATCH", "CALL"}
            and clause.stop == behind.start
        ):
            yield finding(text, behind.start, "with", f"{behind.word} follows {clause.word}; put WITH between them")
    entities = frozenset(name for item in chains(text) for name in item.names)
    for clause in stands:
        if clause.word == "SET":
            yield from _set(text, clause, entities)
        elif clause.word == "REMOVE":
            yield from _labels(text, clause)
        elif clause.word == "CREATE":
            yield from _self(text, clause)


def _set(text: Text, clause: Clause, entities: frozenset[str]) -> Iterator[Finding]:
    yield from _labels(text, clause)
    for begin, end in text.parts(*parts(text, clause)["SET"]):
        whole = end - begin == 3 and text.word(begin + 1) in {"=", "+="}  # noqa: PLR2004 - name, sign, name
        if whole and text.name(end - 1) in entities:
            yield finding(text, begin, "set", "SET from a whole entity is not shared by the engines; use properties()")


def _labels(text: Text, clause: Clause) -> Iterator[Finding]:
    for begin, _ in text.parts(*parts(text, clause)[clause.word]):
        if text.word(begin + 1) == ":":
            yield finding(text, begin, "labels", "labels never change; give all of them at CREATE")


def _self(text: Text, clause: Clause) -> Iterator[Finding]:
    """A property that reads what the same CREATE is just making."""
    start, stop = parts(text, clause)["CREATE"]
    made = {element.name for item in chains(text) for element in item.elements if start <= element.start < stop}
    bound = {element.name for item in chains(text) for element in item.elements if element.start < start}
    for index in range(start, stop):
        if text.word(index + 1) == "." and text.word(index - 1) != "." and text.name(index) in made - bound - {""}:
            yield finding(
                text, index, "create", f"reads {text.name(index)} inside the CREATE that makes it; SET it after"
            )


def _hops(text: Text) -> Iterator[Finding]:
    """A pattern of any length without an upper bound that is written out."""
    for item in chains(text):
        for element in item.elements:
            if element.hops and not _bounded(text, element):
                yield finding(text, element.start, "hops", "goes any number of steps; write an upper bound, as *1..4")


def _bounded(text: Text, element: Element) -> bool:
    stop = text.closing[element.start]
    star = next(i for i in text.steps(element.start + 1, stop) if text.word(i) in {"*", "+"})
    return any(
        text.tokens[i].kind is Kind.NUMBER and (text.word(i - 1) == ".." or text.word(i + 1) != "..")
        for i in range(star + 1, min(star + 4, stop))
    )
