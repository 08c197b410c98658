import re
from pathlib import Path

from bench import drawing, tables

BENCH = Path(tables.__file__).parent


def test_the_tables_people_read_are_those_of_the_last_results() -> None:
    head, _, told = tables.README.read_text("utf-8").partition(tables.MARK)
    assert told.strip() == tables.told().strip()
    assert head.strip().endswith("# Last results")


def test_the_picture_of_growth_is_drawn_from_the_last_results() -> None:
    assert tables.PICTURE.read_text("utf-8") == drawing.growth(tables.stored("growth"))


def test_every_cypher_file_of_the_benchmark_is_used_in_it() -> None:
    used = {
        name for file in BENCH.rglob("*.py") for name in re.findall(r'"([a-z0-9_]+)"', file.read_text(encoding="utf-8"))
    }
    assert {file.stem for file in BENCH.rglob("*.cypher")} - used == set()
