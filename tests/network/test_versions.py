"""Evidence that takes the place of other evidence for whoever may see both."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import projection as projection_module
from network import snapshot
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from network.view import View
from tests.network.samples import PRIOR, TODAY, several

PUBLIC, STAFF = frozenset({0}), frozenset({0, 1})
PEOPLE = ["ann", "bob", "cy"]


def row(id: str, **more: Any) -> EvidenceRow:
    made = EvidenceRow(id, "ann", "bob", "CO_AFFILIATION", TODAY - 730, TODAY - 365, 1.0, 1.0, 0, 10, None, "list")
    return made._replace(**more)


def of(*evidence: EvidenceRow) -> Projection:
    people = [AgentRow(id, 0, organization=False) for id in PEOPLE]
    return Projection.of(PRIOR, [Delta(1, people, [SourceRow("list", 0)]), Delta(1, evidence=evidence)])


SHORT, LONG = row("short"), row("long", on=TODAY, vis=1, instead=("short",))


def shown(view: View) -> tuple[list[str], list[float]]:
    """The ids of the evidence between two people, and how strong lists, folds and routes take their tie to be."""
    tie, near = view.tie("ann", "bob"), view.neighbours("ann")
    kept = view.routes.values.tolist()
    assert [round(one.strength, 12) for one in near] == ([] if tie is None else [round(tie.strength, 12)])
    assert len(kept) == (0 if tie is None else 2)
    return [one.id for one in view.evidence("ann", "bob")], [round(one.strength, 4) for one in near]


def alone(*evidence: EvidenceRow) -> tuple[list[str], list[float]]:
    """What is shown where there is nothing else."""
    return shown(of(*(one._replace(vis=0, instead=()) for one in evidence)).view(PUBLIC, TODAY))


def test_who_sees_both_counts_the_one_that_takes_the_place_and_others_the_other() -> None:
    both = of(SHORT, LONG)
    assert shown(both.view(PUBLIC, TODAY)) == alone(SHORT) == (["short"], [0.5372])
    assert shown(both.view(STAFF, TODAY)) == alone(LONG) == (["long"], [0.6])


def test_evidence_that_takes_its_own_place_too_is_counted_by_nobody() -> None:
    both = of(SHORT, row("void", vis=1, intensity=0.0, instead=("short", "void")), row("call", kind="CALL", since=None))
    assert shown(both.view(PUBLIC, TODAY))[0] == ["call", "short"]
    assert shown(both.view(STAFF, TODAY)) == alone(row("call", kind="CALL", since=None))


def test_a_place_is_taken_before_the_first_day_of_what_takes_it() -> None:
    later = row("later", since=TODAY - 400, vis=1, instead=("short",))
    views = [of(SHORT, later).view(seen, TODAY - 500) for seen in (PUBLIC, STAFF)]
    assert [[one.id for one in view.neighbours("ann")] for view in views] == [["bob"], []]
    assert [view.tie("ann", "bob") is None for view in views] == [False, True]


def test_a_place_is_taken_from_when_that_was_known_until_it_was_taken_back() -> None:
    both = of(SHORT, LONG._replace(recorded=20, retracted=30))
    found = [shown(both.view(STAFF, TODAY, moment))[0] for moment in (15, 20, 29, 30, None)]
    assert found == [["short"], ["long"], ["long"], ["short"], ["short"]]


def test_a_place_stays_taken_by_what_lost_its_own() -> None:
    widest = row("widest", since=TODAY - 2000, vis=2, instead=("long",))
    assert shown(of(SHORT, LONG, widest).view(frozenset({0, 1, 2}), TODAY)) == alone(widest)


def test_a_hidden_source_takes_no_place() -> None:
    both = of(SHORT)
    both.apply(Delta(2, sources=[SourceRow("secret", 2)], evidence=[LONG._replace(source="secret")]))
    assert [shown(both.view(seen, TODAY))[0] for seen in (STAFF, frozenset({0, 1, 2}))] == [["short"], ["long"]]


STEPS: list[tuple[Callable[[Projection], None], list[str]]] = [
    (lambda one: one.apply(Delta(2, evidence=[SHORT])), ["short"]),
    (lambda one: one.apply(Delta(3, evidence=[LONG])), ["long"]),
    (lambda one: one.apply(Delta(4, evidence=[LONG._replace(retracted=20)])), ["short"]),
    (lambda one: one.apply(Delta(5, evidence=[LONG])), ["long"]),
    (lambda one: one.apply(Delta(6, evidence=[LONG._replace(instead=())])), ["long", "short"]),
    (lambda one: one.apply(Delta(7, evidence=[LONG])), ["long"]),
    (lambda one: one.apply(Delta(8, gone=["long"])), ["short"]),
]


@pytest.mark.parametrize("tail", [0, 50_000])
def test_a_view_follows_places_that_are_taken_and_given_back(tail: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection_module, "_SMALLEST_TAIL", tail)
    grown = of()
    for step, expected in STEPS:
        grown.view(STAFF, TODAY)
        step(grown)
        assert sorted(shown(grown.view(STAFF, TODAY))[0]) == expected
        restored = Projection(*snapshot.restored(PRIOR, snapshot.arrays(grown.ties, grown.revision)))
        assert shown(restored.view(STAFF, TODAY)) == shown(grown.view(STAFF, TODAY))


def test_of_an_id_that_comes_twice_the_later_row_says_whose_place_it_takes() -> None:
    twice = of(SHORT, LONG, LONG._replace(instead=()))
    assert sorted(shown(twice.view(STAFF, TODAY))[0]) == ["long", "short"]


@st.composite
def versions(draw: st.DrawFn) -> EvidenceRow:
    names = [f"e-{number}" for number in range(6)]
    return row(
        draw(st.sampled_from(names)),
        end=draw(st.sampled_from(PEOPLE[1:])),
        vis=draw(st.sampled_from([0, 0, 1, 2])),
        on=TODAY - draw(st.integers(0, 300)),
        retracted=draw(st.sampled_from([None, None, 20])),
        instead=tuple(draw(st.lists(st.sampled_from(names), max_size=2, unique=True))),
    )


@several
@given(st.lists(st.lists(versions(), max_size=4), max_size=4), st.sampled_from([STAFF, frozenset({0, 1, 2})]))
def test_what_counts_is_what_is_seen_and_has_its_place_taken_by_nothing_seen(
    pages: list[list[EvidenceRow]], clearance: frozenset[int]
) -> None:
    grown, rows = of(), dict[str, EvidenceRow]()
    for page in pages:
        grown.view(clearance, TODAY)
        grown.apply(Delta(2, evidence=page))
        rows |= {one.id: one for one in page}
        seen = [one for one in rows.values() if one.vis in clearance and one.retracted is None]
        taken = {(one.end, under) for one in seen for under in one.instead}
        counting = [one for one in seen if (one.end, one.id) not in taken]
        view, plain = grown.view(clearance, TODAY), alone_(counting)
        assert [view.evidence("ann", other) for other in PEOPLE[1:]] == [
            plain.evidence("ann", other) for other in PEOPLE[1:]
        ]
        assert view.neighbours("ann") == plain.neighbours("ann")


def alone_(evidence: list[EvidenceRow]) -> View:
    return of(*(one._replace(vis=0, instead=()) for one in evidence)).view(PUBLIC, TODAY)
