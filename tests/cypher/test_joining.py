"""Several questions as one statement."""

from cypher.joining import Link, answers, bare, given, joined, told

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


def test_a_text_may_be_asked_about_what_an_earlier_one_finds() -> None:
    assert joined([SECOND, FIRST], {1: Link(0, 5, 100)}) == (
        "CALL () { CALL () { OPTIONAL MATCH (r:Revision {id: 'revision'})\n"
        "RETURN [{number: r.number}] AS rows }\n"
        "RETURN collect(rows) AS rows0 }\n"
        "CALL (rows0) { UNWIND rows0[0] AS row UNWIND row[5] AS id "
        "WITH DISTINCT id LIMIT 100 RETURN collect(id) AS ids1 }\n"
        "CALL (ids1) { CALL (ids1) { UNWIND ids1 AS id\n"
        "MATCH (n:Agent {id: id}) WHERE n.vis IN $vis1 AND n.name <> '$ids // no comment'\n"
        "RETURN collect(n {.id}) AS rows }\n"
        "RETURN collect(rows) AS rows1 }\n"
        "RETURN rows0, rows1, ids1"
    )


def test_what_a_text_was_asked_about_is_told_beside_its_records() -> None:
    record = {"rows0": [["a"]], "rows1": [["b"]], "ids1": ["per-1"]}

    assert (answers(record), told(record, 1)) == ([[{"rows": ["a"]}], [{"rows": ["b"]}]], ["per-1"])


def test_a_bare_text_has_no_comments() -> None:
    assert bare(FIRST) == (
        "UNWIND $ids AS id\nMATCH (n:Agent {id: id}) WHERE n.vis IN $vis AND n.name <> '$ids // no comment'\n"
        "RETURN collect(n {.id}) AS rows"
    )
