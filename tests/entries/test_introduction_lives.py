"""Lives of introductions, drawn at random: legal steps are taken, all others are refused and leave no trace."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from service.auth import Role, Viewer
from service.engines.open import open_engine
from service.engines.protocol import Engine
from service.engines.stores import Store
from service.entries.introductions import AdvanceEntry, advance_introduction
from service.errors import Code, ServiceError
from service.graph.questions import nodes
from service.graph.questions.rows import Introduction
from service.graph.questions.ties import Network
from tests.conftest import PATIENT, emptied
from tests.entries.introducing import key, met, requested
from tests.entries.rooms import room, viewer
from tests.graph.sayings import relations

# Written out here once more, as somebody would draw it on paper.
LEGAL = {
    "DRAFT": {"REQUESTED", "LAPSED"},
    "REQUESTED": {"WITH_INTRODUCER", "LAPSED"},
    "WITH_INTRODUCER": {"ACCEPTED", "DECLINED", "LAPSED"},
    "ACCEPTED": {"MADE", "LAPSED"},
    "DECLINED": set[str](),
    "MADE": {"MET", "LAPSED"},
    "MET": {"OUTCOME_RECORDED"},
    "OUTCOME_RECORDED": set[str](),
    "LAPSED": set[str](),
}


def test_only_legal_steps_leave_a_trace(store: Store) -> None:
    """One store, and one loop for all lives; each begins with a new introduction."""
    loop = asyncio.new_event_loop()
    engine = loop.run_until_complete(open_engine(store, PATIENT))
    try:
        loop.run_until_complete(emptied(engine))
        network = loop.run_until_complete(room(engine))
        staff = loop.run_until_complete(viewer(network, Role.STAFF, "ada"))
        meeting = loop.run_until_complete(met(network, staff))

        class Lives(Life):
            def run(self, work: Coroutine[Any, Any, Any]) -> Any:
                return loop.run_until_complete(work)

            def place(self) -> tuple[Engine, Network, Viewer, str]:
                return engine, network, staff, meeting

        health = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
        run_state_machine_as_test(
            Lives,
            settings=settings(max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=health),
        )
    finally:
        loop.run_until_complete(engine.close())
        loop.close()


class Life(RuleBasedStateMachine):
    """An introduction beside what it should have become."""

    def __init__(self) -> None:
        super().__init__()
        self.engine, self.network, self.staff, self.meeting = self.place()
        self.steps = ["DRAFT"]
        self.introduction = ""

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        raise NotImplementedError

    def place(self) -> tuple[Engine, Network, Viewer, str]:
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.introduction = self.run(requested(self.network, self.staff)).id

    @precondition(lambda self: bool(LEGAL[self.steps[-1]]))
    @rule(data=st.data())
    def goes_on(self, data: st.DataObject) -> None:
        to = data.draw(st.sampled_from(sorted(LEGAL[self.steps[-1]])))
        found = self.run(self.advance(to))
        self.steps.append(to)
        assert (found.status, [step.status for step in found.history]) == (to, self.steps)
        assert found.meeting == (self.meeting if "MET" in self.steps else None)
        assert self.run(self.evidence()) == (["2026-11-20"] if "MET" in self.steps else [])

    @rule(to=st.sampled_from(sorted(LEGAL)))
    def is_refused(self, to: str) -> None:
        if to in LEGAL[self.steps[-1]]:
            return
        before = self.run(self.network.graph.position())
        with pytest.raises(ServiceError) as refused:
            self.run(self.advance(to))
        assert (refused.value.code, refused.value.field) == (Code.CONFLICT, "to")
        assert self.run(self.network.graph.position()) == before
        found = self.run(nodes.node(self.network.graph, self.staff.scope, self.introduction))
        assert [step.status for step in found.history] == self.steps

    async def advance(self, to: str) -> Introduction | None:
        meeting = self.meeting if to == "MET" else None
        entry = AdvanceEntry(key=key(), introduction=self.introduction, to=to, meeting=meeting)
        return await advance_introduction(self.network, self.staff, entry)

    async def evidence(self) -> list[object]:
        """The days of the evidence that follows from this introduction."""
        found = await relations(self.engine, "KNOWS", "unit", "on", "retractedAt")
        return [on for unit, on, gone in found if unit == f"introduction:{self.introduction}" and gone is None]
