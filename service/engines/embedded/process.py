"""The engine's process: started with every fence in place, found ready by its own log, stopped in good order."""

import asyncio
import os
import random
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from service.engines.embedded.home import Endpoint, Home, write_private
from service.engines.embedded.runtime import Runtime, runtime
from service.errors import Code, ServiceError

DATABASE = "paddock"
GUARD = Path(__file__).with_name("guard.py")
POLL = 0.02
STOP = 10.0  # it takes half a second; a slow disk may need more
READY = re.compile(r"ArcadeDB Server started in")
LOCKED = re.compile(r"LockException|already in use|locked", re.IGNORECASE)
BOLT_PORT = re.compile(r"BOLT connections on \S*:(\d+)")
HTTP_PORT = re.compile(r"HTTP Server started \(host=\S+ port=(\d+)")
# To its output only, which begins anew with each start: its own log files would grow to a gigabyte.
LOGGING = """\
handlers = java.util.logging.ConsoleHandler
.level = WARNING
com.arcadedb.level = INFO
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""


@dataclass(slots=True)
class Process:
    """A running engine that this process owns."""

    child: subprocess.Popen[bytes]
    endpoint: Endpoint

    def running(self) -> bool:
        return self.child.poll() is None

    async def stop(self) -> None:
        """Nothing, once the engine has closed its databases and gone."""
        self.child.terminate()
        end = time.monotonic() + STOP
        while self.running() and time.monotonic() < end:  # noqa: ASYNC110 - a process gives no event
            await asyncio.sleep(POLL)
        if self.running():
            kill(self.child)
        if self.child.stdin:
            self.child.stdin.close()


def kill(child: subprocess.Popen[bytes]) -> None:
    """End the engine at once; where it is watched, by the end of the watcher's input, as a killed one could not."""
    if child.stdin:
        child.stdin.close()
    else:
        child.kill()
    child.wait()


class FolderBusy(Exception):
    """Another engine has not let go of the folder yet."""


async def start(home: Home) -> Process:
    """A running engine on the folder, ready for connections; FolderBusy where a dying one still holds it."""
    child = _spawn(home, runtime())
    try:
        log = await _until_ready(home, child)
        return Process(child, Endpoint(child.pid, _port(BOLT_PORT, log), _port(HTTP_PORT, log)))
    except BaseException:
        kill(child)
        raise


async def _until_ready(home: Home, child: subprocess.Popen[bytes]) -> str:
    while not READY.search(log := _log(home)):
        if child.poll() is not None:
            raise _failure(home, log)
        await asyncio.sleep(POLL)
    return log


def _spawn(home: Home, program: Runtime) -> subprocess.Popen[bytes]:
    settings = home.engine / "logging.properties"
    write_private(settings, LOGGING)
    home.password("root")
    # The kernel ties a child to the thread that started it, so that thread must live as long as this process.
    tied = sys.platform == "linux" and threading.current_thread() is threading.main_thread()
    how = "with-thread" if tied else "with-input"
    with _open_log(home) as log:
        return subprocess.Popen(  # noqa: S603 - every word is ours
            [sys.executable, "-I", "-S", str(GUARD), how, str(os.getpid()), *command(home, program, settings)],
            cwd=home.engine,
            env=environment(),
            stdin=subprocess.DEVNULL if tied else subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches us, and we stop the engine in good order
        )


def command(home: Home, program: Runtime, logging: Path) -> list[str]:
    """The command line of the engine; no secret is on it, for every user of the machine can read it."""
    first = random.randrange(20_000, 32_000, 100)  # noqa: S311 - the engine does not tell which port it got for 0
    settings = {
        "server.rootPath": home.engine,
        "server.rootPasswordPath": home.password_file,
        "server.mode": "production",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": f"{first}-{first + 99}",
        "server.defaultDatabases": f"{DATABASE}[root]",
        "bolt.host": "127.0.0.1",
        "bolt.port": 0,
        "command.timeout": 30_000,
        "txWalFlush": 2,
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "serverMetrics": "false",
    }
    return [
        str(program.java),
        "-Xmx512m",
        "-XX:+UseParallelGC",  # the collector that takes least of a load on two cores
        "-XX:+ExitOnOutOfMemoryError",
        f"-Djava.util.logging.config.file={logging}",
        *(f"-Darcadedb.{key}={value}" for key, value in settings.items()),
        "-cp",
        f"{program.jars}/*",
        "com.arcadedb.server.ArcadeDBServer",
    ]


def environment() -> dict[str, str]:
    """Our environment without what would change the engine's Java."""
    return {key: value for key, value in os.environ.items() if "JAVA" not in key.upper()}


def _open_log(home: Home) -> IO[bytes]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    return os.fdopen(os.open(home.log, flags, 0o600), "wb")


def _log(home: Home) -> str:
    return home.log.read_text(encoding="utf-8", errors="replace")


def _port(pattern: re.Pattern[str], log: str) -> int:
    match = pattern.search(log)
    if match is None:
        raise ServiceError(Code.INTERNAL, "the embedded engine did not say where it listens")
    return int(match[1])


def _failure(home: Home, log: str) -> Exception:
    if LOCKED.search(log):
        return FolderBusy()
    return ServiceError(
        Code.UNAVAILABLE, f"the embedded engine did not start; see {home.log_name} in the store's folder"
    )
