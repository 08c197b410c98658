"""Routes from the graph: their ends, what they avoid, their outcomes, and the reasons they give."""

import pytest

import packs
from network.paths import best_from, routes
from network.strength import Band
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions.clocks import When
from service.graph.questions.routes import Manner, PathOutcome, PathResult, introduction_paths, who_knows
from service.graph.questions.ties import Network
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, NOW, STAFF, THEN, Little, organization, person

OPEN = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}
FORGE = organization("org-forge", "Forge Ltd")


def people(*letters: str) -> Little:
    made = Little()
    for letter in letters:
        made.node(f"per-{letter}", letter.upper())
    return made


def meetings(made: Little, *pairs: str, on: str = NOW[:10]) -> None:
    """Two letters met one to one."""
    for pair in pairs:
        made.knows(f"per-{pair[0]}", f"per-{pair[1]}", f"kno-{pair}-{on}", on=on)


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


def told(found: PathResult | None) -> list[tuple[str, float]]:
    """Each route as its letters, with its strength."""
    assert found is not None
    return [
        ("".join(agent.name for agent in (path.start, *(segment.end for segment in path.segments))), _5(path.strength))
        for path in found.paths
    ]


def _5(value: float) -> float:
    return round(value, 5)


async def test_a_route_shows_its_segments_what_holds_it_back_and_why_it_has_its_place(engine: Engine) -> None:
    made = people("a", "b", "c")
    meetings(made, "ab")
    made.knows("per-b", "per-c", "kno-event", kind="SHARED_EVENT", on="2023-11-23")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-c")

    assert found is not None
    assert (found.outcome, found.nearest_hops, found.as_of, found.known_at) == (PathOutcome.FOUND, 2, "2026-11-23", NOW)
    (path,) = found.paths
    a, b, c = (person(f"per-{name}", name.upper()) for name in "abc")
    assert (path.start, path.end, path.on_behalf_of, path.hops, path.band) == (a, c, a, 2, Band.FAINT)
    assert [(one.start, one.end, _5(one.willingness), _5(one.tie.strength)) for one in path.segments] == [
        (a, b, 0.35, 0.35),
        (b, c, 0.00022, 0.00022),
    ]
    assert path.weakest == path.segments[1]
    assert path.strength == pytest.approx(0.7 * 0.35 * path.segments[1].willingness, rel=1e-12)
    assert path.reasons == (
        "It is number 1 with a strength of 0.0001: 0.3500 x 0.0002 x 0.7 for one hand-over.",
        (
            "Its weakest tie is B and C, willingness 0.0002 (faint): 100% of it rests on attending one event, "
            "and the last evidence is of 2023-11-23."
        ),
        "Stale: the last evidence between B and C is of 2023-11-23, 1096 days before the day asked.",
    )


async def test_a_weakest_tie_that_one_side_alone_has_shown_says_that_it_counts_half(engine: Engine) -> None:
    made = people("a", "b")
    made.knows("per-a", "per-b", "kno-said", kind="DECLARED", on="2026-11-01")

    found = await introduction_paths(await network(made, engine), EVERYBODY, "per-b", "per-a")

    assert found is not None
    (path,) = found.paths
    assert path.reasons == (
        "It is number 1 with a strength of 0.1968, the willingness of its only tie.",
        (
            "Its weakest tie is B and A, willingness 0.1968 (warm): 100% of it rests on saying that they know each "
            "other, and the last evidence is of 2026-11-01; only one of them has shown it, so it counts half."
        ),
    )


async def test_the_best_routes_come_first_and_k_cuts_them(engine: Engine) -> None:
    made = people("a", "b", "c", "d", "z")
    meetings(made, "ab", "bz", "ac", "cz", "ad")
    meetings(made, "cz", on="2026-11-01")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-z", k=5)
    one = await introduction_paths(asked, EVERYBODY, "per-a", "per-z", k=1)

    assert [route for route, _ in told(found)] == ["ACZ", "ABZ"]
    assert told(one) == told(found)[:1]


