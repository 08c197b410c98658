"""Organizations in which several of some people are at once."""

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.questions.clocks import When
from service.graph.questions.interlocks import Interlock, interlocks
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, STAFF, Little, organization, person

LASTING = {"start": "2019", "end": "..", "earliest": "2019-01-01", "latest": "9999-12-31"}
OVER = {"start": "2019", "end": "2021", "earliest": "2019-01-01", "latest": "2021-12-31"}
ANN, BEN, CAT, DAN = (person(f"per-{name.lower()}", name) for name in ("Ann", "Ben", "Cat", "Dan"))
FORGE, CLUB, BOARD, HIDDEN = (
    organization(f"org-{name.lower()}", name) for name in ("Forge", "Club", "Board", "Hidden")
)


def little() -> Little:
    """Two who meet at a company, three at a club, and more who would but for the day, the class or the source."""
    made = Little()
    for one in (ANN, BEN, CAT, DAN, FORGE, CLUB, BOARD):
        made.node(one.id, one.name)
    made.node(HIDDEN.id, HIDDEN.name, vis=STAFF)
    made.node("src-hidden", title="A hidden source", vis=STAFF)
    made.node("pst-chair", "Chair")
    made.claim("POST_IN", "pst-chair", FORGE.id, "clm-in")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-ann", **LASTING)
    made.claim("DIRECTOR_OF", ANN.id, FORGE.id, "clm-ann-too", **LASTING)
    made.claim("HOLDS", BEN.id, "pst-chair", "clm-ben", **LASTING)
    made.claim("WORKS_FOR", CAT.id, FORGE.id, "clm-over", **OVER)
    made.claim("DIRECTOR_OF", DAN.id, FORGE.id, "clm-perhaps")
    for one in (ANN, BEN, CAT):
        made.claim("MEMBER_OF", one.id, CLUB.id, f"clm-club-{one.id}", **LASTING)
        made.claim("DIRECTOR_OF", one.id, HIDDEN.id, f"clm-hidden-{one.id}", **LASTING)
    made.claim("MEMBER_OF", ANN.id, BOARD.id, "clm-board", **LASTING)
    made.claim("MEMBER_OF", BEN.id, BOARD.id, "clm-secret", vis=STAFF, **LASTING)
    made.claim("MEMBER_OF", CAT.id, BOARD.id, "clm-unsourced", source="src-hidden", **LASTING)
    return made


ALL = [ANN.id, BEN.id, CAT.id, DAN.id]


async def test_those_with_most_people_come_first_and_a_person_counts_once(engine: Engine) -> None:
    graph = await little().save(engine)
    assert await interlocks(graph, EVERYBODY, [*ALL, ANN.id, FORGE.id, "per-nobody"]) == (
        Interlock(CLUB, (ANN, BEN, CAT)),
        Interlock(FORGE, (ANN, BEN)),
    )


async def test_only_the_people_asked_about_are_counted_and_shown(engine: Engine) -> None:
    graph = await little().save(engine)
    assert await interlocks(graph, EVERYBODY, [CAT.id, ANN.id]) == (Interlock(CLUB, (ANN, CAT)),)
    assert await interlocks(graph, EVERYBODY, [ANN.id]) == ()


async def test_whoever_sees_more_is_told_more(engine: Engine) -> None:
    graph = await little().save(engine)
    assert await interlocks(graph, EVERYTHING, ALL) == (
        Interlock(BOARD, (ANN, BEN, CAT)),
        Interlock(CLUB, (ANN, BEN, CAT)),
        Interlock(HIDDEN, (ANN, BEN, CAT)),
        Interlock(FORGE, (ANN, BEN)),
    )


async def test_an_interlock_is_of_a_day_and_a_moment(engine: Engine) -> None:
    graph = await little().save(engine)
    assert await interlocks(graph, EVERYBODY, ALL, When("2020-06-01")) == (
        Interlock(CLUB, (ANN, BEN, CAT)),
        Interlock(FORGE, (ANN, BEN, CAT)),
    )
    assert await interlocks(graph, EVERYBODY, ALL, When(known_at="2025-01-01T00:00:00Z")) == ()


async def test_where_sources_contradict_each_other_the_latest_counts(engine: Engine) -> None:
    made = little()
    later = {**OVER, "recordedAt": "2026-02-01T00:00:00.000000Z", "source": GAZETTE.id}
    made.claim("MEMBER_OF", CAT.id, CLUB.id, "clm-left", **later)
    made.claim("HOLDS", BEN.id, "pst-chair", "clm-resigned", **later)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-gone", **later)
    graph = await made.save(engine)
    assert await interlocks(graph, EVERYBODY, ALL) == (Interlock(CLUB, (ANN, BEN)),)


async def test_more_than_a_hundred_people_are_refused(engine: Engine) -> None:
    graph = await little().save(engine)
    with pytest.raises(ServiceError) as refused:
        await interlocks(graph, EVERYBODY, ["per-ann"] * 101)
    assert (refused.value.code, refused.value.message) == (
        Code.BAD_USER_INPUT,
        "people has 101 ids; give at most 100",
    )
