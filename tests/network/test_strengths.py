from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import strengths
from network.strength import Evidence, strength, willingness
from network.strengths import Strengths, Table
from tests.network.samples import PRIOR, TODAY, evidence, items, several

TABLE = Table.of(PRIOR)


def folded(ties: list[list[Evidence]], as_of: int) -> Strengths:
    items = [(pair, e) for pair, known in enumerate(ties) for e in known if e.begins <= as_of]
    kind = np.array([TABLE.names.index(e.kind) for _, e in items], dtype=np.int8)
    weight = np.array([e.confidence * e.intensity for _, e in items], dtype=np.float64)
    value = strengths.decayed(
        kind,
        np.array([e.begins for _, e in items], dtype=np.int32),
        np.array([e.on for _, e in items], dtype=np.int32),
        np.array([e.since is not None for _, e in items], dtype=np.bool_),
        strengths.full(kind, weight, TABLE),
        as_of,
        TABLE,
    )
    direction = np.array([e.direction for _, e in items], dtype=np.int8)
    pair = np.array([pair for pair, _ in items], dtype=np.int32)
    return strengths.fold(pair, len(ties), kind, direction, value, TABLE)


@several
@given(st.lists(evidence(), min_size=1, max_size=5), st.integers(-2000, 2000))
def test_many_pairs_at_once_are_as_strong_as_each_alone(ties: list[list[Evidence]], shift: int) -> None:
    as_of = TODAY + shift
    found = folded(ties, as_of)
    for pair, known in enumerate(ties):
        ahead = strength([e for e in known if e.direction != 2], as_of, PRIOR)
        back = strength([e for e in known if e.direction != 1], as_of, PRIOR)
        assert [column[pair] for column in (found.whole, found.forward, found.backward)] == pytest.approx(
            [strength(known, as_of, PRIOR), ahead, back], rel=0, abs=1e-12
        )
        assert found.willingness[pair] == pytest.approx(willingness(ahead, back), rel=0, abs=1e-12)


@several
@given(st.lists(items(["DECLARED", "CARD_GIVEN", "MEETING"]), min_size=3, max_size=12))
def test_which_end_comes_first_does_not_show_in_the_last_bit(known: list[Evidence]) -> None:
    turned = [replace(e, direction=(0, 2, 1)[e.direction]) for e in known]
    here, there = folded([known], TODAY), folded([turned], TODAY)
    assert (here.whole.tolist(), here.willingness.tolist()) == (there.whole.tolist(), there.willingness.tolist())
    assert (here.forward.tolist(), here.backward.tolist()) == (there.backward.tolist(), there.forward.tolist())
