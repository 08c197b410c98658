"""An invented association and its world, generated alike every time: what `paddock demo` loads and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.demo import contacts, doubles, firms, gatherings, government, owners, pack, people, stories, supply
from loaders.demo.records import PUBLIC, Ledger
from loaders.demo.stories import Planted, Question, questions
from loaders.demo.world import REFERENCE, SEED, Firm, World, iso

if TYPE_CHECKING:
    from service.graph.model import Batch

ASSOCIATION = str(pack.table("world")["association"]["name"])
AS_OF = iso(REFERENCE)


def batch(scale: float = 1.0, seed: str = SEED) -> Batch:
    """The invented world as one load: about 150,000 pieces of evidence at scale 1, and in proportion."""
    world = _opened(scale, seed)
    supply.teach(world)
    homes = stories.firms(world)
    firms.settle(world)
    firms.enrol(world)
    supply.equip(world)
    people.populate(world)
    government.govern(world)
    stories.play(world, homes)
    supply.supply(world)
    owners.own(world)
    owners.succeed(world)
    owners.compete(world)
    doubles.split(world)
    government.sit(world)
    government.spend(world)
    government.side(world)
    gatherings.gather(world)
    contacts.deal(world)
    contacts.introduce(world)
    contacts.lobby(world)
    contacts.research(world)
    doubles.misspell(world)
    return world.ledger.batch()


def _opened(scale: float, seed: str) -> World:
    """An empty world with its association."""
    ledger = Ledger(pack.sources())
    settings = pack.table("world")["association"]
    party = ledger.party(
        "directory", stories.ASSOCIATION, settings["name"], PUBLIC, kinds=("association",), country="GB"
    )
    for other in settings["other"]:
        ledger.named("directory", party, other, PUBLIC)
    home = Firm(party, settings["name"], pack.kinds()["public"], pack.regions()[0], 1, member=False)
    return World(scale, seed, ledger, home, firms=[home])


__all__ = ["ASSOCIATION", "AS_OF", "Planted", "Question", "batch", "questions"]
