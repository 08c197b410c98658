"""How alike two names are: whether they may be two spellings of one person or one organization.

A name is compared by its folded words. Titles and honours of people and legal forms of organizations tell nobody apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from service.graph.folding import words
from service.graph.model import AgentKind


class Likeness(IntEnum):
    """How two names of one thing may differ, the surest first."""

    SAME = 0  # in case, accents and punctuation
    BARE = 1  # in titles or legal forms
    TURNED = 2  # in the order of their words
    SHORTENED = 3  # in initials, beginnings of words, or middle names
    SPELLED = 4  # in a letter or two


# What stands beside a name and does not belong to it.
_BESIDE = {
    AgentKind.PERSON: frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord"})
    | {"lady", "baron", "baroness", "hon", "honourable", "rt", "right", "rev", "revd", "the", "mp", "msp", "obe", "mbe"}
    | {"cbe", "kbe", "dbe", "kc", "qc", "phd", "ceng"},
    AgentKind.ORGANIZATION: frozenset({"ltd", "limited", "plc", "llp", "lp", "cic", "inc", "incorporated", "llc"})
    | {"corp", "corporation", "co", "company", "gmbh", "ag", "kg", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab"}
    | {"oy", "and", "the"},
}
_LONG, _LONGER = 4, 8  # letters the longer of two words has in which one may differ, or two
_APART = 2  # letters that may differ in a whole name


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to be compared: its folded words, and those of them that do not merely stand beside it."""

    kind: AgentKind
    words: tuple[str, ...]
    bare: tuple[str, ...]

    @classmethod
    def of(cls, text: str, kind: AgentKind) -> Name:
        """A name of a person or an organization; where all of it stands beside, that is the name."""
        every = tuple(words(text))
        return cls(kind, every, tuple(word for word in every if word not in _BESIDE[kind]) or every)


def likeness(one: Name, other: Name) -> Likeness | None:
    """How alike two names of one kind are; None where they are names of two."""
    if one.words == other.words:
        return Likeness.SAME
    left, right = one.bare, other.bare
    if not left or not right:
        return None
    if left == right:
        return Likeness.BARE
    if sorted(left) == sorted(right):
        return Likeness.TURNED
    if any(_shortened(turned, right, one.kind) for turned in _turned(left)):
        return Likeness.SHORTENED
    return Likeness.SPELLED if _spelled(left, right) else None


def _turned(name: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words as they stand, and with the family name first or last instead."""
    yield name
    yield [*name[1:], name[0]]
    yield [name[-1], *name[:-1]]


def _shortened(left: Sequence[str], right: Sequence[str], kind: AgentKind) -> bool:
    """Whether the words of one stand for those of the other in turn; people may leave middle names out."""
    short, long = sorted((left, right), key=len)
    if len(short) != len(long) and (kind is AgentKind.ORGANIZATION or len(short) < 2):  # noqa: PLR2004 (both its ends)
        return False
    middle = _picked(short[1:-1], long[1:-1])
    chosen = None if middle is None else [long[0], *middle, *long[-1:]][: len(short)]
    if chosen is None or not all(_stands_for(a, b) for a, b in zip(short, chosen, strict=True)):
        return False
    return any(a == b and len(a) > 1 for a, b in zip(short, chosen, strict=True))


def _picked(short: Sequence[str], long: Sequence[str]) -> list[str] | None:
    """The first words of the longer list, in order, that those of the shorter stand for."""
    rest = iter(long)
    found = [next((other for other in rest if _stands_for(word, other)), None) for word in short]
    return None if None in found else [word for word in found if word is not None]


def _stands_for(one: str, other: str) -> bool:
    """Whether two words are the same, or one is the beginning of the other; a number begins no other number."""
    return one == other or (one.isalpha() and other.isalpha() and (one.startswith(other) or other.startswith(one)))


def _spelled(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two names are the same but for a letter or two, or for where a word ends."""
    if "".join(left) == "".join(right):
        return True
    if len(left) != len(right):
        return False
    return any(_near(zip(a, b, strict=True)) for a, b in ((left, right), (sorted(left), sorted(right))))


def _near(pairs: Iterator[tuple[str, str]]) -> bool:
    apart = 0
    for one, other in pairs:
        allowed = _allowed(one, other)
        if one == other:
            continue
        if abs(len(one) - len(other)) > allowed or (steps := distance(one, other)) > allowed:
            return False
        apart += steps
    return apart <= _APART


def _allowed(one: str, other: str) -> int:
    long = max(len(one), len(other))
    if long < _LONG or not (one.isalpha() and other.isalpha()):
        return 0
    return 1 if long < _LONGER else 2


def distance(one: str, other: str) -> int:
    """How many letters must be added, left out, replaced, or changed with the next one, to turn a word into another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letters in enumerate(pairwise(f" {one}"), 1):
        above, before, row = before, row, [i]
        for j, others in enumerate(pairwise(f" {other}"), 1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letters[1] != others[1]))
            if i > 1 and j > 1 and letters == others[::-1]:
                step = min(step, above[j - 2] + 1)
            row.append(step)
    return row[-1]
