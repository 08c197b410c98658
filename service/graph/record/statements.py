"""Records into statements of one transaction, a few thousand at a time, each count compared with what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from cypher import Query
from service.errors import Code, ServiceError
from service.graph.record.changes import Change, Creation, NodeWrite, Parcel
from service.graph.record.relations import CHANGE, CREATE, CREATE_NODE, DELETE, REPLACE_NODE
from service.graph.store import Write
from service.graph.visibility import Saved

ROWS = 5000  # a message stays far below the 8 MB from which engines slow down
FEW = 20  # rows that may be sent with others
Row = dict[str, object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one transaction."""

    write: Write

    async def nodes(self, writes: Sequence[NodeWrite]) -> None:
        """Create nodes or replace their properties."""
        for label, group in _grouped(writes, lambda one: one.label).items():
            new = [self._node(one) for one in group if one.new]
            await self.save(CREATE_NODE[label], new, f"new {label}")
            await self.save(REPLACE_NODE[label], [self._node(one) for one in group if not one.new], f"changed {label}")

    async def parcel(self, parcel: Parcel) -> None:
        """Delete, change and create relationships, in this order: an id may go in one place and come in another."""
        for relation, deletions in _grouped(parcel.deletions, lambda one: one.type).items():
            rows: list[Row] = [{"id": one.id, "a": one.a, "b": one.b} for one in deletions]
            await self.save(DELETE[relation], rows, f"deleted {relation}")
        for relation, changes in _grouped(parcel.changes, lambda one: one.type).items():
            await self.save(CHANGE[relation], [self._change(one) for one in changes], f"changed {relation}")
        for relation, creations in _grouped(parcel.creations, lambda one: one.type).items():
            await self.save(CREATE[relation], [self._creation(one) for one in creations], f"new {relation}")

    async def save(self, query: Query[Saved], rows: Sequence[Row], what: str) -> None:
        """Nothing, once every row is written or will be; a row whose ends are missing would vanish silently."""
        if 0 < len(rows) <= FEW:
            self.write.later(query, partial(_compare, len(rows), what), rows=list(rows))
            return
        for part in _parts(rows):
            _compare(len(part), what, await self.write.run(query, rows=part))

    def _node(self, one: NodeWrite) -> Row:
        stamps: Row = {"revision": self.write.revision}
        if one.new:
            stamps["recordedAt"] = self.write.recorded_at
        return {"id": one.id, "properties": {**one.properties, **stamps}}

    def _creation(self, one: Creation) -> Row:
        stamped = {"recordedAt": self.write.recorded_at, **one.properties, "revision": self.write.revision}
        return {"a": one.a, "b": one.b, "properties": stamped}

    def _change(self, one: Change) -> Row:
        taken = {"retractedAt": self.write.recorded_at} if one.retract else {}
        change = {**one.properties, **taken, "revision": self.write.revision}
        return {"id": one.id, "a": one.a, "b": one.b, "change": change}


def _compare(sent: int, what: str, rows: Sequence[Saved]) -> None:
    saved = rows[0].saved
    if saved != sent:
        raise ServiceError(
            Code.INTERNAL, f"{saved} of {sent} records were saved as {what}; nothing of this step was kept"
        )


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> Mapping[str, list[T]]:
    groups = defaultdict[str, list[T]](list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), ROWS):
        yield list(rows[start : start + ROWS])
