"""Runs pytest beside a real Neo4j where one can be had, and says so loudly where not.

python -m tests.real_neo4j [arguments of pytest]

The tests find the server in NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD. One that is named there already is used as it
is; otherwise one is started from Maven jars, or else in Docker. NEO4J_VERSION says which, 5.26.30 unless told.

The whole suite runs in two processes, each with servers of its own, for every test empties its store. What names a
file, or asks for something that two processes cannot give, runs in one, and so does everything beside a server that
was named or that Docker runs.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from tests.neo4j_maven import Neo4jServer, fetch_jars, find_java, free_port

FLOOR = "5.26.30"
PASSWORD = "test-password"
PROCESSES = 2
# A process that breaks down is not replaced, for its server would serve the next one and the other as well.
SHARED = [f"--numprocesses={PROCESSES}", "--no-loadscope-reorder", "--max-worker-restart=0"]
# One process: it sets the number itself, talks with whoever started it, measures, or is soon over.
ALONE = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "-s", "--co", "--collect-only", "soak", "--each-query")


def maven_fits(version: str) -> bool:
    if not shutil.which("mvn"):
        return False
    try:
        find_java(version)
    except RuntimeError:
        return False
    return True


def docker_answers() -> bool:
    """Whether an engine runs: the client alone, which many machines have, starts nothing."""
    if not shutil.which("docker"):
        return False
    return subprocess.run(["docker", "info"], check=False, capture_output=True).returncode == 0


@contextmanager
def container(version: str) -> Generator[str]:
    """The URI of a server in a container that ends with the block."""
    address = f"127.0.0.1:{free_port()}"
    password = f"NEO4J_AUTH=neo4j/{PASSWORD}"
    image = f"neo4j:{version}-community"
    command = ["docker", "run", "--rm", "--detach", f"--publish={address}:7687", f"--env={password}", image]
    name = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    try:
        _wait(name)
        yield f"bolt://{address}"
    finally:
        subprocess.run(["docker", "stop", name], check=True, stdout=subprocess.DEVNULL)


def _wait(name: str) -> None:
    deadline = time.monotonic() + 120
    while b"Started." not in subprocess.run(["docker", "logs", name], check=True, capture_output=True).stdout:
        if time.monotonic() > deadline:
            message = f"the container {name} did not start Neo4j within two minutes"
            raise RuntimeError(message)
        time.sleep(0.5)


def processes(arguments: list[str]) -> int:
    """In how many processes these arguments of pytest are run where nothing else is said against it."""
    few = any(Path(argument.split("::", 1)[0]).exists() for argument in arguments)
    alone = any(argument.split("=", 1)[0] in ALONE for argument in arguments)
    return 1 if few or alone or (os.cpu_count() or 1) < PROCESSES else PROCESSES


def start(stack: ExitStack, version: str, count: int = 1) -> dict[str, str]:
    """The variables that lead tests to a real Neo4j for each process, which live as long as the stack."""
    if "NEO4J_URI" in os.environ:
        return {}
    if maven_fits(version):
        uris = _servers(stack, version, count)
    elif docker_answers():
        uris = [stack.enter_context(container(version))]
    else:
        message = "install Maven and Java 17 or 21, or set NEO4J_URI, or start Docker"
        raise RuntimeError(message)
    return {"NEO4J_URI": " ".join(uris), "NEO4J_USER": "neo4j", "NEO4J_PASSWORD": PASSWORD}


def _servers(stack: ExitStack, version: str, count: int) -> list[str]:
    fetch_jars(version)
    servers = [Neo4jServer(version, password=PASSWORD, quick=True) for _ in range(count)]
    with ThreadPoolExecutor() as pool:
        # Each is in the stack before any is waited for: an interrupt ends those that are still starting.
        for server in servers:
            stack.callback(server.__exit__, None, None, None)
        return [started.uri for started in pool.map(Neo4jServer.__enter__, servers)]


def pytest(arguments: list[str], variables: dict[str, str]) -> int:
    process = subprocess.Popen([sys.executable, "-m", "pytest", *arguments], env={**os.environ, **variables})

    def end(_signal: int, _frame: FrameType | None) -> None:
        process.terminate()

    # An interrupt reaches pytest as well; let it clean up, then stop the server.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)
    return process.wait()


def shared(arguments: list[str], count: int) -> list[str]:
    return arguments if count == 1 else [*SHARED, *arguments]


def terminated(_signal: int, _frame: FrameType | None) -> None:
    # Leaves by the way of every `with` block, so that no server stays behind.
    sys.exit(128 + signal.SIGTERM)


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, terminated)
    count = processes(arguments)
    with ExitStack() as stack:
        try:
            variables = start(stack, os.environ.get("NEO4J_VERSION", FLOOR), count)
        except (RuntimeError, subprocess.CalledProcessError) as error:
            sys.stderr.write(f"\n*** NO REAL NEO4J, the embedded engine only: {error} ***\n\n")
            return pytest(shared(arguments, count), {})
        servers = len((os.environ | variables)["NEO4J_URI"].split())
        if servers < count:
            sys.stderr.write("\n*** ONE NEO4J, so one process: every test empties it ***\n\n")
        return pytest(shared(arguments, min(count, servers)), variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
