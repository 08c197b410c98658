"""What a request carries: the graph, who asks, and the lists that are asked for together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

import strawberry

from network.strength import Band
from schema.later import Later, Loader, at_once
from service import auth
from service.auth import Viewer
from service.graph.questions import claims, nodes, ties
from service.graph.questions.clocks import ALWAYS, When
from service.graph.questions.lists import MOST_PARENTS
from service.graph.questions.onward import Asked
from service.graph.questions.pages import Page, Slice
from service.graph.questions.routes import Manner
from service.graph.questions.rows import Entity, Evidence
from service.graph.store import Graph, Scope

K = TypeVar("K")
M = TypeVar("M")
V = TypeVar("V")

Gather: TypeAlias = Callable[[Graph, Scope, Sequence[str]], Awaitable[Mapping[str, V]]]
# A function that answers a page of each parent's list in one statement, whatever else it may be asked by.
Ask: TypeAlias = Callable[..., Awaitable[Mapping[str, Slice[V]]]]


@dataclass
class Context:
    """One request. What a level of a query asks for of one kind is read in one statement.

    `fields` names everything its document asks for, so that what is shown further down is read along; `cost` is how
    many things it asks for at most, known once the document has been read, and `spend` is told it before it is run.
    `shown` has the id of every person that was put out, `remembered` whether anything came from what is kept in memory
    as of a revision.
    """

    graph: Graph
    known: ties.Network
    viewer: Viewer
    association: str | None = None
    brokering: bool = False
    fields: frozenset[str] = frozenset()
    cost: int | None = None
    spend: Callable[[int], None] | None = None
    shown: set[str] = field(default_factory=set[str])
    remembered: bool = False
    _loaders: dict[Hashable, Loader[Any, Any]] = field(default_factory=dict[Hashable, Loader[Any, Any]])
    _pages: dict[Page, Page] = field(default_factory=dict[Page, Page])
    _left: list[Loader[Any, Any]] = field(default_factory=list[Loader[Any, Any]])

    @property
    def network(self) -> ties.Network:
        """The ties, kept in memory as of a revision and brought up to that of the scope."""
        self.remembered = True
        return self.known

    @property
    def scope(self) -> Scope:
        """What the viewer may see."""
        return self.viewer.scope

    @property
    def manner(self) -> Manner:
        """How questions about routes are answered here."""
        return Manner(brokering=self.brokering, evidence="evidence" in self.fields)

    @property
    def today(self) -> str:
        """The present day in UTC."""
        return self.graph.clock()[:10]

    async def renew(self) -> None:
        """Forget what was read before the graph was written."""
        self.viewer = await auth.renewed(self.graph, self.viewer)
        self.forget()

    def forget(self) -> None:
        """Nothing, once what is asked for from now on is read anew; who waits already gets what they wait for."""
        self._left += self._loaders.values()
        self._loaders, self._pages = {}, {}

    def close(self) -> None:
        """Nothing, once nothing more is read for lists that nobody waits for."""
        self.forget()
        for loader in self._left:
            loader.close()
        self._left.clear()

    def listing(self, ask: Ask[V], page: Page, when: When = ALWAYS, **arguments: Hashable) -> Loader[str, Slice[V]]:
        """What reads the page of any parent's list, together with those of its siblings."""
        # A cursor is of one parent's list; its siblings must not fail where it is refused for them.
        most = MOST_PARENTS if page.after is None and page.before is None else 1
        shown = self._shown(page)

        def further() -> Page:
            return replace(shown, onward=loader.onward)

        async def load(parents: list[str]) -> list[Slice[V]]:
            found = await ask(self.graph, self.scope, parents, further(), when, **arguments)
            return [found[one] for one in parents]

        listing = claims.BRANCHING.get(ask)
        asked = None if listing is None else lambda: Asked(listing, further(), when, arguments)
        key = (ask, page, when, tuple(sorted(arguments.items())))
        loader = self._loader(key, load, most=most, asked=asked)
        return loader

    def gathering(self, gather: Gather[V], missing: M) -> Loader[str, V | M]:
        """What reads what a function gives for any id, together with its siblings."""

        async def load(ids: list[str]) -> list[V | M]:
            found = await gather(self.graph, self.scope, ids)
            return [found.get(one, missing) for one in ids]

        return self._loader(gather, load)

    def gathered(self, gather: Gather[V], id: str, missing: M) -> Later[V | M]:
        """What a function gives for one id, read together with its siblings."""
        return self.gathering(gather, missing).load(id)

    async def knows(
        self, _: Graph, scope: Scope, people: Sequence[str], page: Page, when: When, *, min_band: Band
    ) -> Mapping[str, Slice[ties.Tie]]:
        """The ties of each of these people, strongest first."""
        return await ties.knows(self.network, scope, people, page, when, min_band=min_band)

    def evidence(self, tie: ties.Tie, page: Page) -> Later[Slice[ties.EvidenceEdge]]:
        """The evidence of a tie: as it was read along with it, else together with that of the other ties."""
        page = self._shown(page)
        if (known := ties.known(self.graph, tie, page)) is not None:
            return at_once(known)

        async def load(asked: list[ties.Tie]) -> list[Slice[ties.EvidenceEdge]]:
            found = await ties.evidence(self.network, self.scope, asked, page)
            return [found[one.a.id, one.b.id] for one in asked]

        alone = None if page.after is None else (tie.a.id, tie.b.id)
        loader = self._loader(("evidence", page, tie.at, alone), load, lambda one: (one.a.id, one.b.id))
        return loader.load(tie)

    def about(self, evidence: Evidence) -> Later[tuple[Entity, ...]]:
        """What a piece of evidence follows from, read together with its siblings."""

        async def load(asked: list[Evidence]) -> list[tuple[Entity, ...]]:
            found = await nodes.about(self.graph, self.scope, asked)
            return [found[one.id] for one in asked]

        return self._loader("about", load, lambda one: one.id).load(evidence)

    def _shown(self, page: Page) -> Page:
        """A page that knows what is shown of it; the same for all lists of an answer that are asked alike."""
        found = self._pages.get(page)
        if found is None:
            found = self._pages[page] = replace(page, asked=self.fields or None)
        return found

    def _loader(
        self,
        key: Hashable,
        load: Callable[[list[K]], Awaitable[list[V]]],
        name: Callable[[K], Hashable] | None = None,
        most: int = MOST_PARENTS,
        asked: Callable[[], Asked] | None = None,
    ) -> Loader[K, V]:
        """The loader of a kind of question; `name` tells apart what it is asked about."""
        found = self._loaders.get(key)
        if found is None:
            found = self._loaders[key] = Loader(load, most, name, asked)
        return found


Info: TypeAlias = strawberry.Info[Context, None]
