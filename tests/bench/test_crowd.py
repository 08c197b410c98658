import asyncio
import json

import pytest

from bench.__main__ import SEED
from bench.crowd import run
from bench.crowd.line import Answer, Line
from bench.crowd.questions import Kind, Question, present
from bench.crowd.users import Crowd
from tests.real_neo4j import FLOOR, maven_fits

SECRET = "a secret"
ROUTE = {
    "strength": 0.5,
    "segments": [{"from": {"id": "a"}, "to": {"id": "b"}}, {"from": {"id": "b"}, "to": {"id": "c"}}],
}
TORN = {
    "strength": 0.5,
    "segments": [{"from": {"id": "a"}, "to": {"id": "b"}}, {"from": {"id": "x"}, "to": {"id": "c"}}],
}
WEAK = {**ROUTE, "strength": 0.4}


def answered(data: object, status: int = 200) -> Answer:
    return Answer(status, {}, json.dumps({"data": data}).encode(), 0.25)


@pytest.mark.parametrize(
    ("paths", "fits"),
    [([ROUTE, WEAK], True), ([WEAK, ROUTE], False), ([TORN], False), ([], False)],
    ids=["best first", "best last", "torn", "none"],
)
def test_routes_fit_where_they_lead_from_end_to_end_with_the_best_first(paths: list[object], *, fits: bool) -> None:
    question = present({"from": "a", "to": "c"})
    assert question.fits(answered({"introductionPaths": {"paths": paths}})) is fits


def test_a_crowd_counts_what_was_right_what_was_refused_and_what_was_wrong() -> None:
    question = Question(Kind.SEARCH, "{ viewer { name } }", {}, lambda answer: answer.data() == 1)
    found = Crowd(2, 0.5)
    for answer in (answered(1), answered(None, 503), answered(2), answered(1, 500), answered(1)):
        found.take(question, answer)
    assert (found.answered[Kind.SEARCH], found.goodput, found.refused) == ([0.25, 0.25], 4, [0.25])
    assert found.failed == {"searches: 200 b'{\"data\": 2}'": 1, "searches: 500 b'{\"data\": 1}'": 1}


async def test_a_line_stays_open_until_the_service_hangs_up() -> None:
    heads: list[bytes] = []

    async def told(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for body in (b"one", b"two"):
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            await reader.readuntil(b"}}")
            writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 3\r\nRetry-After: 1\r\n\r\n" + body)
        writer.close()

    async with await asyncio.start_server(told, "127.0.0.1", 0) as server:
        line = Line("127.0.0.1", server.sockets[0].getsockname()[1], SECRET)
        answers = [await line.ask("{}", {"a": {}}) for _ in range(2)]
        with pytest.raises(ConnectionError):
            await line.ask("{}", {"a": {}})
        await line.close()
    assert [(one.status, one.headers["retry-after"], one.body) for one in answers] == [
        (503, "1", b"one"),
        (503, "1", b"two"),
    ]
    assert all(f"Authorization: Bearer {SECRET}\r\n".encode() in head for head in heads)


@pytest.mark.soak
@pytest.mark.neo4j
@pytest.mark.skipif(not maven_fits(FLOOR), reason="NO REAL NEO4J of the test's own: install Maven and Java 17 or 21")
def test_fifty_users_get_right_answers_in_time_and_two_hundred_are_served_or_sent_away() -> None:
    with asyncio.Runner() as runner:
        (table,) = run.measured(runner.get_loop(), SEED, draft=False)
    assert [row for row in table.rows if row[-1] == "NO"] == []
