"""The hostile corpus against a real server process: what each costs its processor, its memory, and everybody else."""

import gzip
import http.client
import itertools
import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.schema.paddock import paddock
from tests.service.test_app import JSON, RESPONSE, token
from tests.service.test_hostile import BODIES, DOCUMENTS, HINTS, WITH_VARIABLES

pytestmark = [pytest.mark.embedded, pytest.mark.soak]

PROGRAM = """
import dataclasses, sys
from service.engines.protocol import Deadlines
from service.serving import serve
from service.settings import read_settings

settings = dataclasses.replace(read_settings({}, store=sys.argv[1]), rate_limit=0)
patient = Deadlines(call=60, transaction=59, acquire=20, connect=20, retry=20, start=120)
serve(settings, "127.0.0.1", 0, lambda address: print(address.rpartition(":")[2], flush=True), deadlines=patient)
"""
ORDINARY = json.dumps({"query": '{ person(id: "per-ann") { name } }'}).encode()
MILLISECONDS = 50  # of the processor
MEGABYTES = 20
PACE = 0.1  # seconds between two hostile requests
PAGE = 4096
HEADERS = {"Accept": RESPONSE, "Content-Type": JSON}
# Bodies that say something else of themselves than they are, with what they say.
SAYING: dict[str, tuple[bytes, dict[str, str]]] = {
    "a small body that unpacks to 100 MB": (gzip.compress(bytes(100_000_000)), {"Content-Encoding": "gzip"}),
    "UTF-16": ('{"query": "{ viewer { name } }"}'.encode("utf-16"), {}),
    "UTF-16 that says so": (
        '{"query": "{ viewer { name } }"}'.encode("utf-16"),
        {"Content-Type": f"{JSON}; charset=utf-16"},
    ),
    "UTF-7": (b"+AHsAIg-query", {"Content-Type": f"{JSON}; charset=utf-7"}),
    "a form": (b"query=%7Bviewer%7Bname%7D%7D", {"Content-Type": "application/x-www-form-urlencoded"}),
    "a list of 500 documents": (b"[" + b",".join(500 * [ORDINARY]) + b"]", {}),
    "a header of ranges": (ORDINARY, {"Accept": ", ".join(f"x/{n};q=0.{n}" for n in range(2000))}),
}


class Process(NamedTuple):
    """A server in a process of its own."""

    port: int
    pid: int
    secret: str

    def milliseconds(self) -> float:
        """What it has had of the processor, all its threads together."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e6

    def megabytes(self) -> float:
        return int(Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1]) * PAGE / 1e6

    def ask(self, body: bytes, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            said = {**HEADERS, "Authorization": f"Bearer {self.secret}", **headers}
            with suppress(BrokenPipeError, ConnectionResetError):  # what is too long is answered before it is sent
                connection.request("POST", "/graphql", body, said)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


@pytest.fixture
async def server(embedded: Engine, embedded_store: Folder) -> Any:
    await paddock().save(embedded)
    secret = await token(embedded, Role.MEMBERS)
    command = [sys.executable, "-c", PROGRAM, str(embedded_store.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: ASYNC220 (its port is awaited)
        try:
            assert process.stdout is not None
            yield ready(Process(int(process.stdout.readline()), process.pid, secret))
        finally:
            process.terminate()


def ready(server: Process) -> Process:
    for _ in range(600):
        with suppress(OSError):
            if server.ask(ORDINARY)[0] == 200:
                break
        time.sleep(0.1)
    time.sleep(2)  # what it has read is settled
    for _ in range(200):  # what is done once is done
        server.ask(ORDINARY)
    return server


def corpus(again: int = 0) -> Iterator[tuple[str, bytes, dict[str, str]]]:
    # What follows a document makes it another one, as what was read before is known.
    for name, query in DOCUMENTS.items():
        yield f"document: {name}", json.dumps({"query": query + " " * again}).encode(), {}
    for name, (query, variables) in WITH_VARIABLES.items():
        yield f"variables: {name}", json.dumps({"query": query + " " * again, "variables": variables}).encode(), {}
    for name, (body, _) in BODIES.items():
        yield f"body: {name}", body, {}
    for name, (body, headers) in SAYING.items():
        yield f"saying: {name}", body, headers


def measured(server: Process, body: bytes, headers: dict[str, str]) -> tuple[float, int, bytes]:
    before = server.milliseconds()
    status, content = server.ask(body, **headers)
    time.sleep(0.01)  # what is tidied up afterwards is part of it
    return server.milliseconds() - before, status, content


def test_each_of_the_corpus_is_refused_with_a_code_for_little_of_the_processor(server: Process) -> None:
    held, cost, wrong = server.megabytes(), dict[str, float](), dict[str, object]()
    # The least of three: other programs of a busy machine make each of its steps dearer.
    for name, body, headers in (one for again in range(3) for one in corpus(again)):
        spent, status, content = measured(server, body, headers)
        cost[name] = min(spent, cost.get(name, spent))
        codes = {error["extensions"]["code"] for error in json.loads(content)["errors"]}
        told = [hint for hint in HINTS if hint in content.decode()]
        if not 400 <= status < 500 or not codes <= {"BAD_USER_INPUT", "TOO_EXPENSIVE"} or told:
            wrong[name] = (status, codes, told)
    dearest = dict(sorted(cost.items(), key=lambda one: one[1], reverse=True)[:12])
    grown = server.megabytes() - held
    sys.stderr.write(f"\n{len(cost)} refused; dearest in ms: {dearest}; {grown:.1f} MB more\n")

    assert len(cost) >= 45
    assert wrong == {}
    assert {name: spent for name, spent in cost.items() if spent > MILLISECONDS} == {}
    assert grown <= MEGABYTES


def test_a_body_that_never_ends_is_refused_when_its_time_is_over(server: Process) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.putrequest("POST", "/graphql")
        for name, value in {**HEADERS, "Content-Length": "100", "Authorization": f"Bearer {server.secret}"}.items():
            connection.putheader(name, value)
        connection.endheaders(b"{")
        before, began = server.milliseconds(), time.monotonic()
        response = connection.getresponse()
        code = json.loads(response.read())["errors"][0]["extensions"]["code"]
        took = time.monotonic() - began
    finally:
        connection.close()

    assert (response.status, code) == (408, "TIMEOUT")
    assert 9.5 < took < 12
    assert server.milliseconds() - before < MILLISECONDS


def test_others_hardly_notice_whoever_sends_the_corpus(server: Process) -> None:
    alone = slowest(server, 1500)
    ended = threading.Event()
    sending = threading.Thread(target=until, args=(ended, server))
    sending.start()
    try:
        beside = slowest(server, 1500)
    finally:
        ended.set()
        sending.join()
    sys.stderr.write(f"\np99 alone {1000 * alone:.1f} ms, beside the corpus {1000 * beside:.1f} ms\n")

    assert beside < 2 * alone


def until(ended: threading.Event, server: Process) -> None:
    """Send the corpus, one of it after the other, again and again."""
    for _, body, more in (one for again in itertools.count() for one in corpus(again)):
        if ended.wait(PACE):
            return
        server.ask(body, **more)


def slowest(server: Process, requests: int) -> float:
    """The 99th percentile of seconds that an ordinary request takes."""
    took: list[float] = []
    for _ in range(requests):
        began = time.perf_counter()
        assert server.ask(ORDINARY)[0] == 200
        took.append(time.perf_counter() - began)
    return statistics.quantiles(took, n=100)[98]
