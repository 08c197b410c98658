"""What introducers allow, set by hand: how often they may be asked in a quarter, and for whom never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from service.auth import Viewer
from service.entries.hand import STAFF, Hand
from service.errors import Code, ServiceError
from service.graph.model import Identity, digest
from service.graph.questions.agents import agents
from service.graph.questions.rows import Agent
from service.graph.questions.ties import Network
from service.graph.record.changes import NodeWrite
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work
from service.graph.record.standing import Stored
from service.graph.record.statements import Statements

LABEL = "IntroducerLimits"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsEntry:
    """All that a person allows; no cap: as often as one likes."""

    key: str
    person: str
    asks_per_quarter: int | None = None
    never: tuple[str, ...] = ()


async def set_introducer_limits(network: Network, viewer: Viewer, entry: LimitsEntry) -> Agent | None:
    """The person, whose limits are what the entry says, but for those never asked for whom the viewer may not see."""
    hand = Hand.of(network, viewer)
    done = await hand.entered("setIntroducerLimits", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, Agent)


async def _checked(hand: Hand, entry: LimitsEntry) -> Work:
    person = await hand.person("person", entry.person)
    if entry.asks_per_quarter is not None and entry.asks_per_quarter < 0:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"asksPerQuarter is {entry.asks_per_quarter}; it is 0 or more, or left out for no cap",
            field="asksPerQuarter",
        )
    never = await hand.agents("never", entry.never)
    return partial(_work, hand, entry, person, [one.id for one in never])


async def _work(hand: Hand, entry: LimitsEntry, person: Agent, never: Sequence[str], pen: Pen) -> list[str]:
    stored, own = await _stored(pen, person.id), digest("lim", person.id)
    saying = await hand.saying(pen)
    said: dict[str, object] = {
        "vis": pen.classes.number(STAFF),
        "asksPerQuarter": entry.asks_per_quarter,
        "never": sorted({*never, *await _hidden(hand, pen, stored.values())}),
        "source": saying.source.id,
    }
    await pen.enter(saying)
    # A person who was two has limits of both; from now on both say the same.
    await Statements(pen.write).nodes(
        [_write(id, person.id, said, stored.get(id)) for id in sorted({own, *stored.keys()})]
    )
    return [person.id]


async def _stored(pen: Pen, person: str) -> dict[str, Stored]:
    """What was set before, under each id that leads to the person."""
    claims = [claim for claim in await pen.reading.identifications([person]) if claim.retracted_at is None]
    known_by = [identity for claim in claims if (identity := Identity.parse(claim.ends[1])) is not None]
    ids = {digest("lim", id) for id in (person, *(identity.agent for identity in known_by))}
    return await pen.reading.nodes(ids)


async def _hidden(hand: Hand, pen: Pen, stored: Iterable[Stored]) -> set[str]:
    """Those never asked for whom the viewer may not see: an entry leaves alone what its writer cannot know of."""
    listed = {id for one in stored for id in _texts(one.properties.get("never"))}
    return listed - (await agents(pen.write, hand.viewer.scope, sorted(listed))).keys()


def _write(id: str, person: str, said: Mapping[str, object], before: Stored | None) -> NodeWrite:
    kept = {} if before is None else {name: before.properties.get(name) for name in ("person", "recordedAt")}
    properties = {"id": id, "person": person, **said, **kept}
    stands = {name: value for name, value in properties.items() if value is not None}
    return NodeWrite(LABEL, id, stands, new=before is None)


def _texts(value: object) -> list[str]:
    return [str(one) for one in cast("list[object]", value)] if isinstance(value, list) else []
