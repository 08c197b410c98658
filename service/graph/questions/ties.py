"""Ties: all that is known between two agents, folded at a day, with the evidence behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from cypher.rows import record
from network.dates import OPEN_ORDINAL, day, micros, ordinal
from network.incoming import Delta
from network.model import Model
from network.projection import Building, Projection
from network.strength import Band, Cadence, Fold, Rhythm, Share, band
from network.view import Key, View
from service.errors import Code, ServiceError
from service.graph.questions import agents, nodes
from service.graph.questions.clocks import ALWAYS, At, When
from service.graph.questions.limits import Limits, Policy
from service.graph.questions.memory import Memory
from service.graph.questions.pages import WHOLE, Item, Page, Question, Slice, beginning, part
from service.graph.questions.rows import Agent, Evidence
from service.graph.snapshots import Snapshot, stands
from service.graph.store import Graph, Scope

Feed = Callable[[Graph, int], AsyncIterator[Delta]]

BANDS = tuple(Band)  # weakest first
OTHER_END = "b"  # of a tie, in the contract
# What only a fold can tell, by the names of the contract, and what stands in its place where nobody asks.
FOLDED = frozenset(
    {"strength", "band", "mutual", "firstEvidence", "lastEvidence", "evidenceCount", "cadence", "medianGapDays"}
    | {"silenceDays", "evidence"}
)
UNFOLDED = Fold(0.0, 0.0, 0.0, 1, 1, (), Cadence(Rhythm.TOO_FEW, None, 0))
MANY = 1000  # changes worth a new snapshot: reading them again would take longer than writing it


class Network:
    """The projection of a store, brought up to the present revision before each question."""

    def __init__(self, graph: Graph, model: Model, feed: Feed, snapshot: Snapshot | None = None) -> None:
        """Nothing is read before the first question; a snapshot saves reading what it holds."""
        self.graph = graph
        self.model = model
        self._feed = feed
        self._snapshot = snapshot
        self._projection: Projection | None = None
        self._coming: asyncio.Task[None] | None = None
        self.memory = Memory()
        self._policy = Policy(graph, self.memory)

    async def view(self, scope: Scope, at: At) -> View:
        """What a scope sees of the ties; folding takes a while, so it happens beside the event loop."""
        projection = await self.projection(scope.revision)
        key = Key(frozenset(scope.vis), ordinal(at.as_of), None if at.known_at is None else micros(at.known_at))
        found = projection.ready(*key)
        return await asyncio.to_thread(projection.view, *key) if found is None else found

    async def limits(self, scope: Scope, at: At) -> Limits:
        """Which introducers are not to be asked, and for whom, as of a day; the same for every scope."""
        return await self._policy.limits(scope, at)

    async def projection(self, revision: int | None = None) -> Projection:
        """The projection at a revision or a later one; without one, at the store's present revision."""
        wanted = (await self.graph.position()).number if revision is None else revision
        while (found := self._projection) is None or found.revision < wanted:
            if self._coming is None or self._coming.done():
                self._coming = asyncio.create_task(self._refresh())
                self._coming.add_done_callback(_heard)
            # One reading serves all who wait, and goes on for the others when one of them has gone.
            await asyncio.shield(self._coming)
        return found

    async def close(self) -> None:
        """Nothing, once no reading is under way."""
        if self._coming is not None:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)

    async def _refresh(self) -> None:
        self._projection = await self._refreshed(self._projection)

    async def _refreshed(self, old: Projection | None) -> Projection:
        old = old or await self._read()
        if old is None:
            return await self._whole()
        # All pages are read before the first is taken in: half a change would pass for the whole of its revision.
        pages = [page async for page in self._feed(self.graph, old.revision)]
        self._projection = None  # what fails half-way is read anew
        return await asyncio.to_thread(self._changed, old, pages)

    async def _whole(self) -> Projection:
        """The projection of the whole store, taken in page by page, and kept for the next start."""
        building = Building(self.model)
        async for page in self._feed(self.graph, 0):
            await asyncio.to_thread(building.take, page)
        new = Projection(*await asyncio.to_thread(building.done))
        if self._snapshot is not None:
            await asyncio.to_thread(self._snapshot.write, new)
        return new

    async def _read(self) -> Projection | None:
        """What the snapshot holds, unless it is of another store or of one that has come further than this one."""
        if self._snapshot is None:
            return None
        found = await asyncio.to_thread(self._snapshot.read, self.model)
        if found is None or found.revision > (await self.graph.position()).number:
            return None
        return found if await stands(self.graph, found) else None

    def _changed(self, old: Projection, pages: Sequence[Delta]) -> Projection:
        """The projection with all pages taken in, and kept for the next start where they are many."""
        if self._snapshot is not None and any(page.gone for page in pages):
            self._snapshot.drop()
        for page in pages:
            old.apply(page)
        if self._snapshot is not None and sum(len(page.evidence) for page in pages) >= MANY:
            self._snapshot.write(old)
        return old


