"""The model of tie strength: what each kind of evidence is worth and how long it lasts; the numbers are a pack's."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

CEILING = 0.97
"""No tie is certain: strength stops here."""

HANDING_ON = 0.7
"""The chance that somebody in the middle of a path hands a request on."""

FULL_INTERVAL_DAYS = 365
"""An interval counts in full once it has lasted this long."""

_FIELDS = {"q", "half_life", "cap", "directed", "interval"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evidence.

    `q`: probability that one such item alone stands for a tie, 0 <= q < 1. `half_life`: days. `cap`: the most
    log-evidence all items of the kind can add up to, or None. `directed`: whether an item speaks for one direction
    only. `interval`: whether sources date it from a day to a day; arithmetic asks the item, not the kind.
    """

    q: float
    half_life: float
    cap: float | None = None
    directed: bool = False
    interval: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.q < 1:
            raise ValueError(f"q is {self.q}; give a probability from 0 up to, but not, 1")
        if not (self.half_life > 0 and math.isfinite(self.half_life)):
            raise ValueError(f"half_life is {self.half_life}; give a positive number of days")
        if self.cap is not None and not (self.cap > 0 and math.isfinite(self.cap)):
            raise ValueError(f"cap is {self.cap}; give a positive number, or leave it out")


@dataclass(frozen=True)
class Model:
    """A named table of kinds; its order is the order in which kinds are added up."""

    name: str
    kinds: Mapping[str, Kind]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Self:
        """The model of a pack's table: `{"name": ..., "kinds": {"MEETING": {"q": .35, "half_life": 365, ...}, ...}}`.

        `cap`, `directed` and `interval` may be left out. ValueError names the kind and the field that is wrong.
        """
        if not table.get("name") or not table.get("kinds"):
            raise ValueError("a model needs 'name' and at least one entry in 'kinds'")
        return cls(str(table["name"]), {name: _kind(name, row) for name, row in table["kinds"].items()})

    def kind(self, name: str) -> Kind:
        """What the model says about a kind; ValueError lists the known ones."""
        found = self.kinds.get(name)
        if found is None:
            raise ValueError(f"the model {self.name!r} knows no kind {name!r}; it has {', '.join(self.kinds)}")
        return found


def _kind(name: str, row: Mapping[str, Any]) -> Kind:
    if strange := set(row) - _FIELDS:
        raise ValueError(f"kind {name}: nobody reads {sorted(strange)}; the fields are {sorted(_FIELDS)}")
    try:
        return Kind(**row)
    except (TypeError, ValueError) as error:
        raise ValueError(f"kind {name}: {error}") from error
