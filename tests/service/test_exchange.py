"""GraphQL over HTTP: what comes by GET, documents known by their hash, and answers that are compressed."""

import json
from hashlib import sha256
from typing import Any

import httpx
import pytest

from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder
from service.graph import tokens
from service.persisted import Documents, Named, Unknown
from tests.graph.little import graph
from tests.schema.paddock import paddock
from tests.service.test_app import RESPONSE, ask, client, refused, serving, token

pytestmark = pytest.mark.embedded
__all__ = ["client"]  # a fixture

NAME = "{ viewer { name } }"
ADA = {"data": {"viewer": {"name": "Ada"}}, "extensions": {"cost": 1}}
HASH = sha256(NAME.encode()).hexdigest()


def known(hashed: object = HASH, version: object = 1) -> dict[str, Any]:
    return {"persistedQuery": {"version": version, "sha256Hash": hashed}}


async def get(client: httpx.AsyncClient, **parameters: str) -> httpx.Response:
    return await client.get("/graphql", params=parameters)


async def test_a_query_may_come_by_get_with_all_that_belongs_to_it(client: httpx.AsyncClient) -> None:
    plain = await get(client, query=NAME)
    named = await get(
        client,
        query="query A($n: Int) { people(first: $n) { totalCount } } query B { viewer { name } }",
        variables='{"n": 3}',
        operationName="A",
        extensions="{}",
    )
    head = await client.head("/graphql", params={"query": NAME})

    assert (plain.status_code, plain.json()) == (200, ADA)
    assert named.json()["extensions"] == {"cost": 3}
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(plain.content)))


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({}, "`query` is missing or no text; send the document there"),
        (
            {"query": NAME, "variables": "{"},
            "`variables` is no JSON (unexpected end of data); send a JSON object",
        ),
        ({"query": NAME, "variables": "[]"}, "`variables` is no JSON object; send one, or leave it out"),
        ({"query": NAME, "extensions": "1"}, "`extensions` is no JSON object; send one, or leave it out"),
        ({"query": [NAME, NAME]}, "a parameter is given twice; send each once"),
    ],
)
async def test_a_get_that_asks_nothing_readable_is_a_bad_request(
    client: httpx.AsyncClient, parameters: dict[str, Any], sentence: str
) -> None:
    response = await client.get("/graphql", params=parameters)

    assert refused(response) == (400, "BAD_USER_INPUT", sentence)


async def test_a_mutation_by_get_is_refused_with_the_method_it_needs(client: httpx.AsyncClient) -> None:
    query = """query A { viewer { name } }
      mutation B { addPerson(input: {idempotencyKey: "e", name: "E"}) { errors { code } } }"""
    change = await get(client, query=query, operationName="B")
    question = await get(client, query=query, operationName="A")

    assert refused(change) == (405, "BAD_USER_INPUT", "a GET changes nothing; send mutations by POST")
    assert change.headers["allow"] == "GET, HEAD, POST"
    assert (question.status_code, question.json()) == (200, ADA)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ({"Cookie": "session=1"}, "a GET must bring no cookie; send the document by POST"),
        ({"Sec-Fetch-Site": "cross-site"}, "a GET must not come from another site; send the document by POST"),
    ],
)
async def test_a_get_that_a_browser_may_have_sent_by_itself_is_forbidden(
    client: httpx.AsyncClient, header: dict[str, str], sentence: str
) -> None:
    response = await client.get("/graphql", params={"query": NAME}, headers=header)

    assert refused(response) == (403, "FORBIDDEN", sentence)
    assert (await client.post("/graphql", json={"query": NAME}, headers=header)).json() == ADA


async def test_a_document_that_was_sent_with_its_hash_is_known_by_it_afterwards(client: httpx.AsyncClient) -> None:
    body = {"extensions": known()}
    before = await client.post("/graphql", json=body)
    typed = await client.post("/graphql", json=body, headers={"Accept": RESPONSE})
    sent = await client.post("/graphql", json={"query": NAME, **body})
    after = await client.post("/graphql", json=body)
    got = await get(client, extensions=json.dumps(known(HASH.upper())))

    assert refused(before) == (200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    assert refused(typed) == (400, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    assert [one.json() for one in (sent, after, got)] == [ADA, ADA, ADA]


async def test_what_one_person_sent_is_not_known_to_another(embedded: Engine, embedded_store: Folder) -> None:
    await paddock().save(embedded)
    async with serving(embedded_store) as client:
        created = await tokens.create(graph(embedded), "Ben", Role.MEMBERS, scopes=auth.scopes_of(Role.MEMBERS))
        secrets = (await token(embedded, Role.MEMBERS), created.secret)
        ada, ben = [{"Authorization": f"Bearer {secret}"} for secret in secrets]
        await client.post("/graphql", json={"query": NAME, "extensions": known()}, headers=ada)
        mine = await client.post("/graphql", json={"extensions": known()}, headers=ada)
        theirs = await client.post("/graphql", json={"extensions": known()}, headers=ben)

    assert mine.json() == ADA
    assert theirs.json()["errors"][0]["message"] == "PersistedQueryNotFound"


@pytest.mark.parametrize(
    ("extensions", "sentence"),
    [
        (known("0" * 64), "`sha256Hash` is not that of the document; send the hash of `query`"),
        (known(7), "`persistedQuery` must be {'version': 1, 'sha256Hash': ...}; send it so, or leave it out"),
        (known(version=2), "`persistedQuery` must be {'version': 1, 'sha256Hash': ...}; send it so, or leave it out"),
        (
            {"persistedQuery": HASH},
            "`persistedQuery` must be {'version': 1, 'sha256Hash': ...}; send it so, or leave it out",
        ),
    ],
)
async def test_a_hash_of_something_else_is_refused(
    client: httpx.AsyncClient, extensions: dict[str, Any], sentence: str
) -> None:
    assert refused(await ask(client, NAME, extensions=extensions)) == (400, "BAD_USER_INPUT", sentence)


async def test_where_room_runs_out_the_document_longest_out_of_use_goes_first() -> None:
    documents = Documents(room=3 * 650)

    async def asked(text: str, *, sent: bool) -> str:
        hashed = sha256(text.encode()).hexdigest()
        return await documents.document("ada", Named(text if sent else None, hashed), nothing)

    for text in ("a", "b", "c"):
        await asked(text, sent=True)
    await asked("a", sent=False)
    await asked("d", sent=True)

    assert [await asked(one, sent=False) for one in ("a", "c", "d")] == ["a", "c", "d"]
    with pytest.raises(Unknown):
        await asked("b", sent=False)


async def nothing(_: str) -> None:
    """What is registered: nothing."""


async def test_a_long_answer_is_compressed_for_whoever_takes_it_so(client: httpx.AsyncClient) -> None:
    query = "{ __schema { types { name } } }"
    whole = await client.post("/graphql", json={"query": query}, headers={"Accept-Encoding": "identity"})
    packed = await client.post("/graphql", json={"query": query}, headers={"Accept-Encoding": "gzip"})
    short = await client.post("/graphql", json={"query": NAME}, headers={"Accept-Encoding": "gzip"})

    assert packed.content == whole.content
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept, Accept-Encoding")
    assert ["content-encoding" in one.headers for one in (whole, short)] == [False, False]
    assert int(packed.headers["content-length"]) * 2 < int(whole.headers["content-length"])


async def test_a_body_that_is_compressed_is_not_unpacked(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": NAME}, headers={"Content-Encoding": "gzip"})

    assert refused(response) == (415, "BAD_USER_INPUT", "the body must not be compressed; send it as it is")
