import subprocess
import sys
from collections.abc import Mapping

import pytest

import cypher
from cypher import __main__ as command
from cypher import lint


def test_the_command_prints_each_finding_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def files() -> Mapping[str, str]:
        return {"cypher/a/b.cypher": "// One.\nRETURN [{id: 1}] AS rows;\n"}

    monkeypatch.setattr(cypher, "files", files)
    assert command.main([]) == 1
    said = capsys.readouterr()
    assert said.out == "cypher/a/b.cypher:2: has a semicolon; a file holds one statement and needs none [statement]\n"
    assert said.err == "1 query files, 1 findings\n"


def test_the_command_runs_over_all_shipped_files() -> None:
    files = cypher.files()
    found = lint.check_all(files)
    done = subprocess.run([sys.executable, "-m", "cypher"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        1 if found else 0,
        "".join(f"{item}\n" for item in found),
        f"{len(files)} query files, {len(found)} findings\n",
    )
