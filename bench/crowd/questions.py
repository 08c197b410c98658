"""What a crowd asks: look-ups, searches, routes and entries, each with how its answer is checked."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import cast

from bench.crowd.line import Answer, Line
from bench.timing import Unequal

HOME = Path(__file__).parent
LOOK_UP, SEARCH, PATHS, CONTACT = (
    (HOME / f"{name}.graphql").read_text("utf-8") for name in ("lookup", "search", "paths", "contact")
)
CHANCES = 0.5  # of a route's being asked as it was known before the crowd came


class Kind(StrEnum):
    """A kind of question."""

    LOOK_UP = "look-ups"
    SEARCH = "searches"
    PATHS = "routes"
    WRITE = "entries"


SHARES: Mapping[Kind, int] = {Kind.LOOK_UP: 60, Kind.SEARCH: 20, Kind.PATHS: 10, Kind.WRITE: 10}
Fits = Callable[[Answer], bool]


@dataclass(frozen=True, slots=True)
class Question:
    """A document with its variables, and whether an answer is right."""

    kind: Kind
    query: str
    variables: Mapping[str, object]
    fits: Fits


@dataclass(slots=True)
class Questions:
    """All a crowd may ask: what nobody changes with the body it has to have, and what changes as they write."""

    people: Sequence[str]
    lasting: Mapping[Kind, Sequence[Question]]
    as_of: str
    written: int = 0

    def draw(self, chance: random.Random) -> Question:
        """The next question of a user."""
        (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
        if kind is Kind.WRITE:
            return self._contact(*chance.sample(self.people, 2))
        if kind is Kind.PATHS and chance.random() >= CHANCES:
            return present(chance.choice(self.lasting[kind]).variables)
        return chance.choice(self.lasting[kind])

    def _contact(self, start: str, end: str) -> Question:
        self.written += 1
        key = f"crowd {self.written}"
        given = {"idempotencyKey": key, "from": start, "to": end, "kind": "CALL", "on": self.as_of}
        return Question(Kind.WRITE, CONTACT, {"input": given}, _recorded)


async def questions(
    line: Line, names: Mapping[str, str], pairs: Sequence[tuple[str, str]], as_of: str, known_at: str
) -> Questions:
    """What people of these names are asked about, each question asked once; Unequal where an answer makes no sense."""
    found: dict[Kind, list[Question]] = {
        Kind.LOOK_UP: [await _kept(line, Kind.LOOK_UP, LOOK_UP, {"id": id}) for id in names],
        Kind.SEARCH: [await _kept(line, Kind.SEARCH, SEARCH, {"text": name}) for name in names.values()],
        Kind.PATHS: [
            await _kept(line, Kind.PATHS, PATHS, {"from": a, "to": b, "asOf": as_of, "knownAt": known_at})
            for a, b in pairs
        ],
    }
    for (id, name), one, other in zip(names.items(), found[Kind.LOOK_UP], found[Kind.SEARCH], strict=True):
        answers = [await line.ask(each.query, each.variables) for each in (one, other)]
        if not all(id in answer.body.decode() for answer in answers):
            raise Unequal(f"{name} is not found: {[answer.body for answer in answers]}")
    return Questions(list(names), found, as_of)


def present(variables: Mapping[str, object]) -> Question:
    """The same routes with all that is known by now."""
    start, end = variables["from"], variables["to"]
    return Question(Kind.PATHS, PATHS, {**variables, "knownAt": None}, lambda answer: _leads(answer, start, end))


async def _kept(line: Line, kind: Kind, query: str, variables: Mapping[str, object]) -> Question:
    """A question whose answer has to stay as it is now, to the last byte."""
    answer = await line.ask(query, variables)
    if answer.data() is None:
        raise Unequal(f"{kind}: {variables} was answered {answer.body!r}")
    return Question(kind, query, variables, lambda other: other.body == answer.body)


def _recorded(answer: Answer) -> bool:
    told = cast("dict[str, dict[str, object]] | None", answer.data())
    return told is not None and told["recordContact"]["errors"] == [] and told["recordContact"]["evidence"] is not None


def _leads(answer: Answer, start: object, end: object) -> bool:
    """Whether routes lead from one to the other, step by step, the best one first."""
    told = cast("dict[str, dict[str, list[dict[str, object]]]] | None", answer.data())
    if told is None:
        return False
    paths = told["introductionPaths"]["paths"]
    strengths = [cast("float", path["strength"]) for path in paths]
    return (
        bool(paths) and strengths == sorted(strengths, reverse=True) and all(_whole(path, start, end) for path in paths)
    )


def _whole(path: Mapping[str, object], start: object, end: object) -> bool:
    steps = cast("list[dict[str, dict[str, object]]]", path["segments"])
    joints = all(one["to"]["id"] == other["from"]["id"] for one, other in pairwise(steps))
    return joints and (steps[0]["from"]["id"], steps[-1]["to"]["id"]) == (start, end)