def _heard(reading: asyncio.Task[None]) -> None:
    # Where everybody who waited has gone, nobody else looks at what went wrong.
    if not reading.cancelled():
        reading.exception()


@record(frozen=True, slots=True)
class Tie:
    """A tie as seen from `a`; `shares` say what each piece of evidence adds to it, largest first."""

    a: Agent
    b: Agent
    strength: float
    band: Band
    mutual: bool
    first_evidence: str
    last_evidence: str
    evidence_count: int
    cadence: Rhythm
    median_gap_days: float | None
    silence_days: int
    shares: tuple[Share, ...]
    at: At
    # What of its evidence was read along with it.
    read: Mapping[str, Evidence] = field(default_factory=dict[str, Evidence], compare=False, repr=False)

    @classmethod
    def of(cls, a: Agent, b: Agent, fold: Fold, at: At, read: Mapping[str, Evidence] | None = None) -> Tie:
        """The tie of a fold."""
        return cls(
            a=a,
            b=b,
            strength=fold.strength,
            band=fold.band,
            mutual=fold.mutual,
            first_evidence=day(fold.first),
            last_evidence=day(fold.last),
            evidence_count=fold.count,
            cadence=fold.cadence.rhythm,
            median_gap_days=fold.cadence.median_gap,
            silence_days=fold.cadence.silence,
            shares=fold.shares,
            at=at,
            read=read or {},
        )


@dataclass(frozen=True, slots=True)
class EvidenceEdge:
    """A piece of evidence in its tie: its part of it, and the day it is dated at for the question."""

    node: Evidence
    share: float
    counts_from: str


async def tie(network: Network, scope: Scope, a: str, b: str, when: When = ALWAYS) -> Tie | None:
    """All that is known between two agents; between organizations that is their own evidence, not their people's."""
    at = At.of(when, network.graph.clock())
    found = await agents.agents(network.graph, scope, [a, b])
    left, right = found.get(a), found.get(b)
    if left is None or right is None:
        return None
    if left.id == right.id:
        raise ServiceError(Code.BAD_USER_INPUT, "a and b are the same; a tie needs two")
    return folded(await network.view(scope, at), left, right, at)


def folded(view: View, a: Agent, b: Agent, at: At) -> Tie | None:
    """The tie of two agents in a view; None where nothing of it may be seen."""
    fold = view.tie(a.id, b.id)
    return None if fold is None else Tie.of(a, b, fold, at)


async def knows(
    network: Network,
    scope: Scope,
    people: Sequence[str],
    page: Page = WHOLE,
    when: When = ALWAYS,
    *,
    min_band: Band = Band.FAINT,
) -> dict[str, Slice[Tie]]:
    """The ties of each of these people, strongest first; a hidden person's list is as empty as a missing one's."""
    asked = At.of(when, network.graph.clock())
    questions = {one: _question(network.graph, ("knows", one, min_band), page, asked) for one in people}
    if not questions:
        return {}
    at = _first_page(questions.values(), asked)
    view, least = await network.view(scope, at), BANDS.index(min_band)
    pages = {one: _near(view, one, question, least) for one, question in questions.items()}
    others = [item.id for found in pages.values() for item in found.rows]
    _begin(view, page, others)
    told = page.shows("node.a")
    met = await agents.agents(network.graph, scope, [*(people if told else ()), *others])
    # Who has ties is seen by the projection, which need not be asked more where nobody else does.
    near = {one: met.get(one) if told else Agent(one, "", "Person", (), (), None) for one in people}
    return {one: _ties(view, near[one], met, found, page, at) for one, found in pages.items()}


