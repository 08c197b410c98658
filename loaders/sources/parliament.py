"""How the parliamentary data sets identify people, and the organizations that deal with them."""

from loaders import values
from loaders.statements import Mention, organization, person
from loaders.tables import Row
from service.graph.model import AgentKind, Identity

_PERSON = "uk.org.publicwhip/person/"
_NAME = "name:"
COMPANY = "company"


def member(row: Row, id: str, spelling: str, mnis: str | None = None) -> Mention:
    """A person by the id of their row; a number of the members' names service beside it joins the two."""
    joined = [Identity(AgentKind.PERSON, "parliament", _digits(row, "mnis_id", mnis))] if mnis else []
    if id.startswith(_PERSON):
        return person("twfy", _digits(row, "person_id", id.removeprefix(_PERSON)), spelling, joined)
    if id.startswith(_NAME) and len(id) > len(_NAME):
        return person("name", id.removeprefix(_NAME), spelling, joined)
    return row.refuse(f"person_id is {id!r}", f"write {_PERSON}NUMBER, or {_NAME}TEXT for a person without a number")


def minister(row: Row, mnis: str, spelling: str) -> Mention:
    """A minister, known by the number of the members' names service."""
    return person("parliament", _digits(row, "mnis", mnis), spelling)


def company(number: str | None, name: str) -> Mention:
    """An organization by its company number, or by its exact name where it has none."""
    if number is None:
        return organization("name", name, name)
    return organization("gb-coh", number, name, kinds=(COMPANY,))


def _digits(row: Row, column: str, written: str) -> str:
    try:
        values.whole(written)
    except ValueError:
        row.refuse(f"{column} is {written!r}", "write the number of the person")
    return written
