"""What is planted: the people behind the named questions and the joints of each class, the same at every scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from loaders.demo import pack
from loaders.demo.contacts import card, meeting
from loaders.demo.firms import organization
from loaders.demo.people import person, record
from loaders.demo.records import MEMBERS, PUBLIC
from loaders.demo.world import REFERENCE, Firm, Job, Person, World
from network.dates import OPEN, earliest
from service.graph.model import Identity

if TYPE_CHECKING:
    from loaders.demo.records import Party

ASSOCIATION = organization("guild", "C00000")


@dataclass(frozen=True, slots=True)
class Planted:
    """Somebody or some firm of a story: the id is known before anything is generated."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question of the demo, and what its answer must show.

    `route` are the agents of the best route in order; for an end that is an organization, its person. `passed` is a
    route that looks better and was not taken, and `why` says so.
    """

    key: str
    asks: str  # introductionPaths or whoKnows
    text: str
    target: Planted
    as_of: str
    route: tuple[Planted, ...]
    passed: tuple[Planted, ...]
    why: str
    start: Planted | None = None  # None: all members of the association
    avoid: tuple[Planted, ...] = ()
    max_hops: int = 3


@cache
def planted() -> dict[str, Planted]:
    """Everybody planted, by the key the stories use."""
    stories = pack.table("stories")
    name = str(pack.table("world")["association"]["name"])
    found = {"association": Planted(ASSOCIATION.agent, name)}
    for kind in ("firm", "person"):
        found.update({row["key"]: Planted(_identity(kind, row).agent, row["name"]) for row in stories[kind]})
    return found


def questions() -> tuple[Question, ...]:
    """The named questions, in the order they are asked."""
    return tuple(_question(row) for row in pack.table("stories")["question"])


def _question(row: dict[str, Any]) -> Question:
    who = planted()
    return Question(
        row["key"],
        row["asks"],
        row["text"],
        who[row["target"]],
        str(pack.table("world")["reference"]),
        tuple(who[key] for key in row["route"]),
        tuple(who[key] for key in row["passed"]),
        row["why"],
        who[row["start"]] if "start" in row else None,
        tuple(who[key] for key in row.get("avoid", ())),
    )


@cache
def _numbers() -> dict[str, int]:
    stories = pack.table("stories")
    return {row["key"]: 900_001 + index for kind in ("firm", "person") for index, row in enumerate(stories[kind])}


def _identity(kind: str, row: dict[str, Any]) -> Identity:
    number = _numbers()[row["key"]]
    if kind == "firm":
        return organization("guild", f"C{number}") if row.get("member", True) else organization("name", row["name"])
    if row.get("official", False):
        return person("house", f"H{number}")
    return person("guild", f"P{number}")


def firms(world: World) -> dict[str, Firm]:
    """Found the planted firms."""
    found: dict[str, Firm] = {}
    regions = {region.key: region for region in pack.regions()}
    for row in pack.table("stories")["firm"]:
        kind, region = pack.kinds()[row["kind"]], regions[row["region"]]
        party = world.ledger.party(
            "directory",
            _identity("firm", row),
            row["name"],
            PUBLIC,
            kinds=(kind.label,),
            country=region.country,
        )
        does = [pack.concepts()[key] for key in row["does"]]
        member = row.get("member", True)
        found[row["key"]] = Firm(party, row["name"], kind, region, kind.size, member, story=row["key"], does=does)
    world.firms.extend(found.values())
    return found


def play(world: World, homes: dict[str, Firm]) -> None:
    """Plant the people with their careers, ties and money, and the supplies between their firms."""
    stories = pack.table("stories")
    cast = {row["key"]: _person(world, row, homes) for row in stories["person"]}
    parties = {key: someone.party for key, someone in cast.items()} | {key: firm.party for key, firm in homes.items()}
    parties["association"] = world.association.party
    for row in stories["tie"]:
        a, b = (parties[key] for key in row["between"])
        for kind, day, what in row["how"]:
            _tie(world, kind, a, b, day, what)
    for index, row in enumerate(stories["benefit"]):
        _benefit(world, parties, row, f"planted-{index}")
    for row in stories["supply"]:
        _supply(world, homes, row)
    for one, other in stories["rivals"]["between"]:
        world.ledger.claim("survey", "COMPETES_WITH", parties[one], parties[other], MEMBERS)
    for row in stories["owns"]:
        world.ledger.claim(
            "register",
            "OWNS",
            parties[row["owner"]],
            parties[row["asset"]],
            PUBLIC,
            start="2016",
            end=OPEN,
            shareMin=float(row["least"]),
            shareMax=float(row["most"]),
        )


def _person(world: World, row: dict[str, Any], homes: dict[str, Firm]) -> Person:
    source = "gazette" if row.get("official", False) else "directory"
    party = world.ledger.party(source, _identity("person", row), row["name"], PUBLIC)
    jobs = [_job(homes[firm], title, start, end) for firm, title, start, end in row["jobs"]]
    profession = pack.professions()["leadership"]
    someone = Person(party, row["name"], profession, 0, jobs[0].first, REFERENCE, 3, jobs)
    record(world, world.dice("planted", row["key"]), someone, PUBLIC)
    for job in jobs:
        if job.last is None:
            job.firm.staff.append(someone)
    for post, start, end in row.get("posts", ()):
        _holds(world, party, post, start, end)
    return someone


def _job(firm: Firm, title: str, start: str, end: str) -> Job:
    last = None if end == OPEN else date.fromisoformat(earliest(end)).toordinal()
    return Job(firm, title, date.fromisoformat(earliest(start)).toordinal(), last, start, end)


def _holds(world: World, party: Party, post: str, start: str, end: str) -> None:
    thing, ministry = world.posts[post]
    unit = f"department:{ministry.said}"
    world.ledger.claim("gazette", "HOLDS", party, thing, PUBLIC, start, start=start, end=end, unit=unit)


def _tie(world: World, kind: str, a: Party, b: Party, day: str, what: str) -> None:
    number = f"{a.said} {b.said} {day}"
    if kind == "MEETING":
        meeting(world, "contacts", number, [a, b], day, "HELD", what, MEMBERS)
    elif kind in {"CARD", "CARD_GIVEN"}:
        card(world, number, a, b, day, swapped=kind == "CARD", event=None)
    elif kind == "CO_PROJECT":
        world.ledger.knows("contacts", kind, a, b, what, MEMBERS, since=day)
    else:
        world.ledger.knows("contacts", kind, a, b, day, MEMBERS)


def _benefit(world: World, parties: dict[str, Party], row: dict[str, Any], key: str) -> None:
    world.ledger.claim(
        "gazette",
        "GAVE_BENEFIT",
        parties[row["giver"]],
        parties[row["receiver"]],
        PUBLIC,
        row["day"],
        start=row["day"],
        end=row["day"],
        unit=f"benefit:{key}",
        kind=row["kind"],
        amount=float(row["amount"]),
        currency="GBP",
        description=row["what"],
    )


def _supply(world: World, homes: dict[str, Firm], row: dict[str, Any]) -> None:
    supplier, customer = homes[row["supplier"]], homes[row["customer"]]
    world.supplies.append((supplier, customer))
    world.ledger.claim(
        "survey",
        "SUPPLIES",
        supplier.party,
        customer.party,
        MEMBERS,
        row["capability"],
        start=row["start"],
        end=OPEN,
        capability=world.capabilities[row["capability"]].id,
        tier=1,
    )
