"""Changes as the store tells them, and evidence among them turned into columns."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from network import strengths
from network.rows import HIDDEN, STANDING, Rows, latest
from network.strength import BACKWARD, FORWARD, UNDIRECTED
from network.strengths import Ints
from network.ties import Ties


class AgentRow(NamedTuple):
    """An agent as the store has it; without a class nobody may see it."""

    id: str
    vis: int | None
    organization: bool


class SourceRow(NamedTuple):
    """A source as the store has it; without a class nobody may see what rests on it."""

    id: str
    vis: int | None


class EvidenceRow(NamedTuple):
    """A piece of evidence as the store has it.

    Days are ordinals: `since` None for point evidence, `on` the day or the last one (9999-12-31 while it runs).
    `recorded` and `retracted` are microseconds, the latter None while it stands. Evidence between an agent and itself
    is passed over. `instead` names the evidence between the same two whose place it takes for whoever sees both, and
    itself where it says that nothing is left of it.
    """

    id: str
    start: str
    end: str
    kind: str
    since: int | None
    on: int
    confidence: float
    intensity: float
    vis: int | None
    recorded: int
    retracted: int | None
    source: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """What has changed up to a revision: the ids of what is gone for good, and the new state of what was written.

    What is gone goes first, so that an id may go and come back in one change.
    """

    revision: int
    agents: Sequence[AgentRow] = ()
    sources: Sequence[SourceRow] = ()
    evidence: Sequence[EvidenceRow] = ()
    gone: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """Evidence in columns; its agents are numbered, its pairs not yet. `a` < `b` hold the ends of each row.

    `instead` holds for few of the ids those of the evidence whose place it takes.
    """

    a: Ints
    b: Ints
    rows: Rows
    instead: Mapping[bytes, tuple[str, ...]]

    @classmethod
    def of(cls, evidence: Sequence[EvidenceRow], ties: Ties) -> Self:
        """The columns of evidence whose agents, sources and kinds the ties have."""
        start = _numbers([row.start for row in evidence], ties.agents.numbers)
        end = _numbers([row.end for row in evidence], ties.agents.numbers)
        kinds = {name: number for number, name in enumerate(ties.table.names)}
        kind = _numbers([row.kind for row in evidence], kinds).astype(np.int8)
        weight = np.array([row.confidence * row.intensity for row in evidence], dtype=np.float64)
        on = np.array([row.on for row in evidence], dtype=np.int32)
        interval = np.array([row.since is not None for row in evidence], dtype=np.bool_)
        ahead = np.where(start < end, FORWARD, BACKWARD).astype(np.int8)
        rows = Rows(
            id=np.array([row.id.encode() for row in evidence], dtype=np.bytes_),
            pair=np.zeros(len(evidence), dtype=np.int32),
            kind=kind,
            direction=np.where(ties.table.directed[kind], ahead, UNDIRECTED).astype(np.int8),
            begins=np.array([row.on if row.since is None else row.since for row in evidence], dtype=np.int32),
            on=on,
            interval=interval,
            weight=weight,
            full=strengths.full(kind, weight, ties.table),
            vis=np.array([HIDDEN if row.vis is None else row.vis for row in evidence], dtype=np.int16),
            recorded=np.array([row.recorded for row in evidence], dtype=np.int64),
            retracted=np.array([_end(row.retracted) for row in evidence], dtype=np.int64),
            source=_numbers([row.source for row in evidence], ties.sources.numbers),
        )
        # Of an id that comes twice the later row counts, also where that one takes nobody's place.
        stated = {row.id.encode(): row.instead for row in evidence} if any(row.instead for row in evidence) else {}
        instead = {id: over for id, over in stated.items() if over}
        return cls(np.minimum(start, end), np.maximum(start, end), rows, instead)

    @classmethod
    def joined(cls, blocks: Sequence[Self]) -> Self:
        """The evidence of all blocks: of an id that comes twice the later row, and none between an agent and itself."""
        a, b = np.concatenate([block.a for block in blocks]), np.concatenate([block.b for block in blocks])
        rows = Rows.joined([block.rows for block in blocks])
        kept = latest(rows.id)
        kept = kept[a[kept] != b[kept]]
        instead: dict[bytes, tuple[str, ...]] = {}
        for block in blocks:
            again = instead.keys() & set(block.rows.id.tolist()) if instead else ()
            instead = {id: over for id, over in instead.items() if id not in again} | dict(block.instead)
        return cls(a[kept], b[kept], rows.taken(kept), instead)

    def versions(self, pair: Ints) -> Iterator[tuple[int, bytes, bytes]]:
        """The few that take the place of others, each with its pair."""
        if self.instead:
            ids = self.rows.id.tolist()
            for at in np.flatnonzero(np.isin(self.rows.id, list(self.instead))).tolist():
                for under in self.instead[ids[at]]:
                    yield int(pair[at]), ids[at], under.encode()


def refuse(delta: Delta, ties: Ties) -> None:
    """ValueError where evidence names what neither the ties nor the change have, or its weights are no ratios."""
    agents, sources, gone = {row.id for row in delta.agents}, {row.id for row in delta.sources}, set(delta.gone)
    for row in delta.evidence:
        for id in (row.start, row.end):
            if id not in agents and (id in gone or id not in ties.agents.numbers):
                raise ValueError(f"evidence {row.id} names the agent {id}, which is not there; send the agent first")
        if row.source not in sources and (row.source in gone or row.source not in ties.sources.numbers):
            raise ValueError(f"evidence {row.id} names the source {row.source}, which is not there; send it first")
        ties.model.kind(row.kind)
        if not (0 <= row.confidence <= 1 and 0 <= row.intensity <= 1):
            raise ValueError(
                f"evidence {row.id} has confidence {row.confidence} and intensity {row.intensity}; both lie from 0 to 1"
            )


def _end(retracted: int | None) -> int:
    return STANDING if retracted is None else retracted


def _numbers(ids: Sequence[str], numbers: Mapping[str, int]) -> Ints:
    return np.array([numbers[id] for id in ids], dtype=np.int32)
