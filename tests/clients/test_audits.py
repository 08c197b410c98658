"""The audits of graphql-http against a live server; skipped, and said so, where Node.js or its packages are missing."""

import asyncio
import json
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from service.app import app
from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.conftest import PATIENT
from tests.schema.paddock import paddock
from tests.service.test_app import settings, token

HERE = Path(__file__).parent
NODE = shutil.which("node")
INSTALLED = (HERE / "node_modules" / "graphql-http").is_dir()


@pytest.mark.embedded
@pytest.mark.skipif(NODE is None, reason="NOT AUDITED: node is missing; install Node.js 20 or newer")
@pytest.mark.skipif(not INSTALLED, reason="NOT AUDITED: run `npm ci` in tests/clients first")
async def test_graphql_over_http_is_spoken_as_its_audits_want_it(embedded: Engine, embedded_store: Folder) -> None:
    await paddock().save(embedded)
    secret = await token(embedded, Role.MEMBERS)
    application = app(settings(embedded_store), deadlines=PATIENT)
    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_config=None, log_level="critical"))
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/graphql"
        async with application.router.lifespan_context(application):
            serving = asyncio.create_task(server.serve([bound]))
            try:
                found = await audited(url, secret)
            finally:
                server.should_exit = True
                await serving

    assert found == {"audits": 61, "failed": []}


async def audited(url: str, secret: str) -> Any:
    """What the audits say of a server."""
    run = await asyncio.create_subprocess_exec(
        str(NODE), str(HERE / "audits.mjs"), url, secret, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await run.communicate()
    assert run.returncode == 0
    return json.loads(out)
