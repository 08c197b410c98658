"""An old graph read through py2neo: over Bolt from each engine, and refused in plain words where it does not fit."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from loaders import old_graphs
from loaders.batches import batch
from loaders.legacy import Link, Node, Server, connected
from service.engines.embedded.home import Home
from service.engines.embedded.process import DATABASE
from service.engines.protocol import Engine
from service.engines.stores import Folder, Store
from service.errors import Refused, ServiceError
from service.graph.model import Batch
from tests.loaders.invented import derived

MAPPING = Path(__file__).parent.parent / "data" / "old-graph" / "mapping.toml"
WRITTEN = """
CREATE (a:Contact {uuid: 1, fullName: 'Ada Marsh', alias: ['A. Marsh', 'Ada Marsh'], updated: '2016-05-01'}),
       (b:Contact {uuid: 2, fullName: 'Ben Ochre', alias: 'Benny'}), (c:Contact {uuid: 3, fullName: 'Cleo Finch'}),
       (f:Firm {uuid: 'f-1', title: 'Larch Forge'}), (g:Firm {uuid: 'f-2', title: 'Pine Gears'}),
       (x:Unmapped {uuid: 'x'}),
       (a)-[:EMPLOYED_BY {since: '2012', until: '2015-06', position: 'smith'}]->(f),
       (b)-[:EMPLOYED_BY {since: '2014-03-01', until: '..'}]->(f),
       (c)-[:EMPLOYED_BY]->(f), (c)-[:EMPLOYED_BY {position: 'visitor'}]->(x),
       (f)-[:DELIVERS_TO]->(g)
"""


class FakeOldGraph:
    """An old graph made of lists."""

    def __init__(self, nodes: dict[str, list[Node]], links: dict[str, list[Link]]) -> None:
        self._nodes = nodes
        self._links = links

    def nodes(self, label: str) -> Iterator[Node]:
        yield from self._nodes.get(label, [])

    def links(self, type_: str) -> Iterator[Link]:
        yield from self._links.get(type_, [])


ADA = {"uuid": "1", "fullName": "Ada Marsh"}
FORGE = {"uuid": "f-1", "title": "Larch Forge"}


def told(one: Batch) -> list[tuple[object, ...]]:
    names = {agent.id: agent.name for agent in one.agents.values()}
    return sorted(
        (said.type, names[said.a], names[said.b], said.start or "", said.end, said.attributes.get("role"), said.vis)
        for said in one.assertions
        if said.type != "IDENTIFIED_BY"
    )


async def written(engine: Engine) -> None:
    """The old graph, put there by today's driver."""

    async def work(transaction: Any) -> None:
        await transaction.run(WRITTEN, {})

    await engine.write(work)


def server(store: Store) -> Server:
    """How py2neo reaches the store of a test."""
    if isinstance(store, Folder):
        home = Home(store.path)
        endpoint = home.endpoint()
        assert endpoint is not None
        return Server(f"bolt://127.0.0.1:{endpoint.bolt}", "root", home.password("root"), DATABASE)
    return Server(store.uri, store.user, store.password, store.database)


async def test_people_firms_and_their_ties_are_read_over_bolt(engine: Engine, store: Store) -> None:
    await written(engine)
    with connected(server(store)) as old:
        sheet = old_graphs.read(old, old_graphs.plan(MAPPING))
    found = batch([sheet]).batch
    assert told(found) == [
        ("SUPPLIES", "Larch Forge", "Pine Gears", "", None, None, 2),
        ("WORKS_FOR", "Ada Marsh", "Larch Forge", "2012", "2015-06", "smith", 2),
        ("WORKS_FOR", "Ben Ochre", "Larch Forge", "2014-03-01", "..", None, 2),
        ("WORKS_FOR", "Cleo Finch", "Larch Forge", "", None, None, 2),
    ]
    assert {
        agent.name: (agent.other_names, str(agent.identities[0]), agent.kinds) for agent in found.agents.values()
    } == {
        "Ada Marsh": (("A. Marsh",), "Person old-crm:1", ()),
        "Ben Ochre": (("Benny",), "Person old-crm:2", ()),
        "Cleo Finch": ((), "Person old-crm:3", ()),
        "Larch Forge": ((), "Organization old-crm:f-1", ("supplier",)),
        "Pine Gears": ((), "Organization old-crm:f-2", ("supplier",)),
    }
    assert [note.text for note in sheet.refusals] == ["EMPLOYED_BY has an end that the mapping leaves out"]
    assert [(one.kind, one.since, one.on) for one in derived(found)] == [("CO_AFFILIATION", "2014-03-01", "2015-06-30")]


