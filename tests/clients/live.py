"""A server on a port of its own, for clients that speak to nothing less."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn

from service.app import app
from service.engines.stores import Store
from tests.conftest import PATIENT
from tests.service.test_app import settings


@asynccontextmanager
async def live(store: Store, association: str | None = None) -> AsyncGenerator[str]:
    """The address of a server over a store, until the block ends."""
    application = app(settings(store, association), deadlines=PATIENT)
    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_config=None, log_level="critical"))
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        async with application.router.lifespan_context(application):
            serving = asyncio.create_task(server.serve([bound]))
            try:
                yield f"http://127.0.0.1:{bound.getsockname()[1]}"
            finally:
                server.should_exit = True
                await serving
