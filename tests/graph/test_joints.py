"""The joints of a supply chain, by the people who hold them."""

import pytest

from network.strength import Band
from service.engines.protocol import Engine, Transaction
from service.errors import Code, ServiceError
from service.graph.questions import joints, supply
from service.graph.questions.clocks import When
from service.graph.questions.joints import JointReport, SupplyJoint, supply_joints
from service.graph.questions.rows import Capability, DisputePolicy
from service.graph.questions.supply import SupplyDirection
from service.graph.store import Scope
from tests.graph.chains import OPEN, Chains
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, NOW, STAFF, organization, person

CUSTOMERS, BOTH = SupplyDirection.CUSTOMERS, SupplyDirection.BOTH
PAST = {"start": "2020", "end": "2024", "earliest": "2020-01-01", "latest": "2024-12-31"}


def told(found: JointReport | None) -> list[str]:
    """Each joint in a line: between whom, for what, its tier and class, its two pairs, and how many there are."""
    assert found is not None
    return [_told(joint) for joint in found.joints]


def _told(joint: SupplyJoint) -> str:
    what = "" if joint.capability is None else f" {joint.capability.name}"
    pairs = [tie.a.name + tie.b.name if tie else "-" for tie in (joint.best, joint.second_best)]
    shared = "".join(agent.name for agent in joint.shared)
    between = f"{joint.supplier.name}{joint.customer.name}{what} {joint.tier} {joint.state}"
    return f"{between} {' '.join(pairs)} {joint.live_pairs}" + (f" shared {shared}" if shared else "")


async def test_a_joint_tells_who_holds_it_how_well_and_who_else(engine: Engine) -> None:
    made = Chains()
    made.firms("RS")
    made.people("abcxyz")
    made.capability("gears")
    made.supplies("SR", "gears")
    made.at("S", "abc")
    made.at("R", "xyz")
    made.met("ax", "by")
    made.met("ax", on="2026-10-01")
    found = await supply_joints(await made.network(engine), EVERYBODY, "org-r")

    assert found is not None
    (joint,) = found.joints
    assert (joint.supplier, joint.customer) == (organization("org-s", "S"), organization("org-r", "R"))
    assert joint.capability == Capability("cap-gears", "gears", ())
    assert (joint.tier, joint.state, joint.live_pairs, joint.shared) == (1, joints.JointClass.LIVE, 2, ())
    assert (joint.supplier_people, joint.customer_people) == (3, 3)
    assert joint.best is not None
    assert joint.second_best is not None
    assert (joint.best.a, joint.best.b) == (person("per-a", "a"), person("per-x", "x"))
    assert (round(joint.best.strength, 4), joint.best.band, joint.best.mutual) == (0.5597, Band.STRONG, True)
    assert (joint.best.first_evidence, joint.best.evidence_count) == ("2026-10-01", 2)
    assert (joint.second_best.a, joint.second_best.b) == (person("per-b", "b"), person("per-y", "y"))
    assert (round(joint.second_best.strength, 4), joint.second_best.band) == (0.35, Band.WARM)
    assert (found.truncated, found.as_of, found.known_at) == (False, "2026-11-23", NOW)


async def test_two_warm_pairs_that_share_nobody_are_live_others_single_and_none_cold(engine: Engine) -> None:
    made = Chains()
    made.firms("RLSCE")
    made.people("abcdefwxyz")
    made.at("R", "wxyz")
    for firm, people in (("L", "ab"), ("S", "cd"), ("C", "ef")):
        made.at(firm, people)
    for firm in "LSCE":
        made.supplies(f"{firm}R")
    made.met("aw", "bx", "cw", "dw")
    made.met("ew", on="2024-01-01")
    found = await supply_joints(await made.network(engine), EVERYBODY, "org-r")

    assert found is not None
    assert told(found) == ["CR 1 COLD - - 0", "ER 1 COLD - - 0", "LR 1 LIVE aw bx 2", "SR 1 SINGLE cw - 2"]
    assert [(one.supplier_people, one.customer_people) for one in found.joints] == [(2, 4), (0, 4), (2, 4), (2, 4)]
    assert [found.count(state) for state in joints.JointClass] == [1, 1, 2, 0]


