"""What every question from the shell begins with: the store, who asks, and what the names mean."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from uuid import uuid4

from service.errors import Code, ServiceError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence

    from network.strength import Band
    from service.auth import Viewer
    from service.engines.protocol import Deadlines
    from service.graph.questions.routes import Manner
    from service.graph.questions.rows import DisputePolicy, Entity, EntityKind
    from service.graph.questions.supply import SupplyDirection
    from service.graph.questions.tallies import LedgerGroup
    from service.graph.questions.ties import Network
    from service.graph.store import Graph
    from service.settings import Settings

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Question: TypeAlias = "Callable[[Desk], Awaitable[int]]"
NetworkQuestion: TypeAlias = "Callable[[Desk, Network], Awaitable[int]]"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks from the shell, and of which store."""

    store: str | None = None
    role: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An open store with whoever asks of it."""

    settings: Settings
    graph: Graph
    viewer: Viewer


def run(work: Coroutine[object, object, T]) -> T:
    """The result of a command's work, on an event loop of its own."""
    return asyncio.run(work)


def settings_of(store: str | None) -> Settings:
    """The settings of this shell, its log begun; a store that was named goes before that of the environment."""
    from service.cli import logs
    from service.settings import read_settings

    settings = read_settings(os.environ, store=store)
    logs.begin(settings.log, settings.log_format)
    return settings


@asynccontextmanager
async def opened(caller: Caller, deadlines: Deadlines | None = None) -> AsyncGenerator[Desk]:
    """The store, and the viewer its owner or the role asked for amounts to."""
    from service import auth, opening
    from service.engines.protocol import Deadlines

    # Nobody queues behind a person at a shell, and an engine that was just started is slow at first.
    patient = Deadlines(call=120.0, transaction=110.0, acquire=10.0, connect=5.0, retry=5.0)
    settings = settings_of(caller.store)
    role = None if caller.role is None else auth.role_of(caller.role)
    async with opening.opened(settings, deadlines or patient) as graph:
        yield Desk(settings, graph, await auth.owner(graph, role, caller.purpose))


async def meant(desk: Desk, text: str, kinds: Sequence[EntityKind]) -> Entity:
    """The one thing a text means; NOT_FOUND for none, BAD_USER_INPUT with the candidates for several."""
    from service.graph.questions.names import resolve

    found = await resolve(desk.graph, desk.viewer.scope, text, kinds)
    if found.entity is not None:
        return found.entity
    if not found.candidates:
        raise ServiceError(Code.NOT_FOUND, f"nothing here is called {text!r}; try: paddock search {text!r}")
    raise ServiceError(Code.BAD_USER_INPUT, _choice(text, found.candidates))


def _choice(text: str, candidates: Sequence[Entity]) -> str:
    from service.cli.words import name

    lines = [f"  {entity.id}  {name(entity)}" for entity in candidates]
    return "\n".join([f"{text!r} may mean any of these; use an id:", *lines])


def key(given: str | None) -> str:
    """The key of an entry: the one given, so that a repetition changes nothing, or one that nothing else has."""
    return uuid4().hex if given is None else given


def network(desk: Desk) -> Network:
    """The ties of the store, read when the first question needs them."""
    from service import network
    from service.cli.waiting import Reading

    return network.network(desk.settings, desk.graph, Reading())


async def at_desk(caller: Caller, ask: Question, deadlines: Deadlines | None = None) -> int:
    """How a question ends that is asked of an open store; the audit knows whom it shows before anybody sees it."""
    from service.cli import witness

    async with opened(caller, deadlines) as desk:
        graph = witness.watched(desk.graph)
        watched = replace(desk, graph=graph)
        return await witness.witnessed(graph, desk.viewer, lambda: ask(watched))


async def with_network(caller: Caller, ask: NetworkQuestion) -> int:
    """How a question ends that is asked of the ties of a store."""
    return await at_desk(caller, lambda desk: ask(desk, network(desk)))


def manner(desk: Desk, *, explain: bool) -> Manner:
    """How questions about routes are answered here; FORBIDDEN where somebody asks for reasons that are for staff."""
    from service.auth import Right
    from service.graph.questions.routes import Manner

    if explain:
        desk.viewer.require(Right.WRITE)
    return Manner(desk.settings.brokering, explain)


def agents() -> Sequence[EntityKind]:
    """What may ask: people and organizations."""
    from service.graph.questions.rows import EntityKind

    return [EntityKind.PERSON, EntityKind.ORGANIZATION]


def ends() -> Sequence[EntityKind]:
    """What may be asked for: people, organizations and posts, which mean their holders."""
    from service.graph.questions.rows import EntityKind

    return [*agents(), EntityKind.POST]


def band(text: str | None) -> Band:
    """The band a word means, the lowest without one."""
    from network.strength import Band

    return Band.NONE if text is None else word(Band, "band", text)


def direction(text: str) -> SupplyDirection:
    """The direction a word means."""
    from service.graph.questions.supply import SupplyDirection

    return word(SupplyDirection, "direction", text)


def policy(text: str) -> DisputePolicy:
    """Which of contradicting claims count, as a word says."""
    from service.graph.questions.rows import DisputePolicy

    return word(DisputePolicy, "policy for disputes", text)


def group(text: str) -> LedgerGroup:
    """The rows a word means."""
    from service.graph.questions.tallies import LedgerGroup

    return word(LedgerGroup, "sort of rows", text)


def word(words: type[E], what: str, text: str) -> E:
    """What a word of a closed list means, however it is written; BAD_USER_INPUT lists them all."""
    try:
        return words(text.upper().replace("-", "_"))
    except ValueError:
        choice = ", ".join(one.value.lower().replace("_", "-") for one in words)
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no {what}; take one of {choice}") from None
