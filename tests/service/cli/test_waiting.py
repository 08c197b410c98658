"""Who waits for the ties is told how far their reading has come."""

from itertools import chain, repeat

import pytest

from service.cli.waiting import Reading


def test_a_reading_that_takes_long_says_every_few_seconds_how_far_it_has_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = iter((0.0, 1.0, 2.5, 3.0, 9.0))
    monkeypatch.setattr("time.monotonic", lambda: next(moments))
    reading = Reading()
    for done in (0, 300, 602, 900, 1204):
        reading(done, 1204)
    assert capsys.readouterr().err == "Reading the ties: 602 of 1,204 revisions (50 %).\n"


def test_what_is_read_at_once_is_not_spoken_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    moments = chain((0.0, 0.1, 60.0), repeat(60.1))
    monkeypatch.setattr("time.monotonic", lambda: next(moments))
    reading = Reading()
    for done, total in ((0, 2), (2, 2), (0, 1), (1, 1)):
        reading(done, total)
    assert capsys.readouterr().err == ""
