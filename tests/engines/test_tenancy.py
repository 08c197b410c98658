"""Several programs on one folder: one owns the engine, the others are its guests, and any of them may be killed."""

import asyncio
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest

from service.engines.bolt import Bolt
from service.engines.embedded.engine import Embedded, open_folder
from service.engines.embedded.home import Home
from service.engines.embedded.process import command, environment
from service.engines.embedded.runtime import Runtime
from service.engines.faults import Lost, Overdue
from service.engines.protocol import Deadlines, Engine, Record, Transaction
from service.engines.stores import Folder
from service.errors import Code, ServiceError
from tests.engines.tenant import PATIENT

pytestmark = pytest.mark.embedded

TENANT = Path(__file__).with_name("tenant.py")
ROOT = Path(__file__).parents[2]
ROUNDS = 10
ISSUES = "MATCH (n:Issue) WITH n ORDER BY n.id RETURN collect(n.id) AS ids"


@dataclass
class Tenant:
    """A program on the folder and the engine it found or started."""

    program: "subprocess.Popen[str]"
    engine: int
    part: str
    said: list[str] = field(default_factory=list[str])

    def acknowledges(self, count: int) -> None:
        """Nothing, once it has said of so many writes more that they are committed."""
        assert self.program.stdout
        for _ in range(count):
            self.said.append(self.program.stdout.readline().strip())

    def kill(self) -> list[str]:
        """What it had said when it was killed."""
        self.program.kill()
        said, _ = self.program.communicate()
        return [*self.said, *said.splitlines()]


