"""How fast records are written: a whole set into an empty store of each engine, through the one way that writes."""

import asyncio
import filecmp
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from bench.sides import Side
from bench.tables import Cell, Table
from bench.texts import text
from bench.timing import Unequal
from service.graph.dump import dump
from service.graph.model import Batch
from service.graph.record.write import load

COLUMNS = ("set", "engine", "nodes", "claims and evidence", "seconds", "claims and evidence a second")
Rows = list[tuple[Cell, ...]]


def loaded(loop: asyncio.AbstractEventLoop, name: str, batch: Batch, stores: Sequence[Side], at: str) -> Rows:
    """A row for each engine; Unequal unless all of them hold the same afterwards, down to the last byte of a dump."""
    seconds = {side.name: _seconds(loop, side, batch, at) for side in stores}
    compare(loop, stores)
    return [_row(loop, name, side, seconds[side.name]) for side in stores]


def _seconds(loop: asyncio.AbstractEventLoop, side: Side, batch: Batch, at: str) -> float:
    begin = time.perf_counter()
    loop.run_until_complete(load(side.graph, batch, recorded_at=at))
    seconds = time.perf_counter() - begin
    sys.stderr.write(f"loaded into {side.name} in {seconds:.1f} s\n")
    return seconds


def compare(loop: asyncio.AbstractEventLoop, stores: Sequence[Side]) -> None:
    """Nothing where all stores hold the same; Unequal otherwise."""
    with TemporaryDirectory(prefix="paddock-bench-") as folder:
        files = [Path(folder, f"{side.name}.dump") for side in stores]
        for side, file in zip(stores, files, strict=True):
            loop.run_until_complete(dump(side.graph, file))
        for side, file in zip(stores, files, strict=True):
            if not filecmp.cmp(files[0], file, shallow=False):
                raise Unequal(f"after the same load {stores[0].name} and {side.name} hold different things")


def _row(loop: asyncio.AbstractEventLoop, name: str, side: Side, seconds: float) -> tuple[Cell, ...]:
    (record,) = loop.run_until_complete(side.graph.engine.read(text("stored"), {}))
    nodes, relationships = (cast("int", record[name]) for name in ("nodes", "relationships"))
    return name, side.name, nodes, relationships, seconds, relationships / seconds


def table(rows: Rows, names: Sequence[str]) -> Table:
    """The rate of each engine."""
    same = f"Dumps of {' and '.join(names)} were equal byte for byte." if len(names) > 1 else "There was one engine."
    return Table("load", "Loading into an empty store", same, COLUMNS, tuple(rows))
