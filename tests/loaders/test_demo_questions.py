"""The named questions of the demo have the answers that were planted, at every scale and for every clearance."""

import pytest

from loaders import demo
from loaders.demo import Question
from loaders.demo.stories import planted
from network.paths import routes
from network.route import Route
from tests.loaders.demo_worlds import ends, joint, kinds, members, view, world

MEMBERS = frozenset({0, 1})
OWNER = frozenset({0, 1, 2, 3})
SCALES = (0.02, 0.2, 1)

questions = pytest.mark.parametrize("question", demo.questions(), ids=lambda question: question.key)
scales = pytest.mark.parametrize("scale", SCALES)
clearances = pytest.mark.parametrize("clearance", [MEMBERS, OWNER], ids=["members", "owner"])


def answer(question: Question, scale: float, clearance: frozenset[int]) -> list[Route]:
    """The best routes: for who knows somebody, one of each member."""
    seen, target = view(scale, clearance), ends(scale, question.target.id)
    blocked = [one.id for one in question.avoid]
    if question.start is not None:
        starts = ends(scale, question.start.id)
        return list(routes(seen, starts, target, k=5, max_hops=question.max_hops, blocked=blocked).routes)
    asked = sorted(members(scale))
    each = (routes(seen, ends(scale, one), target, k=1, max_hops=question.max_hops).routes for one in asked)
    return sorted((route for best in each for route in best), key=lambda route: -route.strength)


def passed(question: Question, scale: float, clearance: frozenset[int]) -> Route:
    """The route that looks better, as strong as it would be if nothing spoke against it."""
    first, last = question.passed[0].id, question.passed[-1].id
    hops = len(question.passed) - 1
    found = routes(view(scale, clearance), {first}, {last}, k=1, max_hops=hops).routes
    assert [route.agents for route in found] == [tuple(one.id for one in question.passed)]
    return found[0]


@scales
@clearances
@questions
def test_the_best_route_is_the_planted_one(question: Question, scale: float, clearance: frozenset[int]) -> None:
    assert answer(question, scale, clearance)[0].agents == tuple(one.id for one in question.route)


@questions
def test_the_best_route_has_two_hops_and_three_kinds_of_evidence_at_least(question: Question) -> None:
    hops = list(zip(question.route, question.route[1:], strict=False))
    found = {kind for a, b in hops for kind in kinds(1, a.id, b.id)}
    assert (len(hops) >= 2, len(found) >= 3) == (True, True)


@scales
@questions
def test_planted_strengths_do_not_depend_on_the_scale(question: Question, scale: float) -> None:
    strengths = {"alloys-to-team": 0.3966, "members-to-minister": 0.52, "composites-to-prime": 0.3913}
    strengths |= {"past-the-rival": 0.2151}
    assert round(answer(question, scale, OWNER)[0].strength, 4) == strengths[question.key]


@scales
def test_the_shorter_route_is_fainter(scale: float) -> None:
    for question in demo.questions()[:2]:
        best = answer(question, scale, OWNER)[0]
        other = passed(question, scale, OWNER)
        assert (other.hops < best.hops, other.strength < best.strength) == (True, True)


@scales
def test_a_stronger_tie_leads_to_somebody_who_has_left(scale: float) -> None:
    question = demo.questions()[2]
    left = question.passed[-1].id
    assert passed(question, scale, OWNER).strength > answer(question, scale, OWNER)[0].strength
    assert left not in ends(scale, question.target.id)
    assert left in {one.a for one in world(scale).assertions if one.b == question.target.id}


@scales
def test_the_strongest_route_leads_past_somebody_to_avoid(scale: float) -> None:
    question = demo.questions()[3]
    assert passed(question, scale, OWNER).strength > answer(question, scale, OWNER)[0].strength
    assert [one.id for one in question.avoid] == [question.passed[1].id]


def test_questions_name_agents_by_ids_that_no_scale_changes() -> None:
    named = {one for question in demo.questions() for one in (*question.route, *question.passed, question.target)}
    for scale in SCALES:
        assert {one.name for one in named} == {world(scale).agents[one.id].name for one in named}


def test_nobody_else_is_called_like_somebody_planted() -> None:
    names = [one.name for one in world(1).agents.values()]
    assert {one.name: names.count(one.name) for one in planted().values()} == {
        one.name: 1 for one in planted().values()
    }


@scales
def test_the_planted_joints_are_live_single_and_cold(scale: float) -> None:
    who = planted()
    found = {
        supplier: joint(scale, MEMBERS, who[supplier].id, who["oakengate"].id).name
        for supplier in ("hallamgate", "grendonbury", "tamebank")
    }
    assert found == {"hallamgate": "LIVE", "grendonbury": "SINGLE", "tamebank": "COLD"}


@scales
def test_a_latent_joint_waits_outside_the_chain(scale: float) -> None:
    forge, root = planted()["sheafbridge"].id, planted()["oakengate"].id
    supplies = [one for one in world(scale).assertions if one.type == "SUPPLIES"]
    assert [one for one in supplies if forge in (one.a, one.b)] == []
    assert len(joint(scale, MEMBERS, forge, root).warm) == 1


def test_a_forge_feeds_what_gearbox_makers_make() -> None:
    names = {one.id: one.name for one in world(1).nodes.values()}
    feeds = [(names[one.a], names[one.b]) for one in world(1).assertions if one.type == "FEEDS"]
    broader = [(names[one.a], names[one.b]) for one in world(1).assertions if one.type == "BROADER"]
    assert ("Forging", "Gearboxes") in feeds
    assert {("Ring rolling", "Forging"), ("Sequential gearboxes", "Gearboxes")} <= set(broader)
