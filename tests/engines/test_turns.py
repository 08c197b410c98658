"""What one request reads at one turn, over a store that says how it was asked."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import pytest

import cypher
from cypher import joining
from cypher.clauses import writes
from cypher.header import header
from cypher.tokens import read
from service.engines.faults import Lost, Overdue
from service.engines.protocol import Engine, Record
from service.engines.turns import MOST, Joints, Reader, together
from service.errors import Code, ServiceError

A, B, C = (f"MATCH (n:{one}) WHERE n.vis IN $vis RETURN collect(n.id) AS rows" for one in "ABC")
SHORT = 1_000  # characters
APART = ("cypher/migrations/", "cypher/catalogue/")  # what they say stands alone by its nature


@dataclass
class Store:
    """Answers a text with its own words; a joined one as the store does."""

    asked: list[str] = field(default_factory=list[str])
    failures: dict[str, Exception] = field(default_factory=dict[str, Exception])
    waits: asyncio.Event | None = None
    cancelled: int = 0

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        self.asked.append(text)
        try:
            await (self.waits.wait() if self.waits else asyncio.sleep(0))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        for part, failure in self.failures.items():
            if part in text:
                raise failure
        if text.startswith("CALL"):
            parts = text.split("CALL () { CALL () { ")[1:]
            return [{f"rows{place}": [[part[9], parameters[f"vis{place}"]]] for place, part in enumerate(parts)}]
        return [{"rows": [text[9], parameters["vis"]]}]


async def asked(reader: Reader, *texts: str) -> list[object]:
    """What one request gets that asks these at one turn."""
    with together():
        found = await asyncio.gather(
            *(reader.read(text, {"vis": [len(text)]}) for text in texts), return_exceptions=True
        )
    return [one if isinstance(one, BaseException) else one[0]["rows"] for one in found]


async def begun(store: Store) -> None:
    """Nothing, once the store has been asked something."""
    for _ in range(10):
        await asyncio.sleep(0)
    assert store.asked


async def planned(store: Store) -> Reader:
    """A reader whose store has planned the two as one statement."""
    reader = Reader(store.read, Joints(often=1))
    await asked(reader, A, B)
    await asyncio.gather(*reader.under_way)
    store.asked.clear()
    return reader


async def test_what_was_wanted_together_three_times_is_planned_beside_and_then_one_statement() -> None:
    store = Store()
    reader = Reader(store.read)

    found = list[list[object]]()
    for _ in range(5):
        found.append(await asked(reader, B, A))
        await asyncio.gather(*reader.under_way)

    assert found == [[["B", [len(B)]], ["A", [len(A)]]]] * 5
    joined = joining.joined([A, B])
    assert store.asked == [A, B, A, B, A, B, joined, joined, joined]


async def test_what_a_list_asks_for_its_children_a_turn_later_still_goes_along() -> None:
    store = Store()
    reader = await planned(store)

    async def later() -> list[Record]:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return await reader.read(B, {"vis": [1]})

    with together():
        await asyncio.gather(reader.read(A, {"vis": [0]}), asyncio.create_task(later()))

    assert store.asked == [joining.joined([A, B])]


async def test_two_requests_are_never_in_one_statement() -> None:
    store = Store()
    reader = await planned(store)

    await asyncio.gather(asked(reader, A), asked(reader, B))

    assert sorted(store.asked) == [A, B]


async def test_what_is_read_for_no_request_goes_by_itself() -> None:
    store = Store()
    reader = await planned(store)

    await asyncio.gather(reader.read(A, {"vis": [0]}), reader.read(B, {"vis": [0]}))

    assert store.asked == [A, B]


async def test_where_one_cannot_be_answered_the_others_are_and_it_says_what_is_wrong_itself() -> None:
    failure = ServiceError(Code.TOO_EXPENSIVE, "the question needs more memory than the store allows; narrow it")
    store = Store()
    reader = await planned(store)
    store.failures["(n:B)"] = failure

    found = await asked(reader, A, B)

    assert found == [["A", [len(A)]], failure]
    assert len(store.asked) == 3


async def test_a_store_that_answers_no_record_together_is_asked_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store()
    reader = await planned(store)
    alone = reader.alone

    async def nothing(text: str, parameters: Mapping[str, object]) -> list[Record]:
        return [] if text.startswith("CALL") else await alone(text, parameters)

    monkeypatch.setattr(reader, "alone", nothing)

    assert await asked(reader, A, B) == [["A", [len(A)]], ["B", [len(B)]]]


@pytest.mark.parametrize("failure", [Overdue(), Lost()])
async def test_a_deadline_passes_for_all_and_a_lost_store_is_asked_once_more(failure: ServiceError) -> None:
    store = Store()
    reader = await planned(store)
    store.failures["CALL"] = failure

    found = await asked(reader, A, B)

    late = isinstance(failure, Overdue)
    assert found == ([failure, failure] if late else [["A", [len(A)]], ["B", [len(B)]]])
    assert len(store.asked) == (1 if late else 3)


async def test_who_leaves_takes_nothing_from_the_others_and_the_last_one_ends_the_reading() -> None:
    store = Store()
    reader = await planned(store)
    store.waits = asyncio.Event()
    with together():
        first, second = (asyncio.create_task(reader.read(text, {"vis": [0]})) for text in (A, B))
        await begun(store)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert (len(store.asked), store.cancelled) == (1, 0)
        second.cancel()
        await asyncio.gather(second, *reader.under_way, return_exceptions=True)

    assert (len(store.asked), store.cancelled, reader.under_way) == (1, 1, set())


async def test_whoever_left_before_anything_was_sent_is_not_asked_for() -> None:
    store = Store()
    reader = await planned(store)
    with together():
        first, second = (asyncio.create_task(reader.read(text, {"vis": [0]})) for text in (A, B))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, second, return_exceptions=True)

    assert store.asked == [B]


async def test_what_takes_too_long_together_goes_apart_from_then_on() -> None:
    store = Store()
    reader = await planned(store)
    store.failures["CALL"] = Overdue()
    await asked(reader, A, B)
    store.asked.clear()

    assert await asked(reader, A, B) == [["A", [len(A)]], ["B", [len(B)]]]
    assert store.asked == [A, B]


async def test_what_the_store_cannot_plan_together_goes_apart() -> None:
    store = Store(failures={"CALL": ServiceError(Code.INTERNAL, "the store could not carry out a statement")})
    reader = await planned(store)

    assert await asked(reader, A, B) == [["A", [len(A)]], ["B", [len(B)]]]
    assert store.asked == [A, B]


async def test_what_took_too_long_to_plan_is_tried_again_when_it_was_wanted_a_hundred_times_more() -> None:
    store = Store(failures={"CALL": Overdue()})
    reader = await planned(store)
    store.failures.clear()

    for _ in range(103):
        await asked(reader, A, B)
        await asyncio.gather(*reader.under_way)

    assert store.asked == [A, B] * 101 + [joining.joined([A, B])] * 3


async def test_what_is_asked_about_many_things_goes_by_itself() -> None:
    store = Store()
    reader = await planned(store)
    many = list(range(26))

    with together():
        await asyncio.gather(reader.read(A, {"vis": [0]}), reader.read(B, {"vis": [0], "ids": many}))

    assert store.asked == [A, B]


def test_what_was_wanted_longest_ago_is_forgotten() -> None:
    joints = Joints(often=2)
    joints.joint((A, B))
    for number in range(200):
        joints.joint((A, C, str(number)))

    assert joints.joint((A, B)) is None
    assert joints.joint((A, B)) is not None


def test_what_is_long_to_plan_or_alone_is_not_joined() -> None:
    joints = Joints(often=1)

    assert (joints.joint((A,)), joints.joint((A, B + " + []" * 2_000))) == (None, None)


@pytest.mark.neo4j
async def test_short_questions_are_answered_the_same_in_one_statement(neo4j: Engine) -> None:
    files = {file: text for file, text in cypher.files().items() if not file.startswith(APART) and len(text) < SHORT}
    texts = [text for file, text in files.items() if not writes(read(text, file))]
    examples = ", ".join(header(read(text, text)).example or "{}" for text in texts)
    (given,) = await neo4j.read(f"RETURN [{examples}] AS rows", {})
    asked = list(zip(texts, cast("list[dict[str, object]]", given["rows"]), strict=True))
    assert len(asked) > 50

    for start in range(0, len(asked), MOST):
        some = asked[start : start + MOST]
        (record,) = await neo4j.read(
            joining.joined([text for text, _ in some]), joining.given([parameters for _, parameters in some])
        )
        assert joining.answers(record) == [await neo4j.read(*one) for one in some]


@pytest.mark.neo4j
async def test_a_text_that_answers_no_record_takes_nothing_from_those_beside_it(neo4j: Engine) -> None:
    none, one = "MATCH (n:Nowhere) RETURN n.id AS rows", "RETURN [$one] AS rows"
    for texts in ([none, one, none], [one, none, one], [none, none, none]):
        (record,) = await neo4j.read(joining.joined(texts), joining.given([{"one": 1}] * 3))
        assert joining.answers(record) == [[{"rows": [1]}] if text == one else [] for text in texts]
