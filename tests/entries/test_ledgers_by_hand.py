"""What people record and take back by hand, in the next ledger, history and provenance."""

from typing import TypeAlias

from service.engines.protocol import Engine
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph.questions.histories import tie_history
from service.graph.questions.ledgers import card_ledger
from service.graph.questions.rows import CardExchange
from service.graph.questions.tallies import LedgerGroup, Terms
from service.graph.questions.ties import Network
from service.graph.questions.whys import why
from service.graph.store import Scope
from tests.entries.rooms import ADA, BEN, DINNER, room, viewer

CARD, CALL = "2026-03-02", "2026-04-01"


Four: TypeAlias = tuple[int, int, int, int]


async def counted(network: Network, scope: Scope, **terms: str) -> tuple[list[Four], Four]:
    found = await card_ledger(network, scope, Terms(LedgerGroup.PERSON, **terms))
    assert found is not None
    rows = [(row.given, row.received, row.swapped, row.second_contact_within_90_days) for row in found.rows]
    return rows, (found.given, found.received, found.swapped, found.new_pairs)


async def test_a_card_recorded_by_hand_is_in_the_next_ledger_and_gone_once_it_is_taken_back(engine: Engine) -> None:
    network = await room(engine)
    scope = (await viewer(network)).scope
    assert await counted(network, scope) == ([], (0, 0, 0, 0))

    entry = CardEntry(key="one", giver=ADA.agent, receiver=BEN.agent, on=CARD, event=DINNER.id)
    card = await record_card(network, await viewer(network), entry)
    contact = ContactEntry(key="two", start=ADA.agent, end=BEN.agent, kind="CALL", on=CALL)
    call = await record_contact(network, await viewer(network), contact)
    assert card is not None
    assert call is not None

    scope = (await viewer(network)).scope
    assert await counted(network, scope) == ([(1, 0, 0, 1), (0, 1, 0, 1)], (1, 1, 0, 1))
    assert await counted(network, scope, event=DINNER.id, person=BEN.agent) == ([(0, 1, 0, 1)], (0, 1, 0, 1))
    history = await tie_history(network, scope, ADA.agent, BEN.agent)
    assert history is not None
    moved = [(one.on, one.because.kind) for one in history.points if one.because is not None]
    assert moved == [(CARD, "CARD_GIVEN"), (CALL, "CALL")]

    back = RetractionEntry(key="three", claim=card.id, reason="it was Cat's")
    await retract_claim(network, await viewer(network), back)

    scope = (await viewer(network)).scope
    assert await counted(network, scope) == ([], (0, 0, 0, 0))
    gone = await why(network.graph, scope, card.id)
    assert gone is not None
    assert isinstance(gone.entity, CardExchange)
    assert gone.entity.retracted_at is not None
    assert sorted((one.type, one.retracted_by, one.reason) for one in gone.parts) == [
        ("GAVE_CARD", "owner", "it was Cat's"),
        ("RECEIVED_CARD", "owner", "it was Cat's"),
    ]
    assert gone.follows == ()
