"""What is measured on the ties alone: searches for routes, and views that nobody asked for before."""

from collections.abc import Sequence
from functools import partial

from bench import routes
from bench.routes import Pair
from bench.scale import memory
from bench.scale.figures import Figures, seconds, tell
from bench.scale.society import AS_OF
from bench.timing import Times, timed
from network.dates import ordinal
from network.projection import Projection
from network.view import View

HOPS = (3, 4)
VIEWS = 5


def searches(view: View, pairs: Sequence[Pair], found: Figures) -> None:
    """Nothing, once searches within 3 and 4 hops are among the figures."""
    for hops in HOPS:
        found.times[f"{hops} hops"] = timed({"": routes.ours(view, hops)}, pairs)[""]
    tell(f"searched {len(pairs)} pairs within 3 and 4 hops")


def cold(projection: Projection, found: Figures) -> None:
    """Nothing, once views of other days and of another clearance are among the figures."""
    today = ordinal(AS_OF)
    views = {"new day": memory.STAFF, "new clearance": memory.MEMBERS}
    for name, clearance in views.items():
        days = range(today - VIEWS, today)
        found.times[name] = Times(tuple(seconds(partial(projection.view, clearance, day)) for day in days))
    tell("folded cold views")
