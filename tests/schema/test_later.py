"""What is read for several is there for each of them, whatever becomes of the others."""

import asyncio
from collections.abc import Sequence

import pytest

from schema.later import Later, Loader, Together
from service.graph.questions.onward import Onward


class Shelf:
    """Reads when it is told to, and remembers what it was asked for at a time."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.open = asyncio.Event()
        self.error: Exception | None = None

    async def read(self, ids: list[str]) -> Sequence[str]:
        self.asked.append(ids)
        await self.open.wait()
        if self.error is not None:
            raise self.error
        return [one.upper() for one in ids]


async def told(later: Later[str]) -> str:
    return await later


async def test_what_is_asked_at_once_is_read_at_once_and_the_same_only_once() -> None:
    shelf = Shelf()
    shelf.open.set()
    loader = Loader(shelf.read, most=2)

    found = await asyncio.gather(*(told(loader.load(one)) for one in ("a", "b", "a", "c")))

    assert (found, shelf.asked) == (["A", "B", "A", "C"], [["a", "b"], ["c"]])
    assert (await loader.load("c").then(str.lower), len(shelf.asked)) == ("c", 2)


async def test_whoever_stops_waiting_leaves_the_reading_to_the_others() -> None:
    shelf = Shelf()
    loader = Loader(shelf.read, most=9)
    going, staying = (asyncio.create_task(told(loader.load("a"))) for _ in range(2))
    await asyncio.sleep(0.01)

    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    shelf.open.set()

    assert (going.cancelled(), await staying) == (True, "A")


async def test_a_reading_that_fails_fails_for_all_who_asked() -> None:
    shelf = Shelf()
    shelf.error = ValueError("torn")
    shelf.open.set()
    loader = Loader(shelf.read, most=9)

    found = await asyncio.gather(*(told(loader.load(one)) for one in ("a", "b")), return_exceptions=True)

    assert [str(one) for one in found] == ["torn", "torn"]


async def test_nothing_more_is_read_for_a_request_that_has_ended() -> None:
    shelf = Shelf()
    loader = Loader(shelf.read, most=9)
    waiting = asyncio.create_task(told(loader.load("a")))
    await asyncio.sleep(0.01)

    loader.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    shelf.open.set()
    await asyncio.sleep(0.01)

    assert shelf.asked == [["a"]]


async def test_what_is_asked_of_several_is_read_with_what_is_asked_of_one_and_stands_in_their_order() -> None:
    shelf = Shelf()
    shelf.open.set()
    asked = Together(Loader(shelf.read, most=2), lambda id, found: f"{id}{found}")

    one, several = asked.of("b"), asked.each(["c", "b", "a"])

    assert (await one, await several, shelf.asked) == ("bB", ["cC", "bB", "aA"], [["b", "c"], ["a"]])


async def test_several_fail_where_one_reading_of_theirs_does() -> None:
    shelf = Shelf()
    shelf.error = ValueError("torn")
    shelf.open.set()

    with pytest.raises(ValueError, match="torn"):
        await Loader(shelf.read, most=1).each(["a", "b"])


async def test_what_was_found_ahead_is_not_read_again() -> None:
    shelf = Shelf()
    shelf.open.set()
    loader = Loader(shelf.read, most=9)
    asked = await told(loader.load("a"))

    loader.under("thing", "Kind").tell({"a": "other", "b": "found"})

    assert (asked, await loader.each(["a", "b", "c"]), shelf.asked) == ("A", ["A", "found", "C"], [["a"], ["c"]])


async def test_what_will_be_asked_of_what_is_found_is_said_once_and_left_out_where_it_cannot_be() -> None:
    shelf = Shelf()
    upper, lower = Loader(shelf.read, most=9), Loader(shelf.read, most=9)

    def torn() -> Onward:
        raise ValueError("torn")

    for key in (1, 1, 2):
        upper.follow(key, lambda: lower.under("thing", "Kind"))
    upper.follow(3, torn)

    assert [(one.field, one.kind, one.asked) for one in upper.onward] == [("thing", "Kind", None)] * 2
    upper.onward[0].begin(["a"])
    await asyncio.sleep(0.01)
    assert shelf.asked == [["a"]]
    lower.close()
