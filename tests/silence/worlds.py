"""Small worlds that are hidden in part, drawn for the role that is to ask: what it may not see carries a canary.

A fifth of the things is hidden and two fifths of what is said; in half of the worlds a hidden short cut runs beside a
visible chain. A world is what sources say, so that one without its hidden part can be written the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from service.auth import Role
from service.graph.model import (
    IDENTIFIED_BY,
    AgentKind,
    Assertion,
    Batch,
    Evidence,
    Identity,
    Mode,
    NodeRecord,
    SourceRecord,
    Value,
    digest,
)
from service.graph.visibility import PLAIN, VisibilityClass

CANARY = re.compile(r"canary\d+")
HIDDEN_THINGS, HIDDEN_TIES = 0.2, 0.4
# The table of every store of these tests: the four levels, and two of them with a compartment.
TABLE = (*PLAIN, VisibilityClass(4, "STAFF", ("tender",)), VisibilityClass(5, "LOBBYING", ("tender",)))
WHOLE = tuple(row.id for row in TABLE)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a role, the classes of a world that it sees and those it does not, compartments, and a purpose."""

    role: Role
    seen: tuple[int, ...]
    hidden: tuple[int, ...]
    compartments: tuple[str, ...] = ()
    purpose: str | None = None


ASKERS = (
    Asker(Role.MEMBERS, (0, 1), (2, 3, 5)),
    Asker(Role.MEMBERS, (0, 1), (2, 4, 5)),
    Asker(Role.STAFF, (0, 1, 2), (3, 5)),
    Asker(Role.STAFF, (0, 1, 2, 4), (5,), ("tender",)),
    Asker(Role.STEWARD, (0, 1, 2), (4, 5)),
    Asker(Role.LOBBYING, (0, 1, 2, 4), (5,), ("tender",)),
    Asker(Role.LOBBYING, (0, 1, 2, 3), (5,), purpose="a consultation"),
)
PEOPLE = [Identity(AgentKind.PERSON, "parliament", str(number)) for number in range(8)]
FIRMS = [Identity(AgentKind.ORGANIZATION, "gb-coh", f"0000000{number}") for number in range(1, 6)]
ASSOCIATION = FIRMS[-1].agent
NAMES = ("Ann Alder", "Ben Alder", "Ann Beech", "Cat Beech", "Alder Ann")
FIRM_NAMES = ("Forge Ltd", "Gear Works", "Forge Works", "Gear Ltd")
SPANS: tuple[tuple[str | None, str | None], ...] = (
    (None, None),
    ("2020", ".."),
    ("2019-05", "2021"),
    ("2024-02-01", ".."),
    ("2018", None),
)
DAYS = ("2023-01-01", "2025-06-30", "2026-10-01", "2026-11-01", "2026-11-20")


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that is no agent, with the letters its id begins with."""

    label: str
    prefix: str
    key: str

    @property
    def agent(self) -> str:
        """Its id, under the name by which an identity gives that of its agent."""
        return digest(self.prefix, self.key)

    def __str__(self) -> str:
        return f"{self.label} {self.key}"


End = Identity | Thing
POSTS = [Thing("Post", "pst", f"post {number}") for number in range(2)]
CAPABILITIES = [Thing("Capability", "cap", f"capability {number}") for number in range(3)]
CERTIFICATES = [Thing("Certification", "cer", f"certificate {number}") for number in range(2)]
EVENTS = [Thing("Event", "evt", f"event {number}") for number in range(3)]
ISSUES = [Thing("Issue", "iss", f"issue {number}") for number in range(2)]
THINGS = (*POSTS, *CAPABILITIES, *CERTIFICATES, *EVENTS, *ISSUES)


@dataclass(frozen=True, slots=True)
class World:
    """What all sources say, who asks, and the classes of what there is."""

    asker: Asker
    sources: tuple[SourceRecord, ...]
    nodes: tuple[NodeRecord, ...]
    assertions: tuple[Assertion, ...]
    evidence: tuple[Evidence, ...]

    @property
    def batch(self) -> Batch:
        """All of it, as a loader gives it to the writer."""
        return Batch(self.sources, {}, {one.id: one for one in self.nodes}, self.assertions, self.evidence)

    @property
    def visible(self) -> World:
        """The part the asker may see."""
        return self.kept(self.asker.seen)

    def kept(self, classes: Collection[int]) -> World:
        """The part of it that is of these classes."""
        sources = tuple(one for one in self.sources if one.vis in classes)
        ids = {one.id for one in sources}
        return replace(
            self,
            sources=sources,
            nodes=tuple(one for one in self.nodes if one.vis in classes and one.source in ids),
            assertions=tuple(one for one in self.assertions if one.vis in classes and one.source in ids),
            evidence=tuple(one for one in self.evidence if one.vis in classes and one.source in ids),
        )


@dataclass
class Drawing:
    """A world in the making."""

    dice: Random
    asker: Asker
    hidden: frozenset[str] = frozenset()
    sources: list[SourceRecord] = field(default_factory=list[SourceRecord])
    nodes: list[NodeRecord] = field(default_factory=list[NodeRecord])
    assertions: list[Assertion] = field(default_factory=list[Assertion])
    evidence: list[Evidence] = field(default_factory=list[Evidence])
    canaries: int = 0

    def world(self) -> World:
        """The world, once all was said."""
        everything: list[End] = [*PEOPLE, *FIRMS[:-1], *THINGS]
        self.hidden = frozenset(str(one) for one in everything if self.dice.random() < HIDDEN_THINGS)
        for draw in (self._sources, self._names, self._things, self._claims, self._gatherings, self._ties):
            draw()
        said = (tuple(self.sources), tuple(self.nodes), tuple(self.assertions), tuple(self.evidence))
        return World(self.asker, *said)

    def _sources(self) -> None:
        for slug, mode, hidden in (
            ("a-register", Mode.HISTORY, False),
            ("b-secret", Mode.HISTORY, True),
            ("c-gazette", Mode.LOG, False),
            ("d-diary", Mode.HISTORY, False),
        ):
            vis = self._class(hidden=hidden)
            title, licence = self._text(slug.title(), vis), self._text("OGL", vis)
            url = f"https://{self._text('source', vis)}.example".replace(" ", "-")
            self.sources.append(SourceRecord(slug, title, mode, vis, self._text("Registrar", vis), url, licence))

    def _names(self) -> None:
        for who in (*PEOPLE, *FIRMS):
            hidden = str(who) in self.hidden
            name = self.dice.choice(NAMES if who.kind is AgentKind.PERSON else FIRM_NAMES)
            self._named(who, who, name, self._class(hidden=hidden))
            if self.dice.random() < 0.5:
                self._named(who, who, "Also Known", self._class(hidden=True))
            if self.dice.random() < 0.4:
                other = Identity(who.kind, "name", self._text(f"{name} {who.value}", vis := self._drawn(who)))
                self._named(who, other, "Once Known", vis)

    def _named(self, known: Identity, other: Identity, name: str, vis: int) -> None:
        kinds = (self.dice.choice(["supplier", "race team"]),) if known.kind is AgentKind.ORGANIZATION else ()
        ends = str(known), str(other)
        source = self._source(vis)
        names = (self._text(name, vis),)
        country = self.dice.choice([None, "GB", "IT"]) if kinds else None
        key = (*ends, str(len(self.assertions)))
        said = Assertion(IDENTIFIED_BY, key, known.agent, other.id, ends, source.id, vis, locator=self._place(vis))
        self.assertions.append(replace(said, names=names, kinds=kinds, country=country))

    def _things(self) -> None:
        for thing in THINGS:
            vis = self._class(hidden=str(thing) in self.hidden)
            said: dict[str, Value] = {"altLabels": [self._text("also", vis)]} if thing.prefix == "cap" else {}
            if thing.prefix == "evt":
                said = {"start": self.dice.choice(DAYS), "end": ".."}
            self._node(thing, self._text(thing.key.title(), vis), vis, **said)

    def _node(self, thing: Thing, name: str, vis: int, **said: Value) -> None:
        self.nodes.append(NodeRecord(thing.label, thing.agent, name, vis, self._source(vis).id, self._place(vis), said))

    def _claims(self) -> None:
        for _ in range(58):
            relation, a, b = self._relation()
            if a != b:
                self._claim(relation, a, b)
        self._claim("BROADER", CAPABILITIES[1], CAPABILITIES[0])
        self._claim("FEEDS", CAPABILITIES[1], CAPABILITIES[2])
        self._claim("PART_OF", EVENTS[1], EVENTS[0])
        for post in POSTS:
            self._claim("POST_IN", post, self.dice.choice(FIRMS))
            # A post that is seen is seen somewhere: without that it could not be told of at all.
            vis = self._class(hidden=str(post) in self.hidden)
            self._assert("POST_IN", post, FIRMS[-1], vis, {}, unit="department:all")
            self._claim("DECIDES_ON", post, self.dice.choice(ISSUES))

    def _relation(self) -> tuple[str, End, End]:
        """Who is said to have to do with whom or what, in some way."""
        choose: Callable[[Sequence[End]], End] = self.dice.choice
        between: dict[str, tuple[Sequence[End], Sequence[End]]] = {
            "WORKS_FOR": (PEOPLE, FIRMS),
            "DIRECTOR_OF": (PEOPLE, FIRMS),
            "HOLDS": (PEOPLE, POSTS),
            "MEMBER_OF": ([*PEOPLE, *FIRMS, *FIRMS], FIRMS[-2:]),
            "SUPPLIES": (FIRMS, FIRMS),
            "HAS_CAPABILITY": (FIRMS, CAPABILITIES),
            "HOLDS_CERTIFICATION": (FIRMS, CERTIFICATES),
            "GAVE_BENEFIT": (FIRMS, PEOPLE),
            "OWNS": ([*PEOPLE, *FIRMS], FIRMS),
            "ATTENDED": (PEOPLE, EVENTS),
            "TAKES_STANCE": ([*PEOPLE, *FIRMS], ISSUES),
            "SECRETARIAT_OF": (FIRMS, FIRMS),
        }
        kinds = [*between, "WORKS_FOR", "WORKS_FOR", "SUPPLIES", "SUPPLIES", "HAS_CAPABILITY"]
        relation = self.dice.choice(kinds)
        return relation, *(choose(ends) for ends in between[relation])  # type: ignore[return-value]

    def _claim(self, relation: str, a: End, b: End) -> None:
        vis = self._drawn(a, b)
        start, end = self.dice.choice(SPANS)
        day = self.dice.choice(DAYS)
        unit = {
            "WORKS_FOR": f"employer:{b}",
            "DIRECTOR_OF": f"board:{b}",
            "HOLDS": "department:all",
            "POST_IN": "department:all",
            "ATTENDED": f"event:{b.agent}",
            "GAVE_BENEFIT": f"benefit:{len(self.assertions)}",
        }.get(relation)
        if relation in {"ATTENDED", "GAVE_BENEFIT"}:
            start = end = day
        said = self._attributes(relation, vis)
        self._assert(relation, a, b, vis, said, start=start, end=end, unit=unit)

    def _attributes(self, relation: str, vis: int) -> dict[str, Value]:
        dice = self.dice
        share = float(dice.choice([10, 25]))
        said: dict[str, dict[str, Value]] = {
            "WORKS_FOR": {"role": self._text(dice.choice(["buyer", "seller"]), vis)},
            "DIRECTOR_OF": {"role": self._text("director", vis)},
            "MEMBER_OF": {"role": self._text("full", vis), "tier": "gold"},
            "SUPPLIES": {"capability": dice.choice(CAPABILITIES).agent, "tier": 1},
            "HAS_CAPABILITY": {"level": self._text("prime", vis), "verified": dice.random() < 0.5},
            "HOLDS_CERTIFICATION": {"scope": self._text("all", vis), "number": self._text("7", vis)},
            "GAVE_BENEFIT": {"kind": self._text("gift", vis), "amount": 80.5, "currency": "GBP"},
            "OWNS": {"shareMin": share, "shareMax": share + 25},
            "ATTENDED": {"status": dice.choice(["ATTENDED", "ATTENDED", "NO_SHOW"])},
            "TAKES_STANCE": {"position": dice.choice(["FOR", "AGAINST"])},
        }
        return said.get(relation, {})

    def _assert(
        self,
        relation: str,
        a: End,
        b: End,
        vis: int,
        said: dict[str, Value],
        *,
        start: str | None = None,
        end: str | None = None,
        unit: str | None = None,
    ) -> None:
        key, ends = (str(a), str(b), str(len(self.assertions))), (str(a), str(b))
        source, other = self._source(vis).id, b.id if isinstance(b, Identity) and relation == IDENTIFIED_BY else b.agent
        confidence = self.dice.choice([0.5, 1.0])
        claim = Assertion(relation, key, a.agent, other, ends, source, vis, said, start, end, (), confidence)
        self.assertions.append(replace(claim, locator=self._place(vis), unit=unit))

    def _gatherings(self) -> None:
        for number in range(7):
            self._meeting(Thing("Meeting", "mtg", f"meeting {number}"))
        for number in range(8):
            self._card(Thing("CardExchange", "crd", f"card {number}"))
        for number in range(4):
            self._introduction(Thing("Introduction", "int", f"introduction {number}"))

    def _meeting(self, thing: Thing) -> None:
        vis = self._record(thing)
        day, status = self.dice.choice(DAYS), self.dice.choice(["HELD", "HELD", "HELD", "CALLED_OFF"])
        self._node(thing, "Meeting", vis, on=day, status=status, subject=self._text("tariffs", vis))
        for who in self.dice.sample(PEOPLE, self.dice.choice([2, 2, 3, 4])):
            said: dict[str, Value] = {"on": day, "status": status}
            part = self._drawn(thing, who, hidden=0.2)
            self._assert("TOOK_PART_IN", who, thing, part, said, start=day, end=day, unit=f"meeting:{thing.agent}")

    def _card(self, thing: Thing) -> None:
        vis, day, swapped = self._record(thing), self.dice.choice(DAYS), self.dice.random() < 0.5
        self._node(thing, self._text("Card", vis), vis, on=day, swapped=swapped)
        people = self.dice.sample(PEOPLE, 2)
        for relation, who in zip(("GAVE_CARD", "RECEIVED_CARD"), people, strict=True):
            part, unit = self._drawn(thing, who, hidden=0.2), f"card:{thing.agent}"
            said: dict[str, Value] = {"on": day, "swapped": swapped}
            self._assert(relation, who, thing, part, said, start=day, end=day, unit=unit)
        event = self.dice.choice(EVENTS)
        self._assert("EXCHANGED_AT", thing, event, self._drawn(thing, event), {}, start=day, end=day)

    def _introduction(self, thing: Thing) -> None:
        vis, day = self._record(thing), self.dice.choice(DAYS)
        status = self.dice.choice(["DRAFT", "WITH_INTRODUCER", "MET"])
        said: dict[str, Value] = {"status": status, "requestedAt": f"{day}T09:00:00.000000Z"}
        self._node(thing, "Introduction", vis, concerning=self._text("tariffs", vis), **said)
        people = self.dice.sample(PEOPLE, 3)
        for relation, who in zip(("REQUESTS", "INTRODUCES", "INTRODUCED_IN"), people, strict=True):
            part = self._drawn(thing, who, hidden=0.2)
            told: dict[str, Value] = {"status": status, "on": day}
            self._assert(relation, who, thing, part, told, start=day, unit=f"introduction:{thing.agent}")

    def _record(self, thing: Thing) -> int:
        if hidden := self.dice.random() < HIDDEN_THINGS:
            self.hidden |= {str(thing)}
        return self._class(hidden=hidden)

    def _ties(self) -> None:
        kinds = ("CALL", "CORRESPONDENCE", "CORRESPONDENCE_SENT", "DECLARED")
        for _ in range(14):
            one, other = self.dice.sample([*PEOPLE, FIRMS[0]], 2)
            self._knows(self.dice.choice(kinds), one, other, self._drawn(one, other))
        if self.dice.random() < 0.5:
            chain = [who for who in PEOPLE if str(who) not in self.hidden][:4]
            for one, other in pairwise(chain):
                self._knows("CALL", one, other, self._class(hidden=False))
            if len(chain) > 2:
                self._knows("CALL", chain[0], chain[-1], self._class(hidden=True))

    def _knows(self, kind: str, one: Identity, other: Identity, vis: int) -> None:
        a, b = (one, other) if kind in {"DECLARED", "CORRESPONDENCE_SENT"} or one.agent < other.agent else (other, one)
        key = (kind, str(a), str(b), str(len(self.evidence)))
        source, day = self._source(vis).id, self.dice.choice(DAYS)
        confidence = self.dice.choice([0.5, 1.0])
        record = Evidence(kind, a.agent, b.agent, day, source, vis, (), key, confidence=confidence)
        self.evidence.append(replace(record, locator=self._place(vis)))

    def _class(self, *, hidden: bool) -> int:
        return self.dice.choice(self.asker.hidden if hidden else self.asker.seen)

    def _drawn(self, *ends: End, hidden: float = HIDDEN_TIES) -> int:
        """The class of what is said about these: hidden where one of them is, and by chance."""
        return self._class(hidden=any(str(one) in self.hidden for one in ends) or self.dice.random() < hidden)

    def _source(self, vis: int) -> SourceRecord:
        """Who says it: what the asker may see is of a source they may see."""
        visible = vis in self.asker.seen
        return self.dice.choice([one for one in self.sources if not visible or one.vis in self.asker.seen])

    def _text(self, text: str, vis: int) -> str:
        """A text, with a canary in it where it is hidden."""
        if vis in self.asker.seen:
            return text
        self.canaries += 1
        return f"{text} canary{self.canaries:04}"

    def _place(self, vis: int) -> str:
        return self._text(f"row {len(self.assertions) + len(self.nodes)}", vis)


def drawn(seed: int | str, asker: Asker | None = None) -> World:
    """The world of a seed."""
    dice = Random(f"world {seed}")
    return Drawing(dice, asker or dice.choice(ASKERS)).world()


def canaries(texts: Iterable[bytes | str]) -> list[str]:
    """The canaries that sing in any of these texts, each once."""
    found = (CANARY.findall(text if isinstance(text, str) else text.decode(errors="replace")) for text in texts)
    return sorted({one for part in found for one in part})
