from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.joints import Hold, Pair, acquaintances, close, hold, warm
from network.projection import Projection
from network.strength import WARM_FROM
from network.strengths import Ints
from network.view import View
from tests.network.samples import PRIOR, TODAY, several

PEOPLE = "abcdefgh"
CLEARANCE = frozenset({0})
# Kinds that make a warm tie alone, one of one direction, and one that never does.
KINDS = ["MEETING", "DECLARED", "SHARED_EVENT"]

names = st.sampled_from(PEOPLE)
items = st.tuples(names, names, st.sampled_from(KINDS), st.integers(0, 900)).filter(lambda item: item[0] != item[1])
places = st.lists(st.sets(names), min_size=2, max_size=4)


def seen(items: Sequence[tuple[str, str, str, int]]) -> View:
    evidence = [
        EvidenceRow(f"{number}", a, b, kind, None, TODAY - ago, 1.0, 1.0, 0, 1, None, "list")
        for number, (a, b, kind, ago) in enumerate(items)
    ]
    agents = [AgentRow(id, 0, organization=False) for id in PEOPLE + "xyz"]
    pages = [Delta(1, agents, [SourceRow("list", 0)]), Delta(1, evidence=evidence)]
    return Projection.of(PRIOR, pages).view(CLEARANCE, TODAY)


def met(*pairs: str) -> View:
    return seen([(pair[0], pair[1], "MEETING", 0) for pair in pairs])


def drawn(found: Sequence[Pair]) -> list[str]:
    return [pair.a + pair.b for pair in found]


def pairs(*between: str) -> list[Pair]:
    return [Pair(pair[0], pair[1], 0.35) for pair in between]


@several
@given(st.lists(items, max_size=16), places)
def test_the_pairs_of_a_joint_are_those_a_look_at_every_two_people_finds(
    items: list[tuple[str, str, str, int]], places: list[set[str]]
) -> None:
    view = seen(items)
    between = [(a, b) for a in range(len(places)) for b in range(len(places)) if a != b]
    groups = [view.numbers(place) for place in places]

    found = warm(view, close(view), groups, between)

    assert [[(pair.a, pair.b) for pair in one] for one in found] == [
        _every(view, places[a], places[b]) for a, b in between
    ]


def _every(view: View, ours: set[str], theirs: set[str]) -> list[tuple[str, str]]:
    """Warm pairs by trying all, those who may stand at either side by the first id first."""
    pairs: dict[frozenset[str], tuple[tuple[float, str, str], tuple[str, str]]] = {}
    for a in sorted(ours):
        for b in sorted(theirs - {a}):
            tie = view.tie(a, b)
            if tie is not None and tie.strength >= WARM_FROM and tie.mutual:
                pairs.setdefault(frozenset({a, b}), ((-round(tie.strength, 12), a, b), (a, b)))
    return [pair for _, pair in sorted(pairs.values())]


@several
@given(st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), max_size=6), st.sets(names))
def test_two_share_nobody_where_a_look_at_every_two_finds_it(between: list[tuple[str, str]], both: set[str]) -> None:
    edges = [{*pair} for pair in between] + [{one} for one in sorted(both)]
    apart = any(not one & other for one, other in combinations(edges, 2))

    found = hold([Pair(a, b, 0.2) for a, b in between], sorted(both))

    assert (found.apart, found.pairs) == (apart, len(edges))


def test_the_second_pair_shares_nobody_with_the_best_though_others_are_stronger() -> None:
    ax, ay, bx, cz = pairs("ax", "ay", "bx", "cz")

    assert hold([ax, ay, cz], []) == Hold(ax, cz, 3, apart=True)
    assert hold([ax, ay, bx], []) == Hold(ax, None, 3, apart=True)
    assert hold([ax, ay], []) == Hold(ax, None, 2, apart=False)
    assert hold([], []) == Hold(None, None, 0, apart=False)


def test_three_pairs_in_a_ring_of_three_never_leave_two_apart() -> None:
    assert not hold(pairs("ab", "bc", "ca"), []).apart


def test_whoever_is_at_both_places_is_a_pair_of_their_own() -> None:
    (ax,) = pairs("ax")

    assert hold([ax], ["a"]) == Hold(ax, None, 2, apart=False)
    assert hold([ax], ["b"]) == Hold(ax, None, 2, apart=True)
    assert hold([], ["a", "b"]) == Hold(None, None, 2, apart=True)


def test_the_supplier_stands_first_whichever_side_is_looked_through() -> None:
    view = met("ax", "ay", "az", "bx")
    groups = [view.numbers("ab"), view.numbers("xyz")]

    ours, theirs = warm(view, close(view), groups, [(0, 1), (1, 0)])

    assert (drawn(ours), drawn(theirs)) == (["ax", "ay", "az", "bx"], ["xa", "xb", "ya", "za"])


def test_a_strength_at_the_border_is_folded_as_the_tie_that_is_shown() -> None:
    view = seen([("a", "x", "BENEFIT", 0), ("b", "x", "BENEFIT", 1)])
    tie = view.tie("a", "x")

    (found,) = warm(view, close(view), [view.numbers("ab"), view.numbers("x")], [(0, 1)])

    assert tie is not None
    assert tie.strength == pytest.approx(WARM_FROM, abs=1e-15)
    assert drawn(found) == (["ax"] if tie.strength >= WARM_FROM else [])


def test_no_joints_and_nobody_anywhere_are_no_pairs() -> None:
    view, nobody = met("ax"), np.empty(0, dtype=np.int32)

    assert warm(view, close(view), [], []) == []
    assert warm(view, close(view), [nobody, nobody], [(0, 1)]) == [[]]
    assert warm(view, close(view), [nobody, view.numbers("a")], [(0, 1), (1, 0)]) == [[], []]


def test_acquaintances_are_those_of_warm_ties_and_oneself() -> None:
    view = seen([("a", "x", "MEETING", 0), ("a", "y", "SHARED_EVENT", 0), ("x", "z", "MEETING", 0)])

    def of(people: str) -> list[str]:
        numbers: Ints = view.numbers(people)
        return sorted(acquaintances(view, close(view), numbers))

    assert (of("a"), of("yz"), of("")) == (["a", "x"], ["x", "y", "z"], [])
