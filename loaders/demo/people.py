"""People and their careers: who worked where, as what, from when to when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.demo import pack
from loaders.demo.dice import Urn, chance, pick
from loaders.demo.records import MEMBERS, PUBLIC, STAFF
from loaders.demo.world import OPENING, REFERENCE, RESERVED, YEAR, Firm, Job, Person, World, beginning, ending, written
from network.dates import OPEN, earliest, latest
from service.graph.model import AgentKind, Identity

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from loaders.demo.pack import Origin, Profession

_DIRECTOR = 3  # from this title on somebody is a public figure
_TITLES = 5
_NAMESAKES = 0.15  # of those called like somebody else stay so
_PROSPECTS = 0.12  # of outsiders are known to the staff alone
_OFFICERS = 0.8  # of public figures stand in the trade register
_MOVES = {"near": 52, "alike": 30, "far": 18}
_KNOWN = REFERENCE - round(16 * YEAR)  # what lies before, nobody recorded


def person(scheme: str, value: str) -> Identity:
    return Identity(AgentKind.PERSON, scheme, value)


def name(world: World, dice: Random, origins: Urn[Origin]) -> str:
    """A plausible name of somebody who is not meant; now and then two people share one."""
    called = _name(dice, origins)
    while called in RESERVED or (called in world.names and not chance(dice, _NAMESAKES)):
        called = _name(dice, origins)
    world.names.add(called)
    return called


def _name(dice: Random, origins: Urn[Origin]) -> str:
    origin = origins.draw(dice)
    first, last = dice.choice(dice.choice((origin.f, origin.m, origin.m))), dice.choice(origin.last)
    if chance(dice, 0.02):
        last = f"{last}-{dice.choice(origin.last)}"
    return f"{first} {last}"


class _Market:
    """The firms that take people on, from near and from the same trade."""

    def __init__(self, firms: list[Firm]) -> None:
        self.all = Urn(firms, _weight)
        self.near = self._urns(firms, lambda firm: firm.region.key)
        self.alike = self._urns(firms, lambda firm: firm.kind.key)

    @staticmethod
    def _urns(firms: list[Firm], by: Callable[[Firm], str]) -> dict[str, Urn[Firm]]:
        groups: dict[str, list[Firm]] = {}
        for firm in firms:
            groups.setdefault(by(firm), []).append(firm)
        return {key: Urn(group, _weight) for key, group in groups.items()}

    def next(self, dice: Random, before: Firm | None, profession: Profession | None) -> Firm:
        """Where somebody goes from there: mostly near, or to a firm alike, that needs their profession."""
        firm = self.all.draw(dice)
        for _ in range(6):
            move = "far" if before is None else pick(dice, _MOVES)
            if before is None or move == "far":
                firm = self.all.draw(dice)
            else:
                firm = (self.near[before.region.key] if move == "near" else self.alike[before.kind.key]).draw(dice)
            if firm is not before and (profession is None or profession.key in firm.kind.staff):
                break
        return firm


def _weight(firm: Firm) -> float:
    return firm.weight


def populate(world: World) -> None:
    """Everybody left to chance, each with a career: first a head for each firm, last the association's own staff."""
    firms = [firm for firm in world.firms if not firm.planted and firm is not world.association]
    market, origins = _Market(firms), Urn(pack.origins(), lambda origin: origin.weight)
    own = max(3, round(pack.table("world")["association"]["staff"] * min(world.scale, 4)))
    count = world.sized("people", 40) - own - pack.table("world")["planted"]
    heads = [firm for firm in firms if "leadership" in firm.kind.staff]
    for index in range(max(count, len(heads))):
        _live(world, world.dice("person", index), market, origins, heads[index] if index < len(heads) else None)
    for index in range(own):
        _live(world, world.dice("staff", index), market, origins, world.association)
    for someone in world.people:
        _sit(world, world.dice("seat", someone.party.said), someone, market)


def _live(world: World, dice: Random, market: _Market, origins: Urn[Origin], at: Firm | None) -> None:
    """One more person; `at` is the firm they are at the head of, or the association."""
    called = name(world, dice, origins)
    spans = _spans(dice, REFERENCE - round(dice.triangular(0.6, 36, 9) * YEAR))
    firms = [market.next(dice, None, None)]
    profession = _profession(dice, at or firms[0])
    for _ in spans[1:]:
        firms.append(market.next(dice, firms[-1], profession))
    if at is not None:
        firms[-1], spans[-1] = at, (spans[-1][0], None)
    jobs = _jobs(dice, firms, spans, profession)
    if at is not None and at is not world.association:
        profession = pack.professions()["leadership"]
        jobs[-1].title = dice.choice(profession.titles[_DIRECTOR:])
    someone = _enter(world, dice, called, profession, jobs)
    if someone.sociable:
        world.people.append(someone)
        if jobs[-1].last is None:
            jobs[-1].firm.staff.append(someone)


def _jobs(dice: Random, firms: list[Firm], spans: list[tuple[int, int | None]], profession: Profession) -> list[Job]:
    """Jobs with the titles of somebody who rises with the years; now and then one firm sees two titles."""
    jobs: list[Job] = []
    fast = dice.lognormvariate(0, 0.35)
    for firm, (first, last) in zip(firms, spans, strict=True):
        cut = (first + (last or REFERENCE)) // 2
        parts = [(first, last)]
        if (last or REFERENCE) - first > 6 * YEAR and chance(dice, 0.4):
            parts = [(first, cut), (cut + 1, last)]
        for start, end in parts:
            rise = round((start - spans[0][0]) / YEAR * fast / 6.5 + dice.random() * 0.9)
            title = profession.titles[min(rise, _TITLES - 1 - (rise >= _TITLES and chance(dice, 0.5)))]
            jobs.append(Job(firm, title, start, end, beginning(dice, start), ending(dice, end)))
    return jobs


