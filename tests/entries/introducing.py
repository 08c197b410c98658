"""Introductions among the crew, for tests of what becomes of them."""

from __future__ import annotations

from itertools import count

from service.auth import Viewer
from service.entries.introductions import AdvanceEntry, RequestEntry, advance_introduction, request_introduction
from service.entries.meetings import MeetingEntry, record_meeting
from service.graph.questions.rows import Introduction
from service.graph.questions.ties import Network
from tests.entries.rooms import ADA, BEN, CAT

KEYS = count()
WAY = ("REQUESTED", "WITH_INTRODUCER", "ACCEPTED", "MADE")
FULL = ("DRAFT", *WAY, "MET", "OUTCOME_RECORDED")


def key() -> str:
    """A new idempotency key."""
    return f"key {next(KEYS)}"


async def requested(found: Network, who: Viewer, *people: str, concerning: str | None = None) -> Introduction:
    """A draft: Ada wants Ben to introduce her to Cat, unless others are named."""
    requester, introducer, target = people or (ADA.agent, BEN.agent, CAT.agent)
    entry = RequestEntry(key=key(), requester=requester, introducer=introducer, target=target, concerning=concerning)
    introduction = await request_introduction(found, who, entry)
    assert introduction is not None
    return introduction


async def advanced(found: Network, who: Viewer, id: str, *steps: str, meeting: str | None = None) -> Introduction:
    """The introduction after these steps; the meeting goes with MET."""
    introduction: Introduction | None = None
    for to in steps:
        met = meeting if to == "MET" else None
        introduction = await advance_introduction(
            found, who, AdvanceEntry(key=key(), introduction=id, to=to, meeting=met)
        )
    assert introduction is not None
    return introduction


async def met(found: Network, who: Viewer, *people: str, on: str = "2026-11-20", **more: object) -> str:
    """The id of a meeting; of Ada and Cat unless others are named."""
    entry = MeetingEntry(key=key(), participants=people or (ADA.agent, CAT.agent), on=on, **more)  # type: ignore[arg-type]
    meeting = await record_meeting(found, who, entry)
    assert meeting is not None
    return meeting.id
