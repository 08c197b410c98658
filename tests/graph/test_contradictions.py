"""Two sources about one thing, for every type of claim: alike in lists, by id, in what is told, and for evidence."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

import pytest

from network.dates import earliest, latest
from service.engines.protocol import Engine
from service.graph import model
from service.graph.questions import claims, nodes
from service.graph.questions.clocks import When
from service.graph.questions.contradictions import Told
from service.graph.questions.pages import WHOLE, Page, Slice
from service.graph.questions.rows import Claim, DisputePolicy
from service.graph.questions.supply import supply_chain
from service.graph.questions.whys import CLAIMS, why
from service.graph.record.disputes import contradict
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, REGISTER, STAFF, THEN, Little

Said: TypeAlias = dict[str, object]
Listed: TypeAlias = Callable[[Graph, Scope, list[str], Page, When], Awaitable[Mapping[str, Slice[Claim]]]]
C = TypeVar("C", Told, model.Claim)
LATER = "2026-02-01T00:00:00.000000Z"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of claim: the first letters of its ends, what has one value at a time, and the lists that show it."""

    ends: tuple[str, str]
    values: Mapping[str, tuple[object, object]]
    lists: Sequence[tuple[object, int]] = ()
    always: tuple[tuple[str, object], ...] = ()


ROLE = {"role": ("buyer", "seller")}
KINDS: Mapping[str, Kind] = {
    "WORKS_FOR": Kind(("per", "org"), ROLE, ((claims.affiliations, 0), (claims.people, 1))),
    "DIRECTOR_OF": Kind(("per", "org"), ROLE, ((claims.affiliations, 0), (claims.people, 1))),
    "HOLDS": Kind(("per", "pst"), {}, ((claims.posts, 0), (claims.holders, 1))),
    "MEMBER_OF": Kind(("org", "org"), ROLE, ((claims.memberships, 0), (claims.members, 1))),
    "SECRETARIAT_OF": Kind(("org", "org"), {}),
    "SUPPLIES": Kind(("org", "org"), {}, ((claims.customers, 0), (claims.suppliers, 1))),
    "HAS_CAPABILITY": Kind(
        ("org", "cap"), {"level": ("prime", "tier 2")}, ((claims.capabilities, 0), (claims.capable, 1))
    ),
    "HOLDS_CERTIFICATION": Kind(("org", "cer"), {}, ((claims.certifications, 0),)),
    "GAVE_BENEFIT": Kind(
        ("org", "per"),
        {"amount": (80.0, 90.0), "amountMin": (10.0, 20.0), "amountMax": (30.0, 40.0)},
        ((claims.benefits, 0), (claims.benefits, 1)),
        (("kind", "hospitality"),),
    ),
    "OWNS": Kind(("org", "org"), {"shareMin": (25.0, 50.0), "shareMax": (50.0, 75.0)}, ((claims.owns, 0),)),
}
# What one source says, what the other says, and whether that is a contradiction.
DATES: Sequence[tuple[Said, Said, bool]] = (
    ({"start": "2019"}, {"start": "2020"}, True),
    ({"start": "2019"}, {"start": "2019-05"}, False),
    ({"start": "2019-05-03"}, {"start": "2019-05"}, False),
    ({"start": "2019-05"}, {"start": "2019-06"}, True),
    ({"end": ".."}, {"end": "2021"}, True),
    ({"end": "2021"}, {"end": "2021-12"}, False),
    ({"start": "2019"}, {}, False),
    ({"start": "2019"}, {"end": "2021"}, False),
    ({"start": "2010", "end": "2011"}, {"start": "2015", "end": "2016"}, False),
    ({"start": "2010", "end": "2015"}, {"start": "2011", "end": "2015"}, True),
    ({"start": "2019"}, {"start": "2020", "source": REGISTER.id}, False),
    ({"start": "2019"}, {"start": "2020", "vis": STAFF}, False),
    ({"start": "2019"}, {"start": "2020", "source": "src-hidden"}, False),
    ({"start": "2019"}, {"start": "2020", "retractedAt": LATER}, False),
)


def cases(kind: Kind) -> list[tuple[Said, Said, bool]]:
    """All pairs of a type: dates, and each of its values undated, at one time, at another, and unsaid."""
    early, late = {"start": "2010", "end": "2011"}, {"start": "2015", "end": "2016"}
    found = list(DATES)
    for name, (one, other) in kind.values.items():
        found += [({name: one}, {name: other}, True), ({name: one}, {name: one}, False), ({name: one}, {}, False)]
        found += [({name: one, **early}, {name: other, **days}, days is early) for days in (early, late)]
    if "kind" in dict(kind.always):
        found.append(({"amount": 80.0}, {"amount": 90.0, "kind": "gift"}, False))
    return found


