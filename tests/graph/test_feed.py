"""What the projection is fed with: step by step it comes to the same as all at once."""

from dataclasses import dataclass, field

import pytest

import packs
from network.dates import moment, ordinal
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from service.engines.protocol import Engine
from service.graph import projection
from service.graph.model import Mode
from service.graph.projection import feed
from service.graph.snapshots import WRITTEN, Recorded, stands
from service.graph.store import Graph, Scope
from tests.graph.sayings import Saying, Thing, graph, loaded, organization, person
from tests.graph.test_merging import gifts, members, ministers

ADA, BEN = person("Ada"), person("Ben")
EVERYTHING = frozenset({0, 1, 2, 3})


@dataclass(slots=True)
class Known:
    """The state of whoever takes in every change."""

    revision: int = 0
    agents: dict[str, AgentRow] = field(default_factory=dict[str, AgentRow])
    sources: dict[str, SourceRow] = field(default_factory=dict[str, SourceRow])
    evidence: dict[str, EvidenceRow] = field(default_factory=dict[str, EvidenceRow])

    async def follow(self, store: Graph) -> None:
        async for delta in feed(store, self.revision):
            self.agents.update((row.id, row) for row in delta.agents)
            self.sources.update((row.id, row) for row in delta.sources)
            for id in delta.gone:
                self.agents.pop(id, None)
                self.evidence.pop(id, None)
            self.evidence.update((row.id, row) for row in delta.evidence)
        self.revision = (await store.position()).number


def dinner(*guests: str, vis: int = 0) -> Saying:
    saying, event = Saying("dinner", vis=vis), Thing("Event", "Dinner")
    for guest in guests:
        who = person(guest)
        saying.names(who, guest)
        saying.says("ATTENDED", who, event, guest, start="2026-03-02", unit="event:dinner", status="ATTENDED")
    return saying


async def test_a_store_without_a_write_feeds_nothing(engine: Engine) -> None:
    assert [delta async for delta in feed(graph(engine), 0)] == []


async def test_a_piece_of_evidence_is_fed_with_its_clocks_as_numbers(engine: Engine) -> None:
    store = graph(engine, "2026-11-24T00:00:01.000000Z")
    await loaded(store, dinner("Ada", "Ben"))
    known = Known()
    await known.follow(store)
    moment = 1_795_478_401_000_000
    a, b = sorted((ADA.agent, BEN.agent))
    source = Saying("dinner").record.id
    rows = [row._replace(id="", recorded=row.recorded - row.recorded % 1000) for row in known.evidence.values()]
    assert rows == [
        EvidenceRow("", a, b, "SHARED_EVENT", None, ordinal("2026-03-02"), 1.0, 1.0, 0, moment, None, source)
    ]
    assert known.agents == {id: AgentRow(id, 0, organization=False) for id in (a, b)}
    assert known.sources == {source: SourceRow(source, 0)}


async def test_following_step_by_step_comes_to_the_same_as_reading_all_at_once(engine: Engine) -> None:
    store, follower = graph(engine), Known()
    steps = [
        (dinner("Ada", "Ben", "Cat"),),
        (dinner("Ada", "Ben"), gifts()),
        (dinner("Ada", "Ben", vis=2), ministers()),
        (members(joined=True),),
        (members(joined=False),),
        (members(joined=True, mode=Mode.LOG), dinner("Ada", "Dan")),
    ]
    for sayings in steps:
        await loaded(store, *sayings)
        await follower.follow(store)
        fresh = Known()
        await fresh.follow(store)
        assert follower == fresh


async def test_the_projection_that_follows_sees_what_a_new_one_sees(engine: Engine) -> None:
    store, model = graph(engine), packs.evidence("motorsport")
    await loaded(store, dinner("Ada", "Ben", "Cat"), gifts(), ministers())
    follower = Projection.of(model, [delta async for delta in feed(store, 0)])
    await loaded(store, members(joined=True), dinner("Ada", "Ben"))
    async for delta in feed(store, follower.revision):
        follower.apply(delta)
    fresh = Projection.of(model, [delta async for delta in feed(store, 0)])
    views = [one.view(EVERYTHING, ordinal("2026-11-24")) for one in (follower, fresh)]
    agents = sorted(row.agent for row in (ADA, BEN, person("4778", "parliament"), organization("Goodwood")))
    assert len({str([(view.neighbours(agent)) for agent in agents]) for view in views}) == 1
    assert all(view.number(person("11", "twfy").agent) is None for view in views)


async def test_a_long_history_comes_in_pages_of_whole_revisions(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "EVIDENCE", 4)
    monkeypatch.setattr(projection, "AGENTS", 2)
    store = graph(engine)
    for guests in (("Ada", "Ben"), ("Ada", "Ben", "Cat"), ("Ada", "Ben", "Cat", "Dan")):
        await loaded(store, dinner(*guests))
    pages = [delta async for delta in feed(store, 0)]
    assert [len(delta.agents) for delta in pages] == [4, 0, 0]
    assert [len(delta.evidence) for delta in pages] == [0, 3, 3]
    assert len({row.id for delta in pages for row in delta.evidence}) == 6


async def test_a_store_has_what_was_read_from_it_and_another_moment_or_another_id_is_not_its_own(
    engine: Engine,
) -> None:
    store, model = graph(engine), packs.evidence("motorsport")
    assert not await stands(store, Projection.of(model, []))
    await loaded(store, dinner("Ada", "Ben"))
    pages = [delta async for delta in feed(store, 0)]
    ((row,),) = (page.evidence for page in pages if page.evidence)
    assert await stands(store, Projection.of(model, pages))
    assert await store.read(WRITTEN, Scope((0,)), ids=[row.id, "kno-none"]) == [
        Recorded(row.id, moment(row.recorded), None)
    ]
    assert await store.read(WRITTEN, Scope((1,)), ids=[row.id]) == []
    for other in (
        row._replace(recorded=row.recorded - 1),
        row._replace(id="kno-other"),
        row._replace(retracted=row.recorded),
    ):
        assert not await stands(store, Projection.of(model, [pages[0], Delta(1, evidence=[other])]))
