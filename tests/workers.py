"""The suite in two processes: which of them gets which tests, and how they hand over what they found."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # pyright: ignore[reportMissingTypeStubs]

NEO4J = "neo4j"


def number(worker: str) -> int:
    """0 for the first process, which is called gw0."""
    return int(worker.removeprefix("gw"))


def output(config: pytest.Config) -> dict[str, Any] | None:
    """What this process will hand over; None where it is the one that gathers, or the only one."""
    found: dict[str, Any] | None = getattr(config, "workeroutput", None)
    return found


def gathered(node: Any, name: str) -> tuple[pytest.Config, dict[str, Any]]:
    """The gathering process's configuration, and what one that has ended handed over under a name."""
    config: pytest.Config = node.config
    return config, getattr(node, "workeroutput", {}).get(name, {})


class ByEngine(LoadScopeScheduling):  # type: ignore[misc]  # xdist is without types
    """A file's tests on one engine at a time, those on Neo4j to the first process as long as there are some.

    A server that has planned and compiled a statement does not do so again; a second one has to.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return f"{file} {NEO4J}" if NEO4J in nodeid else file

    def _assign_work_unit(self, node: Any) -> None:
        first = number(node.gateway.id) == 0
        wanted = (scope for scope in self.workqueue if scope.endswith(NEO4J) is first)
        self.workqueue.move_to_end(next(wanted, next(iter(self.workqueue))), last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByEngine:
    return ByEngine(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first, or one process would still be at them when the other has nothing left."""
    if output(config) is not None:
        slow = {item.path for item in items if item.get_closest_marker("slow")}
        items.sort(key=lambda item: item.path not in slow)
