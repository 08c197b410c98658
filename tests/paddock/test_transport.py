"""What the client sends again and what never, how long it waits, and what it makes of what comes back."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

import httpx
import pytest

from paddock import errors
from paddock.client import Client
from paddock.transport import Patience, Transport, mutating, repeatable
from service.errors import Code

ASK = "{ viewer { name } }"
TELL = "mutation Tell($input: RecordCardInput!) { recordCard(input: $input) { errors { code } } }"
KEYED = {"input": {"idempotencyKey": "k-1"}}
VIEWER = {"data": {"viewer": {"name": "Ada"}}, "extensions": {"cost": 1}}
UNKNOWN = {"errors": [{"message": "PersistedQueryNotFound", "extensions": {"code": "BAD_USER_INPUT"}}]}
STEADY = Patience(deadline=60.0, tries=4, first_pause=0.0, longest_pause=0.0)


class Played:
    """A server that answers from a list, and the time that passes only where somebody waits."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = iter(answers)
        self.bodies: list[dict[str, Any]] = []
        self.now = 0.0
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        self.now += 1.0
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def transport(self, patience: Patience = STEADY, *, persisted: bool = True) -> Transport:
        http = httpx.Client(base_url="http://paddock.example", transport=httpx.MockTransport(self))
        return Transport(http, patience, persisted=persisted, clock=lambda: self.now, sleep=self.sleep)


def told(status: int, body: object = VIEWER, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def failure(code: str, message: str = "no", **said: Any) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}, **said}]}


BUSY = failure("UNAVAILABLE", "the server is busy; try again in a second")
LOST = httpx.ConnectError("connection refused")


def test_a_question_is_sent_again_until_the_server_has_time_and_waits_as_long_as_it_is_told() -> None:
    played = Played(told(503, BUSY, Retry_After="2"), told(429, failure("RATE_LIMITED"), Retry_After="7"), told(200))

    answer = played.transport().answer(ASK, None, {})

    assert (answer.data, answer.cost) == ({"viewer": {"name": "Ada"}}, 1)
    assert played.pauses == [2.0, 7.0]


def test_a_question_survives_lost_connections_but_not_more_than_it_has_tries() -> None:
    played = Played(LOST, httpx.ReadError("reset"), told(200))
    assert played.transport().answer(ASK, None, {}).cost == 1
    assert len(played.bodies) == 3

    gone = Played(LOST, LOST, LOST, LOST)
    with pytest.raises(errors.Unreachable, match=r"http://paddock\.example did not answer: connection refused"):
        gone.transport().answer(ASK, None, {})
    assert len(gone.bodies) == 4


def test_pauses_double_up_to_a_bound_and_are_never_all_alike() -> None:
    patience = Patience(first_pause=1.0, longest_pause=4.0)

    pauses = [[patience.pause(tried, None) for _ in range(200)] for tried in (1, 2, 3, 9)]

    bounds = [(0.5, 1.0), (1.0, 2.0), (2.0, 4.0), (2.0, 4.0)]
    assert [low <= min(some) < max(some) <= high for some, (low, high) in zip(pauses, bounds, strict=True)] == [
        True
    ] * 4


def test_no_try_begins_that_the_deadline_would_cut_off() -> None:
    played = Played(told(503, BUSY, Retry_After="3"), told(503, BUSY, Retry_After="3"), told(200))

    with pytest.raises(errors.Unavailable) as caught:
        played.transport(Patience(deadline=6.0, tries=9)).answer(ASK, None, {})

    assert (caught.value.retry_after, played.pauses, len(played.bodies)) == (3.0, [3.0], 2)


def test_an_answer_that_trickles_in_is_given_up_at_the_deadline() -> None:
    played = Played()

    def trickle() -> Iterator[bytes]:
        while True:
            played.now += 1.0
            yield b" "

    played.answers = iter([httpx.Response(200, content=trickle())])
    with pytest.raises(errors.Unreachable, match="the answer was still coming at the deadline"):
        played.transport(Patience(deadline=6.0)).answer(ASK, None, {})

    assert (played.now, len(played.bodies)) == (7.0, 1)


@pytest.mark.parametrize("answer", [told(503, BUSY, Retry_After="1"), LOST])
def test_an_entry_without_its_key_is_sent_once(answer: httpx.Response | Exception) -> None:
    played = Played(answer, told(200))

    with pytest.raises(errors.PaddockError):
        played.transport().answer(TELL, None, {"input": {}})

    assert len(played.bodies) == 1


def test_an_entry_with_its_key_is_sent_again_as_it_was() -> None:
    done: dict[str, Any] = {"data": {"recordCard": {"errors": []}}}
    played = Played(LOST, told(200, done))

    assert played.transport().answer(TELL, None, KEYED).data == done["data"]
    assert [body["variables"] for body in played.bodies] == [KEYED, KEYED]


@pytest.mark.parametrize("status", [400, 401, 403, 500, 504])
def test_what_will_not_change_is_not_asked_again(status: int) -> None:
    played = Played(told(status, failure("FORBIDDEN")), told(200))

    with pytest.raises(errors.Forbidden):
        played.transport().answer(ASK, None, {})

    assert len(played.bodies) == 1


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (ASK, False),
        (TELL, True),
        ('query { search(text: "mutation") { totalCount } } # mutation\n', False),
        ('query Q { a(text: """mutation { \\""" {""") { mutation } } fragment f on T { mutation }', False),
        ("query mutations { a }", False),
        ("fragment f on T { a } mutation { b { c } }", True),
    ],
)
def test_a_mutation_is_told_by_its_word_where_it_is_one(document: str, *, found: bool) -> None:
    assert mutating(document) == found
    assert repeatable(document, {}) == (not found)


