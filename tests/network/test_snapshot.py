from dataclasses import replace

import numpy as np
import pytest

from network import snapshot
from network.incoming import AgentRow, Delta, EvidenceRow, SourceRow
from network.model import Model
from network.projection import Projection
from network.view import Neighbour
from tests.network.samples import PRIOR, TODAY

EVERYBODY = frozenset({0})


def meeting(id: str, start: str, end: str, kind: str = "MEETING") -> EvidenceRow:
    return EvidenceRow(id, start, end, kind, None, TODAY, 0.5, 1.0, 0, 10, None, "list")


def projection() -> Projection:
    people = [AgentRow("ann", 0, organization=False), AgentRow("bob", 0, organization=False)]
    grown = Projection.of(
        PRIOR,
        [
            Delta(1, [*people, AgentRow("org", 0, organization=True)], [SourceRow("list", 0)]),
            Delta(4, evidence=[meeting("e", "ann", "bob"), meeting("f", "bob", "org", "DECLARED")]),
        ],
    )
    grown.apply(Delta(5, [AgentRow("abe", 0, organization=False)], evidence=[meeting("g", "abe", "org")], gone=["ann"]))
    return grown


def drawn(one: Projection) -> dict[str, list[Neighbour]]:
    view = one.view(EVERYBODY, TODAY)
    return {id: view.neighbours(id) for id in ("abe", "ann", "bob", "org")}


def test_a_projection_restored_from_its_arrays_answers_and_grows_as_before() -> None:
    before = projection()
    after = Projection(*snapshot.restored(PRIOR, snapshot.arrays(before.ties, before.revision)))
    assert (after.revision, drawn(after)) == (5, drawn(before))
    for one in (before, after):
        one.apply(Delta(6, [AgentRow("cy", 0, organization=False)], evidence=[meeting("g", "cy", "bob")], gone=["f"]))
    assert drawn(after) == drawn(before) != drawn(projection())


def test_what_was_dropped_is_not_in_the_arrays() -> None:
    grown = projection()
    grown.apply(Delta(6, gone=["f"]))
    stored = snapshot.arrays(grown.ties, grown.revision)
    assert (stored["agents"].tolist(), stored["row_id"].tolist()) == ([b"", b"bob", b"org", b"abe"], [b"e", b"g"])


def test_arrays_are_read_under_the_model_of_today() -> None:
    sorted_ = Model("sorted", {name: PRIOR.kinds[name] for name in sorted(PRIOR.kinds)})
    before = projection()
    after = Projection(*snapshot.restored(sorted_, snapshot.arrays(before.ties, 5)))
    assert drawn(after) == drawn(before)
    halved = Model("halved", {name: replace(kind, q=kind.q / 2) for name, kind in PRIOR.kinds.items()})
    weaker = Projection(*snapshot.restored(halved, snapshot.arrays(before.ties, 5))).view(EVERYBODY, TODAY)
    assert weaker.strength.tolist() == pytest.approx([0.0, 0.1, 0.0875], abs=1e-12)


def test_arrays_of_another_version_are_refused() -> None:
    stored = snapshot.arrays(projection().ties, 5) | {"version": np.array([0, 5])}
    with pytest.raises(ValueError, match="the arrays are of version 0, this program reads 2; read the store anew"):
        snapshot.restored(PRIOR, stored)


def test_arrays_with_a_kind_the_model_has_lost_are_refused() -> None:
    fewer = Model("fewer", {name: kind for name, kind in PRIOR.kinds.items() if name != "SHARED_EVENT"})
    with pytest.raises(ValueError, match="the model 'fewer' knows no kind 'SHARED_EVENT'"):
        snapshot.restored(fewer, snapshot.arrays(projection().ties, 5))
