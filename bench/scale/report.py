"""What the figures of all sizes come to: the promises beside what was found, the peers, and how each figure grows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import routes
from bench.scale.figures import Figures
from bench.tables import Cell, Table

NONE = "-"
Read = Callable[[Figures], float | None]


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure that has a limit, and how it is read."""

    title: str
    unit: str
    most: float
    read: Read


def _p50(name: str) -> Read:
    return lambda found: 1000 * found.times[name].p50 if name in found.times else None


def _p95(name: str) -> Read:
    return lambda found: 1000 * found.times[name].p95 if name in found.times else None


def _single(name: str) -> Read:
    return lambda found: found.single.get(name)


PROMISES = (
    Promise("the 5 best routes within 3 hops, p50", "ms", 0.3, _p50("3 hops")),
    Promise("the same, p95", "ms", 2, _p95("3 hops")),
    Promise("the 5 best routes within 4 hops, p50", "ms", 0.6, _p50("4 hops")),
    Promise("the same, p95", "ms", 5, _p95("4 hops")),
    Promise("a whole answer over HTTP, 3 hops, p50", "ms", 3, _p50("whole answer, 3 hops")),
    Promise("company to company, 30 people each, p50", "ms", 10, _p50("company to company")),
    Promise("who in the supply chain knows, p50", "ms", 30, _p50("who in the supply chain knows")),
    Promise("reach a capability, p50", "ms", 30, _p50("reach a capability")),
    Promise("a cold view: a new day, p50", "ms", 200, _p50("new day")),
    Promise("a cold view: a new clearance, p50", "ms", 200, _p50("new clearance")),
    Promise("an answer with what this process just wrote, p50", "ms", 50, _p50("this process wrote")),
    Promise("an answer with what another process just wrote, p50", "ms", 50, _p50("another process wrote")),
    Promise("memory of the service", "GB", 1.2, _single("memory, GB")),
    Promise("a service that reads the whole store is ready", "s", 90, _single("start from the store, s")),
    Promise("a service that starts from its cache is ready", "s", 5, _single("start from the cache, s")),
)
# In the order in which the others are asked.
RATIOS: Sequence[tuple[str, int | None]] = (
    ("Cypher within 3 hops, beside ours in the same run, median of the ratios", 15),
    ("Cypher within 4 hops, beside ours in the same run, median of the ratios", 150),
    ("Cypher written hop by hop, within 3 hops", None),
    ("Cypher written hop by hop, within 4 hops", None),
    ("SciPy's Yen, its 5 best of any length", None),
    ("SciPy's Yen, its 40 best, beside ours in the same run, median of the ratios", 1000),
)
# What has no limit, and says where the time of what has one goes.
BESIDE = (
    ("who asks, over HTTP: all that every answer takes before it begins, p50", "ms", _p50("who asks")),
    ("a whole answer over HTTP, 4 hops, p50", "ms", _p50("whole answer, 4 hops")),
    ("a whole answer over HTTP, 3 hops, p95", "ms", _p95("whole answer, 3 hops")),
    ("reach a broad capability of ten narrower ones, p50", "ms", _p50("reach a broad capability")),
    ("times a service said how far its reading had come", "", _single("times progress was told")),
)
GROWTH: Sequence[tuple[str, Read]] = (
    ("3 hops p50, ms", _p50("3 hops")),
    ("3 hops p95, ms", _p95("3 hops")),
    ("4 hops p50, ms", _p50("4 hops")),
    ("4 hops p95, ms", _p95("4 hops")),
    ("whole answer over HTTP p50, ms", _p50("whole answer, 3 hops")),
    ("company to company p50, ms", _p50("company to company")),
    ("supply chain knows p50, ms", _p50("who in the supply chain knows")),
    ("reach p50, ms", _p50("reach a capability")),
    ("cold view p50, ms", _p50("new day")),
    ("refresh p50, ms", _p50("another process wrote")),
    ("start from the store, s", _single("start from the store, s")),
    ("start from the cache, s", _single("start from the cache, s")),
    ("memory, GB", _single("memory, GB")),
)


def tables(every: Sequence[Figures], main: Figures, seed: int) -> list[Table]:
    """The tables: what was promised, who stands beside us, and how it grows."""
    people = f"{main.people:,} people, {main.ties:,} ties and {main.evidence:,} pieces of evidence in a Neo4j"
    note = f"{people}, drawn with seed {seed}. What a service read back was equal to what had been written."
    return [
        Table("scale", f"At {main.ties:,} ties", note, ("what", "unit", "found", "promised", "kept"), _promises(main)),
        Table("others", "Beside others, on the same ties", _beside(every), routes.COLUMNS, _peers(every)),
        Table("growth", "How it grows", GROWN, ("ties", *(name for name, _ in GROWTH)), _growth(every)),
    ]


GROWN = "A dash: a store of that size is not read whole here, as that takes minutes; its service starts from the cache."


def _promises(main: Figures) -> tuple[tuple[Cell, ...], ...]:
    found = [(one.title, one.unit, one.read(main), f"at most {one.most:g}", one.most) for one in PROMISES]
    rows: list[tuple[Cell, ...]] = [
        (title, unit, _cell(value), limit, NONE if value is None else _kept(value <= most))
        for title, unit, value, limit, most in found
    ]
    for (title, least), row in zip(RATIOS, main.peers, strict=False):
        kept = NONE if least is None or row[-1] == NONE else _kept(float(row[-1]) >= least)
        rows.append((title, "times", row[-1], NONE if least is None else f"at least {least}", kept))
    return (*rows, *((title, unit, _cell(read(main)), NONE, NONE) for title, unit, read in BESIDE))


def _kept(kept: object) -> str:
    return "yes" if kept else "NO"


def _peers(every: Sequence[Figures]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row for found in every for row in found.peers)


def _beside(every: Sequence[Figures]) -> str:
    both = "Both sides of a row answered alike before; Cypher finds each tie with its cost worked out beforehand."
    return both if any(found.peers for found in every) else "Nobody was asked."


def _growth(every: Sequence[Figures]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((found.ties, *(_cell(read(found)) for _, read in GROWTH)) for found in every)


def _cell(value: float | None) -> Cell:
    return NONE if value is None else value
