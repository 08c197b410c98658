"""What is behind something: every version, whoever contradicts it, what follows from it, and nothing hidden."""

from dataclasses import replace

from service.engines.protocol import Engine
from service.graph.questions.contradictions import Told
from service.graph.questions.rows import Agent, DisputePolicy, Event, Meeting
from service.graph.questions.whys import Named, Version, Why, why
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, REGISTER, STAFF, THEN, Little, organization, person

ANN, BEN = person("per-ann", "Ann Alloy"), person("per-ben", "Ben Bearing")
FORGE = organization("org-forge", "Forge Ltd")
LATER, LAST = "2026-03-01T00:00:00.000000Z", "2026-06-01T00:00:00.000000Z"
SINCE_2019 = {"start": "2019", "end": "..", "earliest": "2019-01-01", "latest": "9999-12-31"}

BUYER = Told(
    id="clm-1",
    type="WORKS_FOR",
    key="key-1",
    a=ANN.id,
    a_name=ANN.name,
    b=FORGE.id,
    b_name=FORGE.name,
    source=REGISTER,
    locator="row clm-1",
    confidence=1.0,
    vis=0,
    recorded_at=THEN,
    retracted_at=None,
    entered_by=None,
    retracted_by=None,
    reason=None,
    verified_at=None,
    verified_by=None,
    start="2019",
    end="..",
    earliest="2019-01-01",
    latest="9999-12-31",
    observed=(),
    unseen=(),
    role="buyer",
    level=None,
    status=None,
    kind=None,
    on=None,
    swapped=None,
    amount=None,
    amount_min=None,
    amount_max=None,
    currency=None,
    share_min=None,
    share_max=None,
    capability=None,
)


def little() -> Little:
    made = Little()
    for one in (ANN, BEN, FORGE):
        made.node(one.id, one.name)
    return made


async def behind(graph: Graph, id: str, scope: Scope = EVERYBODY) -> Why:
    found = await why(graph, scope, id)
    assert found is not None
    return found


async def test_a_claim_said_corrected_and_said_again_has_three_versions_the_oldest_first(engine: Engine) -> None:
    made = little()
    first = {"key": "key-1", "role": "buyer", **SINCE_2019}
    taken = {"retractedBy": "cat", "reason": "it was another Ann"}
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-1", retractedAt=LATER, **taken, **first)
    made.claim(
        "WORKS_FOR", ANN.id, FORGE.id, "clm-2", **{**first, "role": "driver"}, recordedAt=LATER, retractedAt=LAST
    )
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-3", **first, recordedAt=LAST, enteredBy="ada")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-other", **{**first, "key": "key-2"})
    graph = await made.save(engine)

    found = await behind(graph, "clm-2")

    one = replace(BUYER, retracted_at=LATER, retracted_by="cat", reason="it was another Ann")
    two = replace(BUYER, id="clm-2", locator="row clm-2", role="driver", recorded_at=LATER, retracted_at=LAST)
    three = replace(BUYER, id="clm-3", locator="row clm-3", recorded_at=LAST, entered_by="ada")
    assert (found.claim, found.versions) == (two, (one, two, three))
    assert (found.against, found.counting) == ((), {})


async def test_a_disputed_claim_names_those_that_contradict_it_and_the_one_that_counts(engine: Engine) -> None:
    made = little()
    dates = {"role": "buyer", **SINCE_2019}
    made.node("src-hidden", title="Hidden", vis=STAFF)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-1", **dates, verifiedAt=LATER, verifiedBy="cat")
    made.claim(
        "WORKS_FOR", ANN.id, FORGE.id, "clm-2", **{**dates, "role": "driver"}, source=GAZETTE.id, recordedAt=LATER
    )
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-agrees", **{**dates, "start": "2019-05"}, source=GAZETTE.id)
    made.claim(
        "WORKS_FOR", ANN.id, FORGE.id, "clm-old", role="driver", end="2018", latest="2018-12-31", source=GAZETTE.id
    )
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-gone", role="cook", source=GAZETTE.id, retractedAt=LATER)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-hidden", **{**dates, "role": "spy"}, source="src-hidden")
    made.claim("DIRECTOR_OF", ANN.id, FORGE.id, "clm-directs", **{**dates, "role": "chair"}, source=GAZETTE.id)
    graph = await made.save(engine)

    one, two = await behind(graph, "clm-1"), await behind(graph, "clm-2")

    assert one.claim is not None
    assert (one.claim.verified_at, one.claim.verified_by) == (LATER, "cat")
    counting = {
        DisputePolicy.LATEST: "clm-2",
        DisputePolicy.STRICT: None,
        DisputePolicy.VERIFIED_FIRST: "clm-1",
    }
    assert ([claim.id for claim in one.against], one.counting) == (["clm-2"], counting)
    assert ([claim.id for claim in two.against], two.counting) == (["clm-1"], counting)
    assert [claim.id for claim in (await behind(graph, "clm-1", EVERYTHING)).against] == ["clm-hidden", "clm-2"]
    assert await why(graph, EVERYBODY, "clm-hidden") is None


