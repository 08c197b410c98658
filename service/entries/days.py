"""Days of entries: whole ones and partial ones, and where something happened already, one that has come."""

from __future__ import annotations

from network.dates import OPEN, earliest, latest, ordinal, partial
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


def partial_date(field: str, text: str | None) -> str | None:
    """The partial date, unless it is none."""
    try:
        return None if text is None else partial(text)
    except ValueError:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"{field} is no date; write 2019, 2019-05, 2019-05-03, or {OPEN} for open", field=field
        ) from None


def span(start: str | None, end: str | None) -> tuple[str | None, str | None]:
    """A start and an end as written, unless the end lies wholly before the start."""
    first, last = partial_date("start", start), partial_date("end", end)
    if first is not None and last is not None and earliest(first) > latest(last):
        raise ServiceError(Code.BAD_USER_INPUT, f"it ends in {last} before it starts in {first}", field="end")
    return first, last


def sightings(start: str | None, end: str | None, today: str) -> tuple[str, ...]:
    """Today, where something is said to hold without an end: whoever says so saw it today, and so it is current."""
    begun = start is None or earliest(start) <= today
    return (today,) if end is None and begun else ()
