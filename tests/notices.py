"""What Neo4j remarks on a statement becomes a warning, and so an error, at little cost.

In its debug mode the driver reads the sources of all frames for every result, to name one if there is a remark.
"""

import inspect
import sys
from pathlib import Path
from types import FrameType, SimpleNamespace

import neo4j
import pytest

DRIVER = str(Path(neo4j.__file__).parent)


def asking() -> list[inspect.FrameInfo]:
    """The one frame that a warning would name: whoever asked, outside the driver."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - what inspect.stack begins with  # pyright: ignore[reportPrivateUsage]
    while frame and frame.f_code.co_filename.startswith(DRIVER):
        frame = frame.f_back
    if frame is None:
        return []
    code = frame.f_code
    return [inspect.FrameInfo(frame, code.co_filename, frame.f_lineno, code.co_name, None, None)]


def pytest_configure(config: pytest.Config) -> None:
    patch = pytest.MonkeyPatch()
    patch.setattr("neo4j._async.work.result.inspect", SimpleNamespace(stack=asking))
    config.add_cleanup(patch.undo)
