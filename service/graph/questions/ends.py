"""What a path may start from or end at: a person, or an organization or post with the people who are there now."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import cypher
from service.graph.questions.agents import agents
from service.graph.questions.clocks import At
from service.graph.questions.nodes import node
from service.graph.questions.rows import Agent, Current, Post
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Present:
    """A person who is at a place: an organization or a post."""

    place: str
    person: str


@dataclass(frozen=True, slots=True)
class Member:
    place: str
    member: str


@dataclass(frozen=True, slots=True)
class End:
    """An end of a route: what was asked for, and all who may stand there in its name."""

    asked: Agent | Post
    ids: frozenset[str]

    def without(self, avoided: frozenset[str]) -> End:
        """The end with nobody to speak for it who is to be avoided; whoever was asked for stays."""
        return End(self.asked, self.ids - (avoided - {self.asked.id}))


PEOPLE = cypher.query("route/people", Present)
OFFICEHOLDERS = cypher.query("route/officeholders", Present)
HOLDERS = cypher.query("route/holders", Present)
MEMBERS = cypher.query("route/members", Member)


async def ends(graph: Graph, scope: Scope, ids: Sequence[str], at: At) -> list[End | None]:
    """The end each id stands for; None where nothing of that id can be an end."""
    found = await agents(graph, scope, ids)
    places = [agent.id for agent in found.values() if agent.label == "Organization"]
    there = await _there(graph, scope, places, at)
    listed: list[End | None] = []
    for id in ids:
        agent = found.get(id)
        if agent is not None:
            listed.append(End(agent, there[agent.id] | {agent.id}))
        else:
            listed.append(await _post(graph, scope, id, at))
    return listed


async def members(graph: Graph, scope: Scope, organization: str, at: At) -> list[str]:
    """The organizations that are members of one on the day, by id."""
    return [row.member for row in await graph.read(MEMBERS, scope, ids=[organization], **_given(at))]


async def _there(graph: Graph, scope: Scope, organizations: Sequence[str], at: At) -> defaultdict[str, frozenset[str]]:
    """The people who are at each organization on the day: its employees, directors and holders of its posts."""
    there: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    if not organizations:
        return there
    ids = list(dict.fromkeys(organizations))
    found = await asyncio.gather(
        graph.read(PEOPLE, scope, ids=ids, **_given(at)), graph.read(OFFICEHOLDERS, scope, ids=ids, **_given(at))
    )
    for row in (*found[0], *found[1]):
        there[row.place] |= {row.person}
    return there


async def _post(graph: Graph, scope: Scope, id: str, at: At) -> End | None:
    post = await node(graph, scope, id)
    if not isinstance(post, Post):
        return None
    rows = await graph.read(HOLDERS, scope, ids=[id], **_given(at))
    return End(post, frozenset(row.person for row in rows))


def _given(at: At) -> dict[str, object]:
    return {"known": at.known, "day": at.as_of, "current": Current.YES.value}
