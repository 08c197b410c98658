import re
from pathlib import Path

from bench import tables

BENCH = Path(tables.__file__).parent


def test_the_tables_people_read_are_those_of_the_last_results() -> None:
    head, _, told = tables.README.read_text("utf-8").partition(tables.MARK)
    assert told.strip() == tables.told().strip()
    assert head.strip().endswith("# Last results")


def test_every_cypher_file_of_the_benchmark_is_used_in_it() -> None:
    used = {
        name for file in BENCH.rglob("*.py") for name in re.findall(r'"([a-z0-9_]+)"', file.read_text(encoding="utf-8"))
    }
    assert {file.stem for file in BENCH.rglob("*.cypher")} - used == set()
