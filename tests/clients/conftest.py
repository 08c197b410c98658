"""A server over the small paddock for the programs of others."""

from collections.abc import AsyncIterator

import pytest

from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.clients.live import Served, live
from tests.schema.paddock import paddock
from tests.service.test_app import token


@pytest.fixture(params=[Role.MEMBERS])
async def served(request: pytest.FixtureRequest, embedded: Engine, embedded_store: Folder) -> AsyncIterator[Served]:
    """The address of a server over the small paddock, and the token of a member unless a test wants another's."""
    await paddock().save(embedded)
    secret = await token(embedded, request.param)
    async with live(embedded_store, "org-mia") as url:
        yield url, secret
