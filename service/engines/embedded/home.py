"""The folder of an embedded store: what lies where, who owns the running engine, and how to reach it."""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from service.errors import Code, ServiceError

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running engine listens on this machine."""

    pid: int
    bolt: int
    http: int


@dataclass(frozen=True, slots=True)
class Home:
    """The folder and the files in it that are ours."""

    path: Path

    @property
    def engine(self) -> Path:
        """What belongs to the engine: its databases, users and log."""
        return self.path / "engine"

    @property
    def log(self) -> Path:
        return self.engine / "output.log"

    @property
    def log_name(self) -> Path:
        """The log's place in the folder, for sentences that may leave this machine."""
        return self.log.relative_to(self.path)

    @property
    def password_file(self) -> Path:
        return self.engine / "root.password"

    @property
    def _endpoint(self) -> Path:
        return self.path / "engine.json"

    def prepare(self) -> None:
        """Make the folder and its secrets, for nobody else to read; what is there stays."""
        try:
            for folder in (self.path, self.engine):
                folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            self.engine.chmod(PRIVATE_FOLDER)
        except OSError as error:
            raise ServiceError(
                Code.UNAVAILABLE, f"the folder {self.path} cannot be made or written; choose another store"
            ) from error

    def password(self, user: str) -> str:
        """The password of a user of the engine, made at first use."""
        file = self.engine / f"{user}.password"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(32))
        return file.read_text(encoding="ascii")

    def known_to_engine(self, user: str) -> bool:
        """Whether the engine has that user already."""
        users = self.engine / "config" / "server-users.jsonl"
        lines = users.read_text(encoding="utf-8").splitlines() if users.exists() else []
        return any(json.loads(line)["name"] == user for line in lines if line.strip())

    def publish(self, endpoint: Endpoint) -> None:
        """Tell other processes where the engine listens."""
        write_private(self._endpoint, json.dumps(asdict(endpoint)))

    def withdraw(self) -> None:
        """Tell other processes that no engine is running."""
        self._endpoint.unlink(missing_ok=True)

    def endpoint(self) -> Endpoint | None:
        """Where the engine was last said to listen."""
        try:
            found = cast("dict[str, int]", json.loads(self._endpoint.read_text(encoding="ascii")))
            return Endpoint(found["pid"], found["bolt"], found["http"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def claim(self) -> int | None:
        """The open lock that makes this process the owner, or nothing where another process is.

        The system drops the lock with the process, however it ends, so no stale lock can stay.
        """
        lock = os.open(self.path / "engine.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return lock


def write_private(file: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only from its first moment."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
