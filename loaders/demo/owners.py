"""Who owns whom, who became whom, and who competes with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.demo.dice import chance
from loaders.demo.records import MEMBERS, PUBLIC
from loaders.demo.world import OPENING, REFERENCE, Firm, World, written
from network.dates import OPEN

if TYPE_CHECKING:
    from random import Random

    from loaders.demo.records import End

_SHARES = (25, 50, 75)  # the register knows shares as bands of a quarter
_BOUGHT = 0.12
_FOUNDED = 0.3
_RIVALS = 0.15


def own(world: World) -> None:
    """Holdings of firms and of people at their head, as the trade register has them."""
    dice = world.dice("owners")
    firms = [firm for firm in world.firms if firm.registered and not firm.planted]
    for asset in firms:
        head = next((person for person in asset.staff if person.registered), None)
        if head is not None and chance(dice, _FOUNDED):
            _holds(world, dice, head.party.by("officer"), asset)
        owner = dice.choice(firms)
        if owner is not asset and chance(dice, _BOUGHT):
            _holds(world, dice, owner.party.by("trade-register"), asset)


def _holds(world: World, dice: Random, owner: End, asset: Firm) -> None:
    least = dice.choice(_SHARES)
    world.ledger.claim(
        "register",
        "OWNS",
        owner,
        asset.party.by("trade-register"),
        PUBLIC,
        start=written(dice, dice.randrange(OPENING - 2000, REFERENCE)),
        end=OPEN,
        shareMin=float(least),
        shareMax=float(least + 25),
    )


def succeed(world: World) -> None:
    """Firms outside that went on as members of today."""
    dice = world.dice("successors")
    outside = [firm for firm in world.firms if firm.kind.share and not firm.member and not firm.planted]
    heirs = [firm for firm in world.firms if firm.kind.share and firm.registered and not firm.planted]
    for former in outside[: max(1, round(24 * world.scale))] if heirs else ():
        start = written(dice, dice.randrange(OPENING, REFERENCE))
        heir = dice.choice(heirs).party.by("trade-register")
        world.ledger.claim("register", "SUCCEEDED_BY", former.party, heir, PUBLIC, start=start)


def compete(world: World) -> None:
    """Firms of one kind and region that name each other in the survey."""
    dice = world.dice("rivals")
    last: dict[tuple[str, str], Firm] = {}
    for firm in world.firms:
        if firm.kind.share and not firm.planted:
            rival = last.get((firm.kind.key, firm.region.key))
            last[firm.kind.key, firm.region.key] = firm
            if rival is not None and chance(dice, _RIVALS):
                world.ledger.claim("survey", "COMPETES_WITH", rival.party, firm.party, MEMBERS)
