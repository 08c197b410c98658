"""What is tried on a world, and what it finds: each counterexample says which property it breaks, and by what."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

import orjson

from service.engines.protocol import Engine
from service.graph.model import digest
from tests.silence.asking import Past, Stage, staged
from tests.silence.documents import lists
from tests.silence.questions import ENTRIES, QUESTIONS, Known, Operation, entries, questions
from tests.silence.worlds import Asker, World, canaries, drawn

CURSOR, SEAL = re.compile(rb'((?:[cC]ursor)":")([\w-]+)'), 16
ID = re.compile(rb'"((?:per|org|pst|cap|evt|iss|src|mtg|crd|int|clm|kno)-[a-z2-7]{24})"')
KNOWS = """
MATCH (a:Person)-[k:KNOWS]->(b:Person) WHERE k.retractedAt IS NULL
RETURN a.id AS a, b.id AS b, k.id AS id, coalesce(k.since, k.on) AS since, k.intensity AS intensity,
  coalesce(k.instead, []) AS instead
"""
HIDDEN = """
MATCH (n) WHERE n.vis IN $hidden
RETURN labels(n)[0] + ' ' + n.id AS name, properties(n) AS said
"""
HIDDEN_RECORDS = """
MATCH ()-[r]->() WHERE r.vis IN $hidden AND NOT (type(r) = 'KNOWS' AND r.unit IS NOT NULL)
RETURN type(r) + ' ' + r.id AS name, properties(r) AS said
"""
SPELLINGS = "MATCH (n:Agent) RETURN n.id AS name, n.otherNames AS names, n.otherNamesVis AS classes"
TODAY = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A property that does not hold, and what shows it."""

    property: str
    what: str

    def __str__(self) -> str:
        return f"{self.property}: {self.what}"


