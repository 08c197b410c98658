"""Claims in the making: what a load says, compared with what stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from network.dates import earliest, latest
from service.errors import Code, ServiceError
from service.graph.model import IDENTIFIED_BY, LATER, Assertion, Claim, Mode, digest
from service.graph.record.changes import Change, Creation, Fate, Tally
from service.graph.record.joins import Joins
from service.graph.visibility import Classes

# What a claim's envelope holds; an attribute of that name would overwrite it.
ENVELOPE = frozenset({"key", "id", "vis", "source", "locator", "confidence", "start", "end", "earliest", "latest"}) | {
    *("observed", "unseen", "recordedAt", "retractedAt", "revision", "origin", "ends", "unit"),
    *("names", "kinds", "country", "enteredBy", "retractedBy", "reason", "verifiedAt", "verifiedBy"),
    "relabelledBy",
}
# What may change about a standing claim without making it another one, and the property that holds it.
_LOOSE = ("vis", "locator", "observed", "unseen", "unit", "names", "kinds", "country")
_LISTS = ("ends", "observed", "unseen", "names", "kinds")
_CAPITAL = re.compile("[A-Z]")
# Attributes a claim keeps beside it, for derivation and contradictions.
_READ = frozenset({"role", "level", "status", "kind", "on", "swapped", "amount"}) | {
    *("amount_min", "amount_max", "share_min", "share_max"),
}
# The part of it that derivation looks at.
_COUNTS = ("vis", "observed", "unit")


@dataclass(frozen=True, slots=True)
class Told:
    """An assertion with its hashes, made once."""

    assertion: Assertion
    key: str
    content: str

    @classmethod
    def of(cls, assertion: Assertion) -> Told:
        return cls(assertion, assertion.key, assertion.content)


@dataclass(slots=True)
class Comparison:
    """The claims of a load beside those that stand: what remains in the end, and how to get there."""

    remaining: dict[str, Claim] = field(default_factory=dict[str, Claim])
    creations: list[tuple[Claim, Creation]] = field(default_factory=list[tuple[Claim, Creation]])
    changes: list[tuple[Claim, Change]] = field(default_factory=list[tuple[Claim, Change]])
    dirty: set[str | None] = field(default_factory=set[str | None])
    tally: Tally = field(default_factory=Tally)

    def create(self, told: Told, claim: Claim) -> None:
        """A claim that was not there."""
        self.creations.append((claim, Creation(claim.type, claim.a, claim.b, properties(told.assertion, claim))))
        self.keep(claim, Fate.WRITTEN)
        self.dirty.add(claim.unit)

    def keep(self, claim: Claim, fate: Fate | None = None) -> None:
        """A claim that stands afterwards."""
        self.remaining[claim.key] = claim
        if fate is not None:
            self.tally.fates[claim.key] = fate

    def withhold(self, told: Told) -> None:
        """A claim that a person took back and that its source repeats."""
        self.tally.fates[told.key] = Fate.WITHHELD

    def retract(self, claim: Claim) -> None:
        """A claim that is taken back."""
        self.changes.append((claim, Change(claim.type, claim.id, claim.a, claim.b, retract=True)))
        self.dirty.add(claim.unit)

    def revise(self, old: Claim, new: Claim) -> None:
        """What a source now says beside the content of a standing claim: seen again, spelled otherwise, moved in it."""
        differing = {name: getattr(new, name) for name in _LOOSE if getattr(new, name) != getattr(old, name)}
        if differing:
            values = {name: _stored(value) for name, value in differing.items()}
            self.changes.append((new, Change(old.type, old.id, old.a, old.b, values)))
            self.dirty.update({old.unit, new.unit} if differing.keys() & set(_COUNTS) else ())


def merged(assertions: Iterable[Assertion]) -> dict[str, Told]:
    """Each record once: said twice alike it is one claim with all its spellings, said differently it is an error."""
    found: dict[str, Told] = {}
    for told in map(Told.of, assertions):
        first = found.setdefault(told.key, told)
        if first.content != told.content:
            one, other = first.assertion.locator, told.assertion.locator
            raise ServiceError(
                Code.BAD_USER_INPUT, f"{one} and {other} say different things of one record; keep the one that is right"
            )
        if first is not told:
            found[told.key] = Told(_both(first.assertion, told.assertion), told.key, told.content)
    return found


def _both(first: Assertion, second: Assertion) -> Assertion:
    names = tuple(dict.fromkeys((*first.names, *second.names)))
    return replace(first, names=names, observed=tuple(sorted({*first.observed, *second.observed})))


class Registers:
    """The days on which each register listed a unit, so that a claim knows those that lacked it.

    What a person saw is no register: it speaks of nobody else. What a day lacked is told by the records that whoever
    sees the claim may see, so that a hidden one shows nowhere.
    """

    def __init__(
        self, claims: Iterable[Claim], told: Iterable[Assertion], listed: Mapping[str, str], classes: Classes
    ) -> None:
        """Gather the days from what stands and what a load says; `listed` are the days of the load's registers."""
        self._days = defaultdict[tuple[str, str | None], defaultdict[int, set[str]]](lambda: defaultdict(set))
        self._listed = listed
        self._classes = classes
        for claim in claims:
            if claim.entered_by is None:
                self._days[claim.source, claim.unit][claim.vis].update(claim.observed or (), claim.unseen or ())
        for assertion in told:
            if assertion.entered_by is None:
                self._days[assertion.source, assertion.unit][assertion.vis].update(assertion.observed)

    def marked(self, claim: Claim) -> Claim:
        """The claim with the days of registers that lacked it, after the first that had it."""
        if not claim.observed or claim.entered_by is not None:
            return claim
        days = {self._listed.get(claim.unit or "", "")}
        for vis, seen in self._days[claim.source, claim.unit].items():
            days |= seen if self._classes.covers(claim.vis, vis) else set()
        lacking = {day for day in days if day > claim.observed[0]} - set(claim.observed)
        return replace(claim, unseen=tuple(sorted(lacking)) or None)


