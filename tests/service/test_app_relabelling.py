"""A server that goes on running no longer shows what somebody else relabelled, nor that it was ever there."""

from typing import Any

from service.auth import Role, owner
from service.engines.protocol import Engine
from service.engines.stores import Store
from service.entries.meetings import MeetingEntry, record_meeting
from service.entries.relabellings import RelabellingEntry, relabel
from tests.entries.rooms import ADA, BEN, CAT, room
from tests.service.test_app import ask, serving, token

NOBODY = "mtg-aaaaaaaaaaaaaaaaaaaaaaaa"
DOCUMENT = """query Seen($id: ID!) {{
  node(id: $id) {{ id }} person(id: "{ada}") {{ name knows {{ totalCount edges {{ node {{ b {{ name }} }} }} }} }}
  introductionPaths(from: "{ada}", to: "{ben}") {{ outcome paths {{ hops }} }}
  tie(a: "{ada}", b: "{ben}") {{ band }} }}"""


async def test_the_next_answer_of_a_running_server_is_that_of_a_store_without_it(engine: Engine, store: Store) -> None:
    at = await room(engine)
    who, ids = await owner(at.graph, None, "a test"), list[str]()
    for key, other in (("met", BEN), ("more", CAT)):
        entry = MeetingEntry(key=key, participants=(ADA.agent, other.agent), on="2026-11-20", visibility="MEMBERS")
        met = await record_meeting(at, who, entry)
        assert met is not None
        ids.append(met.id)
    id, kept = ids
    secret = await token(engine, Role.MEMBERS)
    query, answers = DOCUMENT.format(ada=ADA.agent, ben=BEN.agent), list[Any]()
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {secret}"

        async def look(shown: str) -> None:
            answers.append((await ask(client, query, variables={"id": shown})).json()["data"])

        await look(id)
        for key, level in (("hide", "STAFF"), ("show", "MEMBERS")):
            await relabel(at, who, RelabellingEntry(key=key, record=id, visibility=level))
            await look(id)
            await look(NOBODY)
        await look(kept)

    before, hidden, nobody, after, _, other = answers
    assert before["node"] == {"id": id}
    assert before["introductionPaths"] == {"outcome": "FOUND", "paths": [{"hops": 1}]}
    assert (
        hidden
        == nobody
        == {
            "node": None,
            "person": {
                "name": "Ada Byron",
                "knows": {"totalCount": 1, "edges": [{"node": {"b": {"name": "Cat Stone"}}}]},
            },
            "introductionPaths": {"outcome": "NONE", "paths": []},
            "tie": None,
        }
    )
    assert (after, other["node"]) == (before, {"id": kept})
