"""The closed lists of words of the contract, each word with what it means."""

from __future__ import annotations

from collections.abc import Mapping
from enum import EnumMeta, StrEnum

import strawberry
from strawberry.types.enum import has_enum_definition

from network.strength import Band, Rhythm
from service.graph.introductions import IntroductionStatus
from service.graph.questions.catalogues import OrderDirection
from service.graph.questions.joints import JointClass
from service.graph.questions.routes import PathOutcome
from service.graph.questions.rows import Current, DisputePolicy, EntityKind
from service.graph.questions.supply import SupplyDirection
from service.graph.questions.tallies import LedgerGroup

__all__ = [
    "AttendanceStatus",
    "Band",
    "Current",
    "DisputePolicy",
    "EntityKind",
    "EvidenceKind",
    "IntroductionStatus",
    "JointClass",
    "LedgerGroup",
    "MeetingStatus",
    "OrderDirection",
    "OrganizationOrderField",
    "PathOutcome",
    "PersonOrderField",
    "Rhythm",
    "SupplyDirection",
    "Visibility",
]


class PersonOrderField(StrEnum):
    NAME = "NAME"


class OrganizationOrderField(StrEnum):
    NAME = "NAME"


class EvidenceKind(StrEnum):
    CO_AFFILIATION = "CO_AFFILIATION"
    CO_BOARD = "CO_BOARD"
    CO_PROJECT = "CO_PROJECT"
    CO_COMMITTEE = "CO_COMMITTEE"
    DECLARED = "DECLARED"
    MEETING = "MEETING"
    SMALL_GROUP = "SMALL_GROUP"
    INTRODUCTION = "INTRODUCTION"
    CALL = "CALL"
    CORRESPONDENCE = "CORRESPONDENCE"
    CORRESPONDENCE_SENT = "CORRESPONDENCE_SENT"
    CARD_SWAPPED = "CARD_SWAPPED"
    CARD_GIVEN = "CARD_GIVEN"
    BENEFIT = "BENEFIT"
    SHARED_EVENT = "SHARED_EVENT"


class AttendanceStatus(StrEnum):
    REGISTERED = "REGISTERED"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"


class MeetingStatus(StrEnum):
    PLANNED = "PLANNED"
    HELD = "HELD"
    CALLED_OFF = "CALLED_OFF"


class Visibility(StrEnum):
    PUBLIC = "PUBLIC"
    MEMBERS = "MEMBERS"
    STAFF = "STAFF"
    LOBBYING = "LOBBYING"


def _describe(words: EnumMeta, name: str, description: str, meanings: Mapping[str, str]) -> None:
    """Make an enum one of the contract; `strawberry.enum_value` would not leave its values as they are."""
    strawberry.enum(words, name=name, description=description)
    if has_enum_definition(words):
        for value in words.__strawberry_definition__.values:
            value.description = meanings[value.name]


