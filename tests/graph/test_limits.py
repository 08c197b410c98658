"""Limits of introducers as masks of routes: who was asked often enough, who is never asked for whom."""

from dataclasses import dataclass, field
from typing import TypeVar

import pytest

import cypher
import packs
from service.engines.protocol import Engine, Transaction
from service.graph.model import AgentKind, Identity
from service.graph.projection import feed
from service.graph.questions.clocks import When
from service.graph.questions.routes import (
    Manner,
    PathOutcome,
    PathResult,
    Withheld,
    introduction_paths,
    who_knows,
)
from service.graph.questions.ties import Network, tie
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, NOW, STAFF, THEN, Little, person

Row = TypeVar("Row")
OPEN = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}
EXPLAINED = Manner(explain=True)
ROLES = ("REQUESTS", "INTRODUCES", "INTRODUCED_IN")


def diamond(on: str = NOW[:10]) -> Little:
    """A knows B and C, both know Z; B is the better one to ask."""
    made = Little()
    for letter in "abcz":
        made.node(f"per-{letter}", letter.upper())
    for pair, day in (("ab", on), ("bz", on), ("ac", on), ("cz", "2026-01-23")):
        made.knows(f"per-{pair[0]}", f"per-{pair[1]}", f"kno-{pair}", on=day)
    return made


def limit(made: Little, who: str, *never: str, asks: int | None = None) -> None:
    made.node(f"lim-{who}", vis=STAFF, person=who, asksPerQuarter=asks, never=list(never))


def asked(made: Little, id: str, introducer: str, *moments: str, status: str = "WITH_INTRODUCER") -> None:
    """Somebody was asked at these moments to introduce A to Z."""
    steps = {"stepStatuses": ["DRAFT", *(status for _ in moments)], "stepMoments": [THEN, *moments]}
    made.node(id, vis=STAFF, source=GAZETTE.id, recordedAt=THEN, status=status, **steps)
    for kind, one in zip(ROLES, ("per-a", introducer, "per-z"), strict=True):
        made.claim(kind, one, id, f"clm-{id}-{kind}", vis=STAFF)


@dataclass(frozen=True, slots=True)
class Counted(Graph):
    """A graph that notes which questions it was asked."""

    asked: list[str] = field(default_factory=list[str])

    async def read(self, query: cypher.Query[Row], scope: Scope, **parameters: object) -> list[Row]:
        self.asked.append(query.name)
        return await Graph.read(self, query, scope, **parameters)


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


def told(found: PathResult | None) -> list[str]:
    """Each route as its letters."""
    assert found is not None
    return [
        "".join(agent.name for agent in (path.start, *(segment.end for segment in path.segments)))
        for path in found.paths
    ]


async def between(network: Network, scope: Scope = EVERYBODY, day: str | None = None, *, hops: int = 3) -> list[str]:
    return told(await introduction_paths(network, scope, "per-a", "per-z", max_hops=hops, when=When(day)))


async def test_whoever_was_asked_often_enough_in_the_quarter_of_the_day_stands_inside_no_route(engine: Engine) -> None:
    made = diamond(on="2026-07-01")
    limit(made, "per-b", asks=2)
    asked(made, "int-1", "per-b", "2026-10-01T00:00:00.000000Z")
    asked(made, "int-2", "per-b", "2026-09-30T23:59:59.999999Z", "2026-11-20T00:00:00.000000Z")
    network_ = await network(made, engine)

    days = ["2026-09-30", "2026-10-01", "2026-12-31", "2027-01-01"]
    both, other = ["ABZ", "ACZ"], ["ACZ"]
    assert [await between(network_, day=day) for day in days] == [both, other, other, both]


async def test_a_step_that_is_no_ask_and_asks_below_the_cap_change_nothing(engine: Engine) -> None:
    made = diamond()
    limit(made, "per-b", asks=2)
    asked(made, "int-1", "per-b", "2026-11-01T00:00:00.000000Z")
    asked(made, "int-2", "per-b", "2026-11-02T00:00:00.000000Z", status="REQUESTED")

    assert await between(await network(made, engine)) == ["ABZ", "ACZ"]


@pytest.mark.parametrize("scope", [EVERYBODY, EVERYTHING])
async def test_a_limit_holds_for_every_role_alike_and_exactly_its_rows_are_gone(engine: Engine, scope: Scope) -> None:
    made = diamond()
    limit(made, "per-b", asks=0)
    network_ = await network(made, engine)

    assert await between(network_, scope) == ["ACZ"]
    end = await introduction_paths(network_, scope, "per-a", "per-b", max_hops=1)
    start = await introduction_paths(network_, scope, "per-b", "per-z", max_hops=1)
    assert (told(end), told(start)) == (["AB"], ["BZ"])
    known = await tie(network_, scope, "per-a", "per-b")
    assert known is not None
    assert known.strength == pytest.approx(0.35)


