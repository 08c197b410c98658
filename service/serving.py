"""The server as a program: it listens on an address until a signal comes."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

import uvicorn

from service import spans
from service.app import Service, application
from service.engines.protocol import Deadlines
from service.errors import Code, ServiceError
from service.graph.projection import Progress, unwatched
from service.settings import Settings
from web import start

POLL = 0.1
TURN = 0.0005  # seconds for which a long document is read in another thread before requests have their turn
GRACE = 10  # seconds that answers under way may take when the server is to stop
# Objects made, and younger looks taken, before garbage is looked for: a long answer has a hundred thousand objects,
# none of them garbage, and with the interpreter's own numbers half its time went into looking.
LOOKS = (50_000, 20, 50)


class Server(uvicorn.Server):
    """A server that says when it listens, and for which a signal is the ordinary way to end."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None], service: Service) -> None:
        """Listen later."""
        super().__init__(config)
        self._when_started = started
        self._service = service

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._when_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Whoever hands out requests has to see that it is not ready before it stops listening.
        end = time.monotonic() + self._service.settings.drain
        while time.monotonic() < end and not self.force_exit:  # noqa: ASYNC110 (a signal sets it)
            await asyncio.sleep(POLL)
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (uvicorn's own signature)
        # Not kept, so not raised again when all is closed; a second one does not wait for answers under way.
        self.force_exit = self.should_exit
        self.should_exit = True
        self._service.stopping = True


def serve(
    settings: Settings,
    host: str,
    port: int,
    ready: Callable[[str], None],
    *,
    questions: Sequence[start.Example] = (),
    reading: Progress = unwatched,
    deadlines: Deadlines | None = None,
) -> None:
    """Answer on an address until a signal comes; `ready` is told the address once it listens. Port 0: any free one."""
    bound = _bound(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}"
    service = Service(settings, deadlines, reading)
    answering = application(service, questions)
    config = uvicorn.Config(
        answering,
        http="httptools",
        ws="none",
        lifespan="off",  # it is held below, where a store that cannot be opened is an error as anywhere else
        access_log=False,
        log_config=None,
        log_level="critical",  # what goes wrong is logged where it happens
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )

    async def serving() -> None:
        async with answering.router.lifespan_context(answering):
            settled = asyncio.create_task(_settled(service))
            try:
                await Server(config, lambda: ready(address), service).serve([bound])
            finally:
                settled.cancel()

    _calm()
    sys.setswitchinterval(TURN)
    if settings.traces:
        spans.begin()
    try:
        with bound, asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(serving())
    finally:
        spans.end()


def _calm() -> None:
    """Nothing, once garbage is looked for seldom, and never among what stays as long as the program."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LOOKS)


async def _settled(service: Service) -> None:
    """Nothing, once what a server has read at its start stays out of that as well."""
    await service.read()
    _calm()


def _bound(host: str, port: int) -> socket.socket:
    """A socket at an address, not listening yet."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        reason = (error.strerror or type(error).__name__).lower()
        sentence = f"cannot listen on {host}:{port} ({reason}); take another --port, or 0 for any that is free"
        raise ServiceError(Code.BAD_USER_INPUT, sentence) from None
    return bound
