"""Answers as a person reads them on a terminal: who, how strong, since when, and who says so."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from network.dates import OPEN
from network.strength import Band
from service.cli import words
from service.graph.questions.reasons import number
from service.graph.questions.routes import PathOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.cli.plain import Proof, Proofs
    from service.graph.questions.health import Health
    from service.graph.questions.routes import Path, PathResult, PathSegment, Withheld
    from service.graph.questions.rows import Evidence
    from service.graph.questions.search import SearchHit
    from service.graph.questions.supply import SupplyChain, SupplyHop

SHOWN = 3
STYLES = {Band.NONE: "dim", Band.FAINT: "yellow", Band.WARM: "cyan", Band.STRONG: "bold green"}
BAR = 10
INDENT = 4
WIDEST = 10_000


def console(*, errors: bool = False) -> Console:
    """The terminal, or plain text where the output goes into a file."""
    return Console(stderr=errors, highlight=False)


def line(out: Console, text: Text, indent: int = 0) -> None:
    """A line in its place: wrapped below itself on a terminal, whole in a file."""
    if out.is_terminal:
        out.print(Padding(text, (0, 0, 0, indent), expand=False))
    else:
        out.print(Text(" " * indent) + text, soft_wrap=True)


def grid(out: Console, table: Table) -> None:
    """A table with every cell whole: in a file, or wider than the terminal, its lines are as long as they must be."""
    before, needed = out.width, table.__rich_measure__(out, out.options.update(max_width=WIDEST)).maximum
    out.width = max(before, needed)
    out.print(table, crop=False)
    out.width = before


def clocks(as_of: str, known_at: str) -> Text:
    """The line that reproduces an answer."""
    return Text(f"as of {as_of}, as known at {known_at}", style="dim")


def routes(out: Console, question: str, found: PathResult, proofs: Proofs) -> None:
    """Every route as a ladder of people with the evidence between them."""
    line(out, Text(question, style="bold"))
    line(out, clocks(found.as_of, found.known_at))
    if not found.paths:
        line(out, Text(nothing(found)))
        return
    for place, path in enumerate(found.paths, 1):
        out.print()
        _route(out, place, path, proofs)
    if found.outcome is PathOutcome.TRUNCATED:
        out.print("\nA limit cut the search: better routes may exist. Ask for fewer hops.", style="yellow")


def withheld(out: Console, found: Sequence[Withheld]) -> None:
    """Whom limits keep out of routes, and why: for staff alone."""
    out.print()
    if not found:
        line(out, Text("No introducer's limit keeps a better route away.", style="dim"))
        return
    line(out, Text("Not suggested, because of limits that introducers set:", style="yellow"))
    for one in found:
        line(out, Text(one.because), INDENT)


def nothing(found: PathResult) -> str:
    """Why there is no route, and how far away one is."""
    if found.outcome is PathOutcome.TRUNCATED:
        return "A limit cut the search before it found a route; ask for fewer hops."
    if found.outcome is PathOutcome.NONE_VISIBLE:
        return "A route exists through ties you may not see."
    if found.nearest_hops is None:
        return "No route: nothing links the two ends."
    return f"No route within so many hops; the nearest has {found.nearest_hops}."


def _route(out: Console, place: int, path: Path, proofs: Proofs) -> None:
    line(out, _headline(place, path))
    line(out, _standing(path), INDENT)
    for segment in path.segments:
        for text in _step(segment, proofs[segment.tie.a.id, segment.tie.b.id], held=segment is path.weakest):
            line(out, text, INDENT)
        line(out, Text(f"● {segment.end.name}", style="bold"), INDENT)
    for reason in path.reasons:
        line(out, Text(reason, style="dim"), INDENT)


def _headline(place: int, path: Path) -> Text:
    hops = "1 hop" if path.hops == 1 else f"{path.hops} hops"
    return Text.assemble(
        f"{place:>2}  ", (path.band.value, STYLES[path.band]), f" {number(path.strength)}  {bar(path.strength)}  {hops}"
    )


def _standing(path: Path) -> Text:
    """Where a route starts; an organization that was asked for stands before its person."""
    start = Text(f"● {path.start.name}", style="bold")
    if path.on_behalf_of.id != path.start.id:
        start.append(f"  for {path.on_behalf_of.name}", style="not bold dim")
    return start


def _step(segment: PathSegment, proof: Proof, *, held: bool) -> Iterable[Text]:
    tie = segment.tie
    weakest = "  weakest tie" if held else ""
    yield Text.assemble(
        "│ ",
        (tie.band.value.lower(), STYLES[tie.band]),
        f" {number(segment.willingness)}",
        f"  {words.span(tie.first_evidence, tie.last_evidence)}",
        ("" if tie.evidence_count == 1 else f", {tie.evidence_count} pieces of evidence"),
        (weakest, "yellow"),
    )
    for edge in proof.edges:
        yield from _evidence(edge.node, proof.titles(edge.node.id), edge.share)
    if proof.more:
        yield Text(f"│   and {proof.more} more", style="dim")


def _evidence(item: Evidence, titles: Iterable[str], share: float) -> Iterable[Text]:
    yield Text(f"│   {share:>4.0%} {words.occasion(item, titles)}")
    yield Text(f"│        says {words.who_says(item)}", style="dim")


def bar(strength: float) -> str:
    """A strength as a bar; the faintest still shows."""
    full = min(BAR, round(strength * BAR))
    return "▰" * full + "▱" * (BAR - full)


def chain(out: Console, found: SupplyChain) -> None:
    """A supply chain tier by tier."""
    line(out, Text(f"The supply chain of {found.root.name}", style="bold"))
    out.print(clocks(found.as_of, found.known_at))
    if not found.hops:
        out.print("No suppliers or customers recorded for that day.")
        return
    table = Table("tier", "supplier", "customer", "what", "since", "until", "current", "who says so", box=None)
    for hop in found.hops:
        table.add_row(*_hop(hop, found.as_of))
    grid(out, table)
    if found.truncated:
        out.print("There is more than this; ask for fewer tiers or one capability.", style="yellow")


def _hop(hop: SupplyHop, as_of: str) -> Sequence[str]:
    supply = hop.supply
    return (
        str(hop.tier),
        supply.supplier.name,
        supply.customer.name,
        supply.capability.name if supply.capability else "",
        supply.start or "unknown",
        {None: "unknown", OPEN: "open"}.get(supply.end, supply.end or ""),
        supply.current(as_of).value.lower(),
        supply.source.title + (", disputed" if supply.disputed else ""),
    )


def hits(out: Console, text: str, found: Sequence[SearchHit]) -> None:
    """What a search found, best first."""
    if not found:
        line(out, Text(f"Nothing here is called {text!r}."))
        return
    table = columns("kind", "name", "id")
    table.add_column("why")
    for hit in found:
        table.add_row(hit.kind.value.lower(), words.name(hit.node), hit.id, hit.because)
    grid(out, table)


def columns(*names: str) -> Table:
    """A table without lines whose columns are never cut: an id or a file name is only of use whole."""
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=True)
    return table


def health(out: Console, found: Health) -> None:
    """The state of a store, and what is wrong with it."""
    table = columns("", "")
    table.show_header = False
    rows = {"engine": found.engine, "revision": f"{found.revision:,}", "last record": found.last_recorded_at or "none"}
    rows |= {"migrations": str(found.migrations), "constraints and indexes": str(found.schema)}
    rows |= {name: f"{number:,}" for name, number in asdict(found.counts).items()}
    for name, value in rows.items():
        table.add_row(Text(name, style="dim"), value)
    grid(out, table)
    for finding in found.findings:
        line(out, Text(f"! {finding}", style="bold red"))
    if not found.findings:
        out.print("Nothing is wrong.")
