"""Fifteen leaks, each seeded as somebody might make it by mistake: one at a time, until the block ends.

Where the product has nothing of the kind (a facet, `updatedAt`), what would have the same effect leaks in its place.
"""

# What is patched lies inside modules, and a patch takes what comes: its types are those of whatever it stands for.
# pyright: reportPrivateUsage=false, reportUnknownMemberType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import cypher
from network.route import Ranked
from network.view import Key, View
from schema.entries import claims as claim_entries
from service.entries import newcomers
from service.errors import Code, ServiceError
from service.graph.questions import agents, catalogues, claims, ledgers, routes, search, ties
from service.graph.questions.pages import Question
from service.graph.store import Scope
from tests.silence.asking import Past
from tests.silence.worlds import WHOLE

TIES = "MATCH (a)-[r]->(b) WHERE r.id = $id MATCH (a)-[x]-() WHERE NOT x.vis IN $vis RETURN count(x) AS hidden"
OUTSIDE = "~hidden"
COUNTED = """YIELD node, score
WITH index, collect(node) AS found, count(node) AS documents
UNWIND found AS node
WITH node, documents WHERE node.vis IN $vis
WITH node, documents ORDER BY node.id"""
Leaking = Callable[[ExitStack], None]


@dataclass(frozen=True, slots=True)
class Leak:
    """A leak, the questions and entries through which it shows, and the past of a store in which it does."""

    seed: Leaking
    roots: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    past: Past = Past.AT_ONCE

    @contextmanager
    def open(self) -> Generator[None]:
        """Leak until the block ends."""
        with ExitStack() as stack:
            self.seed(stack)
            yield


def _rewritten(query: cypher.Query[Any], *changes: tuple[str, str]) -> Leaking:
    """The text of a statement with each of these in place of another that it must contain."""

    def seed(stack: ExitStack) -> None:
        before, text = query.text, query.text
        for old, new in changes:
            if old not in text:
                message = f"{query.name} has no {old!r}; seed this leak otherwise"
                raise AssertionError(message)
            text = text.replace(old, new)
        object.__setattr__(query, "text", text)
        stack.callback(object.__setattr__, query, "text", before)

    return seed


def _together(*seeds: Leaking) -> Leaking:
    def seed(stack: ExitStack) -> None:
        for one in seeds:
            one(stack)

    return seed


def _patched(owner: object, name: str, make: Callable[[Any], Any]) -> Leaking:
    """Something else in place of a function, made of that function."""
    return lambda stack: stack.enter_context(patch.object(owner, name, make(getattr(owner, name)))) and None


def _unmasked(view: View) -> View:
    """The view of whoever sees everything."""
    return View.of(view.ties, Key(frozenset(WHOLE), view.key.as_of, view.key.known_at))


def _filtered_late(found: Any) -> Any:
    """Routes are searched in everything; those along what is hidden are left out of what was found."""

    def late(self: Any, view: View, limits: Any) -> Ranked:
        ranked = found(self, _unmasked(view), limits)
        seen = [(place, one) for place, one in ranked.routes if all(view.tie(*ends) for ends in pairwise(one.agents))]
        return Ranked(tuple(seen), ranked.truncated)

    return late


def _by_everything(neighbours: Any) -> Any:
    """Ties in the order of their strength by all evidence there is."""

    def ordered(view: View, id: str) -> Any:
        keys = {item.id: item.key for item in neighbours(_unmasked(view), id)}
        return sorted(replace(item, key=keys[item.id]) for item in neighbours(view, id))

    return ordered


def _by_offset(neighbours: Any) -> Any:
    """Cursors that hold the place of a tie among all there are."""

    def placed(view: View, id: str) -> Any:
        places = {item.id: f"{place:06}" for place, item in enumerate(neighbours(_unmasked(view), id))}
        return sorted(replace(item, key=places[item.id]) for item in neighbours(view, id))

    return placed


def _shared(view: Any) -> Any:
    """A view that is kept under the clocks alone, so that whoever asks first gives it to all."""

    async def shared(self: Any, scope: Scope, at: Any) -> View:
        kept = self.__dict__.setdefault("kept", {})
        key = (at.as_of, at.known_at, scope.revision)
        if key not in kept:
            kept[key] = await view(self, scope, at)
        found: View = kept[key]
        return found

    return shared


def _everywhere(look: Any) -> Any:
    """A look-up among all there are, whoever asks."""

    async def looked(reader: Any, scope: Scope, *asked: Any) -> Any:
        return await look(reader, Scope(WHOLE, scope.revision), *asked)

    return looked


def _refused(retract: Any) -> Any:
    """What is taken back must have no hidden ties beside it."""

    async def refused(network: Any, viewer: Any, entry: Any) -> Any:
        given = {"id": entry.claim, "vis": list(viewer.scope.vis)}
        ((rows),) = [await network.graph.engine.read(TIES, given)]
        if rows[0]["hidden"]:
            raise ServiceError(Code.CONFLICT, "somebody still refers to this", field="claim")
        return await retract(network, viewer, entry)

    return refused


