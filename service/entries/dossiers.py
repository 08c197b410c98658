"""All that is held on one person, as they may be told: everything about them, and nothing about anybody else.

Organizations, events and posts are named. Other people are not: each is `another person`, and the dossier says how many
were left out and why. Texts in which those are named say `[withheld]` there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import cypher
from service.auth import Right, Viewer
from service.errors import Code, ServiceError
from service.graph import audit
from service.graph.questions.nodes import entities
from service.graph.questions.rows import Agent, Entity, Source
from service.graph.questions.rows import Meeting as MeetingRow
from service.graph.record.erasing import Traces, traces
from service.graph.record.rehoming import Placed
from service.graph.record.standing import Stored, nodes
from service.graph.record.suppressing import Names
from service.graph.store import Graph

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"

ANOTHER = "another person"
REASON = "data of a third party"
MARK = "[withheld]"
KNOWS, IDENTIFIED_BY = "KNOWS", "IDENTIFIED_BY"
RECORDS = {"mtg": "meetings", "crd": "cards", "int": "introductions"}
# What every record carries and is told in a place of its own, or says nothing to anybody.
ENVELOPE = frozenset({"key", "id", "vis", "source", "locator", "confidence", "start", "end", "earliest", "latest"}) | {
    *("observed", "unseen", "recordedAt", "retractedAt", "revision", "origin", "ends", "unit", "names", "kinds"),
    *("enteredBy", "retractedBy", "reason", "verifiedAt", "verifiedBy", "about", "instead", "search", "country"),
    *("name", "stepPrincipals", "stepNames", "meeting", "person", "never"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that somebody made and that was answered with the person."""

    id: str
    operation: str
    principal: str
    recorded_at: str


@dataclass(slots=True)
class Dossier:
    """What is being gathered, and what it needs to be told."""

    found: Traces
    named: Mapping[str, Entity]
    others: Names
    classes: Mapping[int, str]
    principals: Mapping[str, str]
    withheld: set[str] = field(default_factory=set[str])

    def other(self, id: str) -> Json:
        """Whoever or whatever stands at the other end."""
        if id.startswith("per-"):
            self.withheld.add(id)
            return {"withheld": ANOTHER, "because": REASON}
        entity = self.named.get(id)
        return {"id": id, "kind": _kind(entity, id), "name": None if entity is None else _name(entity)}

    def text(self, value: object) -> Json:
        """A value, naming nobody else."""
        if isinstance(value, str | list):
            return cast("Json", self.others.cleared(cast("str | list[str]", value), MARK))
        return cast("Json", value)

    def provenance(self, said: Mapping[str, object]) -> dict[str, Json]:
        """Who says so, and what became of it when."""
        source = self.named.get(str(said.get("source")))
        told: dict[str, Json] = {
            "source": self.text(source.title) if isinstance(source, Source) else None,
            "publisher": source.publisher if isinstance(source, Source) else None,
            "locator": self.text(said.get("locator")),
            "confidence": cast("Json", said.get("confidence")),
            "recordedAt": cast("Json", said.get("recordedAt")),
            "retractedAt": cast("Json", said.get("retractedAt")),
            "visibleTo": self.classes.get(cast("int", said.get("vis", -1))),
        }
        if "reason" in said:
            told["retractedBecause"] = self.text(said["reason"])
        if "enteredBy" in said:
            told["enteredBy"] = self.principals.get(str(said["enteredBy"]), str(said["enteredBy"]))
        return told

    def details(self, said: Mapping[str, object]) -> dict[str, Json]:
        """Everything else a record says, by the names it has in the store."""
        return {name: self.text(value) for name, value in sorted(said.items()) if name not in ENVELOPE}


REQUESTS = cypher.query("request/answered_with", Asking)


async def dossier(graph: Graph, viewer: Viewer, id: str) -> dict[str, Json]:
    """All that is held on a person; FORBIDDEN unless the viewer may, NOT_FOUND where there is nobody of this id."""
    viewer.require(Right.ERASE)
    found = await traces(graph, viewer.scope, id)
    if found is None:
        raise ServiceError(Code.NOT_FOUND, f"nobody here has the id {id!r}; look it up with: paddock search")
    gathered = await _gathered(graph, viewer, found)
    limits = await nodes(graph, viewer.scope, ("IntroducerLimits",))
    requests = await graph.read(REQUESTS, viewer.scope, ids=list(found.known))
    shown = await audit.who_saw(graph, found.known)
    told: dict[str, Json] = {
        "generatedAt": graph.clock(),
        "person": _person(gathered, gathered.named.get(found.id)),
        "identifiers": _told(gathered, IDENTIFIED_BY),
        "statements": _told(gathered, None),
        "evidence": _told(gathered, KNOWS),
        **{name: _records(gathered, prefix) for prefix, name in RECORDS.items()},
        "limits": _limits(gathered, limits.values()),
        "requests": [
            {"operation": one.operation, "recordedAt": one.recorded_at, "by": _principal(gathered, one.principal)}
            for one in requests
        ],
        "shownTo": [
            {
                "at": one.at,
                "to": _principal(gathered, one.principal),
                "asked": [*([one.operation] if one.operation else []), *one.fields],
                "purpose": gathered.text(one.purpose),
            }
            for one in shown
        ],
    }
    return {**told, "withheld": {"people": len(gathered.withheld), "because": REASON}}


