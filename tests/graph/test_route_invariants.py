"""What holds for routes in any graph: how answers change, or do not, when a thing is added, taken away or moved."""

import asyncio
import random
from collections.abc import Coroutine
from dataclasses import replace
from typing import TypeVar

from hypothesis import assume, given
from hypothesis import strategies as st

from service.graph.questions.limits import SetLimit
from service.graph.questions.reach import CapabilityReachResult, Constraints, reach_capability
from service.graph.questions.routes import Manner, Path, PathResult, introduction_paths, who_knows
from service.graph.questions.ties import Network
from service.graph.store import Scope
from tests.graph.pretended import FIRMS, KINDS, PEOPLE, STAFF, WHAT, World, evidence, world
from tests.network.samples import several

T = TypeVar("T")
SEEN, ALL = Scope((0,), 1), Scope((0, STAFF), 1)
MOST = 20

worlds = st.integers(0, 100_000).map(world)
scopes = st.sampled_from([SEEN, ALL])
hops = st.integers(1, 4)


@st.composite
def two(draw: st.DrawFn) -> tuple[str, str]:
    """Two different ends."""
    ends = st.sampled_from([*PEOPLE, *FIRMS])
    start = draw(ends)
    return start, draw(ends.filter(lambda end: end != start))


def run(work: Coroutine[object, object, T | None]) -> T:
    found = asyncio.run(work)
    assert found is not None
    return found


def between(network: Network, scope: Scope, ends: tuple[str, str], **asked: object) -> PathResult:
    return run(introduction_paths(network, scope, *ends, **{"k": MOST, **asked}))  # type: ignore[arg-type]


def drawn(path: Path) -> tuple[str, ...]:
    """The agents along a route."""
    return path.start.id, *(segment.end.id for segment in path.segments)


def costs(found: PathResult) -> list[float]:
    """What each route costs, best first, as it is compared."""
    return [-round(path.strength, 12) for path in found.paths]


def reached(network: Network, scope: Scope, start: str, constraints: Constraints) -> CapabilityReachResult:
    return run(reach_capability(network, scope, WHAT.id, start, constraints=constraints))


@several
@given(worlds, scopes, two(), hops, st.data())
def test_taking_a_piece_of_evidence_away_never_improves_a_route(
    before: World, scope: Scope, ends: tuple[str, str], max_hops: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(before.evidence))
    whole = between(before.network(), scope, ends, max_hops=max_hops)
    less = between(before.without(gone.id).network(), scope, ends, max_hops=max_hops)
    assert len(less.paths) <= len(whole.paths)
    assert all(new >= old for new, old in zip(costs(less), costs(whole), strict=False))


@several
@given(worlds, scopes, two(), two(), hops, st.sampled_from(KINDS), st.floats(0, 1))
def test_more_evidence_of_any_kind_never_makes_the_best_route_worse(
    before: World,
    scope: Scope,
    ends: tuple[str, str],
    pair: tuple[str, str],
    max_hops: int,
    kind: str,
    confidence: float,
) -> None:
    more = replace(before, evidence=(*before.evidence, evidence("kno-more", *pair, kind, 10, confidence)))
    old = between(before.network(), scope, ends, max_hops=max_hops)
    new = between(more.network(), scope, ends, max_hops=max_hops)
    assert len(new.paths) >= len(old.paths)
    assert all(one <= other for one, other in zip(costs(new), costs(old), strict=False))


@several
@given(worlds, scopes, two(), st.randoms(use_true_random=False), st.integers(1, 9))
def test_answers_do_not_depend_on_the_order_in_which_evidence_is_loaded(
    loaded: World, scope: Scope, ends: tuple[str, str], chance: random.Random, size: int
) -> None:
    other = loaded.network(lambda rows: chance.sample(rows, len(rows)), size)
    one = loaded.network()
    for manner in (Manner(), Manner(brokering=True, explain=True)):
        assert between(one, scope, ends, manner=manner) == between(other, scope, ends, manner=manner)
    start = [*PEOPLE, *FIRMS]
    start.remove(ends[1])
    told = [run(who_knows(network, scope, ends[1], start, first=50)) for network in (one, other)]
    assert told[0] == told[1]
    within = [reached(network, scope, ends[0], Constraints()) for network in (one, other)]
    assert within[0] == within[1]


