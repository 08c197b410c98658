"""What keeps erased people away: keyed hashes of how they were known, and nothing that can be read.

The key is made at the first erasure and lives in the store beside the hashes of tokens, so that every server knows it
and a backup carries it. Whoever has the whole store can try names against it; nobody else can.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

import cypher
from service.graph.folding import fold
from service.graph.model import AgentKind, Identity
from service.graph.record.statements import Statements
from service.graph.store import Reader, Scope, Write
from service.graph.visibility import Saved

LABEL = "Suppression"
KEY = "sup-key"
NAME = "name"  # the scheme of an identity that is nothing but a name


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A keyed hash; the key itself stands beside one id."""

    id: str
    key: str | None


ALL = cypher.query("suppression/all", Suppressed)
CREATE = cypher.query("suppression/create", Saved)


@dataclass(frozen=True, slots=True)
class Suppression:
    """How erased people were known, to be asked and not to be read."""

    key: bytes
    ids: frozenset[str] = frozenset()

    def held(self, identity: Identity) -> bool:
        """Whether an erased person was known by this very identity."""
        return bool(self.ids) and identity.kind is AgentKind.PERSON and self._identity(identity) in self.ids

    def knows(self, identity: Identity) -> bool:
        """Whether an identity means an erased person: one they were known by, or nothing but what they were called."""
        if self.held(identity):
            return True
        return identity.kind is AgentKind.PERSON and identity.scheme == NAME and self.names(identity.value)

    def names(self, name: str, place: str | None = None) -> bool:
        """Whether an erased person was called so; with a place, whether they were and worked there."""
        return bool(self.ids) and self._name(name, place) in self.ids

    def of(self, identities: Iterable[Identity], names: Iterable[str], places: Iterable[str]) -> set[str]:
        """The hashes of all that a person was known by."""
        at = [None, *places]
        called = {self._name(name, place) for name in names if fold(name) for place in at}
        return {self._identity(one) for one in identities} | called

    def _identity(self, one: Identity) -> str:
        return self._hash("identity", one.kind.value, one.scheme, one.value)

    def _name(self, name: str, place: str | None) -> str:
        return self._hash("name", fold(name), place)

    def _hash(self, *parts: str | None) -> str:
        return "sup-" + hmac.new(self.key, orjson.dumps(parts), hashlib.sha256).hexdigest()


async def suppression(graph: Reader) -> Suppression:
    """All that is suppressed in a store."""
    rows = await graph.read(ALL, Scope())
    key = next((row.key for row in rows if row.key is not None), None)
    if key is None:
        return Suppression(secrets.token_bytes(32))
    return Suppression(bytes.fromhex(key), frozenset(row.id for row in rows if row.key is None))


async def suppress(write: Write, found: Suppression, ids: Iterable[str]) -> None:
    """Nothing, once these hashes are kept, and the key with them."""
    rows = [{"id": KEY, "properties": {"id": KEY, "key": found.key.hex()}}]
    rows += [{"id": id, "properties": {"id": id, "revision": write.revision}} for id in sorted(ids)]
    await Statements(write).save(CREATE, [dict[str, object](row) for row in rows], "new Suppression")