async def test_more_hops_than_allowed_are_no_route_but_the_nearest_is_told(engine: Engine) -> None:
    made = people("a", "b", "c", "d", "e", "f", "x")
    meetings(made, "ab", "bc", "cd", "de", "ef")
    asked = await network(made, engine)

    near = await introduction_paths(asked, EVERYBODY, "per-a", "per-f", max_hops=4)
    none = await introduction_paths(asked, EVERYBODY, "per-a", "per-x")

    assert near is not None
    assert none is not None
    assert (near.outcome, near.paths, near.nearest_hops) == (PathOutcome.NONE, (), 5)
    assert (none.outcome, none.paths, none.nearest_hops) == (PathOutcome.NONE, (), None)


async def test_a_search_cut_by_its_limit_says_so_and_that_is_not_the_answer_none(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = people("a", "b", "c", "z")
    meetings(made, "ab", "bz", "ac", "cz")
    asked = await network(made, engine)
    monkeypatch.setattr(routes, "__kwdefaults__", {**(routes.__kwdefaults__ or {}), "limit": 1})

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-z")

    assert found is not None
    assert found.outcome is PathOutcome.TRUNCATED


async def test_none_truncated_and_none_visible_are_three_answers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = people("a", "b", "c", "z")
    meetings(made, "ab")
    made.knows("per-b", "per-c", "kno-hidden", vis=STAFF)
    made.node(FORGE.id, FORGE.name)
    made.claim("WORKS_FOR", "per-c", FORGE.id, "clm-c", vis=STAFF, **OPEN)
    asked = await network(made, engine)

    async def outcomes(target: str, scope: Scope = EVERYBODY, hops: int = 3, **said: bool) -> set[PathOutcome]:
        manner = Manner(**said)
        routes = await introduction_paths(asked, scope, "per-a", target, max_hops=hops, manner=manner)
        known = await who_knows(asked, scope, target, ["per-a"], max_hops=hops, manner=manner)
        assert routes is not None
        assert known is not None
        assert (routes.paths, known.paths) == ((), ())
        assert (routes.nearest_hops, known.nearest_hops) in {(None, None), (2, 2)}
        return {routes.outcome, known.outcome}

    assert await outcomes("per-c") == {PathOutcome.NONE}
    assert await outcomes("per-c", brokering=True) == {PathOutcome.NONE_VISIBLE}
    assert await outcomes("per-c", brokering=True, hops=1) == {PathOutcome.NONE}
    assert await outcomes("per-z", brokering=True) == {PathOutcome.NONE}
    assert await outcomes(FORGE.id, brokering=True) == {PathOutcome.NONE_VISIBLE}
    for search in (routes, best_from):
        monkeypatch.setattr(search, "__kwdefaults__", {**(search.__kwdefaults__ or {}), "limit": 0})
    assert await outcomes("per-c", EVERYTHING, brokering=True) == {PathOutcome.TRUNCATED}


async def test_an_organization_means_itself_and_whoever_works_there_directs_it_or_holds_a_post_in_it_now(
    engine: Engine,
) -> None:
    made = people("a", "b", "c", "d", "e", "z")
    made.node(FORGE.id, FORGE.name)
    made.node("pst-chair", "Chair")
    made.claim("POST_IN", "pst-chair", FORGE.id, "clm-post")
    made.claim("WORKS_FOR", "per-a", FORGE.id, "clm-a", **OPEN)
    made.claim("DIRECTOR_OF", "per-b", FORGE.id, "clm-b", **OPEN)
    made.claim("HOLDS", "per-c", "pst-chair", "clm-c", **OPEN)
    made.claim("WORKS_FOR", "per-d", FORGE.id, "clm-d", earliest="2020-01-01")
    made.claim("WORKS_FOR", "per-e", FORGE.id, "clm-e", earliest="2020-01-01", latest="2020-12-31")
    meetings(made, "az", "bz", "cz", "dz", "ez")
    made.knows(FORGE.id, "per-z", "kno-forge", kind="BENEFIT")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, FORGE.id, "per-z", max_hops=1)
    earlier = await introduction_paths(asked, EVERYBODY, FORGE.id, "per-z", max_hops=1, when=When("2020-06-01"))
    back = await introduction_paths(asked, EVERYBODY, "per-z", FORGE.id, max_hops=1)

    assert told(found) == [("AZ", 0.35), ("BZ", 0.35), ("CZ", 0.35), ("Forge LtdZ", 0.15)]
    assert found is not None
    assert {path.on_behalf_of for path in found.paths} == {FORGE}
    assert told(earlier) == []
    assert told(back) == [("ZA", 0.35), ("ZB", 0.35), ("ZC", 0.35), ("ZForge Ltd", 0.15)]
    assert back is not None
    assert {path.on_behalf_of.name for path in back.paths} == {"Z"}


