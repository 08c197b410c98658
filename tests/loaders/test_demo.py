"""The invented world is alike every time, whole, and of the size it promises."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders import demo
from service.graph.model import AgentKind, Batch, Identity, Mode, digest
from service.graph.record.disputes import contradict
from tests.loaders.demo_worlds import SMALL, faults, known, members, staff, world
from tests.loaders.standing import standing

PRINT = """
from loaders import demo
from tests.loaders.test_demo import fingerprint
print(fingerprint(demo.batch(0.02)))
"""


def fingerprint(batch: Batch) -> str:
    """One text for all that a batch says, whatever it says it about."""
    said = [(one.key, one.content, one.vis, one.unit, one.locator) for one in batch.assertions]
    evidence = [(one.key, one.content, one.vis) for one in batch.evidence]
    agents = [(one.id, one.name, one.other_names, one.vis, one.kinds, one.country) for one in batch.agents.values()]
    nodes = [(one.label, one.id, one.name, one.vis, dict(one.properties)) for one in batch.nodes.values()]
    return digest("sum", said, evidence, agents, nodes, dict(batch.registers))


@pytest.mark.parametrize("hashing", ["0", "4711"])
def test_every_run_invents_the_same_world_whatever_the_seed_of_hashes(hashing: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hashing}
    run = subprocess.run([sys.executable, "-c", PRINT], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == fingerprint(demo.batch(SMALL))


def test_another_seed_invents_another_world() -> None:
    assert fingerprint(demo.batch(SMALL, "other")) != fingerprint(demo.batch(SMALL))


@settings(max_examples=30, deadline=None)
@given(scale=st.floats(0.001, 0.05), seed=st.text(max_size=8))
@example(scale=0.03125, seed="\x9a\U00105c9b\xb8\U000804e8\xca<~")  # somebody called an official twice on one day
def test_any_world_can_be_loaded_as_it_stands(scale: float, seed: str) -> None:
    assert faults(demo.batch(scale, seed)) == []


def test_the_whole_world_can_be_loaded_as_it_stands() -> None:
    assert faults(world(1)) == []


def test_the_whole_world_has_the_members_and_people_it_promises() -> None:
    people = [one for one in world(1).agents.values() if one.kind is AgentKind.PERSON]
    careers = {one.a for one in world(1).assertions if one.type == "WORKS_FOR"}
    companies = members(1) - {digest("org", "guild", "C00000")}
    assert (len(companies), len([one for one in people if one.id in careers])) == (400, 3000)


def test_the_whole_world_has_these_agents_and_things() -> None:
    agents = Counter(str(one.kind) for one in world(1).agents.values())
    things = Counter(one.label for one in world(1).nodes.values())
    assert agents == {"Person": 3125, "Organization": 538}
    assert things == {
        "Meeting": 5678,
        "CardExchange": 2319,
        "Introduction": 320,
        "Capability": 117,
        "Event": 105,
        "Certification": 10,
        "Post": 8,
        "Issue": 4,
    }


def test_the_whole_world_makes_these_claims() -> None:
    assert Counter(one.type for one in world(1).assertions) == {
        "TOOK_PART_IN": 15845,
        "WORKS_FOR": 9960,
        "ATTENDED": 8058,
        "IDENTIFIED_BY": 4831,
        "SUPPLIES": 2655,
        "GAVE_CARD": 2319,
        "RECEIVED_CARD": 2319,
        "HAS_CAPABILITY": 2285,
        "EXCHANGED_AT": 1258,
        "MEMBER_OF": 872,
        "DIRECTOR_OF": 842,
        "HOLDS_CERTIFICATION": 841,
        "REQUESTS": 320,
        "INTRODUCES": 320,
        "INTRODUCED_IN": 320,
        "GAVE_BENEFIT": 221,
        "TAKES_STANCE": 110,
        "BROADER": 109,
        "PART_OF": 100,
        "OWNS": 80,
        "COMPETES_WITH": 57,
        "RELATED": 37,
        "FEEDS": 37,
        "SUCCEEDED_BY": 24,
        "HOLDS": 24,
        "POST_IN": 8,
        "DECIDES_ON": 8,
        "SECRETARIAT_OF": 2,
    }


def test_the_whole_world_comes_to_about_150_000_pieces_of_evidence() -> None:
    assert Counter(one.kind for one in known(1)) == {
        "SHARED_EVENT": 68924,
        "CO_AFFILIATION": 43908,
        "SMALL_GROUP": 10866,
        "CO_COMMITTEE": 6987,
        "CALL": 5427,
        "CORRESPONDENCE": 5352,
        "MEETING": 3549,
        "CO_PROJECT": 2204,
        "CORRESPONDENCE_SENT": 1755,
        "CARD_SWAPPED": 1661,
        "CO_BOARD": 925,
        "CARD_GIVEN": 658,
        "DECLARED": 516,
        "BENEFIT": 183,
        "INTRODUCTION": 147,
    }
    assert len(known(1)) == 153_062


def test_sizes_follow_the_scale() -> None:
    sizes = [len(demo.batch(scale).assertions) for scale in (0.25, 0.5)]
    assert [round(size / len(world(1).assertions), 1) for size in sizes] == [0.3, 0.5]


def test_ten_years_have_five_gatherings_each() -> None:
    series = {one.id for one in world(1).nodes.values() if one.label == "Event" and "start" not in one.properties}
    held = [one.a for one in world(1).assertions if one.type == "PART_OF" and one.b in series]
    years = Counter(str(world(1).nodes[event].properties["start"])[:4] for event in held)
    assert years == dict.fromkeys(map(str, range(2017, 2027)), 5)


def test_a_gathering_to_come_has_registrations_alone() -> None:
    ahead = [one for one in world(1).assertions if one.type == "ATTENDED" and (one.start or "") > demo.AS_OF]
    assert {str(one.attributes["status"]) for one in ahead} == {"REGISTERED", "CANCELLED"}


def test_supply_runs_six_tiers_deep_and_in_circles_here_and_there() -> None:
    suppliers: dict[str, set[str]] = {}
    for one in world(1).assertions:
        if one.type == "SUPPLIES" and one.end == "..":
            suppliers.setdefault(one.b, set()).add(one.a)
    team = next(one.id for one in world(1).agents.values() if one.name == "Evenholt Grand Prix")
    tiers = [{team}]
    for _ in range(6):
        tiers.append({above for firm in tiers[-1] for above in suppliers.get(firm, set())})
    circles = [firm for firm in suppliers if firm in _upstream(suppliers, firm)]
    assert (all(tiers), len(tiers), len(circles)) == (True, 7, 27)


def _upstream(suppliers: dict[str, set[str]], firm: str) -> set[str]:
    seen: set[str] = set()
    ahead = [firm]
    while ahead:
        new = suppliers.get(ahead.pop(), set()) - seen
        seen |= new
        ahead.extend(new)
    return seen


def test_sources_contradict_each_other_as_real_lists_do() -> None:
    between: dict[tuple[str, str, str], list[int]] = {}
    claims = [standing(one) for one in world(1).assertions if one.type in {"WORKS_FOR", "SUPPLIES", "HAS_CAPABILITY"}]
    for index, one in enumerate(claims):
        between.setdefault((one.type, one.a, one.b), []).append(index)
    disputes = Counter(
        claims[left].type
        for group in between.values()
        for place, left in enumerate(group)
        for right in group[place + 1 :]
        if contradict(claims[left], claims[right])
    )
    assert disputes == {"WORKS_FOR": 657, "SUPPLIES": 176, "HAS_CAPABILITY": 82}


def test_some_people_and_firms_go_by_two_spellings() -> None:
    spelled = Counter(str(one.kind) for one in world(1).agents.values() if one.other_names)
    joined = Counter(
        ends[0].scheme + "+" + ends[1].scheme
        for one in world(1).assertions
        if one.type == "IDENTIFIED_BY" and (ends := [_identity(end) for end in one.ends])[0] != ends[1]
    )
    assert spelled == {"Organization": 214, "Person": 58}
    assert joined == {"guild+officer": 684, "guild+trade-register": 213, "guild+visitor": 58}


def _identity(text: str) -> Identity:
    identity = Identity.parse(text)
    assert identity is not None
    return identity


def test_each_class_of_visibility_has_something_to_hide() -> None:
    assert Counter(one.vis for one in world(1).assertions) == {0: 12787, 1: 36856, 2: 3639, 3: 580}
    assert Counter(one.vis for one in world(1).agents.values()) == {0: 1698, 1: 1877, 2: 88}


def test_each_source_says_what_its_silence_means() -> None:
    modes = {one.slug: one.mode for one in world(1).sources}
    assert modes == {
        "demo/directory": Mode.HISTORY,
        "demo/events": Mode.LOG,
        "demo/cards": Mode.LOG,
        "demo/contacts": Mode.LOG,
        "demo/diary": Mode.LOG,
        "demo/lobbying": Mode.LOG,
        "demo/survey": Mode.HISTORY,
        "demo/audit": Mode.HISTORY,
        "demo/register": Mode.HISTORY,
        "demo/gazette": Mode.HISTORY,
        "demo/working-groups": Mode.REGISTER,
        "demo/groups": Mode.REGISTER,
    }


def test_few_people_know_very_many_and_most_know_some() -> None:
    met: dict[str, set[str]] = {}
    for one in known(1):
        met.setdefault(one.a, set()).add(one.b)
        met.setdefault(one.b, set()).add(one.a)
    degrees = sorted(len(others) for agent, others in met.items() if agent.startswith("per-"))
    tenths = [degrees[len(degrees) * tenth // 10] for tenth in range(1, 10)]
    assert (tenths, degrees[-1]) == ([15, 25, 34, 46, 58, 73, 93, 119, 158], 637)


def test_most_members_have_somebody_to_talk_to() -> None:
    there = Counter(min(len(staff(1).get(firm, set())), 4) for firm in members(1))
    assert there == {0: 12, 1: 37, 2: 59, 3: 56, 4: 237}  # the last of them: four or more
