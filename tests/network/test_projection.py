from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import projection as projection_module
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.projection import Projection
from network.strength import Evidence, fold, strength
from network.view import View
from tests.network.samples import PRIOR, TODAY, items, several

AGENTS = ["ann", "bob", "cy", "dee", "org"]
SOURCES = ["list", "diary", "rumour"]
# Mostly visible, or a view would nearly always be empty and prove nothing.
CLASSES = [0, 0, 0, 0, 0, 1, 2, None]


@st.composite
def rows(draw: st.DrawFn) -> EvidenceRow:
    item = draw(items())
    start, end = draw(st.permutations(AGENTS[:3] + AGENTS[4:]))[:2]
    recorded = draw(st.integers(4, 12))
    return EvidenceRow(
        id=draw(st.sampled_from([f"e-{number}" for number in range(12)])),
        start=start,
        end=end,
        kind=item.kind,
        since=item.since,
        on=item.on,
        confidence=item.confidence,
        intensity=item.intensity,
        vis=draw(st.sampled_from(CLASSES)),
        recorded=recorded,
        retracted=draw(st.sampled_from([None, None, None, recorded + 1, recorded + 3])),
        source=draw(st.sampled_from(SOURCES)),
    )


agents = st.builds(AgentRow, st.sampled_from(AGENTS), st.sampled_from(CLASSES), st.booleans()).map(
    lambda row: row._replace(organization=row.id == "org")
)
sources = st.builds(SourceRow, st.sampled_from(SOURCES), st.sampled_from(CLASSES))
everybody = st.tuples(*(st.sampled_from(CLASSES) for _ in AGENTS + SOURCES)).map(
    lambda classes: Delta(
        revision=1,
        agents=[AgentRow(id, vis, id == "org") for id, vis in zip(AGENTS, classes, strict=False)],
        sources=[SourceRow(id, vis) for id, vis in zip(SOURCES, classes[len(AGENTS) :], strict=True)],
    )
)
changes = st.builds(
    Delta,
    revision=st.integers(2, 99),
    agents=st.lists(agents, max_size=2),
    sources=st.lists(sources, max_size=1),
    evidence=st.lists(rows(), max_size=5),
    gone=st.lists(st.sampled_from([f"e-{number}" for number in range(14)]), max_size=2),
)
clearances = st.sampled_from([frozenset(seen) for seen in ([0], [0], [0, 1], [0, 1, 2], [1], [])])
moments = st.sampled_from([None, None, *range(4, 16)])
days = st.integers(TODAY - 1500, TODAY + 800)


@dataclass
class Store:
    """What the changes add up to, kept the plain way."""

    agents: dict[str, AgentRow] = field(default_factory=dict[str, AgentRow])
    sources: dict[str, SourceRow] = field(default_factory=dict[str, SourceRow])
    evidence: dict[str, EvidenceRow] = field(default_factory=dict[str, EvidenceRow])

    def take(self, delta: Delta) -> None:
        self.agents |= {row.id: row for row in delta.agents}
        self.sources |= {row.id: row for row in delta.sources}
        for id in delta.gone:
            for kept in (self.agents, self.sources, self.evidence):
                kept.pop(id, None)
        self.evidence |= {row.id: row for row in delta.evidence}

    def page(self) -> Delta:
        return Delta(7, list(self.agents.values()), list(self.sources.values()), list(self.evidence.values()))

    def seen(self, a: str, b: str, clearance: frozenset[int], known_at: int | None) -> list[Evidence]:
        return [
            Evidence(
                row.id,
                row.kind,
                row.on,
                direction=(0 if not PRIOR.kinds[row.kind].directed else 1 if row.start == a else 2),
                since=row.since,
                confidence=row.confidence,
                intensity=row.intensity,
            )
            for row in self.evidence.values()
            if {row.start, row.end} == {a, b}
            and clearance >= {row.vis, self.agents[a].vis, self.agents[b].vis, self.sources[row.source].vis}
            and (
                row.retracted is None
                if known_at is None
                else row.recorded <= known_at and (row.retracted is None or row.retracted > known_at)
            )
        ]


