"""The ledger of cards over GraphQL."""

from typing import Any

from service.engines.protocol import Engine
from tests.graph.little import GAZETTE, MEMBERS, STAFF, Little
from tests.schema.paddock import ANN, BEN, FORGE, GEARS, LASTING, ask, context, data


def cards() -> Little:
    """Ann of the forge swaps cards with Ben of the gears at a fair, and gives him one more; staff know of a third."""
    made = Little()
    made.node("per-ann", "Ann Alloy")
    made.node("per-ben", "Ben Bearing")
    made.node("org-forge", "Forge Ltd")
    made.node("org-gears", "Gears Ltd")
    made.node("evt-fair", "Fair")
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-ann", **LASTING)
    made.claim("WORKS_FOR", "per-ben", "org-gears", "clm-ben", vis=MEMBERS, **LASTING)
    for id, on, swapped, vis in (
        ("crd-1", "2026-10-01", True, MEMBERS),
        ("crd-2", "2026-10-20", False, MEMBERS),
        ("crd-3", "2026-09-01", False, STAFF),
    ):
        made.node(id, on=on, swapped=swapped, vis=vis, source=GAZETTE.id)
        made.claim("GAVE_CARD", "per-ann", id, f"clm-{id}-gave", on=on, swapped=swapped, vis=vis)
        made.claim("RECEIVED_CARD", "per-ben", id, f"clm-{id}-got", on=on, swapped=swapped, vis=vis)
        kind = "CARD_SWAPPED" if swapped else "CARD_GIVEN"
        made.knows("per-ann", "per-ben", f"kno-{id}", kind=kind, on=on, vis=vis)
    made.claim("EXCHANGED_AT", "crd-1", "evt-fair", "clm-at", vis=MEMBERS)
    return made


ROWS = """rows { person { name } organization { name } event { name } given received swapped newOrganizations
  secondContactWithin90Days }"""


def row(*numbers: int, **of: Any) -> dict[str, Any]:
    names = ("given", "received", "swapped", "newOrganizations", "secondContactWithin90Days")
    return {"person": None, "organization": None, "event": None, **of, **dict(zip(names, numbers, strict=True))}


async def test_a_ledger_is_grouped_by_person_by_organization_and_by_event(engine: Engine) -> None:
    graph = await cards().save(engine)
    query = f"""query ($by: LedgerGroup) {{ cardLedger(groupBy: $by) {{
      {ROWS} given received swapped newPairs asOf knownAt
    }} }}"""
    totals = {"given": 1, "received": 1, "swapped": 1, "newPairs": 1}
    clocks = {"asOf": "2026-11-23", "knownAt": "2026-11-23T12:00:00.000000Z"}
    rows = {
        "PERSON": [row(1, 0, 1, 1, 1, person=ANN), row(0, 1, 1, 1, 1, person=BEN)],
        "ORGANIZATION": [row(1, 0, 1, 1, 1, organization=FORGE), row(0, 1, 1, 1, 1, organization=GEARS)],
        "EVENT": [row(0, 0, 1, 2, 1, event={"name": "Fair"}), row(1, 1, 0, 0, 0)],
        None: [row(1, 0, 1, 1, 1, person=ANN), row(0, 1, 1, 1, 1, person=BEN)],
    }

    for by, expected in rows.items():
        assert await data(graph, query, by=by) == {"cardLedger": {"rows": expected, **totals, **clocks}}


async def test_filters_combine_and_what_is_unknown_has_no_ledger(engine: Engine) -> None:
    graph = await cards().save(engine)
    query = f"""{{
      ann: cardLedger(person: "per-ann", organization: "org-forge", event: "evt-fair", from: "2026-10-01") {{ {ROWS} }}
      before: cardLedger(person: "per-ann", until: "2026-09-30") {{ {ROWS} newPairs asOf }}
      gone: cardLedger(person: "per-not") {{ asOf }}
    }}"""

    assert await data(graph, query) == {
        "ann": {"rows": [row(0, 0, 1, 1, 1, person=ANN)]},
        "before": {"rows": [], "newPairs": 0, "asOf": "2026-09-30"},
        "gone": None,
    }


async def test_days_out_of_order_are_refused(engine: Engine) -> None:
    graph = await cards().save(engine)

    response = await ask(await context(graph), '{ cardLedger(from: "2026-02-02", until: "2026-02-01") { asOf } }')

    assert response["data"] == {"cardLedger": None}
    assert response["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
