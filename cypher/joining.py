"""Several questions as one statement: each in a scope of its own, its parameters under names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cypher.tokens import Kind, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


# One row whatever a text answers: collected beside those of another, no row would take theirs along.
ROWS = "RETURN collect(rows) AS rows{}"


def joined(texts: Sequence[str]) -> str:
    """One statement that answers one record: under `rows0`, `rows1` and so on all that each text answers as `rows`.

    Uncorrelated subqueries of Cypher 5 from Neo4j 5.23 on: https://neo4j.com/docs/cypher-manual/5/subqueries/
    """
    parts = [
        f"CALL () {{ CALL () {{ {_renamed(text, place)} }}\n{ROWS.format(place)} }}" for place, text in enumerate(texts)
    ]
    return "\n".join((*parts, f"RETURN {', '.join(f'rows{place}' for place in range(len(texts)))}"))


def given(parameters: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The parameters of a joined statement, from those of its texts in their order."""
    return {_name(name, place): value for place, one in enumerate(parameters) for name, value in one.items()}


def answers(record: Mapping[str, object]) -> list[list[dict[str, object]]]:
    """The records of each text, from the one record of a joined statement."""
    found = cast("list[list[object]]", list(record.values()))
    return [[{"rows": rows} for rows in one] for one in found]


def _name(parameter: str, place: int) -> str:
    return f"{parameter}{place}"


def _renamed(text: str, place: int) -> str:
    return "".join(_pieces(text, place)).strip()


def _pieces(text: str, place: int) -> Iterator[str]:
    """A text without its comments, each parameter under its new name."""
    at = 0
    for token in tokens(text, "a joined text"):
        if token.kind in {Kind.COMMENT, Kind.PARAMETER}:
            yield text[at : token.start]
            at = token.start + len(token.text)
            if token.kind is Kind.PARAMETER:
                yield _name(token.text, place)
    yield text[at:]
