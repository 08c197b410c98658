"""The questions of the client are questions of the contract, and within its limits."""

import re
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

import schema
from paddock import documents
from schema import limits

FILES = sorted(file.stem for file in Path(documents.__file__).parent.glob("*.graphql") if file.stem != "fragments")
USUAL = {"first": 100, "evidence": 5}
CONTRACT = build_schema(schema.sdl())


@pytest.mark.parametrize("name", FILES)
def test_a_question_of_the_client_is_valid_and_affordable(name: str) -> None:
    document = parse(documents.document(name))

    assert validate(CONTRACT, document) == []
    (cost,) = limits.costs(CONTRACT, document, USUAL).nodes.values()
    assert cost <= limits.MOST_NODES


def test_no_fragment_is_carried_along_for_nothing() -> None:
    sent = "".join(documents.document(name) for name in FILES)
    written = Path(documents.__file__).with_name("fragments.graphql").read_text("utf-8")
    assert [
        name for name in re.findall(r"^fragment (\w+)", written, re.MULTILINE) if f"fragment {name} on" not in sent
    ] == []
