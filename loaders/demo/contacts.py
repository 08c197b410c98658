"""How people deal with each other over the years: cards, meetings, calls, mails and introductions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from loaders.demo.dice import Urn, chance, pick, poisson
from loaders.demo.records import LOBBYING, MEMBERS, STAFF
from loaders.demo.world import OPENING, REFERENCE, YEAR, Firm, Person, World, iso

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from loaders.demo.records import Party, Thing

SUBJECTS = (
    "Annual contract",
    "Capacity next year",
    "Concession on drawing",
    "Delivery times",
    "First samples",
    "Joint bid",
    "Membership",
    "Prices of material",
    "Quality review",
    "Site visit",
    "Stand at the fair",
    "Test results",
    "Tooling",
    "Trial order",
)
_OUTCOMES = {
    "DRAFT": 2,
    "REQUESTED": 5,
    "WITH_INTRODUCER": 7,
    "ACCEPTED": 5,
    "DECLINED": 12,
    "MADE": 12,
    "MET": 22,
    "OUTCOME_RECORDED": 25,
    "LAPSED": 10,
}
_REASONS = {"supply": 50, "staff": 14, "room": 26, "chance": 10}
_WAYS = {"CALL": 30, "CORRESPONDENCE": 30, "CORRESPONDENCE_SENT": 10, "MEETING": 30}
_ALONG = {0: 70, 2: 20, 4: 8, 10: 2}
_CHANNELS = {"MEETING": 40, "CORRESPONDENCE": 35, "CALL": 25}
_AHEAD = 75  # days for which meetings are planned already
_MOST = 60  # contacts of one pair
_CHIEF = 3  # the title from which somebody speaks for a firm
_TELLING = 4  # contacts after which people say of themselves that they know somebody


def meeting(
    world: World, source: str, key: str, people: Sequence[Party], day: str, status: str, subject: str, vis: int
) -> Thing:
    """A meeting and who took part in it."""
    ledger = world.ledger
    thing = ledger.thing(source, "Meeting", key, subject, vis, prefix="mtg", on=day, status=status, subject=subject)
    for party in people:
        ledger.claim(
            source, "TOOK_PART_IN", party, thing, vis, start=day, end=day, unit=f"meeting:{key}", on=day, status=status
        )
    return thing


def card(
    world: World, key: str, giver: Party, receiver: Party, day: str, *, swapped: bool, event: Thing | None
) -> None:
    """A card handed over, or two of them swapped."""
    ledger, unit = world.ledger, f"card:{key}"
    name = "Cards swapped" if swapped else "Card given"
    thing = ledger.thing("cards", "CardExchange", key, name, MEMBERS, prefix="crd", on=day, swapped=swapped)
    for relation, party in (("GAVE_CARD", giver), ("RECEIVED_CARD", receiver)):
        ledger.claim("cards", relation, party, thing, MEMBERS, start=day, end=day, unit=unit, on=day, swapped=swapped)
    if event is not None:
        ledger.claim("cards", "EXCHANGED_AT", thing, event, MEMBERS, start=day, end=day, unit=unit)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two people, and the day they met first; at a gathering where `event` says so."""

    a: Person
    b: Person
    first: int
    event: Thing | None = None

    @property
    def people(self) -> tuple[Person, Person]:
        return self.a, self.b

    def plausible(self) -> bool:
        """Whether these are two people who were both about on that day."""
        return self.a is not self.b and all(person.active(self.first) for person in self.people)


def deal(world: World) -> None:
    """Pairs of people who deal with each other, and all contacts of each."""
    dice = world.dice("contacts")
    everybody, staff = world.urn(), world.own_staff()
    for index in range(world.sized("relationships", 30)):
        pair = _pair(world, dice, everybody, staff)
        if pair.plausible():
            _relationship(world, world.dice("relationship", index), f"{index + 1:06}", pair)


def _pair(world: World, dice: Random, everybody: Urn[Person], staff: Urn[Person]) -> _Pair:
    """Two people across a supply, out of one room, of the association and a member, or by chance."""
    day = dice.randrange(OPENING, REFERENCE - 30)
    reason = pick(dice, _REASONS)
    if reason == "supply":
        supplier, customer = dice.choice(world.supplies)
        sellers, buyers = _left_to_chance(supplier), _left_to_chance(customer)
        if sellers and buyers:
            return _Pair(dice.choice(sellers), dice.choice(buyers), day)
    if reason == "room":
        event, opened, people = dice.choice(world.rooms)
        return _Pair(dice.choice(people), dice.choice(people), opened, event)
    if reason == "staff":
        return _Pair(staff.draw(dice), everybody.draw(dice), day)
    return _Pair(everybody.draw(dice), everybody.draw(dice), day)


def _left_to_chance(firm: Firm) -> list[Person]:
    return [] if firm.planted else firm.staff


def _relationship(world: World, dice: Random, key: str, pair: _Pair) -> None:
    """All contacts of one pair, from the first card to the day they stop; few pairs have many."""
    inside = any(person.firm is world.association for person in pair.people)
    source, vis = ("diary", STAFF) if inside else ("contacts", MEMBERS)
    if pair.event is not None or chance(dice, 0.35):
        giver, receiver = dice.sample(pair.people, 2)
        swapped = chance(dice, 0.72)
        card(world, key, giver.party, receiver.party, iso(pair.first), swapped=swapped, event=pair.event)
    days = _days(dice, pair)
    for day in days:
        _contact(world, dice, f"{key}-{day}", pair, day, source, vis)
    if days and REFERENCE - days[-1] < YEAR and chance(dice, 0.3):
        ahead = iso(REFERENCE + dice.randint(1, _AHEAD))
        people = [person.party for person in pair.people]
        meeting(world, source, f"{key}-ahead", people, ahead, "PLANNED", dice.choice(SUBJECTS), vis)
    if len(days) > _TELLING and chance(dice, 0.4):
        says, of = dice.sample(pair.people, 2)
        world.ledger.knows("contacts", "DECLARED", says.party, of.party, iso(days[-1]), MEMBERS, key)


