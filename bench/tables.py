"""What a run found, as data and as a table for people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias, cast

from bench.machine import Machine

HOME = Path(__file__).parent
RESULTS = HOME / "results"
README = HOME / "README.md"
PICTURE = HOME / "growth.svg"
MARK = "<!-- results: written by make bench -->"
ORDER = ("load", "lookup", "routes", "views", "scale", "others", "growth", "crowd", "peers", "silence")
THOUSAND = 1000
Cell: TypeAlias = "str | int | float"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one measurement under named columns; `note` says what was compared, and how many."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def markdown(self) -> str:
        """The table for people."""
        lines = [self.columns, tuple("---" for _ in self.columns), *self._texts()]
        body = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return "\n\n".join([f"### {self.title}", body, self.note])

    def told(self) -> str:
        """The table for a terminal."""
        lines = [self.columns, *self._texts()]
        widths = [max(len(line[place]) for line in lines) for place in range(len(self.columns))]
        body = "\n".join(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in lines
        )
        return "\n".join([f"\n{self.title}", body, self.note])

    def _texts(self) -> list[tuple[str, ...]]:
        return [tuple(map(_text, row)) for row in self.rows]


def _text(cell: Cell) -> str:
    """A cell for people: three digits of what was measured, every digit of what was counted."""
    if isinstance(cell, float):
        return f"{cell:.3g}" if cell < THOUSAND else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def save(machine: Machine, tables: Iterable[Table]) -> None:
    """Nothing, once the results stand in files of their own and in the README."""
    for table in tables:
        text = json.dumps({"machine": machine.json(), "told": machine.told(), **asdict(table)}, indent=2)
        (RESULTS / f"{table.name}.json").write_text(text + "\n", "utf-8")
    head = README.read_text("utf-8").split(MARK)[0]
    README.write_text(f"{head}{MARK}\n\n{told()}\n", "utf-8")


def stored(name: str) -> Table:
    """The last results of a measurement."""
    return _table(json.loads((RESULTS / f"{name}.json").read_text("utf-8")))


def told() -> str:
    """The last results of every measurement, each with the machine it was taken on."""
    parts: list[str] = []
    told = ""
    for name in ORDER:
        file = RESULTS / f"{name}.json"
        if file.exists():
            found = json.loads(file.read_text("utf-8"))
            parts += [] if found["told"] == told else [found["told"]]
            told = found["told"]
            table = _table(found)
            parts.append(table.markdown())
            if name == "growth":
                parts.append(f"![{table.title}]({PICTURE.name})")
    return "\n\n".join(parts)


def _table(found: Mapping[str, object]) -> Table:
    columns = tuple(cast("list[str]", found["columns"]))
    rows = tuple(tuple(row) for row in cast("list[list[Cell]]", found["rows"]))
    return Table(str(found["name"]), str(found["title"]), str(found["note"]), columns, rows)
