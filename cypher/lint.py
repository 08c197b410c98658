"""Every rule for query files that can be checked by reading them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cypher import scope
from cypher.ddl import migration, series
from cypher.errors import QueryError
from cypher.findings import Finding
from cypher.forbidden import constructs
from cypher.form import complaint, forms
from cypher.order import aggregates, orders
from cypher.patterns import chains
from cypher.tokens import Text, read

_MIGRATIONS = "cypher/migrations/"


def check(written: str, file: str) -> list[Finding]:
    """What is wrong with one file, by line."""
    try:
        text = read(written, file)
    except QueryError as error:
        return [complaint(file, error)]
    found = migration(text) if file.startswith(_MIGRATIONS) else _query(text)
    return sorted(set(found), key=lambda item: (item.line, item.rule, item.sentence))


def check_all(files: Mapping[str, str]) -> list[Finding]:
    """What is wrong with all files, each by itself and then together."""
    findings = [item for file, written in files.items() for item in check(written, file)]
    if findings:
        return findings
    texts = [read(written, file) for file, written in files.items()]
    queries = [text for text in texts if not text.file.startswith(_MIGRATIONS)]
    migrations = sorted((text for text in texts if text.file.startswith(_MIGRATIONS)), key=lambda text: text.file)
    return [*_names(queries), *series(migrations)]


def _query(text: Text) -> Iterator[Finding]:
    yield from forms(text)
    yield from constructs(text)
    yield from orders(text)
    yield from aggregates(text)
    yield from scope.check(text)


def _names(texts: list[Text]) -> Iterator[Finding]:
    """Names that are a label in one place and a relationship type in another."""
    elements = [(text, element) for text in texts for item in chains(text) for element in item.elements]
    labels = {name.casefold() for _, element in elements if element.kind == "node" for name in element.labels}
    for text, element in elements:
        for name in element.labels:
            if element.kind == "relationship" and name.casefold() in labels:
                line = text.tokens[element.start].line
                yield Finding(
                    text.file, line, "names", f"names {name} a relationship, elsewhere it is a label; rename one"
                )
