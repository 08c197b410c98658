import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from network.strength import (
    Band,
    Cadence,
    Evidence,
    Rhythm,
    Share,
    band,
    cadence,
    fold,
    shares,
    strength,
    willingness,
)
from tests.network.samples import PRIOR, TODAY, evidence, items, several


def ago(days: int, kind: str, count: int = 1) -> list[Evidence]:
    return [Evidence(f"{kind}-{days}-{number}", kind, TODAY - days) for number in range(count)]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (ago(0, "CARD_SWAPPED"), 0.12),
        (ago(270, "CARD_SWAPPED"), 0.0619),
        (ago(0, "MEETING"), 0.35),
        (ago(365, "MEETING"), 0.1938),
        (ago(5, "CORRESPONDENCE", 3), 0.3162),
        (ago(5, "CORRESPONDENCE", 30), 0.6290),
        (ago(0, "SHARED_EVENT", 10), 0.1072),
        (ago(0, "SHARED_EVENT", 100), 0.2207),
        (ago(10, "CARD_SWAPPED") + ago(30, "MEETING") + ago(5, "CORRESPONDENCE", 3), 0.5981),
        ([Evidence("e", "CO_AFFILIATION", TODAY - 1460, since=TODAY - 1460 - 365)], 0.3675),
        (ago(90, "INTRODUCTION"), 0.2597),
        ([], 0.0),
    ],
)
def test_strength_equals_its_reference_values(known: list[Evidence], expected: float) -> None:
    assert round(strength(known, TODAY, PRIOR), 4) == expected


def test_a_running_interval_is_dated_today_and_grows_to_full_intensity_in_a_year() -> None:
    board = [Evidence("e", "CO_BOARD", TODAY + 400, since=TODAY)]
    grown = [strength(board, TODAY + days, PRIOR) for days in (-1, 0, 72, 364, 400)]
    assert grown == pytest.approx([0, 0.55 / 365, 0.11, 0.55, 0.55], abs=1e-15)


def test_an_interval_fades_from_its_last_day() -> None:
    board = [Evidence("e", "CO_BOARD", TODAY, since=TODAY - 400)]
    assert strength(board, TODAY + 1095, PRIOR) == pytest.approx(1 - math.sqrt(0.45), abs=1e-15)


def test_three_bands_stand_for_evidence_and_one_for_its_absence() -> None:
    bounds = [None, 0.0, 0.1499, 0.15, 0.4999, 0.5, 0.97]
    assert [band(s) for s in bounds] == ["NONE", "FAINT", "FAINT", "WARM", "WARM", "STRONG", "STRONG"]


def test_willingness_is_the_mean_of_both_directions_or_half_the_one_there_is() -> None:
    asked = [willingness(0.5, 0.5), willingness(0.8, 0.2), willingness(0.8, 0.0), willingness(0.0, 0.0)]
    assert asked == pytest.approx([0.5, 0.4, 0.4, 0.0], abs=1e-15)


def test_directed_evidence_counts_one_way_and_for_the_whole_tie() -> None:
    known = [*ago(0, "MEETING"), Evidence("d", "DECLARED", TODAY, direction=2)]
    found = fold(known, TODAY, PRIOR)
    assert found is not None
    assert (found.strength, found.forward, found.backward) == pytest.approx((0.61, 0.35, 0.61), abs=1e-12)
    assert found.mutual


def test_a_tie_of_one_direction_is_not_mutual() -> None:
    found = fold([Evidence("c", "CARD_GIVEN", TODAY, direction=1)], TODAY, PRIOR)
    assert found is not None
    assert (found.mutual, found.band, round(found.willingness, 12)) == (False, Band.FAINT, 0.025)


def test_a_fold_tells_all_of_a_tie() -> None:
    known = [*ago(100, "MEETING"), *ago(60, "MEETING"), *ago(10, "MEETING"), *ago(-3, "MEETING")]
    known.append(Evidence("board", "CO_BOARD", TODAY + 900, since=TODAY - 500))
    found = fold(known, TODAY, PRIOR)
    assert found is not None
    assert (found.count, found.first, found.last, found.band) == (4, TODAY - 500, TODAY, Band.STRONG)
    assert found.cadence == Cadence(Rhythm.REGULAR, 45.0, 10)
    assert [(s.evidence, s.counts_from - TODAY) for s in found.shares] == [
        ("board", 0),
        ("MEETING-10-0", -10),
        ("MEETING-60-0", -60),
        ("MEETING-100-0", -100),
    ]


def test_without_evidence_there_is_nothing_to_fold() -> None:
    assert fold(ago(-1, "MEETING"), TODAY, PRIOR) is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([0], Cadence(Rhythm.TOO_FEW, None, 0)),
        ([30, 30, 20], Cadence(Rhythm.TOO_FEW, None, 20)),
        ([80, 60, 20], Cadence(Rhythm.REGULAR, 30.0, 20)),
        ([80, 60, 40], Cadence(Rhythm.REGULAR, 20.0, 40)),
        ([110, 90, 60], Cadence(Rhythm.OVERDUE, 25.0, 60)),
        ([100, 90, 80], Cadence(Rhythm.OVERDUE, 10.0, 80)),
        ([101, 91, 81], Cadence(Rhythm.LAPSED, 10.0, 81)),
    ],
)
def test_cadence_compares_the_silence_with_the_usual_gap(days: list[int], expected: Cadence) -> None:
    known = [Evidence(str(number), "CALL", TODAY - day) for number, day in enumerate(days)]
    assert cadence(known, TODAY) == expected


