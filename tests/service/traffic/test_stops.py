"""Who stops the work of a request, where several would."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message

from service.traffic.deadlines import Deadline
from service.traffic.departures import CancelOnDisconnect
from service.traffic.reasons import Reason
from service.traffic.stops import Stop
from tests.service.traffic.test_passing import GONE, WHOLE, Wire


class Careful:
    """An application that, once it is stopped, takes a while to end as it should, and counts how often it was."""

    def __init__(self) -> None:
        self.stopped = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        for seconds in (60, 0.2):
            try:
                await asyncio.sleep(seconds)
            except asyncio.CancelledError:
                self.stopped += 1
        raise ValueError("of no interest to anybody")


async def test_work_that_ends_late_after_its_client_went_is_that_of_a_client_who_went() -> None:
    careful, wire, reasons = Careful(), Wire(WHOLE, GONE), list[Reason]()

    await wire.through(Deadline(CancelOnDisconnect(careful, reasons.append), 60, reasons.append))

    assert (careful.stopped, reasons, wire.sent) == (1, [Reason.LEFT], [])


async def test_a_client_that_goes_while_overdue_work_ends_does_not_stop_it_again() -> None:
    careful, wire, reasons = Careful(), Wire(WHOLE), list[Reason]()

    going = asyncio.create_task(
        wire.through(Deadline(CancelOnDisconnect(careful, reasons.append), 0.1, reasons.append))
    )
    await asyncio.sleep(0.15)
    wire.messages.put_nowait(GONE)
    await going

    assert (careful.stopped, reasons, wire.status()) == (1, [Reason.OVERDUE], 504)


async def test_an_application_that_waits_for_its_client_to_go_ends_when_it_does() -> None:
    told, reasons = list[Message](), list[Reason]()

    async def waiting(scope: Any, receive: Any, send: Any) -> None:
        told.append(await receive())
        told.append(await receive())

    await Wire(WHOLE, GONE).through(CancelOnDisconnect(waiting, reasons.append))

    assert (told, reasons) == ([WHOLE], [Reason.LEFT])


async def test_whoever_stops_the_task_itself_is_obeyed() -> None:
    async def working() -> None:
        stop = Stop()
        loop = asyncio.get_running_loop()
        loop.call_soon(stop)
        loop.call_soon(task.cancel)
        await stop.stopped(asyncio.sleep(60))

    task = asyncio.create_task(working())

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_that_was_stopped_goes_on_as_if_nothing_had_been() -> None:
    stop = Stop()
    asyncio.get_running_loop().call_soon(stop)

    assert await stop.stopped(asyncio.sleep(60)) is True
    assert stop.due is False
    async with asyncio.timeout(10):
        await asyncio.sleep(0)