async def test_a_wrong_password_is_told_without_a_word_of_the_driver(engine: Engine, store: Store) -> None:
    right = server(store)
    wrong = Server(right.uri, right.user, "not the password", right.database)
    with pytest.raises(ServiceError) as error, connected(wrong):
        pass
    assert error.value.message == "the old graph did not answer; check its address, user, password and database"


def test_nobody_listening_is_told_the_same() -> None:
    with pytest.raises(ServiceError) as error, connected(Server("bolt://127.0.0.1:1")):
        pass
    assert error.value.message == "the old graph did not answer; check its address, user, password and database"


def test_without_the_extra_the_remedy_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(import_module("sys").modules, "py2neo", None)
    with pytest.raises(ServiceError) as error, connected(Server("bolt://127.0.0.1:1")):
        pass
    assert error.value.message == ("reading an old graph needs py2neo; install paddock with its extra: paddock[legacy]")


@pytest.mark.parametrize(
    ("nodes", "links", "message"),
    [
        (
            {"Contact": [Node(7, {**ADA, "phone": "1234"})]},
            {},
            "old-crm: nobody read {'phone': '1234'} of a node Contact; map the property or name it as ignored",
        ),
        (
            {"Contact": [Node(7, {"fullName": "Ada Marsh"})]},
            {},
            "old-crm: uuid of a node Contact is None; give it a text, or map another property",
        ),
        (
            {"Contact": [Node(7, {"uuid": "1", "fullName": " "})]},
            {},
            "old-crm: fullName of Contact 1 is ' '; give it a text, or map another property",
        ),
        (
            {"Contact": [Node(7, ADA)], "Firm": [Node(8, FORGE)]},
            {"EMPLOYED_BY": [Link(7, 8, {"since": "soon"})]},
            (
                "old-crm: since of EMPLOYED_BY from 1 to f-1 is 'soon';"
                " 'soon' is no date; write 2019, 2019-05, 2019-05-03, or .. for open"
            ),
        ),
        (
            {"Contact": [Node(7, ADA)], "Firm": [Node(8, FORGE)]},
            {"EMPLOYED_BY": [Link(7, 8, {"position": ["a", "b"]})]},
            (
                "old-crm: position of EMPLOYED_BY from 1 to f-1 is ['a', 'b'];"
                " map a property that holds a text or a number"
            ),
        ),
        (
            {"Contact": [Node(7, ADA)], "Firm": [Node(8, FORGE)]},
            {"EMPLOYED_BY": [Link(7, 8, {"position": "smith"}), Link(7, 8, {"position": "clerk"})]},
            ("old-crm:4: what it says of EMPLOYED_BY, 1, f-1,  is not what line 3 says; keep the line that is right"),
        ),
    ],
)
def test_what_the_mapping_does_not_fit_is_refused(
    nodes: dict[str, list[Node]], links: dict[str, list[Link]], message: str
) -> None:
    with pytest.raises(Refused) as refused:
        old_graphs.read(FakeOldGraph(nodes, links), old_graphs.plan(MAPPING))
    assert refused.value.message == message


def test_a_date_of_the_old_driver_counts_as_its_day() -> None:
    nodes = {"Contact": [Node(7, ADA)], "Firm": [Node(8, FORGE)]}
    links = {"EMPLOYED_BY": [Link(7, 8, {"since": date(2019, 5, 3).isoformat() + "T00:00:00", "until": 2021})]}
    sheet = old_graphs.read(FakeOldGraph(nodes, links), old_graphs.plan(MAPPING))
    assert [(one.start, one.end, one.unit) for one in sheet.statements] == [
        ("2019-05-03", "2021", "employer:old-crm:f-1")
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "name = 1 2",
            "it is no mapping (Expected newline or end of document after a statement (at line 1, column 10))",
        ),
        ('name = "a"\ntitle = "b"\nvisibility = "STAFF"\n', "it is no mapping ('nodes')"),
        (
            (
                'name = "a"\ntitle = "b"\nvisibility = "STAFF"\n[nodes.X]\nis = "Person"\nid = "i"\nname = "n"\n'
                '[relationships.Y]\nis = "HOLDS"\n'
            ),
            "it is no mapping ('HOLDS' is no relationship between people and organizations)",
        ),
        (
            'name = "a"\ntitle = "b"\nvisibility = "HIDDEN"\n[nodes.X]\nis = "Person"\nid = "i"\nname = "n"\n',
            "it is no mapping (tuple.index(x): x not in tuple)",
        ),
    ],
)
def test_a_mapping_that_is_none_is_refused(tmp_path: Path, text: str, found: str) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        old_graphs.plan(file)
    assert (refused.value.value, refused.value.remedy) == (found, "write it as docs/loading.md shows")
