"""Documents that are named, not sent: registered beforehand, for everybody or for one token."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.app import app
from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder, Store
from service.errors import Refused, ServiceError
from service.graph import documents, tokens
from service.persisted import hash_of
from service.registering import entries
from tests.conftest import PATIENT
from tests.graph.little import graph
from tests.schema.paddock import paddock
from tests.service.test_app import RESPONSE, client, refused, serving, settings, token

__all__ = ["client"]  # a fixture

NAME = "{ viewer { name } }"
ROLES = "query Roles { viewer { roles } }"
ADA = {"data": {"viewer": {"name": "Ada"}}, "extensions": {"cost": 1}}
UNREGISTERED = "no document is registered under this id; register it, or send the document"


@pytest.fixture
async def bound(embedded: Engine, embedded_store: Folder) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a server that answers registered documents only; one is registered."""
    await paddock().save(embedded)
    await documents.save(graph(embedded), [(hash_of(NAME), "Name", NAME)])
    application = app(replace(settings(embedded_store), documents="registered"), deadlines=PATIENT)
    transport = httpx.ASGITransport(application)
    async with (
        application.router.lifespan_context(application),
        httpx.AsyncClient(transport=transport, base_url="http://paddock.example") as client,
    ):
        client.headers["Authorization"] = f"Bearer {await token(embedded, Role.MEMBERS)}"
        yield client


async def post(client: httpx.AsyncClient, **body: Any) -> httpx.Response:
    return await client.post("/graphql", json=body)


async def test_a_registered_document_is_asked_by_its_id_on_every_server_of_a_store(
    engine: Engine, store: Store
) -> None:
    await paddock().save(engine)
    secret = await token(engine, Role.MEMBERS)
    await documents.save(graph(engine), [(hash_of(NAME), "Name", NAME), ("roles-1", None, ROLES)])
    answers: list[Any] = []
    for _ in range(2):
        async with serving(store) as client:
            client.headers["Authorization"] = f"Bearer {secret}"
            answers.append((await post(client, documentId=hash_of(NAME))).json())
            answers.append((await client.get("/graphql", params={"documentId": "roles-1"})).json()["data"])

    assert answers == 2 * [ADA, {"viewer": {"roles": ["members"]}}]


async def test_what_is_replaced_or_removed_counts_for_the_next_request(engine: Engine, store: Store) -> None:
    await paddock().save(engine)
    kept = graph(engine)
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {await token(engine, Role.MEMBERS)}"
        await documents.save(kept, [("one", None, NAME)])
        before = await post(client, documentId="one")
        await documents.save(kept, [("one", None, ROLES)])
        replaced = await post(client, documentId="one")
        removed = (await documents.remove(kept, ["one", "two"]), await documents.documents(kept))
        after = await post(client, documentId="one")

    assert [one.json()["data"] for one in (before, replaced)] == [ADA["data"], {"viewer": {"roles": ["members"]}}]
    assert removed == (1, [])
    assert refused(after) == (200, "PERSISTED_QUERY_NOT_FOUND", UNREGISTERED)


@pytest.mark.embedded
async def test_a_token_has_its_own_documents_before_everybodys(client: httpx.AsyncClient, embedded: Engine) -> None:

    kept = graph(embedded)
    (mine,) = await tokens.tokens(kept)
    await documents.save(kept, [("one", None, ROLES), ("two", None, ROLES)])
    await documents.save(kept, [("one", None, NAME)], token=mine.id)
    await documents.save(kept, [("three", None, NAME)], token="tok-another")
    answers = [(await post(client, documentId=one)).json() for one in ("one", "two", "three")]

    assert [one.get("data") for one in answers] == [
        {"viewer": {"name": "Ada"}},
        {"viewer": {"roles": ["members"]}},
        None,
    ]


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"documentId": 7}, "`documentId` is no text; send an id"),
        (
            {"documentId": "sha256:7"},
            "a document's id is sha256: and 64 hexadecimal digits, or up to 128 letters, digits, `.`, `_`, `~`, `-`",
        ),
        ({"documentId": "a", "query": NAME}, "`documentId` stands for the whole document; send it alone"),
    ],
)
async def test_an_id_that_is_none_is_a_bad_request(
    client: httpx.AsyncClient, body: dict[str, Any], sentence: str
) -> None:
    assert refused(await post(client, **body)) == (400, "BAD_USER_INPUT", sentence)


