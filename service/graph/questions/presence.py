"""Who is where on a day, and what they are called: read for many at once, and kept for the next question."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import cypher
from service.graph.questions.agents import agents
from service.graph.questions.clocks import At
from service.graph.questions.memory import Kind, Memory, kept
from service.graph.questions.rows import Agent, Current, DisputePolicy
from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True)
class Staff:
    """The people at one place."""

    place: str
    people: tuple[str, ...]


PEOPLE = cypher.query("joint/people", Staff)
OFFICEHOLDERS = cypher.query("joint/officeholders", Staff)
STAFF: Kind[frozenset[str]] = Kind("staff")
AGENTS: Kind[Agent | None] = Kind("agents")


async def staff(
    graph: Graph,
    memory: Memory,
    scope: Scope,
    organizations: Collection[str],
    at: At,
    disputes: DisputePolicy = DisputePolicy.LATEST,
) -> Mapping[str, frozenset[str]]:
    """The people who are at each organization on the day: its employees, directors and holders of its posts."""

    async def read(ids: list[str]) -> dict[str, frozenset[str]]:
        given = {"known": at.known, "day": at.as_of, "current": Current.YES.value, "disputes": disputes.value}
        found = await asyncio.gather(*(graph.read(query, scope, ids=ids, **given) for query in (PEOPLE, OFFICEHOLDERS)))
        there = dict.fromkeys(ids, frozenset[str]())
        for row in (*found[0], *found[1]):
            there[row.place] |= frozenset(row.people)
        return there

    shelf = memory.shelf(STAFF, scope, at, disputes)
    await kept(shelf, organizations, read)
    return {id: shelf[id] for id in organizations}


async def named(graph: Graph, memory: Memory, scope: Scope, ids: Iterable[str], at: At) -> dict[str, Agent]:
    """The people and organizations with these ids, by the ids asked for; none for one that is not there."""

    async def read(missing: list[str]) -> dict[str, Agent | None]:
        return {**dict.fromkeys(missing), **await agents(graph, scope, missing)}

    wanted = dict.fromkeys(ids)
    shelf = memory.shelf(AGENTS, scope, at)
    await kept(shelf, wanted, read)
    return {id: agent for id in wanted if (agent := shelf[id]) is not None}
