"""Things by any of their names.

The index only proposes: what it knows of documents a viewer may not see would show in its scores. So all candidates
are filtered by visibility, and then compared and ranked by the words of their visible names alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import cypher
from service.errors import Code, ServiceError
from service.graph.folding import fold, words
from service.graph.questions.nodes import entities
from service.graph.questions.pages import ROOT, Item, Page, Question, Slice, part
from service.graph.questions.rows import Entity, EntityKind
from service.graph.store import Graph, Scope

LONGEST = 200
EVERYTHING = tuple(EntityKind)


class Match(IntEnum):
    """How well a name fits what was asked for, best first."""

    EXACT = 0
    BEGINS = 1
    WORDS = 2
    PREFIXES = 3


_BECAUSE = {
    Match.EXACT: "{} is exactly what was asked for",
    Match.BEGINS: "{} begins with what was asked for",
    Match.WORDS: "{} has every word that was asked for",
    Match.PREFIXES: "{} has words that begin like those asked for",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    name: str
    labels: tuple[str, ...]
    other_names: tuple[str, ...]

    @property
    def kind(self) -> EntityKind:
        """What it is searched as; agents carry a label more."""
        return next(kind for kind in EVERYTHING if kind.value.capitalize() in self.labels)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate, the name of it that fits best, and where that puts it among the others."""

    id: str
    kind: EntityKind
    label: str
    match: Match
    alias: bool
    key: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found; `label` is the name that matched, as written."""

    node: Entity
    id: str
    kind: EntityKind
    label: str
    match: Match
    because: str


CANDIDATES = cypher.query("search/candidates", Candidate)


async def search(
    graph: Graph, scope: Scope, text: str, kinds: Sequence[EntityKind] = EVERYTHING, page: Page | None = None
) -> Slice[SearchHit]:
    """What has a name like this, exact matches first."""
    page = page or Page(most=ROOT)
    name = json.dumps(["search", text, sorted(set(kinds))])
    question = Question(graph.secret, name, page, None, None, graph.clock())
    found = await ranked(graph, scope, text, kinds)
    shown = part([Item(row.key, row.id, row) for row in found], question)
    nodes = await entities(graph, scope, [item.id for item in shown.rows])
    return shown.mapped(lambda item: _hit(item.value, nodes[item.id]) if item.id in nodes else None)


async def ranked(graph: Graph, scope: Scope, text: str, kinds: Sequence[EntityKind] = EVERYTHING) -> list[Ranked]:
    """All that has a name like this, best first."""
    asked = words(text)
    if len(text) > LONGEST:
        raise ServiceError(Code.BAD_USER_INPUT, f"the text has {len(text)} characters; search for at most {LONGEST}")
    if not asked:
        raise ServiceError(Code.BAD_USER_INPUT, "nothing to search for; give at least one letter or digit")
    indexes = [f"{kind.value.lower()}_search" for kind in EVERYTHING if kind in kinds]
    candidates = await graph.read(CANDIDATES, scope, indexes=indexes, words=_syntax(asked)) if indexes else []
    found = (_best(candidate, asked) for candidate in candidates)
    return sorted((row for row in found if row is not None), key=lambda row: (row.key, row.id))


def _syntax(asked: Iterable[str]) -> str:
    """Every word, whole or as a beginning. Folded words hold letters and digits only, so nothing needs escaping."""
    return " ".join(f'+("{word}" {word}*)' for word in dict.fromkeys(asked))


def _best(candidate: Candidate, asked: Sequence[str]) -> Ranked | None:
    """The candidate by the name that fits best; none where no single visible name does."""
    names = [(candidate.name, False), *((name, True) for name in candidate.other_names)]
    found = [(match, alias, name) for name, alias in names if (match := _match(words(name), asked)) is not None]
    if not found:
        return None
    match, alias, label = min(found, key=lambda item: (item[0], item[1], len(item[2]), item[2]))
    key = f"{match.value}{int(alias)}{len(fold(label)):06d} {fold(label)} {candidate.name}"
    return Ranked(candidate.id, candidate.kind, label, match, alias, key)


def _match(name: Sequence[str], asked: Sequence[str]) -> Match | None:
    if list(name) == list(asked):
        return Match.EXACT
    if list(name[: len(asked)]) == list(asked):
        return Match.BEGINS
    if set(asked) <= set(name):
        return Match.WORDS
    if all(any(word.startswith(one) for word in name) for one in asked):
        return Match.PREFIXES
    return None


def _hit(row: Ranked, node: Entity) -> SearchHit:
    what = f"another name, {row.label}," if row.alias else "the name"
    return SearchHit(node, row.id, row.kind, row.label, row.match, _BECAUSE[row.match].format(what))
