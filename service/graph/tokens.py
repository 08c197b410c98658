"""Bearer tokens: kept as hashes, read at each request together with the revision and the table of classes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import cypher
from network.dates import micros
from service.engines.protocol import Transaction
from service.graph.model import digest
from service.graph.store import Graph, Scope
from service.graph.visibility import VisibilityClass

Row = TypeVar("Row")

PREFIX = "pdk_"
BYTES = 32  # 256 random bits
USED = 3_600_000_000  # microseconds: a use within an hour of the last one is not noted again


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; `owner` is the id of the token whose rights bound it."""

    id: str
    name: str
    hash: str
    role: str
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None
    owner: str | None
    principal: str | None
    compartments: tuple[str, ...]

    def stands(self, now: str) -> bool:
        """Whether it counts at a moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True, slots=True)
class Rights:
    """What one statement tells of a request: who asks, under whom, at which revision, and which classes there are."""

    revision: int
    token: Token | None
    owner: Token | None
    classes: tuple[VisibilityClass, ...]


@dataclass(frozen=True, slots=True)
class Used:
    id: str
    at: str


@dataclass(frozen=True, slots=True)
class Created:
    """A new token; `secret` is told once and stored nowhere."""

    secret: str
    token: Token


RIGHTS = cypher.query("token/rights", Rights)
ALL = cypher.query("token/all", Token)
CREATE = cypher.query("token/create", Token)
REVOKE = cypher.query("token/revoke", Token)
NOTE_USE = cypher.query("token/used", Used)


def hashed(secret: str) -> str:
    """What is stored in place of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def rights(graph: Graph, secret: str | None) -> Rights:
    """The rights a secret stands for; without one, or with one nobody gave out, only revision and classes."""
    wanted = "" if secret is None else hashed(secret)
    found = (await graph.read(RIGHTS, Scope(), hash=wanted))[0]
    if found.token is None or hmac.compare_digest(found.token.hash, wanted):
        return found
    return Rights(found.revision, None, None, found.classes)


async def create(
    graph: Graph,
    name: str,
    role: str,
    *,
    scopes: Sequence[str],
    expires_at: str | None = None,
    compartments: Sequence[str] = (),
    owner: str | None = None,
) -> Created:
    """A new token of a principal; `compartments` are granted to the principal."""
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    given: dict[str, object] = {
        "id": digest("tok", hashed(secret)),
        "principal": digest("pri", name),
        "name": name,
        "hash": hashed(secret),
        "role": role,
        "scopes": list(scopes),
        "expiresAt": expires_at,
        "owner": owner,
        "compartments": sorted(set(compartments)),
    }
    return Created(secret, (await _write(graph, CREATE, at=graph.clock(), **given))[0])


async def tokens(graph: Graph) -> list[Token]:
    """Every token that was ever given out, by name."""
    return await graph.read(ALL, Scope())


async def revoke(graph: Graph, token: str) -> list[Token]:
    """The tokens of that name or id that stood until now."""
    return await _write(graph, REVOKE, token=token, at=graph.clock())


async def note_use(graph: Graph, token: Token) -> None:
    """Remembers that a token was used, at most once an hour."""
    now = graph.clock()
    if token.last_used_at is not None and micros(now) - micros(token.last_used_at) < USED:
        return

    await _write(graph, NOTE_USE, id=token.id, at=now)


async def _write(graph: Graph, query: cypher.Query[Row], **parameters: object) -> list[Row]:
    """The rows of a statement about tokens: it says nothing of the graph, so it makes no revision."""
    cypher.parameters(query, parameters)

    async def work(transaction: Transaction) -> list[Row]:
        return query.rows(await transaction.run(query.text, parameters))

    return await graph.engine.write(work)
