"""What a load says without all that it says of people who were erased, as if their rows were not in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from service.graph.folding import fold
from service.graph.model import IDENTIFIED_BY, Assertion, Batch, Identity, NodeRecord, Value
from service.graph.record.changes import Fate
from service.graph.record.joins import Joins
from service.graph.suppression import Suppression

ERASED = "[erased]"  # what stands where a text named somebody who was erased
# What takes two people: where one of them is erased, nothing is left that could be told.
PAIRED = frozenset({"CardExchange", "Introduction"})
MET = "Meeting"
FEWEST = 2  # who met
_WORD = re.compile("[^\\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}][^\\W_]+)*")


@dataclass(frozen=True, slots=True)
class Names:
    """What somebody is called, to be found in texts whatever its case, accents and punctuation."""

    folded: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """The names of somebody."""
        return cls(frozenset(filter(None, map(fold, names))))

    def stand_in(self, text: str) -> bool:
        """Whether a text names them; a single word has to be all of it, as it may mean anybody."""
        said = fold(text)
        return said in self.folded or any(f" {name} " in f" {said} " for name in self.folded if " " in name)

    def cleared(self, value: Value, mark: str = ERASED) -> Value:
        """The value, no longer naming anybody."""
        if isinstance(value, str):
            return self._cleared(value, mark) if self.stand_in(value) else value
        if isinstance(value, list):
            return [self._cleared(one, mark) if self.stand_in(one) else one for one in value]
        return value

    def _cleared(self, text: str, mark: str) -> str:
        """The text with a mark in place of each name."""
        for name in sorted(self.folded, key=len, reverse=True):
            pattern = name.split()
            places = [(one.start(), one.end(), fold(one[0])) for one in _WORD.finditer(text)]
            for first in range(len(places) - len(pattern), -1, -1):
                stretch = places[first : first + len(pattern)]
                if [word for _, _, word in stretch] == pattern and (len(pattern) > 1 or len(places) == 1):
                    text = text[: stretch[0][0]] + mark + text[stretch[-1][1] :]
                    places = places[:first]
        # Written so that its words cannot be told apart: nothing of it stays.
        return mark if self.stand_in(text) else text


@dataclass(frozen=True, slots=True)
class Sieved:
    """What is left of a batch, and what became of the rest, by key."""

    batch: Batch
    fates: Mapping[str, Fate] = field(default_factory=dict[str, Fate])


def sieved(batch: Batch, suppression: Suppression) -> Sieved:
    """A batch without what it says of people who were erased."""
    if not suppression.ids:
        return Sieved(batch)
    known = _known(batch, suppression)
    if not known:
        return Sieved(batch)
    said = {str(one) for one in known}
    gone = {one.key for one in batch.assertions if not said.isdisjoint(one.ends)}
    things = _things(batch, gone)
    gone |= {one.key for one in batch.assertions if one.a in things or one.b in things}
    ids = {one.agent for one in known}
    told = {one.key for one in batch.evidence if one.a in ids or one.b in ids}
    names = _names(batch, said, ids)
    left = replace(
        batch,
        agents={id: agent for id, agent in batch.agents.items() if id not in ids},
        nodes={id: _node(node, names) for id, node in batch.nodes.items() if id not in things},
        retold=tuple(_node(node, names) for node in batch.retold if node.id not in things),
        assertions=tuple(_claim(one, names) for one in batch.assertions if one.key not in gone),
        evidence=tuple(one for one in batch.evidence if one.key not in told),
    )
    return Sieved(left, dict.fromkeys([*gone, *things, *told], Fate.SUPPRESSED))


def emptied(labels: Mapping[str, str], left: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Which things nothing can be told of, once some people are gone from them; `left` is who is still in each."""
    return {id for id, label in labels.items() if label in PAIRED or (label == MET and len(left.get(id, ())) < FEWEST)}


def _known(batch: Batch, suppression: Suppression) -> set[Identity]:
    """The identities in a batch that mean an erased person: those known, and what the batch joins to them."""
    ends = [one.ends for one in batch.assertions if one.type == IDENTIFIED_BY]
    sets = Joins((pair, True) for pair in ends).identities().values()
    joined = {one for identities in sets if any(map(suppression.held, identities)) for one in identities}
    texts = {end for one in batch.assertions for end in one.ends}
    parsed = (Identity.parse(text) for text in texts)
    return joined | {one for one in parsed if one is not None and suppression.knows(one)}


def _things(batch: Batch, gone: AbstractSet[str]) -> set[str]:
    """The records that go with an erased person."""
    left, lost = defaultdict[str, set[str]](set), set[str]()
    for one in batch.assertions:
        if one.b in batch.nodes:
            if one.key in gone:
                lost.add(one.b)
            else:
                left[one.b].add(one.a)
    return emptied({id: batch.nodes[id].label for id in lost}, left)


def _names(batch: Batch, said: AbstractSet[str], ids: AbstractSet[str]) -> Names:
    spelled = [
        name
        for one in batch.assertions
        if one.type == IDENTIFIED_BY and not said.isdisjoint(one.ends)
        for name in one.names
    ]
    records = [batch.agents[id] for id in ids if id in batch.agents]
    return Names.of([*spelled, *(name for one in records for name in (one.name, *one.other_names))])


def _node(node: NodeRecord, names: Names) -> NodeRecord:
    said = {name: names.cleared(value) for name, value in node.properties.items()}
    return replace(node, name=str(names.cleared(node.name)), properties=said)


def _claim(claim: Assertion, names: Names) -> Assertion:
    locator = names.cleared(claim.locator)
    return claim if locator == claim.locator else replace(claim, locator=str(locator))
