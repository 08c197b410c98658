"""The GraphiQL page: all of it comes from the server, under a policy that lets nothing else run."""

import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from service.app import app
from service.engines.stores import Folder
from tests.service.test_app import settings

STATIC = Path(__file__).parents[2] / "web" / "static"


def client(tmp_path: Path, *, graphiql: bool = True) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app(replace(settings(Folder(tmp_path / "store")), graphiql=graphiql)))
    return httpx.AsyncClient(transport=transport, base_url="http://paddock.example")


async def test_the_page_lets_only_what_this_server_sends_run(tmp_path: Path) -> None:
    async with client(tmp_path) as asking:
        first, second = await asking.get("/graphiql"), await asking.get("/graphiql")

    nonces = [re.findall(r'data-nonce="([\w-]{22})"', one.text) for one in (first, second)]
    assert len({*nonces[0], *nonces[1]}) == 2
    assert first.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
        f"style-src 'self' 'nonce-{nonces[0][0]}'; font-src 'self'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
    assert (first.headers["cache-control"], first.headers["referrer-policy"]) == ("no-store", "no-referrer")


async def test_all_the_page_is_made_of_is_on_this_server(tmp_path: Path) -> None:
    async with client(tmp_path) as asking:
        page = (await asking.get("/graphiql")).text
        loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
        workers = [f"/static/graphiql/{name}.worker.js" for name in ("editor", "graphql", "json")]
        statuses = {one: (await asking.get(one)).status_code for one in (*loaded, *workers)}

    assert loaded == [
        "/static/paddock.css",
        "/static/graphiql/page.css",
        "/static/graphiql.css",
        "/static/graphiql/page.js",
    ]
    assert set(statuses.values()) == {200}
    assert re.findall(r'(?:src|href)="(?!/|data:,")[^"]*"', page) == []


def test_the_styles_load_no_letters_and_pictures_from_elsewhere() -> None:
    styles = (STATIC / "graphiql" / "page.css").read_text("utf-8") + (STATIC / "graphiql.css").read_text("utf-8")

    assert {one[:10] for one in re.findall(r"url\(\s*[\"']?([^\"')]+)", styles)} == {"./codicon.", "data:image"}
    assert "@import" not in styles


def test_whoever_wrote_a_part_of_the_page_is_named_with_its_licence() -> None:
    text = (STATIC / "graphiql" / "LICENSES.txt").read_text("utf-8")
    named = re.findall(r"^((?:@[\w.-]+/)?[\w.-]+) \d[\w.-]*: (\S.*)$", text, re.MULTILINE)

    assert {"graphiql", "graphql", "monaco-editor", "react", "react-dom"} <= {name for name, _ in named}
    assert {licence for _, licence in named} == {"MIT", "Apache-2.0", "BSD-2-Clause", "0BSD"}


@pytest.mark.parametrize(("graphiql", "status"), [(True, 200), (False, 404)])
async def test_the_start_page_leads_to_it_unless_it_is_switched_off(
    tmp_path: Path, *, graphiql: bool, status: int
) -> None:
    async with client(tmp_path, graphiql=graphiql) as asking:
        start, page = await asking.get("/"), await asking.get("/graphiql")

    assert ('href="/graphiql"' in start.text, page.status_code) == (graphiql, status)