def drawn(view: View) -> dict[str, list[tuple[str, float, float]]]:
    return {
        id: [(other.id, round(other.strength, 12), round(other.willingness, 12)) for other in view.neighbours(id)]
        for id in AGENTS
    }


def routes(view: View) -> dict[tuple[str, str], int]:
    names = view.ties.agents.ids
    return {
        (names[node], names[view.routes.ends[at]]): int(view.routes.values[at])
        for node in range(len(view.sight.agents))
        for at in range(view.routes.starts[node], view.routes.starts[node + 1])
    }


@several
@given(everybody, st.lists(rows(), max_size=12), clearances, days, moments)
def test_a_view_is_folded_from_the_visible_evidence_alone(
    people: Delta, evidence: list[EvidenceRow], clearance: frozenset[int], as_of: int, known_at: int | None
) -> None:
    store = Store()
    store.take(replace(people, evidence=evidence))
    view = Projection.of(PRIOR, [people, Delta(1, evidence=evidence)]).view(clearance, as_of, known_at)
    for a in AGENTS:
        expected = {
            b: found
            for b in AGENTS
            if b != a and (found := fold(store.seen(a, b, clearance, known_at), as_of, PRIOR)) is not None
        }
        assert {other.id: other.strength for other in view.neighbours(a)} == pytest.approx(
            {b: found.strength for b, found in expected.items()}, rel=0, abs=1e-12
        )
        assert {other.id: other.willingness for other in view.neighbours(a)} == pytest.approx(
            {b: found.willingness for b, found in expected.items()}, rel=0, abs=1e-12
        )
        for b, found in expected.items():
            tie = view.tie(a, b)
            assert tie is not None
            assert (tie.count, tie.first, tie.last, tie.mutual) == (found.count, found.first, found.last, found.mutual)


@several
@given(everybody, st.lists(changes, max_size=4), clearances, days, moments)
def test_many_ties_at_once_are_each_of_them_by_itself_from_either_end(
    people: Delta, later: list[Delta], clearance: frozenset[int], as_of: int, known_at: int | None
) -> None:
    grown = Projection.of(PRIOR, [people])
    for delta in later:
        grown.apply(delta)
    view, ends = grown.view(clearance, as_of, known_at), [(a, b) for a in (*AGENTS, "nobody") for b in AGENTS]
    assert view.between(ends) == [view.evidence(*two) for two in ends]
    assert [view.fold(items) for items in view.between(ends)] == [view.tie(*two) for two in ends]
    assert view.between([]) == []


@several
@given(everybody, st.lists(changes, max_size=4), clearances, days, moments, st.booleans())
def test_changes_one_by_one_give_the_same_view_as_everything_at_once(
    people: Delta,
    later: list[Delta],
    clearance: frozenset[int],
    as_of: int,
    known_at: int | None,
    watched: bool,  # noqa: FBT001 - Hypothesis passes it by position
) -> None:
    store, grown = Store(), Projection.of(PRIOR, [people])
    store.take(people)
    for delta in later:
        if watched:
            grown.view(clearance, as_of, known_at)
        grown.apply(delta)
        store.take(delta)
    rebuilt = Projection.of(PRIOR, [store.page()])
    before, after = grown.view(clearance, as_of, known_at), rebuilt.view(clearance, as_of, known_at)
    assert (drawn(before), routes(before)) == (drawn(after), routes(after))


