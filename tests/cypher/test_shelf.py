"""What holds for every query file that is shipped, today's and tomorrow's."""

import re
import time

import pytest

import cypher
from cypher import lint, scope
from cypher.clauses import writes
from cypher.tokens import Text, read

FILES = cypher.files()
QUERIES = {file: text for file, text in FILES.items() if not file.startswith("cypher/migrations/")}
FILTER = re.compile(r"(`[^`]+`|\w+)\.vis IN \$vis")


def reading() -> list[Text]:
    return [text for file, written in QUERIES.items() if not writes(text := read(written, file))]


def test_nothing_is_wrong_with_any_file() -> None:
    assert [str(found) for found in lint.check_all(FILES)] == []


@pytest.mark.parametrize("text", [pytest.param(text, id=text.file) for text in reading()])
def test_no_filter_on_visibility_can_be_taken_away(text: Text) -> None:
    kept = [
        f"{text.file}:{1 + text.text.count(chr(10), 0, match.start())}: {match.group()}"
        for match in FILTER.finditer(text.text)
        if not scope.check(read(f"{text.text[: match.start()]}true{text.text[match.end() :]}", text.file))
    ]
    assert kept == []


def test_every_question_that_matches_anything_takes_the_visibility_of_who_asks() -> None:
    own = re.compile(r":(" + "|".join(sorted(scope.EXEMPT)) + r")\b")
    asked = [text for text in reading() if "MATCH" in {token.word for token in text.tokens}]
    unasked = [text.file for text in asked if "vis" not in text.parameters() and not own.search(text.text)]
    assert unasked == []


def test_reading_every_header_and_column_takes_no_noticeable_time() -> None:
    begun = time.process_time()
    entries = cypher.entries()
    assert len(entries) == len(QUERIES)
    # Measured at 0.7 ms a file; ten times that would be felt at every start of the command line.
    assert time.process_time() - begun < 0.007 * len(entries)