async def evidence(
    network: Network, scope: Scope, ties: Sequence[Tie], page: Page = WHOLE
) -> dict[tuple[str, str], Slice[EvidenceEdge]]:
    """The evidence of each of these ties, largest share first, by the ids of its ends; one statement for all."""
    graph = network.graph
    parts: dict[tuple[str, str], Slice[Item[Share]]] = {}
    for tie in ties:
        question = _question(graph, ("evidence", tie.a.id, tie.b.id), page, tie.at)
        shares = tie.shares if page.after is None else await _shares(network, scope, tie, question)
        parts[tie.a.id, tie.b.id] = part(_listed(shares), question)
    rows = {id: row for tie in ties for id, row in tie.read.items()}
    missing = [item.id for found in parts.values() for item in found.rows if item.id not in rows]
    if missing:
        rows |= {row.id: row for row in await graph.read(nodes.EVIDENCE, scope, ids=missing)}
    return {ends: _edges(found, rows) for ends, found in parts.items()}


def known(graph: Graph, tie: Tie, page: Page = WHOLE) -> Slice[EvidenceEdge] | None:
    """The same of one tie without a statement; None where not all of it was read along with the tie."""
    if page.after is not None or not tie.read:
        return None
    if page.plain:
        found = beginning(_listed(tie.shares), page.size)
    else:
        found = part(_listed(tie.shares), _question(graph, ("evidence", tie.a.id, tie.b.id), page, tie.at))
    return _edges(found, tie.read) if all(item.id in tie.read for item in found.rows) else None


def _begin(view: View, page: Page, others: Sequence[str]) -> None:
    """Nothing, once what will be asked of those at the other ends of ties is on its way, as who they are is known."""
    kinds = view.ties.organization, view.ties.agents.numbers
    for beyond in page.onward:
        if beyond.field == OTHER_END:
            wanted = beyond.kind == "Organization"
            beyond.begin([id for id in others if bool(kinds[0][kinds[1][id]]) is wanted])


def _listed(shares: Iterable[Share]) -> list[Item[Share]]:
    return sorted(map(_share, shares))


def _question(graph: Graph, name: Iterable[str], page: Page, at: At) -> Question:
    if page.last is not None or page.before is not None:
        raise ServiceError(Code.BAD_USER_INPUT, "this list is read from its beginning; page it by first and after")
    return Question(graph.secret, json.dumps([*name]), page, at.as_of, at.known_at, at.now).at()


def _first_page(questions: Iterable[Question], asked: At) -> At:
    """The clocks of a list's first page."""
    question = next(iter(questions))
    return At(question.as_of or asked.as_of, question.known_at, asked.now)


def _near(view: View, id: str, question: Question, least: int) -> Slice[Item[float]]:
    """A page of an agent's ties, of those of at least a band."""
    page, items = question.page, (one for one in _neighbours(view, id) if BANDS.index(band(one.value)) >= least)
    return beginning([*islice(items, page.size + 1)], page.size) if page.plain else part([*items], question)


def _neighbours(view: View, id: str) -> Iterable[Item[float]]:
    """An agent's ties by strength as it is compared, to 12 decimals, then by id."""
    return (Item(_descending(near.strength), near.id, near.strength) for near in view.neighbours(id))


def _share(share: Share) -> Item[Share]:
    return Item(f"{_descending(share.share)} {OPEN_ORDINAL - share.counts_from:08d}", share.evidence, share)


def _descending(value: float) -> str:
    """A number between 0 and 1 as text that sorts the larger one first."""
    return f"{1 - value:.12f}"


def _ties(
    view: View, a: Agent | None, met: Mapping[str, Agent], found: Slice[Item[float]], page: Page, at: At
) -> Slice[Tie]:
    if a is None:
        return found.mapped(lambda _: None)
    ids = [item.id for item in found.rows]
    known: dict[str, Fold | None] = dict.fromkeys(ids, UNFOLDED)
    if page.shows(*FOLDED):
        known = dict(zip(ids, map(view.fold, view.between([(a.id, id) for id in ids])), strict=True))

    def tie(item: Item[float]) -> Tie | None:
        fold, b = known[item.id], met.get(item.id)
        return None if fold is None or b is None else Tie.of(a, b, fold, at)

    return found.mapped(tie)


async def _shares(network: Network, scope: Scope, tie: Tie, question: Question) -> tuple[Share, ...]:
    """What each piece of evidence added at the clocks of the first page."""
    view = await network.view(scope, _first_page([question], tie.at))
    fold = view.tie(tie.a.id, tie.b.id)
    return () if fold is None else fold.shares


def _edges(found: Slice[Item[Share]], rows: Mapping[str, Evidence]) -> Slice[EvidenceEdge]:
    def edge(item: Item[Share]) -> EvidenceEdge | None:
        row = rows.get(item.id)
        return None if row is None else EvidenceEdge(row, item.value.share, day(item.value.counts_from))

    return found.mapped(edge)
