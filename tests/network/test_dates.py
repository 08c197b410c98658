from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import dates
from tests.network.samples import several


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2019", ("2019-01-01", "2019-12-31")),
        ("2019-05", ("2019-05-01", "2019-05-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2019-05-03", ("2019-05-03", "2019-05-03")),
        ("..", ("0001-01-01", "9999-12-31")),
    ],
)
def test_a_partial_date_spans_every_day_it_can_mean(text: str, bounds: tuple[str, str]) -> None:
    assert (dates.earliest(dates.partial(text)), dates.latest(text)) == bounds


@pytest.mark.parametrize("text", ["", "19", "2019-5", "2019-05-03T00:00", "2019/05", " 2019", "2019\n", "٢٠١٩", "..."])
def test_a_text_of_another_form_is_refused_with_the_forms_that_are_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 2019, 2019-05, 2019-05-03, or \.\. for open") as refusal:
        dates.partial(text)
    assert str(refusal.value).startswith(repr(text))


@pytest.mark.parametrize("text", ["0000", "2019-00", "2019-13", "2019-02-29", "2019-05-00", "2019-05-32"])
def test_a_date_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not in the calendar; correct the year, month or day"):
        dates.partial(text)


def test_two_partial_dates_agree_when_only_their_precision_differs() -> None:
    pairs = [("2019", "2019-05"), ("2019-05", "2019-05-03"), ("2019", "2020-01"), ("..", "2019"), ("..", "..")]
    assert [dates.agree(*pair) for pair in pairs] == [True, True, False, False, True]


def test_the_epoch_is_day_zero_and_an_open_end_fits_into_32_bits() -> None:
    assert [dates.ordinal(day) for day in ("1970-01-01", "1969-12-31", dates.LAST_DAY)] == [0, -1, 2932896]
    assert dates.ordinal(dates.LAST_DAY) == dates.OPEN_ORDINAL


@pytest.mark.parametrize("text", ["2019", "2019-05", "..", "20190503", "2019-05-03 "])
def test_only_a_whole_day_has_a_number(text: str) -> None:
    with pytest.raises(ValueError, match="is no day; write it as 2019-05-03"):
        dates.ordinal(text)


def test_a_number_outside_the_calendar_is_no_day() -> None:
    with pytest.raises(ValueError, match=r"day number 2932897 lies outside 0001-01-01\.\.9999-12-31"):
        dates.day(2932897)


@several
@given(st.dates())
def test_every_day_survives_the_round_trip(day: date) -> None:
    assert dates.day(dates.ordinal(day.isoformat())) == day.isoformat()


def test_a_moment_prints_with_six_decimals_in_utc() -> None:
    assert dates.moment(dates.micros("2026-11-24T07:34:28.5+01:00")) == "2026-11-24T06:34:28.500000Z"


def test_a_moment_of_whole_seconds_reads_the_same_as_with_decimals() -> None:
    assert dates.micros("2026-11-24T06:34:28Z") == dates.micros("2026-11-24T06:34:28.000000+00:00") == 1795502068000000


@pytest.mark.parametrize(
    "text", ["", "2026-11-24", "2026-11-24T06:34:28", "2026-11-24T25:00Z", "2026-11-24T06:34:28.1234567Z"]
)
def test_a_moment_without_offset_or_out_of_the_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no moment; write it with its offset, as 2026-11-24T06:34:28Z"):
        dates.micros(text)


def test_microseconds_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="lie outside the years 1 to 9999"):
        dates.moment(2**62)


@several
@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_the_text_order_of_moments_is_their_time_order(left: datetime, right: datetime) -> None:
    texts = [dates.moment(dates.micros(when.isoformat())) for when in (left, right)]
    assert (texts[0] < texts[1], texts[0] == texts[1]) == (left < right, left == right)
    assert [datetime.fromisoformat(text) for text in texts] == [left, right]
