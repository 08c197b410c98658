"""Units of all kinds: an entry finds the whole of one from any of its claims, and derives it anew."""

import pytest

from loaders import demo, motorsport_uk
from service.auth import Role
from service.engines.protocol import Engine
from service.entries.retractions import RetractionEntry, retract_claim
from service.graph import visibility
from service.graph.model import Claim
from service.graph.record.entries.reading import Reading
from service.graph.record.write import load
from service.graph.store import Write
from service.graph.visibility import Classes
from tests.entries.deriving import from_scratch, standing, stored
from tests.entries.rooms import network, viewer
from tests.loaders.invented import FOLDER

SCALE = 0.02
# They say where something stands or took place, and nothing follows from them.
PLACES = frozenset({"POST_IN", "EXCHANGED_AT"})
RULES = {
    *("benefit", "board", "card", "department", "employer", "event", "group", "introduction", "meeting"),
    *("race", "season"),
}


def first_of_each(units: dict[str, list[Claim]]) -> dict[tuple[str, str], Claim]:
    """One claim of each type in a unit of each rule, from the largest unit."""
    found: dict[tuple[str, str], Claim] = {}
    for unit, theirs in sorted(units.items(), key=lambda item: (-len(item[1]), item[0])):
        for one in sorted(theirs, key=lambda claim: claim.id):
            found.setdefault((unit.partition(":")[0], one.type), one)
    return {key: one for key, one in found.items() if key[1] not in PLACES}


@pytest.mark.slow
async def test_every_unit_is_found_whole_and_derived_anew_from_any_kind_of_claim_in_it(engine: Engine) -> None:
    at = network(engine)
    await motorsport_uk.load(at.graph, FOLDER)
    await load(at.graph, demo.batch(SCALE), allow_shrink=True)
    units = await standing(at.graph)
    chosen = first_of_each(units)
    assert {rule for rule, _ in chosen} == RULES

    async def whole(write: Write) -> dict[str, set[str]]:
        reading = Reading(write, Classes(await write.run(visibility.ALL)))
        found = {one.unit or "": await reading.units([(one.unit, one.b)]) for one in chosen.values()}
        return {unit: {one.id for one in theirs if one.type not in PLACES} for unit, theirs in found.items()}

    expected = {
        one.unit or "": {it.id for it in units[one.unit or ""] if it.type not in PLACES} for one in chosen.values()
    }
    assert await at.graph.write(whole) == expected

    steward = await viewer(at, Role.STEWARD, "cat")
    records = {"TOOK_PART_IN", "GAVE_CARD", "RECEIVED_CARD", "REQUESTS", "INTRODUCES", "INTRODUCED_IN"}
    for (_, relation), one in chosen.items():
        if relation not in records and one.vis in steward.scope.vis:
            await retract_claim(at, steward, RetractionEntry(key=one.id, claim=one.id, reason="a test"))
    assert await stored(engine) == await from_scratch(at.graph)
