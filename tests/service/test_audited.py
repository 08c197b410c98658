"""Answers and their entries in the audit: which are entered when, and what happens where they cannot be."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

import pytest

from service.audit import UNWRITTEN, Auditor
from service.auth import Role
from service.engines.protocol import Engine, Record, SchemaItem, Transaction
from service.engines.stores import Store
from service.errors import Code, ServiceError
from service.graph.audit import Entry, Shown, entries, verify
from service.graph.model import digest
from service.graph.store import Graph
from tests.graph.little import LOBBYING, NOW, graph
from tests.schema.paddock import paddock
from tests.service.test_app import ask, serving, token

T = TypeVar("T")
WHO = """query Who($id: ID!) { ...root viewer { name } }
  fragment root on Query { person(id: $id) { name } other: person(id: "per-ben") { id } organization(id: "org-x") { id }
  }"""
SECRET = '{ person(id: "per-zed") { name } }'


async def chain(engine: Engine) -> list[Entry]:
    return [entry async for entry in entries(graph(engine))]


@dataclass(slots=True)
class Fragile:
    """An engine whose writes fail while it is down; it counts the transactions it carried out."""

    engine: Engine
    down: bool = False
    writes: int = 0
    name: ClassVar[str] = "fragile"
    slow: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        return await self.engine.read(text, parameters)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        if self.down:
            raise ServiceError(Code.TIMEOUT, "the store took too long to answer; try again or ask for less")
        self.writes += 1
        return await self.engine.write(work)

    async def define(self, text: str) -> None:
        await self.engine.define(text)

    async def schema(self) -> list[SchemaItem]:
        return await self.engine.schema()

    async def close(self) -> None:
        await self.engine.close()


def shown(*people: str) -> Shown:
    return Shown("pri-crm", "tok-1", NOW, "Who", ("person",), None, people)


async def test_an_answer_is_entered_with_who_asked_what_and_whom_it_showed(engine: Engine, store: Store) -> None:
    made = paddock()
    made.node("per-zed", "Zed", vis=LOBBYING)
    await made.save(engine)
    members, lobbying = await token(engine, Role.MEMBERS), await token(engine, Role.LOBBYING)
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {members}"
        asked = await ask(client, WHO, variables={"id": "per-ann"}, operationName="Who")
        assert asked.json()["data"]["person"] == {"name": "Ann Alloy"}
        assert (await ask(client, SECRET)).json()["data"] == {"person": None}  # nobody was shown
        for _ in range(50):
            if await chain(engine):
                break
            await asyncio.sleep(0.1)
        early = await chain(engine)
        client.headers["Authorization"] = f"Bearer {lobbying}"
        client.headers["Paddock-Purpose"] = "the duty"
        told = await ask(client, SECRET)
        at_once = await chain(engine)
        del client.headers["Paddock-Purpose"]
        await ask(client, '{ nodes(ids: ["per-ben"]) { id ... on Person { name } } }')
    principal = digest("pri", "Ada")
    people = tuple(sorted({"per-ann", "per-ben"}))
    assert told.json()["data"] == {"person": {"name": "Zed"}}
    assert [(one.principal, one.operation, one.fields, one.purpose, one.people) for one in early] == [
        (principal, "Who", ("person", "organization", "viewer"), None, people)
    ]
    assert [(one.operation, one.fields, one.purpose, one.people) for one in at_once[1:]] == [
        (None, ("person",), "the duty", ("per-zed",))
    ]
    # What was not written yet is written when the server stops.
    assert [(one.fields, one.people) for one in (await chain(engine))[2:]] == [(("nodes",), ("per-ben",))]
    assert len({one.token for one in await chain(engine)}) == 2
    assert (await verify(graph(engine))).broken is None


@pytest.mark.embedded
async def test_entries_of_many_answers_are_written_together_behind_them(embedded: Engine) -> None:
    store = Fragile(embedded)
    auditor = Auditor(Graph(store, lambda: NOW))
    auditor.begin()
    for place in range(300):
        await auditor.enter(shown(f"per-{place}"), before=False)
    assert store.writes == 0
    # One answer that waits for its entry takes along whatever is there.
    await auditor.enter(shown("per-x"), before=True)
    assert store.writes == 1
    await auditor.close()
    found = await chain(embedded)
    assert [one.people for one in found] == [*((f"per-{place}",) for place in range(300)), ("per-x",)]


@pytest.mark.embedded
async def test_nobody_is_shown_for_a_purpose_while_it_cannot_be_entered_and_the_rest_waits(embedded: Engine) -> None:
    store = Fragile(embedded, down=True)
    auditor = Auditor(Graph(store, lambda: NOW), pause=0.01, most=5)
    auditor.begin()
    await auditor.enter(shown("per-a"), before=False)
    with pytest.raises(ServiceError) as refused:
        await auditor.enter(shown("per-secret"), before=True)
    assert (refused.value.code, refused.value.message) == (Code.UNAVAILABLE, UNWRITTEN)
    # What waits is bounded: beyond that nobody is shown to anybody.
    await auditor.enter(shown("per-b"), before=False)
    with pytest.raises(ServiceError, match="nothing is shown"):
        await auditor.enter(shown("per-c", "per-d"), before=False)
    await auditor.enter(shown(), before=True)  # an answer that shows nobody passes
    store.down = False
    await auditor.close()
    assert [one.people for one in await chain(embedded)] == [("per-a",), ("per-b",)]
    with pytest.raises(ServiceError, match="nothing is shown"):
        await auditor.enter(shown("per-e"), before=False)


@pytest.mark.embedded
async def test_a_server_that_cannot_write_its_audit_answers_with_a_code_and_shows_nobody(
    embedded: Engine, embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = paddock()
    made.node("per-zed", "Zed", vis=LOBBYING)
    await made.save(embedded)
    secret = await token(embedded, Role.LOBBYING)

    async def fails(*_: object) -> None:
        raise ServiceError(Code.TIMEOUT, "slow")

    monkeypatch.setattr("service.graph.audit.append", fails)
    async with serving(embedded_store) as client:
        client.headers.update({"Authorization": f"Bearer {secret}", "Paddock-Purpose": "the duty"})
        response = await ask(client, SECRET)
    assert response.status_code == 503
    (error,) = response.json()["errors"]
    assert (list(response.json()), error["message"], error["extensions"]["code"]) == (
        ["errors"],
        UNWRITTEN,
        "UNAVAILABLE",
    )
    assert await chain(embedded) == []
