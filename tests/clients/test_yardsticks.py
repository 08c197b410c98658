"""Measures that others take of a contract and of a server that serves it."""

import json
import re
import sys
from pathlib import Path

import pytest
from graphql import DirectiveDefinitionNode, parse, print_ast

import schema
from service.auth import Role
from tests.clients.live import BIN, HERE, Served, by_node, ran

ROOT = HERE.parents[1]
CASES = 600
EACH = 20  # of each root field


@by_node
async def test_the_schema_and_relay_rules_of_graphql_eslint_find_nothing() -> None:
    config = ["--config", HERE / "eslint.config.js", "--max-warnings", 0, "--format", "json"]
    found = json.loads(await ran(BIN / "eslint", *config, "schema/schema.graphql", cwd=ROOT))

    assert [(Path(one["filePath"]).name, one["messages"]) for one in found] == [("schema.graphql", [])]


@pytest.mark.embedded
@pytest.mark.parametrize("served", [Role.LOBBYING], indirect=True)
async def test_schemathesis_finds_no_failure_in_600_cases(served: Served, tmp_path: Path) -> None:
    url, secret = served
    contract = tmp_path / "schema.graphql"
    contract.write_text(without_directives(schema.sdl()), "utf-8")
    options = ["--url", f"{url}/graphql", "--header", f"Authorization: Bearer {secret}", "--max-examples", EACH]
    purpose = ["--header", "Paddock-Purpose: generated questions"]  # without it what is written there is forbidden
    fixed = ["--phases", "fuzzing", "--seed", 5, "--generation-database", "none", "--warnings", "off", "--no-color"]
    # The contract tells bounds of numbers and pairs of arguments in words that no generator reads, and refuses what
    # passes them by a code: such an answer is right.
    beside = ["--exclude-checks", "positive_data_acceptance"]
    command = [
        Path(sys.executable).with_name("st"),
        "run",
        contract,
        *options,
        *purpose,
        *fixed,
        *beside,
    ]
    told = await ran(*command, cwd=tmp_path, SCHEMATHESIS_HOOKS="tests.clients.hooks", PYTHONPATH=ROOT)

    generated = re.search(r"(\d+) generated, \d+ passed", told)
    assert generated is not None, told
    assert int(generated[1]) >= CASES


def without_directives(text: str) -> str:
    """A contract without @defer and @stream, which graphql-core takes from nobody who has not asked for them."""
    kept = [one for one in parse(text).definitions if not isinstance(one, DirectiveDefinitionNode)]
    return "\n\n".join(map(print_ast, kept))
