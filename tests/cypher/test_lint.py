"""Each rule for query files, by the smallest text that breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher import lint
from cypher.tokens import read

EXAMPLES = {"rows": "[]", "vis": "[0]"}
TYPES = {"rows": "LIST<MAP>", "vis": "LIST<INTEGER>", "maybe": "STRING | NULL"}


def written(body: str, summary: str = "What this asks, in no order.") -> str:
    """A whole file around a statement, with the header it needs."""
    names = sorted(read(body, "f").parameters())
    documented = [f"//   ${name}  {TYPES.get(name, 'STRING')}  a value" for name in names]
    example = f"//   :param {{{', '.join(f'{name}: {EXAMPLES.get(name, 1)}' for name in names)}}}"
    return "\n".join([f"// {summary}", *documented, *([example] if names else []), body, ""])


def found(text: str, file: str = "cypher/subject/question.cypher") -> list[tuple[str, str]]:
    return [(item.rule, item.sentence) for item in lint.check(text, file)]


A = "MATCH (a:Able) WHERE a.vis IN $vis"
ROWS = "RETURN collect({id: a.id}) AS rows"

CONSTRUCTS = {
    f"{A} RETURN [{{id: elementId(a)}}] AS rows": "elementId() changes when a store is restored; read .id",
    f"{A} RETURN [{{id: id(a)}}] AS rows": "id() changes when a store is restored; read .id",
    f"{A} AND exists(a.id) {ROWS}": "exists(n.p) is gone; write n.p IS NOT NULL, or EXISTS { pattern }",
    f"{A} AND a.name =~ $name {ROWS}": (
        "a regular expression runs as long as its text likes; fold and compare, or use the full-text index"
    ),
    f"{A} WITH a, apoc.text.clean(a.name) AS x {ROWS}": "APOC is on neither engine; write it in Cypher or Python",
    f"{A} WITH a, gds.util.NaN() AS x {ROWS}": "GDS is on neither engine; compute it in network/",
    f"{A} WITH a, coll.sort(a.names) AS x {ROWS}": "coll.* is not shared by the engines; use a list comprehension",
    f"{A} WITH a, format(a.on) AS x {ROWS}": "format() is not shared by the engines; form text in Python",
    f"{A} WITH a, vector(a.list, 3, FLOAT) AS x {ROWS}": (
        "vector() is not shared by the engines; keep a list of numbers"
    ),
    f"{A} WITH a, datetime() AS x {ROWS}": "the clock is injected; take the moment as a $parameter",
    f"{A} WITH a, localdatetime() AS x {ROWS}": "the clock is injected; take the moment as a $parameter",
    f"{A} WITH a, timestamp() AS x {ROWS}": "the clock is injected; take the moment as a $parameter",
    f"{A} WITH a, date() AS x {ROWS}": "the clock is injected; take the day as a $parameter",
    f"{A} WITH a, rand() AS x {ROWS}": "a random answer cannot be repeated; decide in Python",
    f"{A} WITH a, randomUUID() AS x {ROWS}": "ids are digests; take the id as a $parameter",
}


@pytest.mark.parametrize(("body", "sentence"), CONSTRUCTS.items(), ids=range(len(CONSTRUCTS)))
def test_a_construct_the_engines_do_not_share_is_refused(body: str, sentence: str) -> None:
    assert found(written(body)) == [("construct", sentence)]


CLAUSES = {
    f"{A} FILTER a.x > 1 {ROWS}": "FILTER is not shared by the engines; leave it out",
    f"{A} LET x = 1 {ROWS}": "LET is not shared by the engines; leave it out",
    f"FOR x IN $rows {A} {ROWS}": "FOR is not shared by the engines; leave it out",
    f"{A} NEXT {ROWS}": "NEXT is not shared by the engines; leave it out",
    f"SHOW INDEXES YIELD name {A} {ROWS}": "SHOW is not shared by the engines; leave it out",
}


@pytest.mark.parametrize(("body", "sentence"), CLAUSES.items(), ids=range(len(CLAUSES)))
def test_a_clause_the_engines_do_not_share_is_refused(body: str, sentence: str) -> None:
    assert found(written(body)) == [("clause", sentence)]


def test_a_when_without_case_is_refused() -> None:
    assert found(written(f"{A} WITH a WHEN a.x > 1 THEN {ROWS}")) == [
        ("clause", "WHEN without CASE is not shared by the engines; write CASE")
    ]


def test_a_case_may_stand_anywhere() -> None:
    body = (
        f"{A} AND CASE WHEN a.x > 1 THEN true ELSE false END WITH a, [x IN a.list | CASE WHEN x > 1 THEN x END] AS b "
        "RETURN collect({id: a.id, end: CASE a.end WHEN 1 THEN b ELSE a.case END}) AS rows"
    )
    assert found(written(body)) == []


@pytest.mark.parametrize("prefix", ["CYPHER 5", "EXPLAIN", "PROFILE"])
def test_a_prefix_is_the_business_of_the_engine(prefix: str) -> None:
    word = prefix.split(" ", maxsplit=1)[0]
    assert found(written(f"{prefix} {A} {ROWS}")) == [
        ("prefix", f"begins with {word}; the engine puts prefixes, a file has none")
    ]


READS = {
    f"MATCH p = shortestPath((a:Able)-[r:R*..3]->(b:Baker)) WHERE a.vis IN $vis {ROWS}": (
        "construct",
        "shortestPath cannot filter on the way; paths are searched in network/",
    ),
    f"MATCH p = allShortestPaths((a:Able)-[r:R*..3]->(b:Baker)) WHERE a.vis IN $vis {ROWS}": (
        "construct",
        "allShortestPaths cannot filter on the way; paths are searched in network/",
    ),
    f"MATCH p = ALL SHORTEST (a:Able)-[r:R]->(b:Baker) WHERE a.vis IN $vis {ROWS}": (
        "construct",
        "SHORTEST is not shared by the engines; paths are searched in network/",
    ),
    f"MATCH ANY (a:Able)-[r:R]->(b:Baker) WHERE a.vis IN $vis {ROWS}": (
        "construct",
        "MATCH ANY is not shared by the engines; match the pattern itself",
    ),
    f"MATCH (a:Able)-[r:$($type)]->(b:Baker) WHERE a.vis IN $vis AND r.vis IN $vis AND b.vis IN $vis {ROWS}": (
        "construct",
        "labels and types out of a value are silently wrong on the embedded engine; filter with type(r) IN $types",
    ),
    f"MATCH (a:Able)-[r:R|:S]->(b:Baker) WHERE a.vis IN $vis AND r.vis IN $vis AND b.vis IN $vis {ROWS}": (
        "construct",
        "[r:A|:B] is refused by newer engines; write [r:A|B]",
    ),
    f"MATCH (a) WHERE a.vis IN $vis {ROWS}": ("label", "matches nodes of any label; name the label of one"),
    f"MATCH (a:able) WHERE a.vis IN $vis {ROWS}": ("names", "names able; write the label in PascalCase"),
    f"MATCH (a:Able)-[r:worksFor]->(b:Baker) WHERE a.vis IN $vis AND r.vis IN $vis AND b.vis IN $vis {ROWS}": (
        "names",
        "names worksFor; write the type in UPPER_SNAKE",
    ),
    f"{A} AND a.kind = 'supplier' {ROWS}": ("value", "compares with 'supplier'; every value is a $parameter"),
    f"{A} AND a.name STARTS WITH 'A' {ROWS}": ("value", "compares with 'A'; every value is a $parameter"),
    f"{A} AND 'x' IN a.kinds {ROWS}": ("value", "compares with 'x'; every value is a $parameter"),
    f"MATCH (a:Able {{id: 'org-7'}}) WHERE a.vis IN $vis {ROWS}": (
        "value",
        "compares with 'org-7'; every value is a $parameter",
    ),
    f"{A} WITH a LIMIT 3 {ROWS}": ("order", "LIMIT without ORDER BY takes any rows; order by something unique"),
    f"{A} WITH a SKIP 3 {ROWS}": ("order", "SKIP without ORDER BY takes any rows; order by something unique"),
    f"{A} WITH a ORDER BY a.name {ROWS}": (
        "unique",
        "ORDER BY leaves ties; let it end in something unique, as n.id",
    ),
    f"{A} WITH a ORDER BY a.id, a.name DESC {ROWS}": (
        "unique",
        "ORDER BY leaves ties; let it end in something unique, as n.id",
    ),
    f"{A} WITH DISTINCT a.kind AS kind ORDER BY a.name, kind RETURN collect({{kind: kind}}) AS rows": (
        "distinct",
        "orders by a, which DISTINCT or an aggregate left behind; give it first",
    ),
    f"{A} WITH a.kind AS kind, count(a) AS n ORDER BY a.name, kind RETURN collect({{kind: kind, n: n}}) AS rows": (
        "distinct",
        "orders by a, which DISTINCT or an aggregate left behind; give it first",
    ),
    f"{A} match (a) {ROWS}": (
        "keyword",
        "writes match; keywords are upper-case, and no variable is named like one",
    ),
    f"{A} {ROWS};": ("statement", "has a semicolon; a file holds one statement and needs none"),
    f"{A} /* why */ {ROWS}": ("comment", "has a block comment; begin each line with //"),
    f"{A} RETURN collect({{able: a}}) AS rows": ("whole", "returns a whole; name the fields that are needed"),
    f"{A} RETURN collect(a {{.id, other: a}}) AS rows": ("whole", "returns a whole; name the fields that are needed"),
}


@pytest.mark.parametrize(("body", "expected"), READS.items(), ids=range(len(READS)))
def test_a_question_that_breaks_a_rule_is_refused(body: str, expected: tuple[str, str]) -> None:
    others = [item for item in found(written(body)) if item[0] != "scope"]
    assert others == [expected]


def test_a_pattern_without_an_upper_bound_is_refused() -> None:
    sentence = "goes any number of steps; write an upper bound, as *1..4"
    for hops in ("*", "*2..", "*..$n", "*1..$n", "+"):
        body = f"MATCH w = (a:Able)-[r:R{hops}]->(b:Baker) WHERE a.vis IN $vis {ROWS}"
        assert [item for item in found(written(body)) if item[0] == "hops"] == [("hops", sentence)], hops
    for hops in ("*3", "*..3", "*1..3"):
        body = f"MATCH w = (a:Able)-[r:R{hops}]->(b:Baker) WHERE a.vis IN $vis {ROWS}"
        assert [item for item in found(written(body)) if item[0] == "hops"] == [], hops


JUDGED = {
    f"{A} WITH a, count(a) > 1 AS many RETURN collect({{id: a.id, many: many}}) AS rows": "count",
    f"{A} WITH a, size(collect(a)) = 1 AS one RETURN collect({{id: a.id, one: one}}) AS rows": "collect",
    f"{A} WITH a.id AS id, collect(a.x) IS NULL AS none RETURN collect({{id: id, none: none}}) AS rows": "collect",
    f"{A} WITH a.id AS id, 1 IN collect(a.x) AS one RETURN collect({{id: id, one: one}}) AS rows": "collect",
    f"{A} WITH a.id AS id, max(a.name) STARTS WITH $name AS yes RETURN collect({{id: id, yes: yes}}) AS rows": "max",
    f"{A} RETURN [{{first: collect(a.x)[0]}}] AS rows": "collect",
    f"{A} RETURN [{{first: head(collect(a.x)).id}}] AS rows": "collect",
    f"{A} RETURN [{{many: NOT (count(a) + 1 > 2)}}] AS rows": "count",
    f"{A} RETURN CASE WHEN count(a) > 1 THEN [{{id: 1}}] ELSE [] END AS rows": "count",
}


@pytest.mark.parametrize(("body", "name"), JUDGED.items(), ids=range(len(JUDGED)))
def test_an_aggregate_inside_a_predicate_or_an_access_is_refused(body: str, name: str) -> None:
    assert found(written(body)) == [
        ("aggregate", f"{name}() stands inside a predicate or an access; alias it in WITH first")
    ]


def test_an_aggregate_by_itself_is_fine_whatever_it_counts() -> None:
    body = (
        f"{A} WITH a.id AS id, count(DISTINCT a.x = 1) AS n, sum(CASE WHEN a.x > 1 THEN 1 ELSE 0 END) AS m, "
        "COUNT { MATCH (b:Baker) WHERE b.vis IN $vis } > 1 AS some "
        "WITH id, n, m, some WHERE n > 1 RETURN collect({id: id, n: n, m: m, some: some}) AS rows"
    )
    assert found(written(body)) == []


WRITES = {
    "MATCH (a:Able {id: $id}) SET a.x = 1 MATCH (b:Baker {id: a.b}) WITH count(b) AS saved": (
        "with",
        "MATCH follows SET; put WITH between them",
    ),
    "MATCH (a:Able {id: $id}), (b:Baker {id: $id}) SET a = b WITH count(a) AS saved": (
        "set",
        "SET from a whole entity is not shared by the engines; use properties()",
    ),
    "MATCH (a:Able {id: $id}), (b:Baker {id: $id}) SET a += b WITH count(a) AS saved": (
        "set",
        "SET from a whole entity is not shared by the engines; use properties()",
    ),
    "MATCH (a:Able {id: $id}) SET a:Baker WITH count(a) AS saved": (
        "labels",
        "labels never change; give all of them at CREATE",
    ),
    "MATCH (a:Able {id: $id}) REMOVE a:Baker WITH count(a) AS saved": (
        "labels",
        "labels never change; give all of them at CREATE",
    ),
    "CREATE (a:Able {id: $id}), (b:Baker {id: a.id}) WITH count(a) AS saved": (
        "create",
        "reads a inside the CREATE that makes it; SET it after",
    ),
    "UNWIND $rows AS row MERGE (a:Able {id: row.id}) WITH count(a) AS saved": (
        "merge",
        "merges on a key that may be null; say in a comment who sees to it that the key is never null",
    ),
    "MERGE (a:Able {id: $maybe}) WITH count(a) AS saved": (
        "merge",
        "merges on a key that may be null; say in a comment who sees to it that the key is never null",
    ),
    "LOAD CSV FROM $url AS line CREATE (a:Able {id: line}) WITH count(a) AS saved": (
        "construct",
        "LOAD CSV reads files of the server; read them in loaders/",
    ),
    "UNWIND $rows AS row CALL (row) { CREATE (a:Able {id: row.id}) } IN TRANSACTIONS WITH count(row) AS saved": (
        "construct",
        "CALL IN TRANSACTIONS commits halfway; send batches from Python",
    ),
}


@pytest.mark.parametrize(("body", "expected"), WRITES.items(), ids=range(len(WRITES)))
def test_a_write_that_breaks_a_rule_is_refused(body: str, expected: tuple[str, str]) -> None:
    rest = [item for item in found(written(f"{body} RETURN [{{saved: saved}}] AS rows")) if item[0] != "clause"]
    assert rest == [expected]


GOOD_WRITES = [
    "MERGE (a:Able {id: $id}) ON CREATE SET a.made = true WITH count(a) AS saved",
    "UNWIND $rows AS row MERGE (a:Able {id: row.id}) // The writer sends ids, never null.\nWITH count(a) AS saved",
    "MATCH (a:Able {id: $a}) CREATE (a)-[r:R {id: a.x}]->(b:Baker {id: $b}) SET r += $rows WITH count(r) AS saved",
    "MATCH (a:Able {id: $id}) SET a._lock = $token WITH a SET a = properties(a) WITH count(a) AS saved",
    "CREATE (a:Able {id: $id}) SET a.other = a.id WITH count(a) AS saved",
]


@pytest.mark.parametrize("body", GOOD_WRITES, ids=range(len(GOOD_WRITES)))
def test_a_write_by_the_rules_passes(body: str) -> None:
    assert found(written(f"{body} RETURN [{{saved: saved}}] AS rows")) == []


GOOD_READS = [
    f"{A} WITH a ORDER BY a.name, a.id DESC LIMIT $limit {ROWS}",
    f"{A} WITH a.kind AS kind, count(a) AS n ORDER BY kind RETURN collect({{kind: kind, n: n}}) AS rows",
    f"{A} WITH DISTINCT a.kind AS kind, a.x AS x ORDER BY x, kind RETURN collect({{kind: kind}}) AS rows",
    f"{A} AND coalesce(a.earliest, '0000') <= $day AND $mode = 'STRICT' {ROWS}",
    f"{A} MATCH (a)-[r]->(b) WHERE r.vis IN $vis AND b.vis IN $vis AND type(r) = 'R' AND type(r) IN $types {ROWS}",
    f"{A} AND a.id IN $rows WITH a, a.set AS x, {{limit: 1, order: a.match}} AS y {ROWS}",
    "MATCH (r:Revision {id: 'revision'}) RETURN collect({number: r.number}) AS rows",
]


@pytest.mark.parametrize("body", GOOD_READS, ids=range(len(GOOD_READS)))
def test_a_question_by_the_rules_passes(body: str) -> None:
    assert found(written(body)) == []


FORMS = {
    written(f"{A} {ROWS}", "What this asks in no order"): (
        "header",
        "has a first line that is no sentence; end it with a full stop",
    ),
    written(f"{A} {ROWS}", "What this asks."): (
        "unordered",
        "collects rows in any order; add ORDER BY, or let the first line say: in no order",
    ),
    written(f"{A} {ROWS}").replace("//   :param {vis: [0]}\n", ""): (
        "example",
        "has no :param line; add one with a value for each parameter",
    ),
    written(f"{A} {ROWS}").replace("{vis: [0]}", "{vis: [0], day: '2026'}"): (
        "example",
        "has a :param line with ['day', 'vis'], the query takes ['vis']",
    ),
    written(f"{A} {ROWS}").replace("//   $vis", "//   $seen"): (
        "file",
        "documents the parameters ['seen'], the query uses ['vis']",
    ),
    written(f"{A} {ROWS}").replace(" AS rows", " AS people"): (
        "file",
        "returns something else than the one column rows; write RETURN ... AS rows",
    ),
    written(f"{A} {ROWS}").replace("WHERE", "WHERE\t"): (
        "characters",
        "has '\\t'; write plain characters, spaces and line ends",
    ),
    written(f"{A} {ROWS}").replace("// What", "// \\u000aWhat"): (
        "characters",
        "has '\\\\u'; write plain characters, spaces and line ends",
    ),
    written(f"{A} {ROWS}").replace("// What", "// \rWhat"): (
        "characters",
        "has '\\r'; write plain characters, spaces and line ends",
    ),
    written(f"{A} {ROWS}").rstrip("\n"): ("characters", "does not end in a line end; add one"),
    written(f"{A} {ROWS}").replace("{id", "{{id"): ("file", "')' closes nothing; remove it or open its bracket"),
}


@pytest.mark.parametrize(("text", "expected"), FORMS.items(), ids=range(len(FORMS)))
def test_a_file_in_another_form_is_refused(text: str, expected: tuple[str, str]) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize("file", ["cypher/people.cypher", "cypher/a/b/c.cypher", "cypher/Person/byId.cypher"])
def test_a_file_elsewhere_is_refused(file: str) -> None:
    assert found(written(f"{A} {ROWS}"), file) == [
        ("name", "is no name of a query; call it cypher/<subject>/<question>.cypher")
    ]


def test_only_the_catalogue_may_ask_the_engine_about_itself() -> None:
    text = written("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN collect({name: name}) AS rows")
    assert found(text, "cypher/catalogue/indexes.cypher") == []


def test_a_finding_names_file_line_rule_and_remedy() -> None:
    assert [str(item) for item in lint.check(written(f"{A}\nWITH a LIMIT 1\n{ROWS}"), "cypher/a/b.cypher")] == [
        "cypher/a/b.cypher:5: LIMIT without ORDER BY takes any rows; order by something unique [order]"
    ]


def test_a_name_is_a_label_or_a_type_and_never_both() -> None:
    one = written("MATCH (p:Post) WHERE p.vis IN $vis RETURN collect({id: p.id}) AS rows")
    two = written(
        "MATCH (a:Able)-[r:POST]->(b:Able) WHERE a.vis IN $vis AND r.vis IN $vis AND b.vis IN $vis "
        "RETURN collect({id: r.id}) AS rows"
    )
    assert [str(item) for item in lint.check_all({"cypher/post/one.cypher": one, "cypher/post/two.cypher": two})] == [
        "cypher/post/two.cypher:4: names POST a relationship, elsewhere it is a label; rename one [names]"
    ]


def migration(statement: str) -> str:
    return f"// What this adds, and why.\n{statement}\n"


GOOD_MIGRATIONS = [
    "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT knows_id IF NOT EXISTS FOR ()-[r:KNOWS]-() REQUIRE r.id IS UNIQUE",
    "CREATE INDEX knows_revision IF NOT EXISTS FOR ()-[r:KNOWS]-() ON (r.revision)",
    "CREATE INDEX identifier_value IF NOT EXISTS FOR (n:Identifier) ON (n.scheme, n.value)",
    "CREATE FULLTEXT INDEX person_search IF NOT EXISTS FOR (n:Person) ON EACH [n.search]",
]


@pytest.mark.parametrize("statement", GOOD_MIGRATIONS)
def test_a_migration_adds_one_constraint_or_index(statement: str) -> None:
    assert found(migration(statement), "cypher/migrations/0001_it.cypher") == []


SHAPE = ("ddl", "is no single CREATE CONSTRAINT ... IS UNIQUE or CREATE INDEX, with a name and IF NOT EXISTS")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE CONSTRAINT person_id FOR (n:Person) REQUIRE n.id IS UNIQUE",
        "CREATE CONSTRAINT IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE",
        "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS NOT NULL",
        "CREATE CONSTRAINT person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS NODE KEY",
        "CREATE INDEX one IF NOT EXISTS FOR (n:Person) ON (n.id); CREATE INDEX two IF NOT EXISTS FOR (n:A) ON (n.b)",
        "CREATE INDEX one IF NOT EXISTS FOR (n:Person) ON (n.id) WITH 1 AS n MATCH (a:A) DELETE a",
        "CREATE VECTOR INDEX one IF NOT EXISTS FOR (n:Person) ON (n.id)",
        "DROP INDEX one",
        "MATCH (n:Person) SET n.x = 1",
        "",
    ],
)
def test_a_migration_that_does_anything_else_is_refused(statement: str) -> None:
    assert found(migration(statement), "cypher/migrations/0001_it.cypher") == [SHAPE]


def test_a_migration_says_what_it_adds_and_has_a_number() -> None:
    assert found(GOOD_MIGRATIONS[0] + "\n", "cypher/migrations/person.cypher") == [
        ("header", "has no header; begin with a comment that says what it adds and why"),
        ("name", "is no name of a migration; call it cypher/migrations/0001_what_it_adds.cypher"),
    ]


def test_migrations_are_numbered_without_gaps_and_index_nothing_twice() -> None:
    first, third = migration(GOOD_MIGRATIONS[0]), migration(GOOD_MIGRATIONS[4])
    again = migration("CREATE INDEX person_words IF NOT EXISTS FOR (n:Person) ON (n.search)")
    gap = {"cypher/migrations/0001_a.cypher": first, "cypher/migrations/0003_b.cypher": third}
    assert [str(item) for item in lint.check_all(gap)] == [
        "cypher/migrations/0003_b.cypher:1: is number 3 where 2 is next; number migrations without gaps [number]"
    ]
    twice = {"cypher/migrations/0001_a.cypher": third, "cypher/migrations/0002_b.cypher": again}
    sentence = "indexes Person.search, which cypher/migrations/0001_a.cypher already does; a property has one index"
    assert [str(item) for item in lint.check_all(twice)] == [f"cypher/migrations/0002_b.cypher:1: {sentence} [twice]"]


WORDS = """
    MATCH OPTIONAL WHERE WITH RETURN collect count CALL EXISTS COUNT COLLECT UNION UNWIND ORDER BY LIMIT CASE WHEN
    THEN ELSE END AND OR NOT IN AS rows a b vis $vis ( ) [ ] { } - > < | : . , = * .. 1 + SET CREATE MERGE ON
    DELETE all nodes relationships YIELD db.index.fulltext.queryNodes ; FOREACH REMOVE DISTINCT
"""


@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=40),
    st.sampled_from(["cypher/a/b.cypher", "cypher/migrations/0001_a.cypher"]),
)
def test_any_text_gets_findings_and_never_a_crash(words: list[str], file: str) -> None:
    text = f"// One, in no order.\n{' '.join(words)}\n"
    assert all(item.file == file and item.line >= 1 and item.sentence for item in lint.check(text, file))
