"""Answers put out by what was made for their document are those of the stock executor, errors included."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

import asyncio
import dataclasses
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, cast

import orjson
import pytest
from graphql.execution import Executor

import packs
import schema
from schema import agents, connections, execution, nodes, reach, statements, things, ties
from schema.context import Context
from schema.fields import over
from schema.shaping import Shaping, executed, runs
from schema.shaping.plans import Root
from schema.shaping.runs import Run
from service import auth
from service.auth import Role
from service.engines.protocol import Engine, Record
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions.ties import Network
from tests.graph.little import graph
from tests.schema.documents import Drawn, drawn
from tests.schema.paddock import paddock

# Where a field fails, the stock executor lets go of what its siblings would have waited for.
pytestmark = [pytest.mark.embedded, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

FEW, MANY = 200, 5_000
SPOILT = 0.4  # of the runs, in which some objects are


class Stock(Executor[Any]):
    """graphql-core's executor, which has no plans."""

    attempts = False

    def __init__(self, *given: Any, plans: object, **named: Any) -> None:
        super().__init__(*given, **named)


class Counting(Run):
    """Counts the documents that were run by their plan to their end, and those that were handed on."""

    ends: ClassVar[Counter[str]] = Counter()

    async def data(self, roots: Sequence[Root]) -> dict[str, Any]:
        found = await super().data(roots)
        self.ends["handed on" if self.odd else "answered"] += 1
        return found


class Remembering:
    """An engine that reads the same only once, and fails where it is told to."""

    name = "remembering"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.known: dict[str, asyncio.Future[list[Record]]] = {}
        self.failing: str | None = None

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        key = f"{text}{sorted(parameters.items())}"
        if self.failing is not None and random.Random(f"{self.failing}{key}").random() < 0.1:
            raise ServiceError(Code.TIMEOUT, "the graph did not answer in time; try again")
        if key not in self.known:
            self.known[key] = asyncio.ensure_future(self.engine.read(text, parameters))
        # Whoever asked may go when a field beside theirs fails; what was read is for the others.
        return await asyncio.shield(self.known[key])


class Spoiling:
    """Puts into some objects what their fields do not take: by what they are, so that twice is the same."""

    kinds = (
        *(agents.Person, agents.Organization, agents.Identifier, connections.PageInfo, connections.Edge),
        *(nodes.Source, nodes.Provenance, ties.Tie, ties.Path, ties.PathSegment, ties.PathResult, ties.Evidence),
        *(ties.EvidenceEdge, statements.Affiliation, statements.Supply, reach.CapabilityReachResult),
    )

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seed: str | None = None
        self.nothing = object()
        for kind in self.kinds:
            monkeypatch.setattr(kind, "__init__", self._around(cast("Callable[..., None]", kind.__init__)))
        for module in (agents, statements, things):
            monkeypatch.setattr(module, "over", self._over)

    def _over(self, kind: Any, row: Any) -> Any:
        if self.seed is not None and any(kind is one for one in self.kinds) and dataclasses.is_dataclass(row):
            named: Any = row
            dice = random.Random(f"{self.seed}{kind.__name__}{named.id}")
            if dice.random() < 0.15:
                names = {one.name for one in dataclasses.fields(kind) if one.init} - {"row", "id"}
                return over(
                    kind, dataclasses.replace(named, **{dice.choice(sorted(names)): dice.choice(self._values())})
                )
        return over(kind, row)

    def _around(self, made: Callable[..., None]) -> Callable[..., None]:
        def spoilt(one: Any, *given: Any, **named: Any) -> None:
            made(one, *given, **named)
            named |= dict(zip(("cursor", "node"), given, strict=False))
            if self.seed is None:
                return
            what = named.get("id", named.get("cursor", named.get("hops")))
            dice = random.Random(f"{self.seed}{type(one).__name__}{what}")
            if dice.random() < 0.15:
                private = {"row", "count", "vis", "id"}
                name = dice.choice(sorted(set(named) - private) or ["cursor"])
                setattr(one, name, dice.choice(self._values()))

        return spoilt

    def _values(self) -> list[object]:
        return [
            *(None, "text", 7, 1.5, float("nan"), True, 2**40, [None], ("a", "b"), {"a": 1}, [["x"]], self.nothing, ""),
            *(ValueError("spoilt"), ServiceError(Code.FORBIDDEN, "not for you"), [ValueError("inside")], b"bytes"),
        ]


def _root(error: dict[str, Any]) -> str:
    """The root field an error stands below."""
    return str(error.get("path", [""])[0])


async def differing(embedded: Engine, monkeypatch: pytest.MonkeyPatch, seeds: range) -> tuple[list[str], int, int]:
    """The documents whose two answers differ, and how many were answered and had errors."""
    await paddock().save(embedded)
    engine = Remembering(embedded)
    reading: Any = engine
    remembered = graph(reading)
    network, viewer = Network(remembered, packs.evidence(), feed), await auth.owner(remembered, Role.STAFF)
    spoiling = Spoiling(monkeypatch)
    monkeypatch.setattr(runs, "Run", Counting)

    async def answer(seed: str, document: Drawn, executor: Any = Shaping) -> bytes:
        monkeypatch.setattr(execution, "executed", partial(executed, shaping=executor))
        dice = random.Random(f"how {seed}")
        spoiling.seed = seed if dice.random() < SPOILT else None
        engine.failing = seed if dice.random() < 0.1 else None
        context = Context(remembered, network, viewer, "org-mia")
        try:
            response: Any = await schema.run(context, document.text, document.variables)
            # Root fields wait beside each other, and their errors stand as they come; within one they have their order.
            # Where one of them takes the whole answer with it, the others may have failed by then or not.
            if response.get("data", response) is None:
                del response["errors"][:-1]
            response.get("errors", []).sort(key=_root)
            return orjson.dumps(response)
        except asyncio.CancelledError:  # what two fields wait for goes when one of them fails another field
            return b"cancelled"

    # Ties are read once and for all.
    await answer("", Drawn('{ introductionPaths(from: "per-ann", to: "per-ben") { outcome } }', {}), Stock)
    found, answered, failed = list[str](), 0, 0
    for number in seeds:
        seed = str(number)
        document = drawn(execution.SCHEMA, seed)
        while True:
            known = len(engine.known)
            stock, shaped = await answer(seed, document, Stock), await answer(seed, document)
            # By the plan that the first run has made, where there is one.
            planned = await answer(seed, document)
            await asyncio.gather(*engine.known.values(), return_exceptions=True)
            if known == len(engine.known):  # else one waited where the other did not, and errors stand as they come
                break
        # The same in other words, as no plan of it is known.
        again = await answer(seed, Drawn(f"{document.text} ", document.variables))
        if (shaped, planned, again) != (stock, stock, stock):
            found.append(f"{seed}: {document} {shaped!r} {planned!r} {again!r} {stock!r}")
        answered += b'"data"' in stock
        failed += b'"errors"' in stock
    return found, answered, failed


async def test_answers_are_those_of_the_stock_executor_byte_for_byte(
    embedded: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Counting.ends.clear()
    with caplog.at_level(logging.CRITICAL):
        found, answered, failed = await differing(embedded, monkeypatch, range(FEW))

    assert (found, answered > FEW / 2, failed > FEW / 3) == ([], True, True)
    assert min(Counting.ends["answered"], Counting.ends["handed on"]) > FEW / 10


@pytest.mark.soak
async def test_thousands_of_answers_are_those_of_the_stock_executor(
    embedded: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        found, _, _ = await differing(embedded, monkeypatch, range(FEW, FEW + MANY))

    assert found == []
