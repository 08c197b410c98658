"""The recipes of docs/integrations.md against a live server over the small paddock: whole answers, client by client."""

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import schema
from tests.clients.live import BIN, HERE, NODE, Served, by_node, ran

RECIPES = HERE / "recipes"
ROOT = HERE.parents[1]
INTEGRATIONS = ROOT / "docs" / "integrations.md"
BEN = {"__typename": "Person", "id": "per-ben", "name": "Ben Bearing"}
CAT = {"__typename": "Person", "id": "per-cat", "name": "Cat Camshaft"}
PEOPLE = ["Ann Alloy", "Ben Bearing", "Cat Camshaft"]

pytestmark = pytest.mark.embedded


def laid(recipe: str, folder: Path, modules: str) -> Path:
    """A recipe in a folder of its own, beside the contract and what is installed."""
    shutil.copytree(RECIPES / recipe, folder, dirs_exist_ok=True)
    (folder / "schema.graphql").write_text(schema.sdl(), "utf-8")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    (folder / "package.json").write_text(json.dumps({"type": modules}))
    return folder


@by_node
async def test_apollo_client_pages_caches_by_interface_keeps_what_could_be_answered_and_sends_hashes(
    served: Served,
) -> None:
    answer = json.loads(await ran(NODE, "apollo.mjs", *served))
    ada, route = {"__typename": "Viewer", "name": "Ada"}, {"__typename": "PathResult", "outcome": "FOUND"}
    steps = [{"__typename": "PathSegment", "to": one} for one in (BEN, CAT)]
    path = {"__typename": "Path", "band": "FAINT", "segments": steps}
    assert answer == {
        "names": PEOPLE,
        "found": {"data": {"viewer": ada, "introductionPaths": {**route, "paths": [path]}}, "codes": []},
        "failed": {
            "data": {"viewer": ada, "introductionPaths": None},
            "codes": [[["introductionPaths"], "BAD_USER_INPUT"]],
        },
        "hashed": [["extensions", "operationName", "variables"]],
    }


@by_node
async def test_urql_pages_caches_and_sends_hashes(served: Served) -> None:
    answer = json.loads(await ran(NODE, "urql.mjs", *served))
    tie = {"band": "WARM", "a": {"id": "per-ann", "name": "Ann Alloy"}}
    hashed, whole = ["POST", False], ["POST", True]
    assert answer == {
        "names": PEOPLE,
        "found": {"data": {"tie": tie}, "codes": []},
        "failed": {"codes": [[[], "BAD_USER_INPUT"]]},
        "sent": [hashed, whole, hashed, hashed, whole],  # a list: unknown, told, known; a tie: unknown, told
        "cached": True,
    }


@by_node
async def test_what_graphql_codegen_writes_compiles_strictly_and_asks(served: Served, tmp_path: Path) -> None:
    folder = laid("codegen", tmp_path / "codegen", "module")
    await ran(BIN / "graphql-codegen", "--config", "codegen.ts", cwd=folder)
    strict = ["--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "--outDir", "."]
    await ran(BIN / "tsc", *strict, "routes.ts", "contract.ts", cwd=folder)

    answer = json.loads(await ran(NODE, "codegen.mjs", folder, *served))
    assert answer == {"outcome": "FOUND", "paths": [{"band": "FAINT", "segments": [{"to": BEN}, {"to": CAT}]}]}


@by_node
async def test_relay_compiles_its_documents_against_the_contract_and_follows_a_connection(
    served: Served, tmp_path: Path
) -> None:
    folder = laid("relay", tmp_path / "relay", "commonjs")
    (folder / "artifacts").mkdir()
    await ran(BIN / "relay-compiler", "relay.config.json", cwd=folder)

    answer = json.loads(await ran(NODE, "relay.mjs", folder, *served))
    works = [{"node": {"role": "buyer", "organization": {"name": "Forge Ltd"}}}]
    directs = [{"node": {"role": "director", "organization": {"name": "Gears Ltd"}}}]
    ann = {"id": "per-ann", "name": "Ann Alloy", "affiliations": {"edges": works}}
    ben = {"id": "per-ben", "name": "Ben Bearing", "affiliations": {"edges": directs}}
    cat: dict[str, Any] = {"id": "per-cat", "name": "Cat Camshaft", "affiliations": {"edges": []}}
    assert answer == {"all": [ann, ben, cat], "refetched": ann}


async def test_gql_checks_a_document_by_introspection_and_tells_codes(served: Served) -> None:
    answer = json.loads(await ran(sys.executable, RECIPES / "gql_client.py", *served))

    steps = [{"to": {"name": "Ben Bearing"}}, {"to": {"name": "Cat Camshaft"}}]
    assert answer == [{"outcome": "FOUND", "paths": [{"band": "FAINT", "segments": steps}]}, ["BAD_USER_INPUT"]]


async def test_curl_asks_with_variables(served: Served) -> None:
    url, secret = served
    answer = json.loads(await ran("bash", RECIPES / "curl.sh", URL=url, TOKEN=secret))

    assert answer == {"data": {"tie": {"band": "WARM", "evidenceCount": 2}}, "extensions": {"cost": 1}}


async def test_a_notebook_sees_routes_as_a_frame_and_a_graph(served: Served) -> None:
    shown = await ran(sys.executable, RECIPES / "notebook.py", *served, PYTHONPATH=ROOT)

    assert shown == SHOWN


SHOWN = """\
FAINT 0.0348: Ann Alloy → Ben Bearing → Cat Camshaft because It is number 1 with a strength of 0.0348: \
0.4123 x 0.1204 x 0.7 for one hand-over.
  from_name      to_name  willingness tie_band
  Ann Alloy  Ben Bearing       0.4123     WARM
Ben Bearing Cat Camshaft       0.1204    FAINT
{'per-ann': 0.5, 'per-ben': 1.0, 'per-cat': 0.5}
person_name  role   start provenance_source_name
  Ann Alloy buyer 2019-05           The register
"""


def test_the_document_of_recipes_holds_the_files_that_were_run() -> None:
    blocks = re.findall(r"`([^`\n]+)`:\n\n```\w+\n(.*?)```\n", INTEGRATIONS.read_text("utf-8"), re.DOTALL)

    assert dict(blocks) == {
        file.relative_to(RECIPES).as_posix(): file.read_text("utf-8")
        for file in sorted(RECIPES.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