def _days(dice: Random, pair: _Pair) -> list[int]:
    """The days on which a pair had to do with each other."""
    span = dice.expovariate(1 / (2.2 * YEAR))
    last = max(pair.first, min(pair.first + round(span), pair.a.until, pair.b.until))
    count = poisson(dice, dice.lognormvariate(1.15, 0.85) * min(1.0, span / YEAR + 0.2))
    return sorted({dice.randint(pair.first, last) for _ in range(min(_MOST, count))})


def _contact(world: World, dice: Random, key: str, pair: _Pair, day: int, source: str, vis: int) -> None:
    kind, on = pick(dice, _WAYS), iso(day)
    if kind == "MEETING":
        status = "CALLED_OFF" if chance(dice, 0.09) else "HELD"
        meeting(world, source, key, _round(dice, pair, day), on, status, dice.choice(SUBJECTS), vis)
        return
    says, to = dice.sample(pair.people, 2)
    world.ledger.knows(source, kind, says.party, to.party, on, vis, key)


def _round(dice: Random, pair: _Pair, day: int) -> list[Party]:
    """Who comes along: mostly nobody, at times colleagues of both, now and then a project's whole team."""
    colleagues = dict.fromkeys((*pair.a.firm.staff, *pair.b.firm.staff))
    around = [person for person in colleagues if person not in pair.people and person.active(day)]
    along = dice.sample(around, min(pick(dice, _ALONG), len(around)))
    return [person.party for person in (*pair.people, *along)]


def introduce(world: World) -> None:
    """Introductions asked for, each as far as it got."""
    everybody, staff = world.urn(), world.own_staff()
    for index in range(world.sized("introductions", 4)):
        dice = world.dice("introduction", index)
        between = (staff if chance(dice, 0.4) else everybody).draw(dice)
        requester, target = everybody.draw(dice), everybody.draw(dice)
        if requester is not target and between not in (requester, target):
            _introduction(world, dice, f"{index + 1:05}", (requester, between, target))


def _introduction(world: World, dice: Random, key: str, people: tuple[Person, Person, Person]) -> None:
    status, asked = pick(dice, _OUTCOMES), dice.randrange(OPENING, REFERENCE - 120)
    met = status in {"MET", "OUTCOME_RECORDED"}
    day = iso(asked + dice.randint(10, 110)) if met else None
    concerning = dice.choice(SUBJECTS)
    thing = world.ledger.thing(
        "diary",
        "Introduction",
        key,
        f"Introduction about {concerning.lower()}",
        STAFF,
        prefix="int",
        status=status,
        requestedAt=f"{iso(asked)}T{dice.randint(8, 17):02}:{dice.randint(0, 59):02}:00.000000Z",
        concerning=concerning,
        on=day,
    )
    for relation, someone in zip(("REQUESTS", "INTRODUCES", "INTRODUCED_IN"), people, strict=True):
        world.ledger.claim(
            "diary",
            relation,
            someone.party,
            thing,
            STAFF,
            start=iso(asked),
            unit=f"introduction:{key}",
            status="MET" if met else status,  # an outcome is recorded of those who met
            on=day,
        )


def lobby(world: World) -> None:
    """What the association's staff and some chief executives say to officials; seen only by those who lobby."""
    staff = world.own_staff()
    chiefs = Urn([person for person in world.people if person.level >= _CHIEF], lambda person: person.sociable)
    for index in range(world.sized("relationships", 30) // 25):
        dice = world.dice("lobbying", index)
        who, official = (staff if chance(dice, 0.6) else chiefs).draw(dice), dice.choice(world.officials)
        for _ in range(1 + poisson(dice, 2.5)):
            on = iso(dice.randint(max(OPENING, who.since), max(OPENING, who.until)))
            kind = pick(dice, _CHANNELS)
            if kind == "MEETING":
                key, subject = f"lobby-{index + 1}-{on}", dice.choice(SUBJECTS)
                meeting(world, "lobbying", key, [who.party, official], on, "HELD", subject, LOBBYING)
            else:
                world.ledger.knows("lobbying", kind, who.party, official, on, LOBBYING, f"{index + 1}")


def research(world: World) -> None:
    """Projects that universities and firms run together."""
    scholars = Urn([p for p in world.people if p.firm.kind.key == "university"], lambda person: person.sociable)
    engineers = Urn([p for p in world.people if p.profession.key == "engineering"], lambda person: person.sociable)
    for index in range(world.sized("joint_projects", 3) if scholars and engineers else 0):
        dice, key = world.dice("project", index), f"project-{index + 1}"
        team = dict.fromkeys(scholars.several(dice, 2) + engineers.several(dice, dice.randint(2, 5)))
        first = dice.randrange(OPENING, REFERENCE - 400)
        since, on = iso(first), iso(min(REFERENCE, first + dice.choice((365, 730, 1095))))
        for a, b in combinations(team, 2):
            world.ledger.knows("contacts", "CO_PROJECT", a.party, b.party, on, MEMBERS, key, since=since)
