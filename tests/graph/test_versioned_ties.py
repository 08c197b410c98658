"""A stricter claim in the store, from its load to the tie each viewer sees, and back again."""

from random import Random

import pytest

import packs
from service.engines.protocol import Engine
from service.graph.model import Identity, Mode
from service.graph.projection import feed
from service.graph.questions import nodes, ties
from service.graph.questions.clocks import When
from service.graph.questions.routes import introduction_paths
from service.graph.questions.ties import Network
from service.graph.record.write import load
from service.graph.store import Graph, Scope
from tests.graph.sayings import Json, Saying, Thing, batch, contents, graph, loaded, organization, person, relations

ADA, BEN, FORGE = person("Ada"), person("Ben"), organization("Forge")
PUBLIC, STAFF = Scope((0,)), Scope((0, 1, 2))
EMPTY = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n"
Shown = list[tuple[str | None, str]]


def register() -> Saying:
    saying = Saying("register").names(ADA, "Ada").names(BEN, "Ben").names(FORGE, "Forge")
    return _works(_works(saying, ADA, "2019", "2020"), BEN, "2018", "..")


def desk(start: str | None = None, end: str = "2022") -> Saying:
    """What the staff wrote down; nothing without a start."""
    saying = Saying("desk", vis=2).names(ADA, "Ada").names(FORGE, "Forge")
    return saying if start is None else _works(saying, ADA, start, end)


def _works(saying: Saying, who: Identity, start: str, end: str) -> Saying:
    return saying.says("WORKS_FOR", who, FORGE, start=start, end=end, unit="employer:forge")


async def shown(network: Network, scope: Scope, when: When | None = None) -> Shown:
    """The days together that count in the tie of the two."""
    tie = await ties.tie(network, scope, ADA.agent, BEN.agent, when or When())
    if tie is None:
        return []
    (found,) = (await ties.evidence(network, scope, [tie])).values()
    return sorted(((edge.node.since, edge.node.on) for edge in found.rows), key=str)


async def test_what_the_staff_add_is_in_their_tie_at_once_and_leaves_everybody_elses_record_untouched(
    engine: Engine,
) -> None:
    store = graph(engine)
    network = Network(store, packs.evidence(), feed)
    await loaded(store, register())
    short, long = [("2019-01-01", "2020-12-31")], [("2019-01-01", "2022-12-31")]
    assert (await shown(network, PUBLIC), await shown(network, STAFF)) == (short, short)
    (before,) = await relations(engine, "KNOWS", "id", "vis", "recordedAt", "revision", "instead")

    await loaded(store, desk("2021"))

    assert (await shown(network, PUBLIC), await shown(network, STAFF)) == (short, long)
    public, staff = sorted(await relations(engine, "KNOWS", "id", "vis", "recordedAt", "revision", "instead"), key=vis)
    assert (public, staff[1], staff[-1]) == (before, 2, (public[0],))
    fresh = Network(store, packs.evidence(), feed)
    assert (await shown(fresh, PUBLIC), await shown(fresh, STAFF)) == (short, long)

    moment = str(staff[2])
    await loaded(store, desk())

    assert (await shown(network, PUBLIC), await shown(network, STAFF)) == (short, short)
    assert await shown(network, STAFF, When(None, moment)) == long


def vis(row: tuple[object, ...]) -> int:
    return int(str(row[1]))


async def test_a_stay_the_staff_contradict_ends_for_them_and_stays_for_others(engine: Engine) -> None:
    store = graph(engine)
    network = Network(store, packs.evidence(), feed)
    saying = Saying("register").names(ADA, "Ada").names(BEN, "Ben").names(FORGE, "Forge")
    await loaded(store, _works(_works(saying, ADA, "2019", ".."), BEN, "2023", ".."))
    await loaded(store, desk("2019", "2020"))
    assert await shown(network, PUBLIC) == [("2023-01-01", "9999-12-31")]
    assert await shown(network, STAFF) == []
    assert await relations(engine, "KNOWS", "vis", "intensity") == [(0, 1.0), (2, 0.0)]


async def test_any_order_of_loads_leaves_the_same_versions(engine: Engine) -> None:
    found: list[list[Json]] = []
    for order in ([register(), desk("2021")], [desk("2021"), register()]):
        await engine.write(lambda transaction: transaction.run(EMPTY, {}))
        store = graph(engine)
        for saying in order:
            await loaded(store, saying)
        rows = await contents(engine)
        found.append([row for row in rows if row.get("type") == "KNOWS" and not row["takenBack"]])
    assert found[0] == found[1]
    assert len(found[0]) == 2


MOMENT = "2026-11-23T06:00:00.000000Z"
CREW = [ADA, BEN, person("Cat"), person("Dan")]
EVENT = Thing("Event", "Dinner")


def drawn(dice: Random) -> list[Saying]:
    """What five sources say of four people, two of them in confidence."""
    found: list[Saying] = []
    for slug, vis in (("register", 0), ("gazette", 0), ("list", 1), ("desk", 2), ("files", 2)):
        saying = Saying(slug, Mode.LOG, vis)
        for who in (*CREW, FORGE):
            saying.names(who, who.value)
        for number in range(dice.randint(1, 4)):
            _say(saying, dice, f"{slug}-{number}")
        found.append(saying)
    return found


def _say(saying: Saying, dice: Random, key: str) -> None:
    who = dice.choice(CREW)
    match dice.choice(["job", "job", "job", "dinner", "group"]):
        case "job":
            start, end = dice.choice(["2018", "2019", "2021"]), dice.choice(["2021", "2022", ".."])
            saying.says("WORKS_FOR", who, FORGE, key, start=start, end=end, unit="employer:forge", confidence=0.75)
        case "dinner":
            start = dice.choice(["2026-03-01", "2026-03-02"])
            saying.says("ATTENDED", who, EVENT, key, start=start, unit="event:dinner", status="ATTENDED")
        case _:
            day = dice.choice(["2025-06-30", "2026-06-29"])
            saying.says("MEMBER_OF", who, FORGE, key, observed=[day], unit="group:forge")


async def answers(store: Graph, scope: Scope) -> list[str]:
    """All that is told of ties, and of what they follow from, as text."""
    network, ids = Network(store, packs.evidence(), feed), [who.agent for who in CREW]
    known = await ties.knows(network, scope, ids)
    met = [tie for part in known.values() for tie in part.rows]
    evidence = await ties.evidence(network, scope, met)
    pieces = [edge.node for part in evidence.values() for edge in part.rows]
    about = await nodes.about(store, scope, pieces)
    routes = [await introduction_paths(network, scope, ids[0], other) for other in ids[1:]]
    shown = [[part.rows for part in pages.values()] for pages in (known, evidence)]
    return [str(one) for one in (*shown, about, routes)]


@pytest.mark.parametrize("seed", range(6))
async def test_a_store_without_what_somebody_cannot_see_gives_that_somebody_the_same_answers(
    engine: Engine, seed: int
) -> None:
    dice = Random(seed)
    sayings = drawn(dice)
    dice.shuffle(sayings)
    for seen in (Scope((0,)), Scope((0, 1))):
        found: list[list[str]] = []
        for some, scope in ((sayings, seen), ([one for one in sayings if one.vis in seen.vis], STAFF)):
            await engine.write(lambda transaction: transaction.run(EMPTY, {}))
            store = graph(engine)
            for saying in some:
                await load(store, batch(saying), recorded_at=MOMENT)
            found.append(await answers(store, scope))
        assert found[0] == found[1]
