import math
from collections.abc import Collection, Iterable
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import search
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.paths import best_from, best_to, disjoint, nearest_hops, routes
from network.projection import Projection
from network.route import Found, Route
from network.strength import Band
from network.view import Neighbour
from tests.network.networks import CLEARANCE, Small, barred, ends, small, unbarred
from tests.network.samples import PRIOR, TODAY, several

SEEDS = range(200)
FEWER = range(80)


def drawn(found: Iterable[Route]) -> list[tuple[str, ...]]:
    return [route.agents for route in found]


def network(*ties: tuple[str, str, float], organizations: Collection[str] = ()) -> Small:
    agents = sorted({agent for a, b, _ in ties for agent in (a, b)})
    return Small(agents, frozenset(organizations), {frozenset((a, b)): willingness for a, b, willingness in ties})


@pytest.mark.parametrize("many", [0, search.MANY])
@pytest.mark.parametrize("max_hops", [1, 2, 3, 4])
def test_routes_are_those_of_an_exhaustive_search_on_200_networks(
    max_hops: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MANY", many)
    for seed in SEEDS:
        drawing = small(seed, size=7 + seed % 5, density=0.3 + seed % 3 / 10, levels=1 + seed % 4)
        sources, targets, blocked = ends(seed, drawing)
        k = seed % 20 + 1
        expected = drawing.all_routes(sources, targets, max_hops, blocked)[:k]
        found = routes(drawing.view(), sources, targets, k=k, max_hops=max_hops, blocked=blocked)
        assert (drawn(found.routes), found.truncated) == (expected, False)


def test_the_strength_of_a_route_is_the_product_of_its_ties_and_of_each_handing_on() -> None:
    drawing = network(("ann", "bob", 0.4), ("bob", "cy", 0.25), ("cy", "dee", 0.1))
    (route,) = routes(drawing.view(), ["ann"], ["dee"]).routes
    assert route.agents == ("ann", "bob", "cy", "dee")
    assert route.willingness == pytest.approx((0.4, 0.25, 0.1), abs=1e-12)
    assert route.strength == pytest.approx(0.4 * 0.25 * 0.1 * 0.7**2, abs=1e-12)
    assert (route.hops, route.band) == (3, Band.FAINT)


def test_a_shorter_route_goes_before_a_longer_one_of_the_same_cost_and_then_ids_decide() -> None:
    drawing = network(
        ("ann", "zoe", 0.07), ("ann", "cy", 0.25), ("cy", "zoe", 0.4), ("ann", "bob", 0.4), ("bob", "zoe", 0.25)
    )
    assert drawn(routes(drawing.view(), ["ann"], ["zoe"]).routes) == [
        ("ann", "zoe"),
        ("ann", "bob", "zoe"),
        ("ann", "cy", "zoe"),
    ]


def test_an_organization_is_an_end_and_never_inside() -> None:
    drawing = network(("ann", "org", 0.4), ("org", "bob", 0.4), organizations=["org"])
    view = drawing.view()
    assert drawn(routes(view, ["ann"], ["bob"]).routes) == []
    assert drawn(routes(view, ["org"], ["bob"]).routes) == [("org", "bob")]
    assert nearest_hops(view, ["ann"], ["bob"]) is None


def test_somebody_who_belongs_to_both_ends_is_a_route_of_no_hop() -> None:
    drawing = network(("ann", "bob", 0.4), ("bob", "cy", 0.4))
    found = routes(drawing.view(), ["ann", "bob"], ["bob", "cy"], max_hops=1)
    assert drawn(found.routes) == [("bob",), ("ann", "bob"), ("bob", "cy")]
    assert (found.routes[0].hops, found.routes[0].strength, found.routes[0].band) == (0, 1.0, Band.STRONG)
    assert nearest_hops(drawing.view(), ["ann", "bob"], ["bob"]) == 0


def test_nobody_of_either_end_stands_inside() -> None:
    drawing = network(("ann", "ben", 0.4), ("ben", "yan", 0.4), ("yan", "zoe", 0.4))
    assert drawn(routes(drawing.view(), ["ann", "ben"], ["yan", "zoe"]).routes) == [("ben", "yan")]


def test_a_blocked_person_stands_inside_no_route_and_may_be_its_end() -> None:
    drawing = network(("ann", "bob", 0.4), ("bob", "cy", 0.4), ("ann", "dee", 0.1), ("dee", "cy", 0.1))
    view = drawing.view()
    assert drawn(routes(view, ["ann"], ["cy"], blocked=["bob"]).routes) == [("ann", "dee", "cy")]
    assert drawn(routes(view, ["ann"], ["bob"], blocked=["bob"], max_hops=1).routes) == [("ann", "bob")]


def test_a_barred_person_stands_inside_no_route_that_starts_or_ends_at_whoever_bars_them() -> None:
    drawing = network(("ann", "bob", 0.4), ("ben", "bob", 0.3), ("bob", "cy", 0.4), ("bob", "dee", 0.1))
    view, ends = drawing.view(), (["ann", "ben"], ["cy", "dee"])
    every = [("ann", "bob", "cy"), ("ben", "bob", "cy"), ("ann", "bob", "dee"), ("ben", "bob", "dee")]
    assert drawn(routes(view, *ends).routes) == every
    assert drawn(routes(view, *ends, barred={"ann": ["bob"]}).routes) == [every[1], every[3]]
    assert drawn(routes(view, *ends, barred={"dee": ["bob"]}).routes) == [every[0], every[1]]
    assert drawn(routes(view, *ends, barred={"ann": ["bob"], "dee": ["bob"]}).routes) == [every[1]]
    assert drawn(routes(view, ["bob"], ["cy"], barred={"bob": ["bob"]}).routes) == [("bob", "cy")]
    assert nearest_hops(view, *ends, barred={"ann": ["bob"], "ben": ["bob"]}) is None


@pytest.mark.parametrize("max_hops", [2, 3, 4])
def test_barred_people_leave_those_routes_of_an_exhaustive_search_that_nobody_bars(max_hops: int) -> None:
    for seed in SEEDS:
        drawing = small(seed, size=7 + seed % 5)
        (sources, targets, blocked), bars = ends(seed, drawing), barred(seed, drawing)
        every = unbarred(drawing.all_routes(sources, targets, max_hops, blocked), bars)
        k = seed % 20 + 1
        found = routes(drawing.view(), sources, targets, k=k, max_hops=max_hops, blocked=blocked, barred=bars)
        assert (drawn(found.routes), found.truncated) == (every[:k], False)


def test_an_end_that_is_hidden_or_unknown_has_no_route() -> None:
    view = network(("ann", "bob", 0.4)).view()
    assert routes(view, ["ann"], ["nobody"]) == Found((), truncated=False)
    assert routes(view, [], ["bob"]) == Found((), truncated=False)
    assert (nearest_hops(view, ["ann"], ["nobody"]), best_from(view, [], ["bob"]).routes) == (None, ())


def test_a_tie_worth_nothing_is_a_tie_and_leads_nowhere() -> None:
    people = Delta(1, [AgentRow(id, 0, organization=False) for id in ("ann", "bob")], [SourceRow("list", 0)])
    doubted = EvidenceRow("e", "ann", "bob", "MEETING", None, TODAY, 0.0, 1.0, 0, 1, None, "list")
    view = Projection.of(PRIOR, [people, Delta(1, evidence=[doubted])]).view(CLEARANCE, TODAY)
    assert view.neighbours("ann") == [Neighbour("bob", 0.0, 0.0)]
    assert (routes(view, ["ann"], ["bob"]).routes, nearest_hops(view, ["ann"], ["bob"])) == ((), None)


@pytest.mark.parametrize("k", [0, 21])
def test_the_number_of_routes_has_bounds(k: int) -> None:
    with pytest.raises(ValueError, match=f"k is {k}; ask for 1 to 20 routes"):
        routes(network(("ann", "bob", 0.4)).view(), ["ann"], ["bob"], k=k)


@pytest.mark.parametrize("max_hops", [0, 5])
def test_the_number_of_hops_has_bounds(max_hops: int) -> None:
    with pytest.raises(ValueError, match=f"max_hops is {max_hops}; allow 1 to 4 hops"):
        disjoint(network(("ann", "bob", 0.4)).view(), ["ann"], ["bob"], max_hops=max_hops)


@pytest.mark.parametrize("max_hops", [1, 2, 3, 4])
def test_a_search_that_reaches_its_limit_says_so_and_gives_real_routes(max_hops: int) -> None:
    for seed in FEWER:
        drawing = small(seed, density=0.7)
        sources, targets, blocked = ends(seed, drawing)
        every = drawing.all_routes(sources, targets, max_hops, blocked)
        view = drawing.view()
        whole = routes(view, sources, targets, max_hops=max_hops, blocked=blocked)
        for limit in (0, 5, 20, 60):
            found = routes(view, sources, targets, max_hops=max_hops, blocked=blocked, limit=limit)
            assert set(drawn(found.routes)) <= set(every)
            assert found.truncated or found == whole


def test_without_any_work_allowed_nothing_is_found_and_the_answer_is_truncated() -> None:
    view = network(("ann", "bob", 0.4), ("bob", "cy", 0.4)).view()
    assert routes(view, ["ann"], ["cy"], limit=0) == Found((), truncated=True)


def best_choice(drawing: Small, every: list[tuple[str, ...]], k: int) -> tuple[int, float]:
    """How many routes at most share nobody in between, and what the cheapest such choice costs, by trying all."""
    costs: dict[frozenset[str], float] = {}
    free: list[float] = []
    for route in every:
        inside = frozenset(route[1:-1])
        cost = drawing.cost(route) if len(route) > 1 else -math.log(0.7)
        if inside:
            costs[inside] = min(cost, costs.get(inside, cost))
        else:
            free.append(cost)
    best: dict[int, float] = {}

    def choose(left: list[frozenset[str]], used: frozenset[str], count: int, cost: float) -> None:
        for extra in range(min(len(free), k - count) + 1):
            total = cost + math.fsum(sorted(free)[:extra])
            best[count + extra] = min(total, best.get(count + extra, total))
        if count < k:
            for at, inside in enumerate(left):
                if not inside & used:
                    choose(left[at + 1 :], used | inside, count + 1, cost + costs[inside])

    choose(list(costs), frozenset(), 0, 0.0)
    return max(best), best[max(best)]


@pytest.mark.parametrize("max_hops", [1, 2, 3, 4])
def test_disjoint_routes_are_as_many_and_as_good_as_any_choice_on_200_networks(max_hops: int) -> None:
    for seed in SEEDS:
        drawing = small(seed, size=7 + seed % 2, density=0.35 + seed % 3 / 10, levels=1 + seed % 4)
        sources, targets, blocked = ends(seed, drawing)
        bars = barred(seed, drawing) if seed % 2 else {}
        k = seed % 4 + 1
        every = unbarred(drawing.all_routes(sources, targets, max_hops, blocked), bars)
        found = disjoint(drawing.view(), sources, targets, k=k, max_hops=max_hops, blocked=blocked, barred=bars)
        chosen = drawn(found.routes)
        cost = math.fsum(-math.log(route.strength * 0.7) for route in found.routes)
        assert (found.truncated, set(chosen) <= set(every), len(set(chosen))) == (False, True, len(chosen))
        assert all(set(a[1:-1]).isdisjoint(b[1:-1]) for a, b in combinations(chosen, 2))
        assert (len(chosen), cost) == pytest.approx(best_choice(drawing, every, k), abs=1e-9)


def test_disjoint_routes_prefer_two_that_share_nobody_to_the_best_one() -> None:
    drawing = network(
        ("ann", "bob", 0.4), ("bob", "zoe", 0.1), ("bob", "cy", 0.4), ("cy", "zoe", 0.4), ("ann", "cy", 0.1)
    )
    view = drawing.view()
    assert drawn(routes(view, ["ann"], ["zoe"], k=1).routes) == [("ann", "bob", "cy", "zoe")]
    assert drawn(disjoint(view, ["ann"], ["zoe"], k=2).routes) == [("ann", "bob", "zoe"), ("ann", "cy", "zoe")]


def ranked(alone: list[tuple[Route, ...]]) -> list[tuple[int, Route]]:
    """The routes of several groups, each with the place of its group, best first."""
    return sorted(
        ((place, route) for place, found in enumerate(alone) for route in found),
        key=lambda pair: (pair[1].equal, pair[1].hops, pair[1].agents, pair[0]),
    )


def test_the_best_route_of_each_group_is_the_one_that_group_gets_alone() -> None:
    for seed in FEWER:
        drawing = small(seed)
        _, targets, blocked = ends(seed, drawing)
        groups = [ends(seed + 1000 * number, drawing)[0] for number in range(4)]
        view = drawing.view()
        for max_hops, bars in ((1, {}), (2, barred(seed, drawing)), (3, {}), (3, barred(seed, drawing)), (4, {})):
            find = partial(best_from, view, groups, targets, max_hops=max_hops, blocked=blocked, barred=bars)
            one = partial(routes, view, targets=targets, k=1, max_hops=max_hops, blocked=blocked, barred=bars)
            expected = ranked([one(sources=group).routes for group in groups])
            for most in (1, 2, None):
                found = find(most=most)
                assert (list(found.routes), found.truncated) == (expected[:most], False)


def test_the_best_route_to_each_group_is_the_one_that_is_found_for_it_alone() -> None:
    for seed in FEWER:
        drawing = small(seed, levels=1 + seed % 2)
        sources, _, blocked = ends(seed, drawing)
        groups = [ends(seed + 1000 * number, drawing)[1] for number in range(4)]
        view = drawing.view()
        for bars in ({}, barred(seed, drawing)):
            find = partial(best_to, view, sources, groups, blocked=blocked, barred=bars)
            one = partial(routes, view, sources, k=1, blocked=blocked, barred=bars)
            expected = ranked([one(group).routes for group in groups])
            assert list(find().routes) == expected
            for most in (1, 2):
                last = expected[most - 1][1].equal if len(expected) >= most else math.inf
                equal = [pair for pair in expected if pair[1].equal <= last]
                assert list(find(most=most).routes) == expected[:most]
                assert list(find(most=most, equals=True).routes) == equal


def test_the_nearest_hops_are_those_of_the_shortest_route_of_any_length() -> None:
    for seed in SEEDS:
        drawing = small(seed, size=12, density=0.18)
        sources, targets, blocked = ends(seed, drawing)
        for bars in ({}, barred(seed, drawing)):
            every = unbarred(drawing.all_routes(sources, targets, 11, blocked), bars)
            found = nearest_hops(drawing.view(), sources, targets, blocked=blocked, barred=bars)
            assert found == min((len(route) - 1 for route in every), default=None)
            find = partial(nearest_hops, drawing.view(), sources, targets, blocked=blocked, barred=bars)
            assert [find(known=len(route) - 1) for route in every] == [found] * len(every)


def test_a_route_longer_than_the_cap_is_not_found_but_counted() -> None:
    ties = [(f"n{number}", f"n{number + 1}", 0.4) for number in range(7)]
    view = network(*ties).view()
    assert routes(view, ["n0"], ["n7"], max_hops=4) == Found((), truncated=False)
    assert nearest_hops(view, ["n0"], ["n7"]) == 7


@several
@given(st.integers(0, 10_000), st.integers(1, 4), st.data())
def test_taking_a_tie_away_never_makes_a_better_route(seed: int, max_hops: int, data: st.DataObject) -> None:
    drawing = small(seed)
    sources, targets, _ = ends(seed, drawing)
    less = drawing.without(data.draw(st.sampled_from(sorted(drawing.ties, key=sorted))))
    before = routes(drawing.view(), sources, targets, k=20, max_hops=max_hops).routes
    after = routes(less.view(), sources, targets, k=20, max_hops=max_hops).routes
    assert len(after) <= len(before)
    assert all(new.equal >= old.equal for new, old in zip(after, before, strict=False))


@several
@given(
    st.integers(0, 10_000),
    st.integers(1, 4),
    st.sampled_from(["MEETING", "DECLARED", "CARD_GIVEN", "CORRESPONDENCE_SENT", "SHARED_EVENT"]),
    st.floats(0, 1),
    st.data(),
)
def test_more_evidence_of_any_kind_never_makes_the_best_route_worse(
    seed: int, max_hops: int, kind: str, confidence: float, data: st.DataObject
) -> None:
    drawing = small(seed)
    sources, targets, _ = ends(seed, drawing)
    start, end = data.draw(st.permutations(drawing.agents))[:2]
    projection = drawing.projection()
    before = routes(projection.view(CLEARANCE, TODAY), sources, targets, max_hops=max_hops).routes
    more = EvidenceRow("more", start, end, kind, None, TODAY, confidence, 1.0, 0, 1, None, "list")
    projection.apply(Delta(2, evidence=[more]))
    after = routes(projection.view(CLEARANCE, TODAY), sources, targets, max_hops=max_hops).routes
    assert len(after) >= len(before)
    assert all(new.equal <= old.equal for new, old in zip(after, before, strict=False))


def test_other_names_change_nothing_but_the_order_and_the_cut_among_equal_costs() -> None:
    for seed in SEEDS:
        drawing = small(seed)
        sources, targets, blocked = ends(seed, drawing)
        other = {id: f"m{number}" for number, id in enumerate(sorted(drawing.agents, reverse=True))}
        renamed = Small(
            [other[id] for id in drawing.agents],
            frozenset(other[id] for id in drawing.organizations),
            {frozenset(other[id] for id in tie): willingness for tie, willingness in drawing.ties.items()},
        )
        here = routes(drawing.view(), sources, targets, k=20, blocked=blocked).routes
        sources, targets, blocked = ([other[id] for id in group] for group in (sources, targets, blocked))
        there = routes(renamed.view(), sources, targets, k=20, blocked=blocked).routes
        assert [(route.equal, route.hops) for route in here] == [(route.equal, route.hops) for route in there]
        last = (here[-1].equal, here[-1].hops) if len(here) == 20 else (math.inf, 0)
        assert {tuple(other[id] for id in route.agents) for route in here if (route.equal, route.hops) < last} == {
            route.agents for route in there if (route.equal, route.hops) < last
        }
