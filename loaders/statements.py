"""What the rows of a file say, before anybody knows which agents they mean."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from loaders.tables import Table
from service.errors import Refused
from service.graph.model import IDENTIFIED_BY, AgentKind, Identity, NodeRecord, SourceRecord, Value


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or organization as a row knows it, and how it spells it, the proper name first.

    `joined` are the identities the same row gives it besides.
    """

    identity: Identity
    spellings: tuple[str, ...] = ()
    joined: tuple[Identity, ...] = ()
    kinds: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.identity)


@dataclass(frozen=True, slots=True)
class Thing:
    """A node that is no agent: its id, and how the source tells it from others."""

    id: str
    said: str

    def __str__(self) -> str:
        return self.said


End: TypeAlias = Mention | Thing


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one row."""

    line: int
    type: str
    natural_key: tuple[str, ...]
    a: End
    b: End
    attributes: Mapping[str, Value] = field(default_factory=dict[str, Value])
    start: str | None = None
    end: str | None = None
    observed: tuple[str, ...] = ()
    confidence: float = 1.0
    unit: str | None = None
    locator: str | None = None  # where in the source, if its line is not what tells best

    @property
    def said(self) -> tuple[object, ...]:
        """What two rows about the same thing must agree on."""
        attributes = {name: value for name, value in self.attributes.items() if value is not None}
        return self.type, str(self.a), str(self.b), attributes, self.start, self.end, self.confidence


@dataclass(frozen=True, slots=True)
class Naming:
    """A row that says how an agent is called, and nothing else."""

    line: int
    natural_key: tuple[str, ...]
    a: Mention
    locator: str | None = None
    type: str = IDENTIFIED_BY

    @property
    def said(self) -> tuple[object, ...]:
        """What two rows about the same thing must agree on: whom they name, not how they spell it."""
        return (str(self.a),)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about one line."""

    line: int
    text: str


@dataclass(slots=True)
class Sheet:
    """What one file says: statements in the order of its rows, rows refused by a rule, warnings.

    `gives` is what other files need of this one: the register day of each group, the day of each race.
    """

    source: SourceRecord
    file: str
    rows: int
    statements: list[Statement] = field(default_factory=list[Statement])
    namings: list[Naming] = field(default_factory=list[Naming])
    mentions: list[tuple[int, Mention]] = field(default_factory=list[tuple[int, Mention]])
    nodes: list[tuple[int, NodeRecord]] = field(default_factory=list[tuple[int, NodeRecord]])
    refusals: list[Note] = field(default_factory=list[Note])
    warnings: list[Note] = field(default_factory=list[Note])
    gives: dict[str, str] = field(default_factory=dict[str, str])
    _first: dict[tuple[str, ...], tuple[int, object]] = field(default_factory=dict[tuple[str, ...], tuple[int, object]])

    def say(self, statement: Statement) -> None:
        """Add a claim; of one said before only the spelling counts, one that contradicts it refuses the file."""
        self.mentions.extend((statement.line, end) for end in (statement.a, statement.b) if isinstance(end, Mention))
        if self._is_new(statement.line, statement.natural_key, statement.said):
            self.statements.append(statement)

    def name(self, naming: Naming) -> None:
        """Add how an agent is called."""
        if self._is_new(naming.line, naming.natural_key, naming.said):
            self.namings.append(naming)
        else:
            self.mentions.append((naming.line, naming.a))

    def mention(self, line: int, mention: Mention) -> None:
        """Note that a row names an agent without saying more of it."""
        self.mentions.append((line, mention))

    def show(self, line: int, key: tuple[str, ...], node: NodeRecord) -> None:
        """Add a node that a row tells of by its key; a later row may not contradict it."""
        told = node.name, dict(node.properties)
        if self._is_new(line, (node.label, *key), told):
            self.nodes.append((line, node))

    def refuse(self, line: int, reason: str) -> None:
        """Leave a row out by a rule of the source, with the reason."""
        self.refusals.append(Note(line, reason))

    def warn(self, line: int, text: str) -> None:
        """Load a row as written and tell what is odd about it."""
        self.warnings.append(Note(line, text))

    def all_mentions(self) -> list[tuple[int, Mention]]:
        """Every agent named, in the order of rows."""
        named = [(naming.line, naming.a) for naming in self.namings]
        return sorted([*self.mentions, *named], key=lambda pair: pair[0])

    def _is_new(self, line: int, key: tuple[str, ...], said: object) -> bool:
        if key not in self._first:
            self._first[key] = line, said
            return True
        earlier, told = self._first[key]
        if told != said:
            found = f"what it says of {', '.join(key)} is not what line {earlier} says"
            raise Refused(self.file, line, found, "keep the line that is right")
        return False


Reader: TypeAlias = Callable[[Table, Sheet, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Source:
    """How one file is read. `ignored` says of each column that is left out why; `needs` names a file read before."""

    file: str
    record: SourceRecord
    columns: tuple[str, ...]
    read: Reader
    ignored: Mapping[str, str] = field(default_factory=dict[str, str])
    needs: str | None = None

    def sheet(self, table: Table, needed: Mapping[str, str]) -> Sheet:
        """All the file says, or the refusal of the file."""
        table.demand((*self.columns, *self.ignored))
        sheet = Sheet(self.record, table.file, len(table))
        self.read(table, sheet, needed)
        return sheet


def person(scheme: str, value: str, spelling: str, joined: Iterable[Identity] = ()) -> Mention:
    """A person as a scheme knows them."""
    return Mention(Identity(AgentKind.PERSON, scheme, value), (spelling,), tuple(joined))


def organization(scheme: str, value: str, *spellings: str, kinds: tuple[str, ...] = ()) -> Mention:
    """An organization as a scheme knows it, and what it is."""
    return Mention(Identity(AgentKind.ORGANIZATION, scheme, value), spellings, (), kinds)
