"""What a request carries: the graph, who asks, and the lists that are asked for together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import strawberry
from strawberry.dataloader import DataLoader

from service.auth import Viewer
from service.graph.lists import ALWAYS, MOST_PARENTS, When
from service.graph.pages import Page, Slice
from service.graph.store import Graph, Scope
from service.graph.ties import Network

R_co = TypeVar("R_co", covariant=True)
V = TypeVar("V")

Gather = Callable[[Graph, Scope, Sequence[str]], Awaitable[Mapping[str, V]]]


class Ask(Protocol[R_co]):
    """A function that answers a page of each parent's list in one statement."""

    def __call__(
        self, graph: Graph, scope: Scope, parents: Sequence[str], page: Page, when: When, /, **arguments: Any
    ) -> Awaitable[Mapping[str, Slice[R_co]]]: ...


@dataclass
class Context:
    """One request. Lists of one kind that a level of a query asks for are read in one statement."""

    graph: Graph
    network: Network
    viewer: Viewer
    association: str | None = None
    _loaders: dict[Hashable, DataLoader[str, Any]] = field(default_factory=dict[Hashable, DataLoader[str, Any]])

    @property
    def scope(self) -> Scope:
        return self.viewer.scope

    async def listed(
        self, ask: Ask[V], parent: str, page: Page, when: When = ALWAYS, **arguments: Hashable
    ) -> Slice[V]:
        """The page of one parent's list, read together with those of its siblings."""

        async def load(parents: list[str]) -> list[Slice[V]]:
            found = await ask(self.graph, self.scope, parents, page, when, **arguments)
            return [found[one] for one in parents]

        return await self._loader((ask, page, when, tuple(sorted(arguments.items()))), load).load(parent)

    async def gathered(self, gather: Gather[V], id: str, missing: V) -> V:
        """What a function gives for one id, read together with its siblings."""

        async def load(ids: list[str]) -> list[V]:
            found = await gather(self.graph, self.scope, ids)
            return [found.get(one, missing) for one in ids]

        return await self._loader(gather, load).load(id)

    def _loader(self, key: Hashable, load: Callable[[list[str]], Awaitable[list[V]]]) -> DataLoader[str, V]:
        if key not in self._loaders:
            self._loaders[key] = DataLoader(load_fn=load, max_batch_size=MOST_PARENTS)
        return self._loaders[key]


Info = strawberry.Info[Context, None]
