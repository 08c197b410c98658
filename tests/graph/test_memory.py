"""What is kept between questions, and when it is forgotten."""

from collections.abc import Mapping

from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.memory import MOST, Kind, Memory, Same, kept
from service.graph.store import Scope
from tests.graph.little import NOW

WORDS: Kind[str] = Kind("words")
LETTERS: Kind[str] = Kind("letters")
TODAY = At.of(ALWAYS, NOW)


def seen(revision: int | None = 1, *vis: int) -> Scope:
    return Scope(vis or (0,), revision)


async def test_only_what_is_missing_is_read() -> None:
    shelf, asked = {"a": "A"}, list[list[str]]()

    async def read(ids: list[str]) -> Mapping[str, str]:
        asked.append(ids)
        return {id: id.upper() for id in ids}

    await kept(shelf, ["b", "a", "c", "b"], read)
    await kept(shelf, ["c", "a"], read)

    assert (shelf, asked) == ({"a": "A", "b": "B", "c": "C"}, [["b", "c"]])


def test_a_shelf_belongs_to_a_kind_a_scope_a_day_a_moment_and_its_terms() -> None:
    memory = Memory()
    then, known = At.of(When("2020-01-01"), NOW), At.of(When(None, "2026-01-01T00:00:00Z"), NOW)
    shelves = [
        memory.shelf(WORDS, seen(), TODAY),
        memory.shelf(LETTERS, seen(), TODAY),
        memory.shelf(WORDS, seen(1, 0, 1), TODAY),
        memory.shelf(WORDS, seen(), then),
        memory.shelf(WORDS, seen(), known),
        memory.shelf(WORDS, seen(), TODAY, "LATEST"),
    ]

    for number, shelf in enumerate(shelves):
        shelf["number"] = str(number)

    assert [shelf["number"] for shelf in shelves] == ["0", "1", "2", "3", "4", "5"]
    later = At(TODAY.as_of, None, "2026-11-23T13:00:00.000000Z")
    assert memory.shelf(WORDS, Scope((0,), 1), later) == {"number": "0"}


def test_the_next_revision_begins_with_empty_shelves_and_an_earlier_one_has_none() -> None:
    memory = Memory()
    memory.shelf(WORDS, seen(1), TODAY)["a"] = "A"

    assert memory.shelf(WORDS, seen(1), TODAY) == {"a": "A"}
    assert memory.shelf(WORDS, seen(None), TODAY) == {}
    assert memory.shelf(WORDS, seen(2), TODAY) == {}
    memory.shelf(WORDS, seen(1), TODAY)["b"] = "B"
    assert memory.shelf(WORDS, seen(1), TODAY) == {}


def test_the_shelf_unused_for_longest_goes_first() -> None:
    memory = Memory()
    for number in range(MOST):
        memory.shelf(WORDS, seen(), TODAY, number)["a"] = str(number)
    memory.shelf(WORDS, seen(), TODAY, 0)
    memory.shelf(WORDS, seen(), TODAY, MOST)

    assert [memory.shelf(WORDS, seen(), TODAY, number) for number in (0, 2)] == [{"a": "0"}, {"a": "2"}]
    assert memory.shelf(WORDS, seen(), TODAY, 1) == {}


class Thing:
    """Equal to all of its kind."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    def __hash__(self) -> int:
        return 1


def test_two_things_that_are_equal_are_not_the_same_term_and_one_that_is_gone_is_none() -> None:
    one, other = Thing(), Thing()
    gone = Same(Thing())

    assert (Same(one) == Same(one), Same(one) == Same(other), gone == Same(one)) == (True, False, False)
    assert len({Same(one), Same(one), Same(other)}) == 2
