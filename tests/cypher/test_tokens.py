import pytest
from hypothesis import given
from hypothesis import strategies as st

from cypher.errors import QueryError
from cypher.tokens import Kind, read, tokens

PIECES = st.sampled_from(
    [
        "MATCH",
        "n",
        "'a // b'",
        '"its"',
        "`odd name`",
        "$vis",
        "// note\n",
        "/* two\nlines */",
        "<=",
        "<>",
        "..",
        "1.5",
        "1",
        "-",
        ">",
        "(",
        "|",
    ]
)


def test_strings_comments_names_and_parameters_are_told_apart() -> None:
    found = tokens("MATCH (`n`:Person) // $not\nWHERE n.name = 'x // $y' AND n.vis IN $vis", "f")
    assert [(token.kind, token.text, token.line) for token in found] == [
        (Kind.WORD, "MATCH", 1),
        (Kind.SIGN, "(", 1),
        (Kind.NAME, "`n`", 1),
        (Kind.SIGN, ":", 1),
        (Kind.WORD, "Person", 1),
        (Kind.SIGN, ")", 1),
        (Kind.COMMENT, "// $not", 1),
        (Kind.WORD, "WHERE", 2),
        (Kind.WORD, "n", 2),
        (Kind.SIGN, ".", 2),
        (Kind.WORD, "name", 2),
        (Kind.SIGN, "=", 2),
        (Kind.STRING, "'x // $y'", 2),
        (Kind.WORD, "AND", 2),
        (Kind.WORD, "n", 2),
        (Kind.SIGN, ".", 2),
        (Kind.WORD, "vis", 2),
        (Kind.WORD, "IN", 2),
        (Kind.PARAMETER, "$vis", 2),
    ]


def test_an_escaped_quote_does_not_end_a_string() -> None:
    assert [token.text for token in tokens(r"'it\'s' x", "f")] == [r"'it\'s'", "x"]


def test_a_range_is_two_numbers_around_two_dots() -> None:
    assert [token.text for token in tokens("*1..3", "f")] == ["*", "1", "..", "3"]


@given(st.lists(PIECES))
def test_every_token_stands_where_it_says(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = list(tokens(text, "f"))
    assert [text[token.start : token.start + len(token.text)] for token in found] == [token.text for token in found]
    assert [1 + text.count("\n", 0, token.start) for token in found] == [token.line for token in found]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("RETURN 'open", 'f:1: cannot read "\'open"; close the string, comment or name that starts here'),
        ("RETURN 1 /* open", "f:1: cannot read '/* open'; close the string, comment or name that starts here"),
        ("RETURN\n(1", "f:2: '(' is never closed"),
        ("RETURN 1]", "f:1: ']' closes nothing; remove it or open its bracket"),
        ("RETURN (1]", "f:1: ']' closes nothing; remove it or open its bracket"),
    ],
)
def test_a_text_that_cannot_be_read_says_where(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as refused:
        read(text, "f")
    assert str(refused.value) == sentence