async def test_evidence_names_what_it_follows_from_and_what_stood_there_before(engine: Engine) -> None:
    made = little()
    made.node("mtg-1", on="2026-05-01", status="HELD", subject="tariffs", source=GAZETTE.id, recordedAt=THEN)
    for who in (ANN.id, BEN.id):
        made.claim("TOOK_PART_IN", who, "mtg-1", f"clm-{who}", on="2026-05-01", status="HELD")
    about = ["mtg-1", "clm-per-ann", "clm-per-ben"]
    back = {"retractedAt": LATER, "retractedBy": "cat", "reason": "no"}
    made.knows(ANN.id, BEN.id, "kno-0", key="key-k", about=about, **back)
    made.knows(ANN.id, BEN.id, "kno-1", key="key-k", about=about, recordedAt=LATER)
    made.knows(ANN.id, BEN.id, "kno-other", key="key-o", kind="CALL", enteredBy="ada")
    graph = await made.save(engine)

    found, call = await behind(graph, "kno-1"), await behind(graph, "kno-other")

    assert [row.id for row in found.about] == ["mtg-1"]
    assert found.evidence == (
        Version("kno-0", "key-k", THEN, LATER, None, "cat", "no", tuple(about), ()),
        Version("kno-1", "key-k", LATER, None, None, None, None, tuple(about), ()),
    )
    assert (call.about, call.evidence) == ((), (Version("kno-other", "key-o", THEN, None, "ada", None, None, (), ()),))


async def test_evidence_whose_place_is_taken_says_by_which_and_follows_from_nothing_for_whoever_sees_both(
    engine: Engine,
) -> None:
    made = little()
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-1", **SINCE_2019)
    said = {"kind": "CO_AFFILIATION", "since": "2019-01-01", "on": "2020-12-31", "about": ["clm-1"]}
    made.knows(ANN.id, BEN.id, "kno-public", **said)
    made.knows(ANN.id, BEN.id, "kno-staff", **said, vis=STAFF, instead=["kno-public"])
    made.knows(ANN.id, BEN.id, "kno-void", **said, vis=STAFF, intensity=0.0, instead=["kno-old", "kno-void"])
    made.knows(ANN.id, BEN.id, "kno-gone", **said, instead=["kno-public"], retractedAt=LATER)
    graph = await made.save(engine)

    async def told(scope: Scope, id: str) -> tuple[str, ...]:
        return (await behind(graph, id, scope)).replaced_by

    async def followed(scope: Scope) -> list[str]:
        return [row.id for row in (await behind(graph, "clm-1", scope)).follows]

    assert (await told(EVERYBODY, "kno-public"), await followed(EVERYBODY)) == ((), ["kno-public"])
    assert (await told(EVERYTHING, "kno-public"), await followed(EVERYTHING)) == (("kno-staff",), ["kno-staff"])
    assert (await told(EVERYTHING, "kno-staff"), await told(EVERYTHING, "kno-void")) == ((), ("kno-void",))


