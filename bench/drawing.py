"""How figures grow, drawn as an SVG: a small picture for each, with both axes logarithmic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bench import tables as results
from bench.machine import Machine
from bench.tables import Cell, Table

ACROSS = 3
WIDTH, HEIGHT = 300, 190
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 34, 30
INK, LINE, FAINT = "#1a1a1a", "#0b6e4f", "#d9d9d9"
STYLE = f"text {{ font: 11px sans-serif; fill: {INK} }} .title {{ font-weight: bold; font-size: 12px }}"


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of pixels from one number to another; whole powers of ten lie on it."""

    low: float
    high: float
    begin: float
    end: float

    def place(self, value: float) -> float:
        """Where a number lies."""
        part = (math.log10(value) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return self.begin + part * (self.end - self.begin)

    def powers(self) -> list[float]:
        """The powers of ten on the axis."""
        first, last = math.ceil(math.log10(self.low) - 1e-9), math.floor(math.log10(self.high) + 1e-9)
        return [10.0**power for power in range(first, last + 1)]


def save(machine: Machine, tables: Sequence[Table]) -> None:
    """Nothing, once the results stand in files of their own, in the README, and what grows in a picture."""
    results.save(machine, tables)
    for table in tables:
        if table.name == "growth":
            results.PICTURE.write_text(growth(table), "utf-8")


def growth(table: Table) -> str:
    """The picture of a table whose first column says how much there was; each other column is drawn by itself."""
    drawn = [place for place in range(1, len(table.columns)) if len(_points(table.rows, place)) > 1]
    rows = -(-len(drawn) // ACROSS)
    width, height = ACROSS * WIDTH, rows * HEIGHT
    panels = [
        f'<g transform="translate({at % ACROSS * WIDTH} {at // ACROSS * HEIGHT})">\n'
        f"{_panel(table.columns[place], _points(table.rows, place))}\n</g>"
        for at, place in enumerate(drawn)
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    title = f"<title>{escape(table.title)}, by {escape(table.columns[0])}</title>"
    ground = f'<rect width="{width}" height="{height}" fill="white"/>'
    return "\n".join([head, title, f"<style>{STYLE}</style>", ground, *panels, "</svg>", ""])


def _points(rows: Sequence[Sequence[Cell]], place: int) -> list[tuple[float, float]]:
    cells = ((row[0], row[place]) for row in rows)
    return [
        (float(size), float(value))
        for size, value in cells
        if not isinstance(size, str) and not isinstance(value, str) and value > 0
    ]


def _panel(name: str, points: Sequence[tuple[float, float]]) -> str:
    sizes, values = [size for size, _ in points], [value for _, value in points]
    across = Axis(min(sizes), max(sizes), LEFT, WIDTH - RIGHT)
    up = Axis(_below(min(values)), _above(max(values)), HEIGHT - BOTTOM, TOP)
    spots = [(across.place(size), up.place(value), value) for size, value in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in spots)
    return "\n".join(
        [
            f'<text class="title" x="{LEFT}" y="18">{escape(name)}</text>',
            *(_grid(f"{LEFT}", f"{up.place(one):.1f}", one) for one in up.powers()),
            *(
                f'<text x="{across.place(one):.1f}" y="{HEIGHT - 12}" text-anchor="middle">{_short(one)}</text>'
                for one in sizes
            ),
            f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>',
            *(_spot(x, y, value) for x, y, value in spots),
        ]
    )


def _grid(x: str, y: str, value: float) -> str:
    line = f'<line x1="{x}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="{FAINT}"/>'
    return f'{line}<text x="{LEFT - 6}" y="{y}" dy="4" text-anchor="end">{_short(value)}</text>'


def _spot(x: float, y: float, value: float) -> str:
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{LINE}"/>'
    return f'{circle}<text x="{x:.1f}" y="{y - 7:.1f}" text-anchor="middle">{value:.3g}</text>'


def _short(value: float) -> str:
    """A number as a label: 10k, 1M, .01."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _below(value: float) -> float:
    """The power of ten at a number or below it."""
    return 10.0 ** math.floor(math.log10(value))


def _above(value: float) -> float:
    """The power of ten above a number, with room for what is written over it."""
    return 10.0 ** (math.floor(math.log10(value * 1.5)) + 1)
