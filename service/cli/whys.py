"""What is behind something, as a person reads it and as JSON: who says so, since when, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from service.cli import drawing, plain, ties, words
from service.graph.questions.contradictions import Told
from service.graph.questions.rows import Agent, Claim, DisputePolicy, Evidence, Record, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import Console

    from service.cli.plain import Json, Proof
    from service.graph.questions.rows import Entity
    from service.graph.questions.ties import Tie
    from service.graph.questions.whys import Version, Why
    from service.graph.visibility import VisibilityClass

VERBS = {
    "WORKS_FOR": "works for",
    "DIRECTOR_OF": "is a director of",
    "HOLDS": "holds the post",
    "POST_IN": "is a post in",
    "MEMBER_OF": "is a member of",
    "SUPPLIES": "supplies",
    "HAS_CAPABILITY": "is capable of",
    "HOLDS_CERTIFICATION": "holds the certificate",
    "OWNS": "owns",
    "SUCCEEDED_BY": "was followed by",
    "REPRESENTS": "speaks for",
    "COMPETES_WITH": "competes with",
    "ATTENDED": "was expected at",
    "PART_OF": "is a part of",
    "GAVE_BENEFIT": "gave a benefit to",
    "SECRETARIAT_OF": "runs the office of",
    "DECIDES_ON": "decides on",
    "TAKES_STANCE": "takes a stance on",
    "IDENTIFIED_BY": "is known as",
    "BROADER": "is narrower than",
    "RELATED": "is related to",
    "FEEDS": "feeds",
    "TOOK_PART_IN": "took part in",
    "GAVE_CARD": "gave the card of",
    "RECEIVED_CARD": "received the card of",
    "EXCHANGED_AT": "changed hands at",
    "REQUESTS": "asks for",
    "INTRODUCES": "introduces in",
    "INTRODUCED_IN": "is introduced in",
}
FACTS = {
    "role": "role",
    "level": "level",
    "status": "status",
    "kind": "kind",
    "on": "on",
    "swapped": "swapped",
    "amount": "amount",
    "amountMin": "amount_min",
    "amountMax": "amount_max",
    "currency": "currency",
    "shareMin": "share_min",
    "shareMax": "share_max",
    "capability": "capability",
}
TIMELESS = frozenset({"IDENTIFIED_BY", "BROADER", "RELATED", "FEEDS", "PART_OF", "DECIDES_ON"})
MARGIN = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where an answer is drawn, and what its classes mean."""

    out: Console
    classes: Mapping[int, VisibilityClass]

    def head(self, text: str, id: str) -> None:
        drawing.line(self.out, Text.assemble((text, "bold"), (f"  {id}", "dim")))

    def row(self, name: str, value: str | None) -> None:
        """A line of the answer; none where nothing is known."""
        if value:
            drawing.line(self.out, Text.assemble((f"{name:<{MARGIN}}", "dim"), value))

    def part(self, name: str, lines: Iterable[str]) -> None:
        """A list below a heading; nothing where it is empty."""
        told = list(lines)
        if told:
            drawing.line(self.out, Text(f"\n{name}", style="bold"))
        for line in told:
            drawing.line(self.out, Text(line), drawing.INDENT)

    def seen_by(self, vis: int) -> str:
        found = self.classes[vis]
        return ", ".join((found.level, *found.compartments))


def said(claim: Told) -> str:
    """A claim as a sentence."""
    return f"{claim.a_name or claim.a} {VERBS[claim.type]} {claim.b_name or claim.b}"


def facts(claim: Told) -> dict[str, Json]:
    """What a claim says beside its ends, in the words of the graph."""
    found = {name: getattr(claim, field) for name, field in FACTS.items()}
    return {name: value for name, value in found.items() if value is not None}


def draw(sheet: Sheet, found: Why, proof: Proof) -> None:
    """All that is behind something."""
    if found.claim is not None:
        _claim(sheet, found, found.claim)
    elif isinstance(found.entity, Evidence):
        _evidence(sheet, found.entity, found, proof)
    elif found.entity is not None:
        _thing(sheet, found.entity, found)
    sheet.part("said of it", (_line(one) for one in found.parts))
    sheet.part("what follows from it", (_followed(one) for one in found.follows))
    if found.more:
        drawing.line(sheet.out, Text(f"and {found.more} more", style="dim"), drawing.INDENT)


def _claim(sheet: Sheet, found: Why, claim: Told) -> None:
    sheet.head(said(claim), claim.id)
    for name, value in facts(claim).items():
        sheet.row(name, str(value).lower() if isinstance(value, bool) else str(value))
    if claim.type not in TIMELESS:
        sheet.row("in force", _force(claim.start, claim.end))
    sheet.row("seen", ", ".join(claim.observed))
    sheet.row("not seen", ", ".join(claim.unseen))
    _source(sheet, claim.source, claim.locator)
    sheet.row("recorded", _by(claim.recorded_at, claim.entered_by))
    sheet.row("confidence", f"{claim.confidence:g}")
    sheet.row("class", sheet.seen_by(claim.vis))
    sheet.row("confirmed", _by(claim.verified_at, claim.verified_by))
    sheet.row("taken back", _by(claim.retracted_at, claim.retracted_by, claim.reason))
    sheet.row("disputed", _disputed(found, claim))
    sheet.part("contradicted by", (_line(one) for one in found.against))
    sheet.part("every version of this record", _versions(found.versions, claim.id))


