"""docs/loading.md says of every source, ignored column, refusal and warning what the loaders do."""

from pathlib import Path

import pytest

from loaders import motorsport_uk
from loaders.statements import Source
from tests.loaders.invented import FOLDER

DOCUMENT = (Path(__file__).parents[2] / "docs" / "loading.md").read_text("utf-8")


@pytest.mark.parametrize("source", motorsport_uk.SOURCES, ids=lambda source: source.file)
def test_every_file_stands_there_with_its_mode_and_the_columns_it_leaves_out(source: Source) -> None:
    assert f"| `{source.file}` | {source.record.mode} |" in DOCUMENT
    rows = [line for line in DOCUMENT.splitlines() if line.startswith(f"| `{source.file}` | `")]
    told = {(column, line.split(" | ")[2].removesuffix(" |")) for line in rows for column in _columns(line)}
    assert told == set(source.ignored.items())


def test_every_reason_for_refusing_a_row_stands_there() -> None:
    sheets = motorsport_uk.read(FOLDER).sheets.values()
    reasons = {note.text for sheet in sheets for note in sheet.refusals}
    assert reasons == {"made in-house", "unspecified interest"}
    assert [reason for reason in reasons if f"| `{reason}` |" not in DOCUMENT] == []


def _columns(line: str) -> list[str]:
    return [column.strip("` ") for column in line.split(" | ")[1].split(",")]
