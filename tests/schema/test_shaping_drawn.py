"""Answers to thousands of documents, drawn over a contract of every sort of field, are those of the stock executor."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import gc
import logging
import sys
from collections import Counter
from collections.abc import Coroutine, Generator, Sequence
from inspect import CORO_CLOSED, getcoroutinestate, iscoroutine
from typing import Any, ClassVar, cast

import orjson
import pytest
from graphql import DocumentNode, parse

from schema.errors import told
from schema.shaping import Plans, Shaping, attempts, executed, runs
from schema.shaping.attempts import Attempt, Question
from tests.schema.documents import Drawn, drawn
from tests.schema.garden import Garden, contract
from tests.schema.test_shaping import Counting as Planned
from tests.schema.test_shaping import Stock

DOCUMENTS = 5_000
SPOILT = 0.5  # of the gardens
NOTED = 4  # whom they show is compared in every fourth
CONTRACT = contract()


class Counting(Shaping):
    """Counts what was put out at once, what was waited for, and what had to be done again."""

    ends: ClassVar[Counter[str]] = Counter()

    def _noted(self, attempt: Attempt) -> None:
        self.ends["waited" if attempt.waited else "at once"] += 1
        super()._noted(attempt)

    def _stock(self) -> Shaping:
        self.ends["again"] += 1
        return super()._stock()


class Waiting(Shaping):
    """Leaves everything to the stock executor but to note whom it shows."""

    attempts = False


async def answer(
    document: DocumentNode, variables: dict[str, object], garden: Garden, how: type[Any], plans: Plans
) -> tuple[bytes, dict[object, list[object]], frozenset[str]]:
    """The data of an answer, the errors of each question in their order, and who was shown where nothing failed."""
    result = await executed(CONTRACT, document, plans, garden, variables, shaping=how)
    errors: dict[object, list[object]] = {}
    for error in told(result.errors or [], None):
        # Questions beside each other fail when they do; what is wrong with one of them stands in its own order.
        errors.setdefault((error.get("path") or [None])[0], []).append(error)  # type: ignore[index]
    return orjson.dumps(result.data), errors, frozenset(garden.shown)


async def compared(seed: str) -> tuple[str | None, bool]:
    """What differs for a seed, and whether anything failed."""
    document: Drawn = drawn(CONTRACT, seed)
    parsed, plans = parse(document.text), Plans()
    spoilt = Garden(f"which {seed}", spoilt=False).dice().random() < SPOILT

    async def asked(how: type[Any]) -> tuple[object, ...]:
        return await answer(parsed, document.variables, Garden(seed, spoilt), how, plans)

    stock, first, again = await asked(Stock), await asked(Counting), await asked(Counting)
    failed = bool(stock[1])
    # Of those that an error takes out of an answer nobody can say whether they were put out before.
    noted = first[2] if failed or int(seed) % NOTED else (await asked(Waiting))[2]
    same = [one[:2] if failed else one for one in (first, again, (*stock[:2], noted))]
    return (None if same[0] == same[1] == same[2] else f"{seed}: {document} {same}"), failed


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Where a field fails, the stock executor lets go of what its siblings would have waited for: nobody is told.

    Whatever is kept to be told of at a test's end, ignored or not, keeps more of the same alive for the next test.
    """
    tell = sys.unraisablehook

    def hook(told: "sys.UnraisableHookArgs") -> None:
        if not iscoroutine(told.object):
            tell(told)

    with monkeypatch.context() as patch:
        patch.setattr(sys, "unraisablehook", hook)
        yield
        gc.collect()


@pytest.mark.usefixtures("let_go")
async def test_every_drawn_answer_is_that_of_the_stock_executor(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(runs, "Run", Planned)
    Planned.ends.clear()
    Counting.ends.clear()
    with caplog.at_level(logging.CRITICAL):
        found = [await compared(str(number)) for number in range(DOCUMENTS)]

    ends = Counting.ends
    assert [differs for differs, _ in found if differs is not None] == []
    assert min(ends["waited"], ends["at once"], ends["again"], sum(failed for _, failed in found)) > DOCUMENTS / 10
    assert min(Planned.ends["answered"], Planned.ends["handed on"]) > DOCUMENTS / 10


async def test_what_an_attempt_would_have_waited_for_is_let_go_without_a_complaint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = parse('{ thing(id: "a") { next { name } similar(first: 0) { name } } }')
    garden = Garden("fails at once", spoilt=False)
    each, pending = Attempt.each, list[Coroutine[object, object, object]]()

    def asked(self: Attempt, question: Question, sources: Sequence[object]) -> object:
        found = each(self, question, sources)
        values = found.values if isinstance(found, attempts.Waiting) else found
        pending.extend(one for one in cast("Sequence[object]", values) if iscoroutine(one))
        return found

    monkeypatch.setattr(Attempt, "each", asked)

    data, errors, _ = await answer(document, {}, garden, Counting, Plans())

    assert (data, len(errors["thing"])) == (b'{"thing":null}', 1)
    assert [getcoroutinestate(one) for one in pending] == [CORO_CLOSED]