async def test_the_second_best_shares_nobody_with_the_best_though_two_others_may_make_a_joint_live(
    engine: Engine,
) -> None:
    made = Chains()
    made.firms("RS")
    made.people("abxy")
    made.supplies("SR")
    made.at("S", "ab")
    made.at("R", "xy")
    made.met("ax", "ay", "bx")
    made.met("ax", on="2026-11-01")

    assert told(await supply_joints(await made.network(engine), EVERYBODY, "org-r")) == ["SR 1 LIVE ax - 3"]


async def test_evidence_of_one_direction_makes_no_warm_pair_and_of_both_it_does(engine: Engine) -> None:
    made = Chains()
    made.firms("RST")
    made.people("abxy")
    made.supplies("SR")
    made.supplies("TR")
    made.at("S", "a")
    made.at("T", "b")
    made.at("R", "xy")
    made.met("ax", kind="DECLARED")
    made.met("by", "yb", kind="DECLARED")

    found = await supply_joints(await made.network(engine), EVERYBODY, "org-r")

    assert told(found) == ["SR 1 COLD - - 0", "TR 1 SINGLE by - 1"]


async def test_whoever_is_at_both_places_is_listed_and_counts_as_a_pair(engine: Engine) -> None:
    made = Chains()
    made.firms("RSTU")
    made.people("abcvwx")
    made.at("R", "avwx")
    made.at("S", "a")
    made.at("T", "avb")
    made.at("U", "ac")
    for firm in "STU":
        made.supplies(f"{firm}R")
    made.met("av", "cw")

    found = await supply_joints(await made.network(engine), EVERYBODY, "org-r")

    assert told(found) == [
        "SR 1 SINGLE av - 2 shared a",
        "TR 1 LIVE av - 3 shared av",
        "UR 1 LIVE av cw 3 shared a",
    ]


async def test_a_joint_is_told_once_for_each_capability_at_its_lowest_tier(engine: Engine) -> None:
    made = Chains()
    made.firms("RABC")
    for name in ("gears", "shafts"):
        made.capability(name)
    made.supplies("AR", "gears")
    made.supplies("AR", "gears", source=GAZETTE.id)
    made.supplies("AR", "shafts")
    made.supplies("AR")
    made.supplies("BA", "gears")
    made.supplies("BR", "gears")
    made.supplies("RB", "gears")

    asked = await made.network(engine)
    suppliers = await supply_joints(asked, EVERYBODY, "org-r")
    both = await supply_joints(asked, EVERYBODY, "org-r", direction=BOTH)
    one = await supply_joints(asked, EVERYBODY, "org-r", max_tiers=1)

    near = ["AR 1", "AR gears 1", "AR shafts 1", "BR gears 1"]
    assert _between(suppliers) == [*near, "BA gears 2", "RB gears 2"]
    assert _between(both) == [*near, "RB gears 1", "BA gears 2"]
    assert _between(one) == near


def _between(found: JointReport | None) -> list[str]:
    return [line.removesuffix(" COLD - - 0") for line in told(found)]


async def test_only_what_is_so_on_the_day_makes_a_joint_or_a_pair(engine: Engine) -> None:
    made = Chains()
    made.firms("RSPU")
    made.people("abcdxy")
    made.supplies("SR")
    made.supplies("PR", **PAST)
    made.supplies("UR", start=None, end=None, earliest=None, latest=None)
    made.at("R", "x")
    made.at("R", "y", end=None, latest=None)
    made.at("S", "a", **PAST)
    made.node("pst-chair", "Chair")
    made.claim("POST_IN", "pst-chair", "org-s", "clm-post")
    made.claim("HOLDS", "per-b", "pst-chair", "clm-b", **OPEN)
    made.claim("DIRECTOR_OF", "per-c", "org-s", "clm-c", **OPEN)
    made.met("ax", "bx", "by", "cy")
    asked = await made.network(engine)

    today = await supply_joints(asked, EVERYBODY, "org-r")
    then = await supply_joints(asked, EVERYBODY, "org-r", when=When("2024-06-01"))

    assert told(today) == ["SR 1 SINGLE bx - 1"]
    assert told(then) == ["PR 1 COLD - - 0", "SR 1 COLD - - 0"]
    assert today is not None
    assert (today.joints[0].supplier_people, today.joints[0].customer_people) == (2, 1)