async def test_of_contradicting_claims_the_latest_says_who_is_there(engine: Engine) -> None:
    made = people("a", "z")
    made.node(FORGE.id, FORGE.name)
    made.claim("WORKS_FOR", "per-a", FORGE.id, "clm-1", **OPEN)
    left = {"start": "2020", "end": "2021", "earliest": "2020-01-01", "latest": "2021-12-31"}
    made.claim("WORKS_FOR", "per-a", FORGE.id, "clm-2", source=GAZETTE.id, recordedAt="2026-02-01", **left)
    meetings(made, "az")
    asked = await network(made, engine)

    assert told(await introduction_paths(asked, EVERYBODY, FORGE.id, "per-z")) == []
    before = When(None, "2026-01-15T00:00:00Z")
    assert told(await introduction_paths(asked, EVERYBODY, FORGE.id, "per-z", when=before)) == [("AZ", 0.35)]


async def test_an_organization_is_never_inside_a_path(engine: Engine) -> None:
    made = people("a", "z")
    made.node(FORGE.id, FORGE.name)
    for one in ("a", "z"):
        made.knows(FORGE.id, f"per-{one}", f"kno-{one}", kind="BENEFIT")
        made.claim("WORKS_FOR", f"per-{one}", FORGE.id, f"clm-{one}", **OPEN)
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-z", max_hops=4)

    assert found is not None
    assert (found.outcome, found.nearest_hops) == (PathOutcome.NONE, None)


async def test_an_event_that_is_no_tie_and_a_source_are_never_inside_a_path(engine: Engine) -> None:
    made = people("a", "z")
    made.node("evt-fair", "Fair")
    made.node("mtg-1", on="2026-10-01", status="PLANNED", source=GAZETTE.id, recordedAt=THEN)
    for one in ("a", "z"):
        made.claim("ATTENDED", f"per-{one}", "evt-fair", f"clm-{one}", status="ATTENDED")
        made.claim("TOOK_PART_IN", f"per-{one}", "mtg-1", f"clm-mtg-{one}")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-z", max_hops=4)

    assert found is not None
    assert (found.outcome, found.nearest_hops) == (PathOutcome.NONE, None)
    for thing in ("evt-fair", GAZETTE.id, "mtg-1"):
        assert await introduction_paths(asked, EVERYBODY, "per-a", thing) is None


async def test_whoever_belongs_to_both_ends_is_a_route_of_no_hops(engine: Engine) -> None:
    made = people("a")
    made.node(FORGE.id, FORGE.name)
    made.node("org-gears", "Gears")
    for place in (FORGE.id, "org-gears"):
        made.claim("DIRECTOR_OF", "per-a", place, f"clm-{place}", **OPEN)
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, FORGE.id, "org-gears")

    assert found is not None
    (path,) = found.paths
    a = person("per-a", "A")
    assert (path.start, path.end, path.hops, path.strength, path.weakest, path.segments) == (a, a, 0, 1.0, None, ())
    assert path.reasons == ("It comes first: one person belongs to both ends, so nobody needs to be asked.",)
    assert found.nearest_hops == 0


