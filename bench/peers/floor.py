"""The least that answers: a bare route that sends our statements with the driver and writes with orjson.

It knows no token, no limit and no GraphQL, and asks for the same rows by the same texts as our service. Whom somebody
knows stands in our service's memory; here a statement of its own finds them.
"""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.texts import literal
from service.graph.model import AgentKind, Identity
from service.graph.questions import agents, briefs, catalogues
from service.graph.questions.clocks import FOREVER
from service.graph.questions.filters import EVERYTHING
from service.graph.questions.rows import Current

URI, PASSWORD, VIS = "PADDOCK_STORE", "PADDOCK_STORE_PASSWORD", "BENCH_VIS"
KNOWN = (Path(__file__).parent / "known").with_suffix(".cypher").read_text("utf-8")
DAY = "2026-11-23"
OTHER_NAMES = 3  # where they stand in a row of an agent: id, name, label, other names
Rows = list[Any]
Answer = Callable[["Floor", Mapping[str, str]], Awaitable[object]]


class Floor:
    """A driver and what may be seen."""

    def __init__(self, driver: AsyncDriver, vis: Sequence[int]) -> None:
        """Ask through this driver."""
        self.driver, self.vis = driver, vis

    async def rows(self, text: str, **given: object) -> Rows:
        """The rows of a statement."""
        async with self.driver.session(default_access_mode=READ_ACCESS) as session:  # pyright: ignore[reportUnknownMemberType]
            result = await session.run(literal(f"CYPHER 5 {text}"), {**given, "vis": self.vis})
            record = await result.single(strict=True)
            found: Rows = record["rows"]
            return found

    async def listed(self, text: str, ids: Sequence[str], limit: int, **given: object) -> dict[str, list[Rows]]:
        """The list of each parent as lists of what its entries have, the last three their ends, names and the rest."""
        page = dict.fromkeys(("afterKey", "afterId", "beforeKey", "beforeId"))
        rows = await self.rows(
            text,
            ids=list(ids),
            known=FOREVER,
            day=DAY,
            current=[str(one) for one in Current],
            **page,
            backward=False,
            limit=limit + 1,
            **dict.fromkeys(("whose", "placed", "ends", "more"), False),
            **{"roles": False, **given},
        )
        return {parent: [one and one[:limit] for one in found] for parent, _, *found in rows}


async def person(floor: Floor, variables: Mapping[str, str]) -> object:
    """One by id."""
    ids = [variables["id"]]
    (found,), identifiers, jobs = await asyncio.gather(
        floor.rows(agents.BY_ID.text, ids=ids),
        floor.rows(agents.IDENTIFIERS.text, ids=ids),
        floor.listed(briefs.AFFILIATIONS.query.text, ids, 20, disputes="LATEST", roles=True),
    )
    known_by = dict(identifiers).get(ids[0], [])
    return {
        "person": {
            **_named(found),
            "otherNames": found[OTHER_NAMES],
            "mergedIds": _merged(ids[0], known_by),
            "identifiers": [{"scheme": scheme, "value": value} for scheme, value, _ in known_by],
            "affiliations": _edges(
                {"role": role, "organization": {"id": firm, "name": name}} for role, firm, name in _jobs(jobs, ids[0])
            ),
        }
    }


async def organizations(floor: Floor, _: Mapping[str, str]) -> object:
    """The first fifty, with what they can do and who is there."""
    found = await _page(floor, catalogues.ORGANIZATIONS.ascending.text, 50)
    ids = [row[0] for row in found]
    able, people = await asyncio.gather(
        floor.listed(briefs.CAPABILITIES.query.text, ids, 100),
        floor.listed(briefs.PEOPLE.query.text, ids, 10, disputes="LATEST"),
    )
    return {
        "organizations": _edges(
            {
                **_named(row),
                "capabilities": _edges({"capability": {"name": name}} for name in _names(able, row[0])),
                "people": _edges({"person": {"name": name}} for name in _names(people, row[0])),
            }
            for row in found
        )
    }


