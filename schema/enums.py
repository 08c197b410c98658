"""The closed lists of words of the contract."""

from __future__ import annotations

from enum import StrEnum

import strawberry

from network.strength import Band, Rhythm
from service.graph.routes import PathOutcome
from service.graph.rows import Current, DisputePolicy, EntityKind
from service.graph.supply import SupplyDirection


class EvidenceKind(StrEnum):
    """What two agents did that tells they know each other."""

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
    """Whether somebody who was expected came."""

    REGISTERED = "REGISTERED"
    ATTENDED = "ATTENDED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"


class MeetingStatus(StrEnum):
    """Whether a meeting took place."""

    PLANNED = "PLANNED"
    HELD = "HELD"
    CALLED_OFF = "CALLED_OFF"


class IntroductionStatus(StrEnum):
    """How far an introduction has come."""

    DRAFT = "DRAFT"
    REQUESTED = "REQUESTED"
    WITH_INTRODUCER = "WITH_INTRODUCER"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    MADE = "MADE"
    MET = "MET"
    OUTCOME_RECORDED = "OUTCOME_RECORDED"
    LAPSED = "LAPSED"


class Visibility(StrEnum):
    """The level of a visibility class; each sees those before it."""

    PUBLIC = "PUBLIC"
    MEMBERS = "MEMBERS"
    STAFF = "STAFF"
    LOBBYING = "LOBBYING"


for _enum, _name, _description in (
    (Band, "StrengthBand", "How strong a tie or a route is: none, below 0.15, below 0.50, from 0.50."),
    (Rhythm, "Cadence", "Whether two people still meet as often as they used to."),
    (Current, "Current", "Whether a claim holds on a day, as far as its source tells."),
    (DisputePolicy, "DisputePolicy", "Which claim counts where sources contradict each other."),
    (EntityKind, "EntityKind", "What can be searched for."),
    (SupplyDirection, "SupplyDirection", "Which way a chain is walked from its root."),
    (PathOutcome, "PathOutcome", "Found, no path, none that you may see, or stopped by a limit."),
    (EvidenceKind, "EvidenceKind", "What two agents did that tells they know each other."),
    (AttendanceStatus, "AttendanceStatus", "Whether somebody who was expected came."),
    (MeetingStatus, "MeetingStatus", "Whether a meeting took place."),
    (IntroductionStatus, "IntroductionStatus", "How far an introduction has come."),
    (Visibility, "Visibility", "The level of a visibility class; each sees those before it."),
):
    strawberry.enum(_enum, name=_name, description=_description)
