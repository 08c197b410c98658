"""Evidence derived from the claims of one unit, on examples small enough to work out on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, count
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.graph.model import LATER, Claim, Evidence
from service.graph.record.derivation import evidence
from service.graph.visibility import LEVELS, Classes, VisibilityClass

NUMBERS = count()


def claim(relation: str, a: str, b: str, **fields: object) -> Claim:
    id = f"clm-{next(NUMBERS):06}"
    made = Claim(relation, id, id, a, b, (a, b), "src-one", 0, 1.0, LATER)
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields of a claim, spelled at each call


def people(number: int) -> list[str]:
    return [f"per-{index:03}" for index in range(number)]


def short(found: Iterable[Evidence]) -> list[tuple[object, ...]]:
    rows = [(e.kind, e.a, e.b, e.since, e.on, round(e.intensity, 4), e.confidence) for e in found]
    return sorted(rows, key=str)


def attendance(persons: Sequence[str], **fields: object) -> list[Claim]:
    said: dict[str, object] = {"status": "ATTENDED", "start": "2014-03-16", "end": "2014-03-16", **fields}
    return [claim("ATTENDED", person, "evt-race", **said) for person in persons]


def derive(unit: str, claims: Sequence[Claim], classes: Classes | None = None) -> list[Evidence]:
    return list(evidence(unit, claims, classes or Classes()).values())


def test_every_two_who_attended_a_race_share_it_and_the_record_says_why() -> None:
    claims = attendance(people(3))
    found = derive("race:898", claims)
    assert [
        (e.a, e.b, e.on, e.since, e.intensity, e.about, e.source, e.unit) for e in sorted(found, key=short_key)
    ] == [
        (
            left.a,
            right.a,
            "2014-03-16",
            None,
            1.0,
            ("evt-race", left.id, right.id),
            "src-one",
            "race:898",
        )
        for left, right in combinations(claims, 2)
    ]


def short_key(found: Evidence) -> tuple[str, str]:
    return found.a, found.b


def test_sixty_people_know_each_other_from_an_event_and_sixty_one_do_not() -> None:
    assert len(derive("race:1", attendance(people(60)))) == 60 * 59 // 2
    assert derive("race:1", attendance(people(61))) == []


def test_intensity_falls_with_the_number_of_others_beyond_fourteen() -> None:
    assert {e.intensity for e in derive("event:a", attendance(people(15)))} == {1.0}
    assert {e.intensity for e in derive("event:a", attendance(people(16)))} == {14 / 15}


@pytest.mark.parametrize("status", ["REGISTERED", "NO_SHOW", "CANCELLED", None])
def test_only_those_who_attended_count(status: str | None) -> None:
    one, other = attendance(people(2))
    assert derive("event:a", [one, replace(other, status=status)]) == []


def test_an_organization_at_an_event_shares_it_with_nobody() -> None:
    claims = attendance(["org-1", "per-1", "per-2"])
    assert short(derive("event:a", claims)) == [("SHARED_EVENT", "per-1", "per-2", None, "2014-03-16", 1.0, 1.0)]


def test_an_event_on_an_unknown_day_makes_no_evidence_and_one_known_to_the_month_counts_from_its_first_day() -> None:
    assert derive("event:a", attendance(people(2), start=None, end=None)) == []
    assert derive("event:a", attendance(people(2), start=".."), None) == []
    assert [e.on for e in derive("event:a", attendance(people(2), start="2014-05", end="2014-05"))] == ["2014-05-01"]


def took_part(number: int, status: str) -> list[Claim]:
    return [claim("TOOK_PART_IN", person, "mtg-1", status=status, on="2026-03-02") for person in people(number)]


@pytest.mark.parametrize(
    ("number", "kind", "intensity"),
    [
        (2, "MEETING", 1.0),
        (3, "SMALL_GROUP", 1.0),
        (8, "SMALL_GROUP", 1.0),
        (9, "SHARED_EVENT", 1.0),
        (29, "SHARED_EVENT", 0.5),
        (60, "SHARED_EVENT", 14 / 59),
    ],
)
def test_the_size_of_a_meeting_decides_its_kind(number: int, kind: str, intensity: float) -> None:
    found = derive("meeting:1", took_part(number, "HELD"))
    assert len(found) == number * (number - 1) // 2
    assert {(e.kind, e.intensity, e.on) for e in found} == {(kind, intensity, "2026-03-02")}


@pytest.mark.parametrize("status", ["PLANNED", "CALLED_OFF"])
def test_a_meeting_that_was_not_held_never_counts(status: str) -> None:
    assert derive("meeting:1", took_part(2, status)) == []


def test_a_meeting_of_sixty_one_is_no_evidence() -> None:
    assert derive("meeting:1", took_part(61, "HELD")) == []


def member(person: str, *days: str, **fields: object) -> Claim:
    return claim("MEMBER_OF", person, "org-group", observed=days, **fields)


def secretariat(organization: str, *days: str) -> Claim:
    return claim("SECRETARIAT_OF", organization, "org-group", observed=days)


def test_two_claims_of_one_person_are_one_tie_at_the_higher_confidence() -> None:
    claims = [
        member("per-1", "2026-06-29", role="chair"),
        member("per-1", "2026-06-29", role="member", confidence=0.5),
        member("per-2", "2026-06-29", confidence=0.5),
        member("per-3", "2026-06-29"),
    ]
    found = derive("group:motor", claims)
    assert short(found) == [
        ("CO_COMMITTEE", "per-1", "per-2", None, "2026-06-29", 1.0, 0.5),
        ("CO_COMMITTEE", "per-1", "per-3", None, "2026-06-29", 1.0, 1.0),
        ("CO_COMMITTEE", "per-2", "per-3", None, "2026-06-29", 1.0, 0.5),
    ]
    first = next(e for e in found if (e.a, e.b) == ("per-1", "per-3"))
    assert first.about == (claims[0].id, claims[1].id, claims[3].id)


def test_a_secretariat_knows_the_members_and_two_secretariats_do_not_know_each_other_by_that() -> None:
    day = "2026-06-29"
    claims = [secretariat("org-1", day), secretariat("org-2", day), member("per-1", day)]
    assert [(e.a, e.b) for e in sorted(derive("group:motor", claims), key=short_key)] == [
        ("org-1", "per-1"),
        ("org-2", "per-1"),
    ]


def test_a_committee_tie_is_dated_at_the_last_register_that_lists_both_and_counts_who_is_listed_then() -> None:
    old, new = "2025-06-30", "2026-06-29"
    stays = [member(person, old, new) for person in people(2)]
    left = [member(f"per-9{index:02}", old) for index in range(15)]
    found = derive("group:motor", [*stays, *left])
    with_both = [e for e in found if (e.a, e.b) == ("per-000", "per-001")]
    with_one_gone = [e for e in found if (e.a, e.b) == ("per-000", "per-900")]
    assert short(with_both) == [("CO_COMMITTEE", "per-000", "per-001", None, new, 1.0, 1.0)]
    assert short(with_one_gone) == [("CO_COMMITTEE", "per-000", "per-900", None, old, 0.875, 1.0)]


def test_a_group_of_sixty_one_is_a_reason_to_ask_and_no_tie() -> None:
    assert derive("group:motor", [member(person, "2026-06-29") for person in people(61)]) == []


def test_two_who_never_stood_in_one_register_are_not_tied() -> None:
    assert derive("group:motor", [member("per-1", "2025-06-30"), member("per-2", "2026-06-29")]) == []


def office(person: str, start: str | None, end: str | None, post: str = "pst-1", **fields: object) -> Claim:
    return claim("HOLDS", person, post, start=start, end=end, **fields)


def test_appointments_that_overlap_or_follow_within_a_day_are_one_stay() -> None:
    claims = [
        office("per-1", "2016-07-14", "2017-07-03"),
        office("per-1", "2017-07-04", "2018-01-08", "pst-2"),
        office("per-1", "2017-12-01", "2018-03-01", "pst-3"),
        office("per-2", "2016-01-01", "2019-01-01"),
    ]
    found = derive("department:culture", claims)
    assert short(found) == [("CO_AFFILIATION", "per-1", "per-2", "2016-07-14", "2018-03-01", 1.0, 1.0)]
    assert found[0].about == tuple(claim.id for claim in claims)


def test_a_gap_of_two_days_makes_two_stays() -> None:
    claims = [
        office("per-1", "2016-07-14", "2017-07-03"),
        office("per-1", "2017-07-05", "2018-01-08"),
        office("per-2", "2016-01-01", "2019-01-01"),
    ]
    assert short(derive("department:culture", claims)) == [
        ("CO_AFFILIATION", "per-1", "per-2", "2016-07-14", "2017-07-03", 1.0, 1.0),
        ("CO_AFFILIATION", "per-1", "per-2", "2017-07-05", "2018-01-08", 1.0, 1.0),
    ]


def test_a_record_names_only_the_claims_about_the_days_together() -> None:
    early, late = office("per-1", "2010-01-01", "2012-12-31"), office("per-1", "2013-01-01", "2015-12-31")
    other = office("per-2", "2011-01-01", "2011-12-31")
    assert [e.about for e in derive("department:culture", [early, late, other])] == [(early.id, other.id)]


def test_while_both_stay_the_last_day_together_is_the_last_day_there_is() -> None:
    claims = [office("per-1", "2024-07-08", ".."), office("per-2", "2025-09-06", "..")]
    assert short(derive("department:trade", claims)) == [
        ("CO_AFFILIATION", "per-1", "per-2", "2025-09-06", "9999-12-31", 1.0, 1.0)
    ]


def test_one_day_together_is_a_record_of_one_day() -> None:
    claims = [office("per-1", "2024-07-08", "2025-09-06"), office("per-2", "2025-09-06", "..")]
    assert short(derive("department:trade", claims)) == [
        ("CO_AFFILIATION", "per-1", "per-2", "2025-09-06", "2025-09-06", 1.0, 1.0)
    ]


@pytest.mark.parametrize(("start", "end"), [(None, ".."), ("2024", None), (None, None)])
def test_without_a_known_start_and_end_a_stay_makes_no_evidence(start: str | None, end: str | None) -> None:
    assert derive("department:trade", [office("per-1", start, end), office("per-2", "2020", "..")]) == []


def test_the_intensity_of_a_stay_counts_who_is_there_on_the_first_day_together() -> None:
    crowd = [office(f"per-1{index:02}", "2020-01-01", "2020-06-30") for index in range(27)]
    pair = [office("per-001", "2020-01-01", "2021-12-31"), office("per-002", "2020-06-30", "2021-12-31")]
    found = [e for e in derive("employer:x", [*crowd, *pair]) if (e.a, e.b) == ("per-001", "per-002")]
    assert short(found) == [("CO_AFFILIATION", "per-001", "per-002", "2020-06-30", "2021-12-31", 0.5, 1.0)]


def test_of_sixty_one_people_at_one_employer_nobody_is_tied_by_that() -> None:
    assert derive("employer:x", [office(person, "2020", "2021") for person in people(61)]) == []


def test_drivers_of_one_season_are_colleagues_from_its_first_to_its_last_day() -> None:
    claims = [
        claim("WORKS_FOR", "per-1", "org-team", role="race driver", start="2021", end="2021"),
        claim("WORKS_FOR", "per-1", "org-team", role="test driver", start="2021", end="2021"),
        claim("WORKS_FOR", "per-2", "org-team", role="race driver", start="2021", end="2021"),
    ]
    assert short(derive("season:team:2021", claims)) == [
        ("CO_AFFILIATION", "per-1", "per-2", "2021-01-01", "2021-12-31", 1.0, 1.0)
    ]


def test_directors_of_one_company_sit_on_one_board_and_employees_do_not() -> None:
    claims = [
        claim("DIRECTOR_OF", "per-1", "org-1", start="2020", end=".."),
        claim("DIRECTOR_OF", "per-2", "org-1", start="2022-05", end="2023-02"),
        claim("WORKS_FOR", "per-3", "org-1", start="2020", end=".."),
    ]
    assert short(derive("board:1", claims)) == [("CO_BOARD", "per-1", "per-2", "2022-05-01", "2023-02-28", 1.0, 1.0)]


def test_hospitality_ties_giver_and_receiver_and_a_donation_does_not() -> None:
    gift = claim("GAVE_BENEFIT", "org-1", "per-1", kind="hospitality", start="2023-04-16", end="2023-04-16")
    assert short(derive("benefit:1", [gift])) == [("BENEFIT", "org-1", "per-1", None, "2023-04-16", 1.0, 1.0)]
    assert derive("benefit:1", [replace(gift, kind="donation")]) == []
    assert derive("benefit:1", [replace(gift, b="org-2")]) == []
    assert derive("benefit:1", [replace(gift, start=None, end=None)]) == []


def cards(*, swapped: bool) -> list[Claim]:
    return [
        claim("GAVE_CARD", "per-2", "crd-1", on="2026-01-14", swapped=swapped),
        claim("RECEIVED_CARD", "per-1", "crd-1", on="2026-01-14", swapped=swapped),
    ]


def test_a_card_given_runs_from_the_giver_and_a_card_swapped_between_both() -> None:
    given_card, swapped = derive("card:1", cards(swapped=False)), derive("card:1", cards(swapped=True))
    assert short(given_card) == [("CARD_GIVEN", "per-2", "per-1", None, "2026-01-14", 1.0, 1.0)]
    assert short(swapped) == [("CARD_SWAPPED", "per-1", "per-2", None, "2026-01-14", 1.0, 1.0)]


@pytest.mark.parametrize("status", ["DRAFT", "REQUESTED", "WITH_INTRODUCER", "ACCEPTED", "DECLINED", "MADE", "LAPSED"])
def test_an_introduction_is_evidence_between_the_introduced_once_they_met(status: str) -> None:
    claims = [
        claim("REQUESTS", "per-1", "int-1", on="2026-02-03", status="MET"),
        claim("INTRODUCES", "per-2", "int-1", on="2026-02-03", status="MET"),
        claim("INTRODUCED_IN", "per-3", "int-1", on="2026-02-03", status="MET"),
    ]
    assert short(derive("introduction:1", claims)) == [("INTRODUCTION", "per-1", "per-3", None, "2026-02-03", 1.0, 1.0)]
    assert derive("introduction:1", [replace(one, status=status) for one in claims]) == []


def test_where_sources_contradict_each_other_only_the_latest_claim_counts() -> None:
    older = office("per-1", "2019", "2020", recorded_at="2026-01-01T00:00:00.000000Z")
    newer = office("per-1", "2019", "2023", source="src-two", recorded_at="2026-02-01T00:00:00.000000Z")
    other = office("per-2", "2022", "2024")
    assert short(derive("employer:x", [older, newer, other])) == [
        ("CO_AFFILIATION", "per-1", "per-2", "2022-01-01", "2023-12-31", 1.0, 1.0)
    ]
    swapped = [replace(older, recorded_at=newer.recorded_at), replace(newer, recorded_at=older.recorded_at), other]
    assert derive("employer:x", swapped) == []


def test_dates_that_differ_in_precision_only_contradict_nothing() -> None:
    year = office("per-1", "2019", "2020", recorded_at="2026-01-01T00:00:00.000000Z")
    month = office("per-1", "2019-05", "2020", source="src-two", recorded_at="2026-02-01T00:00:00.000000Z")
    other = office("per-2", "2019", "2019")
    assert short(derive("employer:x", [year, month, other])) == [
        ("CO_AFFILIATION", "per-1", "per-2", "2019-01-01", "2019-12-31", 1.0, 1.0)
    ]


TENDER = VisibilityClass(4, "STAFF", ("tender",))


def test_a_derived_record_takes_the_strictest_class_of_its_claims() -> None:
    classes = Classes([*(VisibilityClass(n, level, ()) for n, level in enumerate(LEVELS)), TENDER])
    first, second, third = attendance(people(3))
    claims = [replace(first, vis=4), replace(second, vis=3), third]
    found = {(e.a, e.b): e.vis for e in derive("event:a", claims, classes)}
    both = classes.number("LOBBYING", ["tender"])
    assert found == {("per-000", "per-001"): both, ("per-000", "per-002"): 4, ("per-001", "per-002"): 3}
    assert classes.added == [VisibilityClass(5, "LOBBYING", ("tender",))]


def test_the_number_in_an_intensity_counts_only_those_visible_at_the_records_own_class() -> None:
    seen = attendance(people(15))
    hidden = [replace(one, a=f"per-9{index:02}", vis=3) for index, one in enumerate(attendance(people(14)))]
    found = derive("event:a", [*seen, *hidden])
    assert {(e.vis, e.intensity) for e in found} == {(0, 1.0), (3, 0.5)}


def test_the_limit_of_sixty_uses_the_same_number() -> None:
    seen = attendance(people(60))
    hidden = [replace(one, a="per-900", vis=3) for one in attendance(people(1))]
    found = derive("event:a", [*seen, *hidden])
    assert {e.vis for e in found} == {0}
    assert len(found) == 60 * 59 // 2


def test_a_stricter_claim_that_says_the_same_hides_nothing() -> None:
    public = office("per-1", "2019", "2021")
    secret = office("per-1", "2019", "2021", vis=3, source="src-two")
    other = office("per-2", "2020", "2020")
    found = derive("employer:x", [public, secret, other])
    assert [(e.vis, e.about) for e in found] == [(0, (public.id, other.id))]


def test_a_unit_whose_rule_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="picnic"):
        derive("picnic:1", [])


dates = st.sampled_from(["2018", "2019-05", "2020-02-03", "2021", "2022-11"])


@given(
    st.lists(st.tuples(st.sampled_from(people(5)), dates, dates, st.sampled_from([0, 1, 3])), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_claims_changes_nothing(rows: list[tuple[str, str, str, int]], random: Random) -> None:
    claims = [office(person, start, end, vis=vis) for person, start, end, vis in rows]
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert derive("employer:x", claims) == derive("employer:x", shuffled)
