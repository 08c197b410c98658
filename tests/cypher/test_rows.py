from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any, Literal, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher.errors import QueryError
from cypher.rows import Decoder, column, record

Day = NewType("Day", str)


class Level(Enum):
    PUBLIC = "PUBLIC"
    STAFF = "STAFF"


@dataclass(frozen=True)
class Source:
    id: str
    title: str | None


@dataclass(frozen=True)
class Record:
    id: str
    recorded_at: Day
    number: int
    share: float
    open: bool
    names: tuple[str, ...]
    source: Source
    others: tuple[Source, ...]
    first: Source | None
    level: Level
    answer: Literal["YES", "NO"]
    extra: Mapping[str, object]
    anything: object


def encoded(row: Record) -> dict[str, object]:
    """The map an engine would answer with."""
    plain: dict[str, Any] = asdict(row)
    plain["level"] = row.level.value
    lists = {"names": list(row.names), "others": list(plain["others"])}
    return {column(name): value for name, value in (plain | lists).items()}


def listed(row: object) -> list[object]:
    """The values an engine would answer with in their order, inner rows too."""
    if isinstance(row, Source):
        return [row.id, row.title]
    assert isinstance(row, Record)
    others = [listed(one) for one in row.others]
    inner = {"source": listed(row.source), "others": others, "first": row.first and listed(row.first)}
    return list((encoded(row) | inner).values())


SOURCES = st.builds(Source, st.text(), st.none() | st.text())
ROWS = st.builds(
    Record,
    id=st.text(),
    recorded_at=st.text().map(Day),
    number=st.integers(),
    share=st.floats(allow_nan=False),
    open=st.booleans(),
    names=st.lists(st.text()).map(tuple),
    source=SOURCES,
    others=st.lists(SOURCES).map(tuple),
    first=st.none() | SOURCES,
    level=st.sampled_from(Level),
    answer=st.sampled_from(["YES", "NO"]),
    extra=st.dictionaries(st.text(), st.integers()),
    anything=st.none() | st.integers() | st.text(),
)


@given(st.lists(ROWS))
def test_what_an_engine_answers_comes_back_as_the_rows_it_was_made_of(rows: list[Record]) -> None:
    decoder = Decoder(Record, "f")
    assert decoder.rows([encoded(row) for row in rows]) == rows
    assert decoder.rows([listed(row) for row in rows]) == rows


@dataclass(frozen=True)
class Two:
    id: str
    share: float | None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": "a", "share": 0.5}, Two("a", 0.5)),
        ({"id": "a", "share": None}, Two("a", None)),
        ({"id": "a"}, Two("a", None)),
        ({"id": "a", "share": 1}, Two("a", 1.0)),
    ],
)
def test_null_and_whole_numbers_fit_where_the_field_takes_them(value: dict[str, object], expected: Two) -> None:
    found = Decoder(Two, "f").rows([value])
    assert found == [expected]
    assert [type(row.share) for row in found] == [type(expected.share)]


@pytest.mark.parametrize(
    ("maps", "sentence"),
    [
        ([{"id": None, "share": 1.0}], "f returned null as 'id', Two takes str there"),
        ([{"id": 7, "share": 1.0}], "f returned a value of type int as 'id', Two takes str there"),
        ([{"id": "a", "share": "1"}], "f returned a value of type str as 'share', Two takes float there"),
        ([{"id": "a", "share": True}], "f returned a value of type bool as 'share', Two takes float there"),
        ([{"id": "a", "share": 1.0, "more": 1}], "f returned the columns ['more'], which Two does not take"),
        (["a"], "f returned str where Two needs a map"),
        ([{"id": "a", "share": 1.0}, {"id": None, "share": 1.0}], "f returned null as 'id', Two takes str there"),
        ([["a", 1.0], [None, 1.0]], "f returned null as 'id', Two takes str there"),
        ([["a"]], "f returned 1 values in a list, Two takes ['id', 'share']"),
        ([["a", 1.0], ["a", 1.0, 1]], "f returned 3 values in a list, Two takes ['id', 'share']"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(maps: list[object], sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        Decoder(Two, "f").rows(maps)
    assert str(refused.value) == sentence


@dataclass(frozen=True)
class Judged:
    level: Level
    answer: Literal["YES", "NO"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"level": "SECRET", "answer": "YES"}, "f returned 'SECRET', which is none of ['PUBLIC', 'STAFF']"),
        ({"level": "STAFF", "answer": "MAYBE"}, "f returned 'MAYBE', which is none of ['YES', 'NO']"),
    ],
)
def test_a_word_outside_its_list_is_refused(value: dict[str, object], sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        Decoder(Judged, "f").rows([value])
    assert str(refused.value) == sentence


@record(frozen=True, slots=True)
class Held:
    id: str
    two: Two | None = None


def test_a_record_is_a_value_that_can_be_a_key() -> None:
    assert {Held("a"): 1, Held("b"): 2}[Held("a")] == 1
    assert replace(Held("a"), two=None) == Held("a") != Held("b")
    assert not hasattr(Held("a"), "__dict__")
