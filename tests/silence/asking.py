"""A world in a store, and whoever asks about it; the clock goes on only when it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from unittest.mock import patch

import orjson

import packs
import schema
from network.dates import micros, moment
from schema.context import Context
from service import auth
from service.auth import Viewer
from service.engines.protocol import Engine
from service.graph import tokens, visibility
from service.graph.projection import feed
from service.graph.questions.ties import Network
from service.graph.record.write import load
from service.graph.store import Graph, Scope, Write
from tests.conftest import emptied
from tests.silence.questions import Operation
from tests.silence.worlds import ASSOCIATION, TABLE, WHOLE, Asker, World

BEGIN = "2026-11-24T06:34:28.000000Z"
SECRET = b"a secret of thirty-two bytes ...."
TOKEN = "the same in every store of these tests ..."
SECOND, MINUTE = 1_000_000, 60_000_000


@dataclass
class Clock:
    """The present moment, which stands still between acts."""

    now: str = BEGIN

    def __call__(self) -> str:
        return self.now

    def pass_(self, time: int = SECOND) -> None:
        self.now = moment(micros(self.now) + time)


class Past(Enum):
    """How a store came to hold a world: at once, its hidden part later, or with a hidden part that went again."""

    AT_ONCE = "at once"
    HIDDEN_LATER = "hidden later"
    HIDDEN_BEFORE = "hidden before"


@dataclass
class Stage:
    """A store with a world in it, and its asker."""

    engine: Engine
    asker: Asker
    clock: Clock = field(default_factory=Clock)
    network: Network = field(init=False)

    def __post_init__(self) -> None:
        """Nothing was read yet."""
        self.forget()

    def forget(self) -> None:
        """Leave nothing in memory of what was read."""
        self.network = Network(Graph(self.engine, self.clock, SECRET), packs.evidence(), feed)

    async def viewer(self, asker: Asker | None = None) -> Viewer:
        """Who asks, by the token they were given."""
        found = asker or self.asker
        return await auth.viewer_of(self.network.graph, secret(found), found.purpose)

    async def everybody(self) -> Viewer:
        """The same asker, but for nothing being hidden from them."""
        viewer = await self.viewer()
        return replace(viewer, scope=Scope(WHOLE, viewer.scope.revision))

    async def ask(self, viewer: Viewer, operation: Operation) -> bytes:
        """The whole body of an answer."""
        context = Context(self.network.graph, self.network, viewer, ASSOCIATION)
        found = await schema.run(context, operation.document.text, operation.variables)
        return orjson.dumps({**found, "extensions": {"cost": context.cost}})

    async def answers(self, viewer: Viewer, operations: Sequence[Operation]) -> list[bytes]:
        """The bodies of all answers, asked one after the other."""
        return [await self.ask(viewer, operation) for operation in operations]

    async def enter(self, operations: Sequence[Operation]) -> list[bytes]:
        """The bodies of all answers, each a minute after the one before, by rights as they are then."""
        found: list[bytes] = []
        for operation in operations:
            self.clock.pass_(MINUTE)
            found.append(await self.ask(await self.viewer(), operation))
        return found


def secret(asker: Asker) -> str:
    """The token of whoever asks, the same in every store."""
    return f"{tokens.PREFIX}{TOKEN}{asker.role}{''.join(asker.compartments)}"


async def staged(engine: Engine, world: World, past: Past = Past.AT_ONCE, *others: Asker) -> Stage:
    """An empty store filled with a world; tokens for its asker and the others."""
    await emptied(engine)
    stage = Stage(engine, world.asker)
    graph = stage.network.graph
    await graph.write(_table)
    for asker in dict.fromkeys((world.asker, *others)):
        await _admitted(graph, asker)
    first = world.visible if past is Past.HIDDEN_LATER else world
    await load(graph, first.batch, recorded_at=BEGIN)
    if past is not Past.AT_ONCE:
        stage.clock.pass_()
        then = world if past is Past.HIDDEN_LATER else world.visible
        await load(graph, then.batch, allow_shrink=True)
    # What is asked is asked at one moment, however the store came to be.
    stage.clock.now = moment(micros(BEGIN) + MINUTE)
    stage.forget()
    return stage


async def _table(write: Write) -> None:
    await visibility.save(write, TABLE)


async def _admitted(graph: Graph, asker: Asker) -> None:
    """A token of the same secret in every store."""
    name, scopes = f"{asker.role} {' '.join(asker.compartments)}", auth.scopes_of(asker.role)
    mine = secret(asker).removeprefix(tokens.PREFIX)
    with patch("service.graph.tokens.secrets.token_urlsafe", return_value=mine):
        await tokens.create(graph, name, asker.role, scopes=scopes, compartments=asker.compartments)