async def test_ending_one_affiliation_moves_exactly_one_joint_from_single_to_cold(engine: Engine) -> None:
    made = Chains()
    made.firms("RST")
    made.people("abxy")
    made.supplies("SR")
    made.supplies("TR")
    made.supplies("TS")
    made.at("R", "xy")
    made.at("S", "a", start="2020", end="2026-06", earliest="2020-01-01", latest="2026-06-30")
    made.at("T", "ab")
    made.met("ax", "bx", on="2026-06-01")
    asked = await made.network(engine)

    before = await supply_joints(asked, EVERYBODY, "org-r", when=When("2026-06-30"))
    after = await supply_joints(asked, EVERYBODY, "org-r", when=When("2026-07-01"))

    assert told(before) == ["SR 1 SINGLE ax - 1", "TR 1 SINGLE ax - 2", "TS 2 SINGLE - - 1 shared a"]
    assert told(after) == ["SR 1 COLD - - 0", "TR 1 SINGLE ax - 2", "TS 2 COLD - - 0"]


async def test_nothing_hidden_shines_through(engine: Engine) -> None:
    made = Chains()
    made.firms("RSTU")
    made.firms("H", vis=STAFF)
    made.people("abcwxyz")
    made.people("h", vis=STAFF)
    made.node("cap-secret", "secret", vis=STAFF)
    made.supplies("SR", "secret")
    made.supplies("TR")
    made.supplies("UR", vis=STAFF)
    made.supplies("HR")
    made.at("R", "xyz")
    made.at("S", "ah")
    made.at("S", "b", vis=STAFF)
    made.at("T", "c")
    made.met("ax", "by", "hz")
    made.met("cx", vis=STAFF)
    asked = await made.network(engine)

    open_ = await supply_joints(asked, EVERYBODY, "org-r")
    whole = await supply_joints(asked, EVERYTHING, "org-r")

    assert open_ is not None
    assert told(open_) == ["SR 1 SINGLE ax - 1", "TR 1 COLD - - 0"]
    assert told(whole) == [
        "HR 1 COLD - - 0",
        "SR secret 1 LIVE ax by 3",
        "TR 1 SINGLE cx - 1",
        "UR 1 COLD - - 0",
    ]
    assert [(one.supplier_people, one.customer_people) for one in open_.joints] == [(1, 3), (1, 3)]


async def test_a_joint_is_judged_by_what_was_known_at_a_moment(engine: Engine) -> None:
    made = Chains()
    made.firms("RST")
    made.people("abx")
    made.supplies("SR")
    made.supplies("TR", recordedAt="2026-05-01T00:00:00.000000Z")
    made.at("R", "x")
    made.at("S", "a", recordedAt="2026-03-01T00:00:00.000000Z")
    made.at("T", "b", retractedAt="2026-10-01T00:00:00.000000Z")
    made.met("ax", "bx", on="2026-01-01")
    asked = await made.network(engine)

    def at(moment: str | None) -> When:
        return When("2026-02-01", moment)

    moments = ["2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-06-01T00:00:00Z", None]
    found = [told(await supply_joints(asked, EVERYBODY, "org-r", when=at(moment))) for moment in moments]

    assert found == [
        ["SR 1 COLD - - 0"],
        ["SR 1 SINGLE ax - 1"],
        ["SR 1 SINGLE ax - 1", "TR 1 SINGLE bx - 1"],
        ["SR 1 SINGLE ax - 1", "TR 1 COLD - - 0"],
    ]


