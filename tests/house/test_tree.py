import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ["cypher", "network", "service", "schema", "loaders", "packs", "web", "paddock", "bench"]
LONGEST = 500
CYPHER = re.compile(r"\b(MATCH|MERGE|UNWIND|CREATE)\s*\(|\bRETURN\b.+\bAS\b")
TARGETS = re.compile(r"^([a-z]+):", re.MULTILINE)


def python(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def texts(file: Path) -> list[str]:
    """The strings of a Python file, a formatted one as the text between its values."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def told(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_python_file_has_outgrown_a_screenful_of_rooms() -> None:
    lengths = {told(file): len(file.read_text(encoding="utf-8").splitlines()) for file in python(*SHIPPED, "tests")}
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_every_question_to_the_graph_stands_in_a_file_of_its_own_and_none_in_python() -> None:
    # The binder knows the words of the language, and a benchmark asks what it compares with.
    folders = [folder for folder in SHIPPED if folder not in {"cypher", "bench"}]
    asking = {told(file) for file in python(*folders) if any(CYPHER.search(text) for text in texts(file))}
    assert asking == set()


def test_every_target_of_the_makefile_is_described_at_its_top() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    head = makefile.split("\n\n")[0]
    described = set(re.findall(r"^# make ([a-z]+)", head, re.MULTILINE))
    parts_of_check = {"format", "lint", "types", "mypy", "pyright", "arrows", "queries"}
    assert set(TARGETS.findall(makefile)) - parts_of_check == described
