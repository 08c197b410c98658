"""What the log and the numbers say of requests: enough to find one and to count all, and nothing of what was asked."""

import json
import logging
from typing import Any

import pytest

from service.auth import Role
from service.cli.logs import Json, Line
from service.engines.protocol import Engine
from service.engines.stores import Folder
from service.errors import Code
from service.traffic.accounts import Accounts
from service.traffic.meter import Meter
from service.traffic.reasons import Reason
from tests.schema.paddock import paddock
from tests.service.test_app import serving, token
from tests.service.traffic.test_passing import WHOLE, Wire

PERSON = 'query { person(id: "per-ann") { name } }'
LOG = "service.traffic.accounts"


def series(page: str, *names: str) -> dict[str, float]:
    """The numbers of a page whose names begin with one of these."""
    lines = [line.rpartition(" ") for line in page.splitlines() if line.startswith(names)]
    return {name: float(value) for name, _, value in lines}


@pytest.mark.embedded
async def test_a_request_is_one_line_of_json_with_its_id_and_no_word_of_what_was_asked(
    embedded: Engine, embedded_store: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    lines: list[str] = []
    handler = logging.StreamHandler()
    handler.setFormatter(Json())
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    await paddock().save(embedded)
    async with serving(embedded_store) as client:
        client.headers["Authorization"] = f"Bearer {await token(embedded, Role.MEMBERS)}"
        logger = logging.getLogger(LOG)
        logger.addHandler(handler)
        with caplog.at_level(logging.INFO, LOG):
            asked = await client.post("/graphql?per-ann", json={"query": PERSON}, headers={"X-Request-Id": "proxy-7"})
            missed = await client.get("/per-ann", headers={"X-Request-Id": "per ann"})
        logger.removeHandler(handler)

    first, second = (json.loads(line) for line in lines)
    timed = {"at", "milliseconds", "storeMilliseconds"}
    assert {name: value for name, value in first.items() if name not in timed} == {
        "level": "info",
        "from": LOG,
        "message": "answered",
        "request": "proxy-7",
        "path": "/graphql",
        "status": 200,
        "statements": first["statements"],
    }
    assert first["statements"] >= 2
    assert first["milliseconds"] >= first["storeMilliseconds"] > 0
    assert (second["path"], second["status"], second["statements"]) == ("elsewhere", 404, 0)
    assert len(second["request"]) == 16
    assert [one.headers["x-request-id"] for one in (asked, missed)] == ["proxy-7", second["request"]]
    assert [line for line in lines if "ann" in line.lower()] == []


async def test_a_request_whose_client_went_first_is_counted_as_such() -> None:
    done: list[Any] = []

    async def leaving(scope: Any, receive: Any, send: Any) -> None:
        return

    await Wire(WHOLE).through(Accounts(leaving, frozenset({"/graphql"}), done.append))

    assert [(one.path, one.status) for one in done] == [("/graphql", 499)]


@pytest.mark.embedded
async def test_the_numbers_count_requests_and_statements_by_name(embedded: Engine, embedded_store: Folder) -> None:
    await paddock().save(embedded)
    async with serving(embedded_store) as client:
        client.headers["Authorization"] = f"Bearer {await token(embedded, Role.MEMBERS)}"
        for path in ("per-ann", "per-ben"):
            await client.post("/graphql", json={"query": PERSON})
            await client.get(f"/{path}")
        answer = await client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    assert series(answer.text, "paddock_requests_total", "paddock_unanswered_total") == {
        'paddock_requests_total{path="/graphql",status="200"}': 2.0,
        'paddock_requests_total{path="elsewhere",status="404"}': 2.0,
        **{f'paddock_unanswered_total{{reason="{reason}"}}': 0.0 for reason in ("full", "waited", "left", "overdue")},
    }
    assert series(answer.text, 'paddock_statement_seconds_count{query="token/') == {
        'paddock_statement_seconds_count{query="token/rights"}': 2.0
    }
    assert "ann" not in answer.text.lower().replace("channel", "")


@pytest.mark.embedded
async def test_numbers_that_are_switched_off_have_no_path(embedded_store: Folder) -> None:
    async with serving(embedded_store, metrics="off") as client:
        answer = await client.get("/metrics")

    assert answer.status_code == 404


@pytest.mark.embedded
async def test_numbers_behind_a_token_are_for_administrators(embedded: Engine, embedded_store: Folder) -> None:
    async with serving(embedded_store, metrics="token") as client:
        found: list[tuple[int, Any]] = []
        for secret in ("nobody's", await token(embedded, Role.STAFF), await token(embedded, Role.ADMIN)):
            answer = await client.get("/metrics", headers={"Authorization": f"Bearer {secret}"})
            read = answer.headers["content-type"] == "application/json; charset=utf-8"
            found.append((answer.status_code, answer.json()["errors"][0]["extensions"]["code"] if read else "numbers"))

    assert found == [(401, "UNAUTHENTICATED"), (403, "FORBIDDEN"), (200, "numbers")]


async def test_failures_and_reasons_are_counted() -> None:
    meter = Meter()
    meter.statement("agent/find", 0.5, Code.TIMEOUT)
    meter.statement("agent/find", 0.25, None)
    meter.unanswered(Reason.FULL)

    samples = {(one.name, *one.labels.values()): one.value for kind in meter.registry.collect() for one in kind.samples}
    assert samples["paddock_statement_failures_total", "agent/find", "TIMEOUT"] == 1.0
    assert samples["paddock_statement_seconds_sum", "agent/find"] == 0.75
    assert samples["paddock_unanswered_total", "full"] == 1.0


async def test_a_line_for_people_ends_with_the_request_it_was_said_in() -> None:
    lines: list[str] = []

    async def speaking(scope: Any, receive: Any, send: Any) -> None:
        record = logging.LogRecord("service.app", logging.INFO, "", 0, "said %d", (7,), None)
        lines.append(Line().format(record))

    await Wire(WHOLE).through(Accounts(speaking, frozenset(), lambda done: None))

    (line,) = lines
    moment, rest = line.split(" ", 1)
    said, _, id = rest.rpartition("request=")
    assert (moment[-1], said, len(id)) == ("Z", "INFO service.app: said 7 ", 16)


def test_a_failure_has_its_trace_inside_its_line_of_json() -> None:
    with pytest.raises(ValueError, match="nine") as caught:
        int("nine")
    failure = (caught.type, caught.value, caught.tb)

    line = Json().format(logging.LogRecord("service.app", logging.ERROR, "", 0, "failed", None, failure))

    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["message"], told["trace"].splitlines()[-1]) == (
        "error",
        "failed",
        "ValueError: invalid literal for int() with base 10: 'nine'",
    )
