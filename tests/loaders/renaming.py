"""Motorsport-uk with every name and id replaced, each kind among its own, and which became which."""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from loaders import motorsport_uk
from loaders.sources.appg_secretariats import organizations
from loaders.sources.f1db import titled
from service.graph.identifying import company_number
from service.graph.model import AgentKind, Assertion, Batch, Identity, NodeRecord, Value, digest

Kind = str
PERSON = "uk.org.publicwhip/person/"
NO_NUMBER = ("", "None")
# Which columns hold ids or names of which kind; all others stay as they are.
KINDS: Mapping[Kind, tuple[str, ...]] = {
    "driver": ("driverId",),
    "maker": ("constructorId", "chronologyConstructorId", "engineManufacturerId", "tyreManufacturerId"),
    "entrant": ("entrantId",),
    "race": ("raceId",),
    "race name": ("officialName",),
    "group": ("appg",),
    "title": ("title",),
    "person": ("name", "person", "display_name"),
    "number": ("mnis_id", "mnis"),
    "entry": ("entry",),
    "post": ("post",),
    "organization": ("org",),
}
OF_COLUMN = {column: kind for kind, columns in KINDS.items() for column in columns}
SCHEMES = {"parliament": "number", "twfy": "twfy", "gb-coh": "company", "appg": "group"}


class Renaming:
    """A permutation of the ids and names of a folder, and fresh names where a name is part of a sentence."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._luck = random.Random(seed)
        self._found: dict[Kind, dict[str, None]] = defaultdict(dict)
        self.to: dict[Kind, dict[str, str]] = {}
        self._tables = {path.name: _table(path) for path in sorted(folder.glob("*.csv"))}
        self._walk(self._note)
        for kind, found in self._found.items():
            self.to[kind] = self._permuted(kind, list(found))

    def write(self, folder: Path) -> Path:
        """The folder with every name and id replaced."""
        folder.mkdir()
        self._walk(lambda kind, text: self.to[kind][text])
        for name, rows in self._tables.items():
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        return folder

    def identity(self, one: Identity) -> Identity:
        """What an identity became."""
        return Identity(one.kind, one.scheme, self.to[self._kind(one)][one.value])

    def names(self, of: AgentKind) -> dict[str, str]:
        """What each name of people or of organizations became."""
        kinds = ("person",) if of is AgentKind.PERSON else ("organization", "title")
        ids = ("driver",) if of is AgentKind.PERSON else ("maker", "entrant")
        written = {text: new for kind in kinds for text, new in self.to[kind].items()}
        return written | {titled(text): titled(new) for kind in ids for text, new in self.to[kind].items()}

    def nodes(self, old: Batch) -> dict[str, str]:
        """What each id of a batch became."""
        agents = {agent.id: self.identity(agent.identities[0]).agent for agent in old.agents.values()}
        identifiers = {one.id: self.identity(one).id for agent in old.agents.values() for one in agent.identities}
        return agents | identifiers | self._others(old)

    def attributes(self, one: Assertion) -> dict[str, Value]:
        """What a claim says, the constructor it names renamed."""
        renamed = {
            name: self.to["maker"][str(value)] for name, value in one.attributes.items() if name == "constructor"
        }
        return {**said(one), **renamed}

    def _others(self, old: Batch) -> dict[str, str]:
        races = {digest("evt", "f1db", one): digest("evt", "f1db", new) for one, new in self.to["race"].items()}
        bodies, posts = self.to["organization"], self.to["post"]
        offices = {
            digest("pst", "name", body, post): digest("pst", "name", bodies[body], posts[post])
            for body in bodies
            for post in posts
        }
        kept = {node.id: node.id for node in old.nodes.values() if node.label == "Capability"}
        return races | offices | kept

    def _kind(self, one: Identity) -> Kind:
        if one.scheme == "f1db":
            return "driver" if one.kind == "Person" else "maker"
        if one.scheme == "name":
            return "person" if one.kind == "Person" else "organization"
        return SCHEMES[one.scheme]

    def _permuted(self, kind: Kind, found: list[str]) -> dict[str, str]:
        mixed = self._luck.sample(found, len(found))
        if kind == "organization":  # a name with a comma would be split where a sentence names it
            mixed = [f"Organization {index:04}" for index in range(len(mixed))]
            self._luck.shuffle(mixed)
        return dict(zip(found, mixed, strict=True))

    def _note(self, kind: Kind, text: str) -> str:
        self._found[kind][text] = None
        return text

    def _walk(self, change: Callable[[Kind, str], str]) -> None:
        for name, (head, *rows) in self._tables.items():
            for row in rows:
                for index, column in enumerate(head):
                    row[index] = _changed(name, column, row[index], change)


def _changed(file: str, column: str, text: str, change: Callable[[Kind, str], str]) -> str:
    if column == "person_id":
        if text.startswith(PERSON):
            return PERSON + change("twfy", text.removeprefix(PERSON))
        return "name:" + change("person", text.removeprefix("name:"))
    if column == "chno" and text:
        return re.sub(r"\S*[0-9]+", lambda _: _styled(text, change("company", company_number(text))), text)
    if column == "secretariat_text":
        return _sentence(text, [change("organization", name) for name in organizations(text)])
    if (file, column) == ("appg_benefits.csv", "source"):
        return change("organization", text)
    kind = OF_COLUMN.get(column)
    return text if kind is None or text in NO_NUMBER else change(kind, text)


def _styled(written: str, number: str) -> str:
    """A number with or without its zeros, as the one was written that it replaces."""
    return number if written.startswith("0") else number.lstrip("0")


def _sentence(text: str, names: list[str]) -> str:
    *others, last = names
    acting = text[text.index(" jointly act as " if " jointly act as " in text else " acts as ") :]
    return (f"{', '.join(others)} and {last}" if others else last) + acting


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def said(one: Assertion) -> dict[str, Value]:
    """What a claim says beside ends and dates."""
    return {name: value for name, value in one.attributes.items() if value is not None}


def read(folder: Path) -> Batch:
    """The batch of a folder in which nothing is refused."""
    reading = motorsport_uk.read(folder)
    assert reading.refused == {}
    return motorsport_uk.batch(reading).batch


def properties(node: NodeRecord) -> tuple[object, ...]:
    """What a node says but its name."""
    return node.label, *sorted((name, str(value)) for name, value in node.properties.items())
