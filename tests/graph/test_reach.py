"""Who can do a thing and is within reach: what counts, in which order, and why others are left out."""

from typing import Any

import pytest

import packs
from network.paths import best_to
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions.clocks import When
from service.graph.questions.omissions import omissions
from service.graph.questions.reach import ANY, CapabilityReachResult, Constraints, reach_capability
from service.graph.questions.routes import PLAINLY, Manner, PathOutcome
from service.graph.questions.rows import Capability, CapabilityClaim
from service.graph.questions.ties import BANDS, Network
from service.graph.store import Scope
from tests.graph.little import (
    EVERYBODY,
    GAZETTE,
    NOW,
    REGISTER,
    STAFF,
    THEN,
    Little,
    organization,
    person,
)

OPEN: dict[str, Any] = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}
ENDED: dict[str, Any] = {"start": "2020", "end": "2025", "earliest": "2020-01-01", "latest": "2025-12-31"}
UNKNOWN: dict[str, Any] = {"start": "2020", "earliest": "2020-01-01"}
WARM, STRONG = BANDS[2], BANDS[3]


def world() -> Little:
    """A knows B of Forge best, then C of Gears and D of Hobs through X; machining is grinding or milling."""
    made = Little()
    for letter in "abcdx":
        made.node(f"per-{letter}", letter.upper())
    for name, letter in (("forge", "b"), ("gears", "c"), ("hobs", "d")):
        made.node(f"org-{name}", name.title(), country="GB")
        made.claim("WORKS_FOR", f"per-{letter}", f"org-{name}", f"clm-{name}-{letter}", **OPEN)
    for name in ("machining", "grinding", "milling"):
        made.node(f"cap-{name}", name)
    for name in ("grinding", "milling"):
        made.claim("BROADER", f"cap-{name}", "cap-machining", f"clm-{name}")
    made.node("cer-9100", "AS 9100")
    made.knows("per-a", "per-b", "kno-ab")
    made.knows("per-a", "per-x", "kno-ax")
    made.knows("per-x", "per-c", "kno-xc")
    made.knows("per-x", "per-d", "kno-xd", on="2026-01-01")
    return made


def can(made: Little, *firms: str, what: str = "milling", **said: Any) -> None:
    for firm in firms:
        made.claim("HAS_CAPABILITY", f"org-{firm}", f"cap-{what}", f"clm-{firm}-{what}", **{**OPEN, **said})


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


async def reached(network: Network, constraints: Constraints = ANY, scope: Scope = EVERYBODY, **said: Any) -> list[str]:
    """Each company with the person there, in order."""
    found = await reach_capability(network, scope, "cap-machining", "per-a", constraints=constraints, **said)
    assert found is not None
    return [f"{reach.organization.name} {reach.person.name}" for reach in found.reaches]


async def left_out(network: Network, constraints: Constraints = ANY, **said: Any) -> dict[str, list[str]]:
    """Why each company that is not among them is not."""
    found = await omissions(network, EVERYBODY, "cap-machining", "per-a", constraints=constraints, **said)
    assert found is not None
    return {one.organization.name: list(one.reasons) for one in found}


async def test_a_company_comes_with_its_claim_the_person_there_and_the_route(engine: Engine) -> None:
    made = world()
    can(made, "forge", what="grinding", level="prime", verified=True)

    found = await reach_capability(await network(made, engine), EVERYBODY, "cap-machining", "per-a")

    assert isinstance(found, CapabilityReachResult)
    forge = organization("org-forge", "Forge", country="GB")
    claim = CapabilityClaim(
        id="clm-forge-grinding",
        source=REGISTER,
        locator="row clm-forge-grinding",
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=0,
        start="2020",
        end="..",
        earliest="2020-01-01",
        latest="9999-12-31",
        observed=(),
        unseen=(),
        disputed=False,
        organization=forge,
        capability=Capability("cap-grinding", "grinding", ()),
        level="prime",
        verified=True,
    )
    assert (found.outcome, found.as_of, found.known_at) == (PathOutcome.FOUND, NOW[:10], NOW)
    (reach,) = found.reaches
    assert (reach.organization, reach.claim, reach.person) == (forge, claim, person("per-b", "B"))
    path = reach.path
    assert (path.start, path.end, path.on_behalf_of, path.hops) == (
        person("per-a", "A"),
        person("per-b", "B"),
        person("per-a", "A"),
        1,
    )
    assert path.strength == pytest.approx(0.35, rel=1e-12)
    assert path.reasons[0] == "It is number 1 with a strength of 0.3500, the willingness of its only tie."