@pytest.mark.embedded
async def test_where_only_registered_documents_count_each_way_to_name_one_is_answered(
    bound: httpx.AsyncClient,
) -> None:
    hashed = {"persistedQuery": {"version": 1, "sha256Hash": sha256(NAME.encode()).hexdigest()}}
    answers = [
        await post(bound, documentId=hash_of(NAME)),
        await post(bound, extensions=hashed),
        await post(bound, query=NAME),
        await post(bound, query=NAME, extensions=hashed),
    ]

    assert [one.json() for one in answers] == 4 * [ADA]


async def test_a_single_token_is_held_to_registered_documents_from_the_next_request_on(
    engine: Engine, store: Store
) -> None:
    await paddock().save(engine)
    kept = graph(engine)
    await documents.save(kept, [(hash_of(NAME), "Name", NAME)])
    async with serving(store) as client:
        client.headers["Authorization"] = f"Bearer {await token(engine, Role.MEMBERS)}"
        (mine,) = await tokens.tokens(kept)
        statuses: list[list[int]] = []
        for registered_only in (True, False):
            await documents.require(kept, mine.id, registered_only=registered_only)
            statuses.append([(await post(client, query=query)).status_code for query in (NAME, ROLES)])

    assert statuses == [[200, 403], [200, 200]]


@pytest.mark.embedded
async def test_where_only_registered_documents_count_no_other_is_run(bound: httpx.AsyncClient) -> None:
    hashed = {"persistedQuery": {"version": 1, "sha256Hash": sha256(ROLES.encode()).hexdigest()}}
    sentence = "this document is not registered; send one that is, by `documentId`"
    bound.headers["Accept"] = RESPONSE

    assert refused(await post(bound, query=ROLES)) == (403, "FORBIDDEN", sentence)
    assert refused(await post(bound, query=ROLES, extensions=hashed)) == (403, "FORBIDDEN", sentence)
    missed = await post(bound, extensions=hashed)
    assert refused(missed) == (400, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    assert refused(await post(bound, documentId="roles")) == (400, "PERSISTED_QUERY_NOT_FOUND", UNREGISTERED)


def file(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_documents_are_read_from_the_files_that_clients_tools_write(tmp_path: Path) -> None:
    bare = sha256(NAME.encode()).hexdigest()
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{"id": bare, "name": "Name", "type": "query", "body": NAME}],
    }

    assert entries(file(tmp_path, "Name.graphql", NAME)) == [(hash_of(NAME), "Name", NAME)]
    assert entries(file(tmp_path, "apollo.json", apollo)) == [(hash_of(NAME), "Name", NAME)]
    assert entries(file(tmp_path, "codegen.json", {bare: NAME})) == [(hash_of(NAME), None, NAME)]
    assert entries(file(tmp_path, "relay.json", {"5d41402abc4b2a76b9719d911017c592": NAME})) == [
        ("5d41402abc4b2a76b9719d911017c592", None, NAME)
    ]


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("{", "is no JSON (unexpected end of data)"),
        ([NAME], "holds no documents"),
        ({"a": 1}, "has no text for 'a'"),
        ({"a b": NAME}, "has the id 'a b'"),
        ({"0" * 64: NAME}, f"has another hash for 'sha256:{'0' * 64}'"),
        ({"operations": [{"id": "a"}]}, "has no text for 'a'"),
    ],
)
def test_a_manifest_that_is_none_is_refused_with_its_name(tmp_path: Path, content: object, value: str) -> None:
    with pytest.raises(Refused) as caught:
        entries(file(tmp_path, "manifest.json", content))

    assert (Path(caught.value.file).name, caught.value.value) == ("manifest.json", value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot be read"):
        entries(tmp_path / "none.graphql")