@dataclass(slots=True)
class World:
    """A graph with a pair of claims for every case of a type, each about two ends of their own."""

    made: Little
    disputed: dict[str, bool]
    ends: list[tuple[str, str]]
    claims: dict[str, model.Claim]


def dated(said: Said) -> Said:
    start, end = said.get("start"), said.get("end")
    bounds = {"earliest": start and earliest(str(start)), "latest": end and latest(str(end))}
    return {**said, **bounds}


def world(relation: str) -> World:
    kind = KINDS[relation]
    found = World(Little(), {}, [], {})
    found.made.node("src-hidden", title="Hidden", vis=STAFF)
    for number, (one, other, disputed) in enumerate(cases(kind)):
        a, b = (f"{letters}-{side}{number:02}" for letters, side in zip(kind.ends, "ab", strict=True))
        for id in (a, b):
            found.made.node(id, f"Name {id}")
        found.ends.append((a, b))
        for side, said in (("one", one), ("other", {"source": GAZETTE.id, "recordedAt": LATER, **other})):
            stated = dated({**dict(kind.always), "source": REGISTER.id, **said})
            id = found.made.claim(relation, a, b, f"clm-{number:02}-{side}", **stated)
            found.claims[id] = stored(relation, id, a, b, stated)
            found.disputed[id] = disputed
    return found