async def test_a_record_tells_who_had_a_part_in_it_and_what_follows(engine: Engine) -> None:
    made = little()
    made.node("mtg-1", on="2026-05-01", status="HELD", source=GAZETTE.id, recordedAt=THEN)
    made.node("crd-1", on="2026-05-01", source=GAZETTE.id, recordedAt=THEN)
    for who in (ANN.id, BEN.id):
        made.claim("TOOK_PART_IN", who, "mtg-1", f"clm-{who}")
    made.claim("GAVE_CARD", ANN.id, "crd-1", "clm-gave", swapped=True)
    made.claim("RECEIVED_CARD", BEN.id, "crd-1", "clm-got", swapped=True)
    made.knows(ANN.id, BEN.id, "kno-1", about=["mtg-1", "clm-per-ann"])
    made.knows(ANN.id, BEN.id, "kno-card", kind="CARD_SWAPPED", on="2026-05-01", about=["clm-gave", "clm-got"])
    made.knows(ANN.id, BEN.id, "kno-hidden", about=["mtg-1"], vis=STAFF)
    made.knows(ANN.id, BEN.id, "kno-gone", about=["mtg-1"], retractedAt=LATER)
    graph = await made.save(engine)

    meeting, card, part = [await behind(graph, id) for id in ("mtg-1", "crd-1", "clm-gave")]

    assert isinstance(meeting.entity, Meeting)
    assert [(one.id, one.type, one.b) for one in meeting.parts] == [
        ("clm-per-ann", "TOOK_PART_IN", "mtg-1"),
        ("clm-per-ben", "TOOK_PART_IN", "mtg-1"),
    ]
    assert ([one.id for one in meeting.follows], meeting.more) == (["kno-1"], 0)
    assert [one.id for one in card.parts] == ["clm-gave", "clm-got"]
    assert [one.id for one in card.follows] == ["kno-card"]
    assert part.claim is not None
    assert (part.entity, part.claim.type, part.claim.swapped) == (None, "GAVE_CARD", True)
    assert [one.id for one in part.follows] == ["kno-card"]


async def test_evidence_whose_place_another_takes_follows_only_for_those_who_do_not_see_that_one(
    engine: Engine,
) -> None:
    made = little()
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-1", **SINCE_2019)
    made.knows(ANN.id, BEN.id, "kno-all", kind="CO_AFFILIATION", about=["clm-1"])
    made.knows(ANN.id, BEN.id, "kno-staff", kind="CO_AFFILIATION", about=["clm-2"], instead=["kno-all"], vis=STAFF)
    graph = await made.save(engine)

    assert [one.id for one in (await behind(graph, "clm-1")).follows] == ["kno-all"]
    assert (await behind(graph, "clm-1", EVERYTHING)).follows == ()


async def test_an_agent_a_thing_and_a_source_tell_who_named_them(engine: Engine) -> None:
    made = little()
    made.node("idn-1", scheme="gb-coh", value="007", agent=ANN.id)
    made.node("evt-fair", "Fair", source=GAZETTE.id, locator="page 3")
    made.node("evt-hidden", "Hidden fair", source=GAZETTE.id, vis=STAFF)
    made.claim("IDENTIFIED_BY", ANN.id, "idn-1", "clm-known")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-1", role="buyer", **SINCE_2019)
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-gone", retractedAt=LATER)
    graph = await made.save(engine)

    agent = await behind(graph, ANN.id)

    assert isinstance(agent.entity, Agent)
    assert [(one.id, one.b_name) for one in agent.parts] == [("clm-1", FORGE.name), ("clm-known", "gb-coh:007")]
    assert await behind(graph, "evt-fair") == Why(Event("evt-fair", "Fair", None, None), named=Named(GAZETTE, "page 3"))
    assert await behind(graph, REGISTER.id) == Why(REGISTER)
    for id in ("evt-hidden", "evt-not", "clm-not", "per-not", "?"):
        assert await why(graph, EVERYBODY, id) is None


async def test_more_evidence_than_is_told_one_by_one_is_counted(engine: Engine) -> None:
    made = little()
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-1", **SINCE_2019)
    for number in range(103):
        made.node(f"per-{number:03d}", f"Person {number}")
        made.knows(ANN.id, f"per-{number:03d}", f"kno-{number:03d}", kind="CO_AFFILIATION", about=["clm-1"])
    graph = await made.save(engine)

    found = await behind(graph, "clm-1")

    assert ([one.id for one in found.follows], found.more) == ([f"kno-{number:03d}" for number in range(100)], 3)
