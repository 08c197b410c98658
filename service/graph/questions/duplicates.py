"""Who seems to be somebody: the agents a new entry may be about already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import cypher
from service.graph.folding import fold, words
from service.graph.likeness import Likeness, Name, likeness
from service.graph.model import AgentKind, Identity
from service.graph.questions.agents import AskedAgent, agents
from service.graph.questions.rows import Agent
from service.graph.questions.search import CANDIDATES, Candidate
from service.graph.store import Reader, Scope

SHOWN = 10
BEGINNING = 2  # letters by which a word is looked for that may be spelled otherwise further on


class Resemblance(IntEnum):
    """Why two entries may be about one agent, the surest reason first."""

    IDENTIFIER = 0
    NAME = 1
    OTHER_NAME = 2
    BARE = 3
    TURNED = 4
    SHORTENED = 5
    SPELLED = 6


_BECAUSE: Mapping[Resemblance, str] = {
    Resemblance.IDENTIFIER: "has the same identifier",
    Resemblance.NAME: "has the same name",
    Resemblance.OTHER_NAME: "is also called {}",
    Resemblance.BARE: "is called {}, which differs in a title or legal form only",
    Resemblance.TURNED: "is called {}, the same words in another order",
    Resemblance.SHORTENED: "is called {}, which may be short or long for it",
    Resemblance.SPELLED: "is called {}, which is spelled almost so",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody as a new entry tells of them; `organization` is where they work."""

    kind: AgentKind
    name: str
    identities: tuple[Identity, ...] = ()
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An agent that may be the one sought; `label` is the name that says so, `colleague` whether they work there."""

    agent: Agent
    resemblance: Resemblance
    label: str
    colleague: bool = False

    @property
    def certain(self) -> bool:
        """Whether it is the same agent beyond doubt."""
        return self.resemblance is Resemblance.IDENTIFIER

    @property
    def because(self) -> str:
        """Why it may be the one sought."""
        why = _BECAUSE[self.resemblance].format(self.label)
        return f"{why} and works there" if self.colleague else why


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works for an organization."""

    id: str


@dataclass(frozen=True, slots=True)
class _Alike:
    id: str
    resemblance: Resemblance
    label: str


HOLDERS = cypher.query("agent/by_identifiers", AskedAgent)
COLLEAGUES = cypher.query("organization/colleagues", Colleague)


async def duplicates(graph: Reader, scope: Scope, sought: Sought) -> list[Duplicate]:
    """The agents that seem to be the one sought, the surest first; among equals those who work at the same place."""
    held = await holders(graph, scope, sought.identities)
    alike = [one for one in await _named(graph, scope, sought) if one.id not in held]
    there = await _colleagues(graph, scope, sought, (*held, *(one.id for one in alike)))
    certain = [Duplicate(one, Resemblance.IDENTIFIER, one.name, one.id in there) for one in held.values()]
    shown = sorted(alike, key=lambda one: _order(one, there))[: max(SHOWN - len(certain), 0)]
    known = await agents(graph, scope, [one.id for one in shown])
    others = [Duplicate(known[one.id], one.resemblance, one.label, one.id in there) for one in shown if one.id in known]
    return (certain + others)[:SHOWN]


async def holders(graph: Reader, scope: Scope, identities: Sequence[Identity]) -> dict[str, Agent]:
    """The agents that hold any of these identifiers, by id."""
    if not identities:
        return {}
    rows = await graph.read(HOLDERS, scope, ids=sorted({one.id for one in identities}))
    found = {row.agent.id: row.agent for row in rows}
    return dict(sorted(found.items()))


async def _named(graph: Reader, scope: Scope, sought: Sought) -> list[_Alike]:
    """All whose visible names are like the one sought; the index only proposes."""
    index, asked = f"{sought.kind.value.lower()}_search", Name.of(sought.name, sought.kind)
    syntax = _syntax(asked.bare)
    proposed = await graph.read(CANDIDATES, scope, indexes=[index], words=syntax) if syntax else []
    found = (_best(one, asked) for one in proposed)
    return [one for one in found if one is not None]


def _syntax(name: Sequence[str]) -> str:
    """Any whole word, all words run together, or the beginnings of all. Folded words need no escaping."""
    if not name:
        return ""
    whole = dict.fromkeys(word for word in (*name, "".join(name)) if len(word) > 1)
    beginnings = dict.fromkeys(word[:BEGINNING] for word in name)
    return " ".join([*(f'"{word}"' for word in whole), f"({' '.join(f'+{word}*' for word in beginnings)})"])


def _best(candidate: Candidate, asked: Name) -> _Alike | None:
    """A candidate by the name most like the one sought."""
    names = [(candidate.name, False), *((name, True) for name in candidate.other_names)]
    found = [
        (_resemblance(alike, other=other), len(name), name)
        for name, other in names
        if (alike := likeness(asked, Name.of(name, asked.kind))) is not None
    ]
    if not found:
        return None
    resemblance, _, label = min(found)
    return _Alike(candidate.id, resemblance, label)


def _resemblance(alike: Likeness, *, other: bool) -> Resemblance:
    if alike is Likeness.SAME:
        return Resemblance.OTHER_NAME if other else Resemblance.NAME
    return Resemblance[alike.name]


async def _colleagues(graph: Reader, scope: Scope, sought: Sought, people: Iterable[str]) -> frozenset[str]:
    """Which of these people work or worked where the one sought does."""
    asked = sorted(people)
    if sought.organization is None or not asked:
        return frozenset()
    rows = await graph.read(COLLEAGUES, scope, id=sought.organization, people=asked)
    return frozenset(row.id for row in rows)


def _order(one: _Alike, there: frozenset[str]) -> tuple[int, bool, int, str, str]:
    return one.resemblance, one.id not in there, len(words(one.label)), fold(one.label), one.id
