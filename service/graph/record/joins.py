"""Which identities are one agent: what the standing claims about identities join, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.graph.model import Identity


class Joins:
    """Identities in sets; the highest-ranked one of a set gives the agent its id."""

    def __init__(self, ends: Iterable[tuple[Sequence[str], bool]]) -> None:
        """Join the ends of claims that stand; those of retracted ones are known and joined to nothing."""
        self._parents: dict[Identity, Identity] = {}
        self._parsed: dict[str, Identity | None] = {}
        self._agents: dict[str, str] = {}
        for pair, stands in ends:
            one, other = (self._identity(end) for end in pair)
            if one and other and stands:
                self._join(one, other)
        self._sets = self._collect()

    def agent(self, end: str, otherwise: str) -> str:
        """The id of the agent an end means; `otherwise` where the end is no identity."""
        if end not in self._agents:
            identity = self._identity(end)
            self._agents[end] = "" if identity is None else self._root(identity).agent
        return self._agents[end] or otherwise

    def identities(self) -> dict[str, list[Identity]]:
        """The identities of each agent, highest rank first."""
        return self._sets

    def successors(self) -> dict[str, str]:
        """Which agent answers for the id that each identity alone would give."""
        return {identity.agent: agent for agent, identities in self._sets.items() for identity in identities}

    def _identity(self, text: str) -> Identity | None:
        if text not in self._parsed:
            self._parsed[text] = identity = Identity.parse(text)
            if identity is not None:
                self._parents.setdefault(identity, identity)
        return self._parsed[text]

    def _root(self, identity: Identity) -> Identity:
        while (above := self._parents[identity]) != identity:
            self._parents[identity] = self._parents[above]
            identity = above
        return identity

    def _join(self, one: Identity, other: Identity) -> None:
        high, low = sorted((self._root(one), self._root(other)), key=lambda identity: identity.rank)
        self._parents[low] = high

    def _collect(self) -> dict[str, list[Identity]]:
        sets: dict[str, list[Identity]] = {}
        for identity in sorted(self._parents, key=lambda identity: identity.rank):
            sets.setdefault(self._root(identity).agent, []).append(identity)
        return sets
