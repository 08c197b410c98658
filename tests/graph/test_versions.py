"""Evidence as each viewer would have it if there were nothing that viewer cannot see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import packs
from network.dates import ordinal
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from network.view import View
from service.graph.model import Claim, Evidence, digest
from service.graph.record import derivation, units
from service.graph.record.changes import Creation
from service.graph.record.derivation import evidence
from service.graph.record.standing import Known, TakenBack, by_key
from service.graph.visibility import LEVELS, PLAIN, Classes, VisibilityClass

PUBLIC, MEMBERS, STAFF, LOBBYING, TENDER, BID, BOTH = range(7)
COMPARTMENTS: tuple[tuple[str, ...], ...] = ((), ("tender",), ("bid",), ("bid", "tender"))
TABLE = (
    *PLAIN,
    *(VisibilityClass(3 + place, "STAFF", held) for place, held in enumerate(COMPARTMENTS) if held),
    *(VisibilityClass(6 + place, "LOBBYING", held) for place, held in enumerate(COMPARTMENTS) if held),
)
CLEARANCES = {
    (level, *held): frozenset(
        row.id
        for row in TABLE
        if LEVELS.index(row.level) <= LEVELS.index(level) and frozenset(row.compartments) <= frozenset(held)
    )
    for level in LEVELS
    for held in COMPARTMENTS
}
EVERYBODY, ASSOCIATION, OFFICE = (CLEARANCES[(level,)] for level in LEVELS[:3])
PEOPLE = ["per-ada", "per-ben", "per-cat"]
NUMBERS = count()
NOBODY = Known("", "", "", "", "", None, PUBLIC, "", None, None)
several = settings(max_examples=150, deadline=None)

Row = tuple[object, ...]


def claim(relation: str, a: str, b: str, **fields: object) -> Claim:
    id = f"clm-{next(NUMBERS):06}"
    made = Claim(relation, id, id, a, b, (a, b), "src-one", PUBLIC, 1.0, "2026-01-01")
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields of a claim, spelled at each call


def job(person: str, start: str, end: str, **fields: object) -> Claim:
    return claim("WORKS_FOR", person, "org-forge", start=start, end=end, **fields)


def derive(unit: str, claims: Iterable[Claim]) -> list[Evidence]:
    return list(evidence(unit, claims, Classes(TABLE)).values())


def counted(records: Iterable[Evidence], clearance: frozenset[int]) -> list[Evidence]:
    """What a clearance sees of records and counts, worked out the plain way."""
    seen = [one for one in records if one.vis in clearance]
    replaced = {key for one in seen for key in one.instead}
    return [one for one in seen if one.key not in replaced]


def told(records: Iterable[Evidence]) -> list[Row]:
    return sorted(((e.kind, e.a, e.b, e.since, e.on, e.intensity, e.confidence) for e in records), key=str)


def visible(claims: Iterable[Claim], clearance: frozenset[int]) -> list[Claim]:
    return [one for one in claims if one.vis in clearance]


def stays(claims: Sequence[Claim], clearance: frozenset[int]) -> list[tuple[str | None, str]]:
    """The days two people spent together as somebody with this clearance counts them."""
    return sorted((one.since, one.on) for one in counted(derive("employer:forge", claims), clearance))


ADA, BEN = job("per-ada", "2019", "2020"), job("per-ben", "2019", "..")


def test_a_stricter_claim_that_lengthens_a_stay_leaves_the_public_one_and_takes_its_place_for_those_who_see_both() -> (
    None
):
    longer = job("per-ada", "2021", "2022", vis=STAFF)
    assert stays([ADA, BEN, longer], EVERYBODY) == [("2019-01-01", "2020-12-31")]
    assert stays([ADA, BEN, longer], OFFICE) == [("2019-01-01", "2022-12-31")]
    public, staff = derive("employer:forge", [ADA, BEN, longer])
    assert (public.vis, public.instead, public.version) == (PUBLIC, (), ())
    assert (staff.vis, staff.instead, staff.version) == (STAFF, (public.key,), ("STAFF",))
    assert (public.about, staff.about) == ((ADA.id, BEN.id), (ADA.id, BEN.id, longer.id))


def test_a_stricter_claim_that_joins_two_stays_takes_the_place_of_both() -> None:
    again, between = job("per-ada", "2022", "2022"), job("per-ada", "2021", "2021", vis=STAFF)
    claims = [ADA, BEN, again, between]
    assert stays(claims, ASSOCIATION) == [
        ("2019-01-01", "2020-12-31"),
        ("2022-01-01", "2022-12-31"),
    ]
    assert stays(claims, OFFICE) == [("2019-01-01", "2022-12-31")]


def test_of_incomparable_compartments_each_sees_its_own_and_who_sees_both_sees_one() -> None:
    tender, bid = job("per-ada", "2021", "2021", vis=TENDER), job("per-ada", "2022", "2022", vis=BID)
    claims = [ADA, BEN, tender, bid]
    assert {held: stays(claims, CLEARANCES["STAFF", *held]) for held in COMPARTMENTS} == {
        (): [("2019-01-01", "2020-12-31")],
        ("tender",): [("2019-01-01", "2021-12-31")],
        ("bid",): [("2019-01-01", "2020-12-31"), ("2022-01-01", "2022-12-31")],
        ("bid", "tender"): [("2019-01-01", "2022-12-31")],
    }


def test_equal_stays_in_two_compartments_count_once_for_whoever_sees_both() -> None:
    claims = [job("per-ada", "2019", "2020", vis=TENDER), job("per-ada", "2019", "2020", vis=BID), BEN]
    for held in COMPARTMENTS[1:]:
        assert stays(claims, CLEARANCES["STAFF", *held]) == [("2019-01-01", "2020-12-31")]
    assert len({one.key for one in derive("employer:forge", claims)}) == 3


def test_the_key_of_a_record_in_one_compartment_tells_nothing_of_another() -> None:
    tender, bid = (job("per-ada", "2019", "2020", vis=vis) for vis in (TENDER, BID))
    keys = [
        [one.key for one in counted(derive("employer:forge", claims), CLEARANCES["STAFF", *held])]
        for held in (("tender",), ("bid",))
        for claims in ([tender, bid, BEN], [one for one in (tender, bid, BEN) if one.vis in CLEARANCES["STAFF", *held]])
    ]
    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_a_stricter_contradiction_shortens_a_stay_for_those_who_see_it_and_for_nobody_else() -> None:
    register = job("per-ada", "2019", "..")
    by_hand = job("per-ada", "2019", "2020", vis=STAFF, source="src-two", recorded_at="2026-02-01")
    claims = [register, BEN, by_hand]
    assert stays(claims, ASSOCIATION) == [("2019-01-01", "9999-12-31")]
    assert stays(claims, OFFICE) == [("2019-01-01", "2020-12-31")]


def test_where_a_stricter_contradiction_leaves_nothing_whoever_sees_it_counts_nothing() -> None:
    register, late = job("per-ada", "2019", ".."), job("per-ben", "2023", "2024")
    by_hand = job("per-ada", "2019", "2020", vis=STAFF, source="src-two", recorded_at="2026-02-01")
    claims = [register, late, by_hand]
    assert stays(claims, ASSOCIATION) == [("2023-01-01", "2024-12-31")]
    assert stays(claims, OFFICE) == []
    public, nothing = derive("employer:forge", claims)
    assert (nothing.vis, nothing.instead, nothing.intensity) == (STAFF, (public.key, nothing.key), 0.0)
    assert nothing.about == (register.id, late.id, by_hand.id)


def test_a_stricter_register_dates_a_committee_tie_later_for_those_who_see_it() -> None:
    public = [claim("MEMBER_OF", person, "org-group", observed=("2025-06-30",)) for person in PEOPLE[:2]]
    staff = [
        claim("MEMBER_OF", person, "org-group", observed=("2026-06-29",), vis=STAFF, source="src-two")
        for person in PEOPLE[:2]
    ]
    found = derive("group:motor", [*public, *staff])
    days = [[one.on for one in counted(found, clearance)] for clearance in (ASSOCIATION, OFFICE)]
    assert days == [["2025-06-30"], ["2026-06-29"]]


def test_a_card_is_given_by_whom_those_see_who_see_least_when_stricter_claims_name_another() -> None:
    shown = claim("GAVE_CARD", "per-ada", "crd-1", on="2026-01-14", swapped=False)
    told_otherwise = claim("GAVE_CARD", "per-cat", "crd-1", on="2026-01-14", swapped=False, vis=STAFF)
    received = claim("RECEIVED_CARD", "per-ben", "crd-1", on="2026-01-14", swapped=False)
    for claims in ([told_otherwise, shown, received], [shown, told_otherwise, received]):
        renamed = [replace(one, id=f"clm-{place}") for place, one in enumerate(claims)]
        assert [(one.a, one.b, one.vis) for one in derive("card:1", renamed)] == [("per-ada", "per-ben", PUBLIC)]


def test_how_many_were_there_makes_no_version_and_is_counted_at_the_class_of_each_record() -> None:
    there = [claim("TOOK_PART_IN", person, "mtg-1", status="HELD", on="2026-03-02") for person in PEOPLE]
    found = derive("meeting:1", [*there[:2], replace(there[2], vis=STAFF)])
    assert [(one.kind, one.a, one.b, one.vis, one.instead) for one in found] == [
        ("MEETING", "per-ada", "per-ben", PUBLIC, ()),
        ("SMALL_GROUP", "per-ada", "per-cat", STAFF, ()),
        ("SMALL_GROUP", "per-ben", "per-cat", STAFF, ()),
    ]


def test_a_crowd_of_both_compartments_leaves_one_of_their_records_to_whoever_sees_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(derivation, "CROWD", 3)
    shorter = job("per-ada", "2019", "2019", vis=TENDER)
    longer = [job("per-ada", "2019", "2020", vis=BID), job("per-cat", "2019", "2019", vis=BID)]
    others = [job("per-dan", "2019", "2019", vis=TENDER)]
    found = counted(derive("employer:forge", [shorter, *longer, *others, BEN]), CLEARANCES["STAFF", "bid", "tender"])
    assert [(one.since, one.on) for one in found if (one.a, one.b) == ("per-ada", "per-ben")] == [
        ("2019-01-01", "2020-12-31")
    ]


def test_the_ids_of_a_unit_of_one_class_are_what_they_were_before_there_were_versions() -> None:
    ada = replace(ADA, id="clm-ada", vis=MEMBERS)
    (found,) = derive("employer:forge", [ada, replace(BEN, id="clm-ben", vis=MEMBERS)])
    key = digest("key", "KNOWS", "CO_AFFILIATION", ["per-ada", "per-ben"], "employer:forge", "2019-01-01")
    said = ("2019-01-01", "2020-12-31", 1.0, 1.0, ("clm-ada", "clm-ben"))
    assert (found.key, found.content) == (key, digest("con", "CO_AFFILIATION", "per-ada", "per-ben", *said))


# Few days, so that claims meet.
dates = st.sampled_from(["2018", "2019", "2019-05", "2021"])
classes_ = st.sampled_from([PUBLIC, PUBLIC, PUBLIC, MEMBERS, STAFF, LOBBYING, TENDER, BID, BOTH])
sources = st.sampled_from(["src-one", "src-two"])
shades = st.sampled_from([1.0, 0.5])


@st.composite
def jobs(draw: st.DrawFn) -> Claim:
    start, end = sorted((draw(dates), draw(dates)))
    return claim(
        draw(st.sampled_from(["WORKS_FOR", "WORKS_FOR", "DIRECTOR_OF"])),
        draw(st.sampled_from([*PEOPLE[:2], *PEOPLE])),
        "org-forge",
        start=start,
        end=draw(st.sampled_from([end, "..", ".."])),
        vis=draw(classes_),
        source=draw(sources),
        confidence=draw(shades),
        recorded_at=draw(st.sampled_from(["2026-01-01", "2026-02-01"])),
    )


@st.composite
def parts(draw: st.DrawFn) -> Claim:
    relation = draw(
        st.sampled_from(["ATTENDED", "TOOK_PART_IN", "MEMBER_OF", "SECRETARIAT_OF", "GAVE_CARD", "RECEIVED_CARD"])
    )
    return claim(
        relation,
        draw(st.sampled_from(PEOPLE)),
        "rec-1",
        status={"ATTENDED": "ATTENDED", "TOOK_PART_IN": "HELD"}.get(relation),
        on=draw(st.sampled_from(["2026-01-01", "2026-02-01"])),
        observed=tuple(sorted(draw(st.sets(st.sampled_from(["2024-06-30", "2025-06-30", "2026-06-29"]))))),
        swapped=draw(st.booleans()),
        vis=draw(classes_),
        source=draw(sources),
        confidence=draw(shades),
    )


@st.composite
def said(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    """A unit and its claims."""
    if draw(st.booleans()):
        return draw(st.sampled_from(["employer:forge", "board:forge"])), draw(st.lists(jobs(), max_size=8))
    rule = draw(st.sampled_from(["event", "meeting", "group", "card"]))
    return f"{rule}:1", draw(st.lists(parts(), max_size=8))


@several
@given(said(), st.sampled_from(list(CLEARANCES.values())), st.sampled_from([derivation.CROWD, 2]))
def test_what_a_viewer_counts_follows_from_the_claims_that_viewer_sees_alone(
    unit: tuple[str, list[Claim]], clearance: frozenset[int], crowd: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(derivation, "CROWD", crowd)
        rule, claims = unit
        whole = counted(derive(rule, claims), clearance)
        alone = counted(derive(rule, visible(claims, clearance)), clearance)
    assert told(whole) == told(alone)
    assert {(one.key, one.content) for one in whole} == {(one.key, one.content) for one in alone}


@several
@given(st.lists(jobs(), max_size=9), st.sampled_from(list(CLEARANCES.values())))
def test_days_together_are_those_of_a_store_in_which_everything_visible_is_public(
    claims: list[Claim], clearance: frozenset[int]
) -> None:
    shown = [replace(one, vis=PUBLIC) for one in visible(claims, clearance)]
    # Of claims about the same days the least strict decide how sure a record is; with all alike the surest do.
    certain = [[replace(one, confidence=1.0) for one in some] for some in (claims, shown)]
    hidden, plain = (counted(derive("employer:forge", some), clearance) for some in certain)
    assert told(hidden) == told(plain)


@several
@given(said(), st.sampled_from(list(CLEARANCES.values())), st.data())
def test_a_claim_that_a_viewer_cannot_see_changes_nothing_for_that_viewer(
    unit: tuple[str, list[Claim]], clearance: frozenset[int], data: st.DataObject
) -> None:
    rule, claims = unit
    before = data.draw(st.lists(st.sampled_from(claims), unique_by=id)) if claims else []
    kept = [one for one in claims if one in before or one.vis in clearance]
    more, less = (counted(derive(rule, some), clearance) for some in (claims, kept))
    assert {(one.key, one.content, one.vis) for one in more} == {(one.key, one.content, one.vis) for one in less}


@several
@given(said())
def test_at_most_one_record_stands_under_a_key_and_each_comes_behind_those_it_takes_the_place_of(
    unit: tuple[str, list[Claim]],
) -> None:
    rule, claims = unit
    found = evidence(rule, claims, Classes(TABLE))
    assert all(record.key == key for key, record in found.items())
    before: set[str] = set()
    for key, record in found.items():
        assert {*record.instead} <= before | {key}
        before.add(key)


@several
@given(said(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_no_version(unit: tuple[str, list[Claim]], dice: Random) -> None:
    rule, claims = unit
    shuffled = list(claims)
    dice.shuffle(shuffled)
    assert derive(rule, claims) == derive(rule, shuffled)


@dataclass(slots=True)
class Store:
    """What stands of a unit, and what was taken back of it, kept the plain way."""

    unit: str
    standing: dict[str, Known] = field(default_factory=dict[str, Known])
    stored: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    taken: list[TakenBack] = field(default_factory=list[TakenBack])

    def say(self, claims: Sequence[Claim]) -> None:
        """Derive the unit anew from these claims."""
        known = list(self.standing.values())
        for write in units.unit_writes(self.unit, claims, known, by_key(self.taken), Classes(TABLE)):
            if isinstance(write, Creation):
                self._create(write)
            elif write.retract:
                (gone,) = (one for one in known if one.id == write.id)
                self.taken.append(TakenBack(gone.key, gone.id, gone.vis))
                if self.standing[gone.key] is gone:
                    del self.standing[gone.key]
            else:
                self.stored[write.id] |= write.properties

    def _create(self, write: Creation) -> None:
        made = dict(write.properties)
        assert str(write.id) not in self.stored
        self.stored[str(write.id)] = made
        said = {name: made.get(name) for name in ("id", "key", "kind", "unit", "vis", "source", "locator")}
        self.standing[str(made["key"])] = replace(NOBODY, a=write.a, b=write.b, **said)  # type: ignore[arg-type]

    def shown(self, clearance: frozenset[int]) -> dict[str, dict[str, object]]:
        """All that a clearance sees of the unit, what was taken back too."""
        return {id: made for id, made in self.stored.items() if made["vis"] in clearance}


def test_who_was_first_known_to_the_staff_gets_the_same_record_once_it_is_public() -> None:
    whole, alone = Store("employer:forge"), Store("employer:forge")
    by_hand, public = job("per-ben", "2019", "..", vis=STAFF), job("per-ben", "2019", "..", source="src-two")
    for claims in ([ADA, by_hand], [ADA, by_hand, public], [ADA, public]):
        whole.say(claims)
        alone.say(visible(claims, EVERYBODY))
    assert whole.shown(EVERYBODY) == alone.shown(EVERYBODY)
    assert [one["vis"] for one in whole.stored.values()] == [STAFF, PUBLIC]


def test_an_id_that_a_stricter_record_had_before_its_claims_were_relabelled_is_not_given_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(derivation, "CROWD", 2)
    store, staff = Store("employer:forge"), [replace(one, vis=STAFF) for one in (ADA, BEN)]
    for claims in (staff, [*staff, job("per-cat", "2019", "2020")], [ADA, BEN]):
        store.say(claims)
    first, second = store.stored.values()
    assert (first["about"], first["key"], first["id"] == second["id"]) == (second["about"], second["key"], False)


@several
@given(
    st.lists(jobs(), min_size=4, max_size=6),
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=2, max_size=4),
    st.sampled_from(list(CLEARANCES.values())),
)
def test_no_sequence_of_hidden_claims_said_and_taken_back_shows_in_a_record_or_its_id(
    claims: list[Claim], steps: list[list[int]], clearance: frozenset[int]
) -> None:
    whole, alone = Store("employer:forge"), Store("employer:forge")
    there: set[int] = set()
    for step in steps:
        there ^= {place for place in step if place < len(claims)}
        now = [claims[place] for place in sorted(there)]
        whole.say(now)
        alone.say(visible(now, clearance))
        assert whole.shown(clearance) == alone.shown(clearance)


def rows(unit: str, claims: Sequence[Claim]) -> list[EvidenceRow]:
    """The evidence of a unit as an empty store would hold it."""
    writes = units.unit_writes(unit, claims, (), {}, Classes(TABLE))
    return [_row(one) for one in writes if isinstance(one, Creation)]


def _row(one: Creation) -> EvidenceRow:
    stored = one.properties
    since = stored.get("since")
    return EvidenceRow(
        str(one.id),
        one.a,
        one.b,
        str(stored["kind"]),
        None if since is None else ordinal(str(since)),
        ordinal(str(stored["on"])),
        float(str(stored["confidence"])),
        float(str(stored["intensity"])),
        int(str(stored["vis"])),
        1,
        None,
        "src-one",
        tuple(stored.get("instead", ())),  # type: ignore[arg-type]  # a list of ids
    )


@several
@given(said(), st.sampled_from(list(CLEARANCES.values())), st.sampled_from(["2019-06-01", "2020-06-01", "2026-11-24"]))
def test_a_view_folds_what_a_viewer_counts_and_shows_that_as_evidence(
    unit: tuple[str, list[Claim]], clearance: frozenset[int], day: str
) -> None:
    rule, claims = unit
    whole, alone = (
        _view(rows(rule, claims), clearance, day),
        _view(rows(rule, visible(claims, clearance)), clearance, day),
    )
    pairs = [(a, b) for a in PEOPLE for b in PEOPLE if a < b]
    assert [whole.evidence(*pair) for pair in pairs] == [alone.evidence(*pair) for pair in pairs]
    assert [whole.neighbours(id) for id in PEOPLE] == [alone.neighbours(id) for id in PEOPLE]
    for a, b in pairs:
        fold = whole.tie(a, b)
        near = {one.id: round(one.strength, 12) for one in whole.neighbours(a)}
        assert near.get(b) == (None if fold is None else round(fold.strength, 12))


def _view(found: list[EvidenceRow], clearance: frozenset[int], day: str) -> View:
    agents = [AgentRow(id, PUBLIC, organization=False) for id in PEOPLE]
    pages = [Delta(1, agents, [SourceRow("src-one", PUBLIC)], found)]
    return Projection.of(packs.evidence(), pages).view(clearance, ordinal(day))
