"""Whoever sends a request: what their token allows, what it allowed last time, and how much more they may ask."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from starlette.requests import Request

from service import auth, exchange
from service.auth import Viewer
from service.errors import Code, ServiceError
from service.graph.store import Graph
from service.graph.tokens import Rights, hashed
from service.traffic.rates import KEPT, Budget, Rates

T = TypeVar("T")
DOCUMENTS = 256  # of which it is known that they look into memory
RESTLESS = 1.0  # seconds for which a store that was written is likely to be written again


@dataclass(frozen=True, slots=True)
class Known:
    """What a token allowed when its rights were last read, and whom they made of whoever sent it for a purpose."""

    rights: Rights
    purpose: str | None = None
    viewer: Viewer | None = None


class Callers:
    """Everybody whose token was good not long ago, with what it allowed; the one quiet longest is forgotten first."""

    def __init__(self, rates: Rates, kept: int = KEPT, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody is known yet."""
        self.rates = rates
        self._kept = kept
        self._clock = clock
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._looking: OrderedDict[str, None] = OrderedDict()  # documents answered from memory
        self._written = -RESTLESS  # when a revision was last seen to follow another

    def caller(self, request: Request) -> Caller:
        """Whoever sends a request; until it is known who that is, their address answers for them."""
        address = "" if request.client is None else request.client.host
        secret, purpose = exchange.bearer(request), exchange.header(request, exchange.PURPOSE)
        known = self._known.get(hashed(secret)) if secret else None
        return Caller(self, secret, purpose, self.rates.address(address), known)

    def remember(self, secret: str, known: Known) -> None:
        """Nothing, once it is remembered what a token allows."""
        key = hashed(secret)
        self._known[key] = known
        self._known.move_to_end(key)
        while len(self._known) > self._kept:
            self._known.popitem(last=False)

    def vain(self, document: str) -> bool:
        """Whether an answer that is begun before the rights are read would most likely be dropped."""
        return document in self._looking and self._clock() - self._written < RESTLESS

    def looked(self, document: str) -> None:
        """Nothing, once it is remembered that a document is answered from memory."""
        self._looking[document] = None
        self._looking.move_to_end(document)
        while len(self._looking) > DOCUMENTS:
            self._looking.popitem(last=False)

    def written(self) -> None:
        """Nothing, once it is remembered that the store was written."""
        self._written = self._clock()

    def forget(self, secret: str) -> None:
        """Nothing, once a token is as good as one that never came."""
        self._known.pop(hashed(secret), None)


@dataclass(slots=True)
class Caller:
    """Whoever sends one request. `known` is what their token allowed last time."""

    callers: Callers
    secret: str | None
    purpose: str | None
    strange: Budget | None  # that of the address
    known: Known | None
    budget: Budget | None = None  # that of the token, once it is known to count
    spent: int = 0

    @property
    def before(self) -> Rights | None:
        """What their token allowed last time."""
        return None if self.known is None else self.known.rights

    def admit(self) -> None:
        """Nothing, unless their address was used to guess too often; a token that was good is let in all the same."""
        if self.before is None and self.strange is not None:
            self.strange.check()

    async def viewer(self, graph: Graph) -> Viewer:
        """Whoever asks, as the store has it now; UNAUTHENTICATED where the token does not count."""
        rights, viewer = await self._now(graph)
        self._count(rights)
        return viewer

    async def answered(
        self, graph: Graph, document: str, ask: Callable[[Viewer], Awaitable[T]], remembered: Callable[[T], bool]
    ) -> T:
        """What is asked, begun with the rights of last time while they are read; asked anew where they have changed.

        Only what reads may be asked so: what was begun in vain must leave no trace. What is `remembered` was kept in
        memory as of a revision and counts only at that one; what was read meanwhile counts at any. While revisions
        follow each other, a document that was answered from memory waits for the rights.
        """
        begun = self._begun(graph, document, ask)
        if begun is None:
            found = await ask(await self.viewer(graph))
        else:
            try:
                found = await self._confirmed(graph, begun, ask, remembered)
            finally:
                await _ended(begun)
        if remembered(found):
            self.callers.looked(document)
        return found

    def _begun(self, graph: Graph, document: str, ask: Callable[[Viewer], Awaitable[T]]) -> asyncio.Future[T] | None:
        """What is asked with the rights of last time; None where there are none, or it would be asked in vain."""
        if self.before is None or self.callers.vain(document):
            return None
        supposed = self._supposed(self.before, graph.clock())
        return None if supposed is None else asyncio.ensure_future(ask(supposed))

    async def _confirmed(
        self,
        graph: Graph,
        begun: asyncio.Future[T],
        ask: Callable[[Viewer], Awaitable[T]],
        remembered: Callable[[T], bool],
    ) -> T:
        """What was begun, where the rights have not changed; else what is asked with those there are now."""
        rights, viewer = await self._now(graph)
        self._count(rights)
        if rights == self.before:
            return await begun
        if self.before is None or replace(rights, revision=self.before.revision) != self.before:
            await _ended(begun)
            return await ask(viewer)
        found = await begun
        return await ask(viewer) if remembered(found) else found

    def spend(self, points: int) -> None:
        """Nothing, once the request has taken so much for its document, once though it is answered twice."""
        if self.budget is not None and points > self.spent:
            self.budget.spend(points - self.spent)
            self.spent = points

    def headers(self) -> Mapping[str, str]:
        """What is told of the limit."""
        shown = self.budget or self.strange
        return {} if shown is None else shown.headers()

    def _supposed(self, rights: Rights, now: str) -> Viewer | None:
        """Who it is if nothing has changed; None where even then the token counts no more."""
        try:
            viewer = self._viewer(rights, now)
        except ServiceError:
            return None
        self._count(rights)
        return viewer

    async def _now(self, graph: Graph) -> tuple[Rights, Viewer]:
        try:
            rights = await auth.rights_of(graph, self.secret)
            now = graph.clock()
            viewer = self._viewer(rights, now)
        except ServiceError as error:
            if error.code is Code.UNAUTHENTICATED:
                self._refuse()
            raise
        await auth.note(graph, rights, now)
        if self.known is not None and rights.revision != self.known.rights.revision:
            self.callers.written()
        self.callers.remember(self.secret or "", Known(rights, self.purpose, viewer))
        return rights, viewer

    def _viewer(self, rights: Rights, now: str) -> Viewer:
        """Whoever these rights make of them, who need not be made again where nothing has changed."""
        known = self.known
        if known is None or (known.rights, known.purpose) != (rights, self.purpose) or not auth.stands(rights, now):
            return auth.viewer_by(rights, now, self.purpose)
        return known.viewer or auth.viewer_by(rights, now, self.purpose)

    def _count(self, rights: Rights) -> None:
        """Nothing, once the request is counted in the budget of its token."""
        if self.budget is None and rights.token is not None:
            self.budget = self.callers.rates.token(rights.token.id)
            if self.budget is not None:
                self.budget.spend(1)

    def _refuse(self) -> None:
        self.callers.forget(self.secret or "")
        self.budget = None
        if self.strange is not None:
            self.strange.spend(1)


async def _ended(begun: asyncio.Future[T]) -> None:
    """Nothing, once it goes on no more and nobody misses what it failed of."""
    if not begun.done():
        begun.cancel()
        await asyncio.wait({begun})
    if not begun.cancelled():
        begun.exception()
