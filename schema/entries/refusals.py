"""What becomes of an entry: written, or refused in words that whoever made it can act on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

import strawberry

from schema.context import Info
from service.errors import Code, ServiceError

T = TypeVar("T")
P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)

# What the entry itself is at fault for; everything else is an error of the request, as it is of a question.
EXPECTED = frozenset({Code.BAD_USER_INPUT, Code.NOT_FOUND, Code.GONE, Code.CONFLICT})


@strawberry.type(description="Why an entry was not written.")
class UserError:
    code: str = strawberry.field(description="BAD_USER_INPUT, NOT_FOUND, GONE or CONFLICT.")
    path: list[str] | None = strawberry.field(name="field", description="What of the input it is about.")
    message: str = strawberry.field(description="What was found, and what to do next.")

    @classmethod
    def of(cls, error: ServiceError) -> UserError:
        """The refusal as a client reads it."""
        return cls(code=str(error.code), path=None if error.field is None else [error.field], message=error.message)


class Refusal(Protocol[P_co]):
    """A type of payload that says why an entry was not written."""

    def __call__(self, *, errors: list[UserError]) -> P_co: ...


async def outcome(info: Info, entry: Awaitable[T], written: Callable[[T], P], refused: Refusal[P]) -> P:
    """The payload of an entry; what is asked of it is answered from the graph as the entry left it."""
    try:
        found = await entry
    except ServiceError as error:
        if error.code not in EXPECTED:
            raise
        return refused(errors=[UserError.of(error)])
    await info.context.renew()
    return written(found)