def test_cadence_without_a_dated_day_counts_silence_from_the_end_of_the_interval() -> None:
    assert cadence([Evidence("e", "CO_BOARD", TODAY - 7, since=TODAY - 500)], TODAY) == Cadence(Rhythm.TOO_FEW, None, 7)


def test_cadence_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence counts at this day"):
        cadence([], TODAY)


def test_a_kind_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="the model 'prior' knows no kind 'HUG'; it has CO_AFFILIATION, CO_BOARD"):
        strength(ago(0, "HUG"), TODAY, PRIOR)


def test_a_tie_that_has_decayed_to_nothing_is_shared_evenly() -> None:
    assert shares(ago(2_000_000, "CALL", 2), TODAY, PRIOR) == (
        Share("CALL-2000000-0", 0.5, TODAY - 2_000_000),
        Share("CALL-2000000-1", 0.5, TODAY - 2_000_000),
    )


@several
@given(evidence(), st.integers(-4000, 4000))
def test_strength_stays_between_nothing_and_the_ceiling(known: list[Evidence], shift: int) -> None:
    assert 0 <= strength(known, TODAY + shift, PRIOR) <= 0.97


@several
@given(evidence(), st.data())
def test_the_order_of_evidence_does_not_matter(known: list[Evidence], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(known))
    assert fold(shuffled, TODAY, PRIOR) == fold(known, TODAY, PRIOR)


@several
@given(evidence(), items())
def test_more_evidence_never_weakens_a_tie(known: list[Evidence], more: Evidence) -> None:
    assume(more.id not in {e.id for e in known})
    assert strength([*known, more], TODAY, PRIOR) >= strength(known, TODAY, PRIOR)


@several
@given(evidence(), items(), st.floats(0, 1), st.floats(0, 1))
def test_more_confidence_or_intensity_never_weakens_a_tie(
    known: list[Evidence], item: Evidence, confidence: float, intensity: float
) -> None:
    raised = replace(item, confidence=max(item.confidence, confidence), intensity=max(item.intensity, intensity))
    assert strength([*known, raised], TODAY, PRIOR) >= strength([*known, item], TODAY, PRIOR)


@several
@given(evidence(), st.integers(0, 5000), st.integers(0, 5000))
def test_without_new_evidence_a_tie_never_grows_by_itself(known: list[Evidence], sooner: int, later: int) -> None:
    settled = [e for e in known if e.on <= TODAY]
    days = sorted((sooner, later))
    assert strength(settled, TODAY + days[1], PRIOR) <= strength(settled, TODAY + days[0], PRIOR)


@several
@given(evidence(), st.data())
def test_the_same_evidence_twice_counts_once(known: list[Evidence], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(known), max_size=5)) if known else []
    assert fold([*known, *again], TODAY, PRIOR) == fold(known, TODAY, PRIOR)


@several
@given(evidence())
def test_evidence_of_the_future_changes_nothing(known: list[Evidence]) -> None:
    assert fold(known, TODAY, PRIOR) == fold([e for e in known if e.begins <= TODAY], TODAY, PRIOR)


@several
@given(evidence(40), st.sampled_from([name for name, kind in PRIOR.kinds.items() if kind.cap]))
def test_a_capped_kind_alone_never_exceeds_its_cap(known: list[Evidence], name: str) -> None:
    alone = [replace(e, kind=name, on=min(e.on, TODAY), since=None) for e in known]
    cap = PRIOR.kinds[name].cap
    assert cap is not None
    assert strength(alone, TODAY, PRIOR) <= -math.expm1(-cap)


@several
@given(evidence())
def test_shares_add_up_to_one_over_all_that_counts(known: list[Evidence]) -> None:
    parts = shares(known, TODAY, PRIOR)
    assert {s.evidence: s.counts_from for s in parts} == {e.id: min(e.on, TODAY) for e in known if e.begins <= TODAY}
    assert math.fsum(s.share for s in parts) == pytest.approx(1 if parts else 0, abs=1e-12)


@several
@given(evidence())
def test_the_shares_of_a_kind_recompute_what_the_kind_alone_is_worth(known: list[Evidence]) -> None:
    s = strength(known, TODAY, PRIOR)
    assume(0 < s < 0.97)
    kind_of = {e.id: e.kind for e in known}
    worth = {kind: -math.log1p(-strength([e for e in known if e.kind == kind], TODAY, PRIOR)) for kind in PRIOR.kinds}
    for kind, expected in worth.items():
        parts = [share.share for share in shares(known, TODAY, PRIOR) if kind_of[share.evidence] == kind]
        assert math.fsum(parts) * -math.log1p(-s) == pytest.approx(expected, abs=1e-12)


@several
@given(evidence())
def test_a_tie_seen_from_its_other_end_swaps_its_directions_only(known: list[Evidence]) -> None:
    turned = [replace(e, direction=(0, 2, 1)[e.direction]) for e in known]
    here, there = fold(known, TODAY, PRIOR), fold(turned, TODAY, PRIOR)
    if here is None:
        assert there is None
    else:
        assert there == replace(here, forward=here.backward, backward=here.forward)
