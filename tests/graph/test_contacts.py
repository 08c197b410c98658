"""Who in a supply chain knows somebody."""

import pytest

from network import paths
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.questions import supply
from service.graph.questions.clocks import When
from service.graph.questions.contacts import ChainContacts, chain_contacts
from service.graph.questions.routes import Manner, Path, PathOutcome
from service.graph.questions.supply import SupplyDirection
from tests.graph.chains import OPEN, Chains
from tests.graph.little import EVERYBODY, EVERYTHING, NOW, STAFF, organization, person


def told(found: ChainContacts | None) -> list[str]:
    """Each contact in a line: company, tier, the route by its people, and its strength."""
    assert found is not None
    return [f"{one.organization.name} {one.tier} {_people(one.path)} {one.path.strength:.4f}" for one in found.contacts]


def _people(path: Path) -> str:
    return "".join([path.start.name, *(segment.end.name for segment in path.segments)])


def chain() -> Chains:
    """R is supplied by A and B, A by C; R supplies D. Each firm has the person of its letter, R has r and s."""
    made = Chains()
    made.firms("RABCD")
    made.people("abcdrsmz")
    for pair in ("AR", "BR", "CA", "RD"):
        made.supplies(pair)
    for firm in "ABCD":
        made.at(firm, firm.lower())
    made.at("R", "rs")
    return made


async def test_each_company_of_the_chain_tells_its_best_route_nearest_tier_first(engine: Engine) -> None:
    made = chain()
    made.at("C", "s")
    made.met("cz", "dm", "mz", "am", "bz")
    made.met("cz", on="2026-11-01")
    made.met("rz", "sz")
    found = await chain_contacts(await made.network(engine), EVERYBODY, "org-r", "per-z")

    assert told(found) == ["B 1 bz 0.3500", "A 1 amz 0.0857", "D 1 dmz 0.0857", "C 2 cz 0.5700"]
    assert found is not None
    assert (found.outcome, found.as_of, found.known_at) == (PathOutcome.FOUND, "2026-11-23", NOW)
    last = found.contacts[-1]
    assert (last.organization, last.person) == (organization("org-c", "C"), person("per-c", "c"))
    assert (last.path.on_behalf_of, last.path.end) == (organization("org-c", "C"), person("per-z", "z"))
    assert last.path.reasons[0] == "It is number 1 with a strength of 0.5700, the willingness of its only tie."


async def test_the_strongest_are_told_and_of_equals_the_nearer_then_by_name(engine: Engine) -> None:
    made = chain()
    made.met("az", "bz", "cz", "dz")
    made.met("cz", on="2026-11-01")
    asked = await made.network(engine)

    found = [told(await chain_contacts(asked, EVERYBODY, "org-r", "per-z", first=first)) for first in (1, 2, 3)]

    assert found == [
        ["C 2 cz 0.5700"],
        ["A 1 az 0.3500", "C 2 cz 0.5700"],
        ["A 1 az 0.3500", "B 1 bz 0.3500", "C 2 cz 0.5700"],
    ]


async def test_a_direction_a_depth_and_a_length_bound_who_is_asked(engine: Engine) -> None:
    made = chain()
    made.met("am", "mz", "cz", "dz")
    asked = await made.network(engine)

    async def found(**given: object) -> list[str]:
        return told(await chain_contacts(asked, EVERYBODY, "org-r", "per-z", **given))  # type: ignore[arg-type]  # by name

    assert await found(direction=SupplyDirection.SUPPLIERS) == ["A 1 amz 0.0857", "C 2 cz 0.3500"]
    assert await found(direction=SupplyDirection.CUSTOMERS) == ["D 1 dz 0.3500"]
    assert await found(max_tiers=1) == ["D 1 dz 0.3500", "A 1 amz 0.0857"]
    assert await found(max_hops=1) == ["D 1 dz 0.3500", "C 2 cz 0.3500"]


async def test_the_target_may_be_a_company_or_a_post_and_a_company_of_the_chain_is_not_its_own_contact(
    engine: Engine,
) -> None:
    made = chain()
    made.firms("Z")
    made.at("Z", "z")
    made.node("pst-chair", "Chair")
    made.claim("HOLDS", "per-z", "pst-chair", "clm-chair", **OPEN)
    made.met("az", "ab")
    asked = await made.network(engine)

    for target in ("org-z", "pst-chair"):
        assert told(await chain_contacts(asked, EVERYBODY, "org-r", target, max_hops=1)) == ["A 1 az 0.3500"]
    assert told(await chain_contacts(asked, EVERYBODY, "org-r", "org-b")) == ["A 1 ab 0.3500"]


async def test_whoever_is_sought_and_works_in_the_chain_is_a_contact_of_no_hops(engine: Engine) -> None:
    made = chain()
    made.met("ab")
    asked = await made.network(engine)

    assert told(await chain_contacts(asked, EVERYBODY, "org-r", "per-b")) == ["B 1 b 1.0000", "A 1 ab 0.3500"]


