"""Joints of chains drawn at random equal those worked out, pair by pair, from the claims that may be seen."""

from dataclasses import dataclass, field
from itertools import combinations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from network.strength import Band
from network.view import View
from service.engines.protocol import Engine
from service.graph.questions.clocks import ALWAYS, At
from service.graph.questions.joints import JointReport, supply_joints
from service.graph.questions.rows import DisputePolicy
from service.graph.questions.supply import SupplyDirection
from tests.graph.chains import OPEN, Chains
from tests.graph.little import EVERYBODY, GAZETTE, NOW, PUBLIC, STAFF

FIRMS, PEOPLE, CAPABILITIES = "RABCD", "abcdefg", ("forging", "ring", "gears", "tyres")
FED = {"forging": {"gears"}, "ring": {"gears"}}  # ring is narrower than forging, which feeds gears
EMPTY = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n"
PAST = {"start": "2020", "end": "2024", "earliest": "2020-01-01", "latest": "2024-12-31"}
PERHAPS = {**OPEN, "end": None, "latest": None}
WARM = {Band.WARM, Band.STRONG}
POLICIES = st.sampled_from(DisputePolicy)
# Making a failing example smaller would take hundreds of graphs.
SEARCH = [Phase.explicit, Phase.reuse, Phase.generate]


@dataclass(frozen=True)
class Said:
    """A claim that one thing is related to another, of the register or, later, of the gazette."""

    a: str
    b: str
    capability: str | None
    dates: dict[str, object]
    late: bool
    vis: int

    @property
    def about(self) -> tuple[str, str, str | None]:
        return self.a, self.b, self.capability

    def contradicts(self, other: "Said") -> bool:
        """Of all dates drawn only an open and a past end differ; one that is unknown contradicts nothing."""
        ends = {self.dates["end"], other.dates["end"]}
        return self.about == other.about and self.late != other.late and None not in ends and len(ends) > 1

    def given(self) -> dict[str, object]:
        source = {"source": GAZETTE.id, "recordedAt": "2026-02-01T00:00:00.000000Z"} if self.late else {}
        return {**self.dates, **source, "vis": self.vis}


@dataclass(frozen=True)
class World:
    """Who supplies whom, who works where, who can do what, who met whom; people may be hidden."""

    supplies: list[Said]
    jobs: list[Said]
    abilities: list[Said]
    met: list[tuple[str, str, str, str]]
    hidden: set[str] = field(default_factory=set[str])

    def drawn(self) -> Chains:
        made = Chains()
        made.firms(FIRMS)
        for letter in PEOPLE:
            made.people(letter, vis=STAFF if letter in self.hidden else PUBLIC)
        for name in CAPABILITIES:
            made.capability(name, *(["forging"] if name == "ring" else []))
        made.feeds("forging", "gears")
        for said in self.supplies:
            made.supplies(said.a + said.b, said.capability, **said.given())
        for said in self.jobs:
            made.at(said.b, said.a, **said.given())
        for said in self.abilities:
            made.can(said.a, said.b, **said.given())
        for number, (a, b, kind, on) in enumerate(self.met):
            made.knows(f"per-{a}", f"per-{b}", f"kno-{number}", kind=kind, on=on)
        return made


def claims(
    least: int, a: st.SearchStrategy[str], b: st.SearchStrategy[str], what: st.SearchStrategy[str | None]
) -> st.SearchStrategy[list[Said]]:
    """Claims, each source saying a thing once; most of them seen and open."""
    dates = st.sampled_from([OPEN, OPEN, OPEN, OPEN, PAST, PERHAPS])
    one = st.builds(Said, a, b, what, dates, st.booleans(), st.sampled_from([PUBLIC, PUBLIC, PUBLIC, PUBLIC, STAFF]))
    apart = one.filter(lambda said: said.a != said.b)
    return st.lists(apart, min_size=least, max_size=16, unique_by=lambda said: (said.about, said.late))


firms, people = st.sampled_from(FIRMS), st.sampled_from(PEOPLE)
kinds, days = st.sampled_from(["MEETING", "MEETING", "DECLARED"]), st.sampled_from([NOW[:10], NOW[:10], "2024-01-01"])
worlds = st.builds(
    World,
    claims(4, firms, st.sampled_from("RRRABCD"), st.none() | st.sampled_from(CAPABILITIES)),
    claims(8, people, st.sampled_from("RRRABCD"), st.none()),
    claims(6, st.sampled_from("RRABCD"), st.sampled_from(["forging", "ring", "gears", "gears", "tyres"]), st.none()),
    st.lists(st.tuples(people, people, kinds, days).filter(lambda met: met[0] != met[1]), min_size=8, max_size=20),
    st.sets(people, max_size=1),
)


def counting(claims: list[Said], policy: DisputePolicy) -> list[Said]:
    """The claims that may be seen and count where they contradict each other."""
    seen = [said for said in claims if said.vis == PUBLIC]
    strict = policy is DisputePolicy.STRICT
    return [one for one in seen if not any(one.contradicts(other) and (strict or other.late) for other in seen)]


