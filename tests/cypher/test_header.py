import pytest

from cypher.errors import QueryError
from cypher.header import Header, Parameter, header
from cypher.tokens import read

WHOLE = """\
// The people of an organization, by name.
// Two lines of explanation.
//
//   $id     STRING         whose people
//   $after  STRING | NULL  the name the page follows
//   $rows   LIST<MAP>      several words: of meaning
//
//   :param {id: 'org-7k2', after: null, rows: []}
RETURN $id + $after + $rows AS rows
"""


def test_a_header_gives_the_summary_the_parameters_and_the_example() -> None:
    assert header(read(WHOLE, "f")) == Header(
        "The people of an organization, by name.",
        (
            Parameter("id", "STRING", "whose people"),
            Parameter("after", "STRING | NULL", "the name the page follows"),
            Parameter("rows", "LIST<MAP>", "several words: of meaning"),
        ),
        "{id: 'org-7k2', after: null, rows: []}",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("RETURN 1 AS rows", "f:1: has no header; begin with a comment whose first line says what comes back"),
        ("//\nRETURN 1", "f:1: has no header; begin with a comment whose first line says what comes back"),
        (
            "// One.\n//   $id  TEXT  whose\nRETURN $id",
            "f:2: cannot read '$id  TEXT  whose'; write $name TYPE meaning, as $id STRING whose people",
        ),
        (
            "// One.\n//   $id  STRING\nRETURN $id",
            "f:2: cannot read '$id  STRING'; write $name TYPE meaning, as $id STRING whose people",
        ),
        ("// One.\nRETURN $id", "f documents the parameters [], the query uses ['id']"),
        (
            "// One.\n//   $id  STRING  whose\n//   $day  STRING  when\nRETURN $id // $day",
            "f documents the parameters ['day', 'id'], the query uses ['id']",
        ),
        (
            "// One.\n//   $id  STRING  whose\n//   $id  STRING  whose\nRETURN $id",
            "f documents the parameters ['id', 'id'], the query uses ['id']",
        ),
        ("// One.\n//   $id  STRING  whose\nRETURN '$id'", "f documents the parameters ['id'], the query uses []"),
    ],
)
def test_a_header_that_does_not_fit_its_query_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        header(read(text, "f"))
    assert str(refused.value) == sentence
