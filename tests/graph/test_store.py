"""A store's writes: what the log tells of them."""

import logging

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.store import Write
from tests.graph.sayings import graph


async def nothing(write: Write) -> int:
    return write.revision


async def refused(write: Write) -> int:
    raise ServiceError(Code.BAD_USER_INPUT, "no")


async def test_the_log_names_each_revision_when_it_begins_and_once_it_is_committed(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "service.graph.store")
    store = graph(engine)
    await store.write(nothing)
    with pytest.raises(ServiceError):
        await store.write(refused)
    await store.write(nothing)
    assert [record.getMessage() for record in caplog.records if record.name == "service.graph.store"] == [
        "revision 1 begun",
        "revision 1 committed",
        "revision 2 begun",
        "revision 2 begun",
        "revision 2 committed",
    ]
