"""What sheets say, resolved into one batch: agents, nodes and claims, ready for the graph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from loaders.identities import Agents, Spoken, resolve
from loaders.statements import End, Mention, Naming, Sheet, Statement
from service.graph.model import IDENTIFIED_BY, Assertion, Batch, Identity

Placed: TypeAlias = tuple[int, Assertion]  # a claim and the line that gives it


@dataclass(frozen=True, slots=True)
class Resolved:
    """A batch, and for each row of each file the keys of the records it was the first to give.

    Whom a row merely names is no such record: a row that says nothing else is one that changes nothing.
    """

    batch: Batch
    rows: Mapping[tuple[str, int], Sequence[str]]


def batch(sheets: Iterable[Sheet], registers: Mapping[str, str] | None = None) -> Resolved:
    """All that the sheets say as one batch; `registers` is the day of the register that lists each unit now."""
    sheets = tuple(sheets)
    agents = resolve(_spoken(sheets))
    told = [_told(sheet, agents) for sheet in sheets]
    identified = [_identified(sheet, agents) for sheet in sheets]
    shown = [node for sheet in sheets for _, node in sheet.nodes]
    nodes = {node.id: node for node in reversed(shown)}
    retold = tuple(node for node in shown if node is not nodes[node.id])
    assertions = tuple(one for said, named in zip(told, identified, strict=True) for _, one in _by_line(said, named))
    rows: dict[tuple[str, int], list[str]] = {}
    for sheet, file in zip(sheets, told, strict=True):
        for line, assertion in file:
            rows.setdefault((sheet.file, line), []).append(assertion.key)
        for line, node in sheet.nodes:
            rows.setdefault((sheet.file, line), []).append(node.id)
    sources = tuple(sheet.source for sheet in sheets)
    return Resolved(Batch(sources, agents.records, nodes, assertions, registers=registers or {}, retold=retold), rows)


def _spoken(sheets: Sequence[Sheet]) -> Iterator[Spoken]:
    for sheet in sheets:
        for line, mention in sheet.all_mentions():
            yield Spoken(sheet.source.slug, line, mention, sheet.source.vis)


def _told(sheet: Sheet, agents: Agents) -> list[Placed]:
    """The claims that rows of a file are there to make, with the lines that make them."""
    claims = [(statement.line, _claim(sheet, statement, agents)) for statement in sheet.statements]
    return claims + [(naming.line, _name(sheet, naming, agents)) for naming in sheet.namings]


def _by_line(*parts: Iterable[Placed]) -> list[Placed]:
    return sorted((one for part in parts for one in part), key=lambda pair: pair[0])


def _claim(sheet: Sheet, statement: Statement, agents: Agents) -> Assertion:
    return Assertion(
        statement.type,
        statement.natural_key,
        _node(statement.a, agents),
        _node(statement.b, agents),
        (str(statement.a), str(statement.b)),
        sheet.source.id,
        sheet.source.vis,
        statement.attributes,
        statement.start,
        statement.end,
        statement.observed,
        statement.confidence,
        statement.locator or f"line {statement.line}",
        statement.unit,
    )


def _node(end: End, agents: Agents) -> str:
    return agents.ids[end.identity] if isinstance(end, Mention) else end.id


def _name(sheet: Sheet, naming: Naming, agents: Agents) -> Assertion:
    named = _identification(sheet, naming.natural_key, naming.a.identity, naming.a.identity, agents)
    said = naming.a.spellings, naming.a.kinds, naming.locator or f"line {naming.line}"
    return replace(named, names=said[0], kinds=said[1], locator=said[2])


def _identified(sheet: Sheet, agents: Agents) -> Iterator[Placed]:
    """One claim for each identity by which a file knows an agent, with all it calls it; one more for each it joins."""
    lines: dict[tuple[Identity, Identity], int] = {}
    names = defaultdict[Identity, dict[str, None]](dict)
    kinds = defaultdict[Identity, dict[str, None]](dict)
    for line, mention in sorted(sheet.mentions, key=lambda pair: pair[0]):
        for identity in (mention.identity, *mention.joined):
            lines.setdefault((mention.identity, identity), line)
        names[mention.identity].update(dict.fromkeys(mention.spellings))
        kinds[mention.identity].update(dict.fromkeys(mention.kinds))
    for (known, identity), line in lines.items():
        named = _identification(sheet, (str(known), str(identity)), known, identity, agents)
        said = (tuple(names[known]), tuple(sorted(kinds[known]))) if known == identity else ((), ())
        yield line, replace(named, names=said[0], kinds=said[1], locator=f"line {line}")


def _identification(
    sheet: Sheet, key: tuple[str, ...], known: Identity, identity: Identity, agents: Agents
) -> Assertion:
    """That an agent, known to a file by one identity, has an identity: this one or another."""
    ends = str(known), str(identity)
    return Assertion(IDENTIFIED_BY, key, agents.ids[known], identity.id, ends, sheet.source.id, sheet.source.vis)