async def test_the_policy_says_which_supplies_and_which_people_count(engine: Engine) -> None:
    made = Chains()
    made.firms("RST")
    made.people("abx")
    ended = {"end": "2022", "latest": "2022-12-31"}
    later = {"source": GAZETTE.id, "recordedAt": "2026-02-01T00:00:00.000000Z"}
    sure = {"verifiedAt": "2026-03-01T00:00:00.000000Z", "verifiedBy": "steward"}
    made.supplies("SR")
    made.supplies("TR", **sure)
    made.supplies("TR", **ended, **later)
    made.at("R", "x")
    made.at("S", "a", **ended)
    made.at("S", "a", **later)
    made.at("T", "b")
    made.met("ax", "bx")
    asked = await made.network(engine)

    found = [told(await supply_joints(asked, EVERYBODY, "org-r", disputes=policy)) for policy in DisputePolicy]

    assert dict(zip(DisputePolicy, found, strict=True)) == {
        DisputePolicy.LATEST: ["SR 1 SINGLE ax - 1"],
        DisputePolicy.STRICT: ["SR 1 COLD - - 0"],
        DisputePolicy.VERIFIED_FIRST: ["SR 1 SINGLE ax - 1", "TR 1 SINGLE bx - 1"],
    }


async def test_whoever_can_do_what_feeds_the_root_and_is_known_there_waits_outside_the_chain(engine: Engine) -> None:
    made = Chains()
    for name, broader in (("metal", ()), ("forging", ("metal",)), ("ring", ("forging",))):
        made.capability(name, *broader)
    for name, broader in (("drives", ()), ("gears", ("drives",)), ("dogs", ("gears",)), ("tyres", ())):
        made.capability(name, *broader)
    made.feeds("forging", "gears")
    made.firms("RABCDEFG")
    made.people("abcdefgxy")
    made.can("R", "dogs")
    made.can("R", "forging")
    for firm, capability in (("A", "ring"), ("B", "forging"), ("C", "metal"), ("D", "forging"), ("E", "ring")):
        made.can(firm, capability)
    made.can("A", "forging")
    made.can("F", "forging", **PAST)
    made.can("G", "forging")
    made.supplies("DR")
    made.supplies("GR", end=None, latest=None)
    made.at("R", "xy")
    for firm in "ABCDEFG":
        made.at(firm, firm.lower())
    made.met("ax", "bx", "by", "cx", "dx", "fx", "gx")
    made.met("ex", on="2024-01-01")
    made.met("bx", on="2026-11-01")
    asked = await made.network(engine)

    found = await supply_joints(asked, EVERYBODY, "org-r")
    customers = await supply_joints(asked, EVERYBODY, "org-r", direction=CUSTOMERS)

    assert told(found) == [
        "DR 1 SINGLE dx - 1",
        "BR forging 1 LATENT bx - 2",
        "AR forging 1 LATENT ax - 1",
        "AR ring 1 LATENT ax - 1",
    ]
    assert (found.count(joints.JointClass.LATENT) if found else 0, told(customers)) == (3, [])


async def test_what_feeds_a_capability_feeds_narrower_ones_and_not_broader_ones(engine: Engine) -> None:
    made = Chains()
    made.capability("drives")
    made.capability("gears", "drives")
    made.capability("dogs", "gears")
    made.capability("forging")
    made.feeds("forging", "gears")
    made.firms("DNPA")
    made.people("adnp")
    for firm, capability in (("D", "drives"), ("N", "dogs"), ("P", "gears"), ("A", "forging")):
        made.can(firm, capability)
        made.at(firm, firm.lower())
    made.met("ad", "an", "ap")
    asked = await made.network(engine)

    found = {firm: told(await supply_joints(asked, EVERYBODY, f"org-{firm}")) for firm in "dnp"}

    assert found == {"d": [], "n": ["AN forging 1 LATENT an - 1"], "p": ["AP forging 1 LATENT ap - 1"]}


