"""What counts where sources contradict each other: for whom, in which order, and whether they were loaded together."""

from dataclasses import replace

import pytest

from service.engines.protocol import Engine
from service.graph.model import Claim, Mode
from service.graph.questions import claims
from service.graph.questions.clocks import At, When
from service.graph.questions.ends import End, ends
from service.graph.questions.memory import Memory
from service.graph.questions.rows import DisputePolicy
from service.graph.record.disputes import contradict, undisputed
from service.graph.record.write import load
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, GAZETTE, Little
from tests.graph.sayings import Saying, batch, graph, organization, person, relations

ADA, BEN, FORGE = person("Ada"), person("Ben"), organization("Forge")
EMPTY = "MATCH (n) WHERE NOT n:Migration DETACH DELETE n"
TODAY = When("2026-11-24")


def job(id: str, start: str | None, role: str | None, **fields: object) -> Claim:
    made = Claim("WORKS_FOR", id, id, "per-1", "org-1", ("1", "2"), f"src-{id}", 0, 1.0, f"2026-01-0{id}", start=start)
    return replace(made, role=role, **fields)  # type: ignore[arg-type]  # the fields of a claim, spelled at each call


def counting(*found: Claim) -> list[str]:
    return [claim.id for claim in undisputed(found)]


def test_a_claim_that_says_nothing_of_a_thing_contradicts_nothing_about_it() -> None:
    assert counting(job("1", None, "buyer"), job("2", "2019", None)) == ["1", "2"]


def test_two_roles_at_times_that_do_not_overlap_are_no_contradiction() -> None:
    assert counting(job("1", "2018", "buyer", end="2018"), job("2", "2019", "seller", end="2019")) == ["1", "2"]


def test_two_holders_of_one_post_are_no_contradiction() -> None:
    first = job("1", "2018", None, type="HOLDS", b="pst-1")
    second = job("2", "2019", None, type="HOLDS", b="pst-1", a="per-2")
    assert (contradict(first, second), counting(first, second)) == (False, ["1", "2"])


@pytest.mark.parametrize(
    "said",
    [
        ({"role": "buyer"}, {"role": "seller"}),
        ({"level": "high"}, {"level": "low"}),
        ({"share_min": 25.0}, {"share_min": 50.0}),
        ({"amount": 80.0}, {"amount": 90.0}),
        ({"start": "2019"}, {"start": "2020"}),
        ({"end": ".."}, {"end": "2020"}),
    ],
)
def test_a_start_an_end_a_role_a_level_a_share_and_an_amount_have_one_value(
    said: tuple[dict[str, object], dict[str, object]],
) -> None:
    assert counting(*(replace(job(id, None, None), **one) for id, one in zip("12", said, strict=True))) == ["2"]  # type: ignore[arg-type]


def test_a_claim_contradicted_by_a_later_one_does_not_count_and_still_outdates_an_earlier_one() -> None:
    first, second, third = job("1", "2019-05", "buyer"), job("2", "2019-06", None), job("3", "2019-05", None)
    assert (contradict(first, second), contradict(second, third), contradict(first, third)) == (True, True, False)
    assert counting(first, second, third) == ["3"]


def register(end: str) -> Saying:
    saying = Saying("register", Mode.LOG).names(ADA, "Ada").names(BEN, "Ben").names(FORGE, "Forge")
    return _worked(_worked(saying, ADA, end), BEN, "..")


def gazette(end: str) -> Saying:
    return _worked(Saying("gazette", Mode.LOG).names(ADA, "Ada").names(FORGE, "Forge"), ADA, end)


def _worked(saying: Saying, who: object, end: str) -> Saying:
    assert who in (ADA, BEN)
    return saying.says("WORKS_FOR", ADA if who == ADA else BEN, FORGE, start="2019", end=end, unit="employer:forge")


async def told(engine: Engine, store: Graph) -> tuple[list[object], set[str]]:
    """The last days together that stand as evidence, and who of the two is at the firm today."""
    days = [on for on, taken in await relations(engine, "KNOWS", "on", "retractedAt") if taken is None]
    (end,) = await ends(store, Memory(), Scope((0,)), [FORGE.agent], At.of(TODAY, store.clock()))
    assert isinstance(end, End)
    return days, {who.value for who in (ADA, BEN) if who.agent in end.ids}


@pytest.mark.parametrize(
    ("loads", "stands"),
    [
        (("register", "gazette"), (["2021-12-31"], {"Ben"})),
        (("gazette", "register"), (["9999-12-31"], {"Ada", "Ben"})),
    ],
)
async def test_of_separate_loads_the_later_one_counts_in_evidence_and_at_the_ends_of_a_path(
    engine: Engine, loads: tuple[str, ...], stands: tuple[list[str], set[str]]
) -> None:
    store = graph(engine)
    for name in loads:
        await load(store, batch(register("..") if name == "register" else gazette("2021")))
    assert await told(engine, store) == stands


async def test_loads_recorded_at_one_moment_leave_the_same_in_any_order_and_as_one_load(engine: Engine) -> None:
    at = "2026-01-02T03:04:05.000006Z"
    found: list[tuple[list[object], set[str]]] = []
    for sayings in ([register(".."), gazette("2021")], [gazette("2021"), register("..")]):
        for loads in ([sayings], [[one] for one in sayings]):
            await engine.write(
                lambda transaction: transaction.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n", {})
            )
            store = graph(engine)
            for one in loads:
                await load(store, batch(*one), recorded_at=at)
            found.append(await told(engine, store))
    days, there = found[0]
    assert found == [found[0]] * 4
    assert (days, there) in ((["2021-12-31"], {"Ben"}), (["9999-12-31"], {"Ada", "Ben"}))


async def test_disputed_is_judged_at_now_whatever_day_and_moment_are_asked(engine: Engine) -> None:
    made = Little()
    made.node("per-ann", "Ann Alloy")
    made.node("org-forge", "Forge Ltd")
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-1", role="buyer")
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-2", role="seller", source=GAZETTE.id, recordedAt="2026-06-01")
    store = await made.save(engine)

    async def judged(known: str | None, policy: DisputePolicy = DisputePolicy.LATEST) -> list[tuple[str, bool]]:
        when = When("2026-03-01", known)
        found = await claims.affiliations(store, EVERYBODY, ["per-ann"], when=when, disputes=policy)
        return [(row.id, row.disputed) for row in found["per-ann"].rows]

    assert await judged("2026-03-01T00:00:00Z") == [("clm-1", True)]
    assert await judged(None) == [("clm-2", True)]
    assert await judged(None, DisputePolicy.STRICT) == []