async def test_a_post_as_target_means_its_holders(engine: Engine) -> None:
    made = people("a", "b", "c")
    made.node("pst-chair", "Chair")
    made.claim("HOLDS", "per-b", "pst-chair", "clm-b", **OPEN)
    made.claim("HOLDS", "per-c", "pst-chair", "clm-c", earliest="2010-01-01", latest="2011-01-01")
    meetings(made, "ab", "ac")
    asked = await network(made, engine)

    assert told(await introduction_paths(asked, EVERYBODY, "per-a", "pst-chair")) == [("AB", 0.35)]
    assert told(await who_knows(asked, EVERYBODY, "pst-chair", ["per-a", "per-c"])) == [("AB", 0.35), ("CAB", 0.08575)]
    assert await introduction_paths(asked, EVERYBODY, "pst-chair", "per-a") is None


async def test_nobody_who_is_avoided_nor_anybody_of_an_organization_that_is_stands_inside_a_route(
    engine: Engine,
) -> None:
    made = people("a", "b", "c", "d", "z")
    made.node(FORGE.id, FORGE.name)
    made.claim("WORKS_FOR", "per-c", FORGE.id, "clm-c", **OPEN)
    made.claim("WORKS_FOR", "per-z", FORGE.id, "clm-z", **OPEN)
    meetings(made, "ab", "bz", "ac", "cz", "ad", "dz")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-z", avoid=["per-b", FORGE.id, "per-not"])

    assert told(found) == [("ADZ", 0.08575)]


async def test_whoever_is_avoided_does_not_speak_for_an_end_either(engine: Engine) -> None:
    made = people("a", "b", "z")
    made.node(FORGE.id, FORGE.name)
    for letter in "ab":
        made.claim("WORKS_FOR", f"per-{letter}", FORGE.id, f"clm-{letter}", **OPEN)
    meetings(made, "az", "bz")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, FORGE.id, "per-z", avoid=["per-a", "per-z"])

    assert told(found) == [("BZ", 0.35)]


async def test_disjoint_routes_share_nobody_in_between(engine: Engine) -> None:
    made = people("a", "b", "c", "d", "z")
    meetings(made, "ab", "bz", "bc", "cz", "ad", "dz", "ac")
    asked = await network(made, engine)

    found = await introduction_paths(asked, EVERYBODY, "per-a", "per-z", k=5, disjoint=True)

    assert [route for route, _ in told(found)] == ["ABZ", "ACZ", "ADZ"]


async def test_a_hidden_short_cut_changes_nothing_and_a_hidden_end_is_as_good_as_none(engine: Engine) -> None:
    made = people("a", "b", "c", "z")
    made.node("per-h", "H", vis=STAFF)
    meetings(made, "ab", "bc", "cz", "ah", "hz")
    made.knows("per-a", "per-z", "kno-hidden", vis=STAFF)
    asked = await network(made, engine)

    public = await introduction_paths(asked, EVERYBODY, "per-a", "per-z")
    staff = await introduction_paths(asked, EVERYTHING, "per-a", "per-z")

    assert (told(public), public.nearest_hops if public else None) == ([("ABCZ", 0.02101)], 3)
    assert (told(staff)[0], staff.nearest_hops if staff else None) == (("AZ", 0.35), 1)
    hidden = [await introduction_paths(asked, EVERYBODY, "per-a", id) for id in ("per-h", "per-not", "cap-not")]
    assert hidden == [None, None, None]
    assert await introduction_paths(asked, Scope(), "per-a", "per-z") is None