@pytest.mark.parametrize("never", ["per-a", "per-z", "org-forge", "org-gears"])
async def test_never_means_the_requester_or_the_target_and_an_organization_its_people_of_the_day(
    engine: Engine, never: str
) -> None:
    made = diamond()
    made.node("org-forge", "Forge")
    made.node("org-gears", "Gears")
    made.claim("WORKS_FOR", "per-a", "org-forge", "clm-a", **OPEN)
    made.claim("DIRECTOR_OF", "per-z", "org-gears", "clm-z", **OPEN)
    limit(made, "per-b", never)
    network_ = await network(made, engine)

    assert await between(network_) == ["ACZ"]
    assert await between(network_, day="2019-12-31") == []
    firms = await introduction_paths(network_, EVERYBODY, "org-forge", "org-gears")
    assert told(firms) == ["ACZ"]


async def test_never_for_one_of_an_organization_leaves_the_routes_of_its_others(engine: Engine) -> None:
    made = diamond()
    made.node("per-y", "Y")
    made.node("org-gears", "Gears")
    for one in "yz":
        made.claim("WORKS_FOR", f"per-{one}", "org-gears", f"clm-{one}", **OPEN)
    made.knows("per-b", "per-y", "kno-by")
    limit(made, "per-b", "per-z")

    found = await introduction_paths(await network(made, engine), EVERYBODY, "per-a", "org-gears")

    assert told(found) == ["ABY", "ACZ"]


async def test_each_start_of_who_knows_has_its_own_limits(engine: Engine) -> None:
    made = diamond()
    made.node("per-d", "D")
    made.knows("per-d", "per-b", "kno-db")
    limit(made, "per-b", "per-a")

    found = await who_knows(await network(made, engine), EVERYBODY, "per-z", ["per-a", "per-d"], manner=EXPLAINED)

    assert told(found) == ["DBZ", "ACZ"]
    assert found is not None
    assert found.withheld == (Withheld(person("per-b", "B"), "B is never to be asked for an introduction of or to A."),)


async def test_the_nearest_hops_honour_limits_too(engine: Engine) -> None:
    made = Little()
    for letter in "abcdez":
        made.node(f"per-{letter}", letter.upper())
    for pair in ("ab", "bz", "ac", "cd", "de", "ez"):
        made.knows(f"per-{pair[0]}", f"per-{pair[1]}", f"kno-{pair}")
    limit(made, "per-b", asks=0)

    found = await introduction_paths(await network(made, engine), EVERYBODY, "per-a", "per-z")

    assert found is not None
    assert (found.outcome, found.paths, found.nearest_hops) == (PathOutcome.NONE, (), 4)


async def test_staff_are_told_whom_limits_kept_out_and_why_and_nobody_else_is(engine: Engine) -> None:
    made = diamond()
    limit(made, "per-b", asks=1)
    limit(made, "per-c", "per-z")
    asked(made, "int-1", "per-b", "2026-10-05T09:00:00.000000Z")
    network_ = await network(made, engine)

    found = await introduction_paths(network_, EVERYBODY, "per-a", "per-z", manner=EXPLAINED)
    plain = await introduction_paths(network_, EVERYBODY, "per-a", "per-z")

    assert found is not None
    assert plain is not None
    assert (found.outcome, found.paths, plain.withheld) == (PathOutcome.NONE, (), ())
    assert found.withheld == (
        Withheld(person("per-b", "B"), "B may be asked once a quarter and was asked once in that of the day."),
        Withheld(person("per-c", "C"), "C is never to be asked for an introduction of or to Z."),
    )


async def test_a_limit_set_under_a_former_id_holds_for_whoever_has_it_now_and_the_strictest_counts(
    engine: Engine,
) -> None:
    made = diamond()
    former = Identity(AgentKind.PERSON, "name", "b")
    made.node(former.id, scheme=former.scheme, value=former.value, kind=former.kind, agent=former.agent)
    made.claim("IDENTIFIED_BY", "per-b", former.id, "clm-former")
    limit(made, former.agent, asks=1)
    limit(made, "per-b", asks=5)
    asked(made, "int-1", "per-b", "2026-10-05T09:00:00.000000Z")

    assert await between(await network(made, engine)) == ["ACZ"]


async def test_a_limit_another_process_sets_holds_from_the_next_question_on(engine: Engine) -> None:
    network_ = await network(diamond(), engine)

    async def work(transaction: Transaction) -> None:
        await transaction.run(
            "CREATE (n:IntroducerLimits {id: 'lim-b', person: 'per-b', asksPerQuarter: 0, never: [], vis: $staff})"
            " WITH n MATCH (r:Revision) SET r.number = 2",
            {"staff": STAFF},
        )

    before = await between(network_)
    await engine.write(work)

    assert (before, await between(network_)) == (["ABZ", "ACZ"], ["ACZ"])


async def test_while_nothing_changes_the_same_question_costs_no_statement(engine: Engine) -> None:
    made = diamond()
    limit(made, "per-b", "per-z", asks=3)
    graph = await made.save(engine)
    counted = Counted(graph.engine, graph.clock, graph.secret)
    network_, scope = Network(counted, packs.evidence(), feed), Scope(EVERYBODY.vis, 1)

    first = await between(network_, scope)
    counted.asked.clear()
    again = await between(network_, scope)

    assert (first, again) == (["ACZ"], ["ACZ"])
    assert counted.asked == []
