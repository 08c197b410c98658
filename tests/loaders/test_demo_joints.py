"""The joints planted in the invented world, as the store answers for them."""

import packs
from loaders import demo
from loaders.demo.stories import planted
from service.engines.protocol import Engine
from service.graph.projection import feed
from service.graph.questions.clocks import When
from service.graph.questions.contacts import chain_contacts
from service.graph.questions.joints import supply_joints
from service.graph.questions.ties import Network
from service.graph.record.write import load
from service.graph.store import Graph
from tests.graph.little import EVERYTHING, SECRET

SMALLEST = 0.02
NOW = "2026-10-01T09:00:00.000000Z"
PLANTED = ("hallamgate", "grendonbury", "tamebank", "sheafbridge")
WHEN = When(demo.AS_OF)


async def network(engine: Engine) -> Network:
    """The network of the invented world at its smallest."""
    graph = Graph(engine, lambda: NOW, SECRET)
    await load(graph, demo.batch(SMALLEST))
    return Network(graph, packs.evidence(), feed)


async def test_the_four_planted_joints_are_live_single_cold_and_latent(engine: Engine) -> None:
    asked, who = await network(engine), planted()

    found = await supply_joints(asked, EVERYTHING, who["oakengate"].id, max_tiers=1, when=WHEN)

    assert found is not None
    classes = {joint.supplier.id: joint.state.value for joint in found.joints}
    assert {key: classes[who[key].id] for key in PLANTED} == {
        "hallamgate": "LIVE",
        "grendonbury": "SINGLE",
        "tamebank": "COLD",
        "sheafbridge": "LATENT",
    }


async def test_a_supplier_of_a_supplier_knows_the_technical_director(engine: Engine) -> None:
    asked, who = await network(engine), planted()
    question = demo.questions()[0]

    found = await chain_contacts(asked, EVERYTHING, who["oakengate"].id, question.target.id, when=WHEN)

    assert found is not None
    assert question.start is not None
    assert [(one.tier, one.person.id) for one in found.contacts if one.path.hops] == [(2, question.start.id)]