@dataclass
class Trial:
    """A world of a seed in a store, and what was asked about it."""

    engine: Engine
    seed: int | str
    past: Past = Past.AT_ONCE
    asker: Asker | None = None  # whoever the seed draws
    times: int = 3  # questions through each root field
    roots: tuple[str, ...] = tuple(QUESTIONS)
    entries: tuple[str, ...] = tuple(ENTRIES)
    cases: int = 0
    world: World = field(init=False)
    whole: Stage = field(init=False)
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        """Draw the world; nothing is written yet."""
        self.world = drawn(self.seed, self.asker)

    async def begin(self) -> None:
        """The whole world in the store, and what is there to ask about."""
        self.whole = await staged(self.engine, self.world, self.past)
        self.known = await Known.of(self.engine, self.world.asker, Random(f"questions {self.seed}"))

    async def reading(self) -> AsyncIterator[Counterexample]:
        """What questions bring to light: P4, P10 and P12 on the whole world, P1 and P5 beside its visible part."""
        await self.begin()
        asked = questions(self.known, self.times, self.roots)
        told = await self.whole.answers(await self.whole.viewer(), asked)
        self.cases += len(asked)
        for found in self._secrets(asked, told):
            yield found
        async for found in self._nobody(asked, told):
            yield found
        async for found in self._warmed(asked, told):
            yield found
        alone = await staged(self.engine, self.world.visible)
        for found in _differing("P1", asked, told, await alone.answers(await alone.everybody(), asked)):
            yield found
        for found in self._found(asked, told, await _acquaintances(self.engine)):
            yield found

    async def writing(self) -> AsyncIterator[Counterexample]:
        """What entries bring to light: P8 and P10 on the whole world, P2 beside its visible part, questions after."""
        await self.begin()
        entered = entries(self.known, self.entries)
        before = await _untold(self.engine, self.world.asker.hidden)
        told = await self.whole.enter(entered)
        own = await _taken_back(self.whole, entered, told)
        after = await _untold(self.engine, self.world.asker.hidden)
        # Whoever adds somebody by an identifier means whoever holds it, hidden or not: their id follows from it.
        shown = self.known.hidden & (await Known.of(self.engine, self.world.asker, Random(0))).visible
        self.known.hidden -= shown
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name) and name.rpartition(" ")[2] not in shown:
                yield Counterexample("P8", f"{name} was {before.get(name)}, is {after.get(name)}")
        asked = questions(self.known, 1, self.roots)
        answers = [*told, *await self.whole.enter(own), *await self.whole.answers(await self.whole.viewer(), asked)]
        operations = [*entered, *own, *asked]
        self.cases += len(operations)
        for found in self._secrets(operations, answers):
            yield found
        alone = await staged(self.engine, self.world.visible)
        beside = [*await alone.enter([*entered, *own]), *await alone.answers(await alone.viewer(), asked)]
        for found in _differing("P2", operations, answers, beside):
            yield found

    async def suite(self) -> AsyncIterator[Counterexample]:
        """All of it."""
        async for found in self.reading():
            yield found
        async for found in self.writing():
            yield found

    def _secrets(self, asked: Sequence[Operation], told: Sequence[bytes]) -> Iterable[Counterexample]:
        """Hidden ids and texts in answers; what was asked for by its id is no secret, so answers never echo it."""
        for operation, answer in zip(asked, told, strict=True):
            ids = {one.decode() for one in ID.findall(answer)} & self.known.hidden
            if sung := [*canaries([answer]), *sorted(ids)]:
                yield Counterexample("P10", f"{operation} tells of {sung}")

    async def _nobody(self, asked: Sequence[Operation], told: Sequence[bytes]) -> AsyncIterator[Counterexample]:
        """A hidden id and an id of nothing get the same answer."""
        viewer = await self.whole.viewer()
        for operation, answer in zip(asked, told, strict=True):
            instead = cast("dict[str, object]", self._forgotten(operation.variables))
            if instead != operation.variables:
                self.cases += 1
                other = await self.whole.ask(viewer, Operation(operation.document, instead))
                if _unsealed(other) != _unsealed(answer):
                    yield Counterexample("P4", f"{operation} {_difference(answer, other)}")

    def _forgotten(self, said: object) -> object:
        """The same with ids of nothing in place of hidden ones."""
        if isinstance(said, str):
            return digest(said.partition("-")[0], "nothing", said) if said in self.known.hidden else said
        if isinstance(said, list):
            return [self._forgotten(one) for one in cast("list[object]", said)]
        if isinstance(said, dict):
            return {name: self._forgotten(one) for name, one in cast("dict[str, object]", said).items()}
        return said

    async def _warmed(self, asked: Sequence[Operation], told: Sequence[bytes]) -> AsyncIterator[Counterexample]:
        """Whoever else asked first changes nothing, and asking again changes nothing."""
        self.whole.forget()
        some = range(0, len(asked), 3)
        operations = [asked[number] for number in some]
        await self.whole.answers(await self.whole.everybody(), operations)
        again = await self.whole.answers(await self.whole.viewer(), operations)
        for found in _differing("P12", operations, [told[number] for number in some], again):
            yield found

    def _found(
        self, asked: Sequence[Operation], told: Sequence[bytes], met: Mapping[str, set[str]]
    ) -> Iterable[Counterexample]:
        """Routes between two people are found wherever acquaintances lead, of as few hops as there are."""
        for operation, answer in zip(asked, told, strict=True):
            said = operation.variables
            ends = str(said.get("from")), str(said.get("to"))
            if operation.document.root != "introductionPaths" or said["avoid"] is not None or said["asOf"] is not None:
                continue
            body = orjson.loads(answer)["data"]["introductionPaths"]
            if body is None or not all(one.startswith("per-") for one in ends):
                continue
            nearest = _hops(met, *ends)
            outcome = "FOUND" if nearest is not None and nearest <= cast("int", said["maxHops"]) else "NONE"
            if (body["nearestHops"], body["outcome"]) != (nearest, outcome):
                yield Counterexample("P5", f"{operation} says {body}, by hand {nearest} hops")


