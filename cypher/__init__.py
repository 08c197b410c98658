"""Questions to the graph, one a file, bound to the rows they answer with."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from cypher.clauses import writes
from cypher.columns import columns, shown
from cypher.errors import QueryError
from cypher.header import Header, Parameter, header
from cypher.rows import Decoder, compare
from cypher.tokens import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Entry", "Parameter", "Query", "QueryError", "bind", "entries", "entry", "files", "parameters", "query"]

Row = TypeVar("Row")
_TYPES: dict[str, tuple[type, ...]] = {
    "STRING": (str,),
    "INTEGER": (int,),
    "FLOAT": (float, int),
    "BOOLEAN": (bool,),
    "MAP": (dict,),
    "LIST": (list, tuple),
}


@dataclass(frozen=True)
class Query(Generic[Row]):
    """One question: its text, the parameters it needs and the rows it answers with."""

    name: str
    text: str
    parameters: frozenset[str]
    row: type[Row]
    writes: bool
    header: Header = field(repr=False)
    decoder: Decoder[Row] = field(repr=False, compare=False)

    def rows(self, records: list[dict[str, object]]) -> list[Row]:
        """The rows of the one record a query answers with; no record is no rows."""
        if not records:
            return []
        if len(records) > 1 or list(records[0]) != ["rows"]:
            raise QueryError(
                f"{_file(self.name)} returned {len(records)} records of {list(records[0])}, one of ['rows'] is expected"
            )
        found = records[0]["rows"]
        if not isinstance(found, list):
            raise QueryError(f"{_file(self.name)} returned {type(found).__name__} as rows, a list is expected")
        return self.decoder.rows(cast("list[object]", found))


def query(name: str, row: type[Row]) -> Query[Row]:
    """The query of a file, bound to its row type; a file that does not fit stops the program here."""
    path = resources.files("cypher").joinpath(*f"{name}.cypher".split("/"))
    if not path.is_file():
        raise QueryError(f"{_file(name)} does not exist; a query is named by its path, as organization/people")
    return bind(name, path.read_text(encoding="utf-8"), row)


def bind(name: str, text: str, row: type[Row]) -> Query[Row]:
    """A query text of that name, bound to its row type."""
    source = read(text, _file(name))
    head = header(source)
    compare(row, columns(source), source.file)
    names = frozenset(parameter.name for parameter in head.parameters)
    return Query(name, text, names, row, writes(source), head, Decoder(row, source.file))


def files() -> dict[str, str]:
    """The text of every query file and migration by its path, in the order of the paths."""
    return dict(sorted(_walk(resources.files("cypher"), "cypher")))


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _walk(item, f"{path}/{item.name}")
        elif item.name.endswith(".cypher"):
            yield f"{path}/{item.name}", item.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Entry:
    """A query as the documents list it."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    columns: str
    writes: bool


def entries() -> list[Entry]:
    """Every query there is, by name, as its own header describes it."""
    queries = {file: text for file, text in files().items() if not file.startswith("cypher/migrations/")}
    return [entry(file.removeprefix("cypher/").removesuffix(".cypher"), text) for file, text in queries.items()]


def entry(name: str, text: str) -> Entry:
    """A query as its header describes it."""
    source = read(text, _file(name))
    head = header(source)
    return Entry(name, head.summary, head.parameters, shown(columns(source)), writes(source))


def parameters(asked: Query[Row], given: Mapping[str, object]) -> None:
    """Nothing where the values given are those the file documents, by name and type."""
    if frozenset(given) != asked.parameters:
        raise QueryError(
            f"{_file(asked.name)} takes the parameters {sorted(asked.parameters)}, was given {sorted(given)}"
        )
    for parameter in asked.header.parameters:
        _accept(asked.name, parameter, given[parameter.name])


def _accept(name: str, parameter: Parameter, value: object) -> None:
    if value is None and parameter.type.endswith("NULL"):
        return
    kind = parameter.type.split("<")[0].split(" ")[0]
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "BOOLEAN"):
        found = "null" if value is None else type(value).__name__
        raise QueryError(f"{_file(name)} takes ${parameter.name} as {parameter.type}, was given {found}")


def _file(name: str) -> str:
    return f"cypher/{name}.cypher"