@several
@given(worlds, scopes, two(), hops, st.sampled_from([Manner(explain=True), Manner(brokering=True, explain=True)]))
def test_who_knows_somebody_agrees_with_the_routes_of_each_who_is_asked(
    asked: World, scope: Scope, ends: tuple[str, str], max_hops: int, manner: Manner
) -> None:
    network = asked.network()
    alone = between(network, scope, ends, k=1, max_hops=max_hops, manner=manner)
    one = run(who_knows(network, scope, ends[1], [ends[0]], max_hops=max_hops, manner=manner))
    assert one == alone
    start = [id for id in (*PEOPLE, *FIRMS) if id != ends[1]]
    every = run(who_knows(network, scope, ends[1], start, max_hops=max_hops, first=50))
    best = {id: between(network, scope, (id, ends[1]), k=1, max_hops=max_hops).paths for id in start}
    assert {path.on_behalf_of.id: drawn(path) for path in every.paths} == {
        id: drawn(path) for id, paths in best.items() for path in paths
    }


@several
@given(worlds, scopes, two(), hops, st.sampled_from(PEOPLE))
def test_a_capped_introducer_removes_exactly_the_routes_they_stand_inside(
    free: World, scope: Scope, ends: tuple[str, str], max_hops: int, introducer: str
) -> None:
    free = replace(free, limits=())
    whole = between(free.network(), scope, ends, max_hops=max_hops)
    assume(len(whole.paths) < MOST)
    never = replace(free, limits=(SetLimit(introducer, None, (ends[0],)),))
    for capped in (replace(free, limits=(SetLimit(introducer, 0, ()),)), never):
        found = between(capped.network(), scope, ends, max_hops=max_hops, manner=Manner(explain=True))
        assert [drawn(path) for path in found.paths] == [
            drawn(path) for path in whole.paths if introducer not in drawn(path)[1:-1]
        ]
        gone = len(whole.paths) > len(found.paths)
        assert [one.introducer.id for one in found.withheld] == [introducer] * gone


@several
@given(worlds, scopes, two(), hops, st.sampled_from(FIRMS))
def test_an_avoided_company_removes_exactly_the_routes_with_it_or_its_people(
    free: World, scope: Scope, ends: tuple[str, str], max_hops: int, firm: str
) -> None:
    network, avoided = free.network(), {firm, *free.staff[firm]}
    assume(avoided.isdisjoint(ends))
    whole = between(network, scope, ends, max_hops=max_hops)
    assume(len(whole.paths) < MOST)
    found = between(network, scope, ends, max_hops=max_hops, avoid=[firm])
    assert [drawn(path) for path in found.paths] == [
        drawn(path) for path in whole.paths if avoided.isdisjoint(drawn(path))
    ]


@several
@given(worlds, scopes, two(), hops)
def test_inside_a_route_stand_people_only_and_nobody_of_either_end(
    asked: World, scope: Scope, ends: tuple[str, str], max_hops: int
) -> None:
    found = between(asked.network(), scope, ends, max_hops=max_hops)
    belonging = {one for end in ends for one in (end, *asked.staff.get(end, ()))}
    inside = {one for path in found.paths for one in drawn(path)[1:-1]}
    assert inside <= set(PEOPLE) - belonging


@several
@given(worlds, scopes, st.sampled_from(PEOPLE))
def test_an_expired_certificate_and_an_avoided_company_remove_exactly_their_rows(
    asked: World, scope: Scope, start: str
) -> None:
    network = asked.network()
    whole = reached(network, scope, start, Constraints())
    certified = reached(network, scope, start, Constraints(certification="AS 9100"))
    assert [(one.organization.id, drawn(one.path)) for one in certified.reaches] == [
        (one.organization.id, drawn(one.path)) for one in whole.reaches if one.organization.id in asked.certified
    ]
    empty = next((firm for firm in FIRMS if not asked.staff[firm]), None)
    if empty is not None:
        around = reached(network, scope, start, Constraints(not_through=(empty,)))
        assert [(one.organization.id, drawn(one.path)) for one in around.reaches] == [
            (one.organization.id, drawn(one.path)) for one in whole.reaches if one.organization.id != empty
        ]
