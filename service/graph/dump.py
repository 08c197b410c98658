"""The whole store as one file that any engine can restore, and the way back into an empty store.

The file is compressed text, one JSON value a line: what it is, then nodes by label and id, then relationships by the id
of the node they begin at and their own, then how many there were. Two dumps of equal stores are equal byte for byte.
Tokens travel along as they are stored, as hashes of long random secrets that nobody can turn back; whoever restores a
backup need not hand out new ones. The file is readable by its owner alone.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import AsyncIterator, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import orjson

import cypher
from cypher import Query
from service.engines.protocol import Transaction
from service.errors import Code, Refused, ServiceError
from service.graph import audit
from service.graph.migrations import APPLIED, CONVERSIONS, convert, migrations
from service.graph.record.entries.requests import CREATE as CREATE_REQUEST
from service.graph.record.rehoming import RELATIONSHIPS
from service.graph.record.relations import CREATE, CREATE_NODE
from service.graph.record.standing import STORED, Properties, ranges
from service.graph.record.write import CREATE_BATCH
from service.graph.store import Graph, Position, Scope
from service.graph.visibility import Saved, classes

FORMAT, VERSION = "paddock", 1
NODES, RECORDS = 5000, 5000
ATTEMPTS = 3
Json = dict[str, object]
Line = list[object]


def _restoring(folder: str) -> Query[Saved]:
    return cypher.query(f"{folder}/restore", Saved)


# The store's own records, which have no class.
OWN: Mapping[str, Query[Properties]] = {
    label: cypher.query(f"{folder}/stored", Properties)
    for label, folder in (
        ("Document", "document"),
        ("Erased", "erased"),
        ("ImportBatch", "import_batch"),
        ("Principal", "principal"),
        ("Suppression", "suppression"),
        ("Token", "token"),
        ("VisibilityClass", "visibility"),
    )
}
# All that a page at a time is read of; a request is the store's own too, and there is one for each entry.
PAGED: Mapping[str, Query[Properties]] = {**STORED, "Request": cypher.query("request/stored", Properties)}
RESTORE_NODE: Mapping[str, Query[Saved]] = {
    **CREATE_NODE,
    audit.LABEL: audit.CREATE,
    "ImportBatch": CREATE_BATCH,
    "Request": CREATE_REQUEST,
    **{
        label: _restoring(folder)
        for label, folder in (
            ("Document", "document"),
            ("Erased", "erased"),
            ("Principal", "principal"),
            ("Suppression", "suppression"),
            ("Token", "token"),
            ("VisibilityClass", "visibility"),
        )
    },
}
RESTORE_REVISION = _restoring("revision")


@dataclass(slots=True)
class Kept:
    """Whether a file is worth keeping."""

    whole: bool = False


async def dump(graph: Graph, file: Path) -> None:
    """Nothing, once everything in the store is in the file; a file that is there already is not touched."""
    for _ in range(ATTEMPTS):
        if await _dumped(graph, file):
            return
    raise ServiceError(Code.CONFLICT, "the store was written to while it was read; dump it again when it is quiet")


async def restore(graph: Graph, file: Path) -> None:
    """Nothing, once an empty store is filled from the file, which is read to its end before the first write."""
    header = _checked(file)
    await _refuse_unless_empty(graph)
    for kind, lines in _chunks(_lines(file)):
        await _save(graph, RESTORE_NODE[kind] if kind in RESTORE_NODE else CREATE[kind], lines)
    for migration in CONVERSIONS.keys() - set(cast("list[str]", header["migrations"])):
        await convert(graph.engine, migration)
    # Last, so that a restore that was cut off is not taken for a store.
    await _save(graph, RESTORE_REVISION, [cast("Json", header["revision"])])


async def _dumped(graph: Graph, file: Path) -> bool:
    """Whether the file is whole: nobody wrote while it was made."""
    position = await graph.position()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise ServiceError(Code.BAD_USER_INPUT, f"{file} is there already; name a file that is not") from error
    except OSError as error:
        why = f"{file} cannot be written ({error.strerror})"
        raise ServiceError(Code.BAD_USER_INPUT, f"{why}; name a file in a folder that can be") from error
    with _kept_if_whole(file) as kept:
        with os.fdopen(descriptor, "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed:
            await _write(graph, position, cast("IO[bytes]", packed))
        kept.whole = (await graph.position()) == position
    return kept.whole


@contextmanager
def _kept_if_whole(file: Path) -> Generator[Kept]:
    kept = Kept()
    try:
        yield kept
    finally:
        if not kept.whole:
            file.unlink()


async def _write(graph: Graph, position: Position, out: IO[bytes]) -> None:
    applied = sorted(row.id for row in APPLIED.rows(await graph.engine.read(APPLIED.text, {})))
    revision = {"number": position.number, "micros": position.micros}
    _put(out, {"format": FORMAT, "version": VERSION, "migrations": applied, "revision": revision})
    records = 0
    for lines in (_nodes(graph), _relationships(graph)):
        async for line in lines:
            _put(out, line)
            records += 1
    _put(out, {"records": records})


def _put(out: IO[bytes], value: object) -> None:
    out.write(orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))


async def _nodes(graph: Graph) -> AsyncIterator[Line]:
    async for properties in audit.stored(graph):
        yield [audit.LABEL, properties]
    scope = (await classes(graph)).everything()
    for label in sorted({*OWN, *PAGED}):
        if label in OWN:
            for row in await graph.read(OWN[label], Scope()):
                yield [label, row.properties]
            continue
        after = ""
        while rows := await graph.read(PAGED[label], scope, after=after, limit=NODES):
            for row in rows:
                yield [label, row.properties]
            after = rows[-1].id


async def _relationships(graph: Graph) -> AsyncIterator[Line]:
    scope = (await classes(graph)).everything()
    for page, counts in RELATIONSHIPS:
        for first, last in ranges(await graph.read(counts, scope)):
            for row in await graph.read(page, scope, **{"from": first, "to": last}):
                yield [row.type, row.a, row.b, row.properties]


def _checked(file: Path) -> Json:
    """The first line of a file that is whole and that this release can read."""
    header: Json | None = None
    last: Json | Line = []
    records = 0
    for line in _lines(file):
        header = header or _header(file, line)
        if isinstance(line, list):
            records += 1
            _refuse_unknown(file, str(line[0]))
        last = line
    if header is None or isinstance(last, list) or last.get("records") != records:
        raise Refused(file.name, None, "it ends before its end", "copy it again from where it was dumped")
    return header


def _refuse_unknown(file: Path, kind: str) -> None:
    if kind not in RESTORE_NODE and kind not in CREATE:
        raise Refused(file.name, None, f"it holds {kind}, which this release does not know", "install a newer one")


def _header(file: Path, line: Json | Line) -> Json:
    if isinstance(line, list) or (line.get("format"), line.get("version")) != (FORMAT, VERSION):
        raise Refused(file.name, 1, "it is no dump of this release", "name a file that `paddock dump` wrote")
    unknown = sorted(set(cast("list[str]", line["migrations"])) - {one.id for one in migrations()})
    if unknown:
        raise Refused(file.name, 1, f"it comes from a newer release ({unknown[-1]})", "install that or a later one")
    return line


def _lines(file: Path) -> Iterator[Json | Line]:
    try:
        with gzip.open(file, "rb") as packed:
            for line in packed:
                yield cast("Json | Line", orjson.loads(line))
    except FileNotFoundError as error:
        raise ServiceError(Code.NOT_FOUND, f"there is no file {file}") from error
    except (EOFError, OSError, zlib.error, orjson.JSONDecodeError) as error:
        remedy = "copy it again from where it was dumped"
        raise Refused(file.name, None, "it cannot be read to its end", remedy) from error


def _chunks(lines: Iterable[Json | Line]) -> Iterator[tuple[str, list[Json]]]:
    """Records of one kind, as many as go into a transaction."""
    kind, rows = "", list[Json]()
    for line in lines:
        if not isinstance(line, list):
            continue
        if rows and (line[0] != kind or len(rows) == RECORDS):
            yield kind, rows
            rows = []
        kind = str(line[0])
        rows.append(_row(line))
    if rows:
        yield kind, rows


def _row(line: Line) -> Json:
    *ends, properties = line[1:]
    return {**dict(zip("ab", ends, strict=False)), "properties": properties}


async def _save(graph: Graph, query: Query[Saved], rows: list[Json]) -> None:
    async def work(transaction: Transaction) -> int:
        return query.rows(await transaction.run(query.text, {"rows": rows}))[0].saved

    saved = await graph.engine.write(work)
    if saved != len(rows):
        raise ServiceError(Code.INTERNAL, f"{saved} of {len(rows)} records were restored by {query.name}")


async def _refuse_unless_empty(graph: Graph) -> None:
    empty = (await graph.position()).number == 0
    async for _ in _nodes(graph):
        empty = False
        break
    if not empty:
        raise ServiceError(Code.BAD_USER_INPUT, "the store is not empty; restore into one that is")
