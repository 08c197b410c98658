"""The store's constraints and indexes, created in order, all of them before any data, and recorded in the graph."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import cypher
from service.engines.protocol import Engine, Transaction
from service.errors import Code, ServiceError
from service.graph import tokens, users
from service.graph.tokens import Kind
from service.graph.visibility import Saved

ENDING = ".cypher"


@dataclass(frozen=True, slots=True)
class Migration:
    """One statement that creates one constraint or index, and the hash that tells whether its file was changed."""

    id: str
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration the store says it has been through."""

    id: str
    hash: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A statement that brings records into the form a release reads; done twice it finds none left."""

    query: cypher.Query[Saved]
    parameters: Mapping[str, object]


APPLIED = cypher.query("migration/applied", Applied)
RECORD = cypher.query("migration/record", Applied)
# What goes with a migration: done before it is recorded, and for what was dumped before it was.
CONVERSIONS: Mapping[str, Sequence[Conversion]] = {
    "0077_token_owner": (
        Conversion(tokens.ADOPT, {"personal": Kind.PERSONAL.value, "integrator": Kind.INTEGRATOR.value}),
        Conversion(users.ADOPT, {"personal": Kind.PERSONAL.value}),
    ),
}


def migrations() -> list[Migration]:
    """Every migration this release knows, in order."""
    found = [
        (entry.name.removesuffix(ENDING), entry.read_text(encoding="utf-8"))
        for entry in files("cypher").joinpath("migrations").iterdir()
        if entry.name.endswith(ENDING)
    ]
    return [Migration(id, text, _hash(text)) for id, text in sorted(found)]


async def migrate(engine: Engine, *, at: str) -> list[str]:
    """The ids of the migrations that were missing and are applied now; at is the moment they are recorded with."""
    missing = pending(migrations(), APPLIED.rows(await engine.read(APPLIED.text, {})))
    for migration in missing:
        # A crash between the two applies it again: each statement says IF NOT EXISTS.
        await engine.define(migration.text)
        await convert(engine, migration.id)
        await _record(engine, migration, at)
    return [migration.id for migration in missing]


async def convert(engine: Engine, migration: str) -> None:
    """Nothing, once all records have the form that a migration's release reads."""

    async def work(transaction: Transaction) -> None:
        for conversion in CONVERSIONS.get(migration, ()):
            query = conversion.query
            query.rows(await transaction.run(query.text, conversion.parameters))

    if migration in CONVERSIONS:
        await engine.write(work)


def pending(known: Sequence[Migration], applied: Sequence[Applied]) -> list[Migration]:
    """The known migrations the store has not been through, if all it has been through are known and unchanged."""
    hashes = {migration.id: migration.hash for migration in known}
    for done in applied:
        if done.id not in hashes:
            raise ServiceError(
                Code.CONFLICT, f"the store was migrated by a newer release ({done.id}); install that or a later one"
            )
        if done.hash != hashes[done.id]:
            raise ServiceError(
                Code.CONFLICT, f"the migration {done.id} was changed after this store applied it; add a new one instead"
            )
    return [migration for migration in known if migration.id not in {done.id for done in applied}]


async def _record(engine: Engine, migration: Migration, at: str) -> None:
    async def work(transaction: Transaction) -> None:
        RECORD.rows(await transaction.run(RECORD.text, {"id": migration.id, "hash": migration.hash, "at": at}))

    await engine.write(work)


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
