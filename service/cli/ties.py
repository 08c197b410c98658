"""Ties and how they came about, as a person reads them and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from network.dates import ordinal
from network.strength import Rhythm
from service.cli import drawing, plain, words
from service.graph.questions.reasons import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from service.cli.plain import Json, Proof
    from service.graph.questions.histories import TieHistory, TieHistoryPoint
    from service.graph.questions.ties import Tie

LINE = 60  # signs of the curve
SIGNS = "▁▂▃▄▅▆▇█"
RHYTHMS = {
    Rhythm.REGULAR: "as often as they used to",
    Rhythm.OVERDUE: "overdue",
    Rhythm.LAPSED: "lapsed",
}


def tie(found: Tie, proof: Proof) -> dict[str, Json]:
    """A tie with all it rests on."""
    ends = {"a": plain.named(found.a), "b": plain.named(found.b)}
    return {**ends, **plain.tie(found, proof), "asOf": found.at.as_of, "knownAt": found.at.told}


def draw(out: Console, found: Tie, proof: Proof) -> None:
    """A tie: how strong, since when, how often, and what each piece of evidence adds."""
    head(out, found)
    out.print()
    table = drawing.columns("share", "counts from", "what")
    table.columns[0].justify = "right"
    table.add_column("who says so")
    for edge in proof.edges:
        what = words.lasting(edge.node, proof.titles(edge.node.id))
        table.add_row(f"{edge.share:.1%}", edge.counts_from, what, words.who_says(edge.node))
    drawing.grid(out, table)
    if proof.more:
        drawing.line(out, Text(f"and {proof.more} more; --first shows them", style="dim"))


def head(out: Console, found: Tie) -> None:
    """Who, as of when, how strong, since when, and how often."""
    drawing.line(out, Text(f"{found.a.name} and {found.b.name}", style="bold"))
    drawing.line(out, drawing.clocks(found.at.as_of, found.at.told))
    out.print()
    drawing.line(out, _standing(found))
    drawing.line(out, Text(_days(found)))
    drawing.line(out, Text(_rhythm(found)))


def _standing(found: Tie) -> Text:
    style = drawing.STYLES[found.band]
    way = "mutual" if found.mutual else "one way only"
    return Text.assemble((found.band.value, style), f" {number(found.strength)}  {drawing.bar(found.strength)}  {way}")


def _days(found: Tie) -> str:
    pieces = words.counted(found.evidence_count, "piece of evidence", "pieces of evidence")
    return f"{pieces}, {words.span(found.first_evidence, found.last_evidence)}"


def _rhythm(found: Tie) -> str:
    silence = f"silent for {words.counted(found.silence_days, 'day')}"
    if found.median_gap_days is None:
        return f"too few days to tell how often; {silence}"
    return f"usually every {found.median_gap_days:g} days, {silence}: {RHYTHMS[found.cadence]}"


def history(found: TieHistory, proof: Proof) -> dict[str, Json]:
    """A tie point by point."""
    return {
        "a": plain.named(found.a),
        "b": plain.named(found.b),
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "points": [_point(point, proof) for point in found.points],
        "strength": 0.0 if found.tie is None else found.tie.strength,
        "band": found.points[-1].band,
    }


def _point(point: TieHistoryPoint, proof: Proof) -> dict[str, Json]:
    because = None if point.because is None else plain.item(point.because, proof)
    return {"on": point.on, "strength": point.strength, "band": point.band, "because": because}


def draw_history(out: Console, found: TieHistory, proof: Proof) -> None:
    """A tie over time: a curve, and below it what moved it."""
    first, last = found.points[0].on, found.points[-1].on
    drawing.line(out, Text(f"{found.a.name} and {found.b.name}, {words.span(first, last)}", style="bold"))
    drawing.line(out, drawing.clocks(found.as_of, found.known_at))
    out.print()
    drawing.line(out, Text(curve([(point.on, point.strength) for point in found.points])))
    drawing.line(out, Text(f"{first}{last:>{max(LINE - len(first), len(last) + 1)}}", style="dim"))
    out.print()
    table = drawing.columns("day", "strength", "", "what moved it")
    table.add_column("who says so")
    for point in found.points:
        if point.because is not None or point.on in {first, last}:
            table.add_row(*_row(point, proof))
    drawing.grid(out, table)


def _row(point: TieHistoryPoint, proof: Proof) -> Sequence[str | Text]:
    style = drawing.STYLES[point.band]
    strength = Text.assemble((f"{point.band.value:<6}", style), f" {number(point.strength)}")
    if point.because is None:
        return point.on, strength, drawing.bar(point.strength), "", ""
    what = words.lasting(point.because, proof.titles(point.because.id))
    return point.on, strength, drawing.bar(point.strength), what, words.who_says(point.because)


def curve(points: Sequence[tuple[str, float]]) -> str:
    """Strengths over time in a line of signs, each for the highest in its stretch of days."""
    days, first = [ordinal(on) for on, _ in points], ordinal(points[0][0])
    whole = days[-1] - first + 1
    width = min(LINE, whole)
    heights = [0.0] * width
    for place in range(width):
        low, high = first + place * whole // width, first + (place + 1) * whole // width
        inside = [strength for on, (_, strength) in zip(days, points, strict=True) if low <= on < high]
        before = [strength for on, (_, strength) in zip(days, points, strict=True) if on < low][-1:]
        heights[place] = max(inside or before)
    return "".join(SIGNS[min(len(SIGNS) - 1, int(height * len(SIGNS)))] if height else " " for height in heights)
