"""A server on a port of its own, for clients that speak to nothing less, and what these put out."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn

from service.app import app
from service.engines.stores import Store
from tests.conftest import PATIENT
from tests.service.test_app import settings

HERE = Path(__file__).parent
NODE = shutil.which("node")
BIN = HERE / "node_modules" / ".bin"
LONGEST = 300  # seconds for a program that takes a few where nothing else runs
by_node = pytest.mark.skipif(
    NODE is None or not BIN.is_dir(), reason="NOT RUN: install Node.js 20, then `npm ci` in tests/clients"
)

Served = tuple[str, str]  # the address of a server, and a token


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


async def ran(*command: object, cwd: Path = HERE, **environment: object) -> str:
    """What a program put out; fails with what it complained of."""
    running = await asyncio.create_subprocess_exec(
        *map(str, command),
        cwd=cwd,
        env=os.environ | {name: str(value) for name, value in environment.items()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(LONGEST):
            out, complaint = await running.communicate()
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
    assert running.returncode == 0, out.decode() + complaint.decode()
    return out.decode()
