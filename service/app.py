"""The server: GraphQL, its contract, the start page, and whether it is well. One event loop holds all of it."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from types import FrameType

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import schema
from schema.context import Context
from service import auth, exchange
from service.engines.protocol import Deadlines
from service.engines.stores import Folder
from service.errors import Code, ServiceError
from service.graph.projection import Progress, unwatched
from service.graph.questions.ties import Network
from service.graph.store import Graph
from service.network import network
from service.opening import opened
from service.persisted import Documents
from service.settings import Settings
from service.traffic.accounts import Accounts
from service.traffic.admission import Admission
from service.traffic.deadlines import Deadline
from service.traffic.departures import CancelOnDisconnect
from service.traffic.meter import Meter
from web import start

LOG = logging.getLogger(__name__)

POLL = 0.1
GRACE = 10  # seconds that answers under way may take when the server is to stop
FRESH = 1  # seconds for which an answer of the store proves that it answers, however busy it is since
METRICS = "/metrics"
UNLIMITED = frozenset({"/health", "/ready", "/schema.graphql", METRICS})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # so that what is refused is refused with a code
COMPRESSED = 1024  # bytes from which an answer is worth compressing
NO_STORE = {"Cache-Control": "no-store"}


class Service:
    """What answers requests between start and stop."""

    def __init__(self, settings: Settings, deadlines: Deadlines | None = None, reading: Progress = unwatched) -> None:
        """Nothing is opened yet; `reading` will be told how far the ties have been read."""
        self.settings = settings
        self.deadlines = deadlines
        self.reading = reading
        self.meter = Meter()
        self.documents = Documents()
        self.stopping = False
        self._answered: float | None = None  # when the store last did
        self._graph: Graph | None = None
        self._network: Network | None = None
        self._reading: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncGenerator[None, None]:
        """Hold the store open; its ties are read beside, so that the first question need not wait for all of it."""
        async with opened(self.settings, self.deadlines, self._heard) as graph:
            self._graph = graph
            self._network = network(self.settings, graph, self.reading)
            self._reading = asyncio.create_task(self._network.projection())
            try:
                yield
            finally:
                self._reading.cancel()
                await asyncio.gather(self._reading, self._network.close(), return_exceptions=True)

    async def graphql(self, request: Request) -> Response:
        """The answer to a document."""
        media = exchange.JSON
        try:
            media = exchange.media(request)
            exchange.check_method(request)
            context = await self._context(request)
            asked = await exchange.asked(request)
            query = self.documents.document(context.viewer.principal, asked.query, asked.hashed)
            if schema.changes(query, asked.operation_name):
                exchange.check_change(request)
            response = await schema.run(context, query, asked.variables, asked.operation_name)
            return exchange.answer(response, media, context.cost)
        except ServiceError as error:
            return exchange.refusal(error, media)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        except Exception:
            LOG.exception("a GraphQL request failed")
            return exchange.refusal(ServiceError(Code.INTERNAL, "internal error"), media)

    async def health(self, _: Request) -> Response:
        """That the process answers."""
        return JSONResponse({"status": "ok"}, headers=NO_STORE)

    async def ready(self, _: Request) -> Response:
        """Whether the store answers, its ties have been read, and the server goes on."""
        if self.stopping:
            return JSONResponse({"status": "stopping"}, 503, NO_STORE)
        try:
            graph, _network = self._open()
            if self._answered is None or time.monotonic() - self._answered > FRESH:
                await graph.position()
        except ServiceError:
            return JSONResponse({"status": "unavailable"}, 503, NO_STORE)
        if self._reading is None or not self._reading.done():
            return JSONResponse({"status": "starting"}, 503, NO_STORE)
        return JSONResponse({"status": "ready"}, headers=NO_STORE)

    async def contract(self, _: Request) -> Response:
        """The contract as text."""
        return PlainTextResponse(schema.sdl())

    async def _context(self, request: Request) -> Context:
        graph, network = self._open()
        purpose = request.headers.get(exchange.PURPOSE)
        viewer = await auth.viewer_of(graph, exchange.bearer(request), purpose)
        return Context(graph, network, viewer, self.settings.association, self.settings.brokering)

    def _heard(self, name: str, seconds: float, failure: Code | None) -> None:
        self.meter.statement(name, seconds, failure)
        if failure is None:
            self._answered = time.monotonic()

    def _open(self) -> tuple[Graph, Network]:
        if self._graph is None or self._network is None:
            raise ServiceError(Code.UNAVAILABLE, "the server is starting; try again in a moment")
        return self._graph, self._network


class Sniffless:
    """Keeps browsers from taking an answer for something else than it says it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Around an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self.app(scope, receive, sent)


def app(
    settings: Settings,
    *,
    questions: Sequence[start.Example] = (),
    deadlines: Deadlines | None = None,
    reading: Progress = unwatched,
) -> Starlette:
    """The application over a store; `questions` stand on its start page."""
    return _application(Service(settings, deadlines, reading), questions)


def _application(service: Service, questions: Sequence[start.Example]) -> Starlette:
    routes = [
        Route("/graphql", service.graphql, methods=METHODS),
        Route("/schema.graphql", service.contract),
        Route("/health", service.health),
        Route("/ready", service.ready),
        *([Route(METRICS, service.meter.page)] if service.settings.metrics else []),
        *start.routes(_facts(service.settings, questions)),
    ]
    return Starlette(routes=routes, middleware=_middleware(service, routes), lifespan=service.lifespan)


def _middleware(service: Service, routes: Sequence[BaseRoute]) -> list[Middleware]:
    """What a request passes, from the outside in."""
    meter, paths = service.meter, frozenset(route.path for route in routes if isinstance(route, Route))
    seconds = (service.deadlines or Deadlines()).request
    return [
        Middleware(Sniffless),
        Middleware(Accounts, paths=paths, done=meter.request),
        Middleware(GZipMiddleware, minimum_size=COMPRESSED, compresslevel=4),
        Middleware(Deadline, seconds=seconds, unanswered=meter.unanswered),
        Middleware(CancelOnDisconnect, unanswered=meter.unanswered),
        Middleware(Admission, unlimited=UNLIMITED, unanswered=meter.unanswered),
    ]


def _facts(settings: Settings, questions: Sequence[start.Example]) -> start.Facts:
    engine = "the embedded engine" if isinstance(settings.store, Folder) else "Neo4j"
    return start.Facts(engine, version("paddock"), settings.association, tuple(questions))


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
) -> None:
    """Answer on an address until a signal comes; `ready` is told the address once it listens. Port 0: any free one."""
    bound = _bound(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}"
    service = Service(settings, reading=reading)
    application = _application(service, questions)
    config = uvicorn.Config(
        application,
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
        async with application.router.lifespan_context(application):
            await Server(config, lambda: ready(address), service).serve([bound])

    with bound, asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(serving())


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
