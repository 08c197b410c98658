"""Files that are not what they should be are refused by line, with what was found and what to do."""

from pathlib import Path

import pytest

from loaders import tables, values
from service.errors import Refused

HEAD = b"id,name\n"


def refusal(path: Path, data: bytes) -> str:
    file = path / "seats.csv"
    file.write_bytes(data)
    with pytest.raises(Refused) as refused:
        tables.read(file)
    return refused.value.message


def row(path: Path, text: str) -> tables.Row:
    file = path / "seats.csv"
    file.write_text(text, "utf-8", newline="")
    return next(iter(tables.read(file)))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "seats.csv: there is no header line; fetch the whole file again"),
        (
            HEAD + b"1,one\n2,tw\xff\n",
            "seats.csv:3: byte 0xff at offset 18 is not UTF-8; save the file as UTF-8",
        ),
        (
            "id,name\n1,\N{POUND SIGN}\n".encode("latin-1"),
            "seats.csv:2: byte 0xa3 at offset 10 is not UTF-8; save the file as UTF-8",
        ),
        (
            "id,name\n1,one\n".encode("utf-16"),
            "seats.csv:1: byte 0xff at offset 0 is not UTF-8; save the file as UTF-8",
        ),
        (
            HEAD + b"1,one\n2,\0\n",
            "seats.csv:3: there is a NUL character; fetch the file again; it is damaged",
        ),
        (
            HEAD + b'1,"one\n2,two\n',
            "seats.csv:2: a quoted field is still open at the end of the file; fetch the whole file again",
        ),
        (
            HEAD + b"1,one\n2\n",
            "seats.csv:3: 1 fields where the header has 2; complete the row, or quote a field that holds a comma",
        ),
        (
            HEAD + b"1,one,more\n",
            "seats.csv:2: 3 fields where the header has 2; complete the row, or quote a field that holds a comma",
        ),
        (
            HEAD + b"1,one\n2,tw",
            "seats.csv:3: the last line has no end: the file was cut off; fetch the whole file again",
        ),
        (
            HEAD + b'1,"o"ne\n',
            'seats.csv:2: text follows a closing quote; write a quote inside a field as ""',
        ),
        (
            HEAD + b"1," + b"x" * 131_073 + b"\n",
            "seats.csv:2: a field is longer than 128 KB; split the text or leave it out",
        ),
        (
            HEAD + b"1," + "\N{EURO SIGN}".encode() * 50_000 + b"\n",
            "seats.csv:2: name is longer than 128 KB; split the text or leave it out",
        ),
        (
            b",".join(b"c%d" % number for number in range(501)) + b"\n",
            "seats.csv:1: there are 501 columns; keep to 500",
        ),
        (b"id,id\n1,2\n", "seats.csv:1: the columns are ['id', 'id']; give every column a name of its own"),
        (b"id,\n1,2\n", "seats.csv:1: the columns are ['id', '']; give every column a name of its own"),
    ],
)
def test_a_damaged_file_is_refused_with_line_finding_and_remedy(tmp_path: Path, data: bytes, message: str) -> None:
    assert refusal(tmp_path, data) == message


def test_a_file_over_50_mb_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    with file.open("wb") as sparse:
        sparse.truncate(tables.FILE_BYTES + 1)
    with pytest.raises(Refused) as refused:
        tables.read(file)
    assert refused.value.message == "seats.csv: it is larger than 50 MB; split the file"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        tables.read(tmp_path / "seats.csv")
    assert (
        refused.value.message == "seats.csv: it cannot be read (No such file or directory); put a readable file there"
    )


def test_a_row_knows_the_line_it_begins_on_whatever_its_fields_hold(tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    file.write_bytes(b'\xef\xbb\xbfid,name\r\n1,"two\r\nlines, ""quoted"""\r\n\r\n2,last\r\n')
    assert tables.read(file) == tables.Table(
        "seats.csv", ("id", "name"), ((2, ("1", 'two\r\nlines, "quoted"')), (5, ("2", "last")))
    )


def test_a_new_column_is_refused_with_the_values_nobody_read(tmp_path: Path) -> None:
    seat = row(tmp_path, "id,resigned\n1,2024\n")
    seat.take("id")
    with pytest.raises(Refused) as refused:
        seat.done()
    assert (
        refused.value.message
        == "seats.csv:2: nobody read {'resigned': '2024'}; read the new column or name it as ignored"
    )


def test_a_column_named_as_ignored_may_stay_unread(tmp_path: Path) -> None:
    seat = row(tmp_path, "id,printed_at\n1,2024\n")
    assert seat.take("id") == "1"
    seat.done(ignore=frozenset({"printed_at"}))


def test_all_missing_columns_are_named_beside_those_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    file.write_text("id\n")
    with pytest.raises(Refused) as refused:
        tables.read(file).demand(("id", "name", "board"))
    assert refused.value.message == (
        "seats.csv:1: the columns ['name', 'board'] are missing, there are ['id'];"
        " fetch the file again, or teach its loader the new columns"
    )


def test_a_new_column_is_noticed_even_where_no_row_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "seats.csv"
    file.write_text("id,resigned\n")
    with pytest.raises(Refused) as refused:
        tables.read(file).demand(("id",))
    assert refused.value.message == (
        "seats.csv:1: nobody reads the columns ['resigned']; read them or name them as ignored"
    )


def test_a_value_of_the_wrong_form_names_column_value_and_remedy(tmp_path: Path) -> None:
    seat = row(tmp_path, "id,day\n1,2023-02-30\n")
    with pytest.raises(Refused) as refused:
        seat.read("day", values.iso_day)
    assert (refused.value.file, refused.value.line, refused.value.value, refused.value.remedy) == (
        "seats.csv",
        2,
        "day is '2023-02-30'",
        "write a day that is in the calendar",
    )


def test_an_empty_value_is_none_where_it_may_be_and_refused_where_it_may_not(tmp_path: Path) -> None:
    seat = row(tmp_path, "id,day\n,\n")
    assert (seat.optional("id"), seat.maybe("day", values.iso_day)) == (None, None)
    with pytest.raises(Refused) as refused:
        seat.text("id")
    assert refused.value.message == "seats.csv:2: id is ''; write a text"
