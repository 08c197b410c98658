"""What is said of the companies of an invented society: who works there, whom they supply, what they can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np

from bench.scale.memory import FIRST, NOT_EVIDENCE, PUBLIC, source_ids, texts
from bench.scale.society import Society
from network.dates import moment
from service.graph.folding import fold
from service.graph.model import digest

OPEN = ".."
SINCE = "2019-04"
SUPPLIERS, ABILITIES = 4, 3  # of one company
BRANCHES, LEAVES = 20, 10  # capabilities are a tree
MEMBER_EVERY = 3
GIVEN = (
    "Ada",
    "Ben",
    "Cleo",
    "Dev",
    "Elin",
    "Femi",
    "Gwen",
    "Hal",
    "Iris",
    "Jon",
    "Kit",
    "Lena",
    "Milo",
    "Nia",
    "Omar",
    "Pia",
)
FAMILY = ("Abara", "Berg", "Costa", "Dunn", "Ekman", "Farrow", "Grant", "Hale", "Ito", "Jarvis", "Kerr", "Lund", "Moss")

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims of one type: where each begins and ends, by number, and what it stores."""

    type: str
    start: str
    end: str
    rows: list[tuple[int, int, Row]]


def people(society: Society) -> Iterator[Row]:
    """The nodes of the people."""
    for number, id in enumerate(texts(society.people)):
        yield _named(id, f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]} {number}")


def companies(society: Society) -> Iterator[Row]:
    """The nodes of the companies; the first is the association."""
    for number, id in enumerate(texts(society.companies)):
        yield _named(id, f"Company {number}" if number else "Association") | {"country": "GB" if number % 4 else "IT"}


def capabilities() -> list[Row]:
    """The nodes of the capabilities, broader ones first."""
    names = [f"Craft {branch}" for branch in range(BRANCHES)]
    names += [f"Craft {branch}.{leaf}" for branch in range(BRANCHES) for leaf in range(LEAVES)]
    return [_named(digest("cap", name), name) | {"source": source_ids()[0]} for name in names]


def sources() -> Iterator[Row]:
    """The nodes of the sources."""
    for number, id in enumerate(source_ids()):
        title = f"Register {number}"
        yield {"id": id, "slug": f"bench/{number}", "title": title, "mode": "LOG", "search": fold(title), **_stamps()}


def claims(society: Society) -> list[Claims]:
    """All claims but evidence."""
    dice, serial = np.random.default_rng(society.seed + 1), count()
    firms = len(society.companies)
    people, orgs = texts(society.people), texts(society.companies)
    abilities = [str(row["id"]) for row in capabilities()]
    supply = _some(dice, firms, SUPPLIERS, firms)
    able = _some(dice, firms, ABILITIES, len(abilities))
    return [
        Claims(
            "WORKS_FOR",
            "agent",
            "agent",
            [
                (person, len(people) + int(firm), _claim(serial, people[person], orgs[int(firm)], role="engineer"))
                for person, firm in enumerate(society.employer)
            ],
        ),
        Claims(
            "SUPPLIES",
            "agent",
            "agent",
            [
                (
                    len(people) + a,
                    len(people) + b,
                    _claim(serial, orgs[a], orgs[b], capability=abilities[(a + b) % len(abilities)]),
                )
                for b, a in supply
                if a != b
            ],
        ),
        Claims(
            "HAS_CAPABILITY",
            "agent",
            "capability",
            [
                (len(people) + firm, ability, _claim(serial, orgs[firm], abilities[ability], level="PROVEN"))
                for firm, ability in able
            ],
        ),
        Claims(
            "BROADER",
            "capability",
            "capability",
            [
                (BRANCHES + leaf, leaf // LEAVES, _claim(serial, abilities[BRANCHES + leaf], abilities[leaf // LEAVES]))
                for leaf in range(BRANCHES * LEAVES)
            ],
        ),
        Claims(
            "MEMBER_OF",
            "agent",
            "agent",
            [
                (len(people) + firm, len(people), _claim(serial, orgs[firm], orgs[0]))
                for firm in range(1, firms, MEMBER_EVERY)
            ],
        ),
    ]


def _some(dice: np.random.Generator, begins: int, each: int, ends: int) -> list[tuple[int, int]]:
    """About so many ends for each, never one of them twice."""
    drawn = {(number // each, int(end)) for number, end in enumerate(dice.integers(0, ends, begins * each))}
    return sorted(drawn)


def _named(id: str, name: str) -> Row:
    return {"id": id, "name": name, "search": fold(name), **_stamps()}


def _stamps() -> Row:
    return {"vis": PUBLIC, "revision": NOT_EVIDENCE, "recordedAt": moment(FIRST)}


def _claim(serial: Iterator[int], a: str, b: str, **attributes: str) -> Row:
    number = next(serial)
    said = {"id": digest("clm", number), "key": digest("key", number), "source": source_ids()[0], "confidence": 1.0}
    dates = {"start": SINCE, "end": OPEN, "earliest": f"{SINCE}-01", "latest": "9999-12-31"}
    return {**said, **dates, "origin": f"{a};{b}", **attributes, **_stamps()}