async def test_a_company_counts_with_the_ties_of_its_own(engine: Engine) -> None:
    made = chain()
    made.knows("org-a", "per-z", "kno-gift", kind="BENEFIT")
    asked = await made.network(engine)

    assert told(await chain_contacts(asked, EVERYBODY, "org-r", "per-z")) == ["A 1 Az 0.1500"]


async def test_only_current_people_start_a_route_and_the_chain_holds_what_may_be_current(engine: Engine) -> None:
    made = Chains()
    made.firms("RA")
    made.people("abz")
    made.supplies("AR", end=None, latest=None)
    made.at("A", "a", end=None, latest=None)
    made.at("A", "b")
    made.met("az", "bz")
    asked = await made.network(engine)

    assert told(await chain_contacts(asked, EVERYBODY, "org-r", "per-z")) == ["A 1 bz 0.3500"]


async def test_who_is_known_on_another_day_and_at_another_moment(engine: Engine) -> None:
    made = chain()
    made.met("az", on="2026-06-01", recordedAt="2026-08-01T00:00:00.000000Z")
    asked = await made.network(engine)

    async def found(day: str, moment: str | None = None) -> list[str]:
        return told(await chain_contacts(asked, EVERYBODY, "org-r", "per-z", when=When(day, moment)))

    assert await found("2026-05-31") == []
    assert await found("2026-06-01") == ["A 1 az 0.3500"]
    assert await found("2026-06-01", "2026-07-01T00:00:00Z") == []


async def test_nothing_hidden_makes_a_contact_and_only_brokering_tells_that_there_is_one(engine: Engine) -> None:
    made = chain()
    made.firms("H", vis=STAFF)
    made.people("h")
    made.at("H", "h")
    made.supplies("HR")
    made.met("hz")
    made.met("az", vis=STAFF)
    asked = await made.network(engine)

    open_ = await chain_contacts(asked, EVERYBODY, "org-r", "per-z")
    brokered = await chain_contacts(asked, EVERYBODY, "org-r", "per-z", manner=Manner(brokering=True))
    nobody = await chain_contacts(asked, EVERYBODY, "org-r", "per-m", manner=Manner(brokering=True))
    whole = await chain_contacts(asked, EVERYTHING, "org-r", "per-z")

    assert (told(open_), open_.outcome if open_ else None) == ([], PathOutcome.NONE)
    assert (told(brokered), brokered.outcome if brokered else None) == ([], PathOutcome.NONE_VISIBLE)
    assert (told(nobody), nobody.outcome if nobody else None) == ([], PathOutcome.NONE)
    assert told(whole) == ["A 1 az 0.3500", "H 1 hz 0.3500"]


async def test_whoever_was_asked_often_enough_stands_inside_no_route_and_still_starts_one(engine: Engine) -> None:
    made = chain()
    made.met("am", "mz", "bz")
    for capped in "mb":
        made.node(f"lim-{capped}", person=f"per-{capped}", asksPerQuarter=0, never=[])
    asked = await made.network(engine)

    assert told(await chain_contacts(asked, EVERYBODY, "org-r", "per-z")) == ["B 1 bz 0.3500"]


async def test_a_chain_or_a_search_that_a_limit_cut_is_said_to_be_cut(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = chain()
    made.met("az", "dm", "mz")
    asked = await made.network(engine)

    async def found() -> tuple[list[str], PathOutcome]:
        contacts = await chain_contacts(asked, EVERYBODY, "org-r", "per-z")
        assert contacts is not None
        return told(contacts), contacts.outcome

    with monkeypatch.context() as patched:
        patched.setattr(supply, "MOST_HOPS", 1)
        assert await found() == (["A 1 az 0.3500"], PathOutcome.TRUNCATED)
    with monkeypatch.context() as patched:
        patched.setattr(paths.best_from, "__kwdefaults__", {**(paths.best_from.__kwdefaults__ or {}), "limit": 1})
        assert (await found())[1] is PathOutcome.TRUNCATED


async def test_an_unknown_or_hidden_organization_or_target_is_no_answer(engine: Engine) -> None:
    made = chain()
    made.firms("H", vis=STAFF)
    made.people("h", vis=STAFF)
    asked = await made.network(engine)

    ends = [("org-h", "per-z"), ("org-not", "per-z"), ("per-a", "per-z"), ("org-r", "per-h"), ("org-r", "per-not")]
    assert [await chain_contacts(asked, EVERYBODY, *pair) for pair in ends] == [None] * len(ends)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"max_tiers": 0}, "maxTiers is 0; ask for 1 to 6"),
        ({"max_hops": 5}, "maxHops is 5; it may be 1 to 4"),
        ({"first": 0}, "first is 0; it may be 1 to 1000"),
    ],
)
async def test_numbers_out_of_bounds_are_refused(engine: Engine, given: dict[str, int], message: str) -> None:
    asked = await Chains().network(engine)
    with pytest.raises(ServiceError) as error:
        await chain_contacts(asked, EVERYBODY, "org-r", "per-z", **given)  # type: ignore[arg-type]  # by name
    assert (error.value.code, error.value.message) == (Code.BAD_USER_INPUT, message)
