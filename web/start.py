"""The page one meets first: what this server answers and how to ask it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

HERE = Path(__file__).parent
# The page runs no script and loads nothing but its own style and letters.
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words, and the command that asks it."""

    text: str
    command: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page says of the server it stands on."""

    engine: str
    version: str
    association: str | None = None
    explorer: bool = True
    questions: tuple[Example, ...] = ()


def routes(facts: Facts) -> list[BaseRoute]:
    """The start page and the files it is made of."""
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    page = pages.get_template("start.html")

    async def start(request: Request) -> HTMLResponse:
        html = page.render(asdict(facts), address=str(request.base_url).rstrip("/"))
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    return [Route("/", start), Mount("/static", StaticFiles(directory=HERE / "static"))]
