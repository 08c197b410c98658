"""What a client is told of an error: a plain sentence and a code; what it may not be told stands in the log."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from graphql import GraphQLError

from service.errors import Code, ServiceError

LOG = logging.getLogger(__name__)

UNTOLD = "internal error"
MOST_LOCATIONS = 20  # of an error: an argument that is given 600 times has as many


def told(errors: Sequence[GraphQLError], operation: str | None) -> list[dict[str, object]]:
    """The errors as a response carries them."""
    return [_told(error, operation) for error in errors]


def failure(code: Code, message: str) -> dict[str, object]:
    """An error that belongs to no field."""
    return {"message": message, "extensions": {"code": str(code)}}


def _told(error: GraphQLError, operation: str | None) -> dict[str, object]:
    code, message = _judged(error, operation)
    said: dict[str, object] = {"message": message}
    if error.locations:
        said["locations"] = [one.formatted for one in error.locations[:MOST_LOCATIONS]]
    if error.path is not None:
        said["path"] = list(error.path)
    return {**said, "extensions": {"code": str(code)}}


def _judged(error: GraphQLError, operation: str | None) -> tuple[Code, str]:
    cause = _cause(error)
    if isinstance(cause, ServiceError):
        return cause.code, cause.message
    # Before execution every error is about the document. During it the executor names an argument it could not
    # read; without one it failed to put out a value, and that is ours.
    if isinstance(cause, GraphQLError) and (error.path is None or cause.nodes):
        return Code.BAD_USER_INPUT, error.message
    where = ".".join(map(str, error.path or ()))
    LOG.error("%s failed at %s", operation or "an unnamed query", where or "its beginning", exc_info=cause)
    return Code.INTERNAL, UNTOLD


def _cause(error: GraphQLError) -> Exception:
    found: Exception = error
    while isinstance(found, GraphQLError) and found.original_error is not None:
        found = found.original_error
    return found
