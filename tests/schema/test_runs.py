"""A document that was run before is run by its plan, and what is odd there by an executor, as if it came first."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from collections.abc import Mapping
from typing import Any

import orjson
import pytest
from graphql import parse

from schema.shaping import Plans, Shaping, executed
from service.errors import Code, ServiceError
from tests.schema.garden import Garden, contract
from tests.schema.test_shaping import Stock

CONTRACT = contract()
PLANT = "query ($id: ID!, $times: Int) { plant(id: $id) { name watered(times: $times) } }"


class Counted(Shaping):
    """An executor that tells how many there were."""

    made = 0

    def __init__(self, *given: Any, **named: Any) -> None:
        Counted.made += 1
        super().__init__(*given, **named)


class Asked:
    """A document that is run again and again in the same garden; `executors` were made for it."""

    def __init__(self, text: str, garden: Garden | None = None) -> None:
        Counted.made = 0
        self.document, self.plans = parse(text), Plans()
        self.garden = garden or Garden("a seed", spoilt=False)

    async def run(self, variables: Mapping[str, object] | None = None, name: str | None = None) -> bytes:
        """What both executors answer, and the plan; they have to agree."""
        stock = await self._answer(variables, name, Stock)
        planned = await self._answer(variables, name, Counted)
        assert planned == stock
        return planned

    @property
    def executors(self) -> int:
        return Counted.made

    async def _answer(self, variables: Mapping[str, object] | None, name: str | None, how: Any) -> bytes:
        result = await executed(
            CONTRACT, self.document, self.plans, self.garden, variables, operation_name=name, shaping=how
        )
        return orjson.dumps(result.formatted)


async def test_an_executor_is_made_for_the_first_run_alone() -> None:
    asked = Asked(PLANT)

    answers = [await asked.run({"id": id, "times": times}) for id, times in (("a", 1), ("b", 2), ("c", 3))]

    assert asked.executors == 1
    assert answers[1] == b'{"data":{"plant":{"name":"Plant 98","watered":16}}}'


@pytest.mark.parametrize("variables", [{}, {"id": None}, {"id": ["a"]}, {"id": "a", "times": "x"}, {"id": 1.5}, None])
async def test_variables_that_cannot_be_read_are_told_as_ever(variables: Mapping[str, object] | None) -> None:
    asked = Asked(PLANT)
    await asked.run({"id": "a"})

    assert b'"errors"' in await asked.run(variables)
    assert asked.executors == 1  # an invalid variable needs none


@pytest.mark.parametrize(
    ("given", "seen"), [('$ids: [ID!] = ["a"]', {}), ("$ids: [ID!]", {"ids": "a"}), ("$ids: [ID!]", {"ids": ["a"]})]
)
async def test_lists_and_defaults_are_read_as_ever(given: str, seen: Mapping[str, object]) -> None:
    asked = Asked(f"query ({given}) {{ things(ids: $ids) {{ id }} }}")

    assert {await asked.run(seen) for _ in range(3)} == {b'{"data":{"things":[{"id":"pla-97"}]}}'}
    assert asked.executors == 1


async def test_each_operation_of_a_document_has_conditions_of_its_own() -> None:
    asked = Asked("""
        query A { plant(id: "a") { id name } }
        query B($less: Boolean!) { plant(id: "a") { id name @skip(if: $less) } }
    """)
    await asked.run(name="A")

    answers = [await asked.run({"less": less}, "B") for less in (True, False, True, False)]

    assert (
        answers[:2]
        == answers[2:]
        == [b'{"data":{"plant":{"id":"pla-97"}}}', b'{"data":{"plant":{"id":"pla-97","name":"Plant 97"}}}']
    )
    assert asked.executors == 3


async def test_what_is_said_once_is_not_asked_again_where_a_plan_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[tuple[object, ...]]()
    said = Garden.said

    def failing(self: Garden, what: tuple[object, ...], value: Any) -> Any:
        told.append(what)
        if what == ("person", "b"):
            raise ServiceError(Code.TIMEOUT, "too late")
        if what == ("thing", "b"):
            return 7
        return said(self, what, value)

    monkeypatch.setattr(Garden, "said", failing)
    asked = Asked("query ($id: ID!) { person(id: $id) { id } thing(id: $id) { id } plant(id: $id) { id } }")
    await asked.run({"id": "a"})
    told.clear()

    answer = orjson.loads(await asked.run({"id": "b"}))

    assert sorted(error["path"][0] for error in answer["errors"]) == ["person", "thing"]
    assert sorted(told) == sorted([("person", "b"), ("thing", "b"), ("plant", "b")] * 2)  # once by either
