"""Where and when something was measured, and with which versions: without it a number means nothing."""

import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("arcadedb-embedded", "neo4j", "numpy", "scipy")
BUSY = 0.5


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine, its load before the run, the day, and the versions of what took part."""

    processor: str
    cores: int
    memory_gib: float
    load: float  # how many programs wanted a core in the minute before
    date: str
    python: str
    packages: dict[str, str]
    neo4j: str | None

    @classmethod
    def of(cls, neo4j: str | None) -> "Machine":
        """The machine at hand, now."""
        return cls(
            processor=_processor(),
            cores=len(os.sched_getaffinity(0)),
            memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
            load=round(os.getloadavg()[0], 1),
            date=datetime.now(UTC).date().isoformat(),
            python=platform.python_version(),
            packages={name: version(name) for name in PACKAGES},
            neo4j=neo4j,
        )

    def told(self) -> str:
        """One sentence a reader can judge the numbers by."""
        packages = ", ".join(f"{name} {number}" for name, number in self.packages.items())
        server = f"Neo4j {self.neo4j}" if self.neo4j else "no Neo4j"
        shared = f" **The machine was shared: {self.load} programs wanted a core.**" if self.load > BUSY else ""
        return (
            f"{self.date}, {self.processor}, {self.cores} cores, {self.memory_gib} GiB, Python {self.python},"
            f" {server}, {packages}.{shared}"
        )

    def json(self) -> dict[str, object]:
        """The same as data."""
        return asdict(self)


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
