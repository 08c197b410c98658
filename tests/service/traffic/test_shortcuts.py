"""What goes past routing, and what does not."""

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from service.traffic.shortcuts import Shortcut


async def test_what_is_posted_to_the_path_goes_past_the_router_and_nothing_else_does() -> None:
    async def short(request: Request) -> Response:
        return PlainTextResponse(b"short " + await request.body())

    async def routed(request: Request) -> Response:
        return PlainTextResponse(b"routed " + await request.body())

    routes = [Route(path, routed, methods=["GET", "POST"]) for path in ("/graphql", "/health")]
    app = Shortcut(Starlette(routes=routes), "/graphql", short)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://paddock.example") as client:
        answers = [
            await client.post("/graphql", content="a document"),
            await client.get("/graphql"),
            await client.put("/graphql"),
            await client.post("/health"),
            await client.post("/graphql/"),
        ]

    assert [(one.status_code, one.text) for one in answers] == [
        (200, "short a document"),
        (200, "routed "),
        (405, "Method Not Allowed"),
        (200, "routed "),
        (307, ""),
    ]
