"""The queries as a document: what each is for, what it takes and what it gives, from the files' own headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cypher import Entry

_BEGINNING = """\
# Statements

Every statement the graph is asked by is one file under `cypher/`, named by its path. Each answers with one record
whose column `rows` holds the columns below. The files' headers say this; `python -m cypher --markdown` prints it.
"""


def markdown(entries: Sequence[Entry]) -> str:
    """The document, one section a subject."""
    return "\n".join([_BEGINNING, *_sections(entries)])


def _sections(entries: Sequence[Entry]) -> Iterator[str]:
    for subject, group in groupby(entries, key=lambda entry: entry.name.split("/", maxsplit=1)[0]):
        yield f"## {subject}\n"
        for entry in group:
            yield from _lines(entry)


def _lines(entry: Entry) -> Iterator[str]:
    yield f"### {entry.name}{' (writes)' if entry.writes else ''}\n"
    yield f"{entry.summary}\n"
    for parameter in entry.parameters:
        yield f"- `${parameter.name}` {parameter.type}: {parameter.meaning}"
    if entry.parameters:
        yield ""
    yield f"Gives `{entry.columns}`\n"
