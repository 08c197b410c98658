"""What an old graph says, by a mapping that names its labels, types and properties."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

import packs
from loaders import loading
from loaders.legacy import Link, Node, Properties, Server, connected
from loaders.loading import Options
from loaders.report import Report
from loaders.statements import Mention, Sheet, Statement
from network import dates
from service.errors import Refused
from service.graph.model import AgentKind, Identity, Mode, SourceRecord, Value
from service.graph.store import Graph
from service.graph.visibility import LEVELS


class Readable(Protocol):
    """What is needed of an old graph."""

    def nodes(self, label: str) -> Iterator[Node]: ...
    def links(self, type_: str) -> Iterator[Link]: ...


AGENTS = frozenset(AgentKind)
EMPLOYMENT = frozenset({"WORKS_FOR", "DIRECTOR_OF"})


@dataclass(frozen=True, slots=True)
class Nodes:
    """What the nodes of one label are; `id` and `name` are properties of theirs, `others` hold further names."""

    kind: AgentKind
    id: str
    name: str
    others: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """What the relationships of one type are; `said` names an attribute of ours and the property that holds it."""

    type: str
    start: str | None = None
    end: str | None = None
    said: Mapping[str, str] = field(default_factory=dict[str, str])
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How an old graph is read. Its name is also the scheme of the identifiers it brings."""

    name: str
    title: str
    vis: int
    nodes: Mapping[str, Nodes]
    links: Mapping[str, Links]

    @property
    def source(self) -> SourceRecord:
        return SourceRecord(f"old-graph/{self.name}", self.title, Mode.HISTORY, self.vis)


def plan(path: Path) -> Plan:
    """The mapping of a TOML file; what it lacks or what nobody reads is refused."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        nodes = {label: _nodes(dict(row)) for label, row in table.pop("nodes").items()}
        links = {name: _links(dict(row)) for name, row in table.pop("relationships", {}).items()}
        return Plan(vis=LEVELS.index(table.pop("visibility")), nodes=nodes, links=links, **table)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refused(path.name, None, f"it is no mapping ({error})", "write it as docs/loading.md shows") from error


async def load(graph: Graph, server: Server, mapping: Plan, options: Options) -> Report:
    """Make the graph say what the old one says."""
    with connected(server) as old:
        sheet = read(old, mapping)
    return await loading.load(graph, [sheet], {}, {}, options)


def read(old: Readable, mapping: Plan) -> Sheet:
    """What the old graph says, as far as the mapping goes; anything it leaves unread is refused."""
    people = {node.number: mention for label in mapping.nodes for node, mention in _mentions(old, mapping, label)}
    links = [(name, link) for name in mapping.links for link in old.links(name)]
    sheet = Sheet(mapping.source, mapping.name, len(people) + len(links))
    for line, mention in enumerate(people.values(), 1):
        sheet.mention(line, mention)
    for line, (name, link) in enumerate(links, len(people) + 1):
        if link.start in people and link.end in people:
            sheet.say(_statement(line, mapping, name, link, (people[link.start], people[link.end])))
        else:
            sheet.refuse(line, f"{name} has an end that the mapping leaves out")
    return sheet


def _mentions(old: Readable, mapping: Plan, label: str) -> Iterator[tuple[Node, Mention]]:
    how = mapping.nodes[label]
    read_ = {how.id, how.name, *how.others, *how.ignore}
    for node in sorted(old.nodes(label), key=lambda node: str(node.properties.get(how.id))):
        place = f"a node {label}"
        _all_read(mapping, place, node.properties, read_)
        identity = Identity(how.kind, mapping.name, _text(mapping, place, node.properties, how.id))
        named = _text(mapping, f"{label} {identity.value}", node.properties, how.name)
        others = (spelling for name in how.others for spelling in _listed(node.properties.get(name)))
        yield node, Mention(identity, tuple(dict.fromkeys((named, *others))), (), how.kinds)


def _statement(line: int, mapping: Plan, name: str, link: Link, ends: tuple[Mention, Mention]) -> Statement:
    how, (a, b) = mapping.links[name], ends
    place = f"{name} from {a.identity.value} to {b.identity.value}"
    dated = {one for one in (how.start, how.end) if one}
    _all_read(mapping, place, link.properties, {*dated, *how.said.values(), *how.ignore})
    start, end = (_date(mapping, place, link.properties, one) for one in (how.start, how.end))
    said = {ours: _attribute(mapping, place, link.properties, theirs) for ours, theirs in how.said.items()}
    unit = f"employer:{mapping.name}:{b.identity.value}" if how.type in EMPLOYMENT else None
    key = name, a.identity.value, b.identity.value, start or ""
    return Statement(line, how.type, key, a, b, said, start, end, unit=unit, locator=place)


def _date(mapping: Plan, place: str, properties: Properties, name: str | None) -> str | None:
    value = properties.get(name) if name else None
    if value in (None, ""):
        return None
    try:
        return dates.partial(str(value)[:10])  # of a moment only the day is kept
    except ValueError as error:
        raise _refusal(mapping, f"{name} of {place} is {value!r}", str(error)) from error


def _attribute(mapping: Plan, place: str, properties: Properties, name: str) -> Value:
    value = properties.get(name)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise _refusal(mapping, f"{name} of {place} is {value!r}", "map a property that holds a text or a number")


def _text(mapping: Plan, place: str, properties: Properties, name: str) -> str:
    value = properties.get(name)
    if isinstance(value, str | int) and str(value).strip():
        return str(value)
    raise _refusal(mapping, f"{name} of {place} is {value!r}", "give it a text, or map another property")


def _listed(value: object) -> Iterable[str]:
    several = cast("list[object]", value) if isinstance(value, list) else [value]
    return [str(one) for one in several if one]


def _all_read(mapping: Plan, place: str, properties: Properties, names: set[str]) -> None:
    unread = {name: value for name, value in properties.items() if name not in names}
    if unread:
        raise _refusal(mapping, f"nobody read {unread} of {place}", "map the property or name it as ignored")


def _refusal(mapping: Plan, found: str, remedy: str) -> Refused:
    return Refused(mapping.name, None, found, remedy)


def _nodes(row: dict[str, Any]) -> Nodes:
    kind = AgentKind(row.pop("is"))
    others, kinds, ignore = (tuple[str, ...](row.pop(name, ())) for name in ("others", "kinds", "ignore"))
    return Nodes(kind, **row, others=others, kinds=kinds, ignore=ignore)


def _links(row: dict[str, Any]) -> Links:
    type_, ignore = row.pop("is"), tuple[str, ...](row.pop("ignore", ()))
    relation = packs.relations().get(type_)
    if relation is None or not relation.origin <= AGENTS or not relation.target <= AGENTS:
        raise ValueError(f"{type_!r} is no relationship between people and organizations")
    return Links(type_, **row, ignore=ignore)
