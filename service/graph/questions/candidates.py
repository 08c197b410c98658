"""Who could do a thing: the organizations that claim it, and what their claims and certificates are worth on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cypher
from service.graph.folding import fold
from service.graph.questions.clocks import At
from service.graph.questions.memory import Kind, Memory, kept
from service.graph.questions.rows import Agent, Current
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate on a day, and the days its dates can mean."""

    current: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that an organization can do a thing; `outdated` where a later source contradicts it."""

    claim: str
    verified: bool
    capability: str
    title: str
    current: str
    outdated: bool
    earliest: str | None
    latest: str | None
    certificates: tuple[Certificate, ...]
    organization: Agent

    @property
    def counts(self) -> bool:
        """Whether the claim holds on the day."""
        return self.current == Current.YES and not self.outdated

    @property
    def certified(self) -> bool:
        """Whether one of the certificates holds on the day."""
        return any(one.current == Current.YES for one in self.certificates)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a candidate itself has to meet; `everyone` lets those in who do not."""

    capability: str
    certification: str | None
    country: str | None
    everyone: bool


CANDIDATES = cypher.query("reach/candidates", Candidate)
KEPT: Kind[tuple[Candidate, ...]] = Kind("candidates")


async def candidates(graph: Graph, memory: Memory, scope: Scope, demands: Demands, at: At) -> list[Candidate]:
    """Of each organization its best claim: one that counts, verified, of the capability itself, then first by id."""

    async def read(ids: list[str]) -> dict[str, tuple[Candidate, ...]]:
        rows = await graph.read(
            CANDIDATES,
            scope,
            capability=demands.capability,
            certification=None if demands.certification is None else _spellings(demands.certification),
            country=demands.country,
            everyone=demands.everyone,
            known=at.known,
            day=at.as_of,
            current=Current.YES.value,
        )
        return dict.fromkeys(ids, tuple(rows))

    # One shelf for all demands: each would push out another kind of thing.
    shelf, place = memory.shelf(KEPT, scope, at), repr(demands)
    await kept(shelf, [place], read)
    found: dict[str, Candidate] = {}
    for row in sorted(shelf[place], key=lambda row: _worth(row, demands.capability)):
        found.setdefault(row.organization.id, row)
    return list(found.values())


def _spellings(certification: str) -> Sequence[str]:
    return sorted({certification.strip(), fold(certification)})


def _worth(row: Candidate, capability: str) -> tuple[bool, bool, bool, str]:
    return not row.counts, not row.verified, row.capability != capability, row.claim
