"""Words and defaults that the inputs of several entries share."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from schema.enums import Visibility

KEY = "Names this entry among those of its writer: sent again, it changes nothing and gets the same answer."
SOURCE = "The source it is from; absent: what its writer recorded by hand."
VISIBILITY = "The level of those who may see it."
COMPARTMENTS = "Only whoever was granted each of these may see it."
CONFIRM = "Write it even though somebody seems to be there already."
ERRORS = "Why nothing was written; empty where it was."


def level(given: Visibility | None) -> str:
    """The level of an entry; that of staff where none is given."""
    return str(given or Visibility.STAFF)


def listed(given: Sequence[str] | None) -> tuple[str, ...]:
    """A list as given; an empty one where none is."""
    return tuple(given or ())


@strawberry.input(description="What a scheme calls an agent.")
class IdentifierInput:
    scheme: str = strawberry.field(description="Who gave it, as gb-coh for the register of companies.")
    value: str = strawberry.field(description="The identifier itself.")


def pairs(given: Sequence[IdentifierInput] | None) -> tuple[tuple[str, str], ...]:
    """Identifiers as pairs of a scheme and a value."""
    return tuple((one.scheme, one.value) for one in given or ())
