"""The scope check: every node and relationship a file reads stands under `$vis` where it is matched.

A variable is safe when `x.vis IN $vis` is a conjunct of the WHERE that belongs to the very pattern
which binds it. A predicate that comes later (behind a LIMIT or an aggregate), or under OR or NOT, is no
guard; nor is one in a comment or a string. A safe variable needs no second guard, unless it may be null:
the embedded engine binds a null end of a pattern anew, to anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from cypher.clauses import Clause, clauses, is_keyword, parts, writes
from cypher.findings import Finding, finding
from cypher.guards import Guard, guarded
from cypher.patterns import Element, Pattern, begins, named, pattern
from cypher.tokens import Text

# The store's own records: they say who may see what and when, and carry no class themselves.
EXEMPT = frozenset(
    {
        "Audit",
        "Document",
        "Erased",
        "ImportBatch",
        "Migration",
        "Principal",
        "Request",
        "Revision",
        "Suppression",
        "Token",
        "VisibilityClass",
    }
)
FULLTEXT = "db.index.fulltext.queryNodes"
_WHERE = frozenset({"WHERE"})
_SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})


class Bound(Enum):
    """How sure a name in scope is."""

    OWN = "a record of the store itself"
    SURE = "matched under its filter"
    PERHAPS = "null where an OPTIONAL MATCH or an expression found nothing"


Names = Mapping[str, Bound]


def check(text: Text) -> list[Finding]:
    """What a file reads without asking who looks; files that write and migrations are not read files."""
    if text.file.startswith("cypher/migrations/") or writes(text):
        return []
    return sorted(set(_Walk(text).query(0, len(text.tokens), {})[0]), key=lambda found: (found.line, found.sentence))


class _Walk:
    """One pass over a statement, clause by clause, with the names that are in scope."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def query(self, start: int, stop: int, names: Names, handed: Names | None = None) -> tuple[list[Finding], Names]:
        """The findings of a statement or sub-query and the names it returns; an importing WITH takes what is handed."""
        findings: list[Finding] = []
        now = names
        every = clauses(self.text, start, stop)
        for place, clause in enumerate(every):
            if place == 0 or every[place - 1].word == "UNION":
                now = handed if handed is not None and clause.word == "WITH" else names
            follower = every[place + 1] if place + 1 < len(every) else None
            found, now = self.clause(clause, now, follower)
            findings += found
        return findings, now

    def clause(self, clause: Clause, names: Names, follower: Clause | None) -> tuple[list[Finding], Names]:
        """The findings of one clause, and the names in scope behind it."""
        if clause.word in {"MATCH", "OPTIONAL MATCH"}:
            found, after = self.match(parts(self.text, clause)[clause.word][0], clause.stop, names)
            return found, after if clause.word == "MATCH" else _perhaps(after, names)
        if clause.word in {"CALL", "OPTIONAL CALL"}:
            return self.call(clause, names, follower)
        after = self.projected(clause, names)
        return list(self.expression(clause.start + 1, clause.stop, {**names, **after})), after

    def match(self, start: int, stop: int, names: Names) -> tuple[list[Finding], Names]:
        """The findings of a MATCH or of the pattern a sub-query consists of."""
        wheres = [i for i in self.text.steps(start, stop) if is_keyword(self.text, i, _WHERE)]
        end = wheres[0] if wheres else stop
        found = [(begin, last, pattern(self.text, begin)) for begin, last in self.text.parts(start, end)]
        findings = [
            finding(self.text, begin, "scope", "reads a pattern this check cannot follow; write (a)-[r:TYPE]->(b)")
            for begin, last, read in found
            if read is None or read.stop != last
        ]
        read = [item for _, _, item in found if item is not None]
        guards = guarded(self.text, end + 1, stop) if wheres else frozenset[Guard]()
        findings += self.patterns(read, guards, names)
        after = self.bound(read, names)
        return [*findings, *self.expression(start, stop, after, patterns=end)], after

    def patterns(self, read: list[Pattern], guards: frozenset[Guard], names: Names) -> Iterator[Finding]:
        """What is wrong with the patterns that stand under one WHERE."""
        after = self.bound(read, names)
        for item in read:
            own = [_exempt(element) or after.get(element.name) is Bound.OWN for element in item.elements]
            for place, element in enumerate(item.elements):
                between = element.kind == "relationship" and own[place - 1] and own[place + 1]
                if not (own[place] or between or names.get(element.name) is Bound.SURE):
                    yield from self.element(item, element, guards, again=element.name in names)
            yield from self.between(item, guards)

    def element(self, item: Pattern, element: Element, guards: frozenset[Guard], *, again: bool) -> Iterator[Finding]:
        """What is wrong with a node or relationship that a pattern brings in."""
        own = guarded(self.text, *element.where) if element.where else frozenset[Guard]()
        if element.hops:
            wanted = {Guard("each", element.name), Guard("relationships", item.path)}
            sentence = "follows relationships of any number; add all(x IN relationships(path) WHERE x.vis IN $vis)"
        elif not element.name:
            wanted = set[Guard]()
            sentence = f"reads an unnamed {element.kind}; name it and add its .vis IN $vis"
        else:
            wanted = {Guard("", element.name)}
            sentence = f"reads the {element.kind} {element.name} without {element.name}.vis IN $vis in its WHERE"
            sentence += "; it may be null, which binds it anew" if again else ""
        if not wanted & (guards | own):
            yield finding(self.text, element.start, "scope", sentence)

    def between(self, item: Pattern, guards: frozenset[Guard]) -> Iterator[Finding]:
        """What is wrong with the nodes a pattern of any length passes through."""
        hops = [element for element in item.elements if element.hops]
        if hops and Guard("nodes", item.path) not in guards:
            sentence = (
                "passes through nodes without asking; name the path, add all(x IN nodes(path) WHERE x.vis IN $vis)"
            )
            yield finding(self.text, hops[0].start, "scope", sentence)

    def bound(self, read: list[Pattern], names: Names) -> Names:
        """The names in scope behind some patterns."""
        new = {item.path: Bound.PERHAPS for item in read if item.path}
        for element in (element for item in read for element in item.elements if element.name):
            own = _exempt(element) or new.get(element.name) is Bound.OWN
            new[element.name] = Bound.OWN if own else Bound.SURE
        return {**names, **new, **{name: Bound.OWN for name, bound in names.items() if bound is Bound.OWN}}

    def call(self, clause: Clause, names: Names, follower: Clause | None) -> tuple[list[Finding], Names]:
        """The findings of a CALL, of a sub-query or of a procedure."""
        start = parts(self.text, clause)[clause.word][0]
        brace = self.text.after(start) if self.text.word(start) == "(" else start
        if self.text.word(brace) == "{":
            inner = self.imported(start, brace, names)
            findings, after = self.query(brace + 1, self.text.closing[brace], inner, names if start == brace else None)
            return findings, {**names, **(after if clause.word == "CALL" else _perhaps(after, {}))}
        findings = self.procedure(clause, start, follower)
        yields = self.items(*parts(self.text, clause).get("YIELD", (0, 0)))
        return findings, {**names, **{name: Bound.SURE for name, _ in yields}}

    def imported(self, start: int, brace: int, names: Names) -> Names:
        """The names a CALL hands to its sub-query; those of an importing WITH are read inside it."""
        if start == brace:
            return {}
        if self.text.word(start + 1) == "*":
            return names
        return {
            self.text.name(begin): names.get(self.text.name(begin), Bound.PERHAPS)
            for begin, _ in self.text.parts(start + 1, brace - 1)
        }

    def procedure(self, clause: Clause, start: int, follower: Clause | None) -> list[Finding]:
        """What is wrong with the call of a procedure: only full text, and filtered before anything else."""
        called = "".join(token.text for token in self.text.tokens[start : clause.stop]).split("(")[0]
        if called != FULLTEXT:
            return [finding(self.text, start, "scope", f"calls {called}; only {FULLTEXT} can be checked")]
        body = parts(self.text, clause)
        guards = guarded(self.text, *body["WHERE"]) if "WHERE" in body else self.following(follower)
        yields = self.items(*body.get("YIELD", (0, 0)))
        wrong = [(name, at) for name, at in yields if name != "score" and Guard("", name) not in guards]
        return [
            finding(
                self.text,
                at,
                "scope",
                f"yields {name} unfiltered; follow it by WITH {name}, score WHERE {name}.vis IN $vis",
            )
            for name, at in wrong
        ]

    def following(self, follower: Clause | None) -> frozenset[Guard]:
        """The guards of a WITH that does nothing but hand on names and filter them."""
        if follower is None or follower.word != "WITH":
            return frozenset()
        body = parts(self.text, follower)
        plain = all(end - begin == 1 for begin, end in self.text.parts(*body["WITH"]))
        if not plain or set(body) != {"WITH", "WHERE"}:
            return frozenset()
        return guarded(self.text, *body["WHERE"])

    def projected(self, clause: Clause, names: Names) -> Names:
        """The names in scope behind a clause that is no pattern."""
        start, stop = parts(self.text, clause)[clause.word]
        if clause.word == "UNWIND":
            return {**names, self.text.name(stop - 1): Bound.PERHAPS}
        if clause.word not in {"WITH", "RETURN"}:
            return names
        start += self.text.word(start) == "DISTINCT"
        kept: Names = names if self.text.word(start) == "*" else {}
        given = {name: self.text.name(at) if plain else "" for name, at, plain in self.given(start, stop)}
        return {**kept, **{name: names.get(source, Bound.PERHAPS) for name, source in given.items()}}

    def items(self, start: int, stop: int) -> list[tuple[str, int]]:
        """The names a list of items gives, and where each item begins."""
        return [(name, begin) for name, begin, _ in self.given(start, stop)]

    def given(self, start: int, stop: int) -> list[tuple[str, int, bool]]:
        """The names a list of items gives, where each item begins, and whether it only hands on a name."""
        spans = self.text.parts(start, stop)
        aliased = [(begin, end) for begin, end in spans if end - begin == 1 or self.text.word(end - 2) == "AS"]
        return [(self.text.name(end - 1), begin, end - begin in {1, 3}) for begin, end in aliased]

    def expression(self, start: int, stop: int, names: Names, patterns: int = 0) -> Iterator[Finding]:
        """The findings inside an expression: sub-queries, patterns and comprehensions at any depth."""
        index = start
        while index < stop:
            if index >= patterns and begins(self.text, index):
                read = pattern(self.text, index)
                if read is not None:
                    yield from self.patterns([read], frozenset(), names)
                    index = read.stop
                    continue
            if index in self.text.closing:
                yield from self.group(index, names)
            index = self.text.after(index)

    def group(self, opening: int, names: Names) -> Iterator[Finding]:
        """The findings inside one pair of brackets."""
        start, stop = opening + 1, self.text.closing[opening]
        word = self.text.word(opening)
        if word == "{" and self.text.word(opening - 1) in _SUBQUERIES and self.text.word(opening - 2) != ".":
            yield from self.subquery(start, stop, names)
        elif word == "[" and begins(self.text, named(self.text, start)):
            yield from self.comprehension(start, stop, names)
        elif self.text.name(start) and self.text.word(start + 1) == "IN":
            yield from self.expression(start + 2, stop, {**names, self.text.name(start): Bound.PERHAPS})
        else:
            yield from self.expression(start, stop, names)

    def subquery(self, start: int, stop: int, names: Names) -> Iterator[Finding]:
        """The findings of EXISTS, COUNT or COLLECT, whose braces hold a statement or a bare pattern."""
        if self.text.word(named(self.text, start)) == "(":
            yield from self.match(start, stop, names)[0]
        elif clauses(self.text, start, stop):
            yield from self.query(start, stop, names)[0]
        else:
            yield from self.expression(start, stop, names)  # the properties of a label called Count

    def comprehension(self, start: int, stop: int, names: Names) -> Iterator[Finding]:
        """The findings of `[(a)-[r]->(b) WHERE p | value]`."""
        bars = self.text.parts(start, stop, "|")
        found, after = self.match(start, bars[0][1], names)
        yield from found
        yield from self.expression(bars[-1][0], stop, after)


def _perhaps(after: Names, before: Names) -> Names:
    """The names behind a clause that may have found nothing."""
    return {name: bound if before.get(name) is bound else Bound.PERHAPS for name, bound in after.items()}


def _exempt(element: Element) -> bool:
    return element.kind == "node" and element.single and element.labels[0] in EXEMPT
