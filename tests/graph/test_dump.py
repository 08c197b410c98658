"""Dumps: the whole store as one file, and back, on each engine and from one to the other."""

import gzip
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest

from service.engines.protocol import Engine, Record, SchemaItem, Transaction
from service.errors import Code, Exit, Refused, ServiceError, exit_code
from service.graph.documents import save
from service.graph.dump import OWN, RESTORE_NODE, dump, restore
from service.graph.model import Mode
from service.graph.record.changes import NodeWrite
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Request, Work, entered
from service.graph.record.statements import Statements
from service.graph.store import Graph
from service.graph.tokens import create
from tests.graph.sayings import Saying, Thing, contents, graph, loaded, organization, person

T = TypeVar("T")
ADA, BEN = person("Ada"), person("Ben")
FORGE = organization("Forge")
DINNER, FAIR = Thing("Event", "Dinner"), Thing("Event", "Fair")
EMPTY = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n"


@dataclass(slots=True)
class Busy:
    """An engine to whose store somebody writes when its tokens are read for the first time."""

    engine: Engine
    other: Graph
    quiet: bool = False
    name: ClassVar[str] = "busy"

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        if text == OWN["Token"].text and not self.quiet:
            self.quiet = True
            await loaded(self.other, Saying("more").names(ADA, "Ada L."))
        return await self.engine.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return await self.engine.write(work)

    async def define(self, text: str) -> None:
        await self.engine.define(text)

    async def schema(self) -> list[SchemaItem]:
        return await self.engine.schema()

    async def close(self) -> None:
        await self.engine.close()


async def filled(engine: Engine) -> Graph:
    """A store with every kind of value: lists, numbers, what was taken back, a class of its own, something gone."""
    store = graph(engine)
    saying = Saying("dinner").names(ADA, "Ada Býron", "A. Byron").names(BEN, "Ben").names(FORGE, "Forge")
    for who in (ADA, BEN):
        saying.says("ATTENDED", who, DINNER, start="2026-03", unit="event:dinner", status="ATTENDED", confidence=0.5)
    saying.says("PART_OF", DINNER, FAIR).says("WORKS_FOR", ADA, FORGE, start="2019", end="..", unit="employer:forge")
    await loaded(store, saying)
    await loaded(store, Saying("dinner").names(ADA, "Ada").says("ATTENDED", ADA, DINNER, start="2026-03"))
    joined = Saying("joins", Mode.LOG).names(BEN, "Ben").joins(BEN, person("77", "parliament"))
    await loaded(store, joined)
    await create(store, "crm", "staff", scopes=["read"], compartments=["tender"])
    await save(store, [("one", "One", "{ viewer { name } }")])
    await entered(store, Request("crm", "one", "nothing", {}), nothing)
    limits = {"id": "lim-1", "vis": 2, "person": ADA.agent, "asksPerQuarter": 2, "never": [BEN.agent]}
    await store.write(lambda write: Statements(write).nodes([NodeWrite("IntroducerLimits", "lim-1", limits, new=True)]))
    return store


async def nothing() -> Work:
    async def work(pen: Pen) -> list[str]:
        return [pen.id("mtg")]

    return work


async def emptied(engine: Engine) -> None:
    await engine.write(lambda transaction: transaction.run(EMPTY, {}))


async def test_what_was_dumped_restored_and_dumped_again_is_equal_byte_for_byte(engine: Engine, tmp_path: Path) -> None:
    store = await filled(engine)
    before, position = await contents(engine, leaving_out=()), await store.position()
    await dump(store, tmp_path / "one")
    await emptied(engine)
    await restore(store, tmp_path / "one")
    await dump(store, tmp_path / "two")
    assert (tmp_path / "two").read_bytes() == (tmp_path / "one").read_bytes()
    assert (await contents(engine, leaving_out=()), await store.position()) == (before, position)


@pytest.mark.embedded
@pytest.mark.neo4j
async def test_a_dump_of_one_engine_fills_the_other(embedded: Engine, neo4j: Engine, tmp_path: Path) -> None:
    await dump(await filled(embedded), tmp_path / "embedded")
    await restore(graph(neo4j), tmp_path / "embedded")
    await dump(graph(neo4j), tmp_path / "neo4j")
    assert (tmp_path / "neo4j").read_bytes() == (tmp_path / "embedded").read_bytes()
    await emptied(embedded)
    await restore(graph(embedded), tmp_path / "neo4j")
    await dump(graph(embedded), tmp_path / "back")
    assert (tmp_path / "back").read_bytes() == (tmp_path / "embedded").read_bytes()


