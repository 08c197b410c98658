"""What may be told to whoever asked: a stable code, a plain sentence, and how the command line ends."""

from enum import IntEnum, StrEnum


class Code(StrEnum):
    """The codes of the public contract."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    NOT_FOUND = "NOT_FOUND"
    GONE = "GONE"
    CONFLICT = "CONFLICT"
    TOO_EXPENSIVE = "TOO_EXPENSIVE"
    RATE_LIMITED = "RATE_LIMITED"
    TIMEOUT = "TIMEOUT"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class Exit(IntEnum):
    """How the command line ends, for scripts to tell apart."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    UNREACHABLE = 5
    NOT_PERMITTED = 6
    INTERRUPTED = 130


class ServiceError(Exception):
    """A failure that may be told as it stands: the sentence holds no text of a driver, no query and no secret."""

    def __init__(self, code: Code | str, message: str, *, field: str | None = None) -> None:
        """`field` is the part of the input that was at fault, as the contract names it."""
        super().__init__(message)
        self.code = Code(code)
        self.message = message
        self.field = field


class RateLimited(ServiceError):
    """Too much for now; `after` so many seconds there is room again."""

    def __init__(self, message: str, after: int) -> None:
        super().__init__(Code.RATE_LIMITED, f"{message}; try again in {after} {'second' if after == 1 else 'seconds'}")
        self.after = after


class Refused(ServiceError):
    """A file that is not what it should be: where, what was found there, and what to do about it."""

    def __init__(self, file: str, line: int | None, value: str, remedy: str) -> None:
        self.file = file
        self.line = line
        self.value = value
        self.remedy = remedy
        place = file if line is None else f"{file}:{line}"
        super().__init__(Code.BAD_USER_INPUT, f"{place}: {value}; {remedy}")


_EXITS = {
    Code.BAD_USER_INPUT: Exit.USAGE,
    Code.UNAUTHENTICATED: Exit.NOT_PERMITTED,
    Code.FORBIDDEN: Exit.NOT_PERMITTED,
    Code.NOT_FOUND: Exit.NOT_FOUND,
    Code.GONE: Exit.NOT_FOUND,
    Code.TIMEOUT: Exit.UNREACHABLE,
    Code.UNAVAILABLE: Exit.UNREACHABLE,
}


def exit_code(error: BaseException) -> Exit:
    """The exit code an error ends the command line with."""
    if isinstance(error, Refused):
        return Exit.REFUSED
    if isinstance(error, ServiceError):
        return _EXITS.get(error.code, Exit.UNEXPECTED)
    return Exit.INTERRUPTED if isinstance(error, KeyboardInterrupt) else Exit.UNEXPECTED
