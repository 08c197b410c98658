"""What the three sides are asked, and how their answers are compared and counted."""

import json
import threading
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bench.peers.driving import Endpoint, Refused, driven
from bench.peers.questions import OPERATIONS
from bench.peers.run import Case, compare
from bench.peers.servers import FLOOR, OURS, PEER
from bench.timing import Unequal

ANN: dict[str, Any] = {"id": "per-a", "name": "Ann", "mergedIds": [], "identifiers": []}
OURS_SAY: dict[str, Any] = {
    "person": {
        **ANN,
        "otherNames": [],
        "affiliations": {"edges": [{"node": {"role": "buyer", "organization": {"id": "org-f", "name": "Forge"}}}]},
    }
}


def theirs(role: str) -> dict[str, Any]:
    """The peer's answer about the same person in a role."""
    edge = {"properties": {"role": role}, "node": {"id": "org-f", "name": "Forge"}}
    return {"people": [{**ANN, "otherNames": None, "employersConnection": {"edges": [edge]}}]}


@contextmanager
def answering(data: Mapping[str, Any], status: int = 200) -> Generator[Endpoint]:
    """A server that always answers the same."""
    body = json.dumps({"data": data}).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the standard library's own name)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield Endpoint("127.0.0.1", server.server_port)
        finally:
            server.shutdown()


@pytest.mark.parametrize("role", ["buyer", "seller"])
def test_answers_that_say_the_same_each_in_its_own_way_are_alike_and_others_end_the_run(role: str) -> None:
    operation = OPERATIONS[0]
    case = Case(operation, {side: operation.bodies("a document", [{"id": "per-a"}]) for side in (OURS, PEER, FLOOR)})
    with ExitStack() as stack:
        said = {OURS: OURS_SAY, PEER: theirs(role), FLOOR: OURS_SAY}
        endpoints = {side: stack.enter_context(answering(data)) for side, data in said.items()}
        if role == "buyer":
            compare(case, endpoints)
        else:
            with pytest.raises(Unequal, match="@neo4j/graphql says"):
                compare(case, endpoints)


def test_a_client_counts_whole_answers_and_takes_no_refusal_for_one() -> None:
    with answering(OURS_SAY) as endpoint:
        assert min(driven(endpoint, [b"{}", b"[]"], 4, 0.1)) > 0

    with answering({}, status=503) as endpoint, pytest.raises(Refused, match="503"):
        driven(endpoint, [b"{}"], 1, 0.1)
