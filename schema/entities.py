"""Whatever has an id, as the type that stands for it."""

from __future__ import annotations

from schema import agents, records, statements, things, ties
from schema.nodes import Node, Source
from service.graph.questions import rows


def shown(row: rows.Entity) -> Node:  # noqa: C901, PLR0911, PLR0912 (one line for each type)
    """The node of a row."""
    match row:
        case rows.Agent():
            return agents.agent(row)
        case rows.Post():
            return things.Post.of(row)
        case rows.Capability():
            return things.Capability.of(row)
        case rows.Event():
            return things.Event.of(row)
        case rows.Issue():
            return things.Issue.of(row)
        case rows.Source():
            return Source.of(row)
        case rows.Affiliation():
            return statements.Affiliation.of(row)
        case rows.PostHolding():
            return statements.PostHolding.of(row)
        case rows.MembershipClaim():
            return statements.MembershipClaim.of(row)
        case rows.Supply():
            return statements.Supply.of(row)
        case rows.CapabilityClaim():
            return statements.CapabilityClaim.of(row)
        case rows.CertificationClaim():
            return statements.CertificationClaim.of(row)
        case rows.Benefit():
            return statements.Benefit.of(row)
        case rows.Ownership():
            return statements.Ownership.of(row)
        case rows.Attendance():
            return statements.Attendance.of(row)
        case rows.Evidence():
            return ties.Evidence.of(row)
        case rows.Meeting():
            return records.Meeting.of(row)
        case rows.CardExchange():
            return records.CardExchange.of(row)
        case rows.Introduction():
            return records.Introduction.of(row)
