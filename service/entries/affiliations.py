"""Affiliations recorded by hand: who works for whom, as what, and how long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from service.auth import Viewer
from service.entries.days import sightings, span
from service.entries.hand import STAFF, Hand
from service.graph.questions.rows import Affiliation
from service.graph.questions.ties import Network
from service.graph.record.entries.pen import Pen
from service.graph.record.entries.requests import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationEntry:
    """What is told of an affiliation; `start` and `end` are partial dates, `..` while it lasts, absent if unknown."""

    key: str
    person: str
    organization: str
    role: str | None = None
    start: str | None = None
    end: str | None = None
    source: str | None = None
    visibility: str = STAFF
    compartments: tuple[str, ...] = ()


async def assert_affiliation(network: Network, viewer: Viewer, entry: AffiliationEntry) -> Affiliation | None:
    """The affiliation, recorded, with the evidence of everybody who was there at the same time."""
    hand = Hand.of(network, viewer, entry.visibility, entry.compartments)
    done = await hand.entered("assertAffiliation", entry, lambda: _checked(hand, entry))
    return await hand.answer(done, Affiliation)


async def _checked(hand: Hand, entry: AffiliationEntry) -> Work:
    span(entry.start, entry.end)
    person = await hand.person("person", entry.person)
    organization = await hand.organization("organization", entry.organization)
    return partial(_work, hand, entry, (person.id, organization.id), await hand.source(entry.source))


async def _work(hand: Hand, entry: AffiliationEntry, ends: tuple[str, str], source: str | None, pen: Pen) -> list[str]:
    saying = await hand.saying(pen, source)
    parties = await pen.parties(ends)
    person, organization = (parties[end] for end in ends)
    said = saying.claim(
        "WORKS_FOR",
        person,
        organization,
        start=entry.start,
        end=entry.end,
        observed=sightings(entry.start, entry.end, hand.today),
        unit=await pen.unit(("employer",), organization.id, organization.said, hand.viewer.scope),
        role=(entry.role or "").strip() or None,
    )
    return [(await pen.enter(saying))[said.key]]
