"""What the checks of query files report."""

from __future__ import annotations

from typing import NamedTuple

from cypher.tokens import Text


class Finding(NamedTuple):
    """One thing wrong with a file: where, which rule, and what to do about it."""

    file: str
    line: int
    rule: str
    sentence: str

    def __str__(self) -> str:
        """The line a terminal shows."""
        return f"{self.file}:{self.line}: {self.sentence} [{self.rule}]"


def finding(text: Text, index: int, rule: str, sentence: str) -> Finding:
    """A finding at the token of an index."""
    line = text.tokens[index].line if index < len(text.tokens) else 1
    return Finding(text.file, line, rule, sentence)
