"""A society in a Neo4j: written as CSV files, imported into a folder of its own, and kept there for the next run.

What is stored is what the loaders store of the same records: nodes with their stamps, claims and evidence in their
envelopes, classes, sources and the revision. Beside it stand seats and ties with their costs, for Cypher to search.
"""

import csv
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.scale import columns, companies, memory
from bench.scale.companies import Row
from bench.scale.society import KINDS, Society
from network.view import View
from tests.neo4j_maven import fetch_jars, find_java

PASSWORD = "bench-password"  # noqa: S105 (of a server that lives as long as a run, on this machine alone)
FORMAT = 1  # counts up whenever what is written changes; folders of another format are made anew
TYPES = {
    "vis": "int",
    "revision": "int",
    "confidence": "double",
    "origin": "string[]",
    "number": "int",
    "micros": "long",
}


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one society, for one release of Neo4j."""

    folder: Path

    @classmethod
    def of(cls, cache: Path, version: str, ties: int, seed: int) -> "Home":
        """The folder's place in a cache."""
        return cls(cache / f"neo4j-{version}-ties-{ties}-seed-{seed}-format-{FORMAT}")

    @property
    def done(self) -> bool:
        """Whether the society is in it."""
        return (self.folder / "imported").exists()

    def fill(self, society: Society, view: View, version: str) -> float:
        """The seconds it took to put a society there, with the costs of a view."""
        begin = time.perf_counter()
        shutil.rmtree(self.folder, ignore_errors=True)
        files = self.folder / "files"
        files.mkdir(parents=True)
        options = [*_nodes(files, society), *_claims(files, society), *_evidence(files, society), *_seats(files, view)]
        _import(self.folder, options, version)
        shutil.rmtree(files)
        (self.folder / "imported").touch()
        return time.perf_counter() - begin


def _nodes(files: Path, society: Society) -> list[str]:
    people, firms = list(companies.people(society)), list(companies.companies(society))
    revision = int(memory.revisions(len(society.evidence))[-1])
    last: Row = {"id": "revision", "number": revision, "micros": memory.FIRST + revision * 1_000_000}
    return [
        _node(files, "Person:Agent", people, ":ID(agent)"),
        _node(files, "Organization:Agent", firms, ":ID(agent)", len(people)),
        _node(files, "Capability", companies.capabilities(), ":ID(capability)"),
        _node(files, "Source", list(companies.sources()), ":ID(source)"),
        _node(files, "Revision", [last], ":ID(revision)"),
    ]


def _node(files: Path, labels: str, rows: Sequence[Row], number: str, first: int = 0) -> str:
    file = files / f"{labels.partition(':')[0]}.csv"
    _write(file, ({number: first + place, **row} for place, row in enumerate(rows)))
    return f"--nodes={labels}={file}"


def _claims(files: Path, society: Society) -> list[str]:
    options: list[str] = []
    for one in companies.claims(society):
        file = files / f"{one.type}.csv"
        start, end = f":START_ID({one.start})", f":END_ID({one.end})"
        _write(file, ({start: a, end: b, **row} for a, b, row in one.rows))
        options.append(f"--relationships={one.type}={file}")
    return options


def _write(file: Path, rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for place, row in enumerate(rows):
            if not place:
                writer.writerow([_typed(name, row[name]) for name in row])
            writer.writerow(row.values())


def _typed(name: str, value: object) -> str:
    # The id of a class is a number, all others are text.
    kind = "int" if name == "id" and isinstance(value, int) else TYPES.get(name)
    return f"{name}:{kind}" if kind else name


def _evidence(files: Path, society: Society) -> list[str]:
    said, revisions = society.evidence, memory.revisions(len(society.evidence))
    ends = society.people
    file = files / "KNOWS.csv"
    columns.write(
        file,
        {
            ":START_ID(agent)": columns.numbers(said.start),
            ":END_ID(agent)": columns.numbers(said.end),
            "id": said.id,
            "key": said.key,
            "kind": columns.picked(list(KINDS), said.kind),
            "since": columns.days(said.since),
            "on": columns.days(said.on),
            "confidence:double": columns.distinct(said.confidence),
            "intensity:double": columns.distinct(said.intensity),
            "vis:int": columns.numbers(said.vis),
            "source": columns.picked(memory.source_ids(), said.source),
            "origin:string[]": columns.pairs(ends[said.start], ends[said.end]),
            "recordedAt": columns.moments(memory.FIRST + revisions.astype(np.int64) * 1_000_000),
            "revision:int": columns.numbers(revisions),
        },
    )
    return [f"--relationships=KNOWS={file}"]


def _seats(files: Path, view: View) -> list[str]:
    """Every agent once more, with the ties of a view and their costs."""
    ids, people = view.ties.agents.ids, ~view.ties.organization
    seats, ties = files / "Seat.csv", files / "TIE.csv"
    _write(
        seats,
        (
            {":ID(seat)": at, "id": id, ":LABEL": _seat(person=person)}
            for at, (id, person) in enumerate(zip(ids, people.tolist(), strict=True))
        ),
    )
    begins = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(view.routes.starts))
    once = begins < view.routes.ends
    columns.write(
        ties,
        {
            ":START_ID(seat)": columns.numbers(begins[once]),
            ":END_ID(seat)": columns.numbers(view.routes.ends[once]),
            "cost:long": columns.numbers(view.routes.values[once]),
        },
    )
    return [f"--nodes={seats}", f"--relationships=TIE={ties}"]


def _seat(*, person: bool) -> str:
    return "Seat;Insider" if person else "Seat"


def _import(home: Path, options: Sequence[str], version: str) -> None:
    """Nothing, once Neo4j's own importer is done."""
    conf = home / "conf"
    conf.mkdir(exist_ok=True)
    (conf / "neo4j.conf").touch()
    _administer(home, version, ["dbms", "set-initial-password", PASSWORD])
    flags = ["--id-type=integer", "--trim-strings=true", "--overwrite-destination", "--max-off-heap-memory=4g"]
    _administer(home, version, ["database", "import", "full", *flags, *options])


def _administer(home: Path, version: str, command: Sequence[str]) -> None:
    """Nothing, once Neo4j's own tool has done as told; its words are in the folder."""
    log = home / "import.log"
    program = [find_java(version), "-Xmx2g", "-cp", f"{fetch_jars(version)}/*", "org.neo4j.cli.AdminTool"]
    with log.open("ab") as out:
        done = subprocess.run(  # noqa: S603 (a command of our own)
            [*program, *command],
            env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
            stdout=out,
            stderr=out,
            cwd=home,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"Neo4j's {' '.join(command[:3])} failed:\n{log.read_text('utf-8')[-3000:]}")
