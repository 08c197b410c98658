"""How documents are run: errors with codes, what they may tell, how far they may go, and what is read together."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

import pytest
from graphql import build_client_schema, get_introspection_query, lexicographic_sort_schema, print_schema

import schema
from service import auth
from service.engines.protocol import Engine, Record
from service.errors import Code, ServiceError
from service.graph.questions.agents import BY_ID, IDENTIFIERS
from service.graph.store import Graph
from tests.graph.little import NOW, graph
from tests.schema.paddock import ANN, BEN, ask, context, data, paddock

pytestmark = pytest.mark.embedded


class Failing:
    """An engine on which every question ends in the same error."""

    name = "failing"

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        raise self.error


class Counting:
    """An engine that knows how many questions it was asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.count = 0

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        self.count += 1
        return await self.engine.read(text, parameters)


async def failing(embedded: Engine, error: Exception) -> dict[str, Any]:
    """The response where a store that answered who asks then fails."""
    viewer = await auth.owner(graph(embedded))
    broken: Any = Failing(error)
    asked = await context(Graph(broken, lambda: NOW), viewer)
    return await schema.run(asked, 'query Look { viewer { name } person(id: "per-ann") { name } }')


async def test_a_question_that_fails_leaves_the_others_their_answers(embedded: Engine) -> None:
    response = await failing(embedded, ServiceError(Code.TIMEOUT, "the graph did not answer in time; try again"))

    assert response == {
        "data": {"viewer": {"name": "owner"}, "person": None},
        "errors": [
            {
                "message": "the graph did not answer in time; try again",
                "locations": [{"line": 1, "column": 30}],
                "path": ["person"],
                "extensions": {"code": "TIMEOUT"},
            }
        ],
    }


async def test_an_unexpected_failure_tells_the_client_nothing_and_the_log_everything(
    embedded: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = await failing(embedded, RuntimeError("password=hunter2"))

    assert response == {
        "data": {"viewer": {"name": "owner"}, "person": None},
        "errors": [
            {
                "message": "internal error",
                "locations": [{"line": 1, "column": 30}],
                "path": ["person"],
                "extensions": {"code": "INTERNAL"},
            }
        ],
    }
    assert "hunter2" not in json.dumps(response)
    (record,) = caplog.records
    assert record.getMessage() == "Look failed at person"
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "password=hunter2"


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        ("{ person", {}, "Syntax Error: Expected Name, found <EOF>."),
        ("{ persons }", {}, "Cannot query field 'persons' on type 'Query'. Did you mean 'person'?"),
        ("{ person { name } }", {}, "Argument 'Query.person(id:)' of type 'ID!' is required, but it was not provided."),
        (
            "query ($id: ID!) { person(id: $id) { name } }",
            {},
            "Variable '$id' has invalid value: Expected a value of non-null type 'ID!' to be provided.",
        ),
        ("mutation { save }", {}, "Cannot query field 'save' on type 'Mutation'."),
    ],
)
async def test_a_document_that_cannot_be_run_is_the_mistake_of_whoever_asked(
    embedded: Engine, query: str, variables: dict[str, object], message: str
) -> None:
    response = await ask(await context(graph(embedded)), query, **variables)

    assert list(response) == ["errors"]
    assert [(error["message"], error["extensions"]) for error in response["errors"]] == [
        (message, {"code": "BAD_USER_INPUT"})
    ]


@pytest.mark.parametrize(
    ("clocks", "message"),
    [
        ('asOf: "2026-13-01"', "'2026-13-01' is not in the calendar; correct the year, month or day"),
        ("asOf: 2026", "2026 is no text; write it in quotes"),
        (
            'knownAt: "2026-11-23T12:00:00"',
            (
                "'2026-11-23T12:00:00' is no moment; write it with its offset, as 2026-11-24T06:34:28Z or "
                "2026-11-24T06:34:28.123456+00:00"
            ),
        ),
    ],
)
async def test_a_day_or_moment_that_cannot_be_read_is_refused_with_what_it_should_be(
    embedded: Engine, clocks: str, message: str
) -> None:
    response = await ask(await context(graph(embedded)), f'{{ tie(a: "per-ann", b: "per-ben", {clocks}) {{ band }} }}')

    assert [(error["message"], error["extensions"]) for error in response["errors"]] == [
        (message, {"code": "BAD_USER_INPUT"})
    ]


