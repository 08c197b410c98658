"""Documents sent and answers received: what is sent again, after how long, and when it is given up."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, cast

import httpx

from paddock.errors import PaddockError, Unreachable, Unreadable, refused

ACCEPT = "application/graphql-response+json, application/json;q=0.9"
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
UNKNOWN = "PersistedQueryNotFound"
LEAST = 0.05  # seconds that are worth another try

_NO_WORDS = re.compile(r'"""(?:[^\\]|\\.)*?"""|"(?:[^"\\\n]|\\.)*"|#[^\n\r]*', re.DOTALL)
_BRACES = re.compile(r"\{[^{}]*\}")
_MUTATION = re.compile(r"\bmutation\b")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a question may take in all, how often it is sent, and how long the pauses in between are."""

    deadline: float = 60.0
    tries: int = 5
    first_pause: float = 0.2
    longest_pause: float = 10.0

    def pause(self, tried: int, at_least: float | None) -> float:
        """Seconds before the next try: a random part of a time that doubles, or what the server asked for."""
        bound = min(self.longest_pause, self.first_pause * 2 ** (tried - 1))
        return max(random.uniform(bound / 2, bound), at_least or 0.0)  # noqa: S311 (it only has to spread)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent back: its status, the seconds it asks for before the next try, and the text."""

    status: int
    wait: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a document: its data, and the cost the server put on it."""

    data: dict[str, Any]
    cost: int | None


class Transport:
    """One connection pool to one server with one token."""

    def __init__(
        self,
        client: httpx.Client,
        patience: Patience,
        *,
        persisted: bool = True,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Over an HTTP client that knows the address and the token."""
        self._client = client
        self._patience = patience
        self._persisted = persisted
        self._clock = clock
        self._sleep = sleep
        self._sent: set[str] = set()  # hashes of documents that the server was told

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def answer(self, document: str, operation: str | None, variables: Mapping[str, object]) -> Answer:
        """The answer to a document; one of the errors of this package where there is none."""
        again = repeatable(document, variables)
        end = self._clock() + self._patience.deadline
        tried = 0
        while True:
            tried += 1
            found, wait = self._tried(document, operation, variables, end)
            if isinstance(found, Answer):
                return found
            pause = self._patience.pause(tried, wait)
            if wait is None or not again or tried >= self._patience.tries or self._clock() + pause + LEAST > end:
                raise found
            self._sleep(pause)

    def _tried(
        self, document: str, operation: str | None, variables: Mapping[str, object], end: float
    ) -> tuple[Answer | PaddockError, float | None]:
        """What one try comes to; for an error the least pause before the next, None where that is of no use."""
        try:
            reply = self._send(document, operation, variables, end)
        except httpx.TransportError as error:
            told = Unreachable(f"{self._client.base_url} did not answer: {str(error) or type(error).__name__}")
            told.__cause__ = error
            return told, 0.0
        found = _read(reply, f"{self._client.base_url}".rstrip("/") + "/graphql")
        return found, (reply.wait or 0.0) if reply.status in BUSY else None

    def _send(self, document: str, operation: str | None, variables: Mapping[str, object], end: float) -> Reply:
        hashed = sha256(document.encode()).hexdigest()
        known = self._persisted and hashed in self._sent
        body = _body(None if known else document, hashed, operation, variables, persisted=self._persisted)
        reply = self._post(body, end)
        if known and UNKNOWN in reply.text:
            reply = self._post(_body(document, hashed, operation, variables, persisted=True), end)
        if reply.status == HTTPStatus.OK:
            self._sent.add(hashed)
        return reply

    def _post(self, body: Mapping[str, object], end: float) -> Reply:
        """What comes back by the deadline; an answer that is still coming then is none."""
        left = max(end - self._clock(), LEAST)
        content = bytearray()
        with self._client.stream("POST", "/graphql", json=body, timeout=left) as response:
            for part in response.iter_bytes():
                content += part
                if self._clock() > end:
                    raise httpx.ReadTimeout("the answer was still coming at the deadline", request=response.request)
        return Reply(response.status_code, retry_after(response), content.decode(errors="replace"))


def _body(
    document: str | None, hashed: str, operation: str | None, variables: Mapping[str, object], *, persisted: bool
) -> dict[str, object]:
    known = {"persistedQuery": {"version": 1, "sha256Hash": hashed}} if persisted else None
    said = {"query": document, "operationName": operation, "variables": dict(variables), "extensions": known}
    return {key: value for key, value in said.items() if value is not None}


def _read(reply: Reply, url: str) -> Answer | PaddockError:
    try:
        body = json.loads(reply.text)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return Unreadable(f"{url} answered {reply.status} and no GraphQL; look at the address")
    said = cast("dict[str, Any]", body)
    data = said.get("data")
    error = refused(said.get("errors"), data, reply.wait)
    if error is not None:
        return error
    if not isinstance(data, dict):
        return Unreadable(f"{url} answered {reply.status} without data or errors")
    extensions = cast("dict[str, int]", said.get("extensions") or {})
    return Answer(cast("dict[str, Any]", data), extensions.get("cost"))


def repeatable(document: str, variables: Mapping[str, object]) -> bool:
    """Whether sending a document twice comes to the same as once: a question, or entries that have their keys."""
    if not mutating(document):
        return True
    entries = [cast("Mapping[str, object]", value) for value in variables.values() if isinstance(value, Mapping)]
    return bool(entries) and all("idempotencyKey" in one for one in entries)


def mutating(document: str) -> bool:
    """Whether a document holds a mutation: its word outside of every text, comment and pair of braces."""
    text = _NO_WORDS.sub(" ", document)
    while (less := _BRACES.sub(" ", text)) != text:
        text = less
    return _MUTATION.search(text) is not None


def retry_after(response: httpx.Response) -> float | None:
    """The seconds a server asks for before the next try; None where it does not."""
    said = response.headers.get("Retry-After", "").strip()
    try:
        return max(float(said), 0.0)
    except ValueError:
        pass
    try:
        return max((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
