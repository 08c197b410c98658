"""Sectors as data: taxonomies, relation registries, evidence models, settings of the demo generator."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from network.model import Model

MOTORSPORT = "motorsport"


@dataclass(frozen=True, slots=True)
class Relation:
    """What may be said between which labels, read both ways; `term` is the same notion in a standard."""

    type: str
    origin: frozenset[str]
    target: frozenset[str]
    says: str
    back: str
    term: str | None = None
    said: tuple[str, ...] = ()


@cache
def evidence(pack: str = MOTORSPORT) -> Model:
    """What each kind of evidence is worth in a sector."""
    return Model.of(_table(pack, "evidence"))


@cache
def relations(pack: str = MOTORSPORT) -> Mapping[str, Relation]:
    """The relationship types of a sector by name."""
    return {name: _relation(name, row) for name, row in _table(pack, "relations").items()}


def _relation(name: str, row: Mapping[str, Any]) -> Relation:
    strange = set(row) - {"from", "to", "says", "back", "term", "said"}
    if strange:
        raise ValueError(f"relation {name}: nobody reads {sorted(strange)}")
    return Relation(
        name,
        frozenset(row["from"]),
        frozenset(row["to"]),
        row["says"],
        row["back"],
        row.get("term"),
        tuple(row.get("said", ())),
    )


def _table(pack: str, name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / pack / f"{name}.toml").read_text("utf-8"))
