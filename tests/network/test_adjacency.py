import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from network.adjacency import Adjacency
from network.strengths import Ints
from tests.network.samples import several

NODES = 8
pairs = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1)).filter(lambda ends: ends[0] < ends[1]),
    unique=True,
    max_size=28,
)


def numbers(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def built(ties: dict[tuple[int, int], int]) -> Adjacency:
    ends = [numbers([tie[side] for tie in ties]) for side in (0, 1)]
    return Adjacency.of(NODES, ends[0], ends[1], numbers(list(ties.values())))


def drawn(adjacency: Adjacency) -> dict[tuple[int, int], int]:
    lists = {
        (node, int(adjacency.ends[at])): int(adjacency.values[at])
        for node in range(NODES)
        for at in range(adjacency.starts[node], adjacency.starts[node + 1])
    }
    assert list(lists) == sorted(lists)
    return lists


def both_ways(ties: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    return dict(sorted({**ties, **{(b, a): value for (a, b), value in ties.items()}}.items()))


@several
@given(pairs, pairs)
def test_ties_are_added_changed_and_taken_away_as_if_built_anew(
    before: list[tuple[int, int]], touched: list[tuple[int, int]]
) -> None:
    ties = {pair: number for number, pair in enumerate(before)}
    adjacency = built(ties)
    new = {pair: 100 + number for number, pair in enumerate(touched) if pair not in ties}
    old = {pair: 200 + number for number, pair in enumerate(touched) if pair in ties}
    added = adjacency.added(*(numbers(list(column)) for column in columns(new)))
    assert drawn(added) == both_ways(ties | new)
    changed = added.changed(*(numbers(list(column)) for column in columns(old)))
    assert drawn(changed) == both_ways(ties | new | old)
    fewer = changed.without(*(numbers(list(column)) for column in columns(old)[:2]))
    assert drawn(fewer) == both_ways({pair: value for pair, value in (ties | new).items() if pair not in old})
    assert drawn(adjacency) == both_ways(ties)


def columns(ties: dict[tuple[int, int], int]) -> tuple[list[int], list[int], list[int]]:
    return [a for a, _ in ties], [b for _, b in ties], list(ties.values())


def test_a_tie_is_found_from_either_end_and_an_absent_one_is_not() -> None:
    adjacency = built({(0, 3): 7, (0, 5): 8, (2, 5): 9})
    found = adjacency.find(numbers([0, 5, 5, 3, 7, 0]), numbers([5, 0, 2, 2, 0, 7]))
    assert [int(adjacency.values[at]) if at >= 0 else None for at in found] == [8, 8, 9, None, None, None]


def test_nothing_is_found_where_nobody_is_tied() -> None:
    assert built({}).find(numbers([0, 7]), numbers([1, 0])).tolist() == [-1, -1]
