"""Bearer tokens: kept as hashes, read at each request with their owner, the revision and the table of classes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import cypher
from network.dates import micros
from service.graph import users
from service.graph.model import digest
from service.graph.store import Graph, Scope
from service.graph.users import User, written
from service.graph.visibility import Saved, VisibilityClass

PREFIX = "pdk_"
BYTES = 32  # 256 random bits
USED = 3_600_000_000  # microseconds: a use within an hour of the last one is not noted again


class Kind(StrEnum):
    """For whom a token acts."""

    PERSONAL = "personal"  # its owner
    INTEGRATOR = "integrator"  # a program, within what its owner may


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; what it names bounds it further than its owner's rights do."""

    id: str
    name: str
    hash: str
    kind: str
    owner: str | None  # id of the user
    roles: tuple[str, ...] | None
    scopes: tuple[str, ...] | None
    fields: tuple[str, ...] | None
    clearance: str | None  # the highest level it sees
    registered_only: bool | None  # whether it may send registered documents only
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None = field(compare=False)  # changes nothing of what it allows

    def stands(self, now: str) -> bool:
        """Whether it counts at a moment."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


@dataclass(frozen=True, slots=True)
class Rights:
    """What one statement tells of a request: who asks, for whom, at which revision, and which classes there are."""

    revision: int
    token: Token | None
    owner: User | None
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
# Tokens as older releases kept them: with one role each, an integrator's owner another token.
ADOPT = cypher.query("token/adopt", Saved)


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
    role: str | None,
    *,
    scopes: Sequence[str] | None = None,
    expires_at: str | None = None,
    compartments: Sequence[str] = (),
    owner: User | None = None,
    fields: Sequence[str] | None = None,
    clearance: str | None = None,
) -> Created:
    """A new token of a user. Without an owner it is that of the user called as the token, who is granted its role."""
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    kind = Kind.INTEGRATOR if role == Kind.INTEGRATOR else Kind.PERSONAL
    roles = None if role is None or kind is Kind.INTEGRATOR else [role]
    if owner is None:
        owner = await _granted(graph, name, roles or (), compartments)
    given: dict[str, object] = {
        "id": digest("tok", hashed(secret)),
        "name": name,
        "hash": hashed(secret),
        "kind": kind.value,
        "owner": owner.id,
        "roles": roles,
        "scopes": None if scopes is None else list(scopes),
        "fields": None if fields is None else sorted(set(fields)),
        "clearance": clearance,
        "expiresAt": expires_at,
    }
    return Created(secret, (await written(graph, CREATE, at=graph.clock(), **given))[0])


async def tokens(graph: Graph) -> list[Token]:
    """Every token that was ever given out, by name."""
    return await graph.read(ALL, Scope())


async def revoke(graph: Graph, token: str) -> list[Token]:
    """The tokens of that name or id that stood until now."""
    return await written(graph, REVOKE, token=token, at=graph.clock())


async def note_use(graph: Graph, token: Token, now: str) -> None:
    """Remembers that a token was used at a moment, at most once an hour."""
    if token.last_used_at is not None and micros(now) - micros(token.last_used_at) < USED:
        return

    await written(graph, NOTE_USE, id=token.id, at=now)


async def _granted(graph: Graph, name: str, roles: Sequence[str], compartments: Sequence[str]) -> User:
    found = await users.user(graph, name)
    if found is None or not found.stands:
        return await users.add(graph, name, roles, compartments)
    return await users.grant(graph, found, roles, compartments)
