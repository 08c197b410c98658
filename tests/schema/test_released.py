"""What was released stays: a document that was right then is right now, until the first number of the version moves."""

from importlib.metadata import version
from pathlib import Path

import pytest
from graphql import build_schema, find_breaking_changes

import schema

FOLDER = Path(schema.__file__).parent / "released"


def number(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


RELEASED = max(FOLDER.glob("*.graphql"), key=lambda file: number(file.stem))
LAST = RELEASED.read_text("utf-8")


def breaks(before: str, after: str) -> list[str]:
    """What of a contract no longer holds in another one."""
    return [change.description for change in find_breaking_changes(build_schema(before), build_schema(after))]


def test_nothing_of_the_last_release_is_broken() -> None:
    broken = breaks(LAST, schema.sdl())

    assert broken == [] or number(version("paddock"))[0] > number(RELEASED.stem)[0], broken


def test_the_last_release_is_not_ahead_of_the_program() -> None:
    assert number(RELEASED.stem) <= number(version("paddock"))


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("  nearestHops: Int\n", "  hops: Int\n", "Field PathResult.nearestHops was removed."),
        (
            "  nearestHops: Int\n",
            "  nearestHops: String\n",
            "Field PathResult.nearestHops changed type from Int to String.",
        ),
        ("  NONE_VISIBLE\n", "  HIDDEN\n", "Enum value PathOutcome.NONE_VISIBLE was removed."),
        (
            "    text: String!\n  ): SearchConnection",
            "    text: ID!\n  ): SearchConnection",
            "Argument Query.search(text:) has changed type from String! to ID!.",
        ),
    ],
)
def test_a_break_is_seen(was: str, becomes: str, told: str) -> None:
    assert was in LAST
    assert breaks(LAST, LAST.replace(was, becomes)) == [told]
