"""What introducers allow, set by hand, and asks that their limits refuse, on each engine."""

import re
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from cypher import Query
from service.auth import Role, Viewer
from service.engines.protocol import Engine
from service.entries.introductions import AdvanceEntry, advance_introduction
from service.entries.limits import LimitsEntry, set_introducer_limits
from service.errors import Code, ServiceError
from service.graph.model import Identity, digest
from service.graph.questions.clocks import When
from service.graph.questions.introductions import IntroducerLimits, limits
from service.graph.questions.routes import introduction_paths
from service.graph.questions.rows import Agent
from service.graph.questions.ties import Network
from service.graph.store import Graph, Scope
from tests.entries.introducing import advanced, key, met, requested
from tests.entries.rooms import ADA, BEN, CAT, DAN, FORGE, network, room, viewer
from tests.graph.sayings import NOW, Saying, contents, loaded, nodes, person

Row = TypeVar("Row")
EVE = person("Eve Hidden")
LOBBY = Saying("lobby", vis=3).names(EVE, "Eve Hidden")  # a person whom only some may see
WORK = Saying("work").says("WORKS_FOR", CAT, FORGE, start="2019", end="..", unit="employer:forge")
LATER = "2027-01-02T00:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Counted(Graph):
    """A graph that notes which questions it was asked."""

    asked: list[str] = field(default_factory=list[str])

    async def read(self, query: Query[Row], scope: Scope, **parameters: object) -> list[Row]:
        self.asked.append(query.name)
        return await Graph.read(self, query, scope, **parameters)


def agent(one: Identity) -> Agent:
    return Agent(one.agent, one.value, one.kind.value, (), (), None)


async def limited(
    found: Network, who: Viewer, person: str = BEN.agent, *never: str, asks: int | None = None
) -> IntroducerLimits:
    """The limits of a person, Ben unless somebody is named, once they are set."""
    entry = LimitsEntry(key=key(), person=person, asks_per_quarter=asks, never=never)
    assert await set_introducer_limits(found, who, entry) is not None
    return (await limits(found.graph, who.scope, [person]))[person]


async def asked(found: Network, who: Viewer, *people: str) -> str:
    """The id of an introduction that only waits for its introducer to be asked."""
    introduction = await requested(found, who, *people)
    await advanced(found, who, introduction.id, "REQUESTED")
    return introduction.id


async def refusal(engine: Engine, found: Network, who: Viewer, introduction: str) -> str:
    """Why the introducer is not asked; nothing is written."""
    before = await contents(engine, leaving_out=())
    entry = AdvanceEntry(key=key(), introduction=introduction, to="WITH_INTRODUCER")
    with pytest.raises(ServiceError) as refused:
        await advance_introduction(found, who, entry)
    assert (refused.value.code, refused.value.field) == (Code.CONFLICT, "to")
    assert await contents(engine, leaving_out=()) == before
    return refused.value.message


async def test_limits_are_what_was_set_last_and_no_cap_is_none(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")

    assert await limited(found, ada, BEN.agent, CAT.agent, DAN.agent, asks=2) == IntroducerLimits(
        2, (agent(CAT), agent(DAN)), 0
    )
    assert await limited(found, ada, BEN.agent, DAN.agent) == IntroducerLimits(None, (agent(DAN),), 0)
    assert await limited(found, ada, BEN.agent, asks=0) == IntroducerLimits(0, (), 0)
    stored = await nodes(engine, "IntroducerLimits", "id", "person", "asksPerQuarter", "never", "vis", "source")
    assert stored == [
        (digest("lim", BEN.agent), BEN.agent, 0, (), 2, digest("src", "by-hand/ada")),
    ]


async def test_limits_sent_again_change_nothing(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")
    entry = LimitsEntry(key="one", person=BEN.agent, asks_per_quarter=2, never=(CAT.agent,))
    first = await set_introducer_limits(found, ada, entry)
    before = await contents(engine, leaving_out=())

    assert await set_introducer_limits(found, ada, entry) == first == agent(BEN)
    assert await contents(engine, leaving_out=()) == before


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        (LimitsEntry(key="one", person=BEN.agent, asks_per_quarter=-1), Code.BAD_USER_INPUT, "asksPerQuarter"),
        (LimitsEntry(key="one", person=BEN.agent, never=("per-nobody",)), Code.NOT_FOUND, "never"),
        (LimitsEntry(key="one", person=BEN.agent, never=(EVE.agent,)), Code.NOT_FOUND, "never"),
        (LimitsEntry(key="one", person=BEN.agent, never=(CAT.agent,) * 101), Code.BAD_USER_INPUT, "never"),
        (LimitsEntry(key="one", person=FORGE.agent), Code.NOT_FOUND, "person"),
        (LimitsEntry(key="one", person=EVE.agent), Code.NOT_FOUND, "person"),
    ],
)
async def test_limits_that_cannot_be_are_refused_and_nothing_is_written(
    engine: Engine, entry: LimitsEntry, code: Code, field: str
) -> None:
    found = await room(engine, LOBBY)
    ada = await viewer(found, Role.STAFF, "ada")
    before = await contents(engine, leaving_out=())
    with pytest.raises(ServiceError) as refused:
        await set_introducer_limits(found, ada, entry)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert await contents(engine, leaving_out=()) == before


