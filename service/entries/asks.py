"""Whether an introducer may be asked: limits are hard, and the same whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from service.errors import Code, ServiceError
from service.graph.introductions import quarter
from service.graph.questions.agents import agents
from service.graph.questions.clocks import FOREVER
from service.graph.questions.introductions import IntroducerLimits, limits_on
from service.graph.questions.presence import OFFICEHOLDERS, PEOPLE
from service.graph.questions.rows import Agent, Current, DisputePolicy
from service.graph.record.entries.pen import Pen


async def refuse_unasked_for(pen: Pen, people: tuple[str, str, str]) -> None:
    """Nothing, where the introducer may be asked for requester and target now; else CONFLICT with the reason.

    Everything counts, hidden or not: a limit that some could overlook would be none.
    """
    requester, introducer, target = people
    scope, at = pen.classes.everything(), pen.write.recorded_at
    limits = (await limits_on(pen.write, scope, [introducer], at)).get(introducer)
    if limits is None:
        return
    named = await agents(pen.write, scope, people)
    name = named[introducer].name
    if limits.asks_per_quarter is not None and limits.asked_this_quarter >= limits.asks_per_quarter:
        raise _refusal(f"{_spent(name, limits)}; ask somebody else, or from {_next(at)} on")
    covered = await _covered(pen, limits.never, at[:10])
    for id in (requester, target):
        if id in covered:
            raise _refusal(f"{name} is never to be asked for {named[id].name}; ask somebody else")


def _refusal(message: str) -> ServiceError:
    return ServiceError(Code.CONFLICT, message, field="to")


def _spent(name: str, limits: IntroducerLimits) -> str:
    if not limits.asks_per_quarter:
        return f"{name} is not to be asked at all"
    asked = "once" if limits.asked_this_quarter == 1 else f"{limits.asked_this_quarter} times"
    return f"{name} was asked {asked} this quarter and allows {limits.asks_per_quarter}"


def _next(at: str) -> str:
    """The first day of the quarter after that of a moment."""
    last = quarter(at)[-1]
    year, month = int(last[:4]), int(last[5:])
    return f"{year + month // 12:04}-{month % 12 + 1:02}-01"


async def _covered(pen: Pen, never: Sequence[Agent], day: str) -> set[str]:
    """Everybody meant by a list of people and organizations: an organization is whoever is there now."""
    covered = {one.id for one in never}
    places = [one.id for one in never if one.label == "Organization"]
    counting = {"current": str(Current.YES), "disputes": str(DisputePolicy.LATEST)}
    given = {"ids": places, "known": FOREVER, "day": day, **counting}
    # One after the other: a transaction answers one question at a time.
    for query in (PEOPLE, OFFICEHOLDERS) if places else ():
        rows = await pen.write.read(query, pen.classes.everything(), **given)
        covered |= {person for row in rows for person in row.people}
    return covered
