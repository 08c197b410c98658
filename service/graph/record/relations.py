"""Which statements write which kind of record: relationship types and labels cannot be parameters."""

from __future__ import annotations

from collections.abc import Mapping

import cypher
from cypher import Query
from service.graph.model import IDENTIFIED_BY
from service.graph.visibility import Saved

KNOWS = "KNOWS"
# Relationships begin at an agent unless said here.
_STARTS = {
    "POST_IN": "post",
    "DECIDES_ON": "post",
    "BROADER": "capability",
    "RELATED": "capability",
    "FEEDS": "capability",
    "PART_OF": "event",
    "EXCHANGED_AT": "card_exchange",
}
_OF_AGENTS = (
    "WORKS_FOR",
    "DIRECTOR_OF",
    "HOLDS",
    "MEMBER_OF",
    "SUPPLIES",
    "HAS_CAPABILITY",
    "HOLDS_CERTIFICATION",
    "OWNS",
    "SUCCEEDED_BY",
    "REPRESENTS",
    "COMPETES_WITH",
    "ATTENDED",
    "GAVE_BENEFIT",
    "SECRETARIAT_OF",
    "TAKES_STANCE",
    IDENTIFIED_BY,
    "TOOK_PART_IN",
    "GAVE_CARD",
    "RECEIVED_CARD",
    "REQUESTS",
    "INTRODUCES",
    "INTRODUCED_IN",
)
TYPES = (*_OF_AGENTS, *_STARTS)
FOLDERS: Mapping[str, str] = {
    "Person": "person",
    "Organization": "organization",
    "Post": "post",
    "Capability": "capability",
    "Sector": "sector",
    "Certification": "certification",
    "Event": "event",
    "Meeting": "meeting",
    "CardExchange": "card_exchange",
    "Introduction": "introduction",
    "IntroducerLimits": "introducer_limits",
    "Issue": "issue",
    "Source": "source",
    "Identifier": "identifier",
}


def _saving(name: str) -> Query[Saved]:
    return cypher.query(name, Saved)


def _by_start(act: str) -> Mapping[str, Query[Saved]]:
    starts = {start: _saving(f"claim/{start}_{act}") for start in ("agent", *dict.fromkeys(_STARTS.values()))}
    of_claims = {relation: starts[_STARTS.get(relation, "agent")] for relation in TYPES}
    return {**of_claims, KNOWS: _saving(f"knows/{act}")}


CREATE: Mapping[str, Query[Saved]] = {
    **{relation: _saving(f"claim/{relation.lower()}_create") for relation in TYPES},
    KNOWS: _saving("knows/create"),
}
CHANGE = _by_start("change")
DELETE = _by_start("delete")
CREATE_NODE: Mapping[str, Query[Saved]] = {label: _saving(f"{folder}/create") for label, folder in FOLDERS.items()}
REPLACE_NODE: Mapping[str, Query[Saved]] = {label: _saving(f"{folder}/replace") for label, folder in FOLDERS.items()}