async def test_companies_come_by_strength_of_the_route_then_verified_then_name_then_id(engine: Engine) -> None:
    made = world()
    for id, name, verified in (("org-1", "Zeta", True), ("org-2", "Alpha", False), ("org-3", "Zeta", True)):
        made.node(id, name)
        made.claim("WORKS_FOR", "per-b", id, f"clm-{id}", **OPEN)
        made.claim("HAS_CAPABILITY", id, "cap-grinding", f"clm-{id}-can", verified=verified, **OPEN)
    can(made, "hobs", "gears", "forge")
    network_ = await network(made, engine)

    found = await reach_capability(network_, EVERYBODY, "cap-machining", "per-a")

    assert found is not None
    order = ["org-1", "org-3", "org-2", "org-forge", "org-gears", "org-hobs"]
    assert [reach.organization.id for reach in found.reaches] == order
    for first in (1, 2, 3, 5):
        cut = await reach_capability(network_, EVERYBODY, "cap-machining", "per-a", first=first)
        assert cut is not None
        assert [reach.organization.id for reach in cut.reaches] == order[:first]


async def test_a_company_is_told_once_with_its_best_claim(engine: Engine) -> None:
    made = world()
    can(made, "forge", what="grinding")
    can(made, "forge", what="milling", verified=True)
    can(made, "forge", what="machining", verified=True)

    found = await reach_capability(await network(made, engine), EVERYBODY, "cap-machining", "per-a")

    assert found is not None
    assert [reach.claim.id for reach in found.reaches] == ["clm-forge-machining"]


async def test_each_constraint_removes_exactly_the_rows_it_is_about_and_says_so(engine: Engine) -> None:
    made = world()
    can(made, "forge", "gears", "hobs")
    made.node("org-trade", "Trade")
    for firm, dates in (("forge", OPEN), ("gears", ENDED)):
        made.claim("HOLDS_CERTIFICATION", f"org-{firm}", "cer-9100", f"clm-{firm}-9100", **dates)
    made.claim("MEMBER_OF", "org-gears", "org-trade", "clm-gears-member", **OPEN)
    made.claim("MEMBER_OF", "org-forge", "org-trade", "clm-forge-member", **ENDED)
    made.nodes["Organization:Agent"][2]["country"] = "DE"
    network_ = await network(made, engine)

    assert await reached(network_) == ["Forge B", "Gears C", "Hobs D"]
    assert await left_out(network_) == {}
    certified = Constraints(certification="as-9100")
    assert await reached(network_, certified) == ["Forge B"]
    assert await reached(network_, certified, when=When("2025-12-31", None)) == []
    assert await left_out(network_, certified) == {
        "Gears": ["Its as-9100 ended on 2025-12-31."],
        "Hobs": ["It holds no as-9100."],
    }
    british = Constraints(country="gb")
    assert await reached(network_, british) == ["Forge B", "Gears C"]
    assert await left_out(network_, british) == {"Hobs": ["It is in DE."]}
    ours = Constraints(members_only=True)
    assert await reached(network_, ours, association="Trade") == ["Gears C"]
    no_member = ["It is not a member of our association on the day."]
    assert await left_out(network_, ours, association="org-trade") == {"Forge": no_member, "Hobs": no_member}
    warm = Constraints(min_band=WARM)
    assert await reached(network_, warm) == ["Forge B"]
    assert await left_out(network_, warm) == {
        "Gears": ["Its best route is faint, 0.0857, and warm was asked for."],
        "Hobs": ["Its best route is faint, 0.0507, and warm was asked for."],
    }


async def test_an_avoided_company_removes_itself_and_what_leads_through_its_people(engine: Engine) -> None:
    made = world()
    can(made, "forge", "gears", "hobs")
    made.node("org-agents", "Agents")
    made.claim("DIRECTOR_OF", "per-x", "org-agents", "clm-x", **OPEN)
    made.knows("per-a", "org-forge", "kno-forge", kind="BENEFIT")
    network_ = await network(made, engine)

    agents, forge = (Constraints(not_through=(id,)) for id in ("org-agents", "org-forge"))

    assert await reached(network_, agents) == ["Forge B"]
    through_x = ["On its best route stands X, who is to be avoided."]
    assert await left_out(network_, agents) == {"Gears": through_x, "Hobs": through_x}
    assert await reached(network_, forge) == ["Gears C", "Hobs D"]
    assert await left_out(network_, forge) == {"Forge": ["It is to be avoided itself."]}


async def test_a_capped_introducer_removes_exactly_the_rows_that_need_them(engine: Engine) -> None:
    made = world()
    can(made, "forge", "gears", "hobs")
    made.node("lim-x", vis=STAFF, person="per-x", never=["org-gears"])
    network_ = await network(made, engine)

    assert await reached(network_) == ["Forge B", "Hobs D"]
    assert await left_out(network_) == {
        "Gears": ["On its best route X is never to be asked for an introduction of or to C."]
    }


async def test_a_capability_that_is_not_current_or_outdated_does_not_count(engine: Engine) -> None:
    made = world()
    can(made, "forge", start="2020", end="2025", latest="2025-12-31")
    can(made, "gears", start="2020", end=None, latest=None)
    can(made, "hobs", level="prime")
    made.claim(
        "HAS_CAPABILITY", "org-hobs", "cap-milling", "clm-later", **{**ENDED, "source": GAZETTE.id, "recordedAt": NOW}
    )
    network_ = await network(made, engine)

    assert await reached(network_) == []
    assert await reached(network_, when=When("2025-06-01")) == []
    assert await left_out(network_) == {
        "Forge": ["Its claim to do milling ended on 2025-12-31."],
        "Gears": ["Whether it does milling on the day is not known."],
        "Hobs": ["A later source contradicts that it does milling."],
    }


