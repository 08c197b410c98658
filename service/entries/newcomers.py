"""Somebody new: who they may be already, and what makes them one agent with whoever holds the same identifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.entries.hand import Hand
from service.errors import Code, ServiceError
from service.graph.folding import words
from service.graph.identifying import OWN, identity
from service.graph.model import IDENTIFIED_BY, AgentKind, Assertion, Identity
from service.graph.questions.duplicates import HOLDERS, Duplicate, Sought, duplicates, holders
from service.graph.questions.rows import Agent
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.saying import Party, Saying
from service.graph.store import Reader
from service.graph.suppression import suppression

LONGEST, MOST = 200, 100


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added; or, where somebody seems to be there already and nothing was written, the candidates."""

    agent: Agent | None
    candidates: tuple[Duplicate, ...] = ()
    repeated: bool = False


class Recognized(Exception):
    """Somebody new seems to be there already; nothing was written."""

    def __init__(self, candidates: Sequence[Duplicate]) -> None:
        """By these agents."""
        super().__init__(candidates[0].because)
        self.candidates = tuple(candidates)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be added, looked for at a revision; `confirmed`: they are new whoever has such a name."""

    hand: Hand
    sought: Sought
    confirmed: bool
    revision: int

    @classmethod
    async def of(cls, hand: Hand, sought: Sought, *, confirmed: bool) -> Newcomer:
        """Somebody who is not there yet; Recognized or CONFLICT where they seem to be."""
        found = cls(hand, sought, confirmed, (await hand.graph.position()).number)
        await found.refuse_known(hand.graph)
        return found

    async def refuse_known(self, reader: Reader) -> None:
        """Nothing, where nobody seems to be the one sought, and nobody like them was erased."""
        await self._refuse_erased(reader)
        scope = self.hand.viewer.scope
        if self.confirmed:
            for holder in (await holders(reader, scope, self.sought.identities)).values():
                raise _held(holder)
        elif found := await duplicates(reader, scope, self.sought):
            raise Recognized(found)

    async def _refuse_erased(self, reader: Reader) -> None:
        sought = self.sought
        if sought.kind is not AgentKind.PERSON:
            return
        found = await suppression(reader)
        # Somebody else of that name is recorded with where they work and said to be new.
        same = found.names(sought.name, sought.organization) or (not self.confirmed and found.names(sought.name))
        if same or any(map(found.held, sought.identities)):
            raise ServiceError(
                Code.CONFLICT, "this person cannot be recorded; ask the data-protection officer", field="name"
            )

    async def enter(
        self, pen: Pen, saying: Saying, *, kinds: tuple[str, ...] = (), country: str | None = None
    ) -> Party:
        """The one sought, said to be known by an identity of their own and by those that were given."""
        if pen.write.revision != self.revision + 1:
            await self.refuse_known(pen.write)  # somebody wrote meanwhile, perhaps of the very same
        own = _own(pen, self.sought.kind)
        named = _identification(saying, own, own, own.agent)
        saying.assertions.append(replace(named, names=(self.sought.name,), kinds=kinds, country=country))
        held = await _holders(pen, self.sought.identities)
        for one in self.sought.identities:
            saying.assertions.append(_identification(saying, own, one, held.get(one.id, one.agent)))
        return Party(own.agent, self.sought.kind.value, str(own))

    async def agent(self, pen: Pen) -> str:
        """The id of the one sought, once they were entered: that of their strongest identifier."""
        own = _own(pen, self.sought.kind)
        return (await _holders(pen, [own]))[own.id]


def sought(
    kind: AgentKind, name: str, identifiers: Sequence[tuple[str, str]], organization: str | None = None
) -> Sought:
    """Somebody as an entry tells of them; BAD_USER_INPUT where they have no name or an identifier is none."""
    tidy = " ".join(name.split())
    if not words(tidy) or len(tidy) > LONGEST:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"a name has 1 to {LONGEST} characters, letters or digits among them", field="name"
        )
    if len(identifiers) > MOST:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"{len(identifiers)} identifiers; one entry names at most {MOST}", field="identifiers"
        )
    known = dict.fromkeys(identity(kind, scheme, value) for scheme, value in identifiers)
    return Sought(kind, tidy, tuple(known), organization)


def _own(pen: Pen, kind: AgentKind) -> Identity:
    """What tells apart whoever an entry was the first to tell of."""
    return Identity(kind, OWN, pen.id("new"))


async def _holders(pen: Pen, identities: Sequence[Identity]) -> dict[str, str]:
    """Who holds each identifier already, seen or not: whoever adds them again means the same agent."""
    rows = await pen.reading.rows(HOLDERS, ids=sorted(one.id for one in identities)) if identities else []
    return {row.asked: row.agent.id for row in rows}


def _identification(saying: Saying, known: Identity, other: Identity, agent: str) -> Assertion:
    """That somebody known by one identity has another, as a loader says it."""
    ends = str(known), str(other)
    return Assertion(IDENTIFIED_BY, ends, agent, other.id, ends, saying.source.id, saying.vis)


def _held(holder: Agent) -> ServiceError:
    return ServiceError(
        Code.CONFLICT,
        f"{holder.name} ({holder.id}) has this identifier already; record what is new of them, or leave it out",
        field="identifiers",
    )