def _unsealed(answer: bytes) -> bytes:
    """An answer with the places its cursors hold, without the seals: those are of the question, ids and all."""
    return CURSOR.sub(lambda found: found[1] + urlsafe_b64decode(found[2] + b"==")[SEAL:], answer)


def _differing(
    name: str, asked: Sequence[Operation], one: Sequence[bytes], other: Sequence[bytes]
) -> Iterable[Counterexample]:
    for operation, left, right in zip(asked, one, other, strict=True):
        if left != right:
            yield Counterexample(name, f"{operation} {_difference(left, right)}")


def _difference(left: bytes, right: bytes) -> str:
    """Both texts from shortly before they part."""
    place = next((at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0)
    begin = max(place - 120, 0)
    return f"{left[begin : place + 200]!r} and not {right[begin : place + 200]!r}"


async def _acquaintances(engine: Engine) -> Mapping[str, set[str]]:
    """Who knows whom by any evidence that counts, in a store of which everything is seen."""
    rows = await engine.read(KNOWS, {})
    over = {one for row in rows for one in cast("list[str]", row["instead"])}
    met: dict[str, set[str]] = {}
    for row in rows:
        if row["id"] not in over and cast("float", row["intensity"]) > 0 and str(row["since"]) <= TODAY:
            for one, other in ((str(row["a"]), str(row["b"])), (str(row["b"]), str(row["a"]))):
                met.setdefault(one, set()).add(other)
    return met


def _hops(met: Mapping[str, set[str]], start: str, end: str) -> int | None:
    """The fewest steps from one to the other."""
    far, waiting = {start: 0}, deque([start])
    while waiting:
        one = waiting.popleft()
        for other in met.get(one, set()) - far.keys():
            far[other] = far[one] + 1
            waiting.append(other)
    return far.get(end)


async def _untold(engine: Engine, hidden: Sequence[int]) -> Mapping[str, object]:
    """What is hidden, as it is stored: evidence that counts who was there follows from what is seen too."""
    rows = [
        *await engine.read(HIDDEN, {"hidden": list(hidden)}),
        *await engine.read(HIDDEN_RECORDS, {"hidden": list(hidden)}),
    ]
    found: dict[str, object] = {str(row["name"]): row["said"] for row in rows}
    for row in await engine.read(SPELLINGS, {}):
        names, classes = cast("list[str]", row["names"] or []), cast("list[int]", row["classes"] or [])
        spelled = sorted(name for name, vis in zip(names, classes, strict=True) if vis in hidden)
        if spelled:
            found[f"spellings of {row['name']}"] = spelled
    return found


async def _taken_back(stage: Stage, entered: Sequence[Operation], told: Sequence[bytes]) -> list[Operation]:
    """The retraction of all that was just recorded and can be."""
    found: list[Operation] = []
    retraction = next((one for one in entered if one.document.root == "retractClaim"), None)
    for operation, answer in zip(entered, told, strict=True):
        root = operation.document.root
        if retraction is None or not root.startswith(("assert", "record")):
            continue
        data: dict[str, Any] = orjson.loads(answer).get("data") or {}
        payload: dict[str, Any] = data.get(root) or {}
        made = next((one for name, one in payload.items() if name != "errors" and one is not None), None)
        if made is not None:
            said = {"claim": made["id"], "reason": "a mistake", "idempotencyKey": f"back {made['id']}"}
            found.append(Operation(retraction.document, {"input": said}))
    return found


async def first(found: AsyncIterator[Counterexample], most: int = 3) -> list[str]:
    """The first counterexamples as text."""
    told: list[str] = []
    async for one in found:
        told.append(str(one))
        if len(told) == most:
            break
    return told


def connections() -> tuple[str, ...]:
    """The root fields that answer page by page."""
    return tuple(root for root in QUESTIONS if lists(root))
