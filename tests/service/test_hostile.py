"""Documents and bodies that nobody sends in earnest: each is refused with a code, cheaply, and tells nothing.

What they cost is counted in processor time, a generous bound above what was measured, as other programs may run beside.
"""

import asyncio
import gc
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.service.test_app import JSON, RESPONSE, ask, client

pytestmark = pytest.mark.embedded
__all__ = ["client"]  # a fixture

SECONDS = 0.25  # of the processor, for the thread that serves: measured are 0.06 at most
HINTS = ("Traceback", "Neo4j", "neo4j", "arcadedb", "ArcadeDB", "Cypher", "MATCH", ".py", "orjson", "Exception")


def chain(count: int, *, apart: bool) -> str:
    """Fragments of which each uses the next one twice: 2^count lists."""
    twice = "...f%d ... { ...f%d }" if apart else "x: people { edges { node { ...f%d } } } y: people { ...f%d }"
    links = "".join(f" fragment f{n} on Query {{ {twice % (n + 1, n + 1)} }}" for n in range(count))
    return "{ ...f0 }" + links + f" fragment f{count} on Query {{ people {{ totalCount }} }}"


def every(count: int, inside: str = "") -> str:
    """Fragments of which each uses all that come after it, or all there are."""
    names = [f"...f{n}" for n in range(count)]
    return "{ ...f0 }" + "".join(
        f" fragment f{n} on Query {{ viewer {{ name }} {' '.join(names[0 if inside else n + 1 :])} }}"
        for n in range(count)
    )


def nested(depth: int) -> str:
    """A list of people, the people they know, and so on."""
    query = "id"
    for _ in range(depth):
        query = f"... on Person {{ knows(first: 100) {{ edges {{ node {{ a {{ {query} }} }} }} }} }}"
    return f'{{ person(id: "per-ann") {{ {query} }} }}'


def filtered(depth: int) -> str:
    return "{ people(filter: " + "{not: " * depth + "{}" + "}" * depth + ") { totalCount } }"


