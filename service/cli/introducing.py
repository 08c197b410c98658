"""Introductions and the limits of introducers, as JSON and as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from service.cli import drawing
from service.cli.plain import Json, named, provenance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from service.graph.questions.introductions import IntroducerLimits
    from service.graph.questions.rows import Agent, Introduction


def plain(found: Introduction) -> dict[str, Json]:
    """An introduction with its steps."""
    return {
        "id": found.id,
        "status": found.status,
        "requester": named(found.requester),
        "introducer": named(found.introducer),
        "target": named(found.target),
        "concerning": found.concerning,
        "requestedAt": found.requested_at or found.recorded_at,
        "meeting": found.meeting,
        "history": [{"status": one.status, "at": one.at, "by": one.by, "note": one.note} for one in found.history],
        "provenance": provenance(found),
    }


def plain_limits(person: Agent, found: IntroducerLimits | None) -> dict[str, Json]:
    """What a person allows; null where nothing is set."""
    limits: Json = None
    if found is not None:
        limits = {
            "asksPerQuarter": found.asks_per_quarter,
            "never": [named(one) for one in found.never],
            "askedThisQuarter": found.asked_this_quarter,
        }
    return {"person": named(person), "limits": limits}


def drawn(out: Console, found: Introduction) -> None:
    """An introduction: who, how far, and by which steps."""
    drawing.line(out, Text(_who(found), style="bold"))
    about = [found.status, *([found.concerning] if found.concerning else []), found.id]
    drawing.line(out, Text(", ".join(about)))
    for step in found.history:
        note = f": {step.note}" if step.note else ""
        drawing.line(out, Text(f"{step.at[:19]}  {step.status}  {step.by}{note}"), drawing.INDENT)


def drawn_list(out: Console, found: Sequence[Introduction]) -> None:
    """Introductions as a table, in their order."""
    if not found:
        drawing.line(out, Text("No introduction is like that."))
        return
    table = drawing.columns("requested", "status", "requester", "introducer", "target", "concerning", "id")
    for one in found:
        asked = (one.requested_at or one.recorded_at)[:10]
        people = (one.requester.name, one.introducer.name, one.target.name)
        table.add_row(asked, one.status, *people, one.concerning or "", one.id)
    drawing.grid(out, table)


def drawn_limits(out: Console, person: Agent, found: IntroducerLimits | None) -> None:
    """What a person allows, in a line."""
    if found is None:
        drawing.line(out, Text(f"{person.name} set no limits."))
        return
    cap = "no cap" if found.asks_per_quarter is None else f"at most {found.asks_per_quarter} asks a quarter"
    never = ", ".join(one.name for one in found.never)
    whom = f"never for {never}" if never else "for anybody"
    drawing.line(out, Text(f"{person.name}: {cap}, {found.asked_this_quarter} in this one; {whom}"))


def _who(found: Introduction) -> str:
    return f"{found.introducer.name} is to introduce {found.requester.name} to {found.target.name}"
