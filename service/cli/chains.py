"""The joints of a supply chain and who in it knows somebody, as a person reads them and as JSON."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from network.strength import Band
from service.cli import drawing, plain, words
from service.graph.questions.joints import JointClass
from service.graph.questions.reasons import number
from service.graph.questions.routes import PathOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from service.cli.plain import Json, Proofs
    from service.graph.questions.contacts import ChainContact, ChainContacts
    from service.graph.questions.joints import JointReport, SupplyJoint
    from service.graph.questions.routes import Path
    from service.graph.questions.rows import Entity
    from service.graph.questions.ties import Tie

STYLES = {
    JointClass.LIVE: "bold green",
    JointClass.SINGLE: "yellow",
    JointClass.COLD: "bold red",
    JointClass.LATENT: "cyan",
}
INDENT, CLASS, WELL = 2, 6, len("strong 0.0000")
NOTHING = {
    PathOutcome.NONE: "Nobody in the chain has a route to the target.",
    PathOutcome.NONE_VISIBLE: "Somebody in the chain has a route to the target, through ties you may not see.",
    PathOutcome.TRUNCATED: "A limit cut the search before it found anybody; ask for fewer tiers or hops.",
}


def report(found: JointReport, joints: Sequence[SupplyJoint], proofs: Proofs) -> dict[str, Json]:
    """Joints with the ties that hold them and all those rest on; the counts are of the whole chain."""
    return {
        **{state.lower(): found.count(state) for state in JointClass},
        "truncated": found.truncated,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "joints": [_joint(one, proofs) for one in joints],
    }


def _joint(one: SupplyJoint, proofs: Proofs) -> dict[str, Json]:
    return {
        "supplier": plain.named(one.supplier),
        "customer": plain.named(one.customer),
        "capability": None if one.capability is None else plain.named(one.capability),
        "tier": one.tier,
        "class": one.state,
        "best": _pair(one.best, proofs),
        "secondBest": _pair(one.second_best, proofs),
        "livePairs": one.live_pairs,
        "shared": [plain.named(agent) for agent in one.shared],
        "supplierPeople": one.supplier_people,
        "customerPeople": one.customer_people,
    }


def _pair(tie: Tie | None, proofs: Proofs) -> Json:
    if tie is None:
        return None
    return {"a": plain.named(tie.a), "b": plain.named(tie.b), **plain.tie(tie, proofs[tie.a.id, tie.b.id])}


def draw(out: Console, root: Entity, found: JointReport, joints: Sequence[SupplyJoint]) -> None:
    """The joints tier by tier: who supplies whom, the two people who hold it, and the second pair."""
    drawing.line(out, Text(f"The joints of {words.name(root)}", style="bold"))
    drawing.line(out, drawing.clocks(found.as_of, found.known_at))
    drawing.line(out, _summary(found))
    for heading, group in groupby(joints, key=_heading):
        out.print()
        drawing.line(out, Text(heading, style="bold"))
        for one in group:
            _draw(out, root, one)
    if found.truncated:
        out.print("\nThere is more than this; ask for fewer tiers.", style="yellow")


def _heading(one: SupplyJoint) -> str:
    return "Outside the chain" if one.state is JointClass.LATENT else f"Tier {one.tier}"


def _summary(found: JointReport) -> Text:
    """How many joints there are of each class."""
    if not found.joints:
        return Text("Nobody supplies it or is supplied by it on that day, and nobody waits to.")
    *inside, outside = (
        Text.assemble(f"{found.count(state):,} ", (state.lower(), STYLES[state])) for state in JointClass
    )
    chain = len(found.joints) - found.count(JointClass.LATENT)
    told = Text(f"{words.counted(chain, 'joint')}: ").append_text(Text(", ").join(inside))
    return told.append("; outside the chain ").append_text(outside)


def _draw(out: Console, root: Entity, one: SupplyJoint) -> None:
    """A joint in a line, and one for each pair that holds it."""
    state = Text(f"{one.state.value:<{CLASS}}  ", style=STYLES[one.state])
    drawing.line(out, state.append_text(_between(root, one)).append_text(_count(one)), INDENT)
    for agent in one.shared:
        drawing.line(out, Text(f"{'at both':<{WELL}}  {agent.name}"), INDENT + CLASS + 2)
    for tie in filter(None, (one.best, one.second_best)):
        well = _well(tie.band, tie.strength)
        well.append(" " * (WELL - len(well)) + f"  {tie.a.name} and {tie.b.name}")
        drawing.line(out, well, INDENT + CLASS + 2)


def _between(root: Entity, one: SupplyJoint) -> Text:
    """Who supplies whom, the root itself left out, and with what."""
    told = Text("" if one.supplier.id == root.id else one.supplier.name, style="default not bold")
    if one.customer.id != root.id:
        told.append(f"{' ' if told else ''}to {one.customer.name}")
    return told if one.capability is None else told.append(f", {one.capability.name}")


def _count(one: SupplyJoint) -> Text:
    people = f"{one.supplier_people:,} and {words.counted(one.customer_people, 'person', 'people')}"
    pairs = words.counted(one.live_pairs, "pair") if one.live_pairs else "no pair"
    return Text(f"  {pairs} among {people}", style="dim not bold")


def _well(band: Band, strength: float) -> Text:
    return Text.assemble((band.value.lower(), drawing.STYLES[band]), f" {number(strength)}")


def contacts(found: ChainContacts, proofs: Proofs) -> dict[str, Json]:
    """The contacts of a chain with everything their routes rest on."""
    return {
        "outcome": found.outcome,
        "asOf": found.as_of,
        "knownAt": found.known_at,
        "contacts": [_contact(one, proofs) for one in found.contacts],
    }


def _contact(one: ChainContact, proofs: Proofs) -> dict[str, Json]:
    return {
        "organization": plain.named(one.organization),
        "tier": one.tier,
        "person": plain.named(one.person),
        "path": plain.path(one.path, proofs),
    }


def draw_contacts(out: Console, question: str, found: ChainContacts) -> None:
    """A line for each company: whom to ask there, and by whom it goes on."""
    drawing.line(out, Text(question, style="bold"))
    drawing.line(out, drawing.clocks(found.as_of, found.known_at))
    out.print()
    if not found.contacts:
        drawing.line(out, Text(NOTHING[found.outcome]))
        return
    table = drawing.columns("tier", "strength", "company", "whom to ask", "and then")
    for one in found.contacts:
        path = one.path
        table.add_row(
            str(one.tier), _well(path.band, path.strength), one.organization.name, one.person.name, _onward(path)
        )
    drawing.grid(out, table)
    if found.outcome is PathOutcome.TRUNCATED:
        out.print("\nA limit cut the search: there may be more. Ask for fewer tiers or hops.", style="yellow")


def _onward(path: Path) -> str:
    """Who stands between the contact and the target."""
    if not path.segments:
        return "is at both ends"
    return " → ".join(segment.end.name for segment in path.segments[:-1]) or "knows the target"
