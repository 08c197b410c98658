"""Migrations: one constraint or index a file, in the words all engines share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cypher.findings import Finding
from cypher.form import characters
from cypher.tokens import Text

_PATH = re.compile(r"cypher/migrations/(\d{4})_[a-z][a-z0-9_]*\.cypher")
_FIELD = r"\w+ \. \w+"
_FIELDS = rf"{_FIELD}(?: , {_FIELD})*"
_OVER = r"(?:\( \w+ : \w+ \)|\( \) - \[ \w+ : \w+ \] - \( \))"
_SHAPES = (
    rf"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR {_OVER} REQUIRE (?:{_FIELD}|\( {_FIELDS} \)) IS UNIQUE",
    rf"CREATE (?:RANGE |TEXT |POINT )?INDEX \w+ IF NOT EXISTS FOR {_OVER} ON \( {_FIELDS} \)",
    rf"CREATE FULLTEXT INDEX \w+ IF NOT EXISTS FOR \( \w+ : \w+ \) ON EACH \[ {_FIELD} \]",
)


def migration(text: Text) -> Iterator[Finding]:
    """What is wrong with one migration."""
    yield from characters(text.text, text.file)
    if not _PATH.fullmatch(text.file):
        yield Finding(
            text.file, 1, "name", "is no name of a migration; call it cypher/migrations/0001_what_it_adds.cypher"
        )
    if not text.text.startswith("// "):
        yield Finding(text.file, 1, "header", "has no header; begin with a comment that says what it adds and why")
    statement = " ".join(token.text for token in text.tokens)
    if not any(re.fullmatch(shape, statement) for shape in _SHAPES):
        sentence = "is no single CREATE CONSTRAINT ... IS UNIQUE or CREATE INDEX, with a name and IF NOT EXISTS"
        yield Finding(text.file, text.tokens[0].line if text.tokens else 1, "ddl", sentence)


def series(texts: Sequence[Text]) -> Iterator[Finding]:
    """What is wrong with the migrations together: their numbers, and a property indexed in two ways."""
    numbers = [int(match[1]) for text in texts if (match := _PATH.fullmatch(text.file))]
    for place, (number, text) in enumerate(zip(numbers, texts, strict=False), 1):
        if number != place:
            yield Finding(
                text.file, 1, "number", f"is number {number} where {place} is next; number migrations without gaps"
            )
            return
    seen: dict[tuple[str, ...], str] = {}
    for text in texts:
        for over in indexed(text):
            if over in seen:
                sentence = f"indexes {'.'.join(over)}, which {seen[over]} already does; a property has one index"
                yield Finding(text.file, 1, "twice", sentence)
            seen.setdefault(over, text.file)


def indexed(text: Text) -> Iterator[tuple[str, ...]]:
    """The label or type and the properties a migration puts an index on."""
    label = next((text.name(i + 1) for i in range(len(text.tokens)) if text.word(i) == ":"), "")
    properties = tuple(text.name(i + 1) for i in range(len(text.tokens)) if text.word(i) == ".")
    if label and properties:
        yield (label, *properties)
