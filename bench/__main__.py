"""Measure, print, and write down: python -m bench [load] [lookup] [routes] [views] [scale] [crowd] [peers].

All unless some are named. The sets are the public one in PADDOCK_MOTORSPORT_UK (or beside the checkout) and the demo;
`scale` invents societies of up to three million ties, `crowd` users by the hundred, and `peers` sets our service beside
another. `--draft` measures a tenth of the demo and the smallest society and writes nothing down.
"""

import asyncio
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import packs
from bench import loads, lookups, routes, views
from bench.crowd import run as crowd
from bench.drawing import save
from bench.machine import Machine
from bench.peers import run as peers
from bench.peers import servers
from bench.scale import run
from bench.sides import ABSENT, VERSION, Side, neo4j_version, sides
from bench.tables import Cell, Table
from loaders import demo, motorsport_uk
from service.graph.model import Batch
from tests.real_neo4j import maven_fits, terminated

SEED = 20261124
AT = "2026-08-21T00:00:00.000000Z"
ROOT = Path(__file__).parent.parent
BESIDE = ROOT.parent / "shared" / "data" / "motorsport-uk"
INVENTED = ROOT / "tests" / "data" / "motorsport-uk"
SMALL, DRAFT = 0.02, 0.1
WHAT = ("load", "lookup", "routes", "views", "scale", "crowd", "peers")


@dataclass(frozen=True, slots=True)
class Subject:
    """A set that is loaded and asked."""

    name: str
    batch: Batch
    as_of: str


@dataclass(slots=True)
class Run:
    """What is measured, and what was found so far."""

    wanted: frozenset[str]
    loaded: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])
    lookup: Table | None = None
    routed: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])
    viewed: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])
    engines: tuple[str, ...] = ()

    def check(self, loop: asyncio.AbstractEventLoop) -> None:
        """Nothing where a small set is the same in every engine; loading fails here before any time is taken."""
        with sides(loop) as stores:
            loads.loaded(loop, "small", demo.batch(SMALL), stores, AT)

    def measure(self, loop: asyncio.AbstractEventLoop, subject: Subject, *, last: bool) -> None:
        """Take in the rows of one set."""
        with sides(loop) as stores:
            self.engines = tuple(side.name for side in stores)
            self.loaded += loads.loaded(loop, subject.name, subject.batch, stores, AT)
            if last and "lookup" in self.wanted:
                self.lookup = lookups.measured(loop, stores, list(subject.batch.agents), SEED)
            if self.wanted & {"routes", "views"}:
                self._ties(loop, subject, stores)

    def _ties(self, loop: asyncio.AbstractEventLoop, subject: Subject, stores: list[Side]) -> None:
        model = packs.evidence()
        cases = [views.opened(loop, subject.name, side, model, subject.as_of) for side in stores]
        views.agreed(cases)
        if "routes" in self.wanted:
            self.routed += routes.compared(loop, cases[-1], SEED)
        if "views" in self.wanted:
            self.viewed += [views.measured(loop, case) for case in cases]

    def tables(self) -> list[Table]:
        """One table a measurement."""
        found = [loads.table(self.loaded, self.engines)] if "load" in self.wanted else []
        found += [self.lookup] if self.lookup else []
        if "routes" in self.wanted:
            found.append(routes.table(self.routed, SEED, neo4j="neo4j" in self.engines))
        return [*found, views.table(self.viewed)] if "views" in self.wanted else found


def subjects(scale: float) -> list[Subject]:
    """The public set and the demo."""
    folder = Path(os.environ.get("PADDOCK_MOTORSPORT_UK", BESIDE))
    name = "motorsport-uk"
    if not folder.is_dir():
        sys.stderr.write(f"*** NO REAL DATA in {folder}: the invented set takes its place ***\n")
        folder, name = INVENTED, "motorsport-uk, invented"
    public = motorsport_uk.batch(motorsport_uk.read(folder)).batch
    return [Subject(name, public, AT[:10]), Subject(f"demo at scale {scale:g}", demo.batch(scale), demo.AS_OF)]


def main(arguments: list[str]) -> int:
    """Print what was measured and, unless it is a draft, write it down."""
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*WHAT, []])
    parser.add_argument("--draft", action="store_true", help="a tenth of the demo, nothing written down")
    chosen = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, terminated)
    machine = Machine.of(neo4j_version())
    sys.stdout.write(f"{machine.told()}\n")
    if machine.neo4j is None:
        sys.stderr.write(f"\n*** {ABSENT}. Only the embedded engine is measured, and no Cypher beside us. ***\n\n")
    wanted = frozenset(chosen.what or WHAT)
    with asyncio.Runner() as runner:
        for tables in _measured(runner.get_loop(), wanted, draft=chosen.draft):
            for table in tables:
                sys.stdout.write(f"{table.told()}\n")
            if not chosen.draft:
                save(machine, tables)
    return 0


def _measured(loop: asyncio.AbstractEventLoop, wanted: frozenset[str], *, draft: bool) -> Iterator[list[Table]]:
    """What was found, as soon as it was, so that a run that is cut off leaves what it had."""
    if wanted - {"scale", "crowd", "peers"}:
        yield _sets(loop, wanted, DRAFT if draft else 1.0)
    if "scale" in wanted and maven_fits(VERSION):
        yield from run.growing(loop, SEED, VERSION, draft=draft)
    if "peers" in wanted and maven_fits(VERSION) and servers.fits():
        yield [peers.measured(loop, SEED, VERSION, draft=draft)]
    if "crowd" in wanted and neo4j_version():
        yield crowd.measured(loop, SEED, draft=draft)


def _sets(loop: asyncio.AbstractEventLoop, wanted: frozenset[str], scale: float) -> list[Table]:
    """What is measured on the public set and the demo."""
    measuring = Run(wanted)
    measuring.check(loop)
    every = subjects(scale)
    for subject in every:
        measuring.measure(loop, subject, last=subject is every[-1])
    return measuring.tables()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
