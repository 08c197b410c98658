"""A load as a program of its own that is killed at some moment, and everything it leaves behind."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from service.engines.open import open_engine
from service.engines.protocol import Engine, Record
from service.engines.stores import Folder
from tests.conftest import PATIENT

PROGRAM = [sys.executable, "-c", "from service.cli import main; main()"]
AT = "2026-08-21T00:00:00.000000Z"
LONGEST = 240.0
NODES = "MATCH (n) RETURN labels(n) AS about, properties(n) AS properties"
LINKS = "MATCH (a)-[r]->(b) RETURN [type(r), a.id, b.id] AS about, properties(r) AS properties"
# A resumed load takes more transactions; that, who held the lock last and when a schema was made may differ.
FREE = {"revision", "_lock", "at"}
FREE_OF_REVISION = {"number", "micros"}


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: so many seconds after the log has so many lines; after none is after the start."""

    lines: int
    pause: float


@dataclass(frozen=True, slots=True)
class Ending:
    """How a load ended: the report of one that came to its end, and the words of its log."""

    report: dict[str, object] | None
    log: tuple[str, ...]
    seconds: float

    @property
    def inside(self) -> bool:
        """Whether the log shows a transaction that began and was not committed."""
        return self.log[-1:] == ("begun",)

    @property
    def committed(self) -> int:
        """How many transactions the log shows as committed."""
        return self.log.count("committed")


@dataclass(frozen=True, slots=True)
class Loader:
    """The program that loads a folder of files into a store."""

    store: str
    files: Path
    scratch: Path
    environment: dict[str, str] = field(default_factory=dict[str, str])

    def run(self, moment: Moment | None = None) -> Ending:
        """How it ended: by itself, or killed where it had not come to its end by the moment."""
        log, out = self.scratch / "log", self.scratch / "report"
        command = [*PROGRAM, "load", "motorsport-uk", str(self.files), "--store", self.store]
        begin = time.monotonic()
        with log.open("wb") as said, out.open("wb") as told:
            program = subprocess.Popen(
                [*command, "--json", "--recorded-at", AT],
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=said,
                env={**os.environ, **self.environment, "PADDOCK_LOG": "debug"},
            )
        try:
            if moment is not None:
                _await(program, log, moment)
                program.kill()
            code = program.wait(LONGEST)
        finally:
            program.kill()
            program.wait()
        text = log.read_text("utf-8")
        assert code in {0, -9}, text
        report = json.loads(out.read_text("utf-8")) if code == 0 else None
        return Ending(report, _words(text), time.monotonic() - begin)


def _await(program: "subprocess.Popen[bytes]", log: Path, moment: Moment) -> None:
    """Nothing, once the moment has come or the program has ended."""
    end = time.monotonic() + LONGEST
    while program.poll() is None and len(_words(log.read_text("utf-8"))) < moment.lines:
        assert time.monotonic() < end
        time.sleep(0.002)
    try:
        program.wait(moment.pause)
    except subprocess.TimeoutExpired:
        return


def _words(log: str) -> tuple[str, ...]:
    """Of each whole line about a revision, whether it was begun or committed."""
    lines = [line for line in log.split("\n")[:-1] if " service.graph.store: revision " in line]
    return tuple(line.rpartition(" ")[2] for line in lines)


def moments(seed: int, clean: Ending) -> Iterator[Moment]:
    """Moments without end, at random: in turn anywhere in the load, soon after a line, and soon after a beginning."""
    dice = random.Random(seed)
    lines, soon = len(clean.log), clean.seconds / len(clean.log) / 20
    while True:
        yield Moment(0, dice.uniform(0, clean.seconds))
        yield Moment(dice.randint(1, lines), dice.uniform(0, soon))
        yield Moment(dice.randrange(1, lines, 2), dice.uniform(0, soon))


@dataclass(slots=True)
class Tally:
    """What came of loads that were killed: how many kills, how many of them inside a transaction as the log shows."""

    kills: int = 0
    inside: int = 0
    stories: int = 0
    differences: list[str] = field(default_factory=list[str])  # of the store after each, from one clean load


@dataclass(frozen=True, slots=True)
class Stage:
    """A load, how its store is made ready for it, and how the store is read afterwards."""

    loader: Loader
    ready: Callable[[], Awaitable[object]]
    seen: Callable[[], Awaitable[list[str]]]

    async def told(self, kills: int, inside: int, seed: int) -> Tally:
        """At least so many kills, so many of them inside a transaction; each load is started again until it ends."""
        await self.ready()
        clean = self.loader.run()
        expected = await self.seen()
        at, tally = moments(seed, clean), Tally()
        while tally.kills < kills or tally.inside < inside:
            await self.ready()
            self._insist(at, tally, kills, inside)
            tally.stories += 1
            tally.differences += sorted({*expected} ^ {*await self.seen()})
        return tally

    def _insist(self, at: Iterator[Moment], tally: Tally, kills: int, inside: int) -> None:
        while True:
            enough = tally.kills >= kills and tally.inside >= inside
            ending = self.loader.run(None if enough else next(at))
            if ending.report is not None:
                return
            tally.kills += 1
            tally.inside += ending.inside


async def contents(engine: Engine) -> list[str]:
    """Everything in the store, but how many transactions it took."""
    rows = [*await engine.read(NODES, {}), *await engine.read(LINKS, {})]
    return sorted(json.dumps(_plain(row), sort_keys=True) for row in rows)


def _plain(row: Record) -> list[object]:
    about, properties = row["about"], row["properties"]
    assert isinstance(about, list)
    assert isinstance(properties, dict)
    free = FREE | FREE_OF_REVISION if "Revision" in about else FREE
    kept = cast("dict[str, object]", properties)
    return [about, {name: value for name, value in kept.items() if name not in free}]


async def contents_of(folder: Folder) -> list[str]:
    """Everything in an embedded store that nobody else has open."""
    async with opened(folder) as engine:
        return await contents(engine)


async def rows_of(folder: Folder, question: str) -> list[Record]:
    """The answer of an embedded store that nobody else has open."""
    async with opened(folder) as engine:
        return await engine.read(question, {})


@asynccontextmanager
async def opened(folder: Folder) -> AsyncGenerator[Engine]:
    engine = await open_engine(folder, PATIENT)
    try:
        yield engine
    finally:
        await engine.close()


def embedded(scratch: Path, files: Path, template: Path | None = None) -> Stage:
    """A load into a folder that is as the template before each, or missing."""
    folder = scratch / "store"

    async def ready() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if template is not None:
            shutil.copytree(template, folder)

    return Stage(Loader(str(folder), files, scratch), ready, lambda: contents_of(Folder(folder)))
