"""The three that answer, each in a process of its own before the same store: ours, the floor, and the peer."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from bench.peers import floor
from bench.peers.driving import Endpoint
from bench.peers.world import World
from bench.scale.figures import tell
from bench.scale.serving import serving

HOME = Path(__file__).parent
ADDRESS = re.compile(r"answers at http://([^: ]+):(\d+) ")
OURS, PEER, FLOOR = "ours", "@neo4j/graphql", "floor"


def fits() -> bool:
    """Whether the peer can run here."""
    return shutil.which("npm") is not None and shutil.which("node") is not None


@contextmanager
def started(world: World) -> Generator[dict[str, Endpoint]]:
    """Where each of them answers; all gone after the block."""
    _install()
    store, password = world.server.uri, world.server.password
    bare = {floor.URI: store, floor.PASSWORD: password, floor.VIS: str(list(world.vis))}
    with ExitStack() as stack:
        service = stack.enter_context(serving(store, password, world.cache, world.token))
        host, port = service.connection.host, service.connection.port
        node = [str(shutil.which("node")), str(HOME / "server.mjs"), store, password]
        yield {
            OURS: Endpoint(host, port, (f"Authorization: Bearer {world.token}",)),
            PEER: stack.enter_context(_running(node, {"NODE_ENV": "production"})),
            FLOOR: stack.enter_context(_running([sys.executable, "-m", "bench.peers.floor"], bare)),
        }


def _install() -> None:
    """Nothing, once the peer's packages are those of its lock."""
    done = HOME / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < (HOME / "package-lock.json").stat().st_mtime:
        tell("installing the peer's packages")
        subprocess.run([str(shutil.which("npm")), "ci"], cwd=HOME, check=True, stdout=sys.stderr)  # noqa: S603


@contextmanager
def _running(command: Sequence[str], environment: Mapping[str, str]) -> Generator[Endpoint]:
    """A server that says where it answers, gone after the block."""
    process = subprocess.Popen(  # noqa: S603 (a command of our own)
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _endpoint(cast("IO[str]", process.stdout))
    finally:
        process.terminate()
        process.wait(60)


def _endpoint(said: IO[str]) -> Endpoint:
    lines: list[str] = []
    for line in said:
        lines.append(line)
        if found := ADDRESS.search(line):
            threading.Thread(target=said.read, daemon=True).start()  # so that it never waits for a reader
            return Endpoint(found[1], int(found[2]))
    raise RuntimeError(f"a server did not start: {''.join(lines)}")