@dataclass(frozen=True, slots=True)
class Comparer:
    """Decides claim by claim; `asserted` says how often a record was taken back before.

    New claims will be recorded at the given moment: where it is that of standing ones, none of them is later.
    """

    asserted: Mapping[str, int]
    modes: Mapping[str, Mode]
    registers: Registers
    joins: Joins
    recorded_at: str = LATER
    withheld: AbstractSet[str] = frozenset()
    result: Comparison = field(default_factory=Comparison)

    def settle(self, told: Told, old: Claim | None) -> None:
        """A record the load speaks of."""
        if old is not None and old.relabelled_by is not None:  # its class is no longer its source's to say
            told = replace(told, assertion=replace(told.assertion, vis=old.vis))
        times = self.asserted.get(told.key, 0)
        same = digest("clm", told.key, told.content, times)
        if old is not None and old.id == same:
            new = self._seen_again(told, old)
            self.result.keep(new, Fate.UNCHANGED)
            self.result.revise(old, new)
            return
        if old is None and withholds(self.withheld, "clm", told.key, told.content, times):
            self.result.withhold(told)
            return
        if old is not None:
            self.result.retract(old)
            same = digest("clm", told.key, told.content, times + 1)
        made = _marked_like(old, claim(told, same, self.joins, self.recorded_at))
        self.result.create(told, self.registers.marked(made))

    def silent(self, old: Claim) -> None:
        """A standing claim of which the load says nothing."""
        mode = self.modes.get(old.source)
        if lapses(old, mode):
            self.result.retract(old)
            self.result.tally.retracted[old.source] += is_row(old)
            return
        new = self.registers.marked(old) if mode is Mode.REGISTER else old
        self.result.keep(new)
        self.result.revise(old, new)

    def _seen_again(self, told: Told, old: Claim) -> Claim:
        """A claim that stood already: a register keeps all days it was seen, and whoever only adds all spellings."""
        new = _marked_like(old, claim(told, old.id, self.joins, old.recorded_at))
        if self.modes[old.source] is not Mode.HISTORY:
            observed = tuple(sorted({*(old.observed or ()), *(new.observed or ())})) or None
            names = tuple(dict.fromkeys((*(old.names or ()), *(new.names or ())))) or None
            new = replace(new, observed=observed, names=names)
        return self.registers.marked(new)