async def test_a_day_that_cannot_be_read_is_refused_in_a_variable_as_well(embedded: Engine) -> None:
    query = 'query ($day: Date) { tie(a: "per-ann", b: "per-ben", asOf: $day) { band } }'

    response = await ask(await context(graph(embedded)), query, day="tomorrow")

    assert list(response) == ["errors"]
    (error,) = response["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert "'tomorrow' is no day; write it as 2019-05-03" in error["message"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ('introductionPaths(from: "per-ann", to: "per-ben", k: 21) { outcome }', "k is 21; it may be 1 to 20"),
        ('introductionPaths(from: "per-ann", to: "per-ann") { outcome }', "both ends are the same; a route needs two"),
        ('whoKnows(target: "per-ann", from: [], maxHops: 5) { outcome }', "maxHops is 5; it may be 1 to 4"),
        ('supplyChain(organization: "org-forge", maxTiers: 0) { tiers }', "maxTiers is 0; ask for 1 to 6"),
        ('search(text: "ann", first: 1001) { totalCount }', "first is 1001; it may be 1 to 1000"),
        ('person(id: "per-ann") { posts(first: 101) { totalCount } }', "first is 101; it may be 1 to 100"),
        ('person(id: "per-ann") { posts(after: "x") { totalCount } }', "this cursor is not one of this list"),
    ],
)
async def test_what_lies_outside_the_bounds_is_refused(embedded: Engine, question: str, message: str) -> None:
    asked = await context(await paddock().save(embedded))

    response = await ask(asked, f"{{ {question} }}")

    (error,) = response["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert error["message"].startswith(message)


async def test_an_argument_that_is_null_means_its_default(embedded: Engine) -> None:
    graph = await paddock().save(embedded)
    query = """query ($none: Int, $text: DisputePolicy) {
      introductionPaths(from: "per-ann", to: "per-cat", k: $none, maxHops: null, disjoint: null) { outcome }
      whoKnows(target: "per-cat", from: ["per-ann"], maxHops: null, first: null) { outcome }
      supplyChain(organization: "org-gears", direction: null, maxTiers: null, disputes: $text) { tiers }
      person(id: "per-ann") { knows(minBand: null) { totalCount } affiliations(disputes: null) { totalCount } }
      node(id: "cap-machining") { ... on Capability { holders(withNarrower: null) { totalCount } } }
    }"""

    assert await data(graph, query, none=None, text=None) == {
        "introductionPaths": {"outcome": "FOUND"},
        "whoKnows": {"outcome": "FOUND"},
        "supplyChain": {"tiers": 1},
        "person": {"knows": {"totalCount": 1}, "affiliations": {"totalCount": 1}},
        "node": {"holders": {"totalCount": 1}},
    }


async def test_a_hidden_thing_answers_byte_for_byte_like_one_that_does_not_exist(embedded: Engine) -> None:
    made = paddock()
    made.node("org-hid", "Hidden Ltd", vis=2)
    made.claim("WORKS_FOR", "per-ann", "org-hid", "clm-hid", vis=2)
    graph = await made.save(embedded)
    query = """query ($person: ID!, $firm: ID!, $claim: ID!, $evidence: ID!) {
      node(id: $claim) { id } nodes(ids: [$person, $firm, $claim, $evidence]) { id }
      person(id: $person) { name } organization(id: $firm) { name people { totalCount } }
      tie(a: "per-ann", b: $person) { strength } supplyChain(organization: $firm) { tiers }
      introductionPaths(from: "per-ann", to: $person) { outcome paths { hops } }
      whoKnows(target: $firm, from: ["per-ann", $person]) { outcome }
      through: introductionPaths(from: "per-ann", to: "per-cat", avoid: [$person]) { outcome nearestHops }
    }"""
    hidden = {"person": "per-hid", "firm": "org-hid", "claim": "clm-hid", "evidence": "kno-hid"}
    missing = {"person": "per-not", "firm": "org-not", "claim": "clm-not", "evidence": "kno-not"}

    of_hidden = await ask(await context(graph), query, **hidden)
    of_missing = await ask(await context(graph), query, **missing)

    assert json.dumps(of_hidden) == json.dumps(of_missing)
    assert of_hidden == {
        "data": {
            "node": None,
            "nodes": [None] * 4,
            "person": None,
            "organization": None,
            "tie": None,
            "supplyChain": None,
            "introductionPaths": None,
            "whoKnows": None,
            "through": {"outcome": "FOUND", "nearestHops": 2},
        }
    }
    seen = await ask(await context(graph, await auth.owner(graph)), query, **hidden)
    assert seen["data"]["nodes"] == [{"id": id} for id in hidden.values()]


async def test_pages_of_a_list_follow_each_other_and_know_how_many_there_are(embedded: Engine) -> None:
    made = paddock()
    for number in range(3):
        made.claim("WORKS_FOR", "per-ben", "org-forge", f"clm-{number}")
    graph = await made.save(embedded)
    query = """query ($first: Int, $after: Cursor, $last: Int, $before: Cursor) { organization(id: "org-forge") {
      people(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
      }
    } }"""

    async def page(**arguments: object) -> tuple[list[str], dict[str, Any]]:
        found = (await data(graph, query, **arguments))["organization"]["people"]
        cursors = [edge["cursor"] for edge in found["edges"]]
        assert (found["pageInfo"]["startCursor"], found["pageInfo"]["endCursor"]) == (cursors[0], cursors[-1])
        assert found["totalCount"] == 4
        return [edge["node"]["id"] for edge in found["edges"]], found["pageInfo"]

    first, info = await page(first=3)
    second, _ = await page(first=3, after=info["endCursor"])
    last, end = await page(last=1)
    before, _ = await page(last=2, before=end["startCursor"])

    assert (first, second) == (["clm-works", "clm-0", "clm-1"], ["clm-2"])
    assert (last, before) == (["clm-2"], ["clm-0", "clm-1"])


async def test_evidence_and_ties_are_paged_as_well(embedded: Engine) -> None:
    graph = await paddock().save(embedded)
    query = """query ($after: Cursor, $more: Cursor) { person(id: "per-ben") { knows(first: 1, after: $after) {
      edges { cursor node { b { name } evidence(first: 1, after: $more) {
        edges { cursor node { id } } pageInfo { hasNextPage } totalCount
      } } } totalCount
    } } }"""

    first = (await data(graph, query))["person"]["knows"]
    tie = first["edges"][0]
    second = (await data(graph, query, after=tie["cursor"]))["person"]["knows"]
    more = (await data(graph, query, more=tie["node"]["evidence"]["edges"][0]["cursor"]))["person"]["knows"]

    assert (tie["node"]["b"], first["totalCount"], second["totalCount"]) == (ANN, 2, 2)
    assert [edge["node"]["b"] for edge in second["edges"]] == [{"name": "Cat Camshaft"}]
    assert tie["node"]["evidence"]["pageInfo"] == {"hasNextPage": True}
    rest = more["edges"][0]["node"]["evidence"]
    assert [edge["node"]["id"] for edge in rest["edges"]] == ["kno-card"]
    assert (rest["pageInfo"], rest["totalCount"]) == ({"hasNextPage": False}, 2)


async def test_what_siblings_are_asked_for_is_read_in_one_statement(embedded: Engine) -> None:
    saved = await paddock().save(embedded)
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person {
      name identifiers { value } mergedIds
      affiliations { edges { node { organization { name members { totalCount } } } } }
      knows { edges { node { evidence { edges { node { about { id } } } } } } }
    } } }"""

    async def count(*ids: str) -> int:
        engine: Any = Counting(embedded)
        asked = await context(Graph(engine, saved.clock, saved.secret), await auth.owner(saved))
        await asked.network.projection()
        engine.count = 0
        assert (await ask(asked, query, ids=ids)).get("errors") is None
        return int(engine.count)

    assert await count("per-ann", "per-ben", "per-cat") == await count("per-ann")


async def test_a_cursor_refused_for_one_list_leaves_its_siblings_theirs(embedded: Engine) -> None:
    made = paddock()
    made.claim("WORKS_FOR", "per-ben", "org-forge", "clm-ben")
    graph = await made.save(embedded)
    query = """query ($after: Cursor) { nodes(ids: ["org-gears", "org-forge"]) { ... on Organization {
      people(first: 1, after: $after) { edges { cursor node { person { name } } } }
    } } }"""
    first = await data(graph, query)

    response = await ask(await context(graph), query, after=first["nodes"][1]["people"]["edges"][0]["cursor"])

    assert [edge["node"]["person"] for edge in response["data"]["nodes"][1]["people"]["edges"]] == [BEN]
    assert [(error["path"], error["extensions"]["code"]) for error in response["errors"]] == [
        (["nodes", 0, "people"], "BAD_USER_INPUT")
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "{ " + "viewer { name } " * 600 + "}",
            "Syntax Error: Document contains more than 2000 tokens. Parsing aborted.",
        ),
        ("{ a " * 21 + "}" * 21, "the document is nested too deeply; stay within 20 levels of fields"),
        ("{ a " * 400 + "}" * 400, "Syntax Error: Document is nested too deeply. Parsing aborted."),
        ("[" * 1900, "Syntax Error: Unexpected '['."),
        ("{ a(b: " + "[" * 1900, "Syntax Error: Document is nested too deeply. Parsing aborted."),
        (
            "{ ...a } "
            + "".join(
                f"fragment {one} on Query {{ x {{ ...{other} }} }} "
                for one, other in zip("abcdefghijklmnopqrstuvw", "bcdefghijklmnopqrstuvwx", strict=True)
            ),
            "the document is nested too deeply; stay within 20 levels of fields",
        ),
    ],
    ids=["tokens", "fields", "stack", "no-document", "values", "fragments"],
)
async def test_a_document_beyond_the_limits_is_refused_before_anything_is_run(
    embedded: Engine, query: str, message: str
) -> None:
    response = await ask(await context(graph(embedded)), query)

    assert [(error["message"], error["extensions"]) for error in response["errors"]] == [
        (message, {"code": "BAD_USER_INPUT"})
    ]


async def test_fragments_that_stand_for_millions_of_fields_are_refused_or_read_once(embedded: Engine) -> None:
    chain = "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(28))
    began = time.process_time()

    response = await ask(
        await context(graph(embedded)), "{ ...f0 } " + chain + "fragment f28 on Query { viewer { name } }"
    )

    assert response == {"data": {"viewer": {"name": "owner"}}}
    assert time.process_time() - began < 2


async def test_fragments_in_a_circle_are_refused(embedded: Engine) -> None:
    query = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"

    response = await ask(await context(graph(embedded)), query)

    assert [error["message"] for error in response["errors"]] == ["Cannot spread fragment 'a' within itself via 'b'."]


async def test_the_contract_describes_itself_to_tools(embedded: Engine) -> None:
    found = await data(graph(embedded), get_introspection_query())

    assert print_schema(lexicographic_sort_schema(build_client_schema(found))) + "\n" == schema.sdl()


class Holding:
    """An engine that gives no agent before it was asked what is said of it."""

    name = "holding"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.said = asyncio.Event()
        self.asked: list[str] = []

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        self.asked.append(text)
        if text == BY_ID.text:
            await asyncio.wait_for(self.said.wait(), 5)
        if text == IDENTIFIERS.text:
            self.said.set()
        return await self.engine.read(text, parameters)


async def test_what_is_said_of_a_thing_asked_for_by_id_is_read_with_it_and_only_once(embedded: Engine) -> None:
    await paddock().save(embedded)
    holding = Holding(embedded)
    asked = await context(replace(graph(embedded), engine=cast("Engine", holding)))
    holding.asked.clear()

    found = await ask(asked, '{ person(id: "per-ann") { name mergedIds identifiers { scheme } } }')

    assert found == {"data": {"person": {"name": "Ann Alloy", "mergedIds": [], "identifiers": []}}}
    assert holding.asked == [BY_ID.text, IDENTIFIERS.text]


async def test_nothing_is_said_of_a_thing_that_is_not_there_however_early_it_was_asked(embedded: Engine) -> None:
    await paddock().save(embedded)

    found = await ask(await context(graph(embedded)), '{ person(id: "per-nobody") { name identifiers { scheme } } }')

    assert found == {"data": {"person": None}}


async def test_an_answer_knows_whether_anything_of_it_was_kept_in_memory(embedded: Engine) -> None:
    await paddock().save(embedded)
    found = list[bool]()

    for query in ('{ person(id: "per-ann") { name } }', '{ person(id: "per-ann") { knows { totalCount } } }'):
        asked = await context(graph(embedded))
        await ask(asked, query)
        found.append(asked.remembered)

    assert found == [False, True]


async def test_a_long_document_is_read_beside_other_requests_the_first_time_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, beside = list[str](), asyncio.to_thread

    async def counted(function: Callable[..., object], *given: Any) -> object:
        read.append(given[0])
        return await beside(function, *given)

    monkeypatch.setattr(asyncio, "to_thread", counted)
    long, short = "{ viewer { name } } # met once".ljust(2_000, "."), "{ viewer { name } } # met"

    for query in (long, short, long, short):
        await schema.prepare(query)

    assert read == [long]
    assert schema.faults(long) == []
