"""A graph ready to be asked: its engine started or reached, its schema in place, its secret at hand."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from network.dates import moment
from service.engines.open import open_engine
from service.engines.stores import Folder
from service.graph.listening import unheard
from service.graph.migrations import migrate
from service.graph.store import Graph

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from service.engines.protocol import Deadlines
    from service.graph.listening import Listener
    from service.settings import Settings

NANOSECONDS = 1000
SECRET_BYTES = 32
SECRET_FILE = "paddock.secret"  # noqa: S105 (a file's name)


def now() -> str:
    """The present moment, in UTC."""
    return moment(time.time_ns() // NANOSECONDS)


@asynccontextmanager
async def opened(
    settings: Settings, deadlines: Deadlines | None = None, listener: Listener = unheard
) -> AsyncGenerator[Graph]:
    """The graph of a store; an empty or missing folder becomes a store, and missing migrations are applied."""
    engine = await open_engine(settings.store, deadlines)
    try:
        await migrate(engine, at=now())
        yield Graph(engine, now, _secret(settings), listener)
    finally:
        await engine.close()


def _secret(settings: Settings) -> bytes:
    """What seals cursors: the one that is set, else the folder's own; else it lasts as long as the process."""
    if settings.secret is not None:
        return settings.secret.encode()
    if isinstance(settings.store, Folder):
        return _own_secret(settings.store.path)
    return secrets.token_bytes(SECRET_BYTES)


def _own_secret(folder: Path) -> bytes:
    """The folder's secret, made at first use; of two processes that make it at once, one wins and both read it."""
    file, mine = folder / SECRET_FILE, folder / f"{SECRET_FILE}.{secrets.token_hex(8)}"
    if not file.exists():
        mine.touch(mode=0o600)
        mine.write_bytes(secrets.token_bytes(SECRET_BYTES))
        try:
            os.link(mine, file)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return file.read_bytes()
