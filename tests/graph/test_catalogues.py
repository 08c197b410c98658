"""All people, organizations and things by name, and what a filter keeps of them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.questions import catalogues
from service.graph.questions.catalogues import OrderDirection
from service.graph.questions.filters import OrganizationFilter, PersonFilter, TextFilter
from service.graph.questions.pages import Page, Slice
from service.graph.questions.rows import Agent, Capability, Event, Issue, Post
from service.graph.store import Graph, Scope
from tests.graph.little import EVERYBODY, EVERYTHING, GAZETTE, MEMBERS, STAFF, Little, organization, person

LASTING = {"start": "2019", "end": "..", "earliest": "2019-01-01", "latest": "9999-12-31"}
OVER = {"start": "2019", "end": "2021", "earliest": "2019-01-01", "latest": "2021-12-31"}
ANN, BEN, BEN_TOO = person("per-ann", "Ann Alloy", "Zoë"), person("per-b1", "Ben"), person("per-b2", "Ben")
CAT = person("per-cat", "Cat O'Brien")
FORGE = organization("org-forge", "Forge Ltd", "supplier", country="GB")
GEARS = organization("org-gears", "Gears Ltd", "race team", country="IT")
MIA, OAK = organization("org-mia", "Association", "association"), organization("org-oak", "Oak", "supplier")


def little() -> Little:
    """Four people and a hidden one, four organizations and a hidden one, and what they do."""
    made = Little()
    made.node(ANN.id, ANN.name, otherNames=["Zoë", "Agent"], otherNamesVis=[0, STAFF])
    for one in (BEN, BEN_TOO, CAT):
        made.node(one.id, one.name)
    made.node("per-hid", "Bea Hidden", vis=STAFF)
    for one in (FORGE, GEARS, MIA, OAK):
        made.node(one.id, one.name, kinds=list(one.kinds), country=one.country)
    made.node("org-hid", "Hidden Ltd", vis=STAFF, kinds=["donor"])
    made.node("src-hidden", title="A hidden source", vis=STAFF)
    made.node("cap-machining", "machining")
    made.node("cap-grinding", "grinding")
    made.claim("BROADER", "cap-grinding", "cap-machining", "clm-broader")
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-ann", **LASTING)
    made.claim("DIRECTOR_OF", BEN.id, FORGE.id, "clm-ben")
    made.claim("WORKS_FOR", BEN_TOO.id, FORGE.id, "clm-over", **OVER)
    made.claim("WORKS_FOR", CAT.id, FORGE.id, "clm-hidden", vis=STAFF, **LASTING)
    made.claim("WORKS_FOR", CAT.id, GEARS.id, "clm-unsourced", source="src-hidden", **LASTING)
    made.claim("MEMBER_OF", FORGE.id, MIA.id, "clm-member", **LASTING)
    made.claim("MEMBER_OF", GEARS.id, MIA.id, "clm-member-hidden", vis=MEMBERS, **LASTING)
    made.claim("HAS_CAPABILITY", FORGE.id, "cap-grinding", "clm-can", **LASTING)
    made.claim("HAS_CAPABILITY", OAK.id, "cap-machining", "clm-could", **OVER)
    made.claim("SUPPLIES", OAK.id, FORGE.id, "clm-tier-two", **LASTING)
    made.claim("SUPPLIES", FORGE.id, GEARS.id, "clm-tier-one", **LASTING)
    made.claim("SUPPLIES", "org-hid", GEARS.id, "clm-of-hidden", **LASTING)
    return made


async def kept(graph: Graph, wanted: PersonFilter, scope: Scope = EVERYBODY) -> list[str]:
    return [row.id for row in (await catalogues.people(graph, scope, wanted)).rows]


async def firms(graph: Graph, wanted: OrganizationFilter, scope: Scope = EVERYBODY) -> list[str]:
    return [row.id for row in (await catalogues.organizations(graph, scope, wanted)).rows]


async def test_people_come_by_name_then_id_without_those_one_may_not_see(engine: Engine) -> None:
    graph = await little().save(engine)
    found = await catalogues.people(graph, EVERYBODY)
    assert (found.rows, found.has_next, found.has_previous, found.total) == (
        (ANN, BEN, BEN_TOO, CAT),
        False,
        False,
        None,
    )


async def test_organizations_come_from_the_last_when_that_is_asked(engine: Engine) -> None:
    graph = await little().save(engine)
    found = await catalogues.organizations(graph, EVERYBODY, direction=OrderDirection.DESC)
    assert found.rows == (OAK, GEARS, FORGE, MIA)


@pytest.mark.parametrize("direction", OrderDirection)
async def test_pages_follow_each_other_forward_and_backward_in_either_order(
    engine: Engine, direction: OrderDirection
) -> None:
    graph = await little().save(engine)

    async def page(**asked: Any) -> Slice[Agent]:
        return await catalogues.people(graph, EVERYBODY, direction=direction, page=Page(most=1000, **asked))

    whole = [ANN, BEN, BEN_TOO, CAT] if direction is OrderDirection.ASC else [CAT, BEN_TOO, BEN, ANN]
    first = await page(first=2, total=True)
    second = await page(first=2, after=first.cursors[-1])
    back = await page(last=1, before=second.cursors[0])
    last = await page(last=3)
    between = await page(first=4, after=first.cursors[0], before=second.cursors[-1])

    assert [list(one.rows) for one in (first, second, back, last, between)] == [
        whole[:2],
        whole[2:],
        [whole[1]],
        whole[1:],
        whole[1:3],
    ]
    assert [(one.has_previous, one.has_next) for one in (first, second, back, last, between)] == [
        (False, True),
        (True, False),
        (True, True),
        (True, False),
        (True, False),
    ]
    assert first.total == 4


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (TextFilter(eq="BEN"), [BEN.id, BEN_TOO.id]),
        (TextFilter(contains="brie"), [CAT.id]),
        (TextFilter(starts_with="zoe"), [ANN.id]),
        (TextFilter(starts_with="alloy"), []),
        (TextFilter(one_of=("cat obrien", "Ann  ALLOY")), [ANN.id, CAT.id]),
        (TextFilter(one_of=()), []),
        (TextFilter(contains="a", starts_with="c"), [CAT.id]),
        (TextFilter(), [ANN.id, BEN.id, BEN_TOO.id, CAT.id]),
    ],
)
async def test_a_name_is_compared_without_case_accents_and_marks(
    engine: Engine, name: TextFilter, found: list[str]
) -> None:
    graph = await little().save(engine)
    assert await kept(graph, PersonFilter(name=name)) == found


async def test_a_name_that_may_not_be_seen_keeps_nobody_and_leaves_nobody_out(engine: Engine) -> None:
    graph = await little().save(engine)
    named = PersonFilter(name=TextFilter(eq="agent"))
    everybody = [ANN.id, BEN.id, BEN_TOO.id, CAT.id]
    assert [await kept(graph, one) for one in (named, PersonFilter(none=named))] == [[], everybody]
    assert await kept(graph, named, EVERYTHING) == [ANN.id]


async def test_of_two_spellings_in_one_line_only_the_name_that_is_shown_is_compared(engine: Engine) -> None:
    made = Little()
    made.node("per-a", "Ann", otherNames=["ANN", "Agent", "Secret"], otherNamesVis=[0, 0, STAFF])
    made.nodes["Person:Agent"][0]["search"] = "ann\nagent\nsecret"
    graph = await made.save(engine)
    asked = ("ann", "agent", "secret")
    assert [await kept(graph, PersonFilter(name=TextFilter(eq=one))) for one in asked] == [["per-a"], [], []]


async def test_people_are_kept_by_where_they_are_or_may_be_today(engine: Engine) -> None:
    graph = await little().save(engine)
    works = PersonFilter(works_for=FORGE.id)
    assert await kept(graph, works) == [ANN.id, BEN.id]
    assert await kept(graph, PersonFilter(none=works)) == [BEN_TOO.id, CAT.id]
    assert await kept(graph, works, EVERYTHING) == [ANN.id, BEN.id, CAT.id]
    assert await kept(graph, PersonFilter(works_for=GEARS.id)) == []
    assert await kept(graph, PersonFilter(works_for="org-hid")) == await kept(graph, PersonFilter(works_for="org-no"))


async def test_what_a_later_source_contradicts_does_not_make_somebody_an_employee(engine: Engine) -> None:
    made = little()
    later = {**OVER, "recordedAt": "2026-02-01T00:00:00.000000Z", "source": GAZETTE.id}
    made.claim("WORKS_FOR", ANN.id, FORGE.id, "clm-later", **later)
    graph = await made.save(engine)
    assert await kept(graph, PersonFilter(works_for=FORGE.id)) == [BEN.id]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (OrganizationFilter(kind="supplier"), [FORGE.id, OAK.id]),
        (OrganizationFilter(country="gb"), [FORGE.id]),
        (OrganizationFilter(capability="cap-machining"), [FORGE.id]),
        (OrganizationFilter(capability="cap-none"), []),
        (OrganizationFilter(member_of=MIA.id), [FORGE.id]),
        (OrganizationFilter(suppliers=OrganizationFilter(kind="supplier")), [FORGE.id, GEARS.id]),
        (OrganizationFilter(suppliers=OrganizationFilter(kind="donor")), []),
        (OrganizationFilter(none=OrganizationFilter(suppliers=OrganizationFilter())), [MIA.id, OAK.id]),
        (OrganizationFilter(customers=OrganizationFilter(name=TextFilter(starts_with="gears"))), [FORGE.id]),
        (
            OrganizationFilter(
                suppliers=OrganizationFilter(suppliers=OrganizationFilter(name=TextFilter(eq="oak")), country="GB")
            ),
            [GEARS.id],
        ),
        (
            OrganizationFilter(
                some=(OrganizationFilter(country="IT"), OrganizationFilter(capability="cap-grinding")),
                none=OrganizationFilter(every=(OrganizationFilter(kind="race team"), OrganizationFilter(country="IT"))),
            ),
            [FORGE.id],
        ),
        (OrganizationFilter(kind="supplier", some=()), []),
        (OrganizationFilter(none=OrganizationFilter()), []),
    ],
)
async def test_organizations_are_kept_by_what_is_said_of_them(
    engine: Engine, wanted: OrganizationFilter, found: list[str]
) -> None:
    graph = await little().save(engine)
    assert await firms(graph, wanted) == found


async def test_a_filter_led_by_claims_is_paged_and_counted_like_any_other(engine: Engine) -> None:
    graph = await little().save(engine)
    wanted = OrganizationFilter(suppliers=OrganizationFilter(kind="supplier"))

    async def page(direction: OrderDirection, page: Page) -> Slice[Agent]:
        return await catalogues.organizations(graph, EVERYBODY, wanted, direction, page)

    first = await page(OrderDirection.ASC, Page(first=1, total=True))
    second = await page(OrderDirection.ASC, Page(first=1, after=first.cursors[0]))
    last = await page(OrderDirection.DESC, Page(first=1))
    back = await page(OrderDirection.ASC, Page(last=1, before=second.cursors[0]))
    assert [one.rows for one in (first, second, last, back)] == [(FORGE,), (GEARS,), (GEARS,), (FORGE,)]
    assert [(one.has_next, one.total) for one in (first, second, last)] == [(True, 2), (False, None), (True, None)]


async def test_things_come_by_name_from_either_end_and_are_counted(engine: Engine) -> None:
    made = Little()
    shown: dict[Callable[..., Awaitable[Slice[Any]]], list[Any]] = {
        catalogues.posts: [Post("pst-a", "Chair"), Post("pst-b", "Chair"), Post("pst-c", "Deputy")],
        catalogues.capabilities: [Capability(f"cap-{one}", one, ("x",)) for one in "abc"],
        catalogues.events: [Event(f"evt-{one}", one, "2026", "..") for one in "abc"],
        catalogues.issues: [Issue(f"iss-{one}", one) for one in "abc"],
    }
    for row in (row for rows in shown.values() for row in rows):
        more: dict[str, object] = {"altLabels": ["x"]} if isinstance(row, Capability) else {}
        made.node(row.id, row.name, **({"start": "2026", "end": ".."} if isinstance(row, Event) else more))
    for id in ("pst-h", "cap-h", "evt-h", "iss-h"):
        made.node(id, "a", vis=STAFF)
    graph = await made.save(engine)

    for ask, rows in shown.items():
        first = await ask(graph, EVERYBODY, Page(first=2, total=True))
        rest = await ask(graph, EVERYBODY, Page(first=2, after=first.cursors[-1]))
        last = await ask(graph, EVERYBODY, Page(last=1))
        before = await ask(graph, EVERYBODY, Page(last=2, before=last.cursors[0]))
        assert [list(one.rows) for one in (first, rest, last, before)] == [rows[:2], rows[2:], rows[2:], rows[:2]]
        assert (first.total, first.has_next, before.has_previous) == (3, True, False)


async def test_a_page_of_a_thousand_people_is_one_statement(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Little()
    for number in range(1001):
        made.node(f"per-{number:04}", f"Name {number % 7}")
    graph = await made.save(engine)
    asked = list[str]()
    read = type(engine).read

    async def counted(self: Engine, text: str, parameters: dict[str, object]) -> list[dict[str, object]]:
        asked.append(text)
        return await read(self, text, parameters)

    monkeypatch.setattr(type(engine), "read", counted)
    found = await catalogues.people(graph, EVERYBODY, page=Page(first=1000, most=1000))
    assert (len(found.rows), found.has_next, asked) == (1000, True, [catalogues.PEOPLE.ascending.text])


async def test_a_cursor_is_of_one_filter_and_one_order(engine: Engine) -> None:
    graph = await little().save(engine)
    cursor = (await catalogues.people(graph, EVERYBODY, page=Page(first=1))).cursors[0]
    page = Page(first=1, after=cursor)
    for refused in (
        catalogues.people(graph, EVERYBODY, PersonFilter(name=TextFilter(contains="a")), page=page),
        catalogues.people(graph, EVERYBODY, direction=OrderDirection.DESC, page=page),
        catalogues.organizations(graph, EVERYBODY, page=page),
        catalogues.posts(graph, EVERYBODY, page),
    ):
        with pytest.raises(ServiceError) as error:
            await refused
        assert error.value.code is Code.BAD_USER_INPUT
