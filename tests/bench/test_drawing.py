import re

from bench.drawing import Axis, growth
from bench.tables import Table


def test_an_axis_places_equal_ratios_equally_far_apart() -> None:
    axis = Axis(10, 1000, 0, 200)
    assert ([axis.place(value) for value in (10, 100, 1000)], axis.powers()) == ([0, 100, 200], [10, 100, 1000])


def test_each_column_with_two_numbers_becomes_a_picture_and_what_was_not_measured_is_left_out() -> None:
    rows = ((10, 1.0, 2.0, "-"), (1000, 10.0, "-", "-"))
    drawn = growth(Table("growth", "How it grows", "", ("ties", "a < b", "once", "never"), rows))
    assert re.findall(r'class="title"[^>]*>([^<]*)<', drawn) == ["a &lt; b"]
    assert re.findall(r'polyline points="([^"]*)"', drawn) == ["52.0,160.0 284.0,97.0"]
