"""The scope check itself is checked: files with one hole each, and files without."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher import lint, scope
from cypher.tokens import read

DAMAGED = Path(__file__).parents[1] / "data" / "damaged"
PERSON = "reads the node p without p.vis IN $vis in its WHERE"
WORK = "reads the relationship w without w.vis IN $vis in its WHERE"
BOARD = "reads the node b without b.vis IN $vis in its WHERE"
DIRECTING = "reads the relationship d without d.vis IN $vis in its WHERE"
ORGANIZATION = "reads the node o without o.vis IN $vis in its WHERE; it may be null, which binds it anew"
UNNAMED = "reads an unnamed relationship; name it and add its .vis IN $vis"
YIELDED = "yields node unfiltered; follow it by WITH node, score WHERE node.vis IN $vis"
FOUND: dict[str, list[tuple[int, str]]] = {
    "after_aggregate": [(8, PERSON)],
    "after_limit": [(9, PERSON)],
    "anonymous_node": [(8, "reads an unnamed node; name it and add its .vis IN $vis")],
    "anonymous_relationship": [(8, UNNAMED)],
    "any_number_of_steps": [
        (8, "passes through nodes without asking; name the path, add all(x IN nodes(path) WHERE x.vis IN $vis)")
    ],
    "arrow_only": [(8, UNNAMED)],
    "behind_a_bar": [(10, BOARD)],
    "compared_with_false": [(8, PERSON)],
    "exempt_or_not": [(7, "reads the node t without t.vis IN $vis in its WHERE")],
    "fulltext_after_limit": [(9, YIELDED)],
    "fulltext_unfiltered": [(8, YIELDED)],
    "in_call": [(10, BOARD)],
    "in_case": [(9, PERSON)],
    "in_collect": [(9, DIRECTING)],
    "in_comprehension": [(10, DIRECTING)],
    "in_count": [(9, DIRECTING)],
    "in_exists": [(9, BOARD)],
    "in_order_by": [(9, DIRECTING)],
    "in_value_of_map": [(12, DIRECTING)],
    "label_like_a_keyword": [(8, PERSON), (8, WORK)],
    "longer_list": [(9, PERSON)],
    "may_be_null": [(10, ORGANIZATION)],
    "missing_vis": [(7, "reads the node o without o.vis IN $vis in its WHERE")],
    "name_bound_again": [(10, PERSON)],
    "not_handed_in": [(10, PERSON)],
    "not_handed_to_a_branch": [(12, PERSON)],
    "null_in_comprehension": [(9, ORGANIZATION)],
    "one_side_of_pattern": [(8, PERSON)],
    "optional_match_without": [(9, BOARD)],
    "or_without_brackets": [(8, PERSON), (8, WORK)],
    "other_branch": [(11, PERSON)],
    "other_parameter": [(9, PERSON)],
    "out_of_a_map": [(12, ORGANIZATION)],
    "pattern_as_predicate": [(8, UNNAMED)],
    "relationship_without_vis": [(8, WORK)],
    "second_pattern": [(8, "reads the node s without s.vis IN $vis in its WHERE")],
    "some_of_the_steps": [
        (8, "follows relationships of any number; add all(x IN relationships(path) WHERE x.vis IN $vis)")
    ],
    "under_not": [(8, PERSON)],
    "under_or": [(8, PERSON)],
    "under_xor": [(8, PERSON), (8, WORK)],
    "vis_in_comment": [(7, "reads the node o without o.vis IN $vis in its WHERE")],
    "vis_in_string": [(8, WORK)],
    "wrong_property": [(8, PERSON)],
    "wrong_variable": [(8, PERSON)],
}


def test_every_damaged_query_is_named_here() -> None:
    assert sorted(path.stem for path in DAMAGED.glob("*.cypher")) == sorted(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_a_damaged_query_is_refused_for_its_damage_and_nothing_else(name: str) -> None:
    written = (DAMAGED / f"{name}.cypher").read_text(encoding="utf-8")
    found = lint.check(written, f"cypher/damaged/{name}.cypher")
    assert [(item.line, item.rule, item.sentence) for item in found] == [
        (line, "scope", sentence) for line, sentence in FOUND[name]
    ]


GUARDED = {
    "one node": "MATCH (n:A) WHERE n.vis IN $vis RETURN collect({id: n.id}) AS rows",
    "several patterns": "MATCH (a:A)-[r:R]->(b:B), (b)<-[s:S]-(c:C) WHERE a.vis IN $vis "
    "AND (r.vis IN $vis AND b.vis IN $vis) AND s.vis IN $vis AND (c.vis IN $vis) RETURN [] AS rows",
    "a name bound before": "MATCH (a:A) WHERE a.vis IN $vis MATCH (a)-[r:R]-(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis RETURN [] AS rows",
    "a WHERE inside the node": "MATCH (a:A WHERE a.vis IN $vis) RETURN [] AS rows",
    "an optional match": "MATCH (a:A) WHERE a.vis IN $vis OPTIONAL MATCH (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis RETURN [] AS rows",
    "EXISTS with a bare pattern": "MATCH (a:A) WHERE a.vis IN $vis AND EXISTS { (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis } RETURN [] AS rows",
    "NOT EXISTS": "MATCH (a:A) WHERE a.vis IN $vis AND NOT EXISTS { MATCH (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis } RETURN [] AS rows",
    "COUNT": "MATCH (a:A) WHERE a.vis IN $vis RETURN [{n: COUNT { (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis }}] AS rows",
    "COLLECT": "MATCH (a:A) WHERE a.vis IN $vis RETURN COLLECT { MATCH (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis RETURN b.id } AS rows",
    "a pattern comprehension": "MATCH (a:A) WHERE a.vis IN $vis RETURN [(a)-[r:R|S]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis | b.id] AS rows",
    "CALL with names handed in": "MATCH (a:A) WHERE a.vis IN $vis CALL (a) { MATCH (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis RETURN b } MATCH (b)-[s:S]->(a) WHERE s.vis IN $vis RETURN [] AS rows",
    "CALL with an importing WITH": "MATCH (a:A) WHERE a.vis IN $vis CALL { WITH a MATCH (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis RETURN b AS c } MATCH (c)-[s:S]->(a) WHERE s.vis IN $vis RETURN [] AS rows",
    "CALL with two branches": "MATCH (a:A) WHERE a.vis IN $vis CALL { WITH a MATCH (a)-[r:R]->(b:B) "
    "WHERE r.vis IN $vis AND b.vis IN $vis RETURN b UNION WITH a RETURN a AS b } "
    "MATCH (b)-[s:S]->(a) WHERE s.vis IN $vis RETURN [] AS rows",
    "a name carried on": "MATCH (a:A) WHERE a.vis IN $vis WITH a AS b, 1 AS n WITH *, 2 AS m MATCH (b)-[r:R]->(c:C) "
    "WHERE r.vis IN $vis AND c.vis IN $vis RETURN [] AS rows",
    "a list of visible nodes": "MATCH (a:A) WHERE a.vis IN $vis WITH collect(a) AS all UNWIND all AS b "
    "MATCH (b)-[r:R]->(c:C) WHERE b.vis IN $vis AND r.vis IN $vis AND c.vis IN $vis RETURN [] AS rows",
    "a comprehension over visible nodes": "MATCH (a:A) WHERE a.vis IN $vis WITH collect(a) AS all "
    "RETURN [x IN all WHERE EXISTS { (x)-[r:R]->(b:B) WHERE x.vis IN $vis AND r.vis IN $vis AND b.vis IN $vis }] "
    "AS rows",
    "any number of steps": "MATCH (a:A) WHERE a.vis IN $vis MATCH way = (a)-[r:R*1..3]->(b:B) WHERE b.vis IN $vis "
    "AND all(x IN r WHERE x.vis IN $vis) AND all(x IN nodes(way) WHERE x.vis IN $vis) RETURN [] AS rows",
    "any number of unnamed steps": "MATCH (a:A) WHERE a.vis IN $vis MATCH way = (a)-[:R*1..3]->(b:B) "
    "WHERE b.vis IN $vis AND all(x IN relationships(way) WHERE x.vis IN $vis AND x.id > 1) "
    "AND all(x IN nodes(way) WHERE x.vis IN $vis) "
    "RETURN [] AS rows",
    "full text": "CALL db.index.fulltext.queryNodes($index, $q) YIELD node, score WITH node, score "
    "WHERE node.vis IN $vis WITH node ORDER BY node.id LIMIT $limit RETURN collect({id: node.id}) AS rows",
    "full text with its own WHERE": "CALL db.index.fulltext.queryNodes($index, $q) YIELD node WHERE node.vis IN $vis "
    "RETURN collect({id: node.id}) AS rows",
    "the store's own records": "MATCH (t:Token {id: $id})-[:OF]->(p:Principal) MATCH (p)-[:MADE]->(:Request) "
    "RETURN [] AS rows",
    "odd names": "MATCH (`a b`:A) WHERE `a b`.vis IN $vis RETURN [] AS rows",
    "no pattern": "UNWIND $rows AS row RETURN collect({id: row.id}) AS rows",
}


@pytest.mark.parametrize("text", GUARDED.values(), ids=GUARDED.keys())
def test_a_query_that_asks_everywhere_passes(text: str) -> None:
    assert scope.check(read(text, "cypher/a/b.cypher")) == []


def test_a_record_of_the_store_opens_no_door_to_what_hangs_on_it() -> None:
    text = "MATCH (t:Token {id: $id})-[r:OF]->(p:Person) RETURN [] AS rows"
    assert [found.sentence for found in scope.check(read(text, "cypher/a/b.cypher"))] == [
        "reads the node p without p.vis IN $vis in its WHERE",
        "reads the relationship r without r.vis IN $vis in its WHERE",
    ]


def test_a_record_of_the_store_that_may_be_null_is_named_by_its_label_again() -> None:
    text = "OPTIONAL MATCH (t:Token {id: $id}) OPTIONAL MATCH (t)-[:OF]->(p:Principal) RETURN [] AS rows"
    assert [found.sentence for found in scope.check(read(text, "cypher/a/b.cypher"))] == [
        "reads an unnamed relationship; name it and add its .vis IN $vis",
        "reads the node t without t.vis IN $vis in its WHERE; it may be null, which binds it anew",
    ]
    assert scope.check(read(text.replace("(t)", "(t:Token)"), "cypher/a/b.cypher")) == []


def test_another_procedure_is_refused() -> None:
    text = "CALL db.index.fulltext.queryRelationships($index, $q) YIELD relationship RETURN [] AS rows"
    assert [found.sentence for found in scope.check(read(text, "cypher/a/b.cypher"))] == [
        "calls db.index.fulltext.queryRelationships; only db.index.fulltext.queryNodes can be checked"
    ]


def test_a_pattern_the_check_cannot_follow_is_refused() -> None:
    text = "MATCH ((a:A)-[r:R]->(b:B)){1,3} WHERE a.vis IN $vis RETURN [] AS rows"
    assert [found.sentence for found in scope.check(read(text, "cypher/a/b.cypher"))] == [
        "reads a pattern this check cannot follow; write (a)-[r:TYPE]->(b)",
        "reads an unnamed node; name it and add its .vis IN $vis",
        "reads the node a without a.vis IN $vis in its WHERE",
        "reads the node b without b.vis IN $vis in its WHERE",
        "reads the relationship r without r.vis IN $vis in its WHERE",
    ]


@pytest.mark.parametrize("file", ["cypher/migrations/0001_a.cypher", "cypher/a/b.cypher"])
def test_what_writes_is_no_question(file: str) -> None:
    text = "MATCH (n:A {id: $id}) SET n.x = 1 WITH count(n) AS saved RETURN [{saved: saved}] AS rows"
    assert scope.check(read(text, file)) == []


@pytest.mark.parametrize("word", ["set", "create", "merge", "delete"])
def test_a_key_called_like_a_writing_clause_makes_no_write(word: str) -> None:
    text = f"MATCH (n:A) RETURN collect(n {{.{word}, {word}: n.x}}) AS rows"
    assert [found.sentence for found in scope.check(read(text, "cypher/a/b.cypher"))] == [
        "reads the node n without n.vis IN $vis in its WHERE"
    ]


NAMES = st.sampled_from(["a", "b", "c"])
FILTERS = NAMES.map(lambda name: f"{name}.vis IN $vis")
OTHERS = st.sampled_from(["a.x > 1", "EXISTS { (a)-[q:R]->(b) WHERE q.vis IN $vis }", "$flag", "a.s = 'b.vis IN $vis'"])
Predicate = tuple[str, frozenset[str]]


def joined(parts: list[Predicate]) -> Predicate:
    return " AND ".join(text for text, _ in parts), frozenset[str]().union(*(names for _, names in parts))


def loosened(parts: list[Predicate], word: str) -> Predicate:
    """OR lets pass what either side lets pass; nothing is guaranteed, whatever the sides say."""
    return "(" + f" {word} ".join(text for text, _ in parts) + ")", frozenset()


# A predicate together with the names it keeps visible, worked out while it is built.
PREDICATES: st.SearchStrategy[Predicate] = st.recursive(
    FILTERS.map(lambda text: (text, frozenset({text[0]}))) | OTHERS.map(lambda text: (text, frozenset[str]())),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(joined).map(lambda part: (f"({part[0]})", part[1]))
        | st.tuples(st.lists(inner, min_size=2, max_size=3), st.sampled_from(["OR", "XOR"])).map(lambda p: loosened(*p))
        | inner.map(lambda part: (f"NOT ({part[0]})", frozenset[str]()))
        | inner.map(lambda part: (f"CASE WHEN {part[0]} AND true THEN true ELSE {part[0]} END", frozenset[str]()))
    ),
    max_leaves=8,
)


@given(st.lists(PREDICATES, min_size=1, max_size=4).map(joined))
def test_a_variable_is_safe_exactly_when_a_conjunct_keeps_it_visible(predicate: Predicate) -> None:
    written, safe = predicate
    text = f"MATCH (a:A), (b:B), (c:C) WHERE {written} RETURN [] AS rows"
    found = {item.sentence for item in scope.check(read(text, "cypher/a/b.cypher"))}
    assert found == {f"reads the node {n} without {n}.vis IN $vis in its WHERE" for n in {"a", "b", "c"} - safe}