def _evidence(sheet: Sheet, item: Evidence, found: Why, proof: Proof) -> None:
    sheet.head(f"{item.a.name} and {item.b.name}: {words.lasting(item, proof.titles(item.id))}", item.id)
    sheet.row("on", words.when(item))
    _record(sheet, item)
    sheet.row("intensity", f"{item.intensity:g}")
    sheet.row("counted", _counted(found, item.id))
    mine = next((one for one in found.evidence if one.id == item.id), None)
    if mine is not None:
        sheet.row("entered", mine.entered_by)
        sheet.row("taken back", _by(mine.retracted_at, mine.retracted_by, mine.reason))
    sheet.part("follows from", (_told(one) for one in found.about))
    sheet.part("every version of this record", _versions(found.evidence, item.id))


def _thing(sheet: Sheet, entity: Entity, found: Why) -> None:
    sheet.head(words.title(entity), entity.id)
    if isinstance(entity, Agent):
        sheet.row("also", ", ".join(entity.other_names))
        sheet.row("kinds", ", ".join(entity.kinds))
        sheet.row("country", entity.country)
    if isinstance(entity, Source):
        _source(sheet, entity, None)
    if isinstance(entity, Record):
        _record(sheet, entity)
        sheet.row("taken back", entity.retracted_at)
    if found.named is not None:
        _source(sheet, found.named.source, found.named.locator)


def _record(sheet: Sheet, record: Record) -> None:
    _source(sheet, record.source, record.locator)
    sheet.row("recorded", record.recorded_at)
    sheet.row("confidence", f"{record.confidence:g}")
    sheet.row("class", sheet.seen_by(record.vis))


def _source(sheet: Sheet, source: Source, locator: str | None) -> None:
    sheet.row("says", ", ".join(one for one in (source.title, locator) if one))
    retrieved = source.retrieved_at and f"retrieved {source.retrieved_at}"
    sheet.row("", ", ".join(one for one in (source.publisher, source.url, source.licence, retrieved) if one))


def _force(start: str | None, end: str | None) -> str:
    """From when to when something holds, as it is written."""
    if start is not None and start == end:
        return start
    last = "open" if end == ".." else end or "unknown"
    return f"{'open' if start == '..' else start or 'unknown'} to {last}"


def _by(at: str | None, who: str | None, why: str | None = None) -> str | None:
    if at is None:
        return None
    return f"{at}{f' by {who}' if who else ''}{f': {why}' if why else ''}"


def _disputed(found: Why, claim: Told) -> str | None:
    """Which of the claims that contradict each other counts, and why."""
    if not found.counting:
        return None
    latest, first = found.counting[DisputePolicy.LATEST], found.counting[DisputePolicy.VERIFIED_FIRST]
    moments = sorted(one.recorded_at for one in (claim, *found.against))
    why = "it was recorded last" if moments[-1] > moments[-2] else "its id comes last of those recorded together"
    confirmed = "" if first == latest else f"; under VERIFIED_FIRST {_this(first, claim)}, which was confirmed"
    return f"yes; under LATEST {_this(latest, claim)} counts, as {why}{confirmed}"


def _counted(found: Why, id: str) -> str | None:
    """Why a piece of evidence does not count for whoever asks; nothing where it does."""
    if not found.replaced_by:
        return None
    others = ", ".join(one for one in found.replaced_by if one != id)
    return f"no; {others} takes its place" if others else "no; it says that nothing is left of what there was"


def _this(id: str | None, claim: Told) -> str:
    return "this one" if id == claim.id else str(id)


def _line(claim: Told) -> str:
    """Another claim in a line."""
    source = ", ".join(one for one in (claim.source.title, claim.locator) if one)
    taken = _by(claim.retracted_at, claim.retracted_by, claim.reason)
    parts = (_content(claim), source, f"recorded {claim.recorded_at}", taken and f"taken back {taken}", claim.id)
    return "; ".join(one for one in parts if one)


def _dates(claim: Told) -> str:
    return "" if claim.start is None and claim.end is None else _force(claim.start, claim.end)


def _versions(versions: Iterable[Told | Version], present: str) -> Iterator[str]:
    """The versions of a record, where there is more than one, oldest first."""
    every = list(versions)
    for one in every if len(every) > 1 else ():
        until = _by(one.retracted_at, one.retracted_by, one.reason) or "now"
        content = _content(one) if isinstance(one, Told) else ""
        here = "this one" if one.id == present else one.id
        yield "; ".join(part for part in (f"{one.recorded_at} to {until}", content, here) if part)


def _content(claim: Told) -> str:
    told = [f"{name} {value}" for name, value in facts(claim).items()]
    return ", ".join([said(claim), *told, _dates(claim)]).rstrip(", ")


