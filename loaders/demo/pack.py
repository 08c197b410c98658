"""The settings and word lists of the demo, read from the pack into plain records."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

Toml: TypeAlias = "str | float | bool | list[Toml] | dict[str, Toml]"

_DEMO = files("packs") / "motorsport" / "demo"
_PACK = files("packs") / "motorsport"


@dataclass(frozen=True, slots=True)
class Origin:
    """Names of one origin; any first name goes with any last name."""

    key: str
    weight: float
    f: tuple[str, ...]
    m: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organization: how it is named, what it can do, whom it supplies, what its people do."""

    key: str
    size: float
    label: str
    trades: tuple[str, ...]
    does: tuple[str, ...]
    feeds: tuple[str, ...]
    staff: tuple[str, ...]
    share: float = 0
    count: int = 0
    busy: float = 5.2


@dataclass(frozen=True, slots=True)
class Region:
    """Where firms lie close together, and what they are named after."""

    key: str
    weight: float
    country: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profession:
    """What somebody does, with titles from the first post to the last."""

    key: str
    weight: float
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A standard, the share of eligible firms certified to it, and how long a certificate runs."""

    key: str
    label: str
    scope: tuple[str, ...]
    prefix: str
    odds: float
    years: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One capability of the SKOS tree."""

    key: str
    label: str
    alt: tuple[str, ...] = ()
    broader: str | None = None
    related: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """A gathering held every year."""

    key: str
    name: str
    month: int
    day: int
    days: int
    most: int
    vis: str
    tables: tuple[str, ...] = ()
    table_most: int = 0
    topics: tuple[str, ...] = ()
    officials: int = 0
    technical: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so: one entry for each source."""

    key: str
    title: str
    publisher: str
    mode: str
    vis: str
    retrieved_at: str
    licence: str | None = None


def _frozen(value: Toml) -> Any:  # noqa: ANN401 - what TOML holds is known only to the records above
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


@cache
def table(name: str) -> dict[str, Any]:
    """One file of the demo's settings, its lists as tuples."""
    place = _PACK if name == "capabilities" else _DEMO
    frozen: dict[str, Any] = _frozen(tomllib.loads((place / f"{name}.toml").read_text("utf-8")))
    return frozen


@cache
def origins() -> tuple[Origin, ...]:
    return tuple(Origin(**row) for row in table("names")["origin"])


@cache
def kinds() -> dict[str, Kind]:
    return {row["key"]: Kind(**row) for row in table("firms")["kind"]}


@cache
def regions() -> tuple[Region, ...]:
    return tuple(Region(**row) for row in table("firms")["region"])


@cache
def professions() -> dict[str, Profession]:
    return {row["key"]: Profession(**row) for row in table("careers")["profession"]}


@cache
def certificates() -> tuple[Certificate, ...]:
    return tuple(Certificate(**row) for row in table("certifications")["certification"])


@cache
def concepts() -> dict[str, Concept]:
    return {row["key"]: Concept(**row) for row in table("capabilities")["capability"]}


@cache
def series() -> tuple[Series, ...]:
    return tuple(Series(**row) for row in table("gatherings")["series"])


@cache
def sources() -> tuple[Voice, ...]:
    return tuple(Voice(**row) for row in table("world")["source"])
