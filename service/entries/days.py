"""Days of entries: a whole day, and where something happened already, one that has come."""

from __future__ import annotations

from network.dates import ordinal
from service.errors import Code, ServiceError


def whole_day(field: str, text: str) -> str:
    """The day, unless it is none."""
    try:
        ordinal(text)
    except ValueError:
        raise ServiceError(Code.BAD_USER_INPUT, f"{field} is no day; write it as 2026-11-23", field=field) from None
    return text


def past_day(field: str, text: str, today: str, what: str) -> str:
    """The day, unless it has not come yet: then `what` cannot have been."""
    if whole_day(field, text) > today:
        raise ServiceError(Code.BAD_USER_INPUT, f"{what} on {text} cannot have been yet; correct its day", field=field)
    return text
