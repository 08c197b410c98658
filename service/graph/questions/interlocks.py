"""Organizations in which several of some people are at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import cypher
from service.graph.questions.agents import agents
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.routes import few
from service.graph.questions.rows import Agent, Current
from service.graph.store import Graph, Scope

SEVERAL = 2


@dataclass(frozen=True, slots=True)
class There:
    """A person who is at a place."""

    person: str
    place: str


@dataclass(frozen=True, slots=True)
class Interlock:
    """An organization and those of the people asked about who are there."""

    organization: Agent
    people: tuple[Agent, ...]


EMPLOYERS = cypher.query("interlock/employers", There)
MEMBERSHIPS = cypher.query("interlock/memberships", There)
POSTS = cypher.query("interlock/posts", There)


async def interlocks(graph: Graph, scope: Scope, people: Sequence[str], when: When = ALWAYS) -> tuple[Interlock, ...]:
    """Where two or more of these people are on a day: employed, as directors, as members or in a post.

    Those with most of them come first, then by name and id; whom nobody can see is left out.
    """
    at = At.of(when, graph.clock())
    asked = await agents(graph, scope, few("people", people))
    named = {agent.id: agent for agent in asked.values() if agent.label == "Person"}
    given = {"ids": list(named), "known": at.known, "day": at.as_of, "current": Current.YES.value}
    found = await asyncio.gather(*(graph.read(query, scope, **given) for query in (EMPLOYERS, MEMBERSHIPS, POSTS)))
    there = defaultdict[str, set[str]](set)
    for row in (row for rows in found for row in rows):
        there[row.place].add(row.person)
    shared = {place: ids for place, ids in there.items() if len(ids) >= SEVERAL}
    places = await agents(graph, scope, list(shared))
    met = [
        Interlock(places[place], tuple(sorted((named[id] for id in ids), key=_name)))
        for place, ids in shared.items()
        if place in places
    ]
    return tuple(sorted(met, key=lambda one: (-len(one.people), *_name(one.organization))))


def _name(agent: Agent) -> tuple[str, str]:
    return agent.name, agent.id