async def test_a_load_goes_on_where_the_dumped_store_was(engine: Engine, tmp_path: Path) -> None:
    store = await filled(engine)
    await dump(store, tmp_path / "file")
    await emptied(engine)
    await restore(store, tmp_path / "file")
    revision = (await store.position()).number
    again = await loaded(store, Saying("dinner").names(ADA, "Ada").says("ATTENDED", ADA, DINNER, start="2026-03"))
    assert ({fate.value for fate in again.fates.values()}, (await store.position()).number) == ({"unchanged"}, revision)


async def test_a_dump_is_its_owners_alone_and_touches_no_file_that_is_there(engine: Engine, tmp_path: Path) -> None:
    store = await filled(engine)
    await dump(store, tmp_path / "file")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    (tmp_path / "other").write_text("mine")
    with pytest.raises(ServiceError, match="other is there already") as refused:
        await dump(store, tmp_path / "other")
    assert (refused.value.code, (tmp_path / "other").read_text()) == (Code.BAD_USER_INPUT, "mine")


async def test_a_store_that_is_not_empty_is_not_restored_into(engine: Engine, tmp_path: Path) -> None:
    store = await filled(engine)
    await dump(store, tmp_path / "file")
    before = await contents(engine)
    with pytest.raises(ServiceError, match="the store is not empty") as refused:
        await restore(store, tmp_path / "file")
    assert exit_code(refused.value) is Exit.USAGE
    assert await contents(engine) == before


async def test_a_dump_into_a_folder_that_is_not_there_says_so(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "file"
    sentence = f"{file} cannot be written (No such file or directory); name a file in a folder that can be"
    with pytest.raises(ServiceError, match=f"^{re.escape(sentence)}$") as refused:
        await dump(graph(engine), file)
    assert exit_code(refused.value) is Exit.USAGE


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_end(data: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(data).splitlines(keepends=True)[:-2]))


def plain(data: bytes) -> bytes:
    return b"name,role\n"


def newer(data: bytes) -> bytes:
    header, *lines = gzip.decompress(data).splitlines(keepends=True)
    said = json.loads(header)
    return gzip.compress(json.dumps(said | {"migrations": ["9999_more"]}).encode() + b"\n" + b"".join(lines))


def other(data: bytes) -> bytes:
    return gzip.compress(b'{"format": "something"}\n')


def unknown(data: bytes) -> bytes:
    header, *lines = gzip.decompress(data).splitlines(keepends=True)
    return gzip.compress(header + b'["Spaceship",{"id":"x"}]\n' + b"".join(lines))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (cut, "it cannot be read to its end; copy it again"),
        (without_end, "it ends before its end; copy it again"),
        (plain, "it cannot be read to its end; copy it again"),
        (newer, r"it comes from a newer release \(9999_more\)"),
        (other, "it is no dump of this release"),
        (unknown, "it holds Spaceship, which this release does not know"),
    ],
)
@pytest.mark.embedded
async def test_a_damaged_file_is_refused_and_nothing_is_written(
    embedded: Engine, tmp_path: Path, damage: Callable[[bytes], bytes], sentence: str
) -> None:
    store = await filled(embedded)
    await dump(store, tmp_path / "file")
    await emptied(embedded)
    (tmp_path / "file").write_bytes(damage((tmp_path / "file").read_bytes()))
    with pytest.raises(Refused, match=sentence) as refused:
        await restore(store, tmp_path / "file")
    assert exit_code(refused.value) is Exit.REFUSED
    assert await contents(embedded, leaving_out=()) == []


@pytest.mark.embedded
async def test_a_store_written_to_while_it_is_read_is_read_again(embedded: Engine, tmp_path: Path) -> None:
    store = await filled(embedded)

    busy = Busy(embedded, store)
    await dump(Graph(busy, store.clock), tmp_path / "file")
    await dump(store, tmp_path / "after")
    assert (tmp_path / "file").read_bytes() == (tmp_path / "after").read_bytes()


def test_every_label_with_a_key_is_dumped_or_known_not_to_be_written_yet() -> None:
    texts = [entry.read_text() for entry in files("cypher").joinpath("migrations").iterdir()]
    labels = {found[1] for text in texts if (found := re.search(r"FOR \(\w+:(\w+)\) REQUIRE", text))}
    written_later = {"MatchJudgement"}
    on_their_own = {"Agent", "Migration", "Revision"}
    assert labels - on_their_own - written_later == set(RESTORE_NODE)
    assert set(OWN) < set(RESTORE_NODE)
