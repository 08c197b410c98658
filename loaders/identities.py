"""Who is meant: identities joined into agents, with names and ids that no order of files can change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from loaders.statements import Mention
from service.graph.model import AgentRecord, Identity


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mention of an agent by a source, at a row and under a visibility class."""

    source: str  # slug: sources are ordered by it, whatever order their files were read in
    line: int
    mention: Mention
    vis: int

    @property
    def place(self) -> tuple[str, int]:
        """What decides which spelling was met first."""
        return self.source, self.line


class Joins:
    """Sets of identities that are one agent; it does not matter in which order they are joined."""

    def __init__(self) -> None:
        self._parent: dict[Identity, Identity] = {}

    def add(self, identity: Identity) -> None:
        """Make an identity known, of an agent of its own until it is joined."""
        self._parent.setdefault(identity, identity)

    def join(self, one: Identity, other: Identity) -> None:
        """Say that two identities are one agent."""
        if one.kind is not other.kind:
            raise ValueError(f"{one} and {other} cannot be one agent; a person is no organization")
        high, low = sorted((self.root(one), self.root(other)), key=lambda identity: identity.rank)
        self._parent[low] = high

    def root(self, identity: Identity) -> Identity:
        """The highest-ranked identity of an agent: the one its id is made of."""
        self.add(identity)
        trail = [identity]
        while (above := self._parent[trail[-1]]) != trail[-1]:
            trail.append(above)
        for below in trail:
            self._parent[below] = trail[-1]
        return trail[-1]

    def sets(self) -> dict[Identity, list[Identity]]:
        """All identities of each agent, highest rank first, by its highest-ranked one."""
        found: dict[Identity, list[Identity]] = {}
        for identity in sorted(self._parent, key=lambda identity: (identity.kind, identity.rank)):
            found.setdefault(self.root(identity), []).append(identity)
        return found


@dataclass(frozen=True, slots=True)
class Agents:
    """The agents of one load, and which of them each identity means."""

    records: Mapping[str, AgentRecord]
    ids: Mapping[Identity, str]


def resolve(spoken: Iterable[Spoken]) -> Agents:
    """The agents that were spoken of; joins that other sources make are counted in when the batch is written."""
    ordered = sorted(spoken, key=lambda one: one.place)
    joins = Joins()
    for one in ordered:
        joins.add(one.mention.identity)
        for other in one.mention.joined:
            joins.join(one.mention.identity, other)
    said: dict[Identity, list[Spoken]] = {}
    for one in ordered:
        said.setdefault(joins.root(one.mention.identity), []).append(one)
    sets = joins.sets()
    records = (_agent(identities, said[root]) for root, identities in sets.items())
    ids = {identity: root.agent for root, identities in sets.items() for identity in identities}
    return Agents({record.id: record for record in records}, ids)


def _agent(identities: Sequence[Identity], spoken: Sequence[Spoken]) -> AgentRecord:
    spelled = dict.fromkeys(spelling for one in spoken for spelling in one.mention.spellings)
    # An agent that no row spells is called what its identity says.
    name, *others = spelled or (identities[0].value,)
    return AgentRecord(
        id=identities[0].agent,
        kind=identities[0].kind,
        name=name,
        other_names=tuple(others),
        other_names_vis=tuple(_vis(other, spoken) for other in others),
        identities=tuple(identities),
        vis=min(one.vis for one in spoken),
        kinds=tuple(sorted({kind for one in spoken for kind in one.mention.kinds})),
    )


def _vis(name: str, spoken: Sequence[Spoken]) -> int:
    return min(one.vis for one in spoken if name in one.mention.spellings)
