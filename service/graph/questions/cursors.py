"""Cursors: where a page ended, signed, so that only one this store gave out for the same question is taken back."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Undecodable
from dataclasses import dataclass

from service.errors import Code, ServiceError

_SIGNATURE = 16  # bytes of the SHA-256 that are kept: 128 bits
_LONGEST = 8192


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: its sort key and id, and the two clocks of the first page."""

    key: str
    id: str
    as_of: str | None
    known_at: str | None


def seal(secret: bytes, question: str, position: Position) -> str:
    """A cursor for one position in the answer to one question."""
    fields = [position.key, position.id, position.as_of, position.known_at]
    body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(_signature(secret, question, body) + body).decode().rstrip("=")


def unseal(secret: bytes, question: str, cursor: str) -> Position:
    """The position a cursor stands for, or BAD_USER_INPUT where this store did not seal it for this question."""
    try:
        raw = urlsafe_b64decode(cursor[:_LONGEST] + "=" * (-len(cursor) % 4))
    except (Undecodable, ValueError):
        raise _foreign() from None
    signature, body = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if len(cursor) > _LONGEST or not hmac.compare_digest(signature, _signature(secret, question, body)):
        raise _foreign()
    # Padding bits and stray characters would let several texts stand for one position.
    if urlsafe_b64encode(raw).decode().rstrip("=") != cursor:
        raise _foreign()
    return Position(*json.loads(body))


def _signature(secret: bytes, question: str, body: bytes) -> bytes:
    message = len(question).to_bytes(4) + question.encode() + body
    return hmac.digest(secret, message, "sha256")[:_SIGNATURE]


def _foreign() -> ServiceError:
    return ServiceError(Code.BAD_USER_INPUT, "this cursor is not one of this list; begin again without a cursor")
