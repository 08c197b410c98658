"""What can go wrong between a client and its server, each by a name of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast


class PaddockError(Exception):
    """The one to catch for all of them."""


class Unreachable(PaddockError):
    """No answer came within the time there was."""


class Unreadable(PaddockError):
    """An answer came that no Paddock gives: that of a proxy, perhaps, or of another address."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong: a code of the contract, a sentence, and the field of the answer it is about."""

    code: str
    message: str
    path: tuple[str | int, ...] = ()


class Refused(PaddockError):
    """The server answered with errors; `data` holds what it could answer all the same.

    Each code has a class of its own below, that of the first error decides.
    """

    CODE: ClassVar[str] = ""

    def __init__(self, problems: Sequence[Problem], data: dict[str, Any] | None, retry_after: float | None) -> None:
        """Told by its first problem."""
        first = problems[0]
        where = ".".join(map(str, first.path))
        super().__init__(f"{first.code}: {first.message}" + (f" (at {where})" if where else ""))
        self.problems = tuple(problems)
        self.data = data
        self.retry_after = retry_after

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code

    @property
    def message(self) -> str:
        """The sentence of the first problem."""
        return self.problems[0].message

    @property
    def path(self) -> tuple[str | int, ...]:
        """The field of the answer that the first problem is about; empty: the whole of it."""
        return self.problems[0].path


class BadUserInput(Refused):
    """The document or a value in it is wrong; the sentence says which and what to send instead."""

    CODE = "BAD_USER_INPUT"


class Unauthenticated(Refused):
    """The token is missing, unknown, expired or revoked."""

    CODE = "UNAUTHENTICATED"


class Forbidden(Refused):
    """The token is good, its holder may not do that."""

    CODE = "FORBIDDEN"


class UnknownDocument(Refused):
    """No document is registered under what was sent in its place."""

    CODE = "PERSISTED_QUERY_NOT_FOUND"


class NotFound(Refused):
    """Something an entry is about is not there, or not to be seen."""

    CODE = "NOT_FOUND"


class Gone(Refused):
    """A cursor or a thing has expired; begin again."""

    CODE = "GONE"


class Conflict(Refused):
    """An entry contradicts what is there, or its key was used for another one."""

    CODE = "CONFLICT"


class TooExpensive(Refused):
    """The document asks for too much at once; smaller pages or fewer lists in lists."""

    CODE = "TOO_EXPENSIVE"


class RateLimited(Refused):
    """The token has asked for too much in too short a time; `retry_after` seconds from now it may again."""

    CODE = "RATE_LIMITED"


class TimedOut(Refused):
    """The server gave up within its own time."""

    CODE = "TIMEOUT"


class Unavailable(Refused):
    """The server or its store cannot answer at the moment."""

    CODE = "UNAVAILABLE"


class Internal(Refused):
    """Something failed at the server that it does not tell about; its log does."""

    CODE = "INTERNAL"


_KINDS: Mapping[str, type[Refused]] = {kind.CODE: kind for kind in Refused.__subclasses__()}


def refused(errors: object, data: dict[str, Any] | None, retry_after: float | None = None) -> Refused | None:
    """The exception that the errors of an answer amount to; None where there are none."""
    listed = cast("list[object]", errors) if isinstance(errors, list) else []
    problems = [_problem(cast("dict[str, Any]", one)) for one in listed if isinstance(one, dict)]
    if not problems:
        return None
    return _KINDS.get(problems[0].code, Refused)(problems, data, retry_after)


def _problem(error: dict[str, Any]) -> Problem:
    extensions = cast("dict[str, str]", error.get("extensions") or {})
    return Problem(extensions.get("code", Internal.CODE), str(error.get("message", "")), tuple(error.get("path") or ()))
