"""The embedded engines that tests start compile each statement lightly: it is asked a few times, and there are many."""

from pathlib import Path

import pytest

from service.engines.embedded import process
from service.engines.embedded.home import Home
from service.engines.embedded.runtime import Runtime

LIGHTLY = "-XX:TieredStopAtLevel=1"


def pytest_configure(config: pytest.Config) -> None:
    shipped = process.command

    def command(home: Home, program: Runtime, logging: Path) -> list[str]:
        java, *words = shipped(home, program, logging)
        return [java, LIGHTLY, *words]

    patch = pytest.MonkeyPatch()
    patch.setattr(process, "command", command)
    config.add_cleanup(patch.undo)
