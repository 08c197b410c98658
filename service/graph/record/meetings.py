"""Meetings that cannot have been held yet."""

from __future__ import annotations

from network.dates import OPEN, earliest
from service.errors import Code, ServiceError
from service.graph.model import Assertion, Batch


def refuse_unheld(batch: Batch, now: str) -> None:
    """Refuse a load that tells of a meeting as held whose day has not come; one known to the month may be over."""
    for said in batch.assertions:
        if said.type == "TOOK_PART_IN" and said.attributes.get("status") == "HELD" and _day(said) > now[:10]:
            place = f"{said.locator}: " if said.locator else ""
            raise ServiceError(
                Code.BAD_USER_INPUT,
                f"{place}a meeting on {_day(said)} cannot have been held yet; record it as PLANNED, or correct its day",
            )


def _day(said: Assertion) -> str:
    """The first day on which it can have been, empty where none is known."""
    written = said.attributes.get("on") or said.start
    return earliest(str(written)) if written and written != OPEN else ""
