"""Ties and the routes made of them, as they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from paddock.answers import PostHolding, Provenance, Thing
from paddock.frames import Drawing, Edge, Row, Table


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence for a tie; `share` is its part of it, of which all add up to 1."""

    id: str
    kind: str
    since: date | None
    until: date | None
    from_: Thing
    to: Thing
    directed: bool
    share: float
    counts_from: date
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Tie(Table, Drawing):
    """All that is known between two on a day; `evidence` holds the largest shares of `evidence_count` pieces.

    As a table: one row a piece of evidence. As a graph: one edge.
    """

    a: Thing
    b: Thing
    strength: float
    band: str
    mutual: bool
    first_evidence: date
    last_evidence: date
    evidence_count: int
    cadence: str
    median_gap_days: float | None
    silence_days: int
    evidence: tuple[Evidence, ...]

    def rows(self) -> list[Row]:
        """Kind, days, share and source of each piece."""
        return [
            {
                "kind": one.kind,
                "since": one.since,
                "until": one.until,
                "share": one.share,
                "counts_from": one.counts_from,
                "source": one.provenance.source.name,
                "locator": one.provenance.locator,
                "evidence_id": one.id,
            }
            for one in self.evidence
        ]

    def edges(self) -> Iterator[Edge]:
        """The tie itself, with its strength and band."""
        yield self.a, self.b, {"strength": self.strength, "band": self.band}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a route: who asks whom, and how willingly."""

    from_: Thing
    to: Thing
    willingness: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A step of a route with all that is known between the two."""

    from_: Thing
    to: Thing
    willingness: float
    tie: Tie


@dataclass(frozen=True, slots=True)
class Path(Drawing):
    """A route: `strength` is the product of its steps' willingness, less at each hand-over."""

    from_: Thing
    to: Thing
    on_behalf_of: Thing
    hops: int
    strength: float
    band: str
    weakest: Step | None
    segments: tuple[Segment, ...]
    reasons: tuple[str, ...]

    @property
    def people(self) -> tuple[Thing, ...]:
        """Everybody on it, in order."""
        return (self.from_, *(one.to for one in self.segments))

    def edges(self) -> Iterator[Edge]:
        """Each step, with its willingness and the band of the tie."""
        for one in self.segments:
            yield one.from_, one.to, {"willingness": one.willingness, "band": one.tie.band}

    def __str__(self) -> str:
        """In a line, as `WARM 0.3966: Ann → Ben → Cat`."""
        return f"{self.band} {self.strength:.4f}: {' → '.join(str(one.name) for one in self.people)}"


def steps(path: Path, **said: object) -> list[Row]:
    """One row a step of a route, each with what is said of the route."""
    return [
        {
            **said,
            "strength": path.strength,
            "band": path.band,
            "hops": path.hops,
            "step": place,
            "from_id": one.from_.id,
            "from_name": one.from_.name,
            "to_id": one.to.id,
            "to_name": one.to.name,
            "willingness": one.willingness,
            "tie_band": one.tie.band,
            "last_evidence": one.tie.last_evidence,
            "evidence_count": one.tie.evidence_count,
        }
        for place, one in enumerate(path.segments, 1)
    ]


@dataclass(frozen=True, slots=True)
class Paths(Table, Drawing):
    """Routes, best first, or what stands in their place: `outcome` FOUND, NONE, NONE_VISIBLE or TRUNCATED.

    As a table: one row a step, `rank` tells the route. As a graph: every step, those of several routes once each.
    """

    outcome: str
    paths: tuple[Path, ...]
    nearest_hops: int | None
    as_of: date
    known_at: datetime

    def __len__(self) -> int:
        """How many routes there are."""
        return len(self.paths)

    def __iter__(self) -> Iterator[Path]:
        """The routes, best first."""
        return iter(self.paths)

    def rows(self) -> list[Row]:
        """One row a step."""
        return [row for rank, path in enumerate(self.paths, 1) for row in steps(path, rank=rank)]

    def edges(self) -> Iterator[Edge]:
        """Each step that any route takes."""
        yield from distinct(self.paths)


def distinct(paths: tuple[Path, ...]) -> Iterator[Edge]:
    """Each step that any of the routes takes, once."""
    found = {(a.id, b.id): (a, b, said) for path in paths for a, b, said in path.edges()}
    yield from found.values()


@dataclass(frozen=True, slots=True)
class Point:
    """How well two knew each other on a day."""

    on: date
    strength: float
    band: str


@dataclass(frozen=True, slots=True)
class History(Table):
    """A tie over time; as a table: one row a point."""

    a: Thing
    b: Thing
    points: tuple[Point, ...]
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """Day, strength and band."""
        return [{"on": one.on, "strength": one.strength, "band": one.band} for one in self.points]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds an office, and the routes to them."""

    holding: PostHolding
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Influence(Table, Drawing):
    """An office, who holds it, and the routes to each; as a table: one row a step."""

    post: Thing
    outcome: str
    holders: tuple[Holder, ...]
    as_of: date
    known_at: datetime

    def rows(self) -> list[Row]:
        """One row a step, with its holder and the rank of the route among theirs."""
        return [
            row
            for one in self.holders
            for rank, path in enumerate(one.paths, 1)
            for row in steps(path, holder_id=one.holding.person.id, holder_name=one.holding.person.name, rank=rank)
        ]

    def edges(self) -> Iterator[Edge]:
        """Each step that any route takes."""
        yield from distinct(tuple(path for one in self.holders for path in one.paths))
