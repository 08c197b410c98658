"""What is going to be asked of what a list finds: asked with the list, where its rows say what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from service.graph.questions.clocks import ALWAYS, When

if TYPE_CHECKING:
    from service.engines.branches import Branch
    from service.graph.questions.pages import Page
    from service.graph.store import Graph, Scope


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """A statement about what another one finds; `told` hands on what it answered, if it was asked."""

    branch: Branch
    told: Callable[[], None]


class Branching(Protocol):
    """A list that may be asked ahead."""

    def ahead(self, graph: Graph, scope: Scope, beyond: Onward, column: int) -> Ahead | None:
        """What asks it about things that another statement finds; None where it has to know them first."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A list and how it is asked."""

    listing: Branching
    page: Page
    when: When = ALWAYS
    arguments: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True, eq=False)
class Onward:
    """What is going to be asked of the things of a kind under a field of a list's rows.

    Whoever knows their ids lets it begin. `asked` is how it is read, where that may be known before the ids are, and
    `tell` takes what was found of each.
    """

    field: str
    kind: str
    begin: Callable[[Sequence[str]], object]
    tell: Callable[[Mapping[str, Any]], None]
    asked: Asked | None = None
