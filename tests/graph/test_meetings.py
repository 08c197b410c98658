"""Meetings told of as held, on each engine: whether they can have been."""

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.record.write import load
from tests.graph.sayings import Saying, Thing, batch, contents, graph, person, relations

ADA, BEN = person("Ada"), person("Ben")


def met(on: str, status: str) -> Saying:
    """Two who are said to have met on a day; the clock stands at 24 November 2026."""
    saying = Saying("diary").names(ADA, "Ada").names(BEN, "Ben")
    for who in (ADA, BEN):
        saying.says("TOOK_PART_IN", who, Thing("Meeting", "Talk"), on=on, status=status, unit="meeting:talk")
    return saying


UNHELD = r"^line 3: a meeting on .* cannot have been held yet; record it as PLANNED, or correct its day$"


@pytest.mark.parametrize("on", ["2026-11-25", "2026-12", "2027"])
async def test_a_held_meeting_in_the_future_is_refused_and_nothing_is_written(engine: Engine, on: str) -> None:
    for dry_run in (True, False):
        with pytest.raises(ServiceError, match=UNHELD) as refused:
            await load(graph(engine), batch(met(on, "HELD")), dry_run=dry_run)
        assert (refused.value.code, await contents(engine, leaving_out=())) == (Code.BAD_USER_INPUT, [])


@pytest.mark.parametrize(
    ("on", "status", "evidence"),
    [
        ("2026-11-24", "HELD", [("MEETING", "2026-11-24")]),
        ("2026-11", "HELD", [("MEETING", "2026-11-01")]),
        ("2026-11-25", "PLANNED", []),
        ("2026-11-25", "CALLED_OFF", []),
        ("2026-11-01", "PLANNED", []),
        ("2026-11-01", "CALLED_OFF", []),
    ],
)
async def test_a_meeting_held_by_today_is_evidence_and_one_planned_or_called_off_never_is(
    engine: Engine, on: str, status: str, evidence: list[tuple[str, str]]
) -> None:
    await load(graph(engine), batch(met(on, status)))
    assert await relations(engine, "TOOK_PART_IN", "on", "status") == [(on, status)] * 2
    assert await relations(engine, "KNOWS", "kind", "on") == evidence
