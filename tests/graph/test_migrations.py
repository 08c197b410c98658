"""The store's constraints and indexes."""

import re

import pytest

from service.engines.protocol import Engine, SchemaItem, Transaction
from service.errors import Code, ServiceError
from service.graph.migrations import APPLIED, Applied, Migration, migrate, migrations, pending

AT = "2026-11-24T06:34:28.123456Z"
DECLARED = re.compile(
    r"CREATE (?P<kind>CONSTRAINT|INDEX|FULLTEXT INDEX) (?P<name>\w+) IF NOT EXISTS"
    r" FOR (?:\(n:(?P<node>\w+)\)|\(\)-\[r:(?P<relationship>\w+)\]-\(\))"
    r" (?:REQUIRE n\.id IS UNIQUE|REQUIRE r\.id IS UNIQUE|ON (?:EACH \[|\()(?P<properties>[nr]\.\w+(?:, n\.\w+)*)[\])])"
)
KINDS = {"CONSTRAINT": "UNIQUE", "INDEX": "RANGE", "FULLTEXT INDEX": "FULLTEXT"}


def declared() -> list[SchemaItem]:
    """What the files say, read from their text alone."""
    items: list[SchemaItem] = []
    for migration in migrations():
        statement = "\n".join(line for line in migration.text.splitlines() if not line.startswith("//"))
        found = DECLARED.fullmatch(statement)
        assert found, f"{migration.id} declares something else"
        properties = tuple(part.partition(".")[2] for part in (found["properties"] or "n.id").split(", "))
        items.append(
            SchemaItem(found["name"], KINDS[found["kind"]], found["node"] or found["relationship"], properties)
        )
    return sorted(items)


async def test_a_migrated_store_has_exactly_the_constraints_and_indexes_the_files_declare(engine: Engine) -> None:
    assert await engine.schema() == declared()


async def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    before = await engine.schema(), APPLIED.rows(await engine.read(APPLIED.text, {}))

    applied_again = await migrate(engine, at=AT)

    assert applied_again == []
    assert (await engine.schema(), APPLIED.rows(await engine.read(APPLIED.text, {}))) == before


# Neo4j says that the constraint is there already, which is the point.
@pytest.mark.filterwarnings("ignore::neo4j.warnings.Neo4jWarning")
async def test_a_migration_whose_record_is_missing_is_applied_again_and_recorded_with_its_moment(
    engine: Engine,
) -> None:
    last = migrations()[-1]

    async def forget(transaction: Transaction) -> None:
        await transaction.run("MATCH (m:Migration {id: $id}) DELETE m", {"id": last.id})

    await engine.write(forget)
    assert await migrate(engine, at=AT) == [last.id]
    found = await engine.read("MATCH (m:Migration {id: $id}) RETURN m.hash AS hash, m.at AS at", {"id": last.id})
    assert found == [{"hash": last.hash, "at": AT}]


async def test_every_migration_is_recorded_with_its_hash(engine: Engine) -> None:
    assert APPLIED.rows(await engine.read(APPLIED.text, {})) == [Applied(one.id, one.hash) for one in migrations()]


def test_migrations_are_numbered_without_a_gap_and_named_by_what_they_create() -> None:
    numbered = [f"{number:04}_{item}" for number, item in enumerate((one.id[5:] for one in migrations()), 1)]
    assert [one.id for one in migrations()] == numbered
    assert sorted(one.id[5:] for one in migrations()) == sorted(item.name for item in declared())


def test_only_what_is_missing_is_applied_and_in_order() -> None:
    first, second, third = (Migration(id, "", id) for id in ("0001_a", "0002_b", "0003_c"))
    assert pending([first, second, third], [Applied("0001_a", "0001_a")]) == [second, third]


def test_a_migration_that_was_changed_after_it_was_applied_is_refused() -> None:
    with pytest.raises(ServiceError) as refused:
        pending([Migration("0001_a", "", "new")], [Applied("0001_a", "old")])
    assert (refused.value.code, refused.value.message) == (
        Code.CONFLICT,
        "the migration 0001_a was changed after this store applied it; add a new one instead",
    )


def test_a_store_of_a_newer_release_is_refused() -> None:
    with pytest.raises(ServiceError) as refused:
        pending([], [Applied("0099_z", "hash")])
    assert (refused.value.code, refused.value.message) == (
        Code.CONFLICT,
        "the store was migrated by a newer release (0099_z); install that or a later one",
    )
