"""Who holds an office, how they can be reached, and where those along the way stand."""

import pytest

import packs
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions.clocks import When
from service.graph.questions.influence import InfluenceResult, influence_paths
from service.graph.questions.routes import NO_ASSOCIATION, Manner, introduction_paths
from service.graph.questions.rows import Post
from service.graph.questions.ties import Network
from service.graph.store import Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, NOW, STAFF, Little

LASTING = {"start": "2019", "end": "..", "earliest": "2019-01-01", "latest": "9999-12-31"}
OVER = {"start": "2019", "end": "2021", "earliest": "2019-01-01", "latest": "2021-12-31"}
LATER = {"recordedAt": "2026-02-01T00:00:00.000000Z", "source": GAZETTE.id}


def little() -> Little:
    """An office held by Ida and Jon, once by Kay; Ann of our member Forge and Ben of the association know people."""
    made = Little()
    for name in ("ann", "ben", "cat", "ida", "jon", "kay"):
        made.node(f"per-{name}", name.capitalize())
    for name in ("mia", "forge"):
        made.node(f"org-{name}", name.capitalize())
    made.node("pst-minister", "Minister")
    made.node("iss-tariff", "Tariffs")
    made.claim("HOLDS", "per-ida", "pst-minister", "clm-ida", **LASTING)
    made.claim("HOLDS", "per-jon", "pst-minister", "clm-jon", **{**LASTING, "earliest": "2020-01-01"})
    made.claim("HOLDS", "per-kay", "pst-minister", "clm-kay", **OVER)
    made.claim("WORKS_FOR", "per-ben", "org-mia", "clm-ben", **LASTING)
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-ann", **LASTING)
    made.claim("MEMBER_OF", "org-forge", "org-mia", "clm-member", **LASTING)
    made.knows("per-ann", "per-cat", "kno-ann-cat")
    made.knows("per-cat", "per-ida", "kno-cat-ida")
    made.knows("per-ben", "per-ida", "kno-ben-ida", kind="CARD_SWAPPED")
    made.knows("per-ida", "per-jon", "kno-ida-jon")
    made.knows("per-ben", "per-kay", "kno-ben-kay")
    made.claim("TAKES_STANCE", "org-mia", "iss-tariff", "clm-for", position="for", start="2025-03")
    made.claim("TAKES_STANCE", "per-cat", "iss-tariff", "clm-against", position="against", vis=STAFF)
    made.claim("TAKES_STANCE", "per-ida", "iss-tariff", "clm-open", position="open", **OVER)
    return made


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


def told(found: InfluenceResult | None) -> list[tuple[str, list[str]]]:
    """Of each holder the routes, each by who asks and who stands along it."""
    assert found is not None
    return [
        (
            one.holding.id,
            [
                " ".join([path.on_behalf_of.id, path.start.id, *(segment.end.id for segment in path.segments)])
                for path in one.paths
            ],
        )
        for one in found.holders
    ]


async def asked(network_: Network, scope: Scope = EVERYBODY, **more: object) -> InfluenceResult | None:
    return await influence_paths(network_, scope, "pst-minister", association="Mia", **more)  # type: ignore[arg-type]


async def test_each_holder_is_shown_with_the_best_routes_of_all_who_are_ours(engine: Engine) -> None:
    found = await asked(await network(little(), engine))
    assert told(found) == [
        ("clm-ida", ["org-mia per-ben per-ida", "org-forge per-ann per-cat per-ida"]),
        ("clm-jon", []),
    ]
    assert found is not None
    assert (found.post, found.outcome, found.as_of, found.known_at) == (
        Post("pst-minister", "Minister"),
        "FOUND",
        "2026-11-23",
        NOW,
    )


async def test_a_route_to_a_holder_is_what_the_question_for_routes_tells(engine: Engine) -> None:
    asking = await network(little(), engine)
    found, one = (
        await asked(asking, start=["org-forge"]),
        await introduction_paths(asking, EVERYBODY, "org-forge", "per-ida"),
    )
    assert found is not None
    assert one is not None
    assert found.holders[0].paths == one.paths


