"""Doubles as real lists have them: one person under two spellings, joined by a list or left for somebody to judge."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from loaders.demo.dice import chance
from loaders.demo.firms import organization
from loaders.demo.people import person
from loaders.demo.records import MEMBERS
from loaders.demo.world import OPENING, Firm, World, iso
from network.dates import OPEN

if TYPE_CHECKING:
    from random import Random

    from loaders.demo.world import Person

_EVERY = 25  # one person in so many
_TWINS = 9  # firms at scale 1


def misspell(world: World) -> None:
    """Spell some people in another way: mostly as another identity a list joins, at times as somebody of their own."""
    taken: set[str] = set()
    for index, someone in enumerate(world.people[::_EVERY]):
        dice = world.dice("double", index)
        spelled = _spelling(dice, someone.name)
        if spelled == someone.name or spelled in taken:
            continue
        taken.add(spelled)
        if chance(dice, 0.6) and someone.party.identities[0].scheme == "guild":
            badge = person("visitor", f"B{index + 1:05}")
            world.ledger.joined("events", someone.party, badge, spelled, MEMBERS)
        else:
            _somebody_else(world, dice, someone, spelled, f"{index + 1:05}")


def split(world: World) -> None:
    """Some firms the survey knows under a spelling of its own, as organizations nobody has joined with them."""
    dice = world.dice("twins")
    firms = [firm for firm in world.firms if firm.kind.share and not firm.planted]
    for firm in firms[:: max(1, len(firms) // max(1, round(_TWINS * world.scale)))]:
        _twin(world, dice, firm)


def _spelling(dice: Random, name: str) -> str:
    """The name as another list has it: without accents, with an initial, or family name first."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    plain = plain.translate(str.maketrans("łŁøØæ", "lLoOa"))
    if plain != name and chance(dice, 0.7):
        return plain
    first, _, last = name.partition(" ")
    return dice.choice((f"{first[0]}. {last}", f"{last}, {first}", f"{first} {last.upper()}"))


def _somebody_else(world: World, dice: Random, someone: Person, spelled: str, key: str) -> None:
    """An entry under the other spelling that no list joins with the first, with a past of its own."""
    double = world.ledger.party("events", person("name", spelled), spelled, MEMBERS)
    day = dice.randint(max(OPENING, someone.since), max(OPENING, someone.until))
    others = [other for other in someone.firm.staff if other is not someone]
    if others:
        world.ledger.knows("contacts", "CALL", double, dice.choice(others).party, iso(day), MEMBERS, key)
    if world.rooms:
        event, opened, _ = dice.choice(world.rooms)
        on, unit = iso(opened), f"event:{event.id}"
        world.ledger.claim("events", "ATTENDED", double, event, MEMBERS, start=on, end=on, unit=unit, status="NO_SHOW")


def _twin(world: World, dice: Random, firm: Firm) -> None:
    """The survey knows a firm under a spelling of its own, as an organization nobody has joined with it."""
    spelled = f"{firm.name.replace('Engineering', 'Eng.').replace('Precision', 'Prec.')} (UK)"
    twin = world.ledger.party(
        "survey", organization("name", spelled), spelled, MEMBERS, kinds=(firm.kind.label,), country="GB"
    )
    customers = [customer for supplier, customer in world.supplies if supplier is firm]
    if customers and firm.does:
        capability = world.capabilities[firm.does[0].key].id
        customer, key = dice.choice(customers), firm.does[0].key
        world.ledger.claim(
            "survey",
            "SUPPLIES",
            twin,
            customer.party,
            MEMBERS,
            key,
            start="2025",
            end=OPEN,
            capability=capability,
            tier=1,
        )
