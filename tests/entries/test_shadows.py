"""What is recorded for few about people whom many know of: the ties of each viewer, before and after."""

from dataclasses import replace

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph.questions import ties
from service.graph.questions.ties import Network, Tie
from service.graph.store import Scope
from tests.entries.rooms import ADA, BEN, FORGE, room, viewer
from tests.graph.sayings import Saying

PUBLIC, STAFF = Scope((0,)), Scope((0, 1, 2))
LATER = AffiliationEntry(key="one", person=ADA.agent, organization=FORGE.agent, start="2021", end="2022")


def register() -> Saying:
    """Ada until 2020, and Ben since before that."""
    saying = Saying("register")
    for who, start, end in ((ADA, "2019", "2020"), (BEN, "2018", "..")):
        saying.says("WORKS_FOR", who, FORGE, start=start, end=end, unit=f"employer:{FORGE}")
    return saying


async def tie(network: Network, scope: Scope) -> tuple[Tie | None, list[tuple[str | None, str]]]:
    """The tie of the two, and the days together it counts."""
    found = await ties.tie(network, scope, ADA.agent, BEN.agent)
    if found is None:
        return None, []
    (evidence,) = (await ties.evidence(network, scope, [found])).values()
    return found, [(edge.node.since, edge.node.on) for edge in evidence.rows]


async def test_a_tie_the_public_knows_stays_as_it_is_and_the_staff_count_it_once_with_what_they_added(
    engine: Engine,
) -> None:
    network = await room(engine, register())
    before = await tie(network, PUBLIC)
    assert before[1] == [("2019-01-01", "2020-12-31")]

    ada = await viewer(network, Role.STAFF, "ada")
    claim = await assert_affiliation(network, ada, LATER)

    assert await tie(network, PUBLIC) == before
    assert (await tie(network, STAFF))[1] == [("2019-01-01", "2022-12-31")]

    assert claim is not None
    await retract_claim(network, ada, RetractionEntry(key="two", claim=claim.id, reason="a mistake"))

    assert await tie(network, PUBLIC) == await tie(network, STAFF) == before


async def test_an_end_the_staff_note_shortens_a_tie_for_them_alone(engine: Engine) -> None:
    network = await room(engine, register())
    before = await tie(network, PUBLIC)
    sooner = replace(LATER, start="2019", end="2019-06")
    await assert_affiliation(network, await viewer(network, Role.STAFF, "ada"), sooner)
    assert await tie(network, PUBLIC) == before
    assert (await tie(network, STAFF))[1] == [("2019-01-01", "2019-06-30")]
