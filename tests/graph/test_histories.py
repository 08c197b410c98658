"""How ties came about: points over the years, what moved each, and nothing that may not be seen."""

import pytest

import packs
from network.strength import Band
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions import histories, ties
from service.graph.questions.clocks import When
from service.graph.questions.histories import TieHistory
from service.graph.questions.ties import Network
from service.graph.store import Scope
from tests.graph.little import EVERYBODY, EVERYTHING, NOW, STAFF, Little, person

ANN, BEN = person("per-ann", "Ann Alloy"), person("per-ben", "Ben Bearing")


def little() -> Little:
    made = Little()
    for one in (ANN, BEN):
        made.node(one.id, one.name)
    return made


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


def told(found: TieHistory | None) -> list[tuple[str, float, str, str | None]]:
    """The points in short."""
    assert found is not None
    return [
        (one.on, round(one.strength, 4), one.band.value, None if one.because is None else one.because.id)
        for one in found.points
    ]


async def test_a_history_runs_from_the_first_evidence_to_today_and_names_what_moved_it(engine: Engine) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-card", kind="CARD_SWAPPED", on="2026-08-20")
    made.knows(BEN.id, ANN.id, "kno-call", kind="CALL", on="2026-09-28")
    made.knows(BEN.id, ANN.id, "kno-meeting", on="2026-09-28")
    made.knows(ANN.id, BEN.id, "kno-work", kind="CO_AFFILIATION", since="2026-10-10", on="2026-11-05")
    made.knows(ANN.id, BEN.id, "kno-future", on="2026-12-01")
    asked = await network(made, engine)

    found = await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id)

    assert told(found) == [
        ("2026-08-20", 0.12, "FAINT", "kno-card"),
        ("2026-09-01", 0.1166, "FAINT", None),
        ("2026-09-28", 0.5484, "STRONG", "kno-meeting"),
        ("2026-10-01", 0.5459, "STRONG", None),
        ("2026-10-10", 0.5392, "STRONG", "kno-work"),
        ("2026-11-01", 0.5387, "STRONG", None),
        ("2026-11-05", 0.5387, "STRONG", None),
        ("2026-11-23", 0.5247, "STRONG", None),
    ]
    assert found is not None
    assert (found.a, found.b, found.as_of, found.known_at) == (ANN, BEN, NOW[:10], NOW)
    assert found.tie == await ties.tie(asked, EVERYBODY, ANN.id, BEN.id)


async def test_every_point_is_the_tie_of_its_day(engine: Engine) -> None:
    made = little()
    for number in range(8):
        kind = ("SHARED_EVENT", "CORRESPONDENCE_SENT", "MEETING", "CARD_GIVEN")[number % 4]
        made.knows(ANN.id, BEN.id, f"kno-{number}", kind=kind, on=f"2026-0{number + 1}-15", intensity=0.5)
    made.knows(ANN.id, BEN.id, "kno-board", kind="CO_BOARD", since="2025-12-31", on="9999-12-31", confidence=0.8)
    asked = await network(made, engine)

    found = await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id, since="2025-12-01", until="2026-12-31")

    assert found is not None
    alone = [await ties.tie(asked, EVERYBODY, ANN.id, BEN.id, When(point.on)) for point in found.points]
    assert [(point.strength, point.band) for point in found.points] == [
        (0.0, Band.NONE) if tie is None else (tie.strength, tie.band) for tie in alone
    ]
    assert [point.band for point in found.points][:2] == [Band.NONE, Band.FAINT]
    assert found.tie == alone[-1]


async def test_both_days_asked_are_points_though_nothing_happened(engine: Engine) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-1", on="2026-05-10")
    asked = await network(made, engine)

    before = await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id, since="2026-04-20", until="2026-05-09")
    after = await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id, since="2026-05-11", until="2026-05-12")

    assert told(before) == [(day, 0.0, "NONE", None) for day in ("2026-04-20", "2026-05-01", "2026-05-09")]
    assert before is not None
    assert before.tie is None
    assert told(after) == [("2026-05-11", 0.3495, "WARM", None), ("2026-05-12", 0.3489, "WARM", None)]


async def test_a_tie_without_a_beginning_is_told_for_the_last_hundred_years(engine: Engine) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-ever", kind="CO_AFFILIATION", since="0001-01-01", on="9999-12-31")
    asked = await network(made, engine)

    found = await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id)

    points = told(found)
    assert (len(points), points[0], points[-1]) == (
        1202,
        ("1926-11-23", 0.6, "STRONG", None),
        ("2026-11-23", 0.6, "STRONG", None),
    )


async def test_two_who_never_met_have_one_empty_point(engine: Engine) -> None:
    asked = await network(little(), engine)

    found = await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id)

    assert found is not None
    assert (told(found), found.tie) == ([("2026-11-23", 0.0, "NONE", None)], None)


async def test_what_is_hidden_taken_back_or_not_known_yet_moves_nothing(engine: Engine) -> None:
    made = little()
    made.node("per-hid", "Hidden", vis=STAFF)
    made.knows(ANN.id, BEN.id, "kno-seen", kind="CALL", on="2026-11-10")
    made.knows(ANN.id, BEN.id, "kno-hidden", on="2026-11-05", vis=STAFF)
    made.knows(ANN.id, BEN.id, "kno-back", on="2026-11-06", retractedAt="2026-11-12T00:00:00.000000Z")
    made.knows(ANN.id, BEN.id, "kno-late", on="2026-11-07", recordedAt="2026-11-20T00:00:00.000000Z")
    asked = await network(made, engine)

    async def moved(scope: Scope, known_at: str | None = None) -> list[str]:
        found = await histories.tie_history(asked, scope, ANN.id, BEN.id, known_at=known_at)
        return [because for *_, because in told(found) if because is not None]

    assert await moved(EVERYBODY) == ["kno-late", "kno-seen"]
    assert await moved(EVERYTHING) == ["kno-hidden", "kno-late", "kno-seen"]
    assert await moved(EVERYBODY, "2026-11-11T00:00:00Z") == ["kno-back", "kno-seen"]
    assert await histories.tie_history(asked, EVERYBODY, ANN.id, "per-hid") is None
    assert await histories.tie_history(asked, EVERYBODY, ANN.id, "per-not") is None


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2026-05-02", "2026-05-01", "from 2026-05-02 lies behind until 2026-05-01; swap them"),
        ("1026-01-01", "2026-05-01", "12006 points from 1026-01-01 to 2026-05-01, at most 2000; ask for a later from"),
        ("soon", None, "'soon' is no day"),
        (None, "never", "'never' is no day"),
    ],
)
async def test_days_out_of_order_too_far_apart_or_unreadable_are_refused(
    engine: Engine, since: str | None, until: str | None, said: str
) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-1", on="2026-04-10")
    asked = await network(made, engine)

    with pytest.raises(ServiceError, match=said) as error:
        await histories.tie_history(asked, EVERYBODY, ANN.id, BEN.id, since=since, until=until)

    assert error.value.code is Code.BAD_USER_INPUT


async def test_a_tie_with_oneself_has_no_history(engine: Engine) -> None:
    asked = await network(little(), engine)

    with pytest.raises(ServiceError, match="the same"):
        await histories.tie_history(asked, EVERYBODY, ANN.id, ANN.id)
