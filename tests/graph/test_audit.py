"""The audit as a chain: what it holds, that whoever touches it is found out, and that several may write it."""

import asyncio
import hashlib
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import pytest

from service.engines.faults import Unconfirmed
from service.engines.protocol import Engine, Transaction
from service.engines.stores import Folder, Store
from service.graph.audit import (
    FIRST,
    Broken,
    Damage,
    Entry,
    Head,
    Shown,
    Verdict,
    append,
    entries,
    head,
    seen_by,
    verify,
    who_saw,
)
from service.graph.dump import dump, restore
from service.graph.store import Graph
from tests.graph.auditing import ENTRIES, KILLED
from tests.graph.little import NOW, graph

T = TypeVar("T")
ANN, BEN, CAT = "per-ann", "per-ben", "per-cat"


def shown(*people: str, principal: str = "pri-crm", purpose: str | None = None) -> Shown:
    return Shown(principal, "tok-1", NOW, "Who", ("person", "search"), purpose, people)


async def changed(engine: Engine, text: str, **parameters: object) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(text, parameters)

    await engine.write(work)


async def chain(store: Graph) -> list[Entry]:
    return [entry async for entry in entries(store)]


def sha256(*content: object) -> str:
    return hashlib.sha256(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


async def test_each_entry_is_sealed_over_itself_and_the_one_before(engine: Engine) -> None:
    store = graph(engine)
    await append(store, [shown(BEN, ANN, BEN, purpose="Überblick")])
    await append(store, [Shown("owner", None, NOW, None, ("nodes",), None, (CAT,)), shown(ANN)])

    one = sha256(FIRST, 1, NOW, "pri-crm", "tok-1", "Who", ["person", "search"], "Überblick", [ANN, BEN])
    two = sha256(one, 2, NOW, "owner", None, None, ["nodes"], None, [CAT])
    three = sha256(two, 3, NOW, "pri-crm", "tok-1", "Who", ["person", "search"], None, [ANN])
    assert [(entry.number, entry.id, entry.people, entry.previous, entry.hash) for entry in await chain(store)] == [
        (1, "aud-0000000000000001", (ANN, BEN), FIRST, one),
        (2, "aud-0000000000000002", (CAT,), one, two),
        (3, "aud-0000000000000003", (ANN,), two, three),
    ]
    assert (await head(store), await verify(store)) == (Head(3, three), Verdict(3, three, None))
    assert (await store.position()).number == 0  # the audit makes no revision
    assert [entry.number for entry in await who_saw(store, [ANN])] == [1, 3]
    assert [entry.number for entry in await who_saw(store, [CAT, BEN])] == [1, 2]
    assert [entry.number for entry in await seen_by(store, ["owner"])] == [2]


TAMPERED: Mapping[str, tuple[tuple[str, ...], Broken]] = {
    "edited": (
        ("MATCH (a:Audit {number: 3}) SET a.people = ['per-dan']",),
        Broken(3, Damage.EDITED, "entry 3 does not say what it was sealed with"),
    ),
    "purpose added": (
        ("MATCH (a:Audit {number: 2}) SET a.purpose = 'because'",),
        Broken(2, Damage.EDITED, "entry 2 does not say what it was sealed with"),
    ),
    "sealed anew": (
        ("MATCH (a:Audit {number: 4}) SET a.previous = 'f00'",),
        Broken(4, Damage.EDITED, "entry 4 does not follow from the one before it"),
    ),
    "removed": (("MATCH (a:Audit {number: 2}) DELETE a",), Broken(2, Damage.REMOVED, "entry 2 is missing")),
    "several removed": (
        ("MATCH (a:Audit) WHERE a.number IN [1, 2, 3] DELETE a",),
        Broken(1, Damage.REMOVED, "entry 1 to 3 is missing"),
    ),
    "reordered": (
        (
            "MATCH (a:Audit {number: 2}) SET a.id = 'aud-x', a.number = 9",
            "MATCH (a:Audit {number: 3}) SET a.id = 'aud-0000000000000002', a.number = 2",
            "MATCH (a:Audit {number: 9}) SET a.id = 'aud-0000000000000003', a.number = 3",
        ),
        Broken(2, Damage.REORDERED, "entry 2 follows from what stands as entry 3"),
    ),
    "truncated": (
        ("MATCH (a:Audit) WHERE a.number IN [4, 5] DELETE a",),
        Broken(4, Damage.TRUNCATED, "the chain had come to entry 5 and ends at entry 3"),
    ),
    "head turned back": (
        ("MATCH (a:Audit {id: 'aud-head'}) SET a.last = 4",),
        Broken(4, Damage.EDITED, "entry 4 has another hash than was noted of it"),
    ),
    "head removed": (
        ("MATCH (a:Audit {id: 'aud-head'}) DELETE a",),
        Broken(1, Damage.EDITED, "the head of the chain says 0, and entries go to 5"),
    ),
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_whoever_touches_the_chain_is_found_out(engine: Engine, how: str) -> None:
    store = graph(engine)
    await append(store, [shown(ANN), shown(BEN), shown(CAT), shown(ANN), shown(BEN)])
    statements, broken = TAMPERED[how]
    for statement in statements:
        await changed(engine, statement)
    assert (await verify(store)).broken == broken


async def test_a_chain_that_was_forged_as_a_whole_is_told_by_what_was_noted_of_it(engine: Engine) -> None:
    store = graph(engine)
    await append(store, [shown(ANN), shown(BEN)])
    noted = await head(store)
    await append(store, [shown(CAT)])
    assert (await verify(store, noted)).broken is None
    await changed(engine, "MATCH (a:Audit) DELETE a")
    await append(store, [shown(ANN), shown(CAT)])
    forged = Broken(2, Damage.EDITED, "entry 2 has another hash than was noted of it")
    assert (await verify(store)).broken is None
    assert (await verify(store, noted)).broken == forged
    await changed(engine, "MATCH (a:Audit) DELETE a")
    gone = Broken(1, Damage.TRUNCATED, "the chain had come to entry 2 and ends at entry 0")
    assert (await verify(store, noted)).broken == gone


async def started(store: Store, mode: str, name: str) -> asyncio.subprocess.Process:
    """A process of its own that writes the audit of a store."""
    where = [str(store.path)] if isinstance(store, Folder) else [store.uri, store.user, store.password]
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.graph.auditing", mode, name, *where)


async def test_processes_write_one_chain_at_once_and_one_that_is_killed_loses_what_waited(
    engine: Engine, store: Store
) -> None:
    processes = [await started(store, mode, name) for mode, name in (("append", "a"), ("append", "b"), ("killed", "c"))]
    assert [await process.wait() for process in processes] == [0, 0, KILLED]
    found = await chain(graph(engine))
    assert [entry.number for entry in found] == list(range(1, len(found) + 1))
    told = [entry.people for entry in found]
    for name in "ab":  # all of each, and in its order
        assert [one for (one,) in told if one.startswith(f"per-{name}")] == [
            f"per-{name}-{place}" for place in range(ENTRIES)
        ]
    # Whoever was shown under a purpose is there; only what was shown just before the end is not.
    assert [one for (one,) in told if one.startswith("per-c")] == ["per-c-early", "per-c-purpose"]
    assert (await verify(graph(engine))).broken is None


@dataclass
class Unheard:
    """A store whose first commit is made and never acknowledged."""

    engine: Engine
    commits: int = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.engine, name)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        done = await self.engine.write(work)
        self.commits += 1
        if self.commits == 1:
            raise Unconfirmed
        return done


async def test_what_was_committed_without_a_word_is_entered_once(engine: Engine) -> None:
    unheard = Unheard(engine)
    await append(graph(cast("Engine", unheard)), [shown(ANN), shown(BEN)])
    assert [entry.people for entry in await chain(graph(engine))] == [(ANN,), (BEN,)]
    assert unheard.commits == 1
    await append(graph(cast("Engine", unheard)), [shown(CAT)])
    assert (await verify(graph(engine))).broken is None


async def test_a_dump_keeps_the_chain_and_a_restored_store_goes_on_with_it(engine: Engine, tmp_path: Path) -> None:
    store = graph(engine)
    await append(store, [shown(ANN), Shown("owner", None, NOW, None, ("nodes",), None, (CAT,))])
    before = await verify(store)
    await dump(store, tmp_path / "file")
    await changed(engine, "MATCH (n) WHERE NOT n:Migration DETACH DELETE n")
    await restore(store, tmp_path / "file")
    assert await verify(store) == before
    await append(store, [shown(BEN)])
    assert ((await verify(store)).entries, (await verify(store)).broken) == (3, None)
