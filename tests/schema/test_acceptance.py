"""What an association would try first: crowds, dates as they are written, corrections, and people of two members."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, cast

from service.engines.protocol import Engine, Record, SchemaItem, Transaction
from service.graph.store import Graph
from tests.graph import sayings
from tests.graph.little import GAZETTE, NOW, SECRET, Little
from tests.graph.sayings import Saying
from tests.schema.paddock import ask, context, data

T = TypeVar("T")


@dataclass
class Counted:
    """An engine that notes how much each statement answered."""

    inner: Engine
    name: ClassVar[str] = "counted"
    answered: list[int] = field(default_factory=list[int])

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[Record]:
        found = await self.inner.read(text, parameters)
        self.answered.append(sum(len(cast("list[object]", one["rows"])) for one in found if "rows" in one))
        return found

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        return await self.inner.write(work)

    async def define(self, text: str) -> None:
        await self.inner.define(text)

    async def schema(self) -> list[SchemaItem]:
        return await self.inner.schema()

    async def close(self) -> None:
        await self.inner.close()


KNOWS = """query ($id: ID!, $after: Cursor) { person(id: $id) { knows(first: 20, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node {
    b { name } strength evidence(first: 3) { totalCount edges { node { kind provenance { source { title } } } } }
  } }
} } }"""


async def test_the_first_page_of_a_person_of_five_thousand_ties_takes_no_more_than_that_of_one_of_fifty(
    engine: Engine,
) -> None:
    made = Little()
    for id, ties in (("per-many", 5000), ("per-few", 50)):
        made.node(id, id)
        for number in range(ties):
            other = f"{id}-{number:04d}"
            made.node(other, f"Friend {number}")
            made.knows(id, other, f"kno-{other}", on="2026-10-01", confidence=(number + 1) / ties)
    await made.save(engine)
    counted = Counted(engine)
    asked = await context(Graph(counted, lambda: NOW, SECRET))
    await asked.network.projection()

    async def page(id: str, after: str | None = None) -> tuple[dict[str, Any], list[int]]:
        counted.answered.clear()
        fresh = type(asked)(asked.graph, asked.network, asked.viewer)
        response = await ask(fresh, KNOWS, id=id, after=after)
        assert response.get("errors") is None
        return response["data"]["person"]["knows"], sorted(counted.answered)

    few, small = await page("per-few")
    many, large = await page("per-many")
    rest, next_page = await page("per-many", many["pageInfo"]["endCursor"])

    assert (few["totalCount"], many["totalCount"], rest["totalCount"]) == (50, 5000, 5000)
    names = [edge["node"]["b"]["name"] for edge in (*many["edges"], *rest["edges"])]
    assert names == [f"Friend {number}" for number in range(4999, 4959, -1)]
    assert many["pageInfo"]["hasNextPage"]
    # Five statements, none of which answers more than the page or the person it is about.
    assert small == large == next_page == [1, 20, 20, 20, 20]


async def test_dates_are_told_as_they_were_loaded_and_an_unknown_one_is_not_current(engine: Engine) -> None:
    ada, forge = sayings.person("Ada"), sayings.organization("Forge")
    written = {
        "in a year": ("2019", ".."),
        "to a month": ("2019-05", "2024-02"),
        "to a day": ("2019-05-03", "2020"),
        "unknown": (None, None),
        "begun": ("2019", None),
        "ended": (None, "2020-01"),
        "ever": ("..", ".."),
    }
    register = Saying("register").names(ada, "Ada").names(forge, "Forge")
    for role, (start, end) in written.items():
        register.says("WORKS_FOR", ada, forge, role, start=start, end=end, role=role)
    graph = Graph(engine, lambda: NOW, SECRET)
    await sayings.loaded(graph, register)

    async def told(rest: str) -> dict[str, tuple[str | None, str | None, str]]:
        wanted = "{ edges { node { role start end current } } }"
        query = f'{{ person(id: "{ada.agent}") {{ affiliations{rest} {wanted} }} }}'
        edges = (await data(graph, query))["person"]["affiliations"]["edges"]
        return {one["role"]: (one["start"], one["end"], one["current"]) for one in (edge["node"] for edge in edges)}

    current = {
        "in a year": "YES",
        "to a month": "NO",
        "to a day": "NO",
        "unknown": "UNKNOWN",
        "begun": "UNKNOWN",
        "ended": "NO",
        "ever": "YES",
    }
    assert await told("") == {role: (*dates, current[role]) for role, dates in written.items()}
    assert sorted(await told('(asOf: "2026-11-23")')) == ["begun", "ever", "in a year", "unknown"]
    people = f'{{ organization(id: "{forge.agent}") {{ people(current: YES) {{ edges {{ node {{ role }} }} }} }} }}'
    found = (await data(graph, people))["organization"]["people"]["edges"]
    assert sorted(edge["node"]["role"] for edge in found) == ["ever", "in a year"]


async def test_a_back_dated_correction_changes_what_is_told_of_a_day_but_not_what_was_known_before(
    engine: Engine,
) -> None:
    ada, ben, forge = sayings.person("Ada"), sayings.person("Ben"), sayings.organization("Forge")

    def register(start: str) -> Saying:
        said = Saying("register").names(ada, "Ada").names(ben, "Ben").names(forge, "Forge")
        said.says("WORKS_FOR", ada, forge, start=start, end="..", unit="employer:forge")
        return said.says("WORKS_FOR", ben, forge, start="2015-01-01", end="..", unit="employer:forge")

    await sayings.loaded(sayings.graph(engine, "2026-03-01T00:00:00.000000Z"), register("2020-01-01"))
    await sayings.loaded(sayings.graph(engine, "2026-09-01T00:00:00.000000Z"), register("2018-01-01"))
    graph = Graph(engine, lambda: NOW, SECRET)
    query = f"""query ($day: Date, $known: DateTime) {{
      person(id: "{ada.agent}") {{ affiliations(asOf: $day, knownAt: $known) {{ edges {{ node {{ start }} }} }} }}
      tie(a: "{ada.agent}", b: "{ben.agent}", asOf: $day, knownAt: $known) {{ firstEvidence }}
    }}"""

    async def told(day: str, known: str | None) -> tuple[list[str], str | None]:
        answer = await data(graph, query, day=day, known=known)
        starts = [edge["node"]["start"] for edge in answer["person"]["affiliations"]["edges"]]
        return starts, answer["tie"] and answer["tie"]["firstEvidence"]

    before, after = "2026-06-01T00:00:00Z", "2026-10-01T00:00:00Z"
    assert await told("2019-06-01", None) == (["2018-01-01"], "2018-01-01")
    assert await told("2019-06-01", after) == (["2018-01-01"], "2018-01-01")
    assert await told("2019-06-01", before) == ([], None)
    assert await told("2021-06-01", before) == (["2020-01-01"], "2020-01-01")
    assert await told("2021-06-01", None) == (["2018-01-01"], "2018-01-01")


async def test_who_works_for_two_members_is_one_of_ours_until_both_have_ended(engine: Engine) -> None:
    made = Little()
    for id in ("org-mia", "org-forge", "org-gears", "per-ann", "per-target"):
        made.node(id, f"name of {id}")
    dates = {"start": "2010-01-01", "end": "..", "earliest": "2010-01-01", "latest": "9999-12-31"}
    for firm in ("org-forge", "org-gears"):
        made.claim("MEMBER_OF", firm, "org-mia", f"clm-{firm}", **dates)
    for firm, last in (("org-forge", "2026-03-31"), ("org-gears", "2026-06-30")):
        stay = {"start": "2020-01-01", "end": last, "earliest": "2020-01-01", "latest": last}
        made.claim("WORKS_FOR", "per-ann", firm, f"clm-ann-{firm}", source=GAZETTE.id, **stay)
    made.knows("per-ann", "per-target", "kno-1", on="2026-01-15")
    graph = await made.save(engine)
    asked = await context(graph, association="org-mia")

    async def ours(day: str) -> list[tuple[str, str]]:
        query = f"""{{ whoKnows(target: "per-target", asOf: "{day}") {{
          paths {{ onBehalfOf {{ id }} from {{ id }} }}
        }} }}"""
        response = await ask(asked, query)
        paths = response["data"]["whoKnows"]["paths"]
        return sorted((path["onBehalfOf"]["id"], path["from"]["id"]) for path in paths)

    assert await ours("2026-03-31") == [("org-forge", "per-ann"), ("org-gears", "per-ann")]
    assert await ours("2026-04-01") == [("org-gears", "per-ann")]
    assert await ours("2026-06-30") == [("org-gears", "per-ann")]
    assert await ours("2026-07-01") == []
