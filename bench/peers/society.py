"""Who is asked about: people, companies, ties, supply relations and abilities, said by one source and as seeded.

It comes as a batch, so that it is stored by the one way that stores anything.
"""

from dataclasses import dataclass
from random import Random

from bench.scale.companies import FAMILY, GIVEN
from loaders.demo.pack import Voice
from loaders.demo.records import MEMBERS, PUBLIC, STAFF, Ledger, Party, Thing
from service.graph.model import AgentKind, Batch, Identity

SOURCE = "bench"
VOICE = Voice(SOURCE, "A society to be measured", "Bench", "LOG", "PUBLIC", "2026-11-01")
KINDS = ("MEETING", "CALL", "CORRESPONDENCE", "CARD_SWAPPED")
CLASSES, SHARES = (PUBLIC, MEMBERS, STAFF), (60, 25, 15)
ROLES = ("engineer", "buyer", "director of sales", "chief executive", "head of research")
SKEW = 0.8  # of the logarithm of how many others somebody knows
RENAMED, REGISTERED = 3, 2  # every which person has a second name, and a second identifier


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything there is; what one company has is the same for each."""

    people: int = 20_000
    companies: int = 2_000
    ties: int = 100_000
    suppliers: int = 5  # of one company
    abilities: int = 24  # of one company
    capabilities: int = 400


FULL = Size()


def batch(size: Size, seed: int) -> Batch:
    """The society of a seed."""
    dice, ledger = Random(seed), Ledger([VOICE])
    firms = [_firm(ledger, number) for number in range(size.companies)]
    people = [_person(ledger, dice, number) for number in range(size.people)]
    crafts = [_craft(ledger, number) for number in range(size.capabilities)]
    for person in people:
        role = dice.choice(ROLES)
        ledger.claim(SOURCE, "WORKS_FOR", person, dice.choice(firms), _vis(dice), start="2019-04", end="..", role=role)
    for firm in firms:
        _trade(ledger, dice, firm, firms, size.suppliers)
        for craft in dice.sample(crafts, size.abilities):
            ledger.claim(SOURCE, "HAS_CAPABILITY", firm, craft, _vis(dice), level="core")
    for a, b in _pairs(dice, size.people, size.ties):
        day = f"2026-{dice.randint(1, 10):02}-{dice.randint(1, 28):02}"
        ledger.knows(SOURCE, dice.choice(KINDS), people[a], people[b], day, _vis(dice))
    return ledger.batch()


def _firm(ledger: Ledger, number: int) -> Party:
    identity = Identity(AgentKind.ORGANIZATION, "gb-coh", f"{number:08}")
    return ledger.party(SOURCE, identity, f"Company {number:04}", PUBLIC, kinds=("supplier",), country="GB")


def _person(ledger: Ledger, dice: Random, number: int) -> Party:
    name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)} {number:05}"
    person = ledger.party(SOURCE, Identity(AgentKind.PERSON, "parliament", f"{number:05}"), name, PUBLIC)
    if not number % RENAMED:
        ledger.named(SOURCE, person, f"{name} the other", PUBLIC)
    if not number % REGISTERED:
        ledger.joined(SOURCE, person, Identity(AgentKind.PERSON, "twfy", f"{number:05}"), name, PUBLIC)
    return person


def _craft(ledger: Ledger, number: int) -> Thing:
    return ledger.thing(SOURCE, "Capability", f"craft {number}", f"Craft {number:03}", PUBLIC, prefix="cap")


def _trade(ledger: Ledger, dice: Random, firm: Party, firms: list[Party], number: int) -> None:
    others = [other for other in dice.sample(firms, number + 1) if other is not firm]
    for other in others[:number]:
        ledger.claim(SOURCE, "SUPPLIES", other, firm, _vis(dice), start="2021", end="..")


def _vis(dice: Random) -> int:
    return dice.choices(CLASSES, SHARES)[0]


def _pairs(dice: Random, people: int, ties: int) -> list[tuple[int, int]]:
    """So many different pairs; some people are drawn more often than others."""
    weights = [dice.lognormvariate(0, SKEW) for _ in range(people)]
    found: dict[tuple[int, int], None] = {}
    while len(found) < ties:
        drawn = iter(dice.choices(range(people), weights, k=2 * (ties - len(found))))
        found |= {(min(a, b), max(a, b)): None for a, b in zip(drawn, drawn, strict=True) if a != b}
    return list(found)
