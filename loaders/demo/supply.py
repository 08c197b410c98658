"""Who can do what, who is certified for it, who supplies whom, and who owns or followed whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.demo import pack
from loaders.demo.dice import Urn, chance, poisson
from loaders.demo.records import MEMBERS, PUBLIC
from loaders.demo.world import OPENING, REFERENCE, YEAR, Firm, World, iso, written
from network.dates import OPEN

if TYPE_CHECKING:
    from random import Random

    from loaders.demo.records import Thing

_LEVELS = ("core", "established", "emerging")
_NEAR = 0.45
_MOST = 30


def teach(world: World) -> None:
    """The capabilities as a SKOS tree."""
    concepts, ledger = pack.concepts(), world.ledger
    for key, concept in concepts.items():
        world.capabilities[key] = ledger.thing(
            "audit",
            "Capability",
            key,
            concept.label,
            PUBLIC,
            prefix="cap",
            prefLabel=concept.label,
            altLabels=list(concept.alt),
        )
    for key, concept in concepts.items():
        broader = (concept.broader,) if concept.broader else ()
        for relation, others in (("BROADER", broader), ("RELATED", concept.related), ("FEEDS", concept.feeds)):
            for other in others:
                ledger.claim("audit", relation, world.capabilities[key], world.capabilities[other], PUBLIC)


def equip(world: World) -> None:
    """What firms can do, by their own word and by the audit's, and their certificates."""
    standards: dict[str, Thing] = {}
    for standard in pack.certificates():
        standards[standard.key] = world.ledger.thing(
            "audit", "Certification", standard.key, standard.label, PUBLIC, prefix="cer"
        )
    for firm in world.firms:
        dice = world.dice("equip", firm.party.said)
        if not firm.does:
            firm.does = [pack.concepts()[key] for key in _some(dice, firm.kind.does)]
        for index, concept in enumerate(firm.does):
            _can(world, dice, firm, concept.key, _LEVELS[min(index, 2)])
        if firm.kind.share or firm.kind.key in {"aerospace", "defence"}:
            _certify(world, dice, firm, standards)


def _some(dice: Random, keys: tuple[str, ...]) -> list[str]:
    """The first of them likely, the later ones less so, never none of several."""
    chosen = [key for place, key in enumerate(keys) if chance(dice, 0.75) / (1 + place * 0.45)]
    return chosen or list(keys[: len(keys) and dice.randint(1, len(keys))])


def _can(world: World, dice: Random, firm: Firm, capability: str, level: str) -> None:
    thing = world.capabilities[capability]
    since = written(dice, dice.randrange(OPENING - 5000, REFERENCE - 400))
    world.ledger.claim(
        "directory", "HAS_CAPABILITY", firm.party, thing, PUBLIC, start=since, end=OPEN, level=level, verified=False
    )
    if firm.member and chance(dice, 0.4):
        seen = level if chance(dice, 0.75) else dice.choice(_LEVELS)
        world.ledger.claim(
            "audit", "HAS_CAPABILITY", firm.party, thing, PUBLIC, start=since[:4], end=OPEN, level=seen, verified=True
        )


def _certify(world: World, dice: Random, firm: Firm, standards: dict[str, Thing]) -> None:
    what = firm.does[0].label.lower() if firm.does else "components"
    for standard in pack.certificates():
        if (standard.kinds and firm.kind.key not in standard.kinds) or not chance(dice, standard.odds):
            continue
        issued = REFERENCE - dice.randrange(0, round(standard.years * YEAR * 1.25))  # a fifth ran out unrenewed
        world.ledger.claim(
            "directory",
            "HOLDS_CERTIFICATION",
            firm.party,
            standards[standard.key],
            PUBLIC,
            start=iso(issued),
            end=iso(issued + round(standard.years * YEAR) - 1),
            scope=dice.choice(standard.scope).format(what=what),
            number=f"{standard.prefix} {dice.randrange(100_000, 999_999)}",
        )


class _Customers:
    """The firms of each kind, everywhere and in each region, large ones first in mind."""

    def __init__(self, firms: list[Firm]) -> None:
        self._all: dict[str, Urn[Firm]] = {}
        self._near: dict[tuple[str, str], Urn[Firm]] = {}
        for kind in pack.kinds():
            alike = [firm for firm in firms if firm.kind.key == kind]
            self._all[kind] = Urn(alike, lambda firm: firm.weight)
            for region in pack.regions():
                local = (firm for firm in alike if firm.region is region)
                self._near[kind, region.key] = Urn(local, lambda firm: firm.weight)

    def of(self, dice: Random, supplier: Firm, count: int) -> list[Firm]:
        """At most that many customers of a supplier, of the kinds that its kind feeds."""
        feeds = [kind for kind in supplier.kind.feeds if self._all[kind]]
        found: dict[str, Firm] = {}
        for _ in range(count if feeds else 0):
            kind = dice.choice(feeds)
            local = self._near[kind, supplier.region.key]
            customer = (local if local and chance(dice, _NEAR) else self._all[kind]).draw(dice)
            if customer is not supplier:
                found[customer.party.said] = customer
        return list(found.values())


def supply(world: World) -> None:
    """Who supplies whom: firms of the kinds that theirs feeds, near ones and large ones rather."""
    apart = {row["key"] for row in pack.table("stories")["firm"] if row.get("apart", False)}
    firms = [firm for firm in world.firms if firm.story not in apart and (firm.kind.share or firm.kind.count)]
    customers, tiers = _Customers(firms), _tiers()
    planted = {(supplier.party.id, customer.party.id) for supplier, customer in world.supplies}
    for firm in firms:
        dice = world.dice("supply", firm.party.said)
        count = min(_MOST, (firm.kind.busy > 1) + poisson(dice, firm.kind.busy * dice.lognormvariate(-0.18, 0.6)))
        for customer in customers.of(dice, firm, count):
            if (firm.party.id, customer.party.id) not in planted:
                _supplies(world, dice, firm, customer, tiers[firm.kind.key])


def _tiers() -> dict[str, int]:
    """How many steps a kind of firm is from a race team or prime."""
    tiers = {"teams": 0, "aerospace": 0, "defence": 0}
    for depth in range(1, 8):
        for kind in pack.kinds().values():
            if kind.key not in tiers and any(tiers.get(fed) == depth - 1 for fed in kind.feeds):
                tiers[kind.key] = depth
    return {kind: max(1, tiers.get(kind, 1)) for kind in pack.kinds()}


def _supplies(world: World, dice: Random, supplier: Firm, customer: Firm, tier: int) -> None:
    if not supplier.does:
        return
    concept = supplier.does[0] if chance(dice, 0.6) else dice.choice(supplier.does)
    first = dice.randrange(OPENING - 3000, REFERENCE - 200)
    start, end = written(dice, first), OPEN
    if chance(dice, 0.22):
        end = written(dice, dice.randrange(max(first + 100, OPENING), REFERENCE))
        end = max(start, end)
    else:
        world.supplies.append((supplier, customer))
    capability = world.capabilities[concept.key].id
    a, b = supplier.party, customer.party
    world.ledger.claim(
        "survey", "SUPPLIES", a, b, MEMBERS, concept.key, start=start, end=end, capability=capability, tier=tier
    )
    if chance(dice, 0.06):
        start = str(int(start[:4]) + dice.choice((-2, -1, 1)))
        if end == OPEN or end > start:
            world.ledger.claim(
                "directory",
                "SUPPLIES",
                a,
                b,
                PUBLIC,
                concept.key,
                start=start,
                end=end,
                capability=capability,
                tier=tier,
            )
