"""Ties over GraphQL: their history, and shares that recompute to the printed strength from what is printed alone."""

import math
from collections import defaultdict
from datetime import date
from typing import Any

from service.engines.protocol import Engine
from tests.graph.little import Little
from tests.schema.paddock import ANN, BEN, ask, context, data, paddock, rounded

# The table of tie strength as it is published: q, half-life in days, cap.
TABLE: dict[str, tuple[float, int, float | None]] = {
    "CO_AFFILIATION": (0.60, 1460, None),
    "CO_BOARD": (0.55, 1095, None),
    "DECLARED": (0.40, 730, None),
    "MEETING": (0.35, 365, None),
    "CALL": (0.22, 240, None),
    "CORRESPONDENCE": (0.15, 180, 1.0),
    "CARD_SWAPPED": (0.12, 270, None),
    "CARD_GIVEN": (0.05, 270, None),
    "CORRESPONDENCE_SENT": (0.03, 120, 0.10),
    "SHARED_EVENT": (0.015, 180, 0.25),
}
AS_OF = "2026-11-23"


def known() -> Little:
    """Two people with evidence of every way to count: points, intervals over and running, capped kinds, both ways."""
    made = Little()
    made.node("per-ann", "Ann Alloy")
    made.node("per-ben", "Ben Bearing")
    for number in range(40):
        kind = ("CORRESPONDENCE", "SHARED_EVENT", "CORRESPONDENCE_SENT", "CARD_GIVEN")[number % 4]
        day = f"20{20 + number % 7}-{1 + number % 11:02d}-{1 + number % 23:02d}"
        part = {"intensity": 14 / 29, "confidence": 0.9} if kind == "SHARED_EVENT" else {"confidence": 0.7}
        made.knows("per-ann", "per-ben", f"kno-{number:02d}", kind=kind, on=day, **part)
    made.knows("per-ben", "per-ann", "kno-declared", kind="DECLARED", on="2025-02-01")
    made.knows("per-ann", "per-ben", "kno-meeting", on="2024-06-30")
    made.knows("per-ann", "per-ben", "kno-call", kind="CALL", on="2026-11-01", confidence=0.5)
    made.knows("per-ann", "per-ben", "kno-work", kind="CO_AFFILIATION", since="2015-03-01", on="2018-07-31")
    board = {"since": "2026-05-01", "on": "9999-12-31", "intensity": 0.5}
    made.knows("per-ann", "per-ben", "kno-board", kind="CO_BOARD", **board)
    made.knows("per-ann", "per-ben", "kno-future", on="2026-11-24")
    return made


def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def worth(edge: dict[str, Any]) -> float:
    """What a piece of evidence adds, decayed, before any cap: the published formula over what was printed."""
    node = edge["node"]
    q, half_life, _ = TABLE[node["kind"]]
    weight = node["provenance"]["confidence"] * node["intensity"]
    if node["since"] is not None:
        weight *= min(1.0, (ordinal(edge["countsFrom"]) - ordinal(node["since"]) + 1) / 365)
    return -math.log1p(-q * weight) * 2 ** (-(ordinal(AS_OF) - ordinal(edge["countsFrom"])) / half_life)


def capped(kind: str, added: float) -> float:
    cap = TABLE[kind][2]
    return added if cap is None else cap * (1 - math.exp(-added / cap))


async def test_shares_recompute_to_the_printed_strength_at_the_printed_day_by_the_published_formula(
    engine: Engine,
) -> None:
    graph = await known().save(engine)
    query = f"""{{ tie(a: "per-ann", b: "per-ben", asOf: "{AS_OF}") {{ strength evidenceCount
      evidence(first: 100) {{ edges {{ share countsFrom node {{
        kind since until intensity provenance {{ confidence }}
      }} }} }}
    }} }}"""

    tie = (await data(graph, query))["tie"]

    edges = tie["evidence"]["edges"]
    added = defaultdict[str, float](float)
    for edge in edges:
        added[edge["node"]["kind"]] += worth(edge)
    sums = {kind: capped(kind, value) for kind, value in added.items()}
    whole = sum(sums.values())
    assert (tie["evidenceCount"], len(edges)) == (45, 45)
    assert abs(tie["strength"] - (1 - math.exp(-whole))) < 1e-12
    for edge in edges:
        kind = edge["node"]["kind"]
        assert abs(edge["share"] - sums[kind] * worth(edge) / added[kind] / whole) < 1e-12
    assert abs(sum(edge["share"] for edge in edges) - 1) < 1e-12
    assert sorted((edge["share"] for edge in edges), reverse=True) == [edge["share"] for edge in edges]


async def test_the_history_of_a_tie_tells_what_moved_it_and_ends_at_the_tie(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = """{ tieHistory(a: "per-ann", b: "per-ben", from: "2026-10-20") {
      a { name } b { name } asOf knownAt
      points { on strength band because { id kind until provenance { source { title } } } }
      tie { strength evidenceCount }
    } gone: tieHistory(a: "per-ann", b: "per-hid") { asOf } }"""

    def because(id: str, kind: str, until: str, title: str) -> dict[str, Any]:
        return {"id": id, "kind": kind, "until": until, "provenance": {"source": {"title": title}}}

    def point(on: str, strength: float, band: str, because: dict[str, Any] | None = None) -> dict[str, Any]:
        return {"on": on, "strength": strength, "band": band, "because": because}

    assert rounded(await data(graph, query)) == {
        "tieHistory": {
            "a": ANN,
            "b": BEN,
            "asOf": "2026-11-23",
            "knownAt": "2026-11-23T12:00:00.000000Z",
            "points": [
                point("2026-10-20", 0, "NONE"),
                point("2026-10-24", 0.35, "WARM", because("kno-meeting", "MEETING", "2026-10-24", "The gazette")),
                point("2026-11-01", 0.3458, "WARM"),
                point("2026-11-13", 0.4187, "WARM", because("kno-card", "CARD_SWAPPED", "2026-11-13", "The register")),
                point("2026-11-23", 0.4123, "WARM"),
            ],
            "tie": {"strength": 0.4123, "evidenceCount": 2},
        },
        "gone": None,
    }


async def test_too_many_points_are_refused_beside_what_can_be_answered(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = """{ tieHistory(a: "per-ann", b: "per-ben", from: "0001-01-01") { asOf }
      person(id: "per-ann") { name } }"""

    response = await ask(await context(graph), query)

    assert response["data"] == {"tieHistory": None, "person": ANN}
    assert response["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
