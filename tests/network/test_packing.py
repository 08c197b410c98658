from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from network.packing import Candidate, Packing, kernel, packing
from tests.network.samples import several


def candidates(most_inside: int) -> st.SearchStrategy[list[Candidate]]:
    inside = st.lists(st.integers(0, 6), unique=True, max_size=most_inside).map(tuple)
    return st.lists(st.builds(Candidate, st.integers(1, 40), inside), max_size=12)


def shares_nobody(chosen: tuple[Candidate, ...]) -> bool:
    people = [person for candidate in chosen for person in candidate.inside]
    return len(people) == len(set(people))


def by_trying_all(given_: list[Candidate], most: int) -> tuple[int, int]:
    found = [
        (-size, sum(candidate.cost for candidate in chosen))
        for size in range(most + 1)
        for chosen in combinations(given_, size)
        if shares_nobody(chosen)
    ]
    size, cost = min(found)
    return -size, cost


def worth(given_: list[Candidate], found: Packing) -> tuple[int, int]:
    chosen = tuple(given_[place] for place in found.chosen)
    assert shares_nobody(chosen)
    return len(set(found.chosen)), sum(candidate.cost for candidate in chosen)


@several
@given(candidates(3), st.integers(1, 4))
def test_no_choice_has_more_routes_or_as_many_for_less(given_: list[Candidate], most: int) -> None:
    found = packing(given_, most)
    assert (worth(given_, found), found.proven) == (by_trying_all(given_, most), True)


@several
@given(candidates(2), st.integers(1, 3))
def test_the_kernel_loses_no_best_choice(given_: list[Candidate], most: int) -> None:
    given_.sort(key=lambda candidate: candidate.cost)
    kept = [given_[place] for place in kernel(given_, most)]
    assert worth(kept, packing(kept, most)) == by_trying_all(given_, most)


def test_three_people_who_could_each_pair_with_either_other_hold_one_pair_only() -> None:
    triangle = [Candidate(1, (1, 2)), Candidate(1, (2, 3)), Candidate(1, (3, 1))]
    assert packing(triangle, 3) == Packing((0,), proven=True)


def test_a_search_cut_short_still_gives_a_choice_that_shares_nobody() -> None:
    triangle = [Candidate(1, (1, 2)), Candidate(1, (2, 3)), Candidate(1, (3, 1)), Candidate(5, (4,))]
    assert packing(triangle, 3, cases=1) == Packing((0, 3), proven=False)


def test_the_kernel_of_a_long_list_is_short() -> None:
    crowd = [Candidate(cost, (cost % 50, 50 + cost % 49)) for cost in range(1, 5_000)]
    assert sum(1 for _ in kernel(crowd, 3)) == 24
