"""Cypher text as tokens: enough to tell a name from a string, a comment or a parameter, and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from cypher.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a token is."""

    COMMENT = "comment"
    STRING = "string"
    NAME = "name"
    PARAMETER = "parameter"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """One token with its place; `word` is upper-case for words and empty for whatever cannot be a keyword."""

    kind: Kind
    text: str
    word: str
    line: int
    start: int


_SHAPES = re.compile(
    r"""
    (?P<SPACE>\s+)
  | (?P<COMMENT>//[^\n]*|/\*.*?\*/)
  | (?P<STRING>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<NAME>`(?:[^`]|``)*`)
  | (?P<PARAMETER>\$\w+|\$`(?:[^`]|``)*`)
  | (?P<NUMBER>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\w*)
  | (?P<WORD>[^\W\d]\w*)
  | (?P<SIGN><=|>=|<>|=~|\+=|\.\.|\|\||[-+*%^=<>(){}\[\],.:;|&!?$]|/(?!\*))
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {kind.name: kind for kind in Kind}
_CLOSES = {"(": ")", "[": "]", "{": "}"}


def tokens(text: str, file: str) -> Iterator[Token]:
    """Every token of a text in order, comments included."""
    line, at = 1, 0
    for found in _SHAPES.finditer(text):
        if found.start() != at:
            break
        piece, group = found.group(), found.lastgroup or ""
        if group == "WORD":
            yield Token(Kind.WORD, piece, piece.upper(), line, at)
        elif group == "SIGN":
            yield Token(Kind.SIGN, piece, piece, line, at)
        else:
            if group != "SPACE":
                yield Token(_KINDS[group], piece, "", line, at)
            line += piece.count("\n")
        at = found.end()
    if at < len(text):
        sentence = f"cannot read {text[at : at + 20]!r}; close the string, comment or name that starts here"
        raise QueryError(f"{file}:{line}: {sentence}")


@dataclass(frozen=True, slots=True)
class Text:
    """A query file: its tokens without comments, its comments, and which brackets belong together."""

    file: str
    text: str
    tokens: tuple[Token, ...]
    comments: tuple[Token, ...]
    closing: dict[int, int] = field(repr=False)
    opening: dict[int, int] = field(repr=False)

    def word(self, index: int) -> str:
        """The keyword or sign at an index, empty where there is none."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def name(self, index: int) -> str:
        """The identifier at an index without its backticks, empty where there is none."""
        if not 0 <= index < len(self.tokens):
            return ""
        token = self.tokens[index]
        if token.kind is Kind.WORD:
            return token.text
        return token.text[1:-1].replace("``", "`") if token.kind is Kind.NAME else ""

    def after(self, index: int) -> int:
        """The index behind a token, or behind the whole group where the token opens a bracket."""
        return self.closing.get(index, index) + 1

    def steps(self, start: int, stop: int) -> Iterator[int]:
        """The indexes from start to stop that lie in no inner bracket; an opening bracket stands for its group."""
        index = start
        while index < stop:
            yield index
            index = self.after(index)

    def parts(self, start: int, stop: int, separator: str = ",") -> list[tuple[int, int]]:
        """The stretches between separators that lie in no inner bracket."""
        found: list[tuple[int, int]] = []
        begin = start
        for index in self.steps(start, stop):
            if self.word(index) == separator:
                found.append((begin, index))
                begin = index + 1
        if begin < stop or found:
            found.append((begin, stop))
        return found

    def parameters(self) -> frozenset[str]:
        """The names of the parameters the statement uses, comments and strings aside."""
        return frozenset(t.text[1:].strip("`") for t in self.tokens if t.kind is Kind.PARAMETER)


def read(text: str, file: str) -> Text:
    """A query text taken apart, or the line where it cannot be."""
    every = tuple(tokens(text, file))
    code = tuple(token for token in every if token.kind is not Kind.COMMENT)
    comments = tuple(token for token in every if token.kind is Kind.COMMENT)
    closing = _pairs(code, file)
    return Text(file, text, code, comments, closing, {last: first for first, last in closing.items()})


def _pairs(code: tuple[Token, ...], file: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(code):
        if token.word in _CLOSES:
            opened.append(index)
        elif token.word in {")", "]", "}"}:
            if not opened or _CLOSES[code[opened[-1]].word] != token.word:
                raise QueryError(f"{file}:{token.line}: {token.text!r} closes nothing; remove it or open its bracket")
            pairs[opened.pop()] = index
    if opened:
        raise QueryError(f"{file}:{code[opened[-1]].line}: {code[opened[-1]].text!r} is never closed")
    return pairs
