"""Statements about what another one finds, over a store that says how it was asked."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from cypher import joining
from service.engines.branches import Branch, Found, onward
from service.engines.faults import Lost, Overdue
from service.engines.protocol import Record
from service.engines.turns import Joints, Reader, together

A, B, C = (f"MATCH (n:{one}) WHERE n.vis IN $vis RETURN collect(n.id) AS rows" for one in "ABC")
COLUMN = 5  # in which ids are found


@dataclass
class Store:
    """Answers a text by its letter; a joined one as the store does, with what was found for the others."""

    asked: list[str] = field(default_factory=list[str])
    given: list[Mapping[str, object]] = field(default_factory=list[Mapping[str, object]])
    failure: Exception | None = None

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        self.asked.append(text)
        self.given.append(parameters)
        await asyncio.sleep(0)
        if not text.startswith("CALL"):
            return [{"rows": [text[9]]}]
        if self.failure is not None:
            raise self.failure
        letters = [one[0] for one in text.split("MATCH (n:")[1:]]
        linked = [place for place in range(len(letters)) if f"AS ids{place} " in text]
        rows: Record = {f"rows{place}": [[letter]] for place, letter in enumerate(letters)}
        return [rows | {f"ids{place}": [f"id-{place}"] for place in linked}]


def branches() -> tuple[Branch, Branch]:
    """A statement about what another one finds, and one about what that one finds."""
    last = Branch(C, {"vis": [2]}, 2)
    return Branch(B, {"vis": [1]}, COLUMN, [last]), last


async def read(reader: Reader, *asked: Branch) -> list[Record]:
    """What one request gets that reads a statement with some branches."""
    with together(), onward(asked):
        found = await reader.read(A, {"vis": [0]})
    await asyncio.gather(*reader.under_way)
    return found


async def test_what_is_asked_of_what_is_found_goes_in_the_same_statement_once_it_is_planned() -> None:
    store = Store()
    reader = Reader(store.read, Joints(often=1))

    first, early = await read(reader, branch := branches()[0]), branch.found
    middle, last = branches()
    second = await read(reader, middle)

    text = joining.joined([A, B, C], {1: joining.Link(0, COLUMN, 100), 2: joining.Link(1, 2, 100)})
    assert (first, early, second) == ([{"rows": ["A"]}], None, [{"rows": ["A"]}])
    assert (store.asked, store.given[-1]) == ([A, text, text], {"vis0": [0], "vis1": [1], "vis2": [2]})
    assert (middle.found, last.found) == (Found(["id-1"], [{"rows": ["B"]}]), Found(["id-2"], [{"rows": ["C"]}]))


async def test_where_the_statement_fails_only_what_was_wanted_is_asked_again() -> None:
    store = Store()
    reader = Reader(store.read, Joints(often=1))
    await read(reader, branches()[0])
    store.failure = Lost()
    store.asked.clear()
    middle, last = branches()

    assert await read(reader, middle) == [{"rows": ["A"]}]
    assert (store.asked[1:], middle.found, last.found) == ([A], None, None)


async def test_what_takes_too_long_with_what_was_not_wanted_yet_is_asked_without() -> None:
    store = Store()
    reader = Reader(store.read, Joints(often=1))
    await read(reader, branches()[0])
    store.failure = Overdue()
    store.asked.clear()

    assert [await read(reader, branches()[0]) for _ in range(2)] == [[{"rows": ["A"]}]] * 2
    assert store.asked[1:] == [A, A]


async def test_what_is_read_for_no_request_asks_no_more_than_itself() -> None:
    store = Store()
    reader = Reader(store.read, Joints(often=1))
    branch = branches()[0]

    with onward([branch]):
        found = [await reader.read(A, {"vis": [0]}) for _ in range(2)]

    assert (found, store.asked, branch.found) == ([[{"rows": ["A"]}]] * 2, [A, A], None)


async def test_a_statement_about_many_things_takes_its_branches_along_and_nothing_else() -> None:
    store = Store()
    reader = Reader(store.read, Joints(often=1))

    async def many() -> list[Record]:
        with onward([Branch(B, {"vis": [1]}, COLUMN)]):
            return await reader.read(A, {"vis": [0], "ids": [str(number) for number in range(50)]})

    for _ in range(2):
        with together():
            await asyncio.gather(many(), reader.read(C, {"vis": [2]}))
        await asyncio.gather(*reader.under_way)

    assert sorted(store.asked[-2:]) == sorted([C, joining.joined([A, B], {1: joining.Link(0, COLUMN, 100)})])