@several
@given(st.lists(rows(), min_size=2, max_size=12, unique_by=lambda row: row.id), st.data())
def test_other_ids_and_another_order_give_the_same_strengths_to_the_last_bit(
    evidence: list[EvidenceRow], data: st.DataObject
) -> None:
    evidence = [row._replace(vis=0, retracted=None) for row in evidence]
    people = [AgentRow(id, 0, id == "org") for id in AGENTS]
    page = Delta(1, people, [SourceRow(id, 0) for id in SOURCES])
    before = Projection.of(PRIOR, [page, Delta(1, evidence=evidence)]).view(frozenset({0}), TODAY)
    ids = data.draw(st.permutations([row.id for row in evidence]))
    renamed = [row._replace(id=id) for row, id in zip(data.draw(st.permutations(evidence)), ids, strict=True)]
    first = data.draw(st.integers(0, len(renamed)))
    turned = Projection.of(
        PRIOR, [replace(page, agents=data.draw(st.permutations(people))), Delta(1, evidence=renamed[:first])]
    )
    turned.view(frozenset({0}), TODAY)
    for row in renamed[first:]:
        turned.apply(Delta(2, evidence=[row]))
    after = turned.view(frozenset({0}), TODAY)
    assert {id: after.neighbours(id) for id in AGENTS} == {id: before.neighbours(id) for id in AGENTS}
    assert routes(after) == routes(before)


@st.composite
def lively(draw: st.DrawFn) -> Delta:
    """One change of one sort, most of it visible."""
    vis = draw(st.sampled_from([0, 0, 0, 1]))
    match draw(st.sampled_from(["agent", "source", "gone", "evidence", "evidence"])):
        case "agent":
            return Delta(2, agents=[draw(agents)._replace(vis=vis)])
        case "source":
            return Delta(2, sources=[draw(sources)._replace(vis=vis)])
        case "gone":
            return Delta(2, gone=draw(st.lists(st.sampled_from([f"e-{number}" for number in range(12)]), max_size=6)))
        case _:
            evidence = draw(st.lists(rows(), max_size=8))
            return Delta(2, evidence=[row._replace(vis=0, retracted=None) for row in evidence])


@several
@given(st.lists(lively(), min_size=2, max_size=6))
def test_a_view_that_is_asked_after_every_change_follows_each_of_them(later: list[Delta]) -> None:
    everything = Delta(1, [AgentRow(id, 0, id == "org") for id in AGENTS], [SourceRow(id, 0) for id in SOURCES])
    store, grown = Store(), Projection.of(PRIOR, [everything])
    store.take(everything)
    for delta in later:
        grown.apply(delta)
        store.take(delta)
        here = grown.view(frozenset({0}), TODAY)
        there = Projection.of(PRIOR, [store.page()]).view(frozenset({0}), TODAY)
        assert (drawn(here), routes(here)) == (drawn(there), routes(there))


def simple(id: str, start: str, end: str, **more: Any) -> EvidenceRow:
    row = EvidenceRow(id, start, end, "MEETING", None, TODAY, 1.0, 1.0, 0, 10, None, "list")
    return row._replace(**more)


def small(*evidence: EvidenceRow) -> Projection:
    people = [AgentRow(id, 0, id == "org") for id in AGENTS]
    return Projection.of(PRIOR, [Delta(1, people, [SourceRow("list", 0)]), Delta(1, evidence=evidence)])


