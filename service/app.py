"""The server: GraphQL, its contract, the start page, and whether it is well. One event loop holds all of it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import partial
from importlib.metadata import version

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import schema
from schema.context import Context
from service import audit, exchange, spans
from service.audit import Auditor
from service.auth import Right, Viewer
from service.engines.protocol import Deadlines
from service.engines.stores import Folder
from service.engines.turns import together
from service.errors import Code, ServiceError
from service.exchange import Asked, Media
from service.frames import Framed
from service.graph import documents
from service.graph.projection import Progress, unwatched
from service.graph.questions.ties import Network
from service.graph.store import Graph
from service.network import network
from service.opening import opened
from service.persisted import Documents, Named, registered
from service.settings import Settings
from service.traffic.accounts import Accounts, account
from service.traffic.admission import Admission
from service.traffic.callers import Caller, Callers
from service.traffic.compression import Compression
from service.traffic.deadlines import Deadline
from service.traffic.departures import CancelOnDisconnect
from service.traffic.marks import Marks
from service.traffic.meter import Meter
from service.traffic.rates import Rates
from service.traffic.shortcuts import Shortcut
from web import explorer, start

LOG = logging.getLogger(__name__)

FRESH = 1  # seconds for which an answer of the store proves that it answers, however busy it is since
GRAPHQL, METRICS = "/graphql", "/metrics"
UNLIMITED = frozenset({"/health", "/ready", "/schema.graphql", METRICS})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # so that what is refused is refused with a code
NO_STORE = {"Cache-Control": "no-store"}


class Service:
    """What answers requests between start and stop."""

    def __init__(self, settings: Settings, deadlines: Deadlines | None = None, reading: Progress = unwatched) -> None:
        """Nothing is opened yet; `reading` will be told how far the ties have been read."""
        self.settings = settings
        self.deadlines = deadlines
        self.reading = reading
        self.meter = Meter()
        self.callers = Callers(Rates(settings.rate_limit, settings.rate_limit_address, self.meter.limited))
        self.documents = Documents()
        self.stopping = False
        self._answered: float | None = None  # when the store last did
        self._graph: Graph | None = None
        self._network: Network | None = None
        self._auditor: Auditor | None = None
        self._reading: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncGenerator[None, None]:
        """Hold the store open; its ties are read beside, so that the first question need not wait for all of it."""
        async with opened(self.settings, self.deadlines, self._heard) as graph:
            self._graph = graph
            self._network = network(self.settings, graph, self.reading)
            self._auditor = Auditor(graph)
            self._auditor.begin()
            self._reading = asyncio.create_task(self._network.projection())
            try:
                yield
            finally:
                self._reading.cancel()
                await asyncio.gather(
                    self._reading, self._network.close(), self._auditor.close(), return_exceptions=True
                )

    async def read(self) -> None:
        """Nothing, once the ties have been read, or cannot be."""
        if self._reading is not None:
            await asyncio.wait({self._reading})

    async def graphql(self, request: Request) -> Response:
        """The answer to a document, and how much more may be asked."""
        caller = self.callers.caller(request)
        with spans.request(request.headers), together():
            response = await self._answer(request, caller)
            spans.note("status", int(response.status_code))
        response.raw_headers += [(name.lower().encode(), value.encode()) for name, value in caller.headers().items()]
        return response

    async def _answer(self, request: Request, caller: Caller) -> Response:
        media = exchange.Media()
        try:
            media = exchange.media(request)
            exchange.check_method(request)
            caller.admit()
            return await self._served(request, caller, media)
        except ServiceError as error:
            return exchange.refusal(error, media.whole)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        except Exception:
            LOG.exception("a GraphQL request failed")
            return exchange.refusal(ServiceError(Code.INTERNAL, "internal error"), media.whole, _id())

    async def _served(self, request: Request, caller: Caller, media: Media) -> Response:
        graph, _network = self._open()
        viewer = await caller.viewer(graph) if caller.before is None else None
        try:
            asked = await exchange.asked(request)
        except ServiceError:
            if viewer is None:
                await caller.viewer(graph)  # who may not ask at all is told that, and not what is wrong with the rest
            raise
        if viewer is None and media.parts is None and (query := await self._plain(caller, asked)) is not None:
            context, response = await caller.answered(
                graph, query, partial(self._run, caller, query, asked), _remembered
            )
            return await self._told(context, query, asked, response, media)
        context = self._context(caller, viewer or await caller.viewer(graph))
        query = await self._document(context, asked.named)
        await schema.prepare(query)
        if schema.changes(query, asked.operation_name):
            exchange.check_change(request)
        if media.parts is not None:
            return await self._parts(context, query, asked, media)
        return await self._told(context, query, asked, await _response(context, query, asked), media)

    async def _plain(self, caller: Caller, asked: Asked) -> str | None:
        """The document of a request that sends it whole, reads, and needs nothing to be looked up first."""
        query, before = asked.named.query, caller.before
        bound = before is not None and before.token is not None and before.token.registered_only is True
        if query is None or asked.named != Named(query) or bound or self.settings.documents == "registered":
            return None
        await schema.prepare(query)
        return None if schema.changes(query, asked.operation_name) else query

    async def _run(
        self, caller: Caller, query: str, asked: Asked, viewer: Viewer
    ) -> tuple[Context, Mapping[str, object]]:
        context = self._context(caller, viewer)
        return context, await _response(context, query, asked)

    async def _told(
        self, context: Context, query: str, asked: Asked, response: Mapping[str, object], media: Media
    ) -> Response:
        """A response, once whom it shows is in the audit."""
        await self._audited(context, query, asked.operation_name)
        spans.note("cost", context.cost)
        return exchange.answer(response, media.whole, context.cost, _id())

    async def _parts(self, context: Context, query: str, asked: Asked, media: Media) -> Response:
        """The answer to a document in parts, unless it wants none and a whole one will do."""
        response = await schema.run_in_parts(context, query, asked.variables, asked.operation_name)
        if isinstance(response, schema.Parts):
            return Framed(self._told_in_parts(context, query, asked, response), media.parts)
        await self._audited(context, query, asked.operation_name)
        if media.whole != media.parts or "data" not in response:
            return exchange.answer(response, media.whole, context.cost, _id())
        return Framed(self._told_in_parts(context, query, asked, schema.Parts(response)), media.parts)

    async def _told_in_parts(
        self, context: Context, query: str, asked: Asked, parts: schema.Parts
    ) -> AsyncGenerator[Mapping[str, object], None]:
        """The parts of an answer, each once whom it shows is in the audit."""
        async with aclosing(parts.rest) as rest:
            await self._audited(context, query, asked.operation_name)
            yield exchange.marked({**parts.first, "extensions": {"cost": context.cost}}, _id())
            async for part in rest:
                await self._audited(context, query, asked.operation_name)
                yield exchange.marked(part, _id())

    async def metrics(self, request: Request) -> Response:
        """What this server has done, in numbers; UNAUTHENTICATED or FORBIDDEN where not everybody may read them."""
        if self.settings.metrics == "token":
            try:
                graph, _network = self._open()
                caller = self.callers.caller(request)
                caller.admit()
                (await caller.viewer(graph)).require(Right.ADMINISTER)
            except ServiceError as error:
                return exchange.refusal(error)
        return await self.meter.page(request)

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

    async def _document(self, context: Context, named: Named) -> str:
        """The document a request means, sent or named."""

        async def find(document: str) -> str | None:
            return await documents.text(context.graph, context.viewer.token, document)

        if context.viewer.registered_only or self.settings.documents == "registered":
            return await registered(named, find)
        return await self.documents.document(context.viewer.principal, named, find)

    def _context(self, caller: Caller, viewer: Viewer) -> Context:
        graph, network = self._open()
        return Context(graph, network, viewer, self.settings.association, self.settings.brokering, spend=caller.spend)

    async def _audited(self, context: Context, query: str, operation: str | None) -> None:
        """Nothing, once whom an answer shows is in the audit, or on its way there; UNAVAILABLE where it cannot be."""
        if context.shown and self._auditor is not None:
            viewer = context.viewer
            shown = audit.shown(viewer, context.graph.clock(), *schema.asked(query, operation), context.shown)
            context.shown.clear()
            await self._auditor.enter(shown, before=audit.first(viewer))

    def _heard(self, name: str, seconds: float, failure: Code | None) -> None:
        self.meter.statement(name, seconds, failure)
        spans.done("database", seconds, query=name)
        if failure is None:
            self._answered = time.monotonic()

    def _open(self) -> tuple[Graph, Network]:
        if self._graph is None or self._network is None:
            raise ServiceError(Code.UNAVAILABLE, "the server is starting; try again in a moment")
        return self._graph, self._network


def app(
    settings: Settings,
    *,
    questions: Sequence[start.Example] = (),
    deadlines: Deadlines | None = None,
    reading: Progress = unwatched,
) -> Starlette:
    """The application over a store; `questions` stand on its start page."""
    return application(Service(settings, deadlines, reading), questions)


def application(service: Service, questions: Sequence[start.Example] = ()) -> Starlette:
    """The application that hands requests to a service."""
    routes = [
        Route(GRAPHQL, service.graphql, methods=METHODS),
        Route("/schema.graphql", service.contract),
        Route("/health", service.health),
        Route("/ready", service.ready),
        *([] if service.settings.metrics == "off" else [Route(METRICS, service.metrics)]),
        *([explorer.route()] if service.settings.graphiql else []),
        *start.routes(_facts(service.settings, questions)),
    ]
    return Starlette(routes=routes, middleware=_middleware(service, routes), lifespan=service.lifespan)


async def _response(context: Context, query: str, asked: Asked) -> Mapping[str, object]:
    return await schema.run(context, query, asked.variables, asked.operation_name)


def _remembered(answer: tuple[Context, Mapping[str, object]]) -> bool:
    """Whether anything of an answer was kept in memory."""
    context, _ = answer
    return context.remembered


def _id() -> str | None:
    """The id of the request this is done for."""
    own = account()
    return None if own is None else own.id


def _middleware(service: Service, routes: Sequence[BaseRoute]) -> list[Middleware]:
    """What a request passes, from the outside in."""
    meter, paths = service.meter, frozenset(route.path for route in routes if isinstance(route, Route))
    seconds = (service.deadlines or Deadlines()).request
    return [
        Middleware(Accounts, paths=paths, done=meter.request),
        Middleware(Marks),
        Middleware(Compression, excluded=(exchange.MIXED, exchange.EVENTS)),  # a part is not to wait for the next
        Middleware(Deadline, seconds=seconds, unanswered=meter.unanswered),
        Middleware(CancelOnDisconnect, unanswered=meter.unanswered),
        Middleware(Admission, unlimited=UNLIMITED, unanswered=meter.unanswered),
        Middleware(Shortcut, path=GRAPHQL, endpoint=service.graphql),
    ]


def _facts(settings: Settings, questions: Sequence[start.Example]) -> start.Facts:
    engine = "the embedded engine" if isinstance(settings.store, Folder) else "Neo4j"
    return start.Facts(engine, version("paddock"), settings.association, settings.graphiql, tuple(questions))
