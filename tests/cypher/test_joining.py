"""Several questions as one statement."""

from cypher.joining import answers, given, joined

FIRST = """// Whose price is $5, in words: $vis.
//
//   $ids LIST<STRING>  which
UNWIND $ids AS id
MATCH (n:Agent {id: id}) WHERE n.vis IN $vis AND n.name <> '$ids // no comment'
RETURN collect(n {.id}) AS rows
"""
SECOND = "OPTIONAL MATCH (r:Revision {id: 'revision'})\nRETURN [{number: r.number}] AS rows"


def test_each_text_keeps_its_scope_and_gets_parameters_of_its_own() -> None:
    assert joined([FIRST, SECOND]) == (
        "CALL () { CALL () { UNWIND $ids0 AS id\n"
        "MATCH (n:Agent {id: id}) WHERE n.vis IN $vis0 AND n.name <> '$ids // no comment'\n"
        "RETURN collect(n {.id}) AS rows }\n"
        "RETURN collect(rows) AS rows0 }\n"
        "CALL () { CALL () { OPTIONAL MATCH (r:Revision {id: 'revision'})\n"
        "RETURN [{number: r.number}] AS rows }\n"
        "RETURN collect(rows) AS rows1 }\n"
        "RETURN rows0, rows1"
    )


def test_parameters_of_one_name_stay_apart() -> None:
    assert given([{"ids": ["per-1"], "vis": [0]}, {}, {"vis": [0, 1]}]) == {
        "ids0": ["per-1"],
        "vis0": [0],
        "vis2": [0, 1],
    }


def test_each_text_gets_its_own_records_back_none_and_several_too() -> None:
    record = {"rows0": [["a", "b"]], "rows1": [], "rows2": [["c"], []]}

    assert answers(record) == [[{"rows": ["a", "b"]}], [], [{"rows": ["c"]}, {"rows": []}]]
