"""An invented society of any size: people in companies, ties with skewed degrees, and the evidence for them.

Half of a person's ties lie within their own trade. Who has how many ties follows a lognormal law: most have about
fifteen, one in ten has fifty, and the best connected some 345. The same seed gives the same society.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from network.dates import ordinal

AS_OF = "2026-11-23"
TRADES = 20
TIES_OF_ONE, EVIDENCE_OF_TIE, STAFF = 10, 3, 20  # ties a person (each has two ends), evidence a tie, people a company
SKEW, MOST = 0.92, 16.0  # the law's sigma, and the most anybody weighs against the mean
YEARS = 8
HALF = 0.5
TEAM = 30
LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
ID_LETTERS = 24

# Of the kinds that are drawn, how often: much is small, as it is in life.
KINDS = {
    "CO_AFFILIATION": 0.18,
    "DECLARED": 0.02,
    "MEETING": 0.10,
    "CALL": 0.10,
    "CORRESPONDENCE": 0.25,
    "CARD_SWAPPED": 0.10,
    "CARD_GIVEN": 0.05,
    "SMALL_GROUP": 0.08,
    "CORRESPONDENCE_SENT": 0.02,
    "SHARED_EVENT": 0.10,
}
INTERVAL = "CO_AFFILIATION"
CLASSES = (0.6, 0.25, 0.12, 0.03)  # PUBLIC, MEMBERS, STAFF, LOBBYING
CONFIDENCES = (1.0, 0.9, 0.75, 0.5)
SOURCES = 40

Ints = NDArray[np.int32]
Text = NDArray[np.bytes_]


@dataclass(frozen=True, slots=True)
class Society:
    """Columns: `people` and `companies` are ids, `employer` the company of each person, a tie `a[i]` and `b[i]`."""

    seed: int
    people: Text
    companies: Text
    employer: Ints
    a: Ints
    b: Ints
    evidence: "Evidence"

    @classmethod
    def of(cls, ties: int, seed: int) -> Self:
        """A society with so many ties, ten times fewer people, and three times as much evidence."""
        dice = np.random.default_rng(seed)
        number = ties // TIES_OF_ONE
        trade = np.arange(number) * TRADES // number
        a, b = _pairs(dice, trade, ties)
        companies = max(number // STAFF, TRADES)
        return cls(
            seed=seed,
            people=ids(dice, "per", number),
            companies=ids(dice, "org", companies),
            employer=_employers(dice, number, companies),
            a=a,
            b=b,
            evidence=Evidence.of(dice, a, b),
        )

    @property
    def degrees(self) -> Ints:
        """How many ties each person has."""
        return np.bincount(np.concatenate([self.a, self.b]), minlength=len(self.people)).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence in columns: of which tie, from `start` to `end`, days as ordinals, `since` 0 where it is a point."""

    id: Text
    key: Text
    start: Ints
    end: Ints
    kind: NDArray[np.int8]
    since: Ints
    on: Ints
    confidence: NDArray[np.float64]
    intensity: NDArray[np.float64]
    vis: NDArray[np.int16]
    source: Ints
    tie: Ints

    @classmethod
    def of(cls, dice: np.random.Generator, a: Ints, b: Ints) -> Self:
        """The evidence of these ties."""
        tie = np.repeat(np.arange(len(a), dtype=np.int32), EVIDENCE_OF_TIE)
        number = len(tie)
        turned = dice.random(number) < HALF
        kind = dice.choice(len(KINDS), number, p=list(KINDS.values())).astype(np.int8)
        today = ordinal(AS_OF)
        on = (today - dice.integers(0, YEARS * 365, number)).astype(np.int32)
        lasting = kind == list(KINDS).index(INTERVAL)
        since = np.where(lasting, on - dice.integers(90, 6 * 365, number), 0).astype(np.int32)
        return cls(
            id=ids(dice, "kno", number),
            key=ids(dice, "key", number),
            start=np.where(turned, b[tie], a[tie]).astype(np.int32),
            end=np.where(turned, a[tie], b[tie]).astype(np.int32),
            kind=kind,
            since=since,
            on=on,
            confidence=dice.choice(np.array(CONFIDENCES), number),
            intensity=np.where(lasting, 0.74, 1.0),
            vis=dice.choice(len(CLASSES), number, p=CLASSES).astype(np.int16),
            source=dice.integers(0, SOURCES, number, dtype=np.int32),
            tie=tie,
        )

    def __len__(self) -> int:
        return len(self.tie)


def ids(dice: np.random.Generator, prefix: str, number: int) -> Text:
    """Ids as the loaders give them, each drawn once: a prefix and 24 letters."""
    letters = np.empty((number, len(prefix) + 1 + ID_LETTERS), dtype=np.uint8)
    letters[:, : len(prefix) + 1] = np.frombuffer(f"{prefix}-".encode(), dtype=np.uint8)
    letters[:, len(prefix) + 1 :] = LETTERS[dice.integers(0, 32, (number, ID_LETTERS), dtype=np.uint8)]
    return letters.view(f"S{letters.shape[1]}").reshape(number)


def _pairs(dice: np.random.Generator, trade: NDArray[np.int64], ties: int) -> tuple[Ints, Ints]:
    """So many different pairs, drawn by the weight of both ends, every other one within a trade; ascending."""
    number = len(trade)
    weight = dice.lognormal(0.0, SKEW, number)
    shares = np.cumsum(np.minimum(weight / weight.mean(), MOST))
    shares /= shares[-1]
    found = np.empty(0, dtype=np.int64)
    while len(found) < ties:
        missing = int(1.2 * (ties - len(found))) + 1000
        a = np.searchsorted(shares, dice.random(missing))
        low, high = _stretch(shares, trade, a)
        near = dice.random(missing) < HALF
        point = np.where(near, low + dice.random(missing) * (high - low), dice.random(missing))
        b = np.minimum(np.searchsorted(shares, point), number - 1)
        keys = np.minimum(a, b).astype(np.int64) << 32 | np.maximum(a, b)
        found = np.unique(np.concatenate([found, keys[a != b]]))
    found = np.sort(dice.permutation(found)[:ties])
    return (found >> 32).astype(np.int32), (found & 0xFFFFFFFF).astype(np.int32)


def _stretch(
    shares: NDArray[np.float64], trade: NDArray[np.int64], people: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where the trade of each of these people lies among the shares."""
    first = np.searchsorted(trade, np.arange(TRADES + 1))
    edges = np.concatenate([[0.0], shares])[first]
    return edges[trade[people]], edges[trade[people] + 1]


def _employers(dice: np.random.Generator, people: int, companies: int) -> Ints:
    """The company of each person: every tenth has exactly `TEAM` people, the others more or fewer."""
    size = np.full(companies, TEAM)
    others = np.arange(companies) % 10 > 0
    weight = dice.lognormal(0.0, 0.8, int(others.sum()))
    size[others] = dice.multinomial(people - size[~others].sum(), weight / weight.sum())
    return np.repeat(np.arange(companies, dtype=np.int32), size)
