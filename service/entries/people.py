"""People added by hand, perhaps with where they work; whoever seems to be there already is shown instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Viewer
from service.entries.days import sightings
from service.entries.hand import STAFF, Hand
from service.entries.newcomers import Added, Newcomer, Recognized, sought
from service.errors import Code, ServiceError
from service.graph.model import AgentKind
from service.graph.questions.rows import Agent
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """What is told of a person; `identifiers` are pairs of a scheme and what it calls them."""

    key: str
    name: str
    organization: str | None = None
    role: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    visibility: str = STAFF
    confirm_new: bool = False


async def add_person(network: Network, viewer: Viewer, entry: PersonEntry) -> Added:
    """The person, added with their affiliation; or those they seem to be, and nothing written."""
    hand = Hand.of(network, viewer, entry.visibility)
    try:
        done = await hand.entered("addPerson", entry, lambda: _checked(hand, entry))
    except Recognized as known:
        return Added(None, known.candidates)
    return Added(await hand.answer(done, Agent), repeated=done.repeated)


async def _checked(hand: Hand, entry: PersonEntry) -> Work:
    role = (entry.role or "").strip() or None
    if role is not None and entry.organization is None:
        raise ServiceError(Code.BAD_USER_INPUT, "a role is held somewhere; name the organization too", field="role")
    place = None if entry.organization is None else (await hand.organization("organization", entry.organization)).id
    source = await hand.source(entry.source)
    who = sought(AgentKind.PERSON, entry.name, entry.identifiers, place)
    newcomer = await Newcomer.of(hand, who, confirmed=entry.confirm_new)
    return partial(_work, newcomer, place, role, source)


async def _work(newcomer: Newcomer, place: str | None, role: str | None, source: str | None, pen: Pen) -> list[str]:
    saying = await newcomer.hand.saying(pen, source)
    person = await newcomer.enter(pen, saying)
    if place is not None:
        organization = (await pen.parties([place]))[place]
        unit = await pen.unit(("employer",), place, organization.said, newcomer.hand.viewer.scope)
        today = sightings(None, None, newcomer.hand.today)
        saying.claim("WORKS_FOR", person, organization, observed=today, unit=unit, role=role)
    await pen.enter(saying)
    return [await newcomer.agent(pen)]