async def test_only_so_many_routes_come_and_only_so_long_ones(engine: Engine) -> None:
    asking = await network(little(), engine)
    assert told(await asked(asking, k=1))[0] == ("clm-ida", ["org-mia per-ben per-ida"])
    assert told(await asked(asking, start=["per-ann", "per-nobody"], max_hops=1))[0] == ("clm-ida", [])


async def test_whoever_holds_the_office_and_is_ours_needs_nobody(engine: Engine) -> None:
    found = await asked(await network(little(), engine), start=["per-jon"])
    assert told(found) == [("clm-ida", ["per-jon per-jon per-ida"]), ("clm-jon", ["per-jon per-jon"])]


async def test_holders_are_those_of_the_day_as_far_as_the_latest_claims_say(engine: Engine) -> None:
    made = little()
    made.claim("HOLDS", "per-jon", "pst-minister", "clm-jon-left", **OVER, **LATER)
    made.claim("HOLDS", "per-ida", "pst-minister", "clm-ida-too", **{**LASTING, **LATER})
    asking = await network(made, engine)
    assert [id for id, _ in told(await asked(asking))] == ["clm-ida-too"]
    past = await asked(asking, when=When("2020-06-01"))
    assert [id for id, _ in told(past)] == ["clm-ida-too", "clm-jon-left", "clm-kay"]


async def test_an_issue_adds_the_stances_one_may_see_and_leaves_no_route_out(engine: Engine) -> None:
    asking = await network(little(), engine)
    plain, public, staff = (
        await asked(asking),
        await asked(asking, issue="iss-tariff"),
        await asked(asking, EVERYTHING, issue="iss-tariff"),
    )
    assert told(plain) == told(public) == told(staff)

    def added(found: InfluenceResult | None) -> list[list[str]]:
        assert found is not None
        return [[line for line in path.reasons if line.startswith("On ")] for path in found.holders[0].paths]

    mia = ["On Tariffs, Mia takes the position for since 2025-03, says The register."]
    assert (added(plain), added(public)) == ([[], []], [mia, []])
    assert added(staff) == [mia, ["On Tariffs, Cat takes the position against, says The register."]]


async def test_limits_of_introducers_hold_on_the_way_to_an_office(engine: Engine) -> None:
    made = little()
    made.node("lim-cat", vis=STAFF, person="per-cat", never=["per-ida"])
    assert told(await asked(await network(made, engine), start=["org-forge"]))[0] == ("clm-ida", [])


async def test_no_route_is_told_apart_from_a_hidden_one_only_where_brokering_is_on(engine: Engine) -> None:
    made = little()
    made.node("per-dan", "Dan")
    made.knows("per-dan", "per-jon", "kno-dan-jon", vis=STAFF)
    asking = await network(made, engine)
    outcomes = [
        found.outcome
        for brokering in (False, True)
        for start in ("per-dan", "per-nobody")
        if (found := await asked(asking, start=[start], manner=Manner(brokering=brokering))) is not None
    ]
    assert outcomes == ["NONE", "NONE", "NONE_VISIBLE", "NONE"]


async def test_an_office_or_issue_one_may_not_see_answers_like_one_that_is_not_there(engine: Engine) -> None:
    made = little()
    made.node("pst-hidden", "Hidden", vis=STAFF)
    made.node("iss-hidden", "Hidden", vis=STAFF)
    asking = await network(made, engine)
    for post in ("pst-hidden", "pst-nothing", "per-ida", "iss-tariff"):
        assert await influence_paths(asking, EVERYBODY, post, start=["per-ann"]) is None
    for issue in ("iss-hidden", "iss-nothing", "per-ida"):
        assert await influence_paths(asking, EVERYBODY, "pst-minister", issue, ["per-ann"]) is None


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"k": 21}, "k is 21; it may be 1 to 20"),
        ({"max_hops": 5}, "maxHops is 5; it may be 1 to 4"),
        ({"start": ["per-ann"] * 101}, "from has 101 ids; give at most 100"),
        (
            {"association": None},
            NO_ASSOCIATION,
        ),
    ],
)
async def test_what_is_out_of_bounds_is_refused(engine: Engine, more: dict[str, object], message: str) -> None:
    asking = await network(little(), engine)
    with pytest.raises(ServiceError) as refused:
        await influence_paths(asking, EVERYBODY, "pst-minister", **more)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.message) == (Code.BAD_USER_INPUT, message)