async def people(floor: Floor, _: Mapping[str, str]) -> object:
    """The first thousand, with their jobs."""
    found = await _page(floor, catalogues.PEOPLE.ascending.text, 1000)
    ids = [row[0] for row in found]
    merged, jobs = await asyncio.gather(
        floor.rows(agents.MERGED.text, ids=ids),
        floor.listed(briefs.AFFILIATIONS.query.text, ids, 20, disputes="LATEST", roles=True),
    )
    leading = dict[str, Rows](merged)
    return {
        "people": _edges(
            {
                **_named(row),
                "otherNames": row[OTHER_NAMES],
                "mergedIds": leading.get(row[0], []),
                "affiliations": _edges(
                    {"role": role, "organization": {"name": name}} for role, _, name in _jobs(jobs, row[0])
                ),
            }
            for row in found
        )
    }


async def acquaintances(floor: Floor, variables: Mapping[str, str]) -> object:
    """One by id, whom they know, where those work, and who supplies that."""
    id = variables["id"]
    (found,), known = await asyncio.gather(floor.rows(agents.BY_ID.text, ids=[id]), floor.rows(KNOWN, id=id, limit=25))
    jobs = await floor.listed(briefs.AFFILIATIONS.query.text, [row["id"] for row in known], 20, disputes="LATEST")
    firms = dict.fromkeys(firm for _, _, _, ends, *_ in jobs.values() for firm in ends)
    suppliers = await floor.listed(briefs.SUPPLIERS.query.text, list(firms), 20)

    def firm(id: str, name: str) -> dict[str, Any]:
        _, ends, names, _ = suppliers.get(id, [[]] * 4)
        supplied = _edges({"supplier": {"id": one, "name": other}} for one, other in zip(ends, names, strict=True))
        return {"organization": {"id": id, "name": name, "suppliers": supplied}}

    near = [
        {"b": {**row, "affiliations": _edges(firm(end, name) for _, end, name in _jobs(jobs, row["id"], role=False))}}
        for row in known
    ]
    return {"person": {**_named(found), "knows": _edges(near)}}


def _jobs(jobs: Mapping[str, list[Rows]], id: str, *, role: bool = True) -> Iterable[tuple[Any, Any, Any]]:
    """Of each job of somebody the role, where that was asked, and the id and name of the firm."""
    _, _, roles, ends, names, _ = jobs.get(id, [[]] * 6)
    return zip(roles if role else [None] * len(ends), ends, names, strict=True)


def _names(listed: Mapping[str, list[Rows]], id: str) -> Rows:
    *_, names, _ = listed.get(id, [[], []])
    return names


async def _page(floor: Floor, text: str, limit: int) -> Rows:
    high = dict.fromkeys(("highKey", "highId"))
    return (await floor.rows(text, filter=EVERYTHING, lowKey="", lowId="", **high, limit=limit + 1))[:limit]


def _merged(id: str, known_by: Rows) -> list[str]:
    made = {Identity(AgentKind(kind), scheme, value).agent for scheme, value, kind in known_by}
    return sorted(made - {id})


def _named(row: Sequence[Any]) -> dict[str, Any]:
    return {"id": row[0], "name": row[1]}


def _edges(nodes: Iterable[object]) -> dict[str, object]:
    return {"edges": [{"node": node} for node in nodes]}


ANSWERS: Mapping[str, Answer] = {
    "person": person,
    "organizations": organizations,
    "people": people,
    "acquaintances": acquaintances,
}


def app(uri: str, password: str, vis: Sequence[int]) -> Starlette:
    """The application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        async with AsyncGraphDatabase.driver(uri, auth=("neo4j", password)) as driver:  # pyright: ignore[reportUnknownMemberType]
            app.state.floor = Floor(driver, vis)
            yield

    async def answer(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        data = await ANSWERS[asked["query"]](request.app.state.floor, asked["variables"])
        return Response(orjson.dumps({"data": data}), media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])], lifespan=lifespan)


def main() -> None:
    """Answer at any free port until a signal comes."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    application = app(os.environ[URI], os.environ[PASSWORD], orjson.loads(os.environ[VIS]))
    config = uvicorn.Config(application, http="httptools", loop="uvloop", access_log=False, log_level="critical")
    sys.stderr.write(f"answers at http://127.0.0.1:{bound.getsockname()[1]} now\n")
    sys.stderr.flush()
    uvicorn.Server(config).run([bound])


if __name__ == "__main__":
    main()
