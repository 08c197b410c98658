"""Days, partial dates and moments: what a source may write, and the numbers behind it.

A partial date is EDTF level 0: `2019`, `2019-05`, `2019-05-03`, or `..` for open. A day is ISO text or its ordinal,
days since 1970-01-01. A moment is ISO text in UTC with six decimals, so that text order is time order, or a number of
microseconds since 1970.
"""

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

OPEN = ".."
FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

REMEMBERED = 65_536
"""A load asks for the same few thousand dates some hundred thousand times."""

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# Only ASCII digits: \d would let Arabic or full-width digits through, which no later comparison of text survives.
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})"
)

_DAY_PARTS = 3

OPEN_ORDINAL = date(9999, 12, 31).toordinal() - _EPOCH_DAY


def partial(text: str) -> str:
    """The same partial date, once it is known to be one; ValueError says what is wrong with any other text."""
    if text != OPEN:
        _bounds(text)
    return text


@lru_cache(maxsize=REMEMBERED)
def earliest(text: str) -> str:
    """The first day a partial date can mean; of an open one, the first day there is."""
    return FIRST_DAY if text == OPEN else _bounds(text)[0].isoformat()


@lru_cache(maxsize=REMEMBERED)
def latest(text: str) -> str:
    """The last day a partial date can mean; of an open one, 9999-12-31."""
    return LAST_DAY if text == OPEN else _bounds(text)[1].isoformat()


def agree(left: str, right: str) -> bool:
    """Whether two partial dates differ in precision at most, as 2019 and 2019-05 do; open agrees only with open."""
    if OPEN in (left, right):
        return left == right
    return earliest(left) <= latest(right) and earliest(right) <= latest(left)


def ordinal(day: str) -> int:
    """The number of a day, in days since 1970-01-01; 9999-12-31 is 2932896."""
    if _DAY.fullmatch(day) is None:
        raise ValueError(f"{day!r} is no day; write it as 2019-05-03")
    return _bounds(day)[0].toordinal() - _EPOCH_DAY


def day(number: int) -> str:
    """The day of a number, as ISO text."""
    try:
        return date.fromordinal(number + _EPOCH_DAY).isoformat()
    except (ValueError, OverflowError) as error:
        raise ValueError(
            f"day number {number} lies outside {FIRST_DAY}..{LAST_DAY}; count days from 1970-01-01"
        ) from error


def micros(moment: str) -> int:
    """The microseconds since 1970-01-01T00:00:00Z of an ISO moment; its offset is required."""
    if _MOMENT.fullmatch(moment) is None:
        raise ValueError(_no_moment(moment))
    try:
        when = datetime.fromisoformat(moment.replace(",", ".").upper())
    except ValueError as error:
        raise ValueError(_no_moment(moment)) from error
    return (when - _EPOCH) // _MICROSECOND


def moment(number: int) -> str:
    """The moment of a number of microseconds, in UTC with six decimals: 2026-11-24T06:34:28.123456Z."""
    try:
        when = _EPOCH + timedelta(microseconds=number)
    except OverflowError as error:
        raise ValueError(
            f"{number} microseconds lie outside the years 1 to 9999; count them from 1970-01-01T00:00:00Z"
        ) from error
    return f"{when.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _no_moment(text: str) -> str:
    return (
        f"{text!r} is no moment; write it with its offset, as 2026-11-24T06:34:28Z or 2026-11-24T06:34:28.123456+00:00"
    )


def _bounds(text: str) -> tuple[date, date]:
    found = _PARTIAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no date; write 2019, 2019-05, 2019-05-03, or {OPEN} for open")
    parts = [int(part) for part in found.groups() if part is not None]
    year, month, dayofmonth = [*parts, 1, 1][:3]
    try:
        first = date(year, month, dayofmonth)
    except ValueError as error:
        raise ValueError(f"{text!r} is not in the calendar; correct the year, month or day") from error
    if len(parts) == _DAY_PARTS:
        return first, first
    last_month = 12 if len(parts) == 1 else month
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])
