"""Sources loaded one after the other, in any order, come to the same as all of them at once."""

import json
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from service.engines.protocol import Engine
from service.graph.model import Mode
from tests.graph.sayings import Json, Saying, Thing, contents, graph, loaded, organization, person

PEOPLE = [person("Ada"), person("Ben"), person("11", "twfy"), person("12", "twfy")]
NUMBERS = [person("4778", "parliament"), person("4779", "parliament")]
FORGE = organization("Forge")
# Making a failing example smaller would take hundreds of loads.
SEARCH = [Phase.explicit, Phase.reuse, Phase.generate]
EMPTY = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n"

# Sources agree about dates here: where they contradict each other, the order of loading is what decides.
STAYS = [("2018", "2020"), ("2019-05", "2021"), *[("2020", "..")] * 4]


class World(NamedTuple):
    """What one source says, people by their place in the list."""

    jobs: list[int]
    visits: list[tuple[int, str, str]]
    joins: list[tuple[int, int]]
    vis: int

    def saying(self, number: int) -> Saying:
        told = Saying(f"source-{number}", Mode.HISTORY, self.vis)
        people = [*PEOPLE, *NUMBERS]
        for who in people:
            told.names(who, f"{who.value} of {number}")
        told.names(FORGE, "Forge")
        for at in self.jobs:
            start, end = STAYS[at]
            told.says("WORKS_FOR", people[at], FORGE, str(at), start=start, end=end, unit="employer:forge")
        for at, event, status in self.visits:
            thing, unit = Thing("Event", event), f"event:{event}"
            told.says("ATTENDED", people[at], thing, str(at), event, start="2026", unit=unit, status=status)
        for known, other in self.joins:
            told.joins(people[known], NUMBERS[other])
        return told


someone = st.integers(0, len(PEOPLE) + len(NUMBERS) - 1)
visits = st.tuples(someone, st.sampled_from(["Dinner", "Fair"]), st.sampled_from(["ATTENDED", "NO_SHOW"]))
worlds = st.lists(
    st.builds(
        World,
        st.lists(someone, max_size=4, unique=True),
        st.lists(visits, max_size=4, unique_by=lambda visit: visit[:2]),
        st.lists(st.tuples(st.integers(2, 3), st.integers(0, 1)), max_size=1),
        st.integers(0, 3),
    ),
    min_size=2,
    max_size=3,
)


def standing(rows: list[Json]) -> list[str]:
    """What stands; of evidence not its id, which counts how often it was worked out before."""
    kept = [row for row in rows if not row["takenBack"]]
    plain = [{**row, "id": None} if row.get("type") == "KNOWS" else row for row in kept]
    return sorted(json.dumps(row, sort_keys=True) for row in plain)


@pytest.mark.embedded
# Each example empties the store itself, and takes as long as some ten transactions.
@settings(max_examples=15, deadline=None, phases=SEARCH, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, st.randoms(use_true_random=False))
# What few may see of an event, and what all may see of it: the latter says what it is, also within one load.
@example(
    [
        World([1, 0], [(3, "Dinner", "ATTENDED"), (0, "Fair", "ATTENDED")], [], 3),
        World([], [(4, "Fair", "ATTENDED")], [], 0),
    ],
    Random(0),  # shuffles what is loaded, keeps no secret
)
async def test_any_order_of_loads_leaves_what_one_load_of_everything_leaves(
    embedded: Engine, world: list[World], dice: Random
) -> None:
    store = graph(embedded)
    sayings = [said.saying(number) for number, said in enumerate(world)]
    await embedded.write(lambda transaction: transaction.run(EMPTY, {}))
    await loaded(store, *sayings)
    together = standing(await contents(embedded))
    await embedded.write(lambda transaction: transaction.run(EMPTY, {}))
    dice.shuffle(sayings)
    for one in sayings:
        await loaded(store, one)
    assert standing(await contents(embedded)) == together
