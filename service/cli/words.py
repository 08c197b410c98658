"""Things in the words of a person: what a claim says, what a piece of evidence was, how strong a tie is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.graph.questions.rows import (
    Affiliation,
    Attendance,
    Benefit,
    CapabilityClaim,
    CardExchange,
    CertificationClaim,
    Entity,
    Evidence,
    Introduction,
    Meeting,
    MembershipClaim,
    Ownership,
    PostHolding,
    Source,
    Supply,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

EVIDENCE = {
    "CO_AFFILIATION": "worked at one place",
    "CO_BOARD": "sat on one board",
    "CO_PROJECT": "worked on one project",
    "CO_COMMITTEE": "listed for one group",
    "DECLARED": "said to know each other",
    "MEETING": "met one to one",
    "SMALL_GROUP": "met in a small group",
    "INTRODUCTION": "were introduced and met",
    "CALL": "spoke on the phone",
    "CORRESPONDENCE": "exchanged mails",
    "CORRESPONDENCE_SENT": "wrote, without an answer",
    "CARD_SWAPPED": "swapped cards",
    "CARD_GIVEN": "gave a card",
    "BENEFIT": "hospitality or a gift",
    "SHARED_EVENT": "were at one event",
}

# What one of the two did alone, and how it reads behind that one's name.
ONE_SIDED = {
    "DECLARED": ("said to know each other", "said that they know each other"),
    "CORRESPONDENCE_SENT": ("wrote", "wrote"),
    "CARD_GIVEN": ("gave", "gave"),
}


def name(entity: Entity) -> str:
    """What an agent or a thing is called; the id of what has no name."""
    return str(getattr(entity, "name", entity.id))


def title(entity: Entity) -> str:  # noqa: C901, PLR0911, PLR0912 (one line for each kind of thing)
    """A thing or a claim in a few words."""
    match entity:
        case Affiliation():
            return f"{entity.role or 'works'} at {entity.organization.name}"
        case PostHolding():
            return entity.post.name
        case MembershipClaim():
            return entity.organization.name
        case Attendance():
            return entity.event.name
        case Benefit():
            return f"{entity.kind} from {entity.giver.name}"
        case Supply():
            return f"{entity.supplier.name} supplies {entity.customer.name}"
        case CapabilityClaim():
            return f"{entity.organization.name}: {entity.capability.name}"
        case CertificationClaim():
            return f"{entity.organization.name}: {entity.certification}"
        case Ownership():
            return f"{entity.owner.name} owns {entity.asset.name}"
        case Meeting():
            return entity.subject or f"meeting on {entity.on}"
        case CardExchange():
            return entity.event.name if entity.event else f"cards on {entity.on}"
        case Introduction():
            return f"introduced by {entity.introducer.name}"
        case Evidence():
            return f"{entity.a.name} and {entity.b.name}: {EVIDENCE[entity.kind]}"
        case Source():
            return entity.title
        case _:
            return entity.name


def occasion(item: Evidence, titles: Iterable[str]) -> str:
    """What a piece of evidence was, where, and when."""
    return f"{happening(item, titles)}, {when(item)}"


def happening(item: Evidence, titles: Iterable[str]) -> str:
    """What a piece of evidence was, and where."""
    where = ", ".join(dict.fromkeys(titles))
    return f"{EVIDENCE[item.kind]}: {where}" if where else EVIDENCE[item.kind]


def lasting(item: Evidence, titles: Iterable[str]) -> str:
    """What a piece of evidence was and whose act, beside its day: only what lasted tells its days itself."""
    if item.since is not None:
        return occasion(item, titles)
    told = happening(item, titles)
    return f"{item.a.name} {told.replace(*ONE_SIDED[item.kind], 1)}" if item.kind in ONE_SIDED else told


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number of things: 1 day, 2 days."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def when(item: Evidence) -> str:
    """The day of a point in time, or the days an interval runs from and to."""
    if item.since is None:
        return item.on
    return span(item.since, item.until or "now")


def span(first: str, last: str) -> str:
    """Two days as a stretch of time; one day as itself."""
    return first if first == last else f"{first} to {last}"


def who_says(item: Evidence) -> str:
    """The source, and where in it."""
    return item.source.title if item.locator is None else f"{item.source.title}, {item.locator}"