@pytest.mark.parametrize("hidden", ["ann", "bob", "list", "e"])
def test_a_tie_is_seen_only_with_its_evidence_both_its_ends_and_its_source(hidden: str) -> None:
    def vis(id: str) -> int:
        return 3 if id == hidden else 0

    people = [AgentRow(id, vis(id), organization=False) for id in ("ann", "bob")]
    meeting = simple("e", "ann", "bob", vis=vis("e"))
    projection = Projection.of(PRIOR, [Delta(1, people, [SourceRow("list", vis("list"))], [meeting])])
    for clearance, seen in ((frozenset({0}), 0), (frozenset({3}), 0), (frozenset({0, 3}), 1)):
        view = projection.view(clearance, TODAY)
        found = [len(view.neighbours("ann")), len(view.evidence("ann", "bob")), len(view.routes.ends) // 2]
        assert found == [seen, seen, seen]


def test_evidence_is_known_from_its_recording_until_just_before_its_retraction() -> None:
    projection = small(simple("e", "ann", "bob", recorded=10, retracted=20))
    seen = [len(projection.view(frozenset({0}), TODAY, moment).neighbours("ann")) for moment in (9, 10, 19, 20, None)]
    assert seen == [0, 1, 1, 0, 0]


def test_evidence_counts_from_its_first_day() -> None:
    board = simple("f", "ann", "cy", kind="CO_BOARD", since=TODAY + 2, on=TODAY + 9)
    projection = small(simple("e", "ann", "bob"), board)
    views = [projection.view(frozenset({0}), TODAY + day) for day in (-1, 0, 1, 2)]
    found = [[other.id for other in view.neighbours("ann")] for view in views]
    assert found == [[], ["bob"], ["bob"], ["bob", "cy"]]


def test_ids_keep_their_order_when_one_is_gone_and_others_come() -> None:
    projection = small(*(simple(f"e-{id}", "ann", id) for id in ("cy", "dee", "org")))
    projection.apply(Delta(2, gone=["bob"]))
    more = [AgentRow(id, 0, organization=False) for id in ("dora", "abe", "zoe")]
    projection.apply(Delta(3, more, evidence=[simple(f"e-{row.id}", "ann", row.id) for row in more]))
    found = [other.id for other in projection.view(frozenset({0}), TODAY).neighbours("ann")]
    assert found == ["abe", "cy", "dee", "dora", "org", "zoe"]


def test_a_view_without_clearance_shows_nothing() -> None:
    view = small(simple("e", "ann", "bob")).view(frozenset(), TODAY)
    assert (view.number("ann"), view.neighbours("ann"), view.tie("ann", "bob")) == (None, [], None)


def test_a_hidden_agent_and_an_unknown_one_answer_alike() -> None:
    projection = small(simple("e", "ann", "bob"))
    projection.apply(Delta(2, agents=[AgentRow("bob", 3, organization=False)]))
    view = projection.view(frozenset({0}), TODAY)
    assert [(view.number(id), view.neighbours(id), view.tie("ann", id)) for id in ("bob", "nobody")] == [
        (None, [], None)
    ] * 2


def test_a_view_that_was_handed_out_does_not_change() -> None:
    projection = small(simple("e", "ann", "bob"))
    view = projection.view(frozenset({0}), TODAY)
    projection.apply(
        Delta(2, [AgentRow("eve", 0, organization=False)], evidence=[simple("f", "ann", "eve")], gone=["e"])
    )
    assert [other.id for other in view.neighbours("ann")] == ["bob"]
    assert (view.tie("ann", "bob") is not None, view.number("eve")) == (True, None)
    assert [other.id for other in projection.view(frozenset({0}), TODAY).neighbours("ann")] == ["eve"]


def test_evidence_that_moves_to_another_pair_leaves_its_old_one() -> None:
    projection = small(simple("e", "ann", "bob"))
    projection.view(frozenset({0}), TODAY)
    projection.apply(Delta(2, evidence=[simple("e", "cy", "bob")]))
    view = projection.view(frozenset({0}), TODAY)
    assert {id: [other.id for other in view.neighbours(id)] for id in AGENTS} == {
        "ann": [],
        "bob": ["cy"],
        "cy": ["bob"],
        "dee": [],
        "org": [],
    }


def test_the_same_id_twice_in_one_page_counts_as_last_written() -> None:
    view = small(simple("e", "ann", "bob", kind="CALL"), simple("e", "ann", "bob")).view(frozenset({0}), TODAY)
    assert [round(other.strength, 12) for other in view.neighbours("ann")] == [0.35]


def test_evidence_between_an_agent_and_itself_is_passed_over() -> None:
    assert small(simple("e", "ann", "ann")).view(frozenset({0}), TODAY).neighbours("ann") == []


def test_what_is_gone_is_forgotten_by_name() -> None:
    projection = small(simple("e", "ann", "bob"))
    projection.apply(Delta(2, gone=["ann", "e", "never-seen"]))
    assert ("ann" in projection.ties.agents.numbers, "ann" in projection.ties.agents.ids) == (False, False)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (simple("e", "ann", "zoe"), "evidence e names the agent zoe, which is not there; send the agent first"),
        (simple("e", "ann", "bob", source="web"), "evidence e names the source web, which is not there; send it first"),
        (simple("e", "ann", "bob", kind="HUG"), "the model 'prior' knows no kind 'HUG'"),
        (simple("e", "ann", "bob", confidence=1.5), "evidence e has confidence 1.5 and intensity 1.0; both lie from 0"),
    ],
)
def test_evidence_that_names_what_is_not_there_is_refused_and_nothing_changes(row: EvidenceRow, message: str) -> None:
    projection = small(simple("old", "ann", "bob"))
    with pytest.raises(ValueError, match=message):
        projection.apply(Delta(2, [AgentRow("eve", 0, organization=False)], evidence=[row]))
    assert (projection.revision, "eve" in projection.ties.agents.numbers) == (1, False)
    assert [other.id for other in projection.view(frozenset({0}), TODAY).neighbours("ann")] == ["bob"]


