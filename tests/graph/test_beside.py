"""Work beside a reading: both go on, and neither outlives the other's failure."""

import asyncio

import pytest

from service.graph.questions.beside import beside


class Work:
    """What takes some turns of the loop, and remembers how far it came."""

    def __init__(self, turns: int) -> None:
        self.turns = turns
        self.done = 0

    async def __call__(self) -> str:
        for _ in range(self.turns):
            self.done += 1
            await asyncio.sleep(0)
        return "worked"


async def reading(said: list[str], work: Work) -> str:
    said.append(f"asked after {work.done}")
    await asyncio.sleep(0.01)
    said.append(f"answered after {work.done}")
    return "read"


async def failing(turns: int) -> str:
    for _ in range(turns):
        await asyncio.sleep(0)
    raise ValueError("nothing was read")


async def test_the_store_is_asked_first_and_work_is_done_until_it_answers() -> None:
    said, work = list[str](), Work(5)
    assert await beside(reading(said, work), work()) == ("read", "worked")
    assert said == ["asked after 0", "answered after 5"]


async def test_work_for_what_could_not_be_read_is_given_up_and_the_reading_tells_why() -> None:
    work = Work(1000)
    with pytest.raises(ValueError, match="nothing was read"):
        await beside(failing(5), work())
    assert 0 < work.done < 1000


async def test_where_both_fail_the_reading_tells_why_and_nothing_is_left_untold() -> None:
    async def broken() -> None:
        raise LookupError("no such tie")

    with pytest.raises(ValueError, match="nothing was read"):
        await beside(failing(5), broken())
    with pytest.raises(LookupError, match="no such tie"):
        await beside(asyncio.sleep(0), broken())
