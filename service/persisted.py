"""Documents that clients send once and then name by their hash."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import cast

from service.bodies import Unserved
from service.errors import Code, ServiceError

MOST_BYTES = 4 * 1024 * 1024
VERSION = 1
UNKNOWN = "PersistedQueryNotFound"  # the word by which clients know that they have to send the document as well


class Unknown(ServiceError):
    """A hash under which nothing is kept, or not any longer."""

    def __init__(self) -> None:
        """Said in the word that clients look for."""
        super().__init__(Code.BAD_USER_INPUT, UNKNOWN)


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


class Documents:
    """The documents that were sent with their hash; the ones longest out of use go first where room runs out.

    Everybody has their own: what others ask must not show in what is known here.
    """

    def __init__(self, room: int = MOST_BYTES) -> None:
        """None are kept yet, and never more than `room` bytes of them."""
        self._room = room
        self._held = 0
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()

    def document(self, principal: str, query: str | None, hashed: str | None) -> str:
        """The document a request means, kept where it came with its hash."""
        if hashed is None:
            if query is None:
                raise Unserved(HTTPStatus.BAD_REQUEST, "`query` is missing; send the document there")
            return query
        key = (principal, hashed)
        if query is None:
            return self._found(key)
        if sha256(query.encode()).hexdigest() != hashed:
            raise Unserved(HTTPStatus.BAD_REQUEST, "`sha256Hash` is not that of the document; send the hash of `query`")
        self._keep(key, query)
        return query

    def _found(self, key: tuple[str, str]) -> str:
        if key not in self._kept:
            raise Unknown
        self._kept.move_to_end(key)
        return self._kept[key]

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
