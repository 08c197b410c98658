"""The service in a process of its own, asked over HTTP with a real token."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

PATIENCE = 900.0  # seconds until the ties have been read
ADDRESS = re.compile(r"answers at http://([^: ]+):(\d+) ")
PROGRESS = "Reading the ties"
BUSY = {"PADDOCK_RATE_LIMIT": str(10**12)}  # counted as ever, though one token asks for what hundreds do


@dataclass(slots=True)
class Service:
    """A running service; `ready` is how many seconds passed from its start until the ties had been read."""

    process: subprocess.Popen[str]
    connection: http.client.HTTPConnection
    token: str
    ready: float = 0.0
    told: list[str] = field(default_factory=list[str])

    def ask(self, query: str, variables: Mapping[str, object]) -> dict[str, object]:
        """The data of an answer."""
        body = json.dumps({"query": query, "variables": dict(variables)})
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self.connection.request("POST", "/graphql", body, headers)
        answer = json.loads(self.connection.getresponse().read())
        if "errors" in answer:
            raise RuntimeError(f"the service refused: {answer['errors']}")
        return cast("dict[str, object]", answer["data"])

    def status(self, path: str) -> int:
        """The status of a page."""
        self.connection.close()  # an idle one was perhaps closed by the service
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        response.read()
        return response.status

    @property
    def memory(self) -> float:
        """The most resident memory the process has held, in GB, as Linux tells."""
        return self._status("VmHWM")

    @property
    def resident(self) -> float:
        """The resident memory it holds now, in GB."""
        return self._status("VmRSS")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        (line,) = (line for line in status.splitlines() if line.startswith(name))
        return int(line.split()[1]) * 1024 / 1e9

    @property
    def progress(self) -> int:
        """How many times it said how far the reading of the ties had come."""
        return sum(line.startswith(PROGRESS) for line in self.told)


@contextmanager
def serving(uri: str, password: str, cache: Path, token: str) -> Generator[Service]:
    """A service before a Neo4j, ready to be asked, and gone after the block."""
    settings = {"PADDOCK_STORE": uri, "PADDOCK_STORE_PASSWORD": password, "PADDOCK_CACHE": str(cache), **BUSY}
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "serve", "--port", "0"],
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        errors = cast("IO[str]", process.stderr)
        service = Service(process, _connected(errors), token)
        threading.Thread(target=lambda: service.told.extend(errors), daemon=True).start()
        while service.status("/ready") != http.HTTPStatus.OK:
            if time.perf_counter() - begin > PATIENCE:
                raise RuntimeError(f"the service was not ready in {PATIENCE:.0f} s: {''.join(service.told)}")
            time.sleep(0.05)
        service.ready = time.perf_counter() - begin
        yield service
    finally:
        process.terminate()
        process.wait(60)


def _connected(errors: IO[str]) -> http.client.HTTPConnection:
    said = ""
    for line in errors:
        said += line
        if found := ADDRESS.search(line):
            return http.client.HTTPConnection(found[1], int(found[2]))
    raise RuntimeError(f"the service did not start: {said}")
