from pathlib import Path

import pytest

import cypher
from cypher import Entry, Parameter, listing
from cypher import __main__ as command

DOCUMENT = Path(__file__).parents[2] / "docs" / "statements.md"
ENTRIES = [
    Entry("audit/append", "What was appended.", (), "saved", writes=True),
    Entry(
        "person/by_id",
        "The people with these ids, by id.",
        (Parameter("ids", "LIST<STRING>", "which people"), Parameter("vis", "LIST<INTEGER>", "what may be seen")),
        "id, name",
        writes=False,
    ),
]


def test_a_listing_has_a_section_for_each_subject_and_a_paragraph_for_each_query() -> None:
    _, body = listing.markdown(ENTRIES).split("prints it.\n", maxsplit=1)
    assert (
        body
        == """
## audit

### audit/append (writes)

What was appended.

Gives `saved`

## person

### person/by_id

The people with these ids, by id.

- `$ids` LIST<STRING>: which people
- `$vis` LIST<INTEGER>: what may be seen

Gives `id, name`
"""
    )


def test_the_document_in_docs_is_what_the_files_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--markdown"]) == 0
    printed = capsys.readouterr().out
    assert printed == listing.markdown(cypher.entries())
    assert DOCUMENT.read_text(encoding="utf-8") == printed, "run python -m cypher --markdown > docs/statements.md"
