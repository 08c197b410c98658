"""Users: whoever works with the store by name, with what they are granted. Their tokens act within that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import cypher
from service.engines.protocol import Transaction
from service.graph.model import digest
from service.graph.store import Graph, Scope
from service.graph.visibility import Saved

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class User:
    """A principal: what they record is theirs under their id, whichever token it came by."""

    id: str
    name: str
    roles: tuple[str, ...]
    compartments: tuple[str, ...]
    created_at: str | None
    revoked_at: str | None

    @property
    def stands(self) -> bool:
        """Whether they have not been taken back."""
        return self.revoked_at is None


ALL = cypher.query("user/all", User)
BY_ID = cypher.query("user/by_id", User)
ADD = cypher.query("user/add", User)
GRANT = cypher.query("user/grant", User)
WITHDRAW = cypher.query("user/withdraw", User)
REVOKE = cypher.query("user/revoke", User)
# Users as older releases kept them: a name, and the roles on the tokens.
ADOPT = cypher.query("user/adopt", Saved)


def user_id(name: str) -> str:
    """The id of the user of a name."""
    return digest("pri", name)


async def users(graph: Graph) -> list[User]:
    """Everybody who was ever added, by name."""
    return await graph.read(ALL, Scope())


async def user(graph: Graph, name: str) -> User | None:
    """The user of a name, taken back or not."""
    found = await graph.read(BY_ID, Scope(), id=user_id(name))
    return found[0] if found else None


async def add(graph: Graph, name: str, roles: Sequence[str], compartments: Sequence[str] = ()) -> User:
    """A new user; one who was taken back begins anew, without the tokens of before."""
    given = {"roles": _unique(roles), "compartments": _unique(compartments)}
    return (await written(graph, ADD, id=user_id(name), name=name, at=graph.clock(), **given))[0]


async def grant(graph: Graph, user: User, roles: Sequence[str], compartments: Sequence[str] = ()) -> User:
    """The user with these roles and compartments beside those they have."""
    given = {"roles": _unique(roles), "compartments": _unique(compartments)}
    return (await written(graph, GRANT, id=user.id, **given))[0]


async def withdraw(graph: Graph, user: User, roles: Sequence[str], compartments: Sequence[str] = ()) -> User:
    """The user without these roles and compartments, from the next request with any of their tokens."""
    return (await written(graph, WITHDRAW, id=user.id, roles=list(roles), compartments=list(compartments)))[0]


async def revoke(graph: Graph, user: User) -> User:
    """The user without anything: their tokens no longer count, also where they are added again."""
    return (await written(graph, REVOKE, id=user.id, at=graph.clock()))[0]


async def written(graph: Graph, query: cypher.Query[Row], **parameters: object) -> list[Row]:
    """The rows of a statement about users or tokens: it says nothing of the graph, so it makes no revision."""
    cypher.parameters(query, parameters)

    async def work(transaction: Transaction) -> list[Row]:
        return query.rows(await transaction.run(query.text, parameters))

    return await graph.engine.write(work)


def _unique(words: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(words))
