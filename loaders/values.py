"""The forms that values of a file may have; a ValueError says how to write one.

Only ASCII digits count as digits: a full-width or Arabic one would not survive later comparisons of text.
"""

import re
from collections.abc import Callable
from datetime import date

_WHOLE = re.compile(r"[0-9]{1,15}")
_DECIMAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_YEAR = re.compile(r"[12][0-9]{3}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){0,4}|[0-9]{1,15}")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{2})/(?P<month>[0-9]{2})/(?P<year>[0-9]{4})")
_SHORT = re.compile(r"(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


def text(written: str) -> str:
    """The text itself, which must not be empty or blank."""
    if not written.strip():
        raise ValueError("write a text")
    return written


def whole(written: str) -> int:
    """A number without a fraction: 12."""
    return int(_matched(_WHOLE, written, "write a whole number such as 12").group())


def decimal(written: str) -> float:
    """A number with a point, if any: 2193.6."""
    return float(_matched(_DECIMAL, written, "write a number such as 2193.6").group())


def year(written: str) -> str:
    """A year, kept as text because a partial date is text: 2021."""
    return _matched(_YEAR, written, "write a year such as 2021").group()


def one_of(*words: str) -> Callable[[str], str]:
    """A form that takes only these words."""

    def word(written: str) -> str:
        if written not in words:
            raise ValueError(f"write one of {', '.join(words)}")
        return written

    return word


def iso_day(written: str) -> str:
    """A day written as 2024-07-06."""
    return _day(_matched(_ISO, written, "write a day as 2024-07-06"))


def day_first(written: str) -> str:
    """A day written as 06/07/2024."""
    return _day(_matched(_DAY_FIRST, written, "write a day as 06/07/2024"))


def short_day(written: str) -> str:
    """A day of this century written as 240706."""
    return _day(_matched(_SHORT, written, "write a day as 240706"), century=2000)


def band(written: str) -> tuple[float, float]:
    """The least and the greatest amount of a band: `1,501-3,000`; of a single figure, itself twice."""
    parts = written.split("-")
    amounts = [_amount(part) for part in parts]
    if len(amounts) > 2 or amounts[0] > amounts[-1]:  # noqa: PLR2004 - a band has two ends
        raise ValueError("write a band as 1,501-3,000 or a single figure as 5,000")
    return amounts[0], amounts[-1]


def _matched(form: re.Pattern[str], written: str, remedy: str) -> re.Match[str]:
    found = form.fullmatch(written)
    if found is None:
        raise ValueError(remedy)
    return found


def _day(found: re.Match[str], century: int = 0) -> str:
    year_, month, day = (int(found[part]) for part in ("year", "month", "day"))
    try:
        return date(century + year_, month, day).isoformat()
    except ValueError as error:
        raise ValueError("write a day that is in the calendar") from error


def _amount(written: str) -> float:
    return float(_matched(_GROUPED, written, "write amounts as 1,501").group().replace(",", ""))
