"""What questions answer with: agents, things, and the claims between them.

Days, moments and partial dates are the text the graph holds. `vis` is the class a record stands under;
`service.auth.Viewer.classes` tells its level and compartments.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Protocol

from cypher.rows import record
from network.dates import LAST_DAY


class Current(StrEnum):
    """Whether a claim holds on a day, as far as its source tells."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"


class Dated(Protocol):
    """What holds for a time: the days its dates can mean, and those on which a register had it or had it not."""

    @property
    def earliest(self) -> str | None: ...
    @property
    def latest(self) -> str | None: ...
    @property
    def observed(self) -> tuple[str, ...]: ...
    @property
    def unseen(self) -> tuple[str, ...]: ...


def judged(dated: Dated, day: str) -> Current:
    """Whether something holds on a day; a register's sightings go before dates."""
    seen = max((one for one in dated.observed if one <= day), default=None)
    missed = max((one for one in dated.unseen if one <= day), default=None)
    if seen is not None or missed is not None:
        return Current.YES if (seen or "") >= (missed or "") else Current.NO
    if (dated.earliest or day) > day or (dated.latest or day) < day:
        return Current.NO
    return Current.YES if dated.earliest and dated.latest else Current.UNKNOWN


LIKELY = (Current.YES, Current.UNKNOWN)  # what a list keeps at a day


class DisputePolicy(StrEnum):
    """Which claim counts where sources contradict each other."""

    LATEST = "LATEST"
    STRICT = "STRICT"
    VERIFIED_FIRST = "VERIFIED_FIRST"


class EntityKind(StrEnum):
    """What can be searched for."""

    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    POST = "POST"
    CAPABILITY = "CAPABILITY"
    EVENT = "EVENT"
    ISSUE = "ISSUE"


@record(frozen=True, slots=True)
class Source:
    """Who says so."""

    id: str
    title: str
    publisher: str | None
    url: str | None
    licence: str | None
    retrieved_at: str | None


@record(frozen=True, slots=True)
class Identifier:
    """What a scheme calls an agent; `kind` is Person or Organization."""

    scheme: str
    value: str
    kind: str


@record(frozen=True, slots=True)
class Agent:
    """A person or an organization, as `label` says; only an organization has `kinds` and a country."""

    id: str
    name: str
    label: Literal["Person", "Organization"]
    other_names: tuple[str, ...]
    kinds: tuple[str, ...]
    country: str | None


@record(frozen=True, slots=True)
class Post:
    id: str
    name: str


@record(frozen=True, slots=True)
class Capability:
    id: str
    name: str
    alt_labels: tuple[str, ...]


@record(frozen=True, slots=True)
class Event:
    """A gathering; `start` and `end` are as the source wrote them."""

    id: str
    name: str
    start: str | None
    end: str | None


@record(frozen=True, slots=True)
class Issue:
    id: str
    name: str


@record(frozen=True, slots=True)
class Record:
    """What everything with a source of its own carries."""

    id: str
    source: Source
    locator: str | None
    recorded_at: str
    retracted_at: str | None
    confidence: float
    vis: int


@record(frozen=True, slots=True)
class Claim(Record):
    """A dated statement; `start` and `end` as written, `earliest` and `latest` the days they can mean."""

    start: str | None
    end: str | None
    earliest: str | None
    latest: str | None
    observed: tuple[str, ...]
    unseen: tuple[str, ...]
    disputed: bool

    def current(self, day: str) -> Current:
        """Whether it holds on a day."""
        return judged(self, day)


@record(frozen=True, slots=True)
class Affiliation(Claim):
    """A person works for an organization or is a director of it."""

    person: Agent
    organization: Agent
    role: str | None


@record(frozen=True, slots=True)
class PostHolding(Claim):
    person: Agent
    post: Post


@record(frozen=True, slots=True)
class MembershipClaim(Claim):
    member: Agent
    organization: Agent
    role: str | None


@record(frozen=True, slots=True)
class Supply(Claim):
    supplier: Agent
    customer: Agent
    capability: Capability | None


@record(frozen=True, slots=True)
class CapabilityClaim(Claim):
    organization: Agent
    capability: Capability
    level: str | None
    verified: bool


@record(frozen=True, slots=True)
class CertificationClaim(Claim):
    """`certification` is its name."""

    organization: Agent
    certification: str
    scope: str | None
    number: str | None


@record(frozen=True, slots=True)
class Benefit(Claim):
    giver: Agent
    receiver: Agent
    kind: str
    amount: float | None
    amount_min: float | None
    amount_max: float | None
    currency: str


@record(frozen=True, slots=True)
class Ownership(Claim):
    owner: Agent
    asset: Agent
    share_min: float | None
    share_max: float | None


@record(frozen=True, slots=True)
class Attendance(Record):
    agent: Agent
    event: Event
    status: str


@record(frozen=True, slots=True)
class Evidence(Record):
    """One piece of evidence that two agents know each other, from `a` to `b`; a point in time has no `since`."""

    kind: str
    since: str | None
    on: str
    intensity: float
    about: tuple[str, ...]
    a: Agent
    b: Agent

    @property
    def until(self) -> str | None:
        """Its last day; none while an interval runs."""
        return None if self.on == LAST_DAY else self.on


@record(frozen=True, slots=True)
class Meeting(Record):
    on: str
    status: str
    subject: str | None
    participants: tuple[Agent, ...]


@record(frozen=True, slots=True)
class CardExchange(Record):
    on: str
    swapped: bool
    giver: Agent
    receiver: Agent
    event: Event | None


@record(frozen=True, slots=True)
class IntroductionStep:
    """What became of an introduction, when, and who noted it."""

    status: str
    at: str
    by: str
    note: str | None


@record(frozen=True, slots=True)
class Introduction(Record):
    """`meeting` is the id of the one that completed it; an introduction a file tells of has no `history`."""

    status: str
    concerning: str | None
    requested_at: str | None
    meeting: str | None
    history: tuple[IntroductionStep, ...]
    requester: Agent
    introducer: Agent
    target: Agent


Entity = (
    Agent
    | Post
    | Capability
    | Event
    | Issue
    | Source
    | Affiliation
    | PostHolding
    | MembershipClaim
    | Supply
    | CapabilityClaim
    | CertificationClaim
    | Benefit
    | Ownership
    | Attendance
    | Evidence
    | Meeting
    | CardExchange
    | Introduction
)