def compare(
    told: Mapping[str, Told],
    standing: Mapping[str, Claim],
    comparer: Comparer,
) -> Comparison:
    """What a load changes; `standing` holds claims of other sources too, which stay as they are."""
    for key, new in told.items():
        comparer.settle(new, standing.get(key))
    for key, old in standing.items():
        if key not in told:
            comparer.silent(old)
    return comparer.result


def is_row(claim: Claim) -> bool:
    """Whether a claim is what a row was there to say, and not merely how a source knows whom its rows are about."""
    return claim.type != IDENTIFIED_BY or claim.key != digest("key", claim.source, IDENTIFIED_BY, *claim.ends)


def withholds(withheld: AbstractSet[str], prefix: str, key: str, content: str, times: int) -> bool:
    """Whether a person took back what a source says again: the last time it was asserted, with the same content."""
    return times > 0 and digest(prefix, key, content, times - 1) in withheld


def lapses(silent: Claim, mode: Mode | None) -> bool:
    """Whether a standing claim goes because its source no longer says so; a person's record in its name stays."""
    if silent.entered_by is not None:
        return False
    # A register keeps whom it once listed, but two identities are one agent only while a row says so.
    joins = silent.type == IDENTIFIED_BY and len(set(silent.ends)) > 1
    return mode is Mode.HISTORY or (mode is Mode.REGISTER and joins)


def joined(told: Mapping[str, Told], identifications: Iterable[Claim], modes: Mapping[str, Mode]) -> Joins:
    """Which identities are one agent once a load is written."""
    new = [(one.assertion.ends, True) for one in told.values() if one.assertion.type == IDENTIFIED_BY]
    old = (
        (one.ends, one.retracted_at is None and one.key not in told and not lapses(one, modes.get(one.source)))
        for one in identifications
    )
    return Joins([*new, *old])


def claim(told: Told, id: str, joins: Joins, recorded_at: str = LATER) -> Claim:
    """The claim an assertion makes, at the agents its ends mean."""
    said = told.assertion
    a, b = ends(said.type, said.ends, (said.a, said.b), joins)
    values = {_snake(name): value for name, value in said.attributes.items() if _snake(name) in _READ}
    return Claim(
        said.type,
        told.key,
        id,
        a,
        b,
        said.ends,
        said.source,
        said.vis,
        said.confidence,
        recorded_at,
        said.locator,
        said.start,
        said.end,
        said.observed or None,
        unit=said.unit,
        names=said.names or None,
        kinds=said.kinds or None,
        country=said.country,
        entered_by=said.entered_by,
        **values,  # type: ignore[arg-type]  # the attributes a claim reads have the types it gives them
    )


def _marked_like(old: Claim | None, new: Claim) -> Claim:
    if old is None or old.relabelled_by is None:
        return new
    return replace(new, relabelled_by=old.relabelled_by)


def ends(relation: str, said: Sequence[str], given: Sequence[str], joins: Joins) -> tuple[str, str]:
    """The nodes at both ends; what identifies an agent ends at the identifier itself."""
    a = joins.agent(said[0], given[0])
    return a, given[1] if relation == IDENTIFIED_BY else joins.agent(said[1], given[1])


def properties(said: Assertion, made: Claim) -> dict[str, object]:
    """What a new claim stores, but for revision and moment; nothing that is absent is stored."""
    clash = ENVELOPE & set(said.attributes)
    if clash:
        raise ServiceError(
            Code.INTERNAL, f"{said.type} cannot have the attributes {sorted(clash)}; name them otherwise"
        )
    values: dict[str, object] = {
        "key": made.key,
        "id": made.id,
        "vis": made.vis,
        "source": made.source,
        "locator": made.locator,
        "confidence": made.confidence,
        "start": made.start,
        "end": made.end,
        "earliest": earliest(made.start) if made.start else None,
        "latest": latest(made.end) if made.end else None,
        "origin": [made.a, made.b],
        "unit": made.unit,
        "country": made.country,
        "enteredBy": made.entered_by,
        "relabelledBy": made.relabelled_by,
        **{name: list(value) for name in _LISTS if (value := getattr(made, name))},
        **said.attributes,
    }
    return {name: value for name, value in values.items() if value is not None and value != []}


def _stored(value: str | int | tuple[str, ...] | None) -> object:
    return list(value) if isinstance(value, tuple) else value


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)