async def test_a_latent_joint_rests_on_what_may_be_seen_and_was_known(engine: Engine) -> None:
    def drawn(**hidden: object) -> Chains:
        made = Chains()
        for name in ("forging", "gears"):
            made.capability(name)
        made.feeds("forging", "gears", **hidden)
        made.firms("RA")
        made.people("ax")
        made.can("R", "gears")
        made.can("A", "forging")
        made.at("R", "x")
        made.at("A", "a")
        made.met("ax", on="2026-01-01")
        return made

    asked = await drawn(vis=STAFF, recordedAt="2026-05-01T00:00:00.000000Z").network(engine)
    line = "AR forging 1 LATENT ax - 1"

    async def found(scope: Scope, moment: str | None = None) -> list[str]:
        return told(await supply_joints(asked, scope, "org-r", when=When("2026-02-01", moment)))

    assert await found(EVERYBODY) == []
    assert await found(EVERYTHING) == [line]
    assert await found(EVERYTHING, "2026-04-01T00:00:00Z") == []
    assert await found(EVERYTHING, "2026-06-01T00:00:00Z") == [line]


async def test_latent_joints_beyond_the_most_that_are_told_are_cut_and_that_is_said(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Chains()
    for name in ("forging", "gears"):
        made.capability(name)
    made.feeds("forging", "gears")
    made.firms("RABC")
    made.people("abcrx")
    made.can("R", "gears")
    made.at("R", "rx")
    for firm in "ABC":
        made.can(firm, "forging")
        made.at(firm, firm.lower())
    made.at("C", "r")
    made.met("ax", "bx")
    made.met("bx", on="2026-11-01")
    asked = await made.network(engine)

    whole = await supply_joints(asked, EVERYBODY, "org-r")
    monkeypatch.setattr(joints, "MOST_LATENT", 2)
    cut = await supply_joints(asked, EVERYBODY, "org-r")

    lines = ["CR forging 1 LATENT - - 1 shared r", "BR forging 1 LATENT bx - 1", "AR forging 1 LATENT ax - 1"]
    assert (told(whole), whole is not None and whole.truncated) == (lines, False)
    assert (told(cut), cut is not None and cut.truncated) == (lines[:2], True)


async def test_a_chain_of_more_hops_than_may_be_told_says_that_it_was_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supply, "MOST_HOPS", 2)
    made = Chains()
    made.firms("RABC")
    for pair in ("BR", "AR", "CA"):
        made.supplies(pair)
    found = await supply_joints(await made.network(engine), EVERYBODY, "org-r")

    assert (told(found), found is not None and found.truncated) == (["AR 1 COLD - - 0", "BR 1 COLD - - 0"], True)


async def test_a_hidden_root_and_a_missing_one_have_no_joints_nor_has_a_person(engine: Engine) -> None:
    made = Chains()
    made.firms("H", vis=STAFF)
    made.people("a")
    asked = await made.network(engine)

    assert [await supply_joints(asked, EVERYBODY, id) for id in ("org-h", "org-not", "per-a")] == [None, None, None]


async def changed(engine: Engine) -> None:
    """Takes somebody from their place, as the next revision."""

    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (:Person {id: 'per-a'})-[r:WORKS_FOR]->() DELETE r", {})
        await transaction.run("MATCH (r:Revision) SET r.number = 2", {})

    await engine.write(work)


async def test_a_second_question_at_the_same_revision_reads_nobody_again_and_after_it_everybody(
    engine: Engine,
) -> None:
    made = Chains()
    made.firms("RS")
    made.people("abx")
    made.supplies("SR")
    made.at("S", "a")
    made.at("R", "x")
    made.met("ax", "bx")
    asked = await made.network(engine)

    async def found(revision: int) -> list[str]:
        return told(await supply_joints(asked, Scope(EVERYBODY.vis, revision), "org-r"))

    assert await found(1) == ["SR 1 SINGLE ax - 1"]
    await changed(engine)
    assert await found(1) == ["SR 1 SINGLE ax - 1"]
    assert await found(2) == ["SR 1 COLD - - 0"]


async def test_tiers_out_of_bounds_are_refused(engine: Engine) -> None:
    asked = await Chains().network(engine)
    with pytest.raises(ServiceError) as error:
        await supply_joints(asked, EVERYBODY, "org-r", max_tiers=7)
    assert (error.value.code, error.value.message) == (Code.BAD_USER_INPUT, "maxTiers is 7; ask for 1 to 6")