def _enter(world: World, dice: Random, called: str, profession: Profession, jobs: list[Job]) -> Person:
    """Put somebody into the lists: members' people into the directory, others into those of the gatherings."""
    number = next(world.numbers)
    firm, level = jobs[-1].firm, profession.titles.index(jobs[-1].title)
    inside = firm.member or firm is world.association
    if not inside and chance(dice, _PROSPECTS):
        return _prospect(world, dice, f"V{number:06}", called, profession, jobs)
    vis = PUBLIC if level >= _DIRECTOR else MEMBERS
    identity = person("guild", f"P{number:06}") if inside else person("visitor", f"V{number:06}")
    party = world.ledger.party("directory" if inside else "events", identity, called, vis)
    sociable = min(30, dice.paretovariate(1.35)) * (0.5 + 0.25 * level) * (3 if firm is world.association else 1)
    until = jobs[-1].last or REFERENCE
    someone = Person(party, called, profession, sociable, jobs[0].first, until, level, jobs)
    if inside and level >= _DIRECTOR and chance(dice, _OFFICERS):
        world.ledger.joined("directory", party, person("officer", f"O{number:06}"), called, PUBLIC)
    record(world, dice, someone, vis)
    return someone


def _prospect(world: World, dice: Random, number: str, called: str, profession: Profession, jobs: list[Job]) -> Person:
    """Somebody whom only the association's staff have in their books; nobody meets them yet."""
    party = world.ledger.party("diary", person("visitor", number), called, STAFF)
    someone = Person(party, called, profession, 0, jobs[0].first, jobs[0].first, 0, jobs)
    record(world, dice, someone, STAFF, "diary")
    return someone


def record(world: World, dice: Random, someone: Person, vis: int, source: str = "directory") -> None:
    """Say where somebody worked, as a list of the association has it and as the trade register has it."""
    for index, job in enumerate(someone.jobs):
        world.ledger.claim(
            source,
            "WORKS_FOR",
            someone.party,
            job.firm.party,
            vis,
            str(index + 1),
            start=job.start,
            end=job.end,
            unit=f"employer:{job.firm.party.said}",
            role=job.title,
        )
        if job.firm.registered and someone.registered:
            _registered(world, dice, someone, job)


def _registered(world: World, dice: Random, someone: Person, job: Job) -> None:
    """The trade register's word on the same: often another year or title, and for most a seat on the board."""
    first = job.first + dice.choice((0, 0, 400, -400, 31))
    start, end = written(dice, first), ending(dice, job.last)
    if end is not None and latest(end) < earliest(start):
        end = None
    if someone.profession.titles[-1] == job.title or chance(dice, 0.6):
        _directs(world, someone, job.firm, start, end, job.title if chance(dice, 0.5) else "Director")
    if chance(dice, 0.6):
        world.ledger.claim(
            "register",
            "WORKS_FOR",
            someone.party.by("officer"),
            job.firm.party.by("trade-register"),
            PUBLIC,
            start,
            start=start,
            end=end,
            unit=f"employer:{job.firm.party.said}",
            role=job.title if chance(dice, 0.6) else "Company Secretary",
        )


def _sit(world: World, dice: Random, someone: Person, market: _Market) -> None:
    """Now and then somebody with years behind them sits on the board of another firm too."""
    if not someone.registered or not chance(dice, 0.2):
        return
    firm = market.next(dice, someone.firm, None)
    if firm.registered and all(job.firm is not firm for job in someone.jobs):
        start = written(dice, dice.randint(max(someone.since, OPENING), REFERENCE - 100))
        _directs(world, someone, firm, start, OPEN, "Non-executive Director")


def _directs(world: World, someone: Person, firm: Firm, start: str, end: str | None, role: str) -> None:
    world.ledger.claim(
        "register",
        "DIRECTOR_OF",
        someone.party.by("officer"),
        firm.party.by("trade-register"),
        PUBLIC,
        start,
        start=start,
        end=end,
        unit=f"board:{firm.party.said}",
        role=role,
    )


def _profession(dice: Random, firm: Firm) -> Profession:
    wanted = [pack.professions()[key] for key in firm.kind.staff]
    return Urn(wanted, lambda profession: profession.weight).draw(dice)


def _spans(dice: Random, start: int) -> list[tuple[int, int | None]]:
    """The times of one job after another up to today; the last one runs, but for those who left the trade."""
    spans: list[tuple[int, int | None]] = []
    while True:
        last = start + 180 + round(dice.expovariate(1 / 5.8) * YEAR)
        if last >= REFERENCE:
            spans.append((start, None))
            return spans
        if last > _KNOWN:
            spans.append((start, last))
        if last > REFERENCE - 3 * YEAR and chance(dice, 0.2) and spans:
            return spans
        start = last + (round(dice.random() * 270) if chance(dice, 0.2) else dice.randrange(1, 31))
        if start >= REFERENCE - 20:
            return spans
