"""A dump of an older release is restored in the form that this one reads."""

import gzip
from pathlib import Path

import orjson

from service.auth import viewer_of
from service.engines.protocol import Engine, Transaction
from service.graph import users
from service.graph.dump import dump, restore
from service.graph.tokens import hashed
from tests.conftest import emptied
from tests.graph.little import NOW, THEN, Little


async def test_tokens_of_an_older_dump_have_owners_when_it_is_restored(engine: Engine, tmp_path: Path) -> None:
    graph = await Little().save(engine)
    told = {"id": users.user_id("desk"), "name": "desk", "compartments": ["tender"]}
    token = {"id": "tok-a", "principal": told["id"], "name": "desk", "role": "staff", "scopes": ["read"]}
    token |= {"hash": hashed("pdk_old"), "createdAt": THEN, "lastUsedAt": NOW}

    async def before(transaction: Transaction) -> None:
        await transaction.run("CREATE (p:Principal) SET p = $said", {"said": told})
        await transaction.run("CREATE (t:Token) SET t = $said", {"said": token})

    await engine.write(before)
    await dump(graph, tmp_path / "new.gz")
    header, *lines = gzip.decompress((tmp_path / "new.gz").read_bytes()).splitlines(keepends=True)
    said = orjson.loads(header)
    said["migrations"] = [one for one in said["migrations"] if one < "0076"]
    (tmp_path / "old.gz").write_bytes(gzip.compress(orjson.dumps(said) + b"\n" + b"".join(lines)))
    await emptied(engine)

    await restore(graph, tmp_path / "old.gz")

    viewer = await viewer_of(graph, "pdk_old")
    assert (viewer.name, viewer.roles, viewer.scope.vis) == ("desk", ("staff",), (0, 1, 2))
    assert [(one.roles, one.compartments) for one in await users.users(graph)] == [(("staff",), ("tender",))]
