"""Loads that are cut off, and loads that meet another writer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

import pytest

from service.engines.protocol import Engine, Record, SchemaItem, Transaction
from service.errors import Code, ServiceError
from service.graph.model import Mode
from service.graph.record import write
from service.graph.store import Graph, Write
from tests.graph.sayings import NOW, Saying, batch, contents, graph, loaded, nodes, organization, person

T = TypeVar("T")
GROUP = organization("motor", "appg")
DAY = "2026-06-29"


class Cut(Exception):
    """The program ends here."""


@dataclass(slots=True)
class Mortal:
    """An engine in front of another one whose program ends at its n-th write, before or after the commit."""

    engine: Engine
    writes: int
    committed: bool
    before: Callable[[], Awaitable[None]] | None = None
    done: int = field(default=0)
    name: ClassVar[str] = "mortal"

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        return await self.engine.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        self.done += 1
        if self.done == self.writes and self.before is not None:
            await self.before()
        if self.done < self.writes or self.before is not None:
            return await self.engine.write(work)
        if self.committed:
            await self.engine.write(work)
        raise Cut

    async def define(self, text: str) -> None:
        await self.engine.define(text)

    async def schema(self) -> list[SchemaItem]:
        return await self.engine.schema()

    async def close(self) -> None:
        await self.engine.close()


def groups(number: int = 3) -> Saying:
    """Some groups with three members each, all of them people of their own."""
    saying = Saying("members", Mode.REGISTER).names(GROUP, "Motor Group")
    for unit in range(number):
        for member in range(3):
            who = person(f"{unit}-{member}")
            saying.names(who, f"Member {unit}-{member}")
            saying.says("MEMBER_OF", who, GROUP, str(who), observed=(DAY,), unit=f"group:{unit}")
    return saying


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions of a few records, so that a small load takes many."""
    monkeypatch.setattr(write, "RECORDS", 3)


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("committed", [False, True])
async def test_a_load_cut_off_at_any_write_and_begun_again_equals_one_clean_load(
    engine: Engine, *, committed: bool
) -> None:
    await loaded(graph(engine), groups())
    clean = await contents(engine, leaving_out=())
    cut, unfinished = 0, True
    while unfinished:
        cut += 1
        await engine.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {}))
        try:
            await loaded(Graph(Mortal(engine, cut, committed), lambda: NOW), groups())
            unfinished = False
        except Cut:
            await loaded(graph(engine), groups())
            assert await contents(engine, leaving_out=()) == clean
    assert cut > 10


@pytest.mark.usefixtures("small_steps")
async def test_an_interrupted_load_leaves_an_open_batch_that_the_next_load_of_its_sources_closes(
    engine: Engine,
) -> None:
    with pytest.raises(Cut):
        await loaded(Graph(Mortal(engine, 6, committed=True), lambda: NOW), groups())
    assert await nodes(engine, "ImportBatch", "status", "sources") == [("OPEN", (groups().record.id,))]
    outcome = await loaded(graph(engine), groups(2))
    assert outcome.finished
    assert await nodes(engine, "ImportBatch", "status") == [("CLOSED",), ("CLOSED",)]


async def test_another_writer_in_between_makes_the_load_look_again(engine: Engine) -> None:
    other = Saying("other").names(person("Zed"), "Zed")

    async def write_first() -> None:
        await loaded(graph(engine), other)

    mortal = Mortal(engine, 3, committed=True, before=write_first)
    outcome = await loaded(Graph(mortal, lambda: NOW), groups())
    assert outcome.evidence == {"CO_COMMITTEE": 9}
    found = await contents(engine)
    await engine.write(lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {}))
    await loaded(graph(engine), other, groups())
    assert await contents(engine) == found


@pytest.mark.usefixtures("small_steps")
async def test_a_load_comes_to_its_end_though_somebody_writes_after_every_step_of_it(engine: Engine) -> None:
    async def touch(_: Write) -> None:
        return None

    async def write_first() -> None:
        mortal.writes += 3  # the batch opened, a step, and somebody else
        await graph(engine).write(touch)

    mortal = Mortal(engine, 3, committed=True, before=write_first)
    outcome = await loaded(Graph(mortal, lambda: NOW), groups(5))
    assert mortal.writes > 3 * write.ATTEMPTS
    assert outcome.evidence == {"CO_COMMITTEE": 15}


async def test_a_load_that_is_overtaken_again_and_again_says_so(engine: Engine) -> None:
    async def touch(_: Write) -> None:
        return None

    async def write_first() -> None:
        mortal.writes += 1
        await graph(engine).write(touch)

    mortal = Mortal(engine, 1, committed=True, before=write_first)
    with pytest.raises(ServiceError, match="other writers came first again and again") as refused:
        await write.load(Graph(mortal, lambda: NOW), batch(groups()))
    assert refused.value.code is Code.CONFLICT
    assert await contents(engine) == []
