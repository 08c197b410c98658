"""The same questions on the same ties, put to others: Cypher on stored costs, and SciPy."""

from collections.abc import Sequence

from bench import routes
from bench.routes import Case, Pair, Peer
from bench.scale.figures import Figures, tell
from bench.scale.society import AS_OF
from bench.scale.world import World
from bench.sides import Side
from service.graph.questions.ties import Network

VARIABLE, STEPWISE = "Cypher, a pattern of variable length", "Cypher, a pattern for each number of hops"
CYPHER = (
    Peer(VARIABLE, "routes_3_variable", 3, 30, 1),
    Peer(VARIABLE, "routes_4_variable", 4, 5, 1),
    Peer(STEPWISE, "routes_3_stepwise", 3, 100, 2),
    Peer(STEPWISE, "routes_4_stepwise", 4, 30, 1),
)
# Routes listed, and pairs asked: five of any length is an easier question than ours; among forty are most of ours.
YEN = ((5, 5), (routes.YEN, 3))


def asked(world: World, network: Network, pairs: Sequence[Pair], found: Figures, *, all_of_them: bool) -> None:
    """Nothing, once the others' rows are among the figures, each beside ours of the same run."""
    side = Side("neo4j", world.graph, world.bare)
    case = Case(f"{found.ties:,} ties", side, network, world.scope, AS_OF, world.view)
    for peer in CYPHER if all_of_them else CYPHER[:1]:
        found.peers.append(routes.cypher(case, peer, pairs[: peer.pairs]))
        tell(f"asked Cypher within {peer.hops} hops")
    if all_of_them:
        for listed, asked_for in YEN:
            found.peers.append(routes.scipy(case, pairs[:asked_for], listed))
            tell(f"asked SciPy for its {listed} best")
