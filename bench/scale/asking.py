"""What is measured over HTTP: whole answers, and how soon one has what another process wrote."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from bench import routes
from bench.routes import Pair
from bench.scale.figures import Figures, tell
from bench.scale.refreshing import Writer
from bench.scale.serving import Service
from bench.scale.society import AS_OF
from bench.timing import Ask, Times, Unequal, timed
from network.view import View

HOME = Path(__file__).parent
PATHS, TIE, VIEWER = ((HOME / f"{name}.graphql").read_text("utf-8") for name in ("paths", "tie", "viewer"))
Answer = Mapping[str, object]


def answers(service: Service, view: View, pairs: Sequence[Pair], found: Figures) -> None:
    """Nothing, once whole answers are among the figures; Unequal where one has other routes than the search."""
    search = routes.ours(view, 3)
    for pair in pairs:
        if (told := list(_routes(_paths(service, pair, 3)))) != (wanted := [ids for _, ids in search(pair)]):
            raise Unequal(f"{pair}: the service says {told}, the search {wanted}")
    asked: dict[str, Ask[Pair, object]] = {
        "whole answer, 3 hops": lambda pair: _paths(service, pair, 3),
        "whole answer, 4 hops": lambda pair: _paths(service, pair, 4),
        "who asks": lambda _: service.ask(VIEWER, {}),
    }
    found.times |= timed(asked, pairs)
    tell(f"asked for {len(pairs)} whole answers over HTTP")


def refreshed(service: Service, writer: Writer, pairs: Sequence[Pair], found: Figures) -> None:
    """Nothing, once it is among the figures how soon an answer has what another process wrote."""
    waits: list[float] = []
    for pair in pairs:
        before = _count(service, pair)
        writer.meet(*pair)
        service.status("/health")  # opens a connection, which is no part of an answer
        begin = time.perf_counter()
        after = _count(service, pair)
        waits.append(time.perf_counter() - begin)
        if after != before + 1:
            raise Unequal(f"{pair}: {after} pieces of evidence after {before} and one more")
    found.times["another process wrote"] = Times(tuple(waits))
    tell(f"another process wrote {len(waits)} times")


def _paths(service: Service, pair: Pair, hops: int) -> Answer:
    given = {"from": pair[0], "to": pair[1], "asOf": AS_OF, "hops": hops}
    return cast("Answer", service.ask(PATHS, given)["introductionPaths"])


def _routes(answer: Answer) -> Iterator[tuple[str, ...]]:
    for path in cast("list[dict[str, list[dict[str, dict[str, str]]]]]", answer["paths"]):
        steps = path["segments"]
        yield (steps[0]["from"]["id"], *(step["to"]["id"] for step in steps))


def _count(service: Service, pair: Pair) -> int:
    tie = cast("dict[str, int] | None", service.ask(TIE, {"a": pair[0], "b": pair[1], "asOf": AS_OF})["tie"])
    return 0 if tie is None else tie["evidenceCount"]
