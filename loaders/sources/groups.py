"""How the register of parliamentary groups names a group: by the slug that all its files share."""

from collections.abc import Mapping

from loaders.statements import Mention, organization
from loaders.tables import Row

SCHEME = "appg"
COMMITTEE = "committee"


def group(slug: str, *titles: str) -> Mention:
    """A parliamentary group."""
    return organization(SCHEME, slug, *titles, kinds=(COMMITTEE,))


def unit(slug: str) -> str:
    """What is written and derived together: all who are listed in one group."""
    return f"group:{slug}"


def register_day(row: Row, registers: Mapping[str, str], slug: str) -> str:
    """The day of the register that lists a group."""
    day = registers.get(slug)
    if day is None:
        row.refuse(f"the group {slug!r} is not in appgs.csv", "add the group there, with the day of its register")
    return day
