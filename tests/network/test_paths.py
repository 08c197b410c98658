import math

import pytest

from network.paths import Route, routes
from tests.network.networks import ends, small

SEEDS = range(200)


def drawn(found: tuple[Route, ...]) -> list[tuple[str, ...]]:
    return [route.agents for route in found]


@pytest.mark.parametrize("max_hops", [1, 2, 3, 4])
def test_routes_are_those_of_an_exhaustive_search_on_200_networks(max_hops: int) -> None:
    for seed in SEEDS:
        network = small(seed)
        sources, targets, blocked = ends(seed, network)
        k = seed % 20 + 1
        expected = network.all_routes(sources, targets, max_hops, blocked)[:k]
        found = routes(network.view(), sources, targets, k=k, max_hops=max_hops, blocked=blocked)
        assert (drawn(found.routes), found.truncated) == (expected, False)
        assert [round(-math.log(route.strength * 0.7), 9) for route in found.routes] == pytest.approx(
            [network.cost(route) if len(route) > 1 else -math.log(0.7) for route in expected], abs=1e-9
        )