async def test_who_knows_gives_one_best_route_from_each_and_without_any_from_the_association_and_its_members(
    engine: Engine,
) -> None:
    made = people("a", "b", "c", "d", "z")
    made.node("org-trade", "Trade Association")
    for letter, name in (("b", "Bearings"), ("c", "Cranks"), ("d", "Dampers")):
        made.node(f"org-{letter}", name)
        made.claim("WORKS_FOR", f"per-{letter}", f"org-{letter}", f"clm-{letter}", **OPEN)
    made.claim("WORKS_FOR", "per-a", "org-trade", "clm-a", **OPEN)
    made.claim("MEMBER_OF", "org-b", "org-trade", "clm-mb", **OPEN)
    made.claim("MEMBER_OF", "org-c", "org-trade", "clm-mc", **OPEN)
    made.claim("MEMBER_OF", "org-d", "org-trade", "clm-md", earliest="2010-01-01", latest="2011-12-31")
    meetings(made, "cz", "ac", "dz", "ba")
    asked = await network(made, engine)

    ours = await who_knows(asked, EVERYBODY, "per-z", association="trade association")
    named = await who_knows(asked, EVERYBODY, "per-z", ["org-d", "per-a", "org-not"], first=1)

    assert ours is not None
    assert [(path.on_behalf_of.name, path.hops, _5(path.strength)) for path in ours.paths] == [
        ("Cranks", 1, 0.35),
        ("Trade Association", 2, 0.08575),
        ("Bearings", 3, 0.02101),
    ]
    assert (ours.outcome, ours.nearest_hops) == (PathOutcome.FOUND, 1)
    assert told(named) == [("DZ", 0.35)]


async def test_who_knows_without_an_association_says_what_to_do(engine: Engine) -> None:
    asked = await network(people("z"), engine)

    for association, beginning in ((None, "nobody is named to start from"), ("nobody", "PADDOCK_ASSOCIATION is")):
        with pytest.raises(ServiceError) as error:
            await who_knows(asked, EVERYBODY, "per-z", association=association)
        assert error.value.code is Code.BAD_USER_INPUT
        assert error.value.message.startswith(beginning)


async def test_a_target_that_starts_too_is_refused_where_it_is_named_and_left_out_where_it_is_a_member(
    engine: Engine,
) -> None:
    made = people("a")
    made.node("org-trade", "Trade Association")
    made.node(FORGE.id, FORGE.name)
    made.claim("MEMBER_OF", FORGE.id, "org-trade", "clm-1", **OPEN)
    asked = await network(made, engine)

    ours = await who_knows(asked, EVERYBODY, FORGE.id, association="org-trade")
    assert ours is not None
    assert (ours.outcome, ours.paths) == (PathOutcome.NONE, ())
    with pytest.raises(ServiceError) as error:
        await who_knows(asked, EVERYBODY, FORGE.id, [FORGE.id])
    assert error.value.message == "both ends are the same; a route needs two"
    with pytest.raises(ServiceError) as error:
        await introduction_paths(asked, EVERYBODY, "per-a", "per-a")
    assert error.value.code is Code.BAD_USER_INPUT


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"k": 0}, "k is 0; it may be 1 to 20"),
        ({"k": 21}, "k is 21; it may be 1 to 20"),
        ({"max_hops": 5}, "maxHops is 5; it may be 1 to 4"),
        ({"avoid": ["x"] * 101}, "avoid has 101 ids; give at most 100"),
    ],
)
async def test_bounds_are_kept_in_plain_sentences(given: dict[str, object], sentence: str) -> None:
    asked = Network(Graph(None, lambda: NOW), packs.evidence(), feed)  # type: ignore[arg-type]

    with pytest.raises(ServiceError) as error:
        await introduction_paths(asked, EVERYBODY, "per-a", "per-b", **given)  # type: ignore[arg-type]

    assert (error.value.code, error.value.message) == (Code.BAD_USER_INPUT, sentence)
