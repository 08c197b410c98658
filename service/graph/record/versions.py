"""The evidence of a unit as each viewer would have it if there were nothing that viewer cannot see.

Viewers differ by the classes of the unit's claims they may see. For each such set, the smaller before the larger, a
rule says what follows. What says the same as a record that the viewer has already is left out; what says otherwise is a
record of its own, as strict as the claims it needs, that names those it takes the place of. So nothing hidden changes
what others see, and whoever sees several versions counts the strictest alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from service.graph.model import Claim, Evidence
from service.graph.record.disputes import contradict, undisputed
from service.graph.visibility import Classes

# Which of these it was follows from how many took part, and numbers make no version.
SIZES = frozenset({"MEETING", "SMALL_GROUP", "SHARED_EVENT"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What follows for two agents from the claims that count for somebody; `claims` are those it follows from."""

    kind: str
    a: str
    b: str
    on: str
    claims: tuple[Claim, ...]
    confidence: float
    intensity: float
    since: str | None = None
    record: str | None = None

    @property
    def ends(self) -> tuple[str, str]:
        """Both agents in the order of their ids."""
        return (self.a, self.b) if self.a < self.b else (self.b, self.a)

    @property
    def said(self) -> tuple[object, ...]:
        """What tells it from another version; among how many they were is counted at the class of the record."""
        return self.a, self.b, None if self.kind in SIZES else self.kind, self.since, self.on, self.confidence

    def meets(self, other: Finding) -> bool:
        """Whether both are about one occasion: days they share, or the same record."""
        if self.since is None or other.since is None:
            return self.record == other.record
        return self.since <= other.on and other.since <= self.on


Rule = Callable[[Sequence[Claim], Classes], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Version:
    """A record under its key, and the classes whoever sees it may see; `over` is what it takes the place of."""

    key: str
    finding: Finding
    seen: frozenset[int]
    over: tuple[str, ...]

    @property
    def void(self) -> bool:
        """Whether it only says that nothing is left of what it takes the place of."""
        return self.key in self.over


def versions(unit: str, claims: Iterable[Claim], rule: Rule, classes: Classes) -> dict[str, Evidence]:
    """All evidence of a unit by key, each record behind those it takes the place of."""
    every = sorted(claims, key=lambda claim: claim.id)
    made = Making(unit, classes)
    for seen in _viewpoints(every, classes):
        visible = [claim for claim in every if claim.vis in seen]
        counting = sorted(undisputed(visible), key=lambda claim: claim.id)
        made.take(seen, rule(counting, classes), counting)
    return made.records


@dataclass(slots=True)
class Making:
    """The records of a unit in the making, viewer by viewer."""

    unit: str
    classes: Classes
    records: dict[str, Evidence] = field(default_factory=dict[str, Evidence])
    made: defaultdict[tuple[str, str], list[Version]] = field(
        default_factory=lambda: defaultdict[tuple[str, str], list[Version]](list)
    )

    def take(self, seen: frozenset[int], findings: Iterable[Finding], counting: Sequence[Claim]) -> None:
        """Take in what follows from the claims that count for whoever sees these classes."""
        found = defaultdict[tuple[str, str], list[Finding]](list)
        for one in {(one.kind, one.ends, one.since): one for one in findings}.values():
            found[one.ends].append(one)
        left = {ends: _standing(seen, made) for ends, made in self.made.items()}
        for ends, theirs in found.items():
            left[ends] = self._settle(seen, theirs, left.get(ends, []))
        for lost in filter(None, left.values()):
            self._lapse(seen, lost, counting)

    def _settle(self, seen: frozenset[int], findings: Iterable[Finding], before: Sequence[Version]) -> list[Version]:
        """Write what differs from what there is; what of that is about no occasion found."""
        left = list(before)
        for finding in findings:
            met = [one for one in before if one.finding.meets(finding)]
            left = [one for one in left if one not in met]
            if len(met) != 1 or met[0].finding.said != finding.said:
                self._write(seen, finding, met)
        return left

    def _lapse(self, seen: frozenset[int], left: Sequence[Version], counting: Sequence[Claim]) -> None:
        """Take the place of records that no longer follow, or that would count one occasion twice."""
        ids = {claim.id for claim in counting}
        gone = [one for one in left if any(claim.id not in ids for claim in one.finding.claims)]
        if gone:
            self._write(seen, _void(gone, counting), gone, void=True)
        kept = [one for one in left if one not in gone]
        while kept:
            first, *kept = kept
            # Several versions of one occasion that a crowd has no further one of: the least strict stands for all.
            same = [first, *(one for one in kept if one.finding.meets(first.finding))]
            if len(same) > 1:
                self._write(seen, first.finding, same)
            kept = [one for one in kept if one not in same]

    def _write(self, seen: frozenset[int], finding: Finding, over: Sequence[Version], *, void: bool = False) -> None:
        key, record = self._record(finding, self.classes.strictest(seen), tuple(one.key for one in over))
        if void:
            record = replace(record, instead=(*record.instead, key))
        self.records[key] = record
        self.made[finding.ends].append(Version(key, finding, seen, record.instead))

    def _record(self, finding: Finding, vis: int, instead: tuple[str, ...]) -> tuple[str, Evidence]:
        claims = sorted(finding.claims, key=lambda claim: claim.id)
        about = tuple(claim.id for claim in claims)
        record = Evidence(
            finding.kind,
            finding.a,
            finding.b,
            finding.on,
            claims[0].source,
            vis,
            (finding.record, *about) if finding.record else about,
            (),
            since=finding.since,
            intensity=finding.intensity,
            confidence=finding.confidence,
            unit=self.unit,
            instead=instead,
        )
        # Levels follow each other, so the first at a key is the least strict. Compartments do not: what one of them
        # holds must not show in the key of what another does.
        level, *compartments = self.classes.name(vis)
        if compartments or (key := record.key) in self.records:
            record = replace(record, version=(level, *compartments))
            key = record.key
        return key, record


def _viewpoints(claims: Sequence[Claim], classes: Classes) -> list[frozenset[int]]:
    """The classes whoever sees some of the claims about two agents may see, fewer before more."""
    every = {claim.vis for claim in claims}
    if len(every) == 1:
        return [frozenset(every)]
    theirs = defaultdict[str, set[int]](set)
    for claim in claims:
        theirs[claim.a].add(claim.vis)
    sets = {frozenset(numbers) for numbers in theirs.values()}
    return classes.viewpoints(every, {one | other for one in sets for other in sets})


def _standing(seen: frozenset[int], made: Sequence[Version]) -> list[Version]:
    """The versions that count for whoever sees these classes, so far."""
    visible = [one for one in made if one.seen <= seen]
    replaced = frozenset[str]().union(*(one.over for one in visible))
    return [one for one in visible if one.key not in replaced]


def _void(gone: Sequence[Version], counting: Sequence[Claim]) -> Finding:
    """That nothing is left, because of the claims that contradict what there was."""
    reasons = {claim.id: claim for one in gone for claim in one.finding.claims}
    against = {one.id: one for one in counting if any(contradict(one, claim) for claim in reasons.values())}
    return replace(gone[0].finding, claims=tuple((reasons | against).values()), intensity=0.0)
