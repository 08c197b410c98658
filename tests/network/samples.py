"""The prior of tie strength, and evidence drawn at random, for the tests of this folder."""

from collections.abc import Collection
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from network.model import Model
from network.strength import Evidence

PRIOR = Model.of(
    {
        "name": "prior",
        "kinds": {
            "CO_AFFILIATION": {"q": 0.60, "half_life": 1460, "interval": True},
            "CO_BOARD": {"q": 0.55, "half_life": 1095, "interval": True},
            "CO_PROJECT": {"q": 0.55, "half_life": 1095, "interval": True},
            "DECLARED": {"q": 0.40, "half_life": 730, "directed": True},
            "MEETING": {"q": 0.35, "half_life": 365},
            "INTRODUCTION": {"q": 0.30, "half_life": 365},
            "CALL": {"q": 0.22, "half_life": 240},
            "CORRESPONDENCE": {"q": 0.15, "half_life": 180, "cap": 1.0},
            "BENEFIT": {"q": 0.15, "half_life": 365},
            "CARD_SWAPPED": {"q": 0.12, "half_life": 270},
            "CARD_GIVEN": {"q": 0.05, "half_life": 270, "directed": True},
            "SMALL_GROUP": {"q": 0.10, "half_life": 270},
            "CO_COMMITTEE": {"q": 0.10, "half_life": 270, "interval": True},
            "CORRESPONDENCE_SENT": {"q": 0.03, "half_life": 120, "cap": 0.10, "directed": True},
            "SHARED_EVENT": {"q": 0.015, "half_life": 180, "cap": 0.25},
        },
    }
)

TODAY = (date(2026, 11, 23) - date(1970, 1, 1)).days

several = settings(max_examples=250, deadline=None)
"""Examples enough for a property; without a deadline, for the machine may be busy with other things."""

ratios = st.floats(0, 1, allow_subnormal=False)


@st.composite
def items(draw: st.DrawFn, kinds: Collection[str] = tuple(PRIOR.kinds)) -> Evidence:
    """One piece of evidence from ten years before today to two years after it."""
    kind = draw(st.sampled_from(sorted(kinds)))
    on = TODAY + draw(st.integers(-3650, 730))
    return Evidence(
        id=draw(st.uuids().map(str)),
        kind=kind,
        on=on,
        direction=draw(st.sampled_from([1, 2])) if PRIOR.kinds[kind].directed else 0,
        since=on - draw(st.integers(0, 2000)) if PRIOR.kinds[kind].interval and draw(st.booleans()) else None,
        confidence=draw(ratios),
        intensity=draw(ratios),
    )


def evidence(most: int = 12) -> st.SearchStrategy[list[Evidence]]:
    """Up to so many pieces of evidence, each with an id of its own."""
    return st.lists(items(), max_size=most, unique_by=lambda item: item.id)