@contextmanager
def tenant(folder: Folder, *, where: str = "main", task: str = "wait") -> Generator[Tenant]:
    with subprocess.Popen(
        [sys.executable, str(TENANT), str(folder.path), where, task],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as program:
        assert program.stdout
        try:
            word, engine, part = program.stdout.readline().split()
            assert word == "ready"
            yield Tenant(program, int(engine), part)
        finally:
            program.kill()


@asynccontextmanager
async def opened(folder: Folder, deadlines: Deadlines = PATIENT) -> AsyncGenerator[Embedded]:
    engine = await open_folder(folder, deadlines)
    try:
        yield engine
    finally:
        await engine.close()


async def add(engine: Engine, id: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Issue {id: $id})", {"id": id})

    await engine.write(work)


async def issues(engine: Engine) -> object:
    return (await engine.read(ISSUES, {}))[0]["ids"]


def running(engine: int) -> bool:
    """Whether the engine's program still runs; what is dead and not yet cleared away does not."""
    try:
        state = Path(f"/proc/{engine}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


async def gone(engine: int, within: float = 60.0) -> bool:
    end = time.monotonic() + within
    while running(engine) and time.monotonic() < end:  # noqa: ASYNC110 - another program gives no event
        await asyncio.sleep(0.02)
    return not running(engine)


async def test_a_missing_folder_is_made_and_what_was_written_is_there_again(folder: Folder) -> None:
    async with opened(folder) as engine:
        await add(engine, "iss-1")
        pid = engine.connection.endpoint.pid
    assert not running(pid)
    async with opened(folder) as engine:
        assert await issues(engine) == ["iss-1"]


async def test_nobody_else_on_the_machine_may_look_into_the_folder(folder: Folder) -> None:
    async with opened(folder):
        modes = {
            name: stat.S_IMODE((folder.path / name).stat().st_mode)
            for name in (
                ".",
                "engine",
                "engine.json",
                "engine.lock",
                "engine/root.password",
                "engine/reader.password",
                "engine/output.log",
            )
        }
    assert modes == {
        ".": 0o700,
        "engine": 0o700,
        "engine.json": 0o600,
        "engine.lock": 0o600,
        "engine/root.password": 0o600,
        "engine/reader.password": 0o600,
        "engine/output.log": 0o600,
    }


async def test_a_second_program_attaches_to_the_running_engine(folder: Folder) -> None:
    async with opened(folder) as engine:
        await add(engine, "iss-1")
        with tenant(folder, task="write") as other:
            assert (other.engine, other.part) == (engine.connection.endpoint.pid, "guest")
            assert other.program.stdout
            assert other.program.stdout.readline() == "1\n"
            assert {"iss-1", "a1", "b1"} <= set(str(await issues(engine)).strip("[]").replace("'", "").split(", "))


async def test_a_guest_that_is_killed_leaves_the_engine_running(folder: Folder) -> None:
    async with opened(folder) as engine:
        with tenant(folder) as guest:
            guest.kill()
        await add(engine, "iss-1")
        assert (engine.tenancy.process and engine.tenancy.process.running(), await issues(engine)) == (True, ["iss-1"])


@pytest.mark.parametrize("where", ["main", "thread"])
async def test_killing_the_owner_takes_the_engine_along(folder: Folder, where: str) -> None:
    with tenant(folder, where=where) as owner:
        assert (owner.part, running(owner.engine)) == ("owner", True)
        owner.kill()
    assert await gone(owner.engine)


async def test_a_guest_whose_owner_was_killed_starts_the_engine_again_and_reads(folder: Folder) -> None:
    with tenant(folder) as owner:
        async with opened(folder) as guest:
            await add(guest, "iss-1")
            owner.kill()
            assert await issues(guest) == ["iss-1"]
            assert guest.tenancy.process is not None


async def test_a_guest_whose_owner_was_killed_starts_the_engine_again_and_writes(folder: Folder) -> None:
    with tenant(folder) as owner:
        async with opened(folder) as guest:
            owner.kill()
            await gone(owner.engine)
            await asyncio.gather(*(add(guest, f"iss-{number}") for number in range(5)))
            assert await issues(guest) == [f"iss-{number}" for number in range(5)]


async def test_a_guest_whose_owner_has_closed_becomes_the_owner_at_its_next_call(folder: Folder) -> None:
    owner = await open_folder(folder, PATIENT)
    async with opened(folder) as guest:
        await add(owner, "iss-1")
        await owner.close()
        assert (await issues(guest), guest.tenancy.process is not None) == (["iss-1"], True)


async def test_two_guests_without_an_owner_agree_on_one_engine(folder: Folder) -> None:
    owner = await open_folder(folder, PATIENT)
    async with opened(folder) as one, opened(folder) as two:
        await owner.close()
        await asyncio.gather(add(one, "iss-1"), add(two, "iss-2"))
        assert one.connection.endpoint == two.connection.endpoint
        assert await issues(one) == ["iss-1", "iss-2"]


async def test_an_owner_whose_engine_was_killed_starts_it_again(folder: Folder) -> None:
    async with opened(folder) as engine:
        await add(engine, "iss-1")
        os.kill(engine.connection.endpoint.pid, signal.SIGKILL)
        await add(engine, "iss-2")
        assert await issues(engine) == ["iss-1", "iss-2"]


async def test_one_broken_connection_costs_nobody_else_theirs(
    embedded: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(embedded, Embedded)
    before, reads = embedded.connection, iter([Lost()])

    async def read(self: Bolt, text: str, parameters: Mapping[str, object]) -> list[Record]:
        for lost in reads:
            raise lost
        return [{"text": text}]

    monkeypatch.setattr(Bolt, "read", read)
    assert await embedded.read("RETURN 1", {}) == [{"text": "RETURN 1"}]
    assert embedded.connection is before


async def test_a_caller_who_gives_up_does_not_stop_the_engine_from_coming_back(folder: Folder) -> None:
    async with opened(folder) as engine:
        await add(engine, "iss-1")
        os.kill(engine.connection.endpoint.pid, signal.SIGKILL)
        asking = asyncio.create_task(issues(engine))
        while engine.renewal is None:  # noqa: ASYNC110 - it is made on the way
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        renewal = engine.renewal
        assert await issues(engine) == ["iss-1"]
        assert engine.renewal is renewal


async def test_who_waits_too_long_for_the_right_to_write_is_told_so(embedded: Engine) -> None:
    assert isinstance(embedded, Embedded)
    embedded.deadlines = replace(PATIENT, call=0.05)
    async with embedded.writing:
        with pytest.raises(Overdue):
            await add(embedded, "iss-1")
    assert await issues(embedded) == []


@pytest.mark.slow
async def test_ten_kills_at_random_moments_lose_no_acknowledged_write_and_leave_no_half_of_one(folder: Folder) -> None:
    moments = random.Random(20261124)
    acknowledged = 0
    for _ in range(ROUNDS):
        with tenant(folder, task="write") as writer:
            # Counted in writes, which a busy machine makes fewer of; the last one is cut at any point of it.
            writer.acknowledges(moments.randrange(1, 20))
            await asyncio.sleep(moments.uniform(0.0, 0.02))
            acknowledged = int(writer.kill()[-1])
    async with opened(folder) as engine:
        answer = await engine.read(
            "MATCH (n:Issue) WITH n.number AS number, collect(n.id) AS ids ORDER BY number"
            " RETURN collect({number: number, both: size(ids) = 2}) AS pairs",
            {},
        )
    pairs = cast("list[dict[str, object]]", answer[0]["pairs"])
    assert len(pairs) >= acknowledged >= ROUNDS
    assert pairs == [{"number": number, "both": True} for number in range(1, len(pairs) + 1)]


async def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServiceError) as refused:
        await open_folder(Folder(tmp_path / "file" / "store"), PATIENT)
    assert (refused.value.code, refused.value.message) == (
        Code.UNAVAILABLE,
        f"the folder {tmp_path / 'file' / 'store'} cannot be made or written; choose another store",
    )


async def test_an_engine_that_does_not_start_says_where_its_reasons_stand(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\necho no\nexit 1\n")
    broken.chmod(0o700)
    monkeypatch.setattr("service.engines.embedded.process.runtime", lambda: Runtime(broken, tmp_path))
    with pytest.raises(ServiceError) as refused:
        await open_folder(folder, PATIENT)
    assert (refused.value.code, refused.value.message) == (
        Code.UNAVAILABLE,
        "the embedded engine did not start; see engine/output.log in the store's folder",
    )


async def test_an_owner_that_hangs_is_waited_for_no_longer_than_the_deadline(folder: Folder) -> None:
    home = Home(folder.path)
    home.prepare()
    lock = home.claim()
    assert lock is not None
    try:
        with pytest.raises(ServiceError) as refused:
            await open_folder(folder, Deadlines(start=0.2))
    finally:
        os.close(lock)
    assert (refused.value.code, refused.value.message) == (
        Code.UNAVAILABLE,
        "another process holds the store's folder and its engine does not answer; end it and try again",
    )


def test_the_command_line_holds_the_fences_and_no_secret(folder: Folder) -> None:
    home = Home(folder.path)
    home.prepare()
    words = command(home, Runtime(Path("/wheel/java"), Path("/wheel/jars")), folder.path / "logging.properties")
    settings = {
        word.split("=")[0].removeprefix("-Darcadedb."): word.split("=")[1]
        for word in words
        if "arcadedb." in word and "=" in word
    }
    assert settings.pop("server.httpIncomingPort")
    assert settings == {
        "server.rootPath": str(home.engine),
        "server.rootPasswordPath": str(home.password_file),
        "server.mode": "production",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.httpIncomingHost": "127.0.0.1",
        "server.defaultDatabases": "paddock[root]",
        "bolt.host": "127.0.0.1",
        "bolt.port": "0",
        "command.timeout": "30000",
        "txWalFlush": "2",
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "serverMetrics": "false",
    }
    assert home.password("root") not in " ".join(words)


def test_nothing_of_java_in_the_environment_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JAVA_HOME", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"):
        monkeypatch.setenv(name, "-Xmx1m")
    assert [name for name in environment() if "JAVA" in name] == []
