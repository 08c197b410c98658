"""A small paddock of named people and firms, and how a test asks about it in GraphQL."""

import json
from typing import Any

import packs
import schema
from schema.context import Context
from service import auth
from service.auth import Role, Viewer
from service.graph.projection import feed
from service.graph.questions.ties import Network
from service.graph.store import Graph
from tests.graph.little import GAZETTE, MEMBERS, STAFF, THEN, Little

ANN, BEN, CAT = {"name": "Ann Alloy"}, {"name": "Ben Bearing"}, {"name": "Cat Camshaft"}
FORGE, GEARS = {"name": "Forge Ltd"}, {"name": "Gears Ltd"}
LASTING = {"start": "2019-05", "end": "..", "earliest": "2019-05-01", "latest": "9999-12-31"}


def paddock() -> Little:
    """Two firms and an association, three people, a post, a fair with its dinner, what they do and who knows whom."""
    made = Little()
    made.node("per-ann", "Ann Alloy", otherNames=["A. Alloy", "Agent A"], otherNamesVis=[0, STAFF])
    made.node("per-ben", "Ben Bearing")
    made.node("per-cat", "Cat Camshaft")
    made.node("per-hid", "Hidden Hand", vis=STAFF)
    made.node("org-forge", "Forge Ltd", kinds=["supplier"], country="GB")
    made.node("org-gears", "Gears Ltd", kinds=["race team"])
    made.node("org-mia", "Association")
    made.node("pst-chair", "Chair")
    made.node("cap-machining", "machining")
    made.node("cap-grinding", "grinding", altLabels=["abrasion"])
    made.node("cer-iso", "ISO 9001")
    made.node("evt-fair", "Fair", start="2026-01", end="..")
    made.node("evt-dinner", "Dinner")
    made.node("iss-tariff", "Tariffs")
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-works", role="buyer", **LASTING)
    made.claim("DIRECTOR_OF", "per-ben", "org-gears", "clm-directs")
    made.claim("HOLDS", "per-cat", "pst-chair", "clm-holds", **LASTING)
    made.claim("POST_IN", "pst-chair", "org-mia", "clm-post")
    made.claim("MEMBER_OF", "org-forge", "org-mia", "clm-member", role="full", **LASTING)
    made.claim("MEMBER_OF", "org-gears", "org-mia", "clm-other", vis=MEMBERS, **LASTING)
    made.claim("SUPPLIES", "org-forge", "org-gears", "clm-supplies", capability="cap-grinding", **LASTING)
    made.claim("HAS_CAPABILITY", "org-forge", "cap-grinding", "clm-can", level="high", verified=True, **LASTING)
    made.claim("BROADER", "cap-grinding", "cap-machining", "clm-broader")
    made.claim("HOLDS_CERTIFICATION", "org-forge", "cer-iso", "clm-iso", scope="all", number="7", **LASTING)
    made.claim("GAVE_BENEFIT", "org-forge", "per-cat", "clm-gift", kind="gift", amount=80.5, currency="GBP")
    made.claim("OWNS", "per-ben", "org-gears", "clm-owns", shareMin=25.0, shareMax=50.0)
    made.claim("ATTENDED", "per-ann", "evt-dinner", "clm-came", status="ATTENDED")
    made.claim("PART_OF", "evt-dinner", "evt-fair", "clm-part")
    made.node("mtg-1", source=GAZETTE.id, recordedAt=THEN, on="2026-10-24", status="HELD", subject="tariffs")
    made.claim("TOOK_PART_IN", "per-ann", "mtg-1", "clm-part-ann")
    made.claim("TOOK_PART_IN", "per-ben", "mtg-1", "clm-part-ben")
    about = ["clm-part-ann", "clm-part-ben"]
    made.knows("per-ann", "per-ben", "kno-meeting", on="2026-10-24", about=about, source=GAZETTE.id)
    made.knows("per-ann", "per-ben", "kno-card", kind="CARD_SWAPPED", on="2026-11-13")
    made.knows("per-ben", "per-cat", "kno-given", kind="CARD_GIVEN", on="2026-11-23")
    made.knows("per-ben", "per-cat", "kno-group", kind="CO_COMMITTEE", since=None, on="2026-11-23")
    made.knows("per-ann", "per-hid", "kno-hid")
    return made


async def context(graph: Graph, viewer: Viewer | None = None, association: str | None = None) -> Context:
    """A request of a member, unless somebody else asks."""
    network = Network(graph, packs.evidence(), feed)
    return Context(graph, network, viewer or await auth.owner(graph, Role.MEMBERS), association)


async def ask(asked: Context, query: str, **variables: object) -> dict[str, Any]:
    """The response to a document."""
    return await schema.run(asked, query, variables)


async def data(graph: Graph, query: str, **variables: object) -> Any:
    """What a member gets to a document that nothing is wrong with."""
    response = await ask(await context(graph), query, **variables)
    assert response.get("errors") is None
    return response["data"]


def rounded(answer: Any) -> Any:
    """The same answer with its numbers to four decimals."""
    return json.loads(json.dumps(answer), parse_float=lambda text: round(float(text), 4))
