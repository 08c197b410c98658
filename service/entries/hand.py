"""Whoever records something: what they may write and name, and how their entry becomes one transaction."""

from __future__ import annotations

from collections.abc import Callable, Container, Coroutine, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Protocol, TypeVar

from service.auth import Right, Viewer
from service.errors import Code, ServiceError
from service.graph import visibility
from service.graph.questions import agents, nodes
from service.graph.questions.rows import Agent, Entity, Source
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Entered, Request, Work, entered
from service.graph.record.entries.saying import Saying
from service.graph.store import Graph, Scope
from service.graph.visibility import VisibilityClass

T = TypeVar("T", bound=Entity)
STAFF = "STAFF"  # what the contract takes where an entry names no class
AGENTS, PEOPLE = frozenset({"Person", "Organization"}), frozenset({"Person"})
MOST = 100  # ids in one entry, as in every list of the contract


class Entry(Protocol):
    """What an act is told: a frozen dataclass of plain values, its key among them."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Hand:
    """A viewer who may write, and the class under which they write now."""

    network: Network
    viewer: Viewer
    level: str
    compartments: tuple[str, ...]
    met: set[str] = field(default_factory=set[str], compare=False)  # ids of agents that were looked up

    @classmethod
    def of(
        cls,
        network: Network,
        viewer: Viewer,
        level: str = STAFF,
        compartments: Sequence[str] = (),
        *,
        right: Right = Right.WRITE,
    ) -> Hand:
        """The hand of a viewer; FORBIDDEN where they may not write, or not under a class they cannot read."""
        viewer.require(right)
        _refuse_class(viewer, level, compartments)
        return cls(network, viewer, level, tuple(sorted(set(compartments))))

    @property
    def graph(self) -> Graph:
        """The store."""
        return self.network.graph

    @property
    def today(self) -> str:
        """The present day in UTC."""
        return self.graph.clock()[:10]

    async def entered(self, operation: str, entry: Entry, checked: Callable[[], Coroutine[Any, Any, Work]]) -> Entered:
        """What the work of an entry answers; the same key and body again answers the same and writes nothing."""
        body = asdict(entry)
        body.pop("key")
        return await entered(self.graph, Request(self.viewer.principal, entry.key, operation, body), checked, self.met)

    async def saying(self, pen: Pen, source: str | None = None) -> Saying:
        """Something to say under the class of this hand."""
        return await pen.saying(self.level, self.compartments, source=source, by=self.viewer.name)

    async def answer(self, done: Entered, kind: type[T]) -> T | None:
        """What was recorded, as far as the viewer may see it; None where a repetition may no longer."""
        found = await self.entity(done)
        return found if isinstance(found, kind) else None

    async def entity(self, done: Entered) -> Entity | None:
        """The same where it may be of any kind."""
        return await nodes.node(self.graph, await self._scope(done.classes), done.answer[0])

    async def agents(self, field: str, ids: Sequence[str]) -> list[Agent]:
        """The people and organizations of these ids, each once; NOT_FOUND for a missing id and a hidden one alike."""
        if len(ids) > MOST:
            raise ServiceError(
                Code.BAD_USER_INPUT, f"{field} names {len(ids)}; one entry names at most {MOST}", field=field
            )
        found = await self._looked_up(ids)
        if any(id not in found for id in ids):
            raise missing(field)
        return list({found[id].id: found[id] for id in ids}.values())

    async def each(self, ids: Mapping[str, str], labels: Container[str] = AGENTS) -> list[Agent]:
        """The agent that each field names; NOT_FOUND for the first that names none of these labels."""
        found = await self._looked_up(list(ids.values()))
        for named, id in ids.items():
            if id not in found or found[id].label not in labels:
                raise missing(named)
        return [found[id] for id in ids.values()]

    async def people(self, field: str, ids: Sequence[str]) -> list[Agent]:
        """The people of these ids, each once."""
        found = await self.agents(field, ids)
        if any(one.label != "Person" for one in found):
            raise missing(field)
        return found

    async def person(self, field: str, id: str) -> Agent:
        """The person of an id."""
        return (await self.people(field, [id]))[0]

    async def organization(self, field: str, id: str) -> Agent:
        """The organization of an id."""
        found = (await self.agents(field, [id]))[0]
        if found.label != "Organization":
            raise missing(field)
        return found

    async def thing(self, field: str, id: str, kind: type[T]) -> T:
        """What has an id and is of a kind."""
        found = await nodes.node(self.graph, self.viewer.scope, id)
        if not isinstance(found, kind):
            raise missing(field)
        return found

    async def source(self, id: str | None) -> str | None:
        """The id of a source that may be named, or none."""
        return None if id is None else (await self.thing("source", id, Source)).id

    async def _looked_up(self, ids: Sequence[str]) -> dict[str, Agent]:
        found = await agents.agents(self.graph, self.viewer.scope, ids)
        self.met.update(one.id for one in found.values())
        return found

    async def _scope(self, classes: Sequence[VisibilityClass]) -> Scope:
        """What the viewer may see, with the classes that are younger than their rights, as that of the entry may be."""
        rows = classes or await self.graph.read(visibility.ALL, Scope())
        seen = {row.id for row in (*visibility.PLAIN, *rows) if self._reads(row)}
        return Scope(tuple(sorted({*self.viewer.scope.vis, *seen})), self.viewer.scope.revision)

    def _reads(self, row: VisibilityClass) -> bool:
        held = self.viewer.everywhere or set(row.compartments) <= set(self.viewer.compartments)
        return held and row.level in self.viewer.visibilities


def missing(field: str) -> ServiceError:
    """The refusal of an id that is not there, or not for whoever asks."""
    return ServiceError(Code.NOT_FOUND, f"{field} names nothing that is there; look the id up again", field=field)


def _refuse_class(viewer: Viewer, level: str, compartments: Sequence[str]) -> None:
    if level not in viewer.visibilities:
        raise ServiceError(
            Code.FORBIDDEN, f"nobody writes what they cannot read, and {level} is not yours to read", field="visibility"
        )
    if not viewer.everywhere and not set(compartments) <= set(viewer.compartments):
        raise ServiceError(
            Code.FORBIDDEN,
            "nobody writes what they cannot read, and one of these compartments is not yours to read",
            field="compartments",
        )
