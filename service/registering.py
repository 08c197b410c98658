"""Documents to be registered, read from the files that clients' own tools write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import orjson

from service.errors import Code, Refused, ServiceError
from service.persisted import SHA256, hash_of, identified

LARGEST = 16 * 1024 * 1024
HEX = 64  # digits of a hash
MANIFEST = "name a manifest of documents by their ids"
Entry = tuple[str, str | None, str]  # the id it is sent by, its name, its text


def entries(file: Path) -> list[Entry]:
    """The documents of a file: one of GraphQL, or a manifest of Apollo, Relay or GraphQL Code Generator."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(str(file), None, f"cannot be read ({type(error).__name__})", "name a file that can") from None
    if len(content) > LARGEST:
        raise Refused(str(file), None, f"has more than {LARGEST} bytes", "register fewer documents at once")
    if file.suffix == ".json":
        return [*_checked(file, _manifest(file, content))]
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise Refused(str(file), None, "is not UTF-8", "save it as UTF-8") from None
    return [(hash_of(text), file.stem, text)]


def _manifest(file: Path, content: bytes) -> Iterator[tuple[str, object, object]]:
    """Ids, names and texts as they are written, whatever they are."""
    try:
        found: object = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise Refused(str(file), None, f"is no JSON ({error.msg})", MANIFEST) from None
    said = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    listed = said.get("operations")
    if isinstance(listed, list):  # Apollo's
        for one in cast("list[object]", listed):
            entry = cast("dict[str, object]", one) if isinstance(one, dict) else {}
            yield str(entry.get("id")), entry.get("name"), entry.get("body")
        return
    for id, text in said.items():
        yield id, None, text


def _named(id: str) -> str:
    """An id as it is sent: a bare hash is told by its length."""
    bare = len(id) == HEX and all(digit in "0123456789abcdef" for digit in id)
    return SHA256 + id if bare else id


def _checked(file: Path, found: Iterator[tuple[str, object, object]]) -> Iterator[Entry]:
    none = True
    for written, name, text in found:
        none, id = False, _named(written)
        if not isinstance(text, str):
            raise Refused(str(file), None, f"has no text for {id!r}", MANIFEST)
        try:
            identified(id)
        except ServiceError as error:
            raise Refused(str(file), None, f"has the id {id!r}", error.message) from None
        if id.startswith(SHA256) and id != hash_of(text):
            raise Refused(str(file), None, f"has another hash for {id!r}", "write the manifest anew")
        yield id, name if isinstance(name, str) else None, text
    if none:
        raise Refused(str(file), None, "holds no documents", MANIFEST)


def faulty(file: Path, id: str, faults: list[str]) -> ServiceError:
    """The refusal of a document that the contract does not answer."""
    return ServiceError(Code.BAD_USER_INPUT, f"{file}: {id} cannot be asked: {faults[0]}")