async def test_a_certificate_that_a_later_source_says_has_ended_is_not_valid(engine: Engine) -> None:
    made = world()
    can(made, "forge", "gears")
    made.claim("HOLDS_CERTIFICATION", "org-forge", "cer-9100", "clm-1", **OPEN)
    made.claim(
        "HOLDS_CERTIFICATION", "org-forge", "cer-9100", "clm-2", **{**ENDED, "source": GAZETTE.id, "recordedAt": NOW}
    )
    made.claim("HOLDS_CERTIFICATION", "org-gears", "cer-9100", "clm-3", **UNKNOWN)
    network_, wanted = await network(made, engine), Constraints(certification="cer-9100")

    assert await reached(network_, wanted) == []
    assert await reached(network_, wanted, when=When(None, "2026-06-01T00:00:00Z")) == ["Forge B"]
    assert await left_out(network_, wanted) == {
        "Forge": ["Its cer-9100 ended on 2025-12-31."],
        "Gears": ["Whether its cer-9100 is valid on the day is not known."],
    }


async def test_who_asks_is_not_among_them_and_who_is_at_a_company_is_there_in_no_hops(engine: Engine) -> None:
    made = world()
    can(made, "forge", "gears")
    made.claim("DIRECTOR_OF", "per-b", "org-gears", "clm-both", **OPEN)
    network_ = await network(made, engine)

    found = await reach_capability(network_, EVERYBODY, "cap-machining", "org-forge")
    omitted = await omissions(network_, EVERYBODY, "cap-machining", "org-forge")

    assert found is not None
    (reach,) = found.reaches
    assert (reach.organization.name, reach.person.name, reach.path.hops, reach.path.strength) == ("Gears", "B", 0, 1.0)
    assert reach.path.on_behalf_of == organization("org-forge", "Forge", country="GB")
    assert omitted is not None
    assert [(one.organization.name, one.reasons) for one in omitted] == [("Forge", ("It is the one that asks.",))]


async def test_what_is_too_far_says_how_far_and_what_is_beyond_the_first_says_its_place(engine: Engine) -> None:
    made = world()
    can(made, "forge", "gears", "hobs")
    made.node("org-iron", "Iron")
    can(made, "iron")
    network_ = await network(made, engine)

    assert await left_out(network_, max_hops=1) == {
        "Gears": ["There is no route within so many hops; the nearest has 2."],
        "Hobs": ["There is no route within so many hops; the nearest has 2."],
        "Iron": ["Nothing links it to A."],
    }
    assert await left_out(network_, first=2) == {
        "Hobs": ["It is number 3 of 3; 2 were asked for."],
        "Iron": ["Nothing links it to A."],
    }


async def test_none_truncated_and_none_visible_are_three_answers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = world()
    can(made, "hobs")
    for row in made.claims["Person", "KNOWS", "Person"]:
        row["said"]["vis"] = STAFF  # type: ignore[index]
    network_ = await network(made, engine)
    brokered = Manner(brokering=True)

    async def outcome(manner: Manner = PLAINLY, scope: Scope = EVERYBODY, **said: Any) -> PathOutcome:
        found = await reach_capability(network_, scope, "cap-machining", "per-a", manner=manner, **said)
        assert found is not None
        return found.outcome

    assert await outcome() is PathOutcome.NONE
    assert await outcome(brokered) is PathOutcome.NONE_VISIBLE
    assert await outcome(brokered, max_hops=1) is PathOutcome.NONE
    assert await outcome(brokered, constraints=Constraints(min_band=STRONG)) is PathOutcome.NONE
    monkeypatch.setattr(best_to, "__kwdefaults__", {**(best_to.__kwdefaults__ or {}), "limit": 0})
    assert await outcome(scope=Scope((0, STAFF))) is PathOutcome.TRUNCATED


@pytest.mark.parametrize(
    ("capability", "start"), [("cap-none", "per-a"), ("per-a", "per-a"), ("cap-milling", "per-none")]
)
async def test_an_unknown_capability_or_start_has_no_answer(engine: Engine, capability: str, start: str) -> None:
    network_ = await network(world(), engine)

    assert await reach_capability(network_, EVERYBODY, capability, start) is None
    assert await omissions(network_, EVERYBODY, capability, start) is None


async def test_a_capability_that_nobody_claims_is_out_of_reach(engine: Engine) -> None:
    assert await reached(await network(world(), engine)) == []


async def test_members_only_without_an_association_says_what_to_do(engine: Engine) -> None:
    network_ = await network(world(), engine)

    with pytest.raises(ServiceError) as error:
        await reached(network_, Constraints(members_only=True))

    assert error.value.code is Code.BAD_USER_INPUT
    assert error.value.message == (
        "members only needs to know whose; set PADDOCK_ASSOCIATION to the association whose members are ours"
    )
