"""Where the graph is kept: a folder of this machine, or a Neo4j behind a URI."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from service.errors import Code, ServiceError

SCHEMES = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})


@dataclass(frozen=True, slots=True)
class Folder:
    """A store of the embedded engine."""

    path: Path


@dataclass(frozen=True, slots=True)
class Server:
    """A Neo4j and how to sign in there; no database name means the user's home database."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str | None = None


Store = Folder | Server


def parse_store(text: str, *, user: str = "neo4j", password: str = "", database: str | None = None) -> Store:
    """The store a setting or an option names: a URI, else a folder."""
    if "://" not in text:
        if not text.strip():
            raise ServiceError(Code.BAD_USER_INPUT, "the store is empty; name a folder or the URI of a Neo4j")
        return Folder(Path(text).expanduser().absolute())
    parts = urlsplit(text)
    _check(parts)
    return Server(text, user, password, database)


def _check(parts: SplitResult) -> None:
    if parts.scheme not in SCHEMES:
        known = ", ".join(sorted(SCHEMES))
        raise ServiceError(Code.BAD_USER_INPUT, f"a store cannot be reached by {parts.scheme}://; use one of {known}")
    if not parts.hostname:
        raise ServiceError(Code.BAD_USER_INPUT, "the URI of the store names no host; write bolt://host:7687")
    if parts.username is not None or parts.password is not None:
        # A URI ends up in process lists and logs.
        raise ServiceError(
            Code.BAD_USER_INPUT, "a store's URI must not carry a password; set the user and the password beside it"
        )