DOCUMENTS = {
    "empty": "",
    "only a comment": "# nothing",
    "not closed": "{ viewer",
    "control characters": "{ viewer { name\x00 } }",
    "a lone surrogate": '{ person(id: "\\uD800") { name } }',
    "a surrogate out of range": '{ person(id: "\\u{110000}") { name } }',
    "a text that does not end": '{ person(id: "' + "x" * 50_000 + ") { name } }",
    "many words": "{ " + "viewer { name } " * 4000 + "}",
    "deep fields": "{ a " * 25 + "}" * 25,
    "very deep fields": "{ a " * 900 + "}" * 900,
    "very deep selections": "{ " + "... { " * 900 + "a" + " }" * 901,
    "deep lists": "{ nodes(ids: " + "[" * 1000 + "]" * 1000 + ") { id } }",
    "deep objects": filtered(60),
    "deep filters": filtered(17),
    "deep types": "query ($a: " + "[" * 900 + "Int" + "]" * 900 + ") { viewer { name } }",
    "deep by fragments": "{ ...f0 }"
    + "".join(f" fragment f{n} on Query {{ a {{ ...f{n + 1} }} }}" for n in range(25))
    + " fragment f25 on Query { a }",
    "many aliases": "{ " + " ".join(f"a{n}: viewer {{ name }}" for n in range(31)) + " }",
    "many aliases of the contract": "{ " + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(31)) + " }",
    "many directives": "{ viewer " + "@include(if: true) " * 60 + "{ name } }",
    "many unknown directives": "{ viewer " + "@a " * 600 + "{ name } }",
    "many fragments": "{ viewer { name } }"
    + "".join(f" fragment f{n} on Query {{ viewer {{ name }} }}" for n in range(31)),
    "2^28 lists": chain(28, apart=True),
    "2^28 lists under other names": chain(8, apart=False),
    "all fragments after each": every(30),
    "all fragments in each": every(30, "each"),
    "a fragment in itself": "{ ...a } fragment a on Query { " + "...a " * 600 + "}",
    "fragments in a circle": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    "one field again and again": "{ " + "viewer { name } " * 490 + "}",
    "lists again and again": "{ " + "people { edges { node { id } } } " * 190 + "}",
    "fields again and again in fragments": "{ "
    + " ".join(f"...f{n}" for n in range(30))
    + " }"
    + "".join(f" fragment f{n} on Query {{ {'viewer { name } ' * 14} }}" for n in range(30)),
    "unknown fields": "{ " + " ".join(f"viewr{n}" for n in range(1900)) + " }",
    "unknown arguments": "{ person(" + " ".join(f"i{n}: 1" for n in range(600)) + ") { name } }",
    "one argument again and again": "{ person(" + 'id: "a" ' * 600 + ") { name } }",
    "unknown values": '{ search(text: "x", kinds: [' + "PERSO " * 1900 + "]) { totalCount } }",
    "unused variables": "query (" + " ".join(f"$v{n}: Int" for n in range(480)) + ") { viewer { name } }",
    "operations of one name": "query A { viewer { name } } " * 240,
    "no operation that is meant": "query A { viewer { name } } query B { viewer { name } }",
    "a number of 50,000 digits": "{ people(first: " + "9" * 50_000 + ") { totalCount } }",
    "a fraction of 50,000 digits": "{ people(first: 0." + "9" * 50_000 + ") { totalCount } }",
    "the contract in circles": "{ __schema { types { " + "fields { type { " * 8 + "name" + " } }" * 8 + " } } }",
    "a page of a page of a page": nested(3),
    "everything at once": "{ people(first: 1000) { edges { node { knows(first: 100) { totalCount } } } } }",
    "a subscription": "subscription { viewer { name } }",
}
WITH_VARIABLES: dict[str, tuple[str, dict[str, Any]]] = {
    "pages by variables": (
        "query ($n: Int) { people(first: $n) { edges { node { knows(first: $n) { totalCount } } } } }",
        {"n": 1000},
    ),
    "a number that is a text": ("query ($n: Int) { people(first: $n) { totalCount } }", {"n": "1"}),
    "a number beyond all pages": ("query ($n: Int) { people(first: $n) { totalCount } }", {"n": 10**30}),
    "an object that is a text": ("query ($f: PersonFilter) { people(filter: $f) { totalCount } }", {"f": "{}"}),
}
BODIES = {
    "nothing": (b"", 400),
    "a list of documents": (b'[{"query": "{ viewer { name } }"}]', 400),
    "a text": (b'"{ viewer { name } }"', 400),
    "no number": (b'{"query": "{ viewer { name } }", "variables": {"a": NaN}}', 400),
    "an endless number": (b'{"query": "{ viewer { name } }", "variables": {"a": Infinity}}', 400),
    "a number too large": (b'{"query": "{ viewer { name } }", "variables": {"a": 1e999}}', 400),
    "many digits": (b'{"query": "{ viewer { name } }", "variables": {"a": ' + b"1" * 60_000 + b"}}", 400),
    "a lone surrogate": (b'{"query": "{ viewer { name } }", "variables": {"a": "\\ud800"}}', 400),
    "no UTF-8": (b'{"query": "{ viewer { name } } # \xff"}', 400),
    "a byte order mark": (b'\xef\xbb\xbf{"query": "{ viewer { name } }"}', 400),
    "deep lists": (b'{"query": "{ viewer { name } }", "variables": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}", 400),
    "very deep lists": (b"[" * 65_000, 400),
    "very deep objects": (b'{"a":' * 13_000, 400),
    "quotation marks": (b'"' * 65_535, 400),
    "strokes": (b'"' + b"\\" * 65_534, 400),
    "a text that does not end": (b'{"query": "' + b"x" * 60_000, 400),
    "more after its end": (b'{"query": "{ viewer { name } }"} {}', 400),
    "a document that is a number": (b'{"query": 1}', 400),
    "variables that are a list": (b'{"query": "{ viewer { name } }", "variables": []}', 400),
    "10 MB": (b'{"query": "' + b"x" * 10_000_000 + b'"}', 413),
}


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing of what is refused is an error of ours."""
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING] == []


async def bounded(send: Callable[[], Any]) -> httpx.Response:
    """The response, once it is known to have cost little."""
    gc.disable()  # what earlier tests left is not of this document's making
    try:
        began = time.thread_time()
        response: httpx.Response = await send()
        spent = time.thread_time() - began
    finally:
        gc.enable()
    assert spent < SECONDS
    return response


def assert_refused(response: httpx.Response, status: int = 400) -> None:
    """It is a refusal with a code and a short sentence in which nothing of what lies beneath is named."""
    body = response.json()
    assert (response.status_code, response.headers["content-type"]) == (status, f"{RESPONSE}; charset=utf-8")
    assert set(body) <= {"errors", "extensions"}
    assert 1 <= len(body["errors"]) <= 21
    assert {one["extensions"]["code"] for one in body["errors"]} <= {"BAD_USER_INPUT", "TOO_EXPENSIVE"}
    assert [hint for hint in HINTS for one in body["errors"] if hint in one["message"]] == []
    assert len(response.content) < 64 * 1024


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_hostile_document_is_refused_cheaply_with_a_code(client: httpx.AsyncClient, name: str) -> None:
    client.headers["Accept"] = RESPONSE

    assert_refused(await bounded(lambda: ask(client, DOCUMENTS[name])))


@pytest.mark.parametrize("name", WITH_VARIABLES)
async def test_a_document_made_hostile_by_its_variables_is_refused_alike(client: httpx.AsyncClient, name: str) -> None:
    client.headers["Accept"] = RESPONSE
    query, variables = WITH_VARIABLES[name]

    assert_refused(await bounded(lambda: ask(client, query, variables=variables)))


@pytest.mark.parametrize("name", BODIES)
async def test_a_hostile_body_is_refused_before_any_document_is_read(client: httpx.AsyncClient, name: str) -> None:
    body, status = BODIES[name]
    headers = {"Accept": RESPONSE, "Content-Type": JSON}

    assert_refused(await bounded(lambda: client.post("/graphql", content=body, headers=headers)), status)


async def test_what_is_hostile_by_post_is_hostile_by_get(client: httpx.AsyncClient) -> None:
    client.headers["Accept"] = RESPONSE
    for name in ("2^28 lists", "many aliases", "everything at once", "a lone surrogate", "fragments in a circle"):
        assert_refused(await client.get("/graphql", params={"query": DOCUMENTS[name]}))
    asked = {"query": "{ viewer { name } }", "variables": '{"a": ' + "[" * 900 + "]" * 900 + "}"}
    assert_refused(await client.get("/graphql", params=asked))


async def test_what_is_too_expensive_says_what_it_would_cost(client: httpx.AsyncClient) -> None:
    response = await ask(client, DOCUMENTS["everything at once"])

    assert response.json() == {
        "errors": [
            {
                "message": "the document asks for up to 101,000 things; stay within 50,000 by smaller pages or fewer "
                "lists in lists",
                "extensions": {"code": "TOO_EXPENSIVE"},
            }
        ],
        "extensions": {"cost": 101_000},
    }


async def test_a_body_that_comes_slowly_keeps_nobody_else_waiting(client: httpx.AsyncClient) -> None:
    body = json.dumps({"query": "{ viewer { name } }"}).encode()
    released = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield body[:5]
        await released.wait()
        yield body[5:]

    waiting = asyncio.create_task(client.post("/graphql", content=slow(), headers={"Content-Type": JSON}))
    other = await ask(client, "{ viewer { name } }")
    done = waiting.done()
    released.set()

    assert (done, (await waiting).json()) == (False, other.json())