@dataclass(frozen=True)
class Expected:
    """The joints of R and its suppliers, worked out by hand."""

    world: World
    policy: DisputePolicy
    view: View

    def told(self) -> list[str]:
        """Each joint in a line, those that wait outside the chain last."""
        chain, tiers = self.chain(self.now(self.world.supplies))
        perhaps = self.chain(counting(self.world.supplies, self.policy), both=True)[1]
        inside = [self.line(*about, tier) for about, tier in chain.items()]
        return [*sorted(inside), *sorted(self.waiting(tiers.keys() | perhaps.keys()))]

    def now(self, claims: list[Said]) -> list[Said]:
        return [said for said in counting(claims, self.policy) if said.dates == OPEN]

    def chain(
        self, supplies: list[Said], *, both: bool = False
    ) -> tuple[dict[tuple[str, str, str | None], int], dict[str, int]]:
        """Every relation and every firm at its tier; `both`: with what may be current."""
        steps = [said for said in supplies if said.dates == OPEN or (both and said.dates == PERHAPS)]
        tiers, found = {"R": 0}, dict[tuple[str, str, str | None], int]()
        for tier in range(1, 4):
            edge = [said for said in steps if tiers.get(said.b) == tier - 1]
            for said in edge:
                found.setdefault(said.about, tier)
                tiers.setdefault(said.a, tier)
        return found, tiers

    def staff(self, firm: str) -> set[str]:
        return {said.a for said in self.now(self.world.jobs) if said.b == firm} - self.world.hidden

    def pairs(self, supplier: str, customer: str) -> list[set[str]]:
        """Two people, one at each, who know each other well and both ways; whoever is at both is a pair alone."""
        ours, theirs = self.staff(supplier), self.staff(customer)
        two = {frozenset({a, b}) for a in ours for b in theirs if a != b and self.warm(a, b)}
        return [*map(set, two), *({one} for one in ours & theirs)]

    def warm(self, a: str, b: str) -> bool:
        tie = self.view.tie(f"per-{a}", f"per-{b}")
        return tie is not None and tie.band in WARM and tie.mutual

    def line(self, supplier: str, customer: str, capability: str | None, tier: int, state: str | None = None) -> str:
        pairs = self.pairs(supplier, customer)
        apart = any(not one & other for one, other in combinations(pairs, 2))
        state = state or ("LIVE" if apart else "SINGLE" if pairs else "COLD")
        shared = "".join(sorted(self.staff(supplier) & self.staff(customer)))
        counts = f"{len(pairs)} {len(self.staff(supplier))} {len(self.staff(customer))}"
        return (
            f"{supplier}{customer} {capability} {tier} {state} {counts} {shared} {self.strongest(supplier, customer)}"
        )

    def strongest(self, supplier: str, customer: str) -> float:
        ties = [
            self.view.tie(f"per-{a}", f"per-{b}")
            for a in self.staff(supplier)
            for b in self.staff(customer) - {a}
            if self.warm(a, b)
        ]
        return round(max((tie.strength for tie in ties if tie is not None), default=0.0), 9)

    def waiting(self, inside: set[str]) -> list[str]:
        able = {said.about[:2] for said in self.now(self.world.abilities)}
        wanted = {capability for firm, capability in able if firm == "R"}
        outside = [(firm, what) for firm, what in able if firm not in inside and FED.get(what, set()) & wanted]
        return [self.line(firm, "R", what, 1, "LATENT") for firm, what in outside if self.pairs(firm, "R")]


def told(found: JointReport | None) -> list[str]:
    assert found is not None
    lines = [
        f"{one.supplier.name}{one.customer.name} {None if one.capability is None else one.capability.name}"
        f" {one.tier} {one.state} {one.live_pairs} {one.supplier_people} {one.customer_people}"
        f" {''.join(agent.name for agent in one.shared)} {0.0 if one.best is None else round(one.best.strength, 9)}"
        for one in found.joints
    ]
    latent = [line for line in lines if "LATENT" in line]
    return [*sorted(set(lines) - {*latent}), *sorted(latent)]


@pytest.mark.slow
@settings(max_examples=30, deadline=None, phases=SEARCH, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, POLICIES)
async def test_joints_are_those_worked_out_pair_by_pair_from_the_claims_that_may_be_seen(
    engine: Engine, world: World, policy: DisputePolicy
) -> None:
    await engine.write(lambda transaction: transaction.run(EMPTY, {}))
    asked = await world.drawn().network(engine)
    view = await asked.view(EVERYBODY, At.of(ALWAYS, NOW))

    found = await supply_joints(asked, EVERYBODY, "org-r", direction=SupplyDirection.SUPPLIERS, disputes=policy)

    assert told(found) == Expected(world, policy, view).told()
