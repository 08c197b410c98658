"""The forms of values: each gives the value, or says how to write it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import values


@pytest.mark.parametrize(
    ("form", "written", "value"),
    [
        (values.text, " kept as written ", " kept as written "),
        (values.whole, "012", 12),
        (values.decimal, "2193.6", 2193.6),
        (values.decimal, "400", 400.0),
        (values.year, "2021", "2021"),
        (values.one_of("False", "True"), "True", "True"),
        (values.iso_day, "2024-02-29", "2024-02-29"),
        (values.day_first, "29/02/2024", "2024-02-29"),
        (values.short_day, "240229", "2024-02-29"),
        (values.band, "1,501-3,000", (1501.0, 3000.0)),
        (values.band, "5,000", (5000.0, 5000.0)),
        (values.band, "750", (750.0, 750.0)),
        (values.band, "1,000,001-1,500,000", (1000001.0, 1500000.0)),
    ],
)
def test_a_value_in_its_form_is_read(form: Callable[[str], object], written: str, value: object) -> None:
    assert form(written) == value


@pytest.mark.parametrize(
    ("form", "written", "remedy"),
    [
        (values.text, " \t", "write a text"),
        (values.whole, "1.5", "write a whole number such as 12"),
        (values.whole, "\uff11\uff12", "write a whole number such as 12"),
        (values.decimal, "1e9", "write a number such as 2193.6"),
        (values.decimal, "nan", "write a number such as 2193.6"),
        (values.decimal, "-5.0", "write a number such as 2193.6"),
        (values.year, "21", "write a year such as 2021"),
        (values.year, "2021\n", "write a year such as 2021"),
        (values.one_of("False", "True"), "maybe", "write one of False, True"),
        (values.iso_day, "2023-02-29", "write a day that is in the calendar"),
        (values.iso_day, "2023-2-9", "write a day as 2024-07-06"),
        (values.iso_day, "06/07/2024", "write a day as 2024-07-06"),
        (values.day_first, "2024-07-06", "write a day as 06/07/2024"),
        (values.day_first, "31/04/2024", "write a day that is in the calendar"),
        (values.short_day, "20240706", "write a day as 240706"),
        (values.short_day, "241306", "write a day that is in the calendar"),
        (values.band, "", "write amounts as 1,501"),
        (values.band, "3,000-1,501", "write a band as 1,501-3,000 or a single figure as 5,000"),
        (values.band, "1-2-3", "write a band as 1,501-3,000 or a single figure as 5,000"),
        (values.band, "1,50", "write amounts as 1,501"),
        (values.band, "£5,000", "write amounts as 1,501"),
    ],
)
def test_any_other_value_is_answered_by_how_to_write_it(
    form: Callable[[str], object], written: str, remedy: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        form(written)
    assert str(refused.value) == remedy


@given(st.dates())
def test_every_day_is_the_same_in_both_full_forms(day: date) -> None:
    written = f"{day.year:04}-{day.month:02}-{day.day:02}", f"{day.day:02}/{day.month:02}/{day.year:04}"
    assert (values.iso_day(written[0]), values.day_first(written[1])) == (day.isoformat(), day.isoformat())


@given(st.integers(0, 36524))
def test_every_day_of_this_century_has_a_short_form(number: int) -> None:
    day = date(2000, 1, 1) + timedelta(days=number)
    assert values.short_day(f"{day.year - 2000:02}{day.month:02}{day.day:02}") == day.isoformat()
