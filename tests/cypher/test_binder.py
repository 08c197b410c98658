from dataclasses import dataclass

import pytest

import cypher
from cypher import Parameter, QueryError

HEAD = """\
// Every source a viewer may see, by id.
//
//   $vis   LIST<INTEGER>  visibility classes the viewer may see
//   $name  STRING | NULL  only the one of this name
//
//   :param {vis: [0], name: null}
"""
TEXT = (
    HEAD
    + """\
MATCH (s:Source) WHERE s.vis IN $vis AND coalesce(s.name = $name, true)
WITH s ORDER BY s.id
RETURN collect(s {.id, .recordedAt, publisher: {name: s.publisher}}) AS rows
"""
)


@dataclass(frozen=True)
class Publisher:
    name: str | None


@dataclass(frozen=True)
class Listed:
    id: str
    recorded_at: str
    publisher: Publisher


@dataclass(frozen=True)
class Renamed:
    id: str
    recorded: str
    publisher: Publisher


@dataclass(frozen=True)
class Company:
    title: str | None


@dataclass(frozen=True)
class Deeper:
    id: str
    recorded_at: str
    publisher: Company


@dataclass(frozen=True)
class Blind:
    id: Publisher
    recorded_at: str
    publisher: Publisher


class Plain:
    id: str


def bound() -> cypher.Query[Listed]:
    return cypher.bind("source/listed", TEXT, Listed)


def test_a_bound_query_knows_its_parameters_its_row_and_that_it_only_reads() -> None:
    found = bound()
    assert (found.name, found.text, found.parameters, found.row, found.writes) == (
        "source/listed",
        TEXT,
        frozenset({"vis", "name"}),
        Listed,
        False,
    )


def test_a_query_that_creates_is_one_that_writes() -> None:
    text = "// What was made.\nCREATE (n:Audit {id: 'a'})\nWITH count(n) AS saved\nRETURN [{saved: saved}] AS rows\n"

    @dataclass(frozen=True)
    class Saved:
        saved: int

    assert cypher.bind("audit/create", text, Saved).writes


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            Renamed,
            (
                "cypher/source/listed.cypher returns the columns ['id', 'publisher', 'recordedAt'], "
                "Renamed takes ['id', 'publisher', 'recorded']"
            ),
        ),
        (Deeper, "cypher/source/listed.cypher returns the columns ['name'], Company takes ['title']"),
        (Blind, "cypher/source/listed.cypher returns no visible map as 'id', Blind takes Publisher"),
        (Plain, "Plain is no row type; make it a frozen dataclass"),
    ],
)
def test_a_file_that_does_not_fit_its_row_stops_the_program(row: type[object], sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        cypher.bind("source/listed", TEXT, row)
    assert str(refused.value) == sentence


def test_a_query_without_a_file_is_refused_by_name() -> None:
    with pytest.raises(QueryError) as refused:
        cypher.query("source/nowhere", Listed)
    assert str(refused.value) == (
        "cypher/source/nowhere.cypher does not exist; a query is named by its path, as organization/people"
    )


def test_the_rows_are_those_of_the_one_record() -> None:
    record: dict[str, object] = {"rows": [{"id": "src-1", "recordedAt": "2026", "publisher": {"name": None}}]}
    assert bound().rows([record]) == [Listed("src-1", "2026", Publisher(None))]


def test_no_record_is_no_rows() -> None:
    assert bound().rows([]) == []


NOTHING: list[object] = []


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        (
            [{"rows": NOTHING}, {"rows": NOTHING}],
            "cypher/source/listed.cypher returned 2 records of ['rows'], one of ['rows'] is expected",
        ),
        ([{"n": 1}], "cypher/source/listed.cypher returned 1 records of ['n'], one of ['rows'] is expected"),
        ([{"rows": 1}], "cypher/source/listed.cypher returned int as rows, a list is expected"),
    ],
)
def test_an_answer_of_another_shape_is_refused(records: list[dict[str, object]], sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        bound().rows(records)
    assert str(refused.value) == sentence


def test_the_documented_parameters_are_accepted() -> None:
    cypher.parameters(bound(), {"vis": [0], "name": None})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"vis": [0]},
            "cypher/source/listed.cypher takes the parameters ['name', 'vis'], was given ['vis']",
        ),
        (
            {"vis": [0], "name": None, "limit": 1},
            "cypher/source/listed.cypher takes the parameters ['name', 'vis'], was given ['limit', 'name', 'vis']",
        ),
        ({"vis": None, "name": None}, "cypher/source/listed.cypher takes $vis as LIST<INTEGER>, was given null"),
        ({"vis": 0, "name": None}, "cypher/source/listed.cypher takes $vis as LIST<INTEGER>, was given int"),
        ({"vis": [0], "name": 7}, "cypher/source/listed.cypher takes $name as STRING | NULL, was given int"),
    ],
)
def test_a_missing_unknown_or_mistyped_parameter_is_refused_at_the_call(
    given: dict[str, object], sentence: str
) -> None:
    with pytest.raises(QueryError) as refused:
        cypher.parameters(bound(), given)
    assert str(refused.value) == sentence


def test_a_number_is_no_truth_value_and_a_truth_value_no_number() -> None:
    text = "// One.\n//   $n  INTEGER  a number\n//   $b  BOOLEAN  yes or no\nRETURN [{n: $n, b: $b}] AS rows"

    @dataclass(frozen=True)
    class Pair:
        n: int
        b: bool

    query = cypher.bind("one/pair", text, Pair)
    cypher.parameters(query, {"n": 1, "b": True})
    with pytest.raises(QueryError, match=r"takes \$n as INTEGER, was given bool"):
        cypher.parameters(query, {"n": True, "b": True})
    with pytest.raises(QueryError, match=r"takes \$b as BOOLEAN, was given int"):
        cypher.parameters(query, {"n": 1, "b": 1})


def test_an_entry_says_what_a_query_is_for() -> None:
    assert cypher.entry("source/listed", TEXT) == cypher.Entry(
        "source/listed",
        "Every source a viewer may see, by id.",
        (
            Parameter("vis", "LIST<INTEGER>", "visibility classes the viewer may see"),
            Parameter("name", "STRING | NULL", "only the one of this name"),
        ),
        "id, recordedAt, publisher {name}",
        writes=False,
    )
