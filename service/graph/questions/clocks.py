"""The two clocks of a question: the day it is about, and the moment whose knowledge answers it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from network.dates import micros, moment, ordinal
from service.errors import Code, ServiceError

FOREVER = "9999-12-31T23:59:59.999999Z"  # as known at this moment = all that stands


@dataclass(frozen=True, slots=True)
class When:
    """The two clocks of a list: a day keeps what is current then or may be, a moment what was known then.

    Absent: every claim, and all that stands.
    """

    as_of: str | None = None
    known_at: str | None = None

    def read(self) -> When:
        """The same clocks, once they are known to be a day and a moment; else BAD_USER_INPUT."""
        try:
            if self.as_of is not None:
                ordinal(self.as_of)
            return replace(self, known_at=None if self.known_at is None else moment(micros(self.known_at)))
        except ValueError as error:
            raise ServiceError(Code.BAD_USER_INPUT, str(error)) from None


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class At:
    """The day and the moment a question is answered at; `known_at` is None for all that stands."""

    as_of: str
    known_at: str | None
    now: str

    @classmethod
    def of(cls, when: When, now: str) -> At:
        """A question's clocks, with today where it names no day; BAD_USER_INPUT where they cannot be read."""
        read = when.read()
        return cls(read.as_of or now[:10], read.known_at, now)

    @property
    def known(self) -> str:
        """The moment as statements take it."""
        return self.known_at or FOREVER

    @property
    def told(self) -> str:
        """The moment that is printed."""
        return self.known_at or self.now
