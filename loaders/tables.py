"""CSV files read strictly: every row whole, every column taken or named as ignored, every value of its type.

Nothing here forgives: a file that is not what it should be is refused with the line, the value and what to do.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from loaders import values
from service.errors import Refused

# A file is held in memory while it is checked, so these limits also bound what a hostile file can ask for.
FILE_BYTES = 50 * 1024 * 1024
COLUMNS = 500
FIELD_BYTES = 128 * 1024

T = TypeVar("T")

_BROKEN = {
    "unexpected end of data": ("a quoted field is still open at the end of the file", "fetch the whole file again"),
    "field larger than field limit": ("a field is longer than 128 KB", "split the text or leave it out"),
}
_QUOTES = ("text follows a closing quote", 'write a quote inside a field as ""')


class Row:
    """One row; what has been taken from it is remembered, so that nothing is left unread."""

    __slots__ = ("_taken", "_values", "file", "line")

    def __init__(self, file: str, line: int, fields: dict[str, str]) -> None:
        self.file = file
        self.line = line
        self._values = fields
        self._taken: set[str] = set()

    def take(self, column: str) -> str:
        """The text of a column as written, empty or not."""
        if column not in self._values:
            _refuse_missing(self.file, [column], self._values)
        self._taken.add(column)
        return self._values[column]

    def text(self, column: str) -> str:
        """The text of a column that must not be empty."""
        return self.read(column, values.text)

    def optional(self, column: str) -> str | None:
        """The text of a column; None where it is empty."""
        return self.take(column) or None

    def read(self, column: str, form: Callable[[str], T]) -> T:
        """The value of a column in the form it must have; the form's ValueError says how to write it."""
        written = self.take(column)
        try:
            return form(written)
        except ValueError as error:
            raise Refused(self.file, self.line, f"{column} is {written!r}", str(error)) from error

    def maybe(self, column: str, form: Callable[[str], T]) -> T | None:
        """The value of a column in its form; None where it is empty."""
        return self.read(column, form) if self.take(column) else None

    def refuse(self, found: str, remedy: str) -> NoReturn:
        """Refuse the file because of what this row says."""
        raise Refused(self.file, self.line, found, remedy)

    def done(self, ignore: Collection[str] = ()) -> None:
        """Refuse the file if a column was neither taken nor named as ignored."""
        unread = {name: value for name, value in self._values.items() if name not in self._taken and name not in ignore}
        if unread:
            raise Refused(self.file, self.line, f"nobody read {unread}", "read the new column or name it as ignored")


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose bytes, quotes and row lengths are known to be right."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # the line each row begins on, and its fields

    def __iter__(self) -> Iterator[Row]:
        for line, fields in self.rows:
            yield Row(self.file, line, dict(zip(self.columns, fields, strict=True)))

    def __len__(self) -> int:
        return len(self.rows)

    def demand(self, columns: Collection[str]) -> None:
        """Refuse a file that lacks a column, or that has a new one and no row to show it with."""
        missing = [name for name in columns if name not in self.columns]
        if missing:
            _refuse_missing(self.file, missing, self.columns)
        new = [name for name in self.columns if name not in columns]
        if new and not self.rows:
            raise Refused(self.file, 1, f"nobody reads the columns {new}", "read them or name them as ignored")


def read(path: Path) -> Table:
    """The table of a CSV file in UTF-8, its first line the names of the columns."""
    text = _text(path)
    lines = _lines(path.name, text)
    header = next(lines, None)
    if header is None:
        raise Refused(path.name, None, "there is no header line", "fetch the whole file again")
    columns = _columns(path.name, header[1])
    rows = tuple(_whole(path.name, columns, line, fields) for line, fields in lines)
    return Table(path.name, columns, rows)


def _text(path: Path) -> str:
    data = _bytes(path)
    try:
        text = data.decode("utf-8-sig")  # spreadsheets put a mark in front
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8"
        raise Refused(path.name, line, found, "save the file as UTF-8") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(path.name, line, "there is a NUL character", "fetch the file again; it is damaged")
    if text and not text.endswith(("\n", "\r")):
        line = text.count("\n") + 1
        raise Refused(path.name, line, "the last line has no end: the file was cut off", "fetch the whole file again")
    return text


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except OSError as error:
        raise Refused(path.name, None, f"it cannot be read ({error.strerror})", "put a readable file there") from error
    if len(data) > FILE_BYTES:
        raise Refused(path.name, None, "it is larger than 50 MB", "split the file")
    return data


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; blank lines say nothing and are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            found, remedy = next((say for start, say in _BROKEN.items() if str(error).startswith(start)), _QUOTES)
            raise Refused(file, line, found, remedy) from error
        if fields is None:
            return
        if fields:
            yield line, fields


def _columns(file: str, names: list[str]) -> tuple[str, ...]:
    if len(names) > COLUMNS:
        raise Refused(file, 1, f"there are {len(names)} columns", f"keep to {COLUMNS}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or "" in names:
        raise Refused(file, 1, f"the columns are {names}", "give every column a name of its own")
    return tuple(names)


def _whole(file: str, columns: tuple[str, ...], line: int, fields: list[str]) -> tuple[int, tuple[str, ...]]:
    if len(fields) != len(columns):
        found = f"{len(fields)} fields where the header has {len(columns)}"
        raise Refused(file, line, found, "complete the row, or quote a field that holds a comma")
    for column, value in zip(columns, fields, strict=True):
        if len(value.encode()) > FIELD_BYTES:
            raise Refused(file, line, f"{column} is longer than 128 KB", "split the text or leave it out")
    return line, tuple(fields)


def _refuse_missing(file: str, missing: Collection[str], there: Collection[str]) -> NoReturn:
    found = f"the columns {list(missing)} are missing, there are {list(there)}"
    raise Refused(file, 1, found, "fetch the file again, or teach its loader the new columns")
