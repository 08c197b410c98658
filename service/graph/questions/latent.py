"""Joints that wait: organizations outside a chain that can do what feeds its root, and whose people know the root's."""

from __future__ import annotations

from dataclasses import dataclass

import cypher
from network import joints
from service.graph.questions.holds import Asked, close, numbered
from service.graph.questions.presence import staff
from service.graph.questions.rows import Current


@dataclass(frozen=True, slots=True)
class Feeding:
    """A capability that feeds one of an organization's."""

    id: str


@dataclass(frozen=True, slots=True)
class Capable:
    """An organization that can do something on a day."""

    organization: str
    capability: str


FEEDING = cypher.query("joint/feeding", Feeding)
CAPABLE = cypher.query("joint/capable", Capable)


async def waiting(asked: Asked, root: str) -> list[Capable]:
    """Who can do what feeds a capability of the root's, where acquaintances of its people are or were; by ids."""
    network, given = asked.network, {**asked.given, "current": Current.YES.value}
    feeding = await network.graph.read(FEEDING, asked.scope, id=root, **given)
    if not feeding:
        return []
    people = await staff(network.graph, network.memory, asked.scope, [root], asked.at, asked.disputes)
    numbers = await numbered(asked, people)
    known = joints.acquaintances(asked.view, await close(asked), numbers[root])
    capabilities = [one.id for one in feeding]
    return await network.graph.read(CAPABLE, asked.scope, people=sorted(known), capabilities=capabilities, **given)