_describe(
    Band,
    "StrengthBand",
    "How strong a tie or a route is.",
    {"NONE": "Nothing.", "FAINT": "Below 0.15.", "WARM": "From 0.15.", "STRONG": "From 0.50."},
)
_describe(
    Rhythm,
    "Cadence",
    "Whether two agents still meet as often as they used to.",
    {
        "REGULAR": "As often as ever.",
        "OVERDUE": "Silent for longer than two usual gaps.",
        "LAPSED": "Silent for longer than eight usual gaps.",
        "TOO_FEW": "They met on too few days to tell.",
    },
)
_describe(
    Current,
    "Current",
    "Whether a claim holds on a day, as far as its source tells.",
    {"YES": "It holds.", "NO": "It does not.", "UNKNOWN": "The source does not tell."},
)
_describe(
    DisputePolicy,
    "DisputePolicy",
    "Which claim counts where sources contradict each other.",
    {
        "LATEST": "The one recorded last.",
        "STRICT": "None of them.",
        "VERIFIED_FIRST": "One that a steward confirmed, else the one recorded last.",
    },
)
_describe(
    EntityKind,
    "EntityKind",
    "What can be searched for.",
    {
        "PERSON": "People.",
        "ORGANIZATION": "Organizations.",
        "POST": "Posts.",
        "CAPABILITY": "Capabilities.",
        "EVENT": "Events.",
        "ISSUE": "Issues.",
    },
)
_describe(
    SupplyDirection,
    "SupplyDirection",
    "Which way a chain is walked from its root.",
    {
        "SUPPLIERS": "To those who supply it.",
        "CUSTOMERS": "To those it supplies.",
        "BOTH": "Each way for itself, never out and back.",
    },
)
_describe(
    JointClass,
    "JointClass",
    "How a joint is held: by pairs, one person at each side, who know each other well and both ways.",
    {
        "LIVE": "By two pairs that share nobody.",
        "SINGLE": "By pairs, but no two that share nobody.",
        "COLD": "By none.",
        "LATENT": "By a pair at least, though nothing is supplied yet: what one can do feeds the other.",
    },
)
_describe(
    PathOutcome,
    "PathOutcome",
    "How a search for routes ended.",
    {
        "FOUND": "With routes.",
        "NONE": "There is no route.",
        "NONE_VISIBLE": "There is none that you may see; told only where brokering is switched on.",
        "TRUNCATED": "Stopped by a limit; there may be more.",
    },
)
_describe(
    EvidenceKind,
    "EvidenceKind",
    "What two agents did that tells they know each other.",
    {
        "CO_AFFILIATION": "They worked at one organization at the same time.",
        "CO_BOARD": "They sat on one board.",
        "CO_PROJECT": "They worked on one project.",
        "CO_COMMITTEE": "They sat on one committee.",
        "DECLARED": "One of them said so.",
        "MEETING": "They met one to one.",
        "SMALL_GROUP": "They met in a group of three to eight.",
        "INTRODUCTION": "They were introduced to each other.",
        "CALL": "They spoke on the telephone.",
        "CORRESPONDENCE": "They wrote to each other.",
        "CORRESPONDENCE_SENT": "One of them wrote and got no answer.",
        "CARD_SWAPPED": "They swapped cards.",
        "CARD_GIVEN": "One of them gave the other a card.",
        "BENEFIT": "One of them gave the other hospitality, a gift or a donation.",
        "SHARED_EVENT": "They attended one event of at most sixty people.",
    },
)
_describe(
    LedgerGroup,
    "LedgerGroup",
    "What the rows of a ledger are.",
    {"PERSON": "People.", "ORGANIZATION": "Employers of people on the day.", "EVENT": "Events."},
)
_describe(
    OrderDirection,
    "OrderDirection",
    "From which end a list comes.",
    {"ASC": "From the first.", "DESC": "From the last."},
)
_describe(
    PersonOrderField,
    "PersonOrderField",
    "What people can be put in order by.",
    {"NAME": "Their names as they are shown, then their ids."},
)
_describe(
    OrganizationOrderField,
    "OrganizationOrderField",
    "What organizations can be put in order by.",
    {"NAME": "Their names as they are shown, then their ids."},
)
_describe(
    AttendanceStatus,
    "AttendanceStatus",
    "Whether somebody who was expected came.",
    {
        "REGISTERED": "They are expected.",
        "ATTENDED": "They came.",
        "NO_SHOW": "They did not come.",
        "CANCELLED": "They said that they would not come.",
    },
)
_describe(
    MeetingStatus,
    "MeetingStatus",
    "Whether a meeting took place.",
    {"PLANNED": "It has not yet.", "HELD": "It did.", "CALLED_OFF": "It never will."},
)
_describe(
    IntroductionStatus,
    "IntroductionStatus",
    "How far an introduction has come.",
    {
        "DRAFT": "Noted, not yet asked for.",
        "REQUESTED": "Asked for.",
        "WITH_INTRODUCER": "The introducer was asked.",
        "ACCEPTED": "The introducer will do it.",
        "DECLINED": "The introducer will not.",
        "MADE": "The two were put in touch.",
        "MET": "The two met.",
        "OUTCOME_RECORDED": "What came of it is noted.",
        "LAPSED": "Given up before the two met.",
    },
)
_describe(
    Visibility,
    "Visibility",
    "The level of a visibility class; each sees those before it.",
    {
        "PUBLIC": "Whoever may ask at all.",
        "MEMBERS": "Members of the association.",
        "STAFF": "Staff of the association.",
        "LOBBYING": "Those who work on policy, for a purpose they name.",
    },
)
