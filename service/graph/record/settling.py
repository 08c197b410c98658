"""Under which id each record of evidence is to stand, beside what stands of its unit and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.graph.model import Evidence, digest
from service.graph.record.standing import Known, TakenBack
from service.graph.visibility import Classes

Taken = Mapping[str, Sequence[TakenBack]]


@dataclass(frozen=True, slots=True)
class Settled:
    """A record with its id; what it takes the place of is named by id, and `old` is what stands under its key."""

    key: str
    id: str
    record: Evidence
    old: Known | None


def settled(
    wanted: Mapping[str, Evidence], known: Iterable[Known], taken: Taken, classes: Classes, *, replacing: bool = True
) -> Iterator[Settled]:
    """Each record wanted with its id; `replacing` counts what stands otherwise now among what was taken back."""
    standing = {one.key: one for one in known}
    ids: dict[str, str] = {}
    for key, derived in wanted.items():
        over = tuple(ids[one] for one in derived.instead if one != key)
        record = replace(derived, instead=over) if derived.instead else derived
        old, gone = standing.get(key), taken.get(key, ())
        ids[key] = id = _standing(key, record, old, len(gone)) or _new(
            key, record, [*gone, *([old] if old and replacing else [])], classes
        )
        # A record that names itself is one of nothing: it only takes the place of others.
        yield Settled(key, id, replace(record, instead=(*over, id)) if key in derived.instead else record, old)


def _standing(key: str, record: Evidence, old: Known | None, most: int) -> str | None:
    """The id of what stands already, if it says the same."""
    if old is None:
        return None
    content = record.content
    return next((old.id for times in range(most + 1) if old.id == digest("kno", key, content, times)), None)


def _new(key: str, record: Evidence, gone: Sequence[Known | TakenBack], classes: Classes) -> str:
    """The id of what is to be created: how often the record was asserted before, as far as its own viewers know."""
    content = record.content
    times = sum(classes.covers(record.vis, one.vis) for one in gone)
    used = {one.id for one in gone}
    while (id := digest("kno", key, content, times)) in used:
        times += 1
    return id
