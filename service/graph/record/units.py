"""Units with the evidence derived from them, gathered into transactions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.graph.model import Claim
from service.graph.record.changes import Change, Creation, Parcel
from service.graph.record.derivation import evidence
from service.graph.record.planning import Plan, put, replacement, retraction
from service.graph.record.settling import Taken, settled
from service.graph.record.standing import Known
from service.graph.visibility import Classes


@dataclass(slots=True)
class Group:
    """What goes into one transaction, and what it comes to."""

    parcel: Parcel = field(default_factory=Parcel)
    claims: int = 0
    written: Counter[str] = field(default_factory=Counter[str])
    withdrawn: Counter[str] = field(default_factory=Counter[str])

    def add(self, claims: Parcel, derived: Iterable[Creation | Change], kinds: Mapping[str, str]) -> None:
        """Take in a unit; `kinds` says of what kind each standing piece of evidence is."""
        self.parcel.extend(claims)
        self.claims += len(claims)
        for write in derived:
            if isinstance(write, Creation):
                self.written[str(write.properties["kind"])] += 1
            elif write.retract:
                self.withdrawn[kinds[write.id]] += 1
            put(self.parcel, [write])


class Units:
    """The units of a plan in the order of their names, the claims of no unit last."""

    def __init__(self, plan: Plan, known: Sequence[Known], taken: Taken, classes: Classes) -> None:
        """`known` is the evidence that stands for the units, `taken` what was taken back of it."""
        self._parcels = plan.parcels
        self._dirty = plan.dirty
        self._taken = taken
        self._classes = classes
        self._kinds = {one.id: one.kind for one in known}
        self._known = defaultdict[str | None, list[Known]](list)
        for one in known:
            self._known[one.unit].append(one)

    def __len__(self) -> int:
        """How many claims are written."""
        return sum(map(len, self._parcels.values()))

    def groups(self, size: int) -> Iterator[Group]:
        """Transactions of whole units, each of about `size` records or of one larger unit."""
        group = Group()
        for unit in sorted({*self._dirty, *(unit for unit in self._parcels if unit is not None)}):
            group.add(self._parcels.get(unit, Parcel()), self._derived(unit), self._kinds)
            if len(group.parcel) >= size:
                yield group
                group = Group()
        for piece in self._parcels.get(None, Parcel()).pieces(size):
            group.add(piece, (), self._kinds)
            if len(group.parcel) >= size:
                yield group
                group = Group()
        if group.parcel:
            yield group

    def _derived(self, unit: str) -> list[Creation | Change]:
        if unit not in self._dirty:
            return []
        return unit_writes(unit, self._dirty[unit], self._known[unit], self._taken, self._classes)


def unit_writes(
    unit: str, claims: Iterable[Claim], known: Iterable[Known], taken: Taken, classes: Classes
) -> list[Creation | Change]:
    """What makes the evidence of a unit follow from its claims again; what still follows stays as it is."""
    left = {one.key: one for one in known}
    writes: list[Creation | Change] = []
    for one in settled(evidence(unit, claims, classes), list(left.values()), taken, classes):
        left.pop(one.key, None)
        writes += replacement(one.key, one.record, one.id, one.old)
    return writes + [retraction(one) for one in left.values()]