def stored(relation: str, id: str, a: str, b: str, said: Said) -> model.Claim:
    """The claim as the writer has it in hand."""
    kept = {re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", name): value for name, value in said.items()}
    fields = {name: kept[name] for name in kept.keys() & model.Claim.__dataclass_fields__.keys()}
    blank = model.Claim(relation, id, id, a, b, (a, b), "", 0, 1.0, THEN)
    return replace(blank, **fields)  # type: ignore[arg-type]  # named as the claim's own fields


@pytest.mark.parametrize("relation", KINDS)
async def test_a_contradiction_is_one_in_every_list_by_id_in_what_is_told_and_for_evidence(
    engine: Engine, relation: str
) -> None:
    there, kind = world(relation), KINDS[relation]
    graph = await there.made.save(engine)
    public = {id: disputed for id, disputed in there.disputed.items() if _public(there.claims[id])}

    by_id = await nodes.claims(graph, EVERYBODY, list(there.disputed))
    assert {id: row.disputed for id, row in by_id.items() if isinstance(row, Claim)} == public

    standing = {id: disputed for id, disputed in public.items() if there.claims[id].retracted_at is None}
    for listed, side in kind.lists:
        rows = await _rows(graph, listed, [ends[side] for ends in there.ends])
        assert rows == {id: disputed for id, disputed in standing.items() if id in rows}
        left_out = {id for id in standing if standing[id] and id.endswith("one")} if _decides(listed) else set[str]()
        assert standing.keys() - rows.keys() == left_out

    found = {id for id, is_ in standing.items() if is_}
    told = await graph.read(CLAIMS, EVERYBODY, ids=[a for a, _ in there.ends], types=[relation])
    assert {one.id for one, other in _pairs(told) if one.contradicts(other)} == found
    assert {one.id for one, other in _pairs([there.claims[id] for id in standing]) if contradict(one, other)} == found


def _public(claim: model.Claim) -> bool:
    return claim.vis == 0 and claim.source != "src-hidden"


def _decides(listed: object) -> bool:
    """Whether a list leaves out, without being told otherwise, what a later claim contradicts."""
    return listed in (claims.affiliations, claims.people)


async def _rows(graph: Graph, listed: object, parents: list[str]) -> dict[str, bool]:
    question: Listed = listed  # type: ignore[assignment]  # each list takes these and gives rows of its own type
    found = await question(graph, EVERYBODY, parents, WHOLE, When())
    return {row.id: row.disputed for page in found.values() for row in page.rows}


def _pairs(found: Sequence[C]) -> Iterator[tuple[C, C]]:
    """Every two of the claims that stand."""
    standing = [one for one in found if one.retracted_at is None]
    return ((one, other) for one in standing for other in standing)


CONFIRMED: Said = {"verifiedAt": LATER, "verifiedBy": "cat"}
SECOND: Said = {"source": GAZETTE.id, "recordedAt": LATER}
# By name of the claim: who, what it says; and of each policy the claims that count, the disputed ones in capitals.
PEOPLE: Mapping[str, tuple[str, Said]] = {
    "a1": ("ann", {"role": "buyer", "start": "2019", **CONFIRMED}),
    "a2": ("ann", {"role": "seller", "start": "2019", **SECOND}),
    "b1": ("ben", {"start": "2019", **CONFIRMED}),
    "b2": ("ben", {"start": "2020", **SECOND, **CONFIRMED}),
    "c1": ("cat", {"start": "2019"}),
    "c2": ("cat", {"start": "2019-05", "role": "cook", **SECOND}),
    "d1": ("dan", {"role": "buyer"}),
    "d2": ("dan", {"role": "seller", "vis": STAFF, **SECOND}),
    "e1": ("eve", {"start": "2019"}),
    "e2": ("eve", {"start": "2020", **SECOND, "recordedAt": THEN}),
}
COUNTED = {
    DisputePolicy.LATEST: "A2 B2 c1 c2 d1 E2",
    DisputePolicy.STRICT: "c1 c2 d1",
    DisputePolicy.VERIFIED_FIRST: "A1 B2 c1 c2 d1 E2",
}


@pytest.mark.parametrize("policy", DisputePolicy)
async def test_each_policy_says_which_claims_count_from_the_person_and_from_the_organization(
    engine: Engine, policy: DisputePolicy
) -> None:
    made = Little()
    made.node("org-forge", "Forge Ltd")
    for name, (who, said) in PEOPLE.items():
        if name.endswith("1"):
            made.node(f"per-{who}", who)
        made.claim("WORKS_FOR", f"per-{who}", "org-forge", f"clm-{name}", **dated(said))
    graph = await made.save(engine)

    of_people = await claims.affiliations(
        graph, EVERYBODY, [f"per-{who}" for who in ("ann", "ben", "cat", "dan", "eve")], disputes=policy
    )
    of_firm = await claims.people(graph, EVERYBODY, ["org-forge"], disputes=policy)

    assert _short(row for page in of_people.values() for row in page.rows) == COUNTED[policy]
    assert _short(of_firm["org-forge"].rows) == COUNTED[policy]


@pytest.mark.parametrize("policy", DisputePolicy)
async def test_each_policy_says_which_relations_of_supply_are_walked(engine: Engine, policy: DisputePolicy) -> None:
    made = Little()
    made.node("org-root", "Root Ltd")
    for name, (who, said) in PEOPLE.items():
        if name.endswith("1"):
            made.node(f"org-{who}", who)
        # A relation of supply has no role: here what differs is when it began.
        began = {"buyer": {"start": "2017"}, "seller": {"start": "2018"}}.get(str(said.get("role")), {})
        made.claim("SUPPLIES", f"org-{who}", "org-root", f"clm-{name}", **dated({**said, **began}))
    graph = await made.save(engine)

    chain = await supply_chain(graph, EVERYBODY, "org-root", disputes=policy)

    assert chain is not None
    assert _short(hop.supply for hop in chain.hops) == COUNTED[policy]


def _short(rows: Iterable[Claim]) -> str:
    """The names of claims in order, disputed ones in capitals."""
    names = {row.id.removeprefix("clm-"): row.disputed for row in rows}
    return " ".join(name.upper() if names[name] else name for name in sorted(names))


async def test_both_sides_of_a_contradiction_are_readable_by_id_and_say_which_counts(engine: Engine) -> None:
    made = Little()
    made.node("org-forge", "Forge Ltd")
    made.node("cap-grinding", "grinding")
    made.claim("HAS_CAPABILITY", "org-forge", "cap-grinding", "clm-1", level="prime", **CONFIRMED)
    made.claim("HAS_CAPABILITY", "org-forge", "cap-grinding", "clm-2", level="tier 2", **SECOND)
    made.claim("HAS_CAPABILITY", "org-forge", "cap-grinding", "clm-3", level="tier 3", **SECOND, vis=STAFF)
    graph = await made.save(engine)

    async def told(scope: Scope, id: str) -> tuple[list[str], list[str | None]]:
        found = await why(graph, scope, id)
        assert found is not None
        return [one.id for one in found.against], [found.counting[policy] for policy in DisputePolicy]

    assert await told(EVERYBODY, "clm-1") == (["clm-2"], ["clm-2", None, "clm-1"])
    assert await told(EVERYBODY, "clm-2") == (["clm-1"], ["clm-2", None, "clm-1"])
    assert await told(EVERYTHING, "clm-1") == (["clm-2", "clm-3"], ["clm-3", None, "clm-1"])
    found = await nodes.nodes(graph, EVERYBODY, ["clm-1", "clm-2", "clm-3"])
    assert [row.disputed if isinstance(row, Claim) else None for row in found] == [True, True, None]
