"""The page that answers every question."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "queries.md"


@pytest.mark.slow
@pytest.mark.embedded
def test_the_page_of_questions_shows_what_the_program_answers() -> None:
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PADDOCK_")}
    printed = subprocess.run(
        [sys.executable, "-m", "service.cli.answers"], stdout=subprocess.PIPE, check=True, encoding="utf-8", env=mine
    )
    assert PAGE.read_text(encoding="utf-8") == printed.stdout, "run python -m service.cli.answers > docs/queries.md"
