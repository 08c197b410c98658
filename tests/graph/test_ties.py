"""Ties from the graph: folded at a day, seen from either end, with the evidence behind them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

import packs
from network.strength import Band, Rhythm
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions import ties
from service.graph.questions.clocks import When
from service.graph.questions.onward import Onward
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import Evidence
from service.graph.questions.ties import Network, Tie
from service.graph.store import Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, NOW, REGISTER, STAFF, THEN, Little, organization, person

ANN, BEN, CAT = person("per-ann", "Ann Alloy"), person("per-ben", "Ben Bearing"), person("per-cat", "Cat Camshaft")
FORGE = organization("org-forge", "Forge Ltd")


def little() -> Little:
    made = Little()
    for one in (ANN, BEN, CAT, FORGE):
        made.node(one.id, one.name)
    return made


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


async def test_a_tie_tells_its_strength_its_days_its_rhythm_and_the_share_of_each_piece_of_evidence(
    engine: Engine,
) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-card", kind="CARD_SWAPPED", on="2026-11-13", source=GAZETTE.id, about=["crd-1"])
    made.knows(BEN.id, ANN.id, "kno-meeting", on="2026-10-24")
    for number in range(3):
        made.knows(ANN.id, BEN.id, f"kno-mail-{number}", kind="CORRESPONDENCE", on="2026-11-18")
    asked = await network(made, engine)

    found = await ties.tie(asked, EVERYBODY, ANN.id, BEN.id)

    assert found is not None
    assert (found.a, found.b, found.mutual) == (ANN, BEN, True)
    assert (round(found.strength, 4), found.band) == (0.5981, Band.STRONG)
    assert (found.first_evidence, found.last_evidence, found.evidence_count) == ("2026-10-24", "2026-11-18", 5)
    assert (found.cadence, found.median_gap_days, found.silence_days) == (Rhythm.REGULAR, 12.5, 5)
    page = (await ties.evidence(asked, EVERYBODY, [found], Page(total=True)))[ANN.id, BEN.id]
    assert [(edge.node.id, round(edge.share, 4), edge.counts_from) for edge in page.rows] == [
        ("kno-meeting", 0.4464, "2026-10-24"),
        ("kno-mail-0", 0.139, "2026-11-18"),
        ("kno-mail-1", 0.139, "2026-11-18"),
        ("kno-mail-2", 0.139, "2026-11-18"),
        ("kno-card", 0.1367, "2026-11-13"),
    ]
    assert (page.total, round(sum(edge.share for edge in page.rows), 9)) == (5, 1.0)
    assert page.rows[4].node == Evidence(
        id="kno-card",
        source=GAZETTE,
        locator="row kno-card",
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=0,
        kind="CARD_SWAPPED",
        since=None,
        on="2026-11-13",
        intensity=1.0,
        about=("crd-1",),
        a=ANN,
        b=BEN,
    )


async def test_a_tie_is_the_same_from_either_end(engine: Engine) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-1", on="2026-05-01")
    made.knows(BEN.id, ANN.id, "kno-2", kind="CARD_GIVEN", on="2026-06-01")
    asked = await network(made, engine)

    here, there = await ties.tie(asked, EVERYBODY, ANN.id, BEN.id), await ties.tie(asked, EVERYBODY, BEN.id, ANN.id)

    assert here is not None
    assert there == replace(here, a=BEN, b=ANN)


async def test_only_evidence_for_both_directions_makes_a_tie_mutual(engine: Engine) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-1", kind="DECLARED")
    made.knows(ANN.id, CAT.id, "kno-2", kind="DECLARED")
    made.knows(CAT.id, ANN.id, "kno-3", kind="DECLARED")
    asked = await network(made, engine)

    found = await ties.knows(asked, EVERYBODY, [ANN.id])

    assert [(tie.b, tie.mutual, round(tie.strength, 4)) for tie in found[ANN.id].rows] == [
        (CAT, True, 0.64),
        (BEN, False, 0.4),
    ]


async def test_those_a_person_knows_come_strongest_first_and_pages_keep_their_day(engine: Engine) -> None:
    made = little()
    made.node("per-dan", "Dan")
    made.knows(ANN.id, BEN.id, "kno-ben", kind="CARD_SWAPPED")
    made.knows(CAT.id, ANN.id, "kno-cat")
    made.knows(ANN.id, FORGE.id, "kno-forge", kind="BENEFIT", on="2024-11-23")
    made.knows(ANN.id, "per-dan", "kno-dan", kind="CARD_SWAPPED")
    asked = await network(made, engine)

    whole = (await ties.knows(asked, EVERYBODY, [ANN.id], Page(total=True)))[ANN.id]
    warm = (await ties.knows(asked, EVERYBODY, [ANN.id], Page(total=True), min_band=Band.WARM))[ANN.id]
    first = (await ties.knows(asked, EVERYBODY, [ANN.id], Page(first=1), When("2026-11-24")))[ANN.id]
    rest = (await ties.knows(asked, EVERYBODY, [ANN.id], Page(after=first.cursors[0])))[ANN.id]

    assert [(tie.a.id, tie.b.id, tie.band.value) for tie in whole.rows] == [
        (ANN.id, CAT.id, "WARM"),
        (ANN.id, BEN.id, "FAINT"),
        (ANN.id, "per-dan", "FAINT"),
        (ANN.id, FORGE.id, "FAINT"),
    ]
    assert (whole.total, [tie.b.id for tie in warm.rows], warm.total) == (4, [CAT.id], 1)
    assert [tie.b.id for tie in rest.rows] == [BEN.id, "per-dan", FORGE.id]
    assert {tie.at.as_of for tie in rest.rows} == {"2026-11-24"}


async def test_evidence_comes_in_pages_of_the_same_clocks(engine: Engine) -> None:
    made = little()
    for number in range(3):
        made.knows(ANN.id, BEN.id, f"kno-{number}", on=f"2026-0{number + 1}-01")
    asked = await network(made, engine)
    early = await ties.tie(asked, EVERYBODY, ANN.id, BEN.id, When("2026-02-15"))
    late = await ties.tie(asked, EVERYBODY, ANN.id, BEN.id)
    assert early is not None
    assert late is not None

    first = (await ties.evidence(asked, EVERYBODY, [early], Page(first=1)))[ANN.id, BEN.id]
    rest = (await ties.evidence(asked, EVERYBODY, [late], Page(after=first.cursors[0])))[ANN.id, BEN.id]

    assert ([edge.node.id for edge in first.rows], first.has_next) == (["kno-1"], True)
    assert ([edge.node.id for edge in rest.rows], rest.has_next) == (["kno-0"], False)


async def test_a_tie_holds_nothing_hidden_future_or_taken_back(engine: Engine) -> None:
    made = little()
    made.node("src-hidden", title="Hidden", vis=STAFF)
    made.node("per-hid", "Hidden", vis=STAFF)
    made.knows(ANN.id, BEN.id, "kno-seen")
    made.knows(ANN.id, BEN.id, "kno-hidden", vis=STAFF)
    made.knows(ANN.id, BEN.id, "kno-of-hidden-source", source="src-hidden")
    made.knows(ANN.id, BEN.id, "kno-future", on="2026-11-24")
    made.knows(ANN.id, BEN.id, "kno-retracted", retractedAt="2026-06-01T00:00:00.000000Z")
    made.knows(ANN.id, "per-hid", "kno-of-hidden-person")
    asked = await network(made, engine)

    async def told(scope: Scope, *when: str | None) -> list[str]:
        tie = await ties.tie(asked, scope, ANN.id, BEN.id, When(*when))
        return [] if tie is None else sorted(share.evidence for share in tie.shares)

    assert await told(EVERYTHING) == ["kno-hidden", "kno-of-hidden-source", "kno-seen"]
    assert await told(EVERYBODY) == ["kno-seen"]
    assert await told(EVERYBODY, "2026-11-24") == ["kno-future", "kno-seen"]
    assert await told(EVERYBODY, None, "2026-03-01T00:00:00Z") == ["kno-retracted", "kno-seen"]
    assert await told(EVERYBODY, "2026-11-22") == []
    assert await told(Scope()) == []
    assert [tie.b.id for tie in (await ties.knows(asked, EVERYBODY, [ANN.id]))[ANN.id].rows] == [BEN.id]


async def test_no_tie_is_told_of_one_hidden_agent_as_of_one_missing(engine: Engine) -> None:
    made = little()
    made.node("per-hid", "Hidden", vis=STAFF)
    made.knows(ANN.id, "per-hid", "kno-1")
    asked = await network(made, engine)

    assert [await ties.tie(asked, EVERYBODY, ANN.id, id) for id in ("per-hid", "per-not", CAT.id)] == [None] * 3
    found = await ties.knows(asked, EVERYBODY, ["per-hid", "per-not"], Page(total=True))
    assert found["per-hid"] == found["per-not"] == Slice[Tie]((), (), has_next=False, has_previous=False, total=0)


async def test_a_tie_between_organizations_is_made_of_their_own_evidence_only(engine: Engine) -> None:
    made = little()
    made.node("org-gears", "Gears Ltd")
    made.node("org-cranks", "Cranks Ltd")
    lasting = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}
    for who, firm in ((ANN.id, FORGE.id), (BEN.id, "org-gears"), (CAT.id, "org-cranks")):
        made.claim("WORKS_FOR", who, firm, f"clm-{firm}", **lasting)
    made.knows(ANN.id, BEN.id, "kno-people")
    made.knows(ANN.id, CAT.id, "kno-others")
    made.knows(FORGE.id, BEN.id, "kno-mixed", kind="BENEFIT")
    made.knows(FORGE.id, "org-gears", "kno-own", kind="BENEFIT")
    asked = await network(made, engine)

    own = await ties.tie(asked, EVERYBODY, FORGE.id, "org-gears")

    assert own is not None
    assert [share.evidence for share in own.shares] == ["kno-own"]
    assert await ties.tie(asked, EVERYBODY, FORGE.id, "org-cranks") is None


async def test_two_ends_that_are_one_are_refused(engine: Engine) -> None:
    asked = await network(little(), engine)

    with pytest.raises(ServiceError) as error:
        await ties.tie(asked, EVERYBODY, ANN.id, ANN.id)

    assert error.value.code is Code.BAD_USER_INPUT


async def test_what_was_written_since_the_last_question_is_in_the_next_answer(engine: Engine) -> None:
    asked = await network(little(), engine)
    assert await ties.tie(asked, EVERYBODY, ANN.id, BEN.id) is None

    text = (
        "MATCH (a:Person {id: $a}) MATCH (b:Person {id: $b}) CREATE (a)-[k:KNOWS]->(b) SET k = $said"
        " WITH k MATCH (r:Revision) SET r.number = 2"
    )
    said = {"id": "kno-1", "vis": 0, "source": REGISTER.id, "confidence": 1.0, "recordedAt": THEN, "revision": 2}
    said |= {"kind": "MEETING", "on": NOW[:10], "intensity": 1.0, "about": []}
    await engine.write(lambda transaction: transaction.run(text, {"a": ANN.id, "b": BEN.id, "said": said}))

    found = await ties.tie(asked, EVERYBODY, ANN.id, BEN.id)
    assert found is not None
    assert round(found.strength, 4) == 0.35


async def test_a_tie_of_which_nobody_asks_more_than_who_is_there_tells_no_more(engine: Engine) -> None:
    made = little()
    made.knows(ANN.id, BEN.id, "kno-ben")
    made.knows(CAT.id, ANN.id, "kno-cat", kind="CARD_SWAPPED")
    made.knows(ANN.id, CAT.id, "kno-hid", vis=STAFF)
    asked = await network(made, engine)
    names = frozenset({"edges", "node", "b", "node.b", "name"})

    whole = await ties.knows(asked, EVERYBODY, [ANN.id, CAT.id])
    bare = await ties.knows(asked, EVERYBODY, [ANN.id, CAT.id], Page(asked=names))
    both = await ties.knows(asked, EVERYBODY, [ANN.id, CAT.id], Page(asked=names | {"a", "node.a", "strength"}))

    nobody = {one: replace(one, name="") for one in (ANN, CAT)}
    told = {id: [(tie.a, tie.b) for tie in found.rows] for id, found in whole.items()}
    assert told == {ANN.id: [(ANN, BEN), (ANN, CAT)], CAT.id: [(CAT, ANN)]}
    assert {id: [(tie.a, tie.b) for tie in found.rows] for id, found in bare.items()} == {
        id: [(nobody[a], b) for a, b in pairs] for id, pairs in told.items()
    }
    assert {tie.strength for found in bare.values() for tie in found.rows} == {0.0}
    assert {id: found.rows for id, found in both.items()} == {id: found.rows for id, found in whole.items()}


async def test_what_is_asked_of_those_at_the_other_ends_begins_before_they_are_read(engine: Engine) -> None:
    made = little()
    for id in (BEN.id, CAT.id, FORGE.id):
        made.knows(ANN.id, id, f"kno-{id}")
    asked = await network(made, engine)
    begun: list[tuple[str, Sequence[str]]] = []

    def beyond(field: str, kind: str) -> Onward:
        return Onward(field, kind, lambda ids: begun.append((kind, ids)), lambda _: None)

    page = Page(onward=(beyond("b", "Person"), beyond("b", "Organization"), beyond("a", "Person")))
    await ties.knows(asked, EVERYBODY, [ANN.id], page)

    assert begun == [("Person", [BEN.id, CAT.id]), ("Organization", [FORGE.id])]


async def test_a_page_without_cursors_has_the_rows_of_one_with_them(engine: Engine) -> None:
    made = little()
    for number, other in enumerate((BEN, CAT, FORGE)):
        made.knows(ANN.id, other.id, f"kno-{other.id}", on=f"202{number + 4}-11-23")
    asked = await network(made, engine)
    shown = frozenset({"edges", "node", "strength", "a", "node.a", "hasNextPage"})

    for first, least in product((1, 2, 3), (Band.FAINT, Band.WARM)):
        whole, plain = [
            (await ties.knows(asked, EVERYBODY, [ANN.id], page, min_band=least))[ANN.id]
            for page in (Page(first=first), Page(first=first, asked=shown))
        ]

        assert plain == replace(whole, cursors=("",) * len(whole.rows))
        assert len(whole.rows) == min(first, 3 if least is Band.FAINT else 2)
