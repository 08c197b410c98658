"""What stands along routes is read in one statement, and what was read is not read again."""

from dataclasses import replace

import packs
from service.engines.protocol import Engine
from service.graph.projection import feed
from service.graph.questions import nodes, ties
from service.graph.questions.along import ALONG, Along, Between
from service.graph.questions.routes import Manner, introduction_paths
from service.graph.questions.ties import Network
from service.graph.store import Graph
from tests.graph.little import EVERYBODY, NOW, REGISTER, SECRET, STAFF, THEN, Little, person

DAY = "2026-11-20"


def met() -> Little:
    """Ann knows Ben, Ben knows Cem; staff know of more."""
    made = Little()
    for name in ("Ann", "Ben", "Cem"):
        made.node(f"per-{name.lower()}", name)
    made.knows("per-ann", "per-ben", "kno-1", on=DAY)
    made.knows("per-cem", "per-ben", "kno-2", on=DAY)
    made.knows("per-ann", "per-ben", "kno-3", on=DAY, vis=STAFF)
    return made


def meeting(id: str, a: str, b: str) -> Between:
    """One of the public meetings as it is read."""
    return Between(
        id=id,
        source=REGISTER.id,
        locator=f"row {id}",
        recorded_at=THEN,
        retracted_at=None,
        confidence=1.0,
        vis=0,
        kind="MEETING",
        since=None,
        on=DAY,
        intensity=1.0,
        about=(),
        a=a,
        b=b,
    )


async def network(engine: Engine) -> Network:
    return Network(await met().save(engine), packs.evidence(), feed)


async def test_evidence_is_read_with_the_agents_at_its_ends_each_once(engine: Engine) -> None:
    graph = await met().save(engine)
    asked = ["kno-3", "kno-2", "kno-1", "kno-none"]
    (found,) = await graph.read(ALONG, EVERYBODY, evidence=asked)
    ann, ben, cem = (person(f"per-{name.lower()}", name) for name in ("Ann", "Ben", "Cem"))
    assert _ordered(found) == Along(
        agents=(ann, ben, cem),
        sources=(REGISTER,),
        evidence=(meeting("kno-1", ann.id, ben.id), meeting("kno-2", cem.id, ben.id)),
    )
    assert await graph.read(ALONG, EVERYBODY, evidence=[]) == [Along((), (), ())]


def _ordered(found: Along) -> Along:
    agents = tuple(sorted(found.agents, key=lambda one: one.id))
    return Along(agents, found.sources, tuple(sorted(found.evidence, key=lambda one: one.id)))


async def test_an_answer_is_the_same_whether_its_evidence_was_read_along_or_not(engine: Engine) -> None:
    asked = await network(engine)
    plain = await introduction_paths(asked, EVERYBODY, "per-ann", "per-cem")
    along = await introduction_paths(asked, EVERYBODY, "per-ann", "per-cem", manner=Manner(evidence=True))
    assert plain == along
    assert along is not None
    (path,) = along.paths
    assert [sorted(step.tie.read) for step in path.segments] == [["kno-1"], ["kno-2"]]


async def test_evidence_that_was_read_along_is_not_read_again(engine: Engine) -> None:
    asked = await network(engine)
    found = await introduction_paths(asked, EVERYBODY, "per-ann", "per-cem", manner=Manner(evidence=True))
    assert found is not None
    steps = [step.tie for step in found.paths[0].segments]
    fresh = [replace(tie, read={}) for tie in steps]
    nowhere = Network(Graph(Silent(), lambda: NOW, SECRET), packs.evidence(), feed)  # type: ignore[arg-type]
    assert await ties.evidence(nowhere, EVERYBODY, steps) == await ties.evidence(asked, EVERYBODY, fresh)
    assert {row.id: row for row in await asked.graph.read(nodes.EVIDENCE, EVERYBODY, ids=["kno-1", "kno-2"])} == {
        id: row for tie in steps for id, row in tie.read.items()
    }


class Silent:
    """An engine that answers nothing."""

    name = "silent"