def test_a_document_is_sent_whole_once_then_by_its_hash_and_again_where_it_was_forgotten() -> None:
    played = Played(told(200), told(200), told(200, UNKNOWN), told(200), told(200))
    transport = played.transport()

    for _ in range(4):
        transport.answer(ASK, None, {})

    hashed = sha256(ASK.encode()).hexdigest()
    assert [body["extensions"]["persistedQuery"]["sha256Hash"] for body in played.bodies] == [hashed] * 5
    assert [body.get("query") for body in played.bodies] == [ASK, None, None, ASK, None]


def test_documents_go_whole_each_time_where_that_is_wanted() -> None:
    played = Played(told(200), told(200))
    transport = played.transport(persisted=False)

    transport.answer(ASK, "Who", {"a": 1})
    transport.answer(ASK, None, {})

    assert played.bodies == [
        {"query": ASK, "operationName": "Who", "variables": {"a": 1}},
        {"query": ASK, "variables": {}},
    ]


@pytest.mark.parametrize("kind", errors.Refused.__subclasses__())
def test_every_code_of_the_contract_has_an_error_of_its_own(kind: type[errors.Refused]) -> None:
    body = {"data": {"a": None, "b": 1}, **failure(kind.CODE, "not so", path=["a", 0, "b"])}

    with pytest.raises(errors.Refused) as caught:
        Played(told(200, body)).transport().answer(ASK, None, {})

    error = caught.value
    assert type(error) is kind
    assert (error.code, error.path, error.message, error.data) == (kind.CODE, ("a", 0, "b"), "not so", body["data"])
    assert str(error) == f"{kind.CODE}: not so (at a.0.b)"


def test_no_code_of_the_server_is_without_an_error() -> None:
    assert {kind.CODE for kind in errors.Refused.__subclasses__()} == set(map(str, Code))


def test_a_code_that_is_new_is_refused_without_a_name_of_its_own() -> None:
    with pytest.raises(errors.Refused) as caught:
        Played(told(400, failure("BRAND_NEW"))).transport().answer(ASK, None, {})
    assert (type(caught.value), caught.value.code) == (errors.Refused, "BRAND_NEW")


@pytest.mark.parametrize(
    "body", [httpx.Response(502, text="<html>"), told(200, []), told(200, {}), told(200, {"data": None})]
)
def test_an_answer_of_somebody_else_is_told_apart(body: httpx.Response) -> None:
    with pytest.raises(errors.Unreadable, match=r"http://paddock\.example/graphql answered"):
        Played(body).transport().answer(ASK, None, {})


def page(cursor: str | None, *names: str, more: bool) -> httpx.Response:
    edges = [{"node": {"name": name}} for name in names]
    info = {"hasNextPage": more, "endCursor": cursor}
    return told(200, {"data": {"a": {"people": {"edges": edges, "pageInfo": info, "totalCount": 3}}}})


LIST = "query L($after: Cursor) { a { people(after: $after) { edges { node } pageInfo { hasNextPage endCursor } } } }"


@pytest.fixture
def client_of() -> Iterator[Callable[[Played], Client]]:
    made: list[Client] = []

    def client(played: Played) -> Client:
        made.append(Client("http://paddock.example/", "t", transport=httpx.MockTransport(played)))
        return made[-1]

    yield client
    for one in made:
        one.close()


@pytest.mark.parametrize("at", [None, "a.people"])
def test_a_list_is_followed_to_its_end_behind_the_cursor_of_each_page(
    client_of: Callable[[Played], Client], at: str | None
) -> None:
    played = Played(page("c1", "Ann", "Ben", more=True), page("c2", "Cat", more=False))

    found = list(client_of(played).pages(LIST, at, first=2))

    assert [([node["name"] for node in one.nodes], one.total, one.end_cursor) for one in found] == [
        (["Ann", "Ben"], 3, "c1"),
        (["Cat"], 3, "c2"),
    ]
    assert [body["variables"] for body in played.bodies] == [{"first": 2}, {"first": 2, "after": "c1"}]


def test_a_list_that_does_not_move_on_is_left(client_of: Callable[[Played], Client]) -> None:
    played = Played(page("c1", "Ann", more=True), page("c1", "Ann", more=True))

    with pytest.raises(errors.Unreadable, match=r"the next page would be this one again; take \$after"):
        list(client_of(played).every(LIST))


@pytest.mark.parametrize(
    ("data", "at", "sentence"),
    [
        ({"a": {"edges": []}}, None, "the connection has no pageInfo"),
        ({"a": {"edges": []}, "b": {"edges": []}}, None, "the document has 2 connections; say which"),
    ],
)
def test_a_document_that_cannot_be_paged_is_told_so(
    client_of: Callable[[Played], Client], data: dict[str, Any], at: str | None, sentence: str
) -> None:
    with pytest.raises(errors.Unreadable, match=sentence):
        list(client_of(Played(told(200, {"data": data}))).pages(LIST, at))


def test_a_list_of_something_that_is_not_there_is_empty(client_of: Callable[[Played], Client]) -> None:
    assert list(client_of(Played(told(200, {"data": {"a": None}}))).every(LIST, "a.people")) == []


def test_a_purpose_and_a_token_go_with_every_question() -> None:
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return told(200)

    with Client("http://paddock.example", "secret", "hearing", transport=httpx.MockTransport(answer)) as client:
        client.query(ASK)
        assert client.cost == 1

    (headers,) = seen
    assert (headers["authorization"], headers["paddock-purpose"]) == ("Bearer secret", "hearing")
    assert headers["accept"] == "application/graphql-response+json, application/json;q=0.9"