async def _gathered(graph: Graph, viewer: Viewer, found: Traces) -> Dossier:
    ids = {found.id}
    for tie in (*found.ties, *found.at_things):
        ids |= {tie.a, tie.b, str(tie.properties.get("source"))}
    named = await entities(graph, viewer.scope, sorted(ids))
    others = [one for id, one in named.items() if isinstance(one, Agent) and one.label == "Person" and id != found.id]
    classes = {row.id: " ".join((row.level, *row.compartments)) for row in viewer.classes.values()}
    principals = {one.id: one.name for one in await audit.principals(graph)}
    names = Names.of(name for one in others for name in (one.name, *one.other_names))
    return Dossier(found, named, Names(names.folded - found.names.folded), classes, principals)


def _person(gathered: Dossier, entity: Entity | None) -> Json:
    known = [one for one in gathered.found.known if one != gathered.found.id]
    if not isinstance(entity, Agent):
        return {"id": gathered.found.id, "name": None, "otherNames": [], "alsoKnownAs": known}
    return {"id": entity.id, "name": entity.name, "otherNames": list(entity.other_names), "alsoKnownAs": known}


def _told(gathered: Dossier, relation: str | None) -> list[Json]:
    """The records of a type, or of all types that have no place of their own, the earliest first."""
    rows = [tie for tie in gathered.found.ties if _place(tie) == relation]
    return [_record(gathered, tie) for tie in sorted(rows, key=_order)]


def _place(tie: Placed) -> str | None:
    if tie.b[:3] in RECORDS:
        return RECORDS[tie.b[:3]]
    return tie.type if tie.type in {KNOWS, IDENTIFIED_BY} else None


def _order(tie: Placed) -> tuple[str, str, str]:
    said = tie.properties
    return tie.type, str(said.get("earliest") or said.get("since") or said.get("on") or ""), tie.id


def _record(gathered: Dossier, tie: Placed) -> dict[str, Json]:
    mine, said = gathered.found.id, tie.properties
    told: dict[str, Json] = {"id": tie.id, "says": tie.type}
    if tie.type == IDENTIFIED_BY:
        told["identifier"] = cast("list[str]", said.get("ends", []))[-1].partition(" ")[2]
        told["names"] = cast("Json", said.get("names", []))
    else:
        told["direction"] = "from this person" if tie.a == mine else "to this person"
        told["other"] = gathered.other(tie.b if tie.a == mine else tie.a)
    for name in ("start", "end", "observed"):
        if name in said:
            told[name] = cast("Json", said[name])
    return {**told, **gathered.details(said), "provenance": gathered.provenance(said)}


def _records(gathered: Dossier, prefix: str) -> list[dict[str, Json]]:
    """The meetings, cards or introductions the person was part of."""
    mine = gathered.found.id
    told: list[dict[str, Json]] = []
    for id in sorted({tie.b for tie in gathered.found.ties if tie.b.startswith(f"{prefix}-")}):
        rows = sorted((row for row in gathered.found.at_things if row.b == id), key=lambda row: row.id)
        stored = gathered.found.stored.get(id)
        details = gathered.details(stored.properties) if stored is not None else {}
        parts = [_part(gathered, row) for row in rows if row.a == mine]
        others = {row.a for row in rows if row.a != mine}
        told.append({"id": id, **details, "parts": parts, "others": [gathered.other(one) for one in sorted(others)]})
    return sorted(told, key=lambda one: str(one.get("on") or one.get("requestedAt") or ""))


def _part(gathered: Dossier, row: Placed) -> Json:
    return {"says": row.type, **gathered.details(row.properties), "provenance": gathered.provenance(row.properties)}


def _limits(gathered: Dossier, limits: Iterable[Stored]) -> Json:
    known, own, by = set(gathered.found.known), list[Json](), 0
    for stored in limits:
        never = cast("list[str]", stored.properties.get("never", []))
        if stored.properties.get("person") in known:
            told = [gathered.other(one) for one in never]
            own.append({**gathered.details(stored.properties), "never": told})
        elif known & set(never):
            by += 1
    return {"own": own, "neverAskedBy": {"people": by, "because": REASON} if by else None}


def _principal(gathered: Dossier, id: str) -> str:
    return gathered.principals.get(id, id)


def _kind(entity: Entity | None, id: str) -> str:
    return entity.label if isinstance(entity, Agent) else id[:3] if entity is None else type(entity).__name__


def _name(entity: Entity) -> str | None:
    if isinstance(entity, MeetingRow):
        return entity.subject
    return getattr(entity, "name", None)
