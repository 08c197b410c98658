"""Organizations added by hand; one that seems to be there already is shown instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from service.auth import Viewer
from service.entries.hand import STAFF, Hand
from service.entries.newcomers import Added, Newcomer, Recognized, sought
from service.errors import Code, ServiceError
from service.graph.model import AgentKind
from service.graph.questions.rows import Agent
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work

MOST, LONGEST = 20, 60
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationEntry:
    """What is told of an organization; `identifiers` are pairs of a scheme and what it calls it."""

    key: str
    name: str
    kinds: tuple[str, ...] = ()
    country: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    visibility: str = STAFF
    confirm_new: bool = False


async def add_organization(network: Network, viewer: Viewer, entry: OrganizationEntry) -> Added:
    """The organization, added; or those it seems to be, and nothing written."""
    hand = Hand.of(network, viewer, entry.visibility)
    try:
        done = await hand.entered("addOrganization", entry, lambda: _checked(hand, entry))
    except Recognized as known:
        return Added(None, known.candidates)
    return Added(await hand.answer(done, Agent), repeated=done.repeated)


async def _checked(hand: Hand, entry: OrganizationEntry) -> Work:
    kinds, country = _kinds(entry.kinds), _country(entry.country)
    source = await hand.source(entry.source)
    who = sought(AgentKind.ORGANIZATION, entry.name, entry.identifiers)
    newcomer = await Newcomer.of(hand, who, confirmed=entry.confirm_new)
    return partial(_work, newcomer, kinds, country, source)


async def _work(
    newcomer: Newcomer, kinds: tuple[str, ...], country: str | None, source: str | None, pen: Pen
) -> list[str]:
    saying = await newcomer.hand.saying(pen, source)
    await newcomer.enter(pen, saying, kinds=kinds, country=country)
    await pen.enter(saying)
    return [await newcomer.agent(pen)]


def _kinds(given: Iterable[str]) -> tuple[str, ...]:
    kinds = tuple(sorted({" ".join(kind.split()) for kind in given}))
    if len(kinds) > MOST or any(not 0 < len(kind) <= LONGEST for kind in kinds):
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"an organization has at most {MOST} kinds of 1 to {LONGEST} characters, as supplier or race team",
            field="kinds",
        )
    return kinds


def _country(given: str | None) -> str | None:
    country = (given or "").strip().upper() or None
    if country is not None and _COUNTRY.fullmatch(country) is None:
        raise ServiceError(
            Code.BAD_USER_INPUT, f"{given!r} is no country; write the two letters of ISO 3166, as GB", field="country"
        )
    return country
