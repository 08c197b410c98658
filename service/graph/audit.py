"""Who was shown whom: entries that nobody takes back, each sealed by a hash over itself and the one before.

All entries of a store are one chain, whichever of its servers wrote them: whoever appends locks the node that holds the
number and hash of the last one. No revision is made, for nothing of the record changes.

The hash of an entry is SHA-256, in hexadecimal, over the bytes of a JSON array without spaces in UTF-8:

    [previous, number, at, principal, token, operation, fields, purpose, people]

where `previous` is the hash of the entry before (64 zeros for the first), `number` counts from 1, what is absent is
null, and `people` are ids in ascending order. Whoever can write to the store can forge a whole chain; so note the
number and hash that `paddock audit verify` prints in another place, and give them to it the next time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import orjson

import cypher
from cypher import Query
from service.engines.faults import Duplicate, Unconfirmed
from service.engines.protocol import Transaction
from service.errors import Code, ServiceError
from service.graph.store import Graph, Scope
from service.graph.visibility import Saved

LABEL = "Audit"
PAGE = 500  # entries in a message; each may name a thousand people
ATTEMPTS = 5
FIRST = "0" * 64
HEAD_ID = "aud-head"


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer in which people were put out: who asked what, never with which values, and who was shown."""

    principal: str
    token: str | None
    at: str
    operation: str | None
    fields: tuple[str, ...]
    purpose: str | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry(Shown):
    """A link of the chain."""

    id: str
    number: int
    previous: str
    hash: str

    @property
    def seal(self) -> str:
        """The hash that its content and the entry before make."""
        content = (self.at, self.principal, self.token, self.operation, self.fields, self.purpose, self.people)
        return hashlib.sha256(orjson.dumps([self.previous, self.number, *content])).hexdigest()

    def properties(self) -> dict[str, object]:
        """What is stored of it: nothing that is absent."""
        values: dict[str, object] = {
            "id": self.id,
            "number": self.number,
            "at": self.at,
            "principal": self.principal,
            "token": self.token,
            "operation": self.operation,
            "fields": list(self.fields),
            "purpose": self.purpose,
            "people": list(self.people),
            "previous": self.previous,
            "hash": self.hash,
        }
        return {name: value for name, value in values.items() if value is not None and value != []}


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain has come."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Hash:
    """The hash of an entry."""

    hash: str


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who was ever given a token."""

    id: str
    name: str


class Damage(StrEnum):
    """What can be wrong with a chain."""

    EDITED = "edited"
    REMOVED = "removed"
    REORDERED = "reordered"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry at which a chain does not hold, and what was done to it."""

    number: int
    damage: Damage
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain tells: how many entries hold, the last of them, and where it breaks."""

    entries: int
    hash: str
    broken: Broken | None


LOCK = cypher.query("audit/lock", Head)
HEAD = cypher.query("audit/head", Head)
ADVANCE = cypher.query("audit/advance", Saved)
CREATE = cypher.query("audit/create", Saved)
HASH = cypher.query("audit/hash", Hash)
ENTRIES = cypher.query("audit/entries", Entry)
WHO_SAW = cypher.query("audit/who_saw", Entry)
SEEN_BY = cypher.query("audit/seen_by", Entry)
PRINCIPALS = cypher.query("principal/all", Principal)


def linked(head: Head, shown: Iterable[Shown]) -> list[Entry]:
    """The entries that answers make behind the head of a chain."""
    entries: list[Entry] = []
    number, previous = head.number, head.hash or FIRST
    for one in shown:
        number += 1
        loose = Entry(
            one.principal,
            one.token,
            one.at,
            one.operation,
            one.fields,
            one.purpose,
            tuple(sorted(set(one.people))),
            f"aud-{number:016d}",
            number,
            previous,
            "",
        )
        entry = replace(loose, hash=loose.seal)
        entries.append(entry)
        previous = entry.hash
    return entries


async def append(graph: Graph, shown: Sequence[Shown]) -> None:
    """Nothing, once these answers are entries of the chain, in their order and each once."""
    for attempt in range(ATTEMPTS):
        written: list[Entry] = []

        async def work(transaction: Transaction, written: list[Entry] = written) -> None:
            head = LOCK.rows(await transaction.run(LOCK.text, {"token": secrets.token_hex(8)}))[0]
            written[:] = linked(head, shown)
            rows = [{"properties": entry.properties()} for entry in written]
            saved = CREATE.rows(await transaction.run(CREATE.text, {"rows": rows}))[0].saved
            if saved != len(rows):
                raise ServiceError(Code.INTERNAL, f"{saved} of {len(rows)} entries of the audit were saved")
            last = {"number": written[-1].number, "hash": written[-1].hash}
            ADVANCE.rows(await transaction.run(ADVANCE.text, last))

        try:
            return await graph.engine.write(work)
        except Duplicate:  # two began the chain at once, or on the embedded engine took one number
            if attempt == ATTEMPTS - 1:
                raise
        except Unconfirmed:
            # It may have been committed: then the entry is there, for nobody else makes one of this hash.
            if await _stands(graph, written):
                return None
            if attempt == ATTEMPTS - 1:
                raise
    return None


async def _stands(graph: Graph, written: Sequence[Entry]) -> bool:
    if not written:
        return False
    found = await graph.read(HASH, Scope(), id=written[-1].id)
    return any(one.hash == written[-1].hash for one in found)


async def head(graph: Graph) -> Head:
    """How far the chain has come."""
    rows = await graph.read(HEAD, Scope())
    return rows[0] if rows else Head(0, "")


async def entries(graph: Graph) -> AsyncIterator[Entry]:
    """The whole chain in its order."""
    async for entry in _paged(graph, ENTRIES):
        yield entry


async def stored(graph: Graph) -> AsyncIterator[dict[str, object]]:
    """The chain as it is stored, up to the head it has now, and the head; entries may be written meanwhile."""
    end = await head(graph)
    if not end.number:
        return
    async for entry in entries(graph):
        if entry.number > end.number:
            break
        yield entry.properties()
    yield {"id": HEAD_ID, "last": end.number, "hash": end.hash}


async def who_saw(graph: Graph, people: Sequence[str]) -> list[Entry]:
    """Every time any of these ids was shown, in order."""
    return [entry async for entry in _paged(graph, WHO_SAW, people=list(people))]


async def seen_by(graph: Graph, principals: Sequence[str]) -> list[Entry]:
    """Every time these principals were shown somebody, in order."""
    return [entry async for entry in _paged(graph, SEEN_BY, principals=list(principals))]


async def principals(graph: Graph) -> list[Principal]:
    """Everybody who was ever given a token."""
    return await graph.read(PRINCIPALS, Scope())


async def _paged(graph: Graph, query: Query[Entry], **parameters: object) -> AsyncIterator[Entry]:
    after = ""
    while rows := await graph.read(query, Scope(), **parameters, after=after, limit=PAGE):
        for entry in rows:
            yield entry
        after = rows[-1].id


async def verify(graph: Graph, noted: Head | None = None) -> Verdict:
    """Whether the whole chain holds, up to its head and through the number and hash that were noted before."""
    # Read first: entries that are written meanwhile come behind it.
    end = await head(graph)
    last = Head(0, FIRST)
    async for entry in entries(graph):
        broken = _broken(last, entry) or _unlike(entry, noted) or _unlike(entry, end)
        if broken is not None:
            return Verdict(last.number, last.hash, await _explained(graph, entry, broken))
        last = Head(entry.number, entry.hash)
    return Verdict(last.number, last.hash, _short(last, end) or _short(last, noted) or _ahead(last, await head(graph)))


def _broken(last: Head, entry: Entry) -> Broken | None:
    number = last.number + 1
    if entry.number > number:
        gap = str(number) if entry.number == number + 1 else f"{number} to {entry.number - 1}"
        return Broken(number, Damage.REMOVED, f"entry {gap} is missing")
    if entry.number < number:
        return Broken(number, Damage.REORDERED, f"entry {entry.number} stands where entry {number} should")
    if not hmac.compare_digest(entry.previous, last.hash):
        return Broken(number, Damage.EDITED, f"entry {number} does not follow from the one before it")
    if not hmac.compare_digest(entry.seal, entry.hash):
        return Broken(number, Damage.EDITED, f"entry {number} does not say what it was sealed with")
    return None


def _unlike(entry: Entry, noted: Head | None) -> Broken | None:
    if noted is None or entry.number != noted.number or hmac.compare_digest(entry.hash, noted.hash):
        return None
    return Broken(entry.number, Damage.EDITED, f"entry {entry.number} has another hash than was noted of it")


async def _explained(graph: Graph, entry: Entry, broken: Broken) -> Broken:
    """The same, unless what should stand before the entry stands elsewhere: then the two changed places."""
    if broken.damage is Damage.EDITED and entry.previous != FIRST:
        async for other in entries(graph):
            if other.hash == entry.previous and other.number >= entry.number:
                sentence = f"entry {broken.number} follows from what stands as entry {other.number}"
                return Broken(broken.number, Damage.REORDERED, sentence)
    return broken


def _short(last: Head, end: Head | None) -> Broken | None:
    if end is None or end.number < last.number:
        return None
    if end.number > last.number:
        gone = f"the chain had come to entry {end.number} and ends at entry {last.number}"
        return Broken(last.number + 1, Damage.TRUNCATED, gone)
    return None


def _ahead(last: Head, now: Head) -> Broken | None:
    if now.number >= last.number:
        return None
    return Broken(
        now.number + 1, Damage.EDITED, f"the head of the chain says {now.number}, and entries go to {last.number}"
    )
