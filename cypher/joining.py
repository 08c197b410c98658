"""Several questions as one statement: each in a scope of its own, its parameters under names of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from cypher.tokens import Kind, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


# One row whatever a text answers: collected beside those of another, no row would take theirs along.
ROWS = "RETURN collect(rows) AS rows{}"
IDS = "ids"  # the parameter that says what a text is asked about


@dataclass(frozen=True, slots=True)
class Link:
    """Which text of a statement finds what another one is asked about: lists of ids in a column of rows that are lists.

    Of many it is asked about no more than the first.
    """

    place: int
    column: int
    most: int


def joined(texts: Sequence[str], links: Mapping[int, Link] | None = None) -> str:
    """One statement that answers one record: under `rows0`, `rows1` and so on all that each text answers as `rows`.

    A text with a link is asked about what an earlier one finds, and those ids are told as `ids1` or whatever its place.
    Subqueries of Cypher 5 from Neo4j 5.23 on: https://neo4j.com/docs/cypher-manual/5/subqueries/
    """
    links = links or {}
    parts = [_part(text, place, links.get(place)) for place, text in enumerate(texts)]
    told = (*(f"rows{place}" for place in range(len(texts))), *(_name(IDS, place) for place in sorted(links)))
    return "\n".join((*parts, f"RETURN {', '.join(told)}"))


def _part(text: str, place: int, link: Link | None) -> str:
    rows = ROWS.format(place)
    if link is None:
        return f"CALL () {{ CALL () {{ {_renamed(text, place)} }}\n{rows} }}"
    ids, found = _name(IDS, place), f"rows{link.place}"
    return (
        f"CALL ({found}) {{ UNWIND {found}[0] AS row UNWIND row[{link.column}] AS id "
        f"WITH DISTINCT id LIMIT {link.most} RETURN collect(id) AS {ids} }}\n"
        f"CALL ({ids}) {{ CALL ({ids}) {{ {_renamed(text, place, ids)} }}\n{rows} }}"
    )


def given(parameters: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The parameters of a joined statement, from those of its texts in their order."""
    return {_name(name, place): value for place, one in enumerate(parameters) for name, value in one.items()}


def answers(record: Mapping[str, object]) -> list[list[dict[str, object]]]:
    """The records of each text, from the one record of a joined statement."""
    found = [one for name, one in record.items() if name.startswith("rows")]
    return [[{"rows": rows} for rows in one] for one in cast("list[list[object]]", found)]


def told(record: Mapping[str, object], place: int) -> list[str]:
    """What the text at a place was asked about, where another one found that."""
    return cast("list[str]", record[_name(IDS, place)])


def _name(parameter: str, place: int) -> str:
    return f"{parameter}{place}"


def bare(text: str) -> str:
    """A text without its comments."""
    return _named(text, lambda parameter: parameter)


def _renamed(text: str, place: int, ids: str | None = None) -> str:
    """A text whose parameters have names of their own; what it is asked about may stand in a variable."""
    return _named(text, lambda parameter: ids if ids and parameter == f"${IDS}" else _name(parameter, place))


def _named(text: str, name: Callable[[str], str]) -> str:
    return "".join(_pieces(text, name)).strip()


def _pieces(text: str, name: Callable[[str], str]) -> Iterator[str]:
    """A text without its comments, each parameter under its new name."""
    at = 0
    for token in tokens(text, "a joined text"):
        if token.kind in {Kind.COMMENT, Kind.PARAMETER}:
            yield text[at : token.start]
            at = token.start + len(token.text)
            if token.kind is Kind.PARAMETER:
                yield name(token.text)
    yield text[at:]
