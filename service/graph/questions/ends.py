"""What a path may start from or end at: a person, or an organization or post with the people who are there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cypher
from network.view import View
from service.graph.questions.clocks import At
from service.graph.questions.memory import Memory
from service.graph.questions.nodes import node
from service.graph.questions.presence import named, staff
from service.graph.questions.rows import Agent, Current, Post
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a post."""

    place: str
    person: str


@dataclass(frozen=True, slots=True)
class Member:
    place: str
    member: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of whom the ties tell that they are there and may be seen; whoever shows the name reads it."""

    id: str


@dataclass(frozen=True, slots=True)
class End:
    """An end of a route: what was asked for, and all who may stand there in its name."""

    asked: Agent | Post | Person
    ids: frozenset[str]

    def without(self, avoided: frozenset[str]) -> End:
        """The end with nobody to speak for it who is to be avoided; whoever was asked for stays."""
        return End(self.asked, self.ids - (avoided - {self.asked.id}))


HOLDERS = cypher.query("route/holders", Holder)
MEMBERS = cypher.query("route/members", Member)


async def ends(graph: Graph, memory: Memory, scope: Scope, ids: Sequence[str], at: At) -> list[End | None]:
    """The end each id stands for; None where nothing of that id can be an end."""
    found = await named(graph, memory, scope, ids, at)
    places = [agent.id for agent in found.values() if agent.label == "Organization"]
    there = await staff(graph, memory, scope, places, at)
    listed: list[End | None] = []
    for id in ids:
        agent = found.get(id)
        if agent is not None:
            listed.append(End(agent, there.get(agent.id, frozenset()) | {agent.id}))
        else:
            listed.append(await _post(graph, scope, id, at))
    return listed


def people(view: View, ids: Sequence[str]) -> list[End] | None:
    """The ends of these ids without a statement, where the ties tell of all that they are people one may see."""
    numbers = [view.number(id) for id in ids]
    if any(number is None or view.ties.organization[number] for number in numbers):
        return None
    return [End(Person(id), frozenset({id})) for id in ids]


async def members(graph: Graph, scope: Scope, organization: str, at: At) -> list[str]:
    """The organizations that are members of one on the day, by id."""
    return [row.member for row in await graph.read(MEMBERS, scope, ids=[organization], **_given(at))]


async def _post(graph: Graph, scope: Scope, id: str, at: At) -> End | None:
    post = await node(graph, scope, id)
    if not isinstance(post, Post):
        return None
    rows = await graph.read(HOLDERS, scope, ids=[id], **_given(at))
    return End(post, frozenset(row.person for row in rows))


def _given(at: At) -> dict[str, object]:
    return {"known": at.known, "day": at.as_of, "current": Current.YES.value}
