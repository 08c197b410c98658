"""The invented set of tests/data/motorsport-uk, read and told in plain tuples."""

import shutil
from collections import defaultdict
from pathlib import Path

from loaders import motorsport_uk
from loaders.batches import Resolved
from loaders.motorsport_uk import Reading
from service.graph.model import Assertion, Batch, Claim, Evidence, Value
from service.graph.record.derivation import evidence
from service.graph.visibility import Classes
from tests.loaders.standing import standing

FOLDER = Path(__file__).parent.parent / "data" / "motorsport-uk"

Told = tuple[str, str, str, str, str | None, str | None, dict[str, Value]]


def resolved(folder: Path = FOLDER) -> Resolved:
    reading = motorsport_uk.read(folder)
    assert reading.refused == {}
    return motorsport_uk.batch(reading)


def copy(folder: Path) -> Path:
    """A copy of the set that a test may damage."""
    return Path(shutil.copytree(FOLDER, folder / "motorsport-uk"))


def damaged(folder: Path, file: str, old: str, new: str) -> Reading:
    """What is read after one change of one file."""
    path = copy(folder) / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return motorsport_uk.read(path.parent)


def claims(batch: Batch, slug: str) -> list[Assertion]:
    """The claims of one file but those that only say how somebody is called."""
    sources = {source.id for source in batch.sources if source.slug == f"motorsport-uk/{slug}"}
    return [one for one in batch.assertions if one.source in sources and one.type != "IDENTIFIED_BY"]


def told(batch: Batch, slug: str) -> list[Told]:
    """Each claim of a file: where, what, between whom by name, when, and what else it says."""
    names = {agent.id: agent.name for agent in batch.agents.values()}
    names |= {node.id: node.name for node in batch.nodes.values()}
    return [
        (one.locator or "", one.type, names[one.a], names[one.b], one.start, one.end, _said(one))
        for one in claims(batch, slug)
    ]


def derived(batch: Batch) -> list[Evidence]:
    """The evidence that follows from a batch in an empty store."""
    units = defaultdict[str, list[Claim]](list)
    for one in batch.assertions:
        if one.unit is not None:
            units[one.unit].append(standing(one))
    return [record for unit in units for record in evidence(unit, units[unit], Classes()).values()]


def _said(one: Assertion) -> dict[str, Value]:
    return {name: value for name, value in one.attributes.items() if value is not None}
