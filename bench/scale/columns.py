"""Columns of fixed width as lines of a CSV file, a million of them in a second; whoever reads it trims the blanks."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from network.dates import day, moment

AT_ONCE = 250_000
BLANK, COMMA, NEWLINE = b" "[0], b","[0], b"\n"[0]
Text = NDArray[np.bytes_]


def write(file: Path, columns: Mapping[str, Text]) -> None:
    """Nothing, once the columns stand in a file under their names; what is empty there is absent."""
    number = len(next(iter(columns.values())))
    with file.open("wb") as out:
        out.write(",".join(columns).encode() + b"\n")
        for start in range(0, number, AT_ONCE):
            out.write(_lines([column[start : start + AT_ONCE] for column in columns.values()]))


def _lines(columns: list[Text]) -> bytes:
    parts: list[NDArray[np.uint8]] = []
    for column in columns:
        letters = np.ascontiguousarray(column).view(np.uint8).reshape(len(column), -1)
        parts += [np.where(letters == 0, np.uint8(BLANK), letters), np.full((len(column), 1), COMMA, dtype=np.uint8)]
    parts[-1][:] = NEWLINE
    return np.concatenate(parts, axis=1).tobytes()


def numbers(values: NDArray[np.integer]) -> Text:
    """Whole numbers as text."""
    return values.astype(f"S{len(str(int(np.abs(values).max(initial=1)))) + 1}")


def picked(texts: list[str], which: NDArray[np.integer]) -> Text:
    """Of a few texts the one each row has."""
    found: Text = np.array([text.encode() for text in texts])[which]
    return found


def distinct(values: NDArray[np.float64]) -> Text:
    """Numbers of which there are few different ones."""
    found, which = np.unique(values, return_inverse=True)
    return picked([repr(value) for value in found.tolist()], which)


def days(ordinals: NDArray[np.int32]) -> Text:
    """Days as the store writes them; 0 is none."""
    found, which = np.unique(ordinals, return_inverse=True)
    return picked([day(one) if one else "" for one in found.tolist()], which)


def moments(micros: NDArray[np.int64]) -> Text:
    """Moments as the store writes them."""
    found, which = np.unique(micros, return_inverse=True)
    return picked([moment(one) for one in found.tolist()], which)


def pairs(left: Text, right: Text) -> Text:
    """Lists of two."""
    return np.char.add(np.char.add(left, b";"), right)
