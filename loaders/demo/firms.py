"""The firms: members, former members, strangers, primes, universities and public bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.demo import pack
from loaders.demo.dice import Urn, chance, pick
from loaders.demo.records import MEMBERS, PUBLIC
from loaders.demo.world import OPENING, REFERENCE, Firm, World, written
from network.dates import OPEN
from service.graph.model import AgentKind, Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from loaders.demo.pack import Kind, Region

_TRIES = 40
_SPREAD = 0.56  # of the logarithm of sizes: a few firms are many times the usual one
_CALLED = {"place": 58, "owner": 32, "partners": 10}  # what firms are named after
_REGISTERED = 0.6  # of the firms at home stand in the trade register
_PRIME_MEMBERS = 0.5


def organization(scheme: str, value: str) -> Identity:
    return Identity(AgentKind.ORGANIZATION, scheme, value)


def settle(world: World) -> None:
    """Found all firms that are left to chance: primes, members, outsiders, then universities and public bodies."""
    taken = {firm.name for firm in world.firms}
    planted = sum(firm.member for firm in world.firms)
    primes = [kind for kind in pack.kinds().values() if kind.key in {"aerospace", "defence"}]
    for kind in primes:
        for index in range(max(1, round(kind.count * world.scale))):
            member = index < max(1, round(kind.count * world.scale * _PRIME_MEMBERS))
            _found(world, kind, f"{kind.key}-{index}", taken, member=member)
    there = sum(firm.member for firm in world.firms) - planted
    members = max(len(_shares()), world.sized("members") - planted - there)
    for kind, index in _kinds(members):
        _found(world, kind, f"{kind.key}-{index}", taken, member=True)
    for kind, index in _kinds(world.sized("lapsed") + world.sized("strangers")):
        _found(world, kind, f"{kind.key}-outside-{index}", taken, member=False)
    for key in ("university", "public"):
        kind = pack.kinds()[key]
        for index in range(max(2, round(kind.count * world.scale))):
            _institution(world, kind, index)


def _shares() -> dict[str, float]:
    return {kind.key: kind.share for kind in pack.kinds().values() if kind.share}


def _kinds(count: int) -> Iterator[tuple[Kind, int]]:
    """That many kinds of firm in their shares: each next one is the kind that lags most behind its share."""
    shares = _shares()
    whole, given = sum(shares.values()), dict.fromkeys(shares, 0)
    for turn in range(1, count + 1):
        key = max(shares, key=lambda key: (shares[key] / whole * turn - given[key], shares[key]))
        yield pack.kinds()[key], given[key]
        given[key] += 1


def _found(world: World, kind: Kind, key: str, taken: set[str], *, member: bool) -> None:
    dice = world.dice("firm", key)
    region = Urn(pack.regions(), lambda region: region.weight).draw(dice)
    name = _unused(dice, kind, region, taken)
    taken.add(name)
    legal = pack.table("firms")["naming"]["legal"][region.country]
    spelled = f"{name} {legal}" if region.country != "GB" or chance(dice, 0.3) else name
    number = len(world.firms) + 1
    source, identity = "directory", organization("guild", f"C{number:05}")
    if not member:
        source, identity = "survey", organization("name", spelled)
    party = world.ledger.party(
        source, identity, spelled, PUBLIC if member else MEMBERS, kinds=(kind.label,), country=region.country
    )
    weight = kind.size * dice.lognormvariate(0, _SPREAD)
    firm = Firm(party, name, kind, region, weight, member)
    world.firms.append(firm)
    if member:
        _enter(world, firm, dice, number)


def _enter(world: World, firm: Firm, dice: Random, number: int) -> None:
    """Put a member into the trade register too, spelled as registrars spell."""
    if firm.region.country != "GB" or not chance(dice, _REGISTERED):
        return
    identity = organization("trade-register", f"TR{dice.randrange(100, 999)}{number:05}")
    world.ledger.joined("directory", firm.party, identity, next(iter(firm.party.names)), PUBLIC)
    ending = pack.table("firms")["naming"]["registered"][firm.region.country]
    world.ledger.named("register", firm.party, f"{firm.name} {ending}".upper(), PUBLIC, by=identity)


def _institution(world: World, kind: Kind, index: int) -> None:
    names = pack.table("firms")["naming"]["universities" if kind.key == "university" else "public"]
    dice = world.dice(kind.key, index)
    region = Urn(pack.regions(), lambda region: region.weight).draw(dice)
    row = names[index % len(names)]
    name = row["name"] if index < len(names) else f"{row['name']}, Campus {index // len(names) + 1}"
    identity, country = organization("name", name), row.get("country", "GB")
    party = world.ledger.party("events", identity, name, PUBLIC, kinds=(kind.label,), country=country)
    world.firms.append(Firm(party, name, kind, region, kind.size * dice.lognormvariate(0, _SPREAD), member=False))


def _unused(dice: Random, kind: Kind, region: Region, taken: set[str]) -> str:
    for _ in range(_TRIES):
        name = _name(dice, kind, region)
        if name not in taken:
            return name
    return f"{dice.choice(region.stems)} {dice.choice(kind.trades)} {len(taken)}"


def _name(dice: Random, kind: Kind, region: Region) -> str:
    naming, trade = pack.table("firms")["naming"], dice.choice(kind.trades)
    if kind.key in naming["coined"] and chance(dice, 0.35):
        return f"{dice.choice(naming['heads'])}{dice.choice(naming['tails'])}"
    after = pick(dice, _CALLED) if region.country == "GB" else "place"
    if after == "place":
        return f"{dice.choice(region.stems)} {trade}"
    owners = dice.sample(pack.origins()[0].last, 2 if after == "partners" else 1)
    return f"{' & '.join(owners)} {trade}"


def enrol(world: World) -> None:
    """Say who belongs to the association, in which tier and since when, and who left it again."""
    tiers = Urn(pack.table("world")["association"]["tiers"], lambda tier: float(tier["weight"]))
    lapsed = world.sized("lapsed")
    for firm in world.firms:
        if firm is world.association:
            continue
        dice = world.dice("membership", firm.party.said)
        outside = not firm.member and firm.kind.share > 0 and lapsed > 0
        if not firm.member and not outside:
            continue
        lapsed -= outside
        first = OPENING - dice.randrange(0, 7000) + dice.randrange(0, 5000) * chance(dice, 0.4)
        last = None
        if outside:
            first = min(first, REFERENCE - 800)
            last = dice.randrange(max(first + 300, OPENING), REFERENCE - 60)
        tier = tiers.draw(dice)["name"]
        start, end = written(dice, first), OPEN if last is None else written(dice, last)
        _member(world, firm, tier, start, end)


def _member(world: World, firm: Firm, tier: str, start: str, end: str) -> None:
    world.ledger.claim(
        "directory",
        "MEMBER_OF",
        firm.party,
        world.association.party,
        PUBLIC,
        start,
        start=start,
        end=end,
        role="member",
        tier=tier,
    )
