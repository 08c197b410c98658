"""Documents that are not sent but named: by their hash once they were sent, or by the id they are registered under."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import cast

from service.bodies import Unserved
from service.errors import Code, ServiceError

MOST_BYTES = 4 * 1024 * 1024
VERSION = 1
UNKNOWN = "PersistedQueryNotFound"  # the word by which clients know that they have to send the document as well
SHA256 = "sha256:"
# An id with a colon says how it was made: as a hash, or in a way of the client's own. One without says nothing.
_IDS = re.compile(r"sha256:[0-9a-f]{64}|(?:x-[a-z0-9]+:)?[A-Za-z0-9._~-]{1,128}")

Registered = Callable[[str], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a request says it: its text, its hash, the id it is registered under."""

    query: str | None = None
    hashed: str | None = None
    document: str | None = None


class Unknown(ServiceError):
    """A hash or an id under which nothing is kept, or not any longer."""

    def __init__(self, message: str = UNKNOWN) -> None:
        """Said in the word that clients look for, unless they cannot send the document instead."""
        super().__init__(Code.PERSISTED_QUERY_NOT_FOUND, message)


def named(extensions: Mapping[str, object]) -> str | None:
    """The hash that a request names its document by; None where it names none."""
    entry = extensions.get("persistedQuery")
    if entry is None:
        return None
    said = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
    found = said.get("sha256Hash")
    if said.get("version") != VERSION or not isinstance(found, str):
        sentence = "`persistedQuery` must be {'version': 1, 'sha256Hash': ...}; send it so, or leave it out"
        raise Unserved(HTTPStatus.BAD_REQUEST, sentence)
    return found.lower()


def identified(text: str) -> str:
    """The id of a registered document; BAD_USER_INPUT where it could be none."""
    if _IDS.fullmatch(text) is None:
        sentence = (
            "a document's id is sha256: and 64 hexadecimal digits, or up to 128 letters, digits, `.`, `_`, `~`, `-`"
        )
        raise Unserved(HTTPStatus.BAD_REQUEST, sentence)
    return text


def hash_of(text: str) -> str:
    """The id of a document that is named by its hash."""
    return SHA256 + sha256(text.encode()).hexdigest()


async def registered(named: Named, find: Registered) -> str:
    """The registered document a request means; FORBIDDEN where it sends another, whatever it says."""
    if named.document is not None:
        if (found := await find(identified(named.document))) is None:
            raise Unknown("no document is registered under this id; register it, or send the document")
        return found
    if named.query is not None:
        if await find(hash_of(named.query)) is None:
            raise ServiceError(Code.FORBIDDEN, "this document is not registered; send one that is, by `documentId`")
        return named.query
    found = None if named.hashed is None else await find(SHA256 + named.hashed)
    if found is None:
        raise Unknown
    return found


class Documents:
    """The documents that were sent with their hash; the ones longest out of use go first where room runs out.

    Everybody has their own: what others ask must not show in what is known here.
    """

    def __init__(self, room: int = MOST_BYTES) -> None:
        """None are kept yet, and never more than `room` bytes of them."""
        self._room = room
        self._held = 0
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def document(self, principal: str, named: Named, find: Registered) -> str:
        """The document a request means, kept where it came with its hash."""
        query, hashed = named.query, named.hashed
        if hashed is None or named.document is not None:
            return await registered(named, find) if query is None else query
        key = (principal, hashed)
        if query is None:
            return self._found(key) or await registered(named, find)
        if sha256(query.encode()).hexdigest() != hashed:
            raise Unserved(HTTPStatus.BAD_REQUEST, "`sha256Hash` is not that of the document; send the hash of `query`")
        self._keep(key, query)
        return query

    def _found(self, key: tuple[str, str]) -> str | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _keep(self, key: tuple[str, str], query: str) -> None:
        if key in self._kept:
            self._kept.move_to_end(key)
            return
        self._kept[key] = query
        self._held += _size(key, query)
        while self._held > self._room:
            self._held -= _size(*self._kept.popitem(last=False))


def _size(key: tuple[str, str], query: str) -> int:
    """Bytes that an entry takes at most, the table's own share among them."""
    return 512 + 4 * len(query) + sum(map(len, key))
