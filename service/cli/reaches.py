"""Companies within reach, as a person reads them and as JSON."""

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
    from service.graph.questions.omissions import Omission
    from service.graph.questions.reach import CapabilityReach, CapabilityReachResult
    from service.graph.questions.routes import Path
    from service.graph.questions.rows import CapabilityClaim

NOTHING = {
    PathOutcome.NONE: "Nobody who can do it and meets all that was asked is within reach.",
    PathOutcome.NONE_VISIBLE: "Nobody who can do it is within reach, but through ties you may not see.",
    PathOutcome.TRUNCATED: "A limit cut the search before it found anybody; ask for fewer hops.",
}


def result(found: CapabilityReachResult, proofs: Proofs, left_out: Sequence[Omission] | None) -> dict[str, Json]:
    """Companies with everything they and their routes rest on; who was left out where that was asked for."""
    answer: dict[str, Json] = {
        "outcome": found.outcome,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "reaches": [_reach(one, found.as_of, proofs) for one in found.reaches],
    }
    if left_out is None:
        return answer
    omitted: list[Json] = [
        {"organization": plain.named(one.organization), "reasons": list(one.reasons)} for one in left_out
    ]
    return {**answer, "leftOut": omitted}


def _reach(found: CapabilityReach, day: str, proofs: Proofs) -> dict[str, Json]:
    return {
        "organization": plain.named(found.organization),
        "claim": _claim(found.claim, day),
        "person": plain.named(found.person),
        "path": plain.path(found.path, proofs),
    }


def _claim(claim: CapabilityClaim, day: str) -> dict[str, Json]:
    return {
        "id": claim.id,
        "capability": plain.named(claim.capability),
        "level": claim.level,
        "verified": claim.verified,
        "start": claim.start,
        "end": claim.end,
        "current": claim.current(day),
        "disputed": claim.disputed,
        "provenance": plain.provenance(claim),
    }


def draw(out: Console, question: str, found: CapabilityReachResult, left_out: Sequence[Omission] | None) -> None:
    """A line for each company, and below why others are not among them."""
    drawing.line(out, Text(question, style="bold"))
    drawing.line(out, drawing.clocks(found.as_of, found.known_at))
    out.print()
    if found.reaches:
        _table(out, found.reaches)
    else:
        drawing.line(out, Text(NOTHING[found.outcome]))
        if left_out is None:
            drawing.line(out, Text("--explain tells staff why each company was left out.", style="dim"))
    if found.reaches and found.outcome is PathOutcome.TRUNCATED:
        out.print("\nA limit cut the search: more may be within reach. Ask for fewer hops.", style="yellow")
    if left_out is not None:
        _left_out(out, left_out)


def _table(out: Console, reaches: Sequence[CapabilityReach]) -> None:
    # A person starts for themselves; an organization has somebody start in its name.
    named = any(reach.path.start.id != reach.path.on_behalf_of.id for reach in reaches)
    starter = ["starting with"] if named else []
    table = drawing.columns("", "strength", "company", "can do", "who says so", *starter, "through", "whom to meet")
    table.columns[0].justify = "right"
    for place, reach in enumerate(reaches, 1):
        path, claim = reach.path, reach.claim
        table.add_row(
            str(place),
            Text.assemble((f"{path.band.value:<6}", drawing.STYLES[path.band]), f" {number(path.strength)}"),
            reach.organization.name,
            claim.capability.name + (", verified" if claim.verified else "") + (", disputed" if claim.disputed else ""),
            claim.source.title,
            *([path.start.name] if named else []),
            _through(path),
            reach.person.name,
        )
    drawing.grid(out, table)


def _through(path: Path) -> str:
    """Who hands on, in order."""
    if not path.segments:
        return "nobody: they are at both"
    return " → ".join(segment.end.name for segment in path.segments[:-1]) or "nobody"


def _left_out(out: Console, left_out: Sequence[Omission]) -> None:
    out.print()
    if not left_out:
        drawing.line(out, Text("Nobody who claims to be able to do it was left out.", style="dim"))
        return
    drawing.line(out, Text("Left out, and why:", style="yellow"))
    table = drawing.columns("", "")
    table.show_header = False
    for one in left_out:
        table.add_row(words.name(one.organization), " ".join(one.reasons))
    drawing.grid(out, table)
