"""A real Neo4j Community from Maven jars for a test run. No Docker, no root, standard library only.

with Neo4jServer("5.26.30") as server:
    GraphDatabase.driver(server.uri, auth=server.auth)
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

CACHE = Path(os.environ.get("NEO4J_JARS", Path.home() / ".cache" / "neo4j-jars"))
# For whoever asks each statement a few times: compiling it well costs more than it saves, as does a collector's thread.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Page cache and log files; without them it starts but warns.
OPENS = ("java.nio", "java.io", "sun.nio.ch")
SETTINGS = {
    "server.http.enabled": "false",
    "server.memory.pagecache.size": "64m",
    "dbms.usage_report.enabled": "false",
    # Bare jars would let a query read any file of the machine.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    # Otherwise 256 MB on disk for each database.
    "db.tx_log.preallocate": "false",
    # Stop in 0.3 s instead of 10 s.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
}


def fetch_jars(version: str) -> Path:
    """The folder of the jars, copied once into CACHE/<version>; a half-finished copy is never used."""
    target = CACHE / version
    if not target.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as unfinished:
            jars = Path(unfinished, "jars")
            _copy_dependencies(version, jars)
            jars.rename(target)
    return target


def _copy_dependencies(version: str, jars: Path) -> None:
    command = ["mvn", "-q", "-B", "-f", str(Path(__file__).with_name("pom.xml")), "dependency:copy-dependencies"]
    options = [f"-Dneo4j.version={version}", "-DincludeScope=runtime", f"-DoutputDirectory={jars}"]
    subprocess.run(command + options, check=True, stdout=sys.stderr)


def find_java(version: str) -> str:
    """The first Java that runs the version: 5.26 wants 17 or 21, the calendar releases 21 or newer."""
    low, high = (17, 21) if version.startswith("5.") else (21, 99)
    homes = [os.environ.get("NEO4J_JAVA_HOME"), os.environ.get("JAVA_HOME"), *sorted(Path("/usr/lib/jvm").glob("*"))]
    candidates = [Path(home, "bin", "java") for home in homes if home] + [Path(shutil.which("java") or "java")]
    for java in filter(Path.is_file, candidates):
        text = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
        match = re.search(r'version "(\d+)', text)
        if match and low <= int(match[1]) <= high:
            return str(java)
    message = f"Neo4j {version} needs Java {low} to {high}; set NEO4J_JAVA_HOME"
    raise RuntimeError(message)


def free_port() -> int:
    # Port 0 works, but the server never tells which port it got.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Neo4jServer:
    """A server on a free port of 127.0.0.1, running inside the `with` block and gone after it."""

    def __init__(
        self,
        version: str,
        *,
        home: Path | None = None,
        password: str = "test-password",
        heap: str = "512m",
        settings: Mapping[str, str] | None = None,
        quick: bool = False,
    ) -> None:
        self.version, self.password, self.heap = version, password, heap
        self.options = QUICK if quick else ()
        self.process: subprocess.Popen[bytes] | None = None
        self.own_home = home is None
        self.home = Path(home or tempfile.mkdtemp(prefix="neo4j-")).resolve()
        address = f"127.0.0.1:{free_port()}"
        self.uri, self.auth = f"bolt://{address}", ("neo4j", password)
        # The shipped neo4j.conf of 2026 sets Cypher 25; bare jars default to 5, and 5.26 does not know the setting.
        language = {} if version.startswith("5.") else {"db.query.default_language": "CYPHER_25"}
        listen = {"server.bolt.listen_address": address, "server.bolt.advertised_address": address}
        self.settings = {**SETTINGS, **language, **listen, **(settings or {})}

    def __enter__(self) -> Self:
        console, log = self.home / "console.log", self.home / "logs" / "neo4j.log"
        try:
            self._start(console, log)
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            text = "".join(file.read_text() for file in (console, log) if file.exists())
            self._stop()
            message = f"Neo4j {self.version} did not start: {error}\n{text[-3000:]}"
            raise RuntimeError(message) from error
        except BaseException:  # an interrupt leaves no server behind
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _start(self, console: Path, log: Path) -> None:
        jars, java, conf = fetch_jars(self.version), find_java(self.version), self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        (conf / "neo4j.conf").write_text("".join(f"{key}={value}\n" for key, value in self.settings.items()))
        begin = log.stat().st_size if log.exists() else 0  # a restart appends to the log
        with console.open("ab") as out:
            if not (self.home / "data" / "databases").exists():
                self._set_password(java, jars, conf, out)
            self.process = self._launch(java, jars, conf, out)
        self._wait(log, begin)

    def _set_password(self, java: str, jars: Path, conf: Path, out: IO[bytes]) -> None:
        # Possible before the first start only.
        admin = [java, "-cp", f"{jars}/*", "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password]
        env = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(conf)}
        subprocess.run(admin, env=env, check=True, stdout=out, stderr=out)

    def _launch(self, java: str, jars: Path, conf: Path, out: IO[bytes]) -> subprocess.Popen[bytes]:
        with zipfile.ZipFile(jars / f"neo4j-{self.version}.jar") as jar:  # the class has another name in 2026
            main = jar.read("META-INF/services/org.neo4j.server.startup.EntryPoint").decode().split()[0]
        memory = [*self.options, f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+ExitOnOutOfMemoryError"]
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENS]
        program = ["-cp", f"{jars}/*", main, f"--home-dir={self.home}", f"--config-dir={conf}"]
        return subprocess.Popen(
            [java, *memory, *opens, "--enable-native-access=ALL-UNNAMED", *program],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )

    def _wait(self, log: Path, begin: int) -> None:
        deadline = time.monotonic() + 120
        while not log.exists() or b"Started." not in log.read_bytes()[begin:]:
            code = self.process.poll() if self.process else None
            if code is not None or time.monotonic() > deadline:
                message = f"exit code {code}"
                raise RuntimeError(message)
            time.sleep(0.1)

    def _stop(self) -> None:
        if self.process:
            self.process.terminate()  # SIGTERM: clean shutdown, exit code 0
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.own_home:
            shutil.rmtree(self.home, ignore_errors=True)