def test_the_same_view_is_kept_until_something_changes_and_only_so_many_are_kept() -> None:
    projection = small(simple("e", "ann", "bob"))
    first = projection.view(frozenset({0}), TODAY)
    assert projection.view(frozenset({0}), TODAY) is first
    for day in range(projection_module.VIEWS):
        projection.view(frozenset({0}), TODAY - 1 - day)
    assert projection.view(frozenset({0}), TODAY) is not first


def test_a_view_is_at_hand_while_it_is_kept_and_nothing_of_it_has_changed() -> None:
    projection = small(simple("e", "ann", "bob"))
    assert projection.ready(frozenset({0}), TODAY) is None
    view = projection.view(frozenset({0}), TODAY)
    assert projection.ready(frozenset({0}), TODAY) is view
    projection.apply(Delta(2, evidence=[simple("f", "ann", "bob")]))
    assert projection.ready(frozenset({0}), TODAY) is None


def test_nobody_waits_for_a_view_that_another_thread_folds() -> None:
    projection = small(simple("e", "ann", "bob"))
    projection.view(frozenset({0}), TODAY)
    with ThreadPoolExecutor(1) as other, projection._lock:  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        assert other.submit(projection.ready, frozenset({0}), TODAY).result() is None


def test_many_late_rows_are_sorted_in_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [(AGENTS[n % 4], AGENTS[(n + 1 + n // 4 % 3) % 4]) for n in range(40)]
    evidence = [simple(f"e-{n}", *pair, kind="CALL", on=TODAY - n) for n, pair in enumerate(ends)]
    monkeypatch.setattr(projection_module, "_SMALLEST_TAIL", 5)
    projection = small()
    view = projection.view(frozenset({0}), TODAY)
    for row in evidence:
        projection.apply(Delta(2, evidence=[row]))
    projection.apply(Delta(3, gone=["e-0", "e-39"]))
    view = projection.view(frozenset({0}), TODAY)
    expected = small(*evidence[1:-1]).view(frozenset({0}), TODAY)
    assert (drawn(view), routes(view)) == (drawn(expected), routes(expected))


def test_neighbours_come_strongest_first_then_by_id() -> None:
    view = small(simple("e", "ann", "dee"), simple("f", "ann", "cy"), simple("g", "ann", "bob", kind="CALL")).view(
        frozenset({0}), TODAY
    )
    assert [(other.id, round(other.strength, 12)) for other in view.neighbours("ann")] == [
        ("cy", 0.35),
        ("dee", 0.35),
        ("bob", 0.22),
    ]


def test_a_tie_is_seen_from_the_agent_who_is_asked_about() -> None:
    view = small(simple("e", "bob", "ann", kind="DECLARED")).view(frozenset({0}), TODAY)
    assert [(e.id, e.direction) for pair in (("ann", "bob"), ("bob", "ann")) for e in view.evidence(*pair)] == [
        ("e", 2),
        ("e", 1),
    ]
    assert strength(view.evidence("ann", "bob"), TODAY, PRIOR) == pytest.approx(0.4, abs=1e-12)
