"""What is drawn is never cut: names, ids and reasons stand whole in a file and on a narrow terminal."""

import io

import pytest
from rich.console import Console

from loaders.report import FileReport, Report
from loaders.statements import Note
from service.cli import app, drawing, reporting
from service.cli.ending import ended

NAME = "All-Party Parliamentary Group on " + "Alloy and " * 12 + "Wheels"
IDENTITY = "org-lm7kdbysdy3knbpkggzdq2uy"


@pytest.mark.parametrize("terminal", [True, False])
def test_a_table_keeps_every_cell_whole_however_narrow_the_terminal(terminal: bool) -> None:  # noqa: FBT001 (a case)
    out = Console(file=io.StringIO(), width=40, force_terminal=terminal, color_system=None)
    table = drawing.columns("name", "id")
    table.add_row(NAME, IDENTITY)
    drawing.grid(out, table)
    assert isinstance(out.file, io.StringIO)
    lines = [line.split() for line in out.file.getvalue().splitlines()]
    assert lines == [["name", "id"], [*NAME.split(), IDENTITY]]
    assert out.width == 40


def test_a_load_says_under_its_table_how_many_rows_were_refused_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    notes = tuple(Note(line, "made in-house") for line in (2, 7))
    reporting.show(Report((FileReport("f1db_supply_engine_year.csv", 3, 1, refused=notes),)), as_json=False)
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "file                         rows  written  unchanged  refused  retracted",
        "f1db_supply_engine_year.csv     3        1          0        2          0",
        "f1db_supply_engine_year.csv: 2 refused: made in-house",
        "",
        "Evidence written: none",
    ]


def test_no_command_at_all_shows_the_help_and_complains_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(app, []) == 2
    out, err = capsys.readouterr()
    assert "who-knows" in out
    assert err == ""