async def test_whom_the_writer_may_not_see_stays_among_those_never_asked_for(engine: Engine) -> None:
    found = await room(engine, LOBBY)
    ada = await viewer(found, Role.STAFF, "ada")
    lee = await viewer(found, Role.LOBBYING, "lee", "a consultation")
    await limited(found, lee, BEN.agent, EVE.agent, CAT.agent)

    shown = await limited(found, ada, BEN.agent, DAN.agent, asks=1)

    assert shown == IntroducerLimits(1, (agent(DAN),), 0)
    whole = IntroducerLimits(1, (agent(DAN), agent(EVE)), 0)
    assert (await limits(found.graph, lee.scope, [BEN.agent]))[BEN.agent] == whole
    assert await limited(found, lee) == IntroducerLimits(None, (), 0)


async def test_an_introducer_is_asked_as_often_a_quarter_as_they_allow_and_no_more(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")
    await limited(found, ada, asks=2)
    for _ in range(2):
        await advanced(found, ada, await asked(found, ada), "WITH_INTRODUCER", "DECLINED")
    third = await asked(found, ada)

    sentence = "Ben Hope was asked 2 times this quarter and allows 2; ask somebody else, or from 2027-01-01 on"
    assert await refusal(engine, found, ada, third) == sentence
    assert (await limits(found.graph, ada.scope, [BEN.agent]))[BEN.agent] == IntroducerLimits(2, (), 2)
    later = network(engine, LATER)
    assert (await advanced(later, ada, third, "WITH_INTRODUCER")).status == "WITH_INTRODUCER"
    assert (await limits(later.graph, ada.scope, [BEN.agent]))[BEN.agent] == IntroducerLimits(2, (), 1)


async def test_whoever_allows_no_ask_at_all_is_not_asked_and_may_ask_and_be_met(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")
    await limited(found, ada, asks=0)

    through_ben = await asked(found, ada)
    of_ben = await asked(found, ada, BEN.agent, CAT.agent, DAN.agent)
    to_ben = await asked(found, ada, ADA.agent, CAT.agent, BEN.agent)

    sentence = "Ben Hope is not to be asked at all; ask somebody else, or from 2027-01-01 on"
    assert await refusal(engine, found, ada, through_ben) == sentence
    assert (await advanced(found, ada, of_ben, "WITH_INTRODUCER")).status == "WITH_INTRODUCER"
    assert (await advanced(found, ada, to_ben, "WITH_INTRODUCER")).status == "WITH_INTRODUCER"


@pytest.mark.parametrize("never", [ADA, CAT, FORGE])
async def test_an_introducer_is_never_asked_for_somebody_they_named_or_the_people_of_a_firm_they_named(
    engine: Engine, never: Identity
) -> None:
    found = await room(engine, WORK)
    ada = await viewer(found, Role.STAFF, "ada")
    await limited(found, ada, BEN.agent, never.agent)
    whom = "Ada Byron" if never is ADA else "Cat Stone"

    told = await refusal(engine, found, ada, await asked(found, ada))

    assert told == f"Ben Hope is never to be asked for {whom}; ask somebody else"
    other = await asked(found, ada, DAN.agent, BEN.agent, CAT.agent if never is ADA else ADA.agent)
    assert (await advanced(found, ada, other, "WITH_INTRODUCER")).status == "WITH_INTRODUCER"


async def test_limits_count_asks_and_people_that_the_writer_may_not_see(engine: Engine) -> None:
    found = await room(engine, LOBBY)
    ada = await viewer(found, Role.STAFF, "ada")
    lee = await viewer(found, Role.LOBBYING, "lee", "a consultation")
    await limited(found, ada, asks=1)
    hidden = await asked(found, lee, ADA.agent, BEN.agent, EVE.agent)
    await advanced(found, lee, hidden, "WITH_INTRODUCER")

    told = await refusal(engine, found, ada, await asked(found, ada))

    assert re.match("Ben Hope was asked once this quarter and allows 1;", told)
    assert (await limits(found.graph, ada.scope, [BEN.agent]))[BEN.agent] == IntroducerLimits(1, (), 0)


async def test_limits_of_somebody_who_was_two_are_set_for_both_records(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")
    await limited(found, ada, BEN.agent, CAT.agent, asks=0)
    better = person("77", "parliament")
    await loaded(found.graph, Saying("joins").names(better, "Ben Hope").joins(better, BEN))

    before = (await limits(found.graph, ada.scope, [better.agent]))[better.agent]
    after = await limited(found, ada, better.agent, asks=1)

    assert before == IntroducerLimits(0, (agent(CAT),), 0)
    assert after == IntroducerLimits(1, (), 0)
    stored = await nodes(engine, "IntroducerLimits", "person", "asksPerQuarter", "never")
    assert stored == sorted([(better.agent, 1, ()), (BEN.agent, 1, ())])
    introduction = await asked(found, ada, ADA.agent, better.agent, CAT.agent)
    assert (await advanced(found, ada, introduction, "WITH_INTRODUCER")).status == "WITH_INTRODUCER"


async def test_members_set_no_limits(engine: Engine) -> None:
    found = await room(engine)
    member = await viewer(found, Role.MEMBERS, "mia")
    with pytest.raises(ServiceError) as refused:
        await set_introducer_limits(found, member, LimitsEntry(key="one", person=BEN.agent))
    assert refused.value.code is Code.FORBIDDEN


async def test_whoever_is_not_to_be_asked_leaves_the_next_answer_to_who_can_introduce_us(engine: Engine) -> None:
    found = await room(engine)
    for pair in ((ADA, BEN), (BEN, CAT), (ADA, DAN), (DAN, CAT)):
        await met(found, await viewer(found, Role.STAFF, "ada"), *(one.agent for one in pair))

    async def through() -> list[str]:
        who = await viewer(found, Role.STAFF, "ada")
        result = await introduction_paths(found, who.scope, ADA.agent, CAT.agent, k=5, max_hops=2, when=When(NOW[:10]))
        assert result is not None
        return sorted(path.segments[0].end.name for path in result.paths)

    before = await through()
    await limited(found, await viewer(found, Role.STAFF, "ada"), asks=0)

    assert (before, await through()) == (["Ben Hope", "Dan Moor"], ["Dan Moor"])


async def test_the_limits_of_many_people_are_read_together(engine: Engine) -> None:
    found = await room(engine)
    ada = await viewer(found, Role.STAFF, "ada")
    for one in (ADA, BEN, CAT):
        await limited(found, ada, one.agent, DAN.agent, asks=1)

    counted = Counted(engine, found.graph.clock)
    together = await limits(counted, ada.scope, [one.agent for one in (ADA, BEN, CAT, DAN)])

    assert together == {one.agent: IntroducerLimits(1, (agent(DAN),), 0) for one in (ADA, BEN, CAT)}
    assert counted.asked == ["agent/identifiers", "introducer_limits/by_id", "agent/by_id", "introduction/asks"]