def _scored(best: Any) -> Any:
    """What was found, by the score that came along as its last name."""

    def ranked(candidate: Any, asked: Sequence[str]) -> Any:
        *names, score = candidate.other_names
        found = best(replace(candidate, other_names=tuple(names)), asked)
        return None if found is None else replace(found, key=f"{score} {found.key}")

    return ranked


def _forbidden(labelled: Any) -> Any:
    """An error that tells a hidden agent from none."""

    async def told(graph: Any, scope: Scope, id: str, label: str) -> Any:
        found = await labelled(graph, scope, id, label)
        if found is None and (hidden := await labelled(graph, Scope(WHOLE, scope.revision), id, label)) is not None:
            raise ServiceError(Code.FORBIDDEN, f"{hidden.name} is not yours to see")
        return found

    return told


def _strengthened(folded: Any) -> Any:
    """A tie that may be seen, folded with what of it is hidden."""

    def strong(view: View, a: Any, b: Any, at: Any) -> Any:
        seen = folded(view, a, b, at)
        return None if seen is None else folded(_unmasked(view), a, b, at)

    return strong


def _flagged(part: Any) -> Any:
    """Whether there is a next page, hidden rows counted."""

    def flagged(self: Any, found: Any, place: Any, total: Any) -> Any:
        shown = [row for row in found if getattr(row, "country", None) != OUTSIDE]
        page = part(self, shown[: self.page.size + 1], place, total)
        return page if self.page.backward else replace(page, has_next=len(found) > self.page.size)

    return flagged


SEARCH = routes._Search  # noqa: SLF001 (a search has no other name)
AFFILIATIONS, PEOPLE = claims.AFFILIATIONS.query, catalogues.PEOPLE
LEAKS: dict[str, Leak] = {
    "path filtered after search": Leak(_patched(SEARCH, "found", _filtered_late), ("introductionPaths", "whoKnows")),
    "count over all": Leak(_rewritten(PEOPLE.count, ("n.vis IN $vis\n", "true\n")), ("people",)),
    "sort by a hidden score": Leak(_patched(ties, "_neighbours", _by_everything), ("person", "people")),
    "unfiltered neighbour list": Leak(
        _rewritten(AFFILIATIONS, ("r.vis IN $vis AND o.vis IN $vis", "true")), ("person", "people")
    ),
    "shared cache key": Leak(_patched(ties.Network, "view", _shared), ("tie", "whoKnows", "introductionPaths")),
    "cursor by offset": Leak(_patched(ties, "_neighbours", _by_offset), ("person", "people")),
    "uniqueness conflict": Leak(
        _together(_patched(newcomers, "holders", _everywhere), _patched(newcomers, "duplicates", _everywhere)),
        entries=("addPerson", "addOrganization"),
    ),
    # Nothing tells when it was changed last: the moment a record was made does, by the revision of whom it is about.
    "updatedAt": Leak(
        _rewritten(
            AFFILIATIONS,
            ("r {.id, .locator, .recordedAt,", "r {.id, .locator, recordedAt: '2026-11-24T06:34:2' +"),
            ("2' +", "2' + toString(p.revision % 10) + '.000000Z',"),
        ),
        ("person", "people"),
        past=Past.HIDDEN_LATER,
    ),
    "delete refused because of hidden ties": Leak(
        _patched(claim_entries, "retract_claim", _refused),
        ("viewer",),
        ("assertAffiliation", "recordMeeting", "recordCard", "retractClaim"),
    ),
    # No score is shown: it is made of how many documents of any class have the words, and puts hits in their order.
    "full-text score over all documents": Leak(
        _together(
            _rewritten(
                search.CANDIDATES,
                (
                    "YIELD node, score\nWITH node, score WHERE node.vis IN $vis\nWITH node ORDER BY node.id",
                    COUNTED,
                ),
                ("coalesce(node.altLabels, [])", "coalesce(node.altLabels, []) + [toString(documents)]"),
            ),
            _patched(search, "_best", _scored),
        ),
        ("search",),
    ),
    "error text": Leak(_patched(agents, "_labelled", _forbidden), ("person", "organization")),
    "hidden evidence in a strength": Leak(_patched(ties, "folded", _strengthened), ("tie",)),
    "merged identity": Leak(
        _rewritten(agents.IDENTIFIERS, ("r.vis IN $vis AND i.vis IN $vis AND ", "")), ("person", "people", "agent")
    ),
    # There are no facets: the numbers of a ledger by person, organization or event are the nearest to them.
    "facet": Leak(
        _rewritten(ledgers.CARDS, ("x.vis IN $vis", "true"), ("y.vis IN $vis", "true"), (" n.vis IN $vis", " true")),
        ("cardLedger",),
    ),
    "next-page flag": Leak(
        _together(
            _rewritten(
                PEOPLE.ascending,
                ("n.vis IN $vis AND n.name", "n.name"),
                ("LIMIT $limit", "LIMIT 1000"),
                ("n.country]", f"CASE WHEN n.vis IN $vis THEN n.country ELSE '{OUTSIDE}' END]"),
            ),
            _patched(Question, "slice", _flagged),
        ),
        ("people",),
    ),
}
