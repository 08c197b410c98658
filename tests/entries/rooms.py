"""A small store in which people write, and who they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import packs
from service.auth import GRANTS, Role, Viewer, owner
from service.engines.protocol import Engine
from service.graph.model import Mode
from service.graph.projection import feed
from service.graph.questions.ties import Network
from service.graph.store import Graph
from tests.graph.sayings import NOW, Saying, Thing, loaded, organization, person

ADA, BEN, CAT, DAN = (person(name) for name in ("Ada Byron", "Ben Hope", "Cat Stone", "Dan Moor"))
FORGE = organization("00882843", "gb-coh")
MILL = organization("The Mill")
DINNER = Thing("Event", "Dinner")
PEOPLE = (ADA, BEN, CAT, DAN)


def crew(vis: int = 0) -> Saying:
    """Four people, two firms and a dinner that a public source tells of."""
    saying = Saying("crew", Mode.HISTORY, vis)
    for one in (*PEOPLE, FORGE, MILL):
        saying.names(one, one.value)
    return saying.shows(DINNER, start="2026-03-02")


def network(engine: Engine, now: str = NOW) -> Network:
    """The network of a store; the clock stands still."""
    return Network(Graph(engine, lambda: now, b"a secret of thirty-two bytes ...."), packs.evidence("motorsport"), feed)


async def room(engine: Engine, *more: Saying, clock: Callable[[], str] | None = None) -> Network:
    """A network in which everybody of the crew is known."""
    found = network(engine)
    await loaded(found.graph, crew(), *more)
    return found


async def viewer(found: Network, role: Role | None = None, principal: str | None = None, purpose: str = "") -> Viewer:
    """Somebody of a role, under a name of their own where one is given."""
    who = await owner(found.graph, role, purpose)
    if principal is None:
        return who
    return replace(who, name=principal.title(), principal=principal, rights=GRANTS[role].rights if role else who.rights)
