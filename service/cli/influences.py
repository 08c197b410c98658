"""Offices with the routes to their holders, and organizations that share people, as a person reads them and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from service.cli import drawing, plain, words
from service.graph.questions.reasons import number
from service.graph.questions.routes import PathOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from service.cli.plain import Json, Proofs
    from service.graph.questions.influence import InfluenceHolder, InfluenceResult
    from service.graph.questions.interlocks import Interlock
    from service.graph.questions.routes import Path
    from service.graph.questions.rows import Entity, PostHolding

NOTHING = {
    PathOutcome.NONE: "Nobody who asks has a route to a holder within so many hops.",
    PathOutcome.NONE_VISIBLE: "Somebody who asks has a route to a holder, through ties you may not see.",
    PathOutcome.TRUNCATED: "A limit cut the search before it found a route; ask for fewer hops.",
}


def result(found: InfluenceResult, proofs: Proofs) -> dict[str, Json]:
    """An office, its holders, and the routes to them with everything they rest on."""
    return {
        "post": plain.named(found.post),
        "outcome": found.outcome,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "holders": [_holder(one, found.as_of, proofs) for one in found.holders],
    }


def _holder(one: InfluenceHolder, day: str, proofs: Proofs) -> dict[str, Json]:
    return {"holding": _holding(one.holding, day), "paths": [plain.path(path, proofs) for path in one.paths]}


def _holding(claim: PostHolding, day: str) -> dict[str, Json]:
    return {
        "id": claim.id,
        "person": plain.named(claim.person),
        "start": claim.start,
        "end": claim.end,
        "current": claim.current(day),
        "disputed": claim.disputed,
        "provenance": plain.provenance(claim),
    }


def draw(out: Console, found: InfluenceResult, issue: Entity | None) -> None:
    """Each holder with a line for each route to them, and where those along it stand on an issue."""
    drawing.line(out, Text(f"Who reaches {words.name(found.post)}?", style="bold"))
    drawing.line(out, drawing.clocks(found.as_of, found.known_at))
    if not found.holders:
        drawing.line(out, Text("Nobody is known to hold it on that day."))
        return
    for one in found.holders:
        out.print()
        _draw_holder(out, one, issue)
    if found.outcome in NOTHING:
        out.print()
        cut = any(one.paths for one in found.holders)
        more = "A limit cut the search: better routes may exist. Ask for fewer hops."
        drawing.line(out, Text(more if cut else NOTHING[found.outcome], style="yellow"))


def _draw_holder(out: Console, one: InfluenceHolder, issue: Entity | None) -> None:
    since = "" if one.holding.start is None else f", since {one.holding.start}"
    said = f"  {one.holding.source.title}{since}" + (", disputed" if one.holding.disputed else "")
    drawing.line(out, Text.assemble((one.holding.person.name, "bold"), (said, "dim")))
    if not one.paths:
        drawing.line(out, Text("no route"), 2)
        return
    table = drawing.columns("", "strength", "for", "starting with", "through")
    table.columns[0].justify = "right"
    for place, path in enumerate(one.paths, 1):
        well = Text.assemble((f"{path.band.value:<6}", drawing.STYLES[path.band]), f" {number(path.strength)}")
        table.add_row(str(place), well, path.on_behalf_of.name, path.start.name, _through(path))
    drawing.grid(out, table)
    for stance in dict.fromkeys(line for path in one.paths for line in _stances(path, issue)):
        drawing.line(out, Text(stance, style="dim"), 2)


def _through(path: Path) -> str:
    """Who hands on, in order."""
    if not path.segments:
        return "nobody: they are at both"
    return " → ".join(segment.end.name for segment in path.segments[:-1]) or "nobody"


def _stances(path: Path, issue: Entity | None) -> list[str]:
    """What the reasons of a route say of an issue."""
    return [] if issue is None else [line for line in path.reasons if line.startswith(f"On {words.name(issue)}, ")]


def interlocks(found: Sequence[Interlock]) -> list[Json]:
    """Organizations and those of the people asked about who are there."""
    return [
        {"organization": plain.named(one.organization), "people": [plain.named(person) for person in one.people]}
        for one in found
    ]


def draw_interlocks(out: Console, found: Sequence[Interlock]) -> None:
    """A line for each organization."""
    if not found:
        drawing.line(out, Text("No two of them are at one organization on that day."))
        return
    table = drawing.columns("organization", "people")
    for one in found:
        table.add_row(one.organization.name, ", ".join(person.name for person in one.people))
    drawing.grid(out, table)
