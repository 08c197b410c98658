"""The table of hard cases, held to the tests it names."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (.+) \| `(tests/\S+\.py)::(test_\w+)` \|$", re.MULTILINE)


def table() -> list[tuple[str, str, str]]:
    """Each case with the file and the name of its test."""
    return ROW.findall((ROOT / "docs" / "cases.md").read_text(encoding="utf-8"))


def kept(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_each_hard_case_names_a_test_that_exists() -> None:
    found = {file: kept(file) for file in {file for _, file, _ in table()}}
    assert [(case, file, name) for case, file, name in table() if name not in found[file]] == []


def test_every_row_of_the_table_is_a_case_with_one_test_and_none_is_told_twice() -> None:
    lines = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|") and line not in {"| case | test |", "|---|---|"}]
    cases = [case for case, _, _ in table()]
    assert (len(rows), len(set(cases))) == (len(cases), len(cases))
    assert len(cases) > 0
