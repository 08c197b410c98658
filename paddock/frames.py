"""Answers as tables and graphs, for those who have pandas and networkx (the extra `notebook`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, get_args, get_type_hints

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

Row = dict[str, object]


class Node(Protocol):
    """What stands at the end of an edge."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str | None: ...
    @property
    def kind(self) -> str: ...


Edge = tuple[Node, Node, Mapping[str, object]]


class Record(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class Table:
    """An answer of rows."""

    __slots__ = ()

    def rows(self) -> list[Row]:
        """One flat dictionary a row, all with the same keys."""
        raise NotImplementedError

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas frame."""
        return frame(self.rows())


class Drawing:
    """An answer of edges between things."""

    __slots__ = ()

    def edges(self) -> Iterator[Edge]:
        """Each edge: from, to, and what is said of it."""
        raise NotImplementedError

    def graph(self) -> nx.MultiDiGraph[str]:
        """A networkx graph of ids, with `name` and `kind` on each node."""
        return graph(self.edges())


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """A pandas frame of rows, a column for each key."""
    import pandas as pd  # noqa: PLC0415 (an extra, and slow to import)

    return pd.DataFrame.from_records(list(rows))


def to_frame(things: Iterable[Record]) -> pd.DataFrame:
    """A pandas frame of answers of one kind, as `to_frame(client.staff(firm))`: a row each."""
    return frame(flattened(one) for one in things)


def graph(edges: Iterable[Edge]) -> nx.MultiDiGraph[str]:
    """A networkx graph of edges; those that are given twice are there twice."""
    import networkx as nx  # noqa: PLC0415 (an extra, and slow to import)

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for a, b, said in edges:
        for end in (a, b):
            made.add_node(end.id, name=end.name, kind=end.kind)
        made.add_edge(a.id, b.id, **said)
    return made


def flattened(one: Record, prefix: str = "") -> Row:
    """A dataclass as one row: those in it become columns of their own, as `source_name`; lists stay lists."""
    row: Row = {}
    hints = get_type_hints(type(one))
    for field in fields(one):
        name, value = f"{prefix}{field.name.rstrip('_')}", getattr(one, field.name)
        inner = next((part for part in (hints[field.name], *get_args(hints[field.name])) if is_dataclass(part)), None)
        if is_dataclass(value) and not isinstance(value, type):
            row |= flattened(value, f"{name}_")
        elif value is None and inner is not None:
            row |= {f"{name}_{part.name.rstrip('_')}": None for part in fields(inner)}
        else:
            row[name] = value
    return row
