"""What a hidden source says shows nowhere in what another one says of the same."""

from dataclasses import replace
from itertools import permutations

from service.engines.protocol import Engine
from service.graph.model import Mode
from tests.conftest import emptied
from tests.graph.sayings import Saying, Thing, graph, loaded, nodes, organization, person, relations

PUBLIC, STAFF = 0, 2
DINNER = Thing("Event", "Dinner")
ADA, BEN, CLUB = person("Ada"), person("Ben"), organization("Club")


def _dinner(slug: str, vis: int, name: str) -> Saying:
    """A source that tells of the dinner under a name of its own."""
    saying = (
        Saying(slug, vis=vis).names(ADA, "Ada").says("ATTENDED", ADA, DINNER, start="2026-03-02", status="ATTENDED")
    )
    saying.nodes[DINNER.id] = replace(saying.nodes[DINNER.id], name=name, locator=f"row of {name}")
    return saying


async def test_a_thing_is_called_what_whoever_sees_it_may_see_whether_sources_come_one_by_one_or_together(
    engine: Engine,
) -> None:
    sources = (_dinner("a", STAFF, "Secret"), _dinner("b", PUBLIC, "Dinner"), _dinner("c", PUBLIC, "Supper"))
    for order in permutations(sources):
        await emptied(engine)
        for source in order:
            await loaded(graph(engine), source)
        assert await nodes(engine, "Event", "name", "locator", "vis") == [("Dinner", "row of Dinner", PUBLIC)]
        await emptied(engine)
        await loaded(graph(engine), *order)
        assert await nodes(engine, "Event", "name", "locator", "vis") == [("Dinner", "row of Dinner", PUBLIC)]


async def test_a_row_that_few_may_see_marks_nobody_else_as_missing(engine: Engine) -> None:
    said: list[list[tuple[object, ...]]] = []
    for hidden in (True, False):
        await emptied(engine)
        register = Saying("register", Mode.REGISTER).names(CLUB, "Club")
        for who, days, vis in ((ADA, ["2024-01-01"], PUBLIC), (BEN, ["2024-01-01", "2025-01-01"], STAFF)):
            if vis == PUBLIC or hidden:
                register.names(who, who.value).says("MEMBER_OF", who, CLUB, observed=days, unit="group:club", vis=vis)
        await loaded(graph(engine), register)
        said.append(await relations(engine, "MEMBER_OF", "vis", "observed", "unseen"))
    secret = (STAFF, ("2024-01-01", "2025-01-01"), None)
    assert said == [[(PUBLIC, ("2024-01-01",), None), secret], [(PUBLIC, ("2024-01-01",), None)]]