def _told(entity: Entity) -> str:
    """A claim or record that something follows from, in a line."""
    if not isinstance(entity, Record):
        return f"{words.title(entity)}; {entity.id}"
    source = ", ".join(one for one in (entity.source.title, entity.locator) if one)
    dates = _force(entity.start, entity.end) if isinstance(entity, Claim) else ""
    taken = f"taken back {entity.retracted_at}" if entity.retracted_at else ""
    return "; ".join(one for one in (words.title(entity), dates, source, taken, entity.id) if one)


def _followed(item: Evidence) -> str:
    return f"{words.title(item)}, {words.when(item)}; {item.id}"


def draw_tie(sheet: Sheet, found: Tie, proof: Proof) -> None:
    """A tie: each piece of evidence with its part of it, and below it what it follows from."""
    ties.head(sheet.out, found)
    for edge in proof.edges:
        item = edge.node
        what = words.occasion(item, proof.titles(item.id))
        drawing.line(sheet.out, Text.assemble(f"\n{edge.share:>6.1%}  {what}", (f"  {item.id}", "dim")))
        told = list(proof.about.get(item.id, ()))
        for line in (f"says {words.who_says(item)}; recorded {item.recorded_at}", *map(_told, told)):
            drawing.line(sheet.out, Text(line, style="dim"), 2 * drawing.INDENT)
    if proof.more:
        drawing.line(sheet.out, Text(f"\nand {proof.more} more; --json lists them", style="dim"))


def why(found: Why, proof: Proof, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    """All that is behind something."""
    entity, claim = found.entity, found.claim
    what: dict[str, Json] = {}
    if claim is not None:
        what = _plain_claim(claim, classes)
    elif isinstance(entity, Evidence):
        what = {"type": "Evidence", "said": words.title(entity), **plain.item(entity, proof), **_seen(entity, classes)}
    elif entity is not None:
        what = {
            "id": entity.id,
            "type": type(entity).__name__,
            "said": words.title(entity),
            **_thing_plain(found, classes),
        }
    return {
        **what,
        "contradictedBy": [_plain_claim(one, classes) for one in found.against],
        "counts": {str(policy): id for policy, id in found.counting.items()},
        "replacedBy": list(found.replaced_by),
        "versions": [_plain_version(one) for one in (*found.versions, *found.evidence)],
        "saidOfIt": [_plain_claim(one, classes) for one in found.parts],
        "followsFrom": [_plain_about(one, classes) for one in found.about],
        "follows": [plain.item(one, proof) for one in found.follows],
        "more": found.more,
    }


def _thing_plain(found: Why, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    entity = found.entity
    if isinstance(entity, Record):
        return {"provenance": plain.provenance(entity), **_seen(entity, classes)}
    if isinstance(entity, Source):
        return {"source": plain.origin(entity)}
    if found.named is not None:
        return {"source": plain.origin(found.named.source), "locator": found.named.locator}
    return {"otherNames": list(entity.other_names)} if isinstance(entity, Agent) else {}


def _plain_claim(claim: Told, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    return {
        "id": claim.id,
        "type": claim.type,
        "said": said(claim),
        "from": {"id": claim.a, "name": claim.a_name},
        "to": {"id": claim.b, "name": claim.b_name},
        "facts": facts(claim),
        "start": claim.start,
        "end": claim.end,
        "observed": list(claim.observed),
        "unseen": list(claim.unseen),
        "source": plain.origin(claim.source),
        "locator": claim.locator,
        "confidence": claim.confidence,
        "recordedAt": claim.recorded_at,
        "enteredBy": claim.entered_by,
        "verifiedAt": claim.verified_at,
        "verifiedBy": claim.verified_by,
        "retractedAt": claim.retracted_at,
        "retractedBy": claim.retracted_by,
        "reason": claim.reason,
        **_class(claim.vis, classes),
    }


def _plain_version(version: Told | Version) -> dict[str, Json]:
    told: dict[str, Json] = {"said": _content(version)} if isinstance(version, Told) else {}
    return {
        "id": version.id,
        **told,
        "recordedAt": version.recorded_at,
        "retractedAt": version.retracted_at,
        "retractedBy": version.retracted_by,
        "reason": version.reason,
    }


def _plain_about(entity: Entity, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    told = plain.told(entity)
    if not isinstance(entity, Record):
        return told
    return {**told, "provenance": plain.provenance(entity), **_seen(entity, classes)}


def _seen(record: Record, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    return _class(record.vis, classes)


def _class(vis: int, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    found = classes[vis]
    return {"visibility": found.level, "compartments": list(found.compartments)}


def why_tie(found: Tie, proof: Proof, classes: Mapping[int, VisibilityClass]) -> dict[str, Json]:
    """A tie: each piece of evidence with its part of it and all it follows from."""
    evidence = [
        {
            **plain.edge(edge, proof),
            **_seen(edge.node, classes),
            "followsFrom": [_plain_about(one, classes) for one in proof.about.get(edge.node.id, ())],
        }
        for edge in proof.edges
    ]
    return {**ties.tie(found, proof), "evidence": evidence}
