"""With all names and ids replaced, the batch and its evidence are the same but for names and ids."""

import os
from collections import Counter
from pathlib import Path

import pytest

from service.graph.model import AgentRecord, Assertion, Value
from tests.loaders.invented import FOLDER, derived
from tests.loaders.renaming import Renaming, properties, read, said

REAL = os.environ.get("PADDOCK_MOTORSPORT_UK")
FOLDERS = [
    pytest.param(FOLDER, id="invented"),
    pytest.param(
        Path(REAL or ""),
        id="real",
        marks=pytest.mark.skipif(
            REAL is None, reason="NO REAL DATA: set PADDOCK_MOTORSPORT_UK to the folder of motorsport-uk"
        ),
    ),
]


def agent(one: AgentRecord, renaming: Renaming | None = None) -> tuple[object, ...]:
    """Who it is, or who it became."""
    spelled = (one.name, *one.other_names)
    if renaming is None:
        return one.id, spelled, frozenset(one.identities), one.kinds
    names, identities = renaming.names(one.kind), frozenset(map(renaming.identity, one.identities))
    return renaming.identity(one.identities[0]).agent, tuple(names[name] for name in spelled), identities, one.kinds


def claim(one: Assertion, a: str, b: str, attributes: dict[str, Value]) -> tuple[object, ...]:
    dates = one.start, one.end, one.observed
    return one.type, a, b, *dates, one.confidence, one.locator, *sorted(attributes.items())


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("folder", FOLDERS)
def test_names_and_ids_permute_along_and_nothing_else_changes(folder: Path, seed: int, tmp_path: Path) -> None:
    renaming = Renaming(folder, seed)
    old, new = read(folder), read(renaming.write(tmp_path / "renamed"))
    became = renaming.nodes(old)

    assert {agent(one, renaming) for one in old.agents.values()} == {agent(one) for one in new.agents.values()}
    assert Counter((became[one.id], properties(one)) for one in old.nodes.values()) == Counter(
        (one.id, properties(one)) for one in new.nodes.values()
    )
    assert Counter(
        claim(one, became[one.a], became[one.b], renaming.attributes(one)) for one in old.assertions
    ) == Counter(claim(one, one.a, one.b, said(one)) for one in new.assertions)
    assert Counter(
        (one.kind, frozenset((became[one.a], became[one.b])), one.since, one.on, one.intensity, one.confidence)
        for one in derived(old)
    ) == Counter(
        (one.kind, frozenset((one.a, one.b)), one.since, one.on, one.intensity, one.confidence) for one in derived(new)
    )
