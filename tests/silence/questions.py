"""What to ask about a world through every root field, and what to record in it: half of it about what is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import cast

from service.engines.protocol import Engine
from service.graph.model import digest
from tests.silence.documents import Document, document
from tests.silence.worlds import ASSOCIATION, PEOPLE, Asker

NODES = "MATCH (n) WHERE n.vis IS NOT NULL RETURN n.id AS id, n.vis AS vis, labels(n) AS labels"
RECORDS = "MATCH ()-[r]->() WHERE r.vis IS NOT NULL RETURN r.id AS id, r.vis AS vis, type(r) AS type"
KINDS = {
    "Affiliation": ("WORKS_FOR", "DIRECTOR_OF"),
    "PostHolding": ("HOLDS",),
    "MembershipClaim": ("MEMBER_OF", "SECRETARIAT_OF"),
    "Supply": ("SUPPLIES",),
    "CapabilityClaim": ("HAS_CAPABILITY",),
    "CertificationClaim": ("HOLDS_CERTIFICATION",),
    "Benefit": ("GAVE_BENEFIT",),
    "Ownership": ("OWNS",),
    "Attendance": ("ATTENDED",),
    "Evidence": ("KNOWS",),
}
WORDS = ("ann", "alder", "forge", "also known", "once", "canary", "event 1", "capability", "a")
VARIANTS, KINDS_OF_NODES = 4, 18  # documents of a root field
DAYS = (None, None, "2024-06-01", "2026-11-01")
Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Operation:
    """A document with what it is asked about."""

    document: Document
    variables: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.document.text} {dict(self.variables)}"


@dataclass
class Known:
    """The ids a store holds by kind, and those of them its asker may see."""

    asker: Asker
    dice: Random
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict[str, list[str]](list))
    visible: set[str] = field(default_factory=set[str])
    hidden: set[str] = field(default_factory=set[str])

    @classmethod
    async def of(cls, engine: Engine, asker: Asker, dice: Random) -> Known:
        """What a store holds; hidden nodes and records among it."""
        found = cls(asker, dice)
        nodes = [(row, cast("list[str]", row["labels"])) for row in await engine.read(NODES, {})]
        records = [(row, [str(row["type"])]) for row in await engine.read(RECORDS, {})]
        kinds = {one: kind for kind, types in KINDS.items() for one in types}
        for row, labels in sorted([*nodes, *records], key=lambda one: str(one[0]["id"])):
            id = str(row["id"])
            (found.visible if row["vis"] in asker.seen else found.hidden).add(id)
            for label in labels:
                found.ids[kinds.get(label, label)].append(id)
        return found

    def id(self, *kinds: str) -> str:
        """Something there is of a kind: hidden a quarter of the time, now and then nothing at all."""
        every = [one for kind in kinds for one in self.ids[kind]]
        hidden = [one for one in every if one in self.hidden]
        seen = [one for one in every if one in self.visible]
        chance = self.dice.random()
        pool = hidden if (chance < 0.25 and hidden) or not seen else seen
        return self.nobody(kinds[0]) if chance > 0.95 or not pool else self.dice.choice(pool)

    def some(self, most: int, *kinds: str) -> list[str]:
        """A few of them, each once."""
        return list(dict.fromkeys(self.id(*kinds) for _ in range(self.dice.randint(1, most))))

    def nobody(self, kind: str = "Person") -> str:
        """An id of nothing."""
        prefix = {"Person": "per", "Organization": "org", "Post": "pst", "Capability": "cap", "Event": "evt"}
        return digest(prefix.get(kind, "clm"), "nothing", self.dice.random())


Arguments = Callable[[Known], Values]
AGENTS = ("Person", "Organization")


def _one(name: str, *kinds: str) -> Arguments:
    return lambda known: {name: known.id(*kinds)}


def _page(known: Known) -> Values:
    """A page; some end where the list does, or where it would with what is hidden."""
    return {"first": known.dice.choice([1, 2, 3, 5, 6, 7, 8])}


def _backward(known: Known) -> Values:
    return {"last": known.dice.choice([1, 2, 10])} if known.dice.random() < 0.3 else _page(known)


def _text(known: Known) -> Values:
    return {known.dice.choice(["contains", "startsWith", "eq"]): known.dice.choice(WORDS)}


def _people(known: Known) -> Values:
    wanted: list[Values] = [
        {},
        {"name": _text(known)},
        {"worksFor": known.id("Organization")},
        {"not": {"worksFor": known.id("Organization")}},
        {"not": {"name": _text(known)}},
    ]
    order = known.dice.choice([[], [{"field": "NAME", "direction": "DESC"}]])
    return {**_backward(known), "filter": known.dice.choice(wanted), "orderBy": order}


def _organizations(known: Known) -> Values:
    wanted: list[Values] = [
        {},
        {"name": _text(known)},
        {"capability": known.id("Capability")},
        {"memberOf": ASSOCIATION},
        {"not": {"suppliers": {"name": _text(known)}}},
        {"customers": {"kind": "supplier"}},
        {"suppliers": {"not": {"capability": known.id("Capability")}}},
    ]
    return {**_backward(known), "filter": known.dice.choice(wanted)}


def _route(known: Known) -> Values:
    avoid = known.some(2, *AGENTS) if known.dice.random() < 0.3 else None
    ends = {"from": known.id("Person", *AGENTS), "to": known.id("Person", *AGENTS, "Post")}
    disjoint = known.dice.random() < 0.3
    return {
        **ends,
        "k": 4,
        "maxHops": known.dice.choice([2, 3, 4]),
        "avoid": avoid,
        "disjoint": disjoint,
        **_day(known),
    }


def _day(known: Known) -> Values:
    return {"asOf": known.dice.choice(DAYS)}


def _starts(known: Known) -> Values:
    return {"from": known.some(4, *AGENTS) if known.dice.random() < 0.7 else None}


def _reach(known: Known) -> Values:
    wanted: list[Values | None] = [
        None,
        {"membersOnly": True},
        {"country": "GB"},
        {"notThrough": known.some(2, *AGENTS)},
    ]
    ends = {"capability": known.id("Capability"), "from": known.id(*AGENTS)}
    return {**ends, "constraints": known.dice.choice(wanted), "first": 5}


def _chain(known: Known) -> Values:
    return {
        "organization": known.id("Organization"),
        "direction": known.dice.choice(["SUPPLIERS", "CUSTOMERS", "BOTH"]),
    }


def _ledger(known: Known) -> Values:
    whose: list[Values] = [
        {},
        {"person": known.id("Person")},
        {"organization": known.id("Organization")},
        {"event": known.id("Event")},
        {"from": "2026-10-02"},
    ]
    return {"groupBy": known.dice.choice(["PERSON", "ORGANIZATION", "EVENT"]), **known.dice.choice(whose)}


def _identifier(known: Known) -> Values:
    who = known.dice.choice(PEOPLE)
    once = f"Ann Alder {who.value}"
    return known.dice.choice([{"scheme": who.scheme, "value": who.value}, {"scheme": "name", "value": once}])


QUESTIONS: Mapping[str, Arguments] = {
    "agent": _identifier,
    "capabilities": _backward,
    "cardLedger": _ledger,
    "events": _backward,
    "influencePaths": lambda known: {"post": known.id("Post"), **_starts(known), "issue": known.id("Issue")},
    "interlocks": lambda known: {"people": known.some(8, "Person"), **_day(known)},
    "introductionPaths": _route,
    "introductions": lambda known: {"first": 3, "person": known.dice.choice([None, known.id("Person")])},
    "issues": _backward,
    "node": _one("id", *AGENTS),
    "nodes": lambda known: {"ids": [*known.some(6, *AGENTS), *known.some(4, "Post", "Capability", "Event")]},
    "organization": _one("id", "Organization"),
    "organizations": _organizations,
    "people": _people,
    "person": _one("id", "Person"),
    "posts": _backward,
    "reachCapability": _reach,
    "search": lambda known: {"text": known.dice.choice(WORDS), "first": known.dice.choice([2, 20])},
    "supplyChain": _chain,
    "supplyJoints": _chain,
    "tie": lambda known: {"a": known.id("Person"), "b": known.id(*AGENTS), **_day(known)},
    "tieHistory": lambda known: {"a": known.id("Person"), "b": known.id(*AGENTS)},
    "viewer": lambda _: {},
    "whoInSupplyChainKnows": lambda known: {**_chain(known), "target": known.id("Person", *AGENTS)},
    "whoKnows": lambda known: {"target": known.id("Person", *AGENTS), **_starts(known), **_day(known)},
}


def _entry(make: Arguments) -> Arguments:
    """What is recorded, under a key of its own."""
    return lambda known: {"input": {"idempotencyKey": f"key {known.dice.random()}", **make(known)}}


def _person(known: Known) -> Values:
    who, new = known.dice.choice(PEOPLE), known.dice.random()
    said: Values = {"identifiers": [{"scheme": who.scheme, "value": who.value}]} if new < 0.4 else {}
    if new > 0.8:
        said = {"organization": known.id("Organization"), "role": "buyer"}
    name = known.dice.choice(["Ann Alder", "Also Known", f"Somebody {new}"])
    return {"name": name, "confirmNew": known.dice.random() < 0.5, **said}


def _organization(known: Known) -> Values:
    number = f"0000000{known.dice.randint(1, 6)}"
    said: Values = {"identifiers": [{"scheme": "gb-coh", "value": number}]} if known.dice.random() < 0.5 else {}
    return {"name": known.dice.choice(["Forge Ltd", "New Ltd"]), "confirmNew": known.dice.random() < 0.5, **said}


def _retraction(known: Known) -> Values:
    return {
        "claim": known.id("Affiliation", "Attendance", "Evidence", "Meeting", "CardExchange"),
        "reason": "a mistake",
    }


_SAID: Mapping[str, Arguments] = {
    "addEvent": lambda known: {"name": "Dinner", "start": "2026-11-01", "partOf": known.id("Event")},
    "addOrganization": _organization,
    "addPerson": _person,
    "advanceIntroduction": lambda known: {"introduction": known.id("Introduction"), "to": "REQUESTED"},
    "assertAffiliation": lambda known: {
        "person": known.id("Person"),
        "organization": known.id("Organization"),
        "start": "2020",
        "end": "..",
        "role": "seller",
    },
    "recordAttendance": lambda known: {
        "event": known.id("Event"),
        "agent": known.id("Person"),
        "status": "ATTENDED",
    },
    "recordCard": lambda known: {
        "giver": known.id("Person"),
        "receiver": known.id("Person"),
        "on": "2026-11-02",
        "event": known.id("Event"),
        "swapped": False,
    },
    "recordContact": lambda known: {
        "from": known.id("Person"),
        "to": known.id("Person"),
        "kind": "CALL",
        "on": "2026-11-03",
    },
    "recordMeeting": lambda known: {"participants": known.some(4, "Person"), "on": "2026-11-04"},
    "requestIntroduction": lambda known: {
        "requester": known.id("Person"),
        "introducer": known.id("Person"),
        "target": known.id("Person"),
    },
    "retractClaim": _retraction,
    "setIntroducerLimits": lambda known: {
        "person": known.id("Person"),
        "asksPerQuarter": 1,
        "never": known.some(2, *AGENTS),
    },
}
ENTRIES: Mapping[str, Arguments] = {name: _entry(make) for name, make in _SAID.items()}


def operation(known: Known, root: str, variant: int) -> Operation:
    """An operation of a root field."""
    found = document(root, variant)
    variables = ENTRIES[root](known) if found.changes else QUESTIONS[root](known)
    if found.kind is not None and root in {"node", "nodes"}:
        variables = {"id": known.id(found.kind)} if root == "node" else {"ids": known.some(12, found.kind)}
    return Operation(found, variables)


def questions(known: Known, times: int, roots: Iterable[str] = QUESTIONS) -> list[Operation]:
    """So many questions through each root field."""
    return [operation(known, root, known.dice.randrange(_variants(root))) for root in roots for _ in range(times)]


def _variants(root: str) -> int:
    return KINDS_OF_NODES if root in {"node", "nodes"} else VARIANTS


def entries(known: Known, roots: Sequence[str] = tuple(ENTRIES)) -> list[Operation]:
    """Something to record through each root field, in some order."""
    return [operation(known, root, 0) for root in known.dice.sample(roots, len(roots))]
