"""A choice of tests that asks every query file once, and proves anew what the graph relies on.

For a second release of a server: what can differ there is the engine layer and each query file, not what is done with
the answers. A whole run remembers which tests asked which files and how long they took; `--each-query` then keeps
tests/engines and the cheapest tests that ask everything together. Where nothing is remembered it keeps all.
"""

import time
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from tests import workers
from tests.query_coverage import ASKED

ENGINES = Path(__file__).with_name("engines")
MEMORY = "paddock/asked"
Asked = dict[str, tuple[float, list[str]]]
FOUND = pytest.StashKey[Asked]()
LEAST = 0.05  # seconds: emptying the store costs as much, whatever the test does


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--each-query", action="store_true", help="only tests/engines and what asks each query file once")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FOUND] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    began = time.monotonic()
    answer = yield
    if ASKED:
        item.config.stash[FOUND][item.nodeid] = (time.monotonic() - began, sorted(ASKED))
    return answer


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    config, found = workers.gathered(node, MEMORY)
    config.stash[FOUND].update(found)


def pytest_sessionfinish(session: pytest.Session) -> None:
    config, found = session.config, session.config.stash[FOUND]
    if (output := workers.output(config)) is not None:
        output[MEMORY] = found
    else:
        config.cache.set(MEMORY, {**remembered(config), **found})


def remembered(config: pytest.Config) -> Mapping[str, Any]:
    found = cast("Any", config.cache).get(MEMORY, {})
    return cast("Mapping[str, Any]", found)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    known = remembered(config)
    if not (config.option.each_query and known):
        return
    asked = {item.nodeid: known[item.nodeid] for item in items if item.nodeid in known}
    wanted = cover({test: (seconds, set(names)) for test, (seconds, names) in asked.items()})
    kept = [item for item in items if item.nodeid in wanted or ENGINES in item.path.parents]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def cover(asked: Mapping[str, tuple[float, set[str]]]) -> set[str]:
    """Tests that ask together what all of them ask: again and again whichever asks most that is new for its time."""
    missing = {name for _, names in asked.values() for name in names}
    chosen = set[str]()
    while missing:
        best = max(sorted(asked), key=lambda test: len(asked[test][1] & missing) / max(asked[test][0], LEAST))
        chosen.add(best)
        missing -= asked[best][1]
    return chosen
