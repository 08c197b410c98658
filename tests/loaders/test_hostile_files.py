"""Whatever bytes a file holds, it is read whole or refused in a sentence; no other failure comes out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders import motorsport_uk, tables
from service.errors import Refused
from tests.loaders.invented import FOLDER, copy

FILES = sorted(FOLDER.glob("*.csv"))
# One folder serves all examples: each writes its file anew.
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
NASTY = st.sampled_from(
    ["", ",", '"', "\n", "\r", "\0", "'", "..", "9" * 400, "=1+1", "\N{FULLWIDTH DIGIT ONE}", "NaN", "\ufeff"]
)


def read(path: Path, data: bytes) -> tables.Table | None:
    path.write_bytes(data)
    try:
        return tables.read(path)
    except Refused:
        return None


@SHARED
@given(st.binary(max_size=200) | st.text('a,"\r\n\0', max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_a_refusal(tmp_path: Path, data: bytes) -> None:
    table = read(tmp_path / "seats.csv", data)
    assert table is None or all(len(fields) == len(table.columns) for _, fields in table.rows)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_cut_off_anywhere_but_at_the_end_of_a_row_is_refused(tmp_path: Path, file: Path) -> None:
    data = file.read_bytes()
    whole = tables.read(file)
    taken = {end: read(tmp_path / file.name, data[:end]) for end in range(len(data))}
    left = {end: table for end, table in taken.items() if table is not None}
    assert all(data[:end].endswith((b"\n", b"\r")) for end in left)
    assert all(table.rows == whole.rows[: len(table)] for table in left.values())


@SHARED
@given(st.data())
def test_one_value_replaced_by_anything_is_read_or_refuses_its_file_alone(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "motorsport-uk"
    if not folder.exists():
        copy(tmp_path)
    file = data.draw(st.sampled_from(FILES))
    text = file.read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    damaged = text[:start] + data.draw(NASTY | st.text(max_size=8)) + text[end:]
    (folder / file.name).write_bytes(damaged.encode("utf-8", "surrogatepass"))
    try:
        reading = motorsport_uk.read(folder)
    finally:
        (folder / file.name).write_bytes(file.read_bytes())
    needing = {source.file for source in motorsport_uk.SOURCES if source.needs == file.stem}
    assert set(reading.refused) <= {file.stem} | needing
    assert all(error.message.startswith(f"{name}.csv") and error.remedy for name, error in reading.refused.items())
    assert len(motorsport_uk.batch(reading).batch.sources) == len(FILES) - len(reading.refused)
