"""The page on which documents are typed, sent and explained: GraphiQL, served whole from here."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

HERE = Path(__file__).parent
PATH = "/graphiql"
NONCE_BYTES = 16
# Only what this server sends runs. Styles the editor makes as it goes carry the nonce, as nobody else's can.
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'nonce-{nonce}';"
    " font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def route() -> Route:
    """Where the page is."""
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    page = pages.get_template("graphiql.html")

    async def explorer(_: Request) -> HTMLResponse:
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        headers = {
            "Content-Security-Policy": POLICY.format(nonce=nonce),
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        return HTMLResponse(page.render(nonce=nonce), headers=headers)

    return Route(PATH, explorer)
