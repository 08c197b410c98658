"""A line in the log for each request: its id, how it ended, how long it took, and nothing it asked or was told."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOG = logging.getLogger(__name__)
HEADER = b"x-request-id"
FIT = re.compile(rb"[A-Za-z0-9._-]{1,64}")
NOBODY = 499  # as web servers log a request whose client went first
ELSEWHERE = "elsewhere"


@dataclass(slots=True)
class Account:
    """What a request has taken so far."""

    id: str
    path: str
    status: int = NOBODY
    seconds: float = 0.0
    statements: int = 0
    store_seconds: float = 0.0
    begun: float = field(default_factory=time.perf_counter)

    def facts(self) -> dict[str, object]:
        """What the log says of it."""
        return {
            "path": self.path,
            "status": self.status,
            "milliseconds": round(1000 * self.seconds, 1),
            "statements": self.statements,
            "storeMilliseconds": round(1000 * self.store_seconds, 1),
        }


_ACCOUNT: ContextVar[Account | None] = ContextVar("account", default=None)


def account() -> Account | None:
    """The account of the request this is done for."""
    return _ACCOUNT.get()


class Accounts:
    """Around an application: each request has an account, which is logged and handed to `done` when it has ended."""

    def __init__(self, app: ASGIApp, paths: frozenset[str], done: Callable[[Account], None]) -> None:
        """`paths` are named; a path that is none of them may hold anything and is not."""
        self.app = app
        self.paths = paths
        self.done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own = Account(_id(scope), scope["path"] if scope["path"] in self.paths else ELSEWHERE)
        token = _ACCOUNT.set(own)
        try:
            await self.app(scope, receive, _noted(send, own))
        finally:
            own.seconds = time.perf_counter() - own.begun
            self.done(own)
            if LOG.isEnabledFor(logging.INFO):
                LOG.info("answered", extra={"facts": own.facts()})
            _ACCOUNT.reset(token)


def _id(scope: Scope) -> str:
    """The id a client or a proxy has given, where it can stand in a log; else a new one."""
    given = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return given.decode() if FIT.fullmatch(given) else secrets.token_hex(8)


def _noted(send: Send, own: Account) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own.status = message["status"]
        await send(message)

    return sent
