"""Budgets: what a token may ask for in a minute, and how often an address may come without one."""

import re
from dataclasses import dataclass, replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.app import Service, application
from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder
from service.errors import Code, RateLimited
from service.traffic.rates import KEPT, WINDOW, Budget, Counters, Rates, network_of
from tests.conftest import PATIENT
from tests.schema.paddock import paddock
from tests.service.test_app import VIEWER, refused, settings, token


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def spent(budget: Budget, points: int) -> int | None:
    """None where so much was left; else after how many seconds it is."""
    try:
        budget.spend(points)
    except RateLimited as error:
        return error.after if error.code is Code.RATE_LIMITED else -1
    return None


def rates(clock: Clock, points: int = 10, failures: int = 3) -> tuple[Rates, list[str]]:
    heard: list[str] = []
    return Rates(points, failures, heard.append, clock), heard


def test_a_budget_is_spent_once_a_window_and_what_is_refused_takes_nothing_of_it() -> None:
    clock = Clock()
    found, heard = rates(clock)
    budget, other = found.token("tok-1"), found.token("tok-2")
    assert budget is not None
    assert other is not None

    untouched = dict(budget.headers())
    outcomes = [spent(budget, 7)]
    clock.now += 20.5
    outcomes += [spent(budget, 4), spent(budget, 3), spent(budget, 1), spent(other, 10)]
    told = dict(budget.headers())
    clock.now += 39.5
    outcomes.append(spent(budget, 10))

    assert untouched == {"RateLimit-Policy": '"cost";q=10;w=60', "RateLimit": '"cost";r=10'}
    assert outcomes == [None, 40, None, 40, None, None]
    assert told == {"RateLimit-Policy": '"cost";q=10;w=60', "RateLimit": '"cost";r=0;t=40'}
    assert heard == ["cost", "cost"]
    fresh = found.token("tok-3")
    assert fresh is not None
    assert spent(fresh, 11) == WINDOW  # more than there ever is: the window begins all the same
    heard.clear()
    large = Rates(1000, 1, heard.append, clock).token("tok-1")
    assert large is not None
    assert [large.headers()["RateLimit"] for _ in range(2) if spent(large, 11) is None] == [
        '"cost";r=980',
        '"cost";r=970',
    ]
    assert (found.address("::1"), replace(found, points=0).token("tok-1")) != (None, None)
    assert Rates(0, 0, heard.append).token("tok-1") is None


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 12)), max_size=40))
def test_no_window_ever_gives_more_than_its_budget(steps: list[tuple[int, int]]) -> None:
    clock = Clock()
    found, _ = rates(clock)
    budget = found.token("tok-1")
    assert budget is not None
    opened, taken = -1.0, 0
    for pause, points in steps:
        clock.now += pause
        if clock.now >= opened + WINDOW:
            opened, taken = -1.0, 0
        fits = taken + points <= 10
        assert (spent(budget, points) is None) == fits
        opened, taken = (clock.now if opened < 0 else opened), taken + points * fits


def test_memory_is_bounded_however_many_addresses_there_are() -> None:
    found, _ = rates(Clock())
    for number in range(KEPT + 50):
        budget = found.address(f"2001:db8:{number:x}::1")
        assert budget is not None
        budget.spend(1)
    counters = Counters(Clock(), kept=2)
    for key in ("a", "b", "a", "c"):
        counters.incr(key, WINDOW)
    assert [counters.get(key) for key in ("a", "b", "c")] == [2, 0, 1]
    assert found._strangers.counters.reset() == KEPT  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("testclient", "testclient"),
    ],
)
def test_addresses_that_one_customer_has_count_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


def limits(response: httpx.Response) -> tuple[str, str]:
    """Which policy an answer tells of, and what is left of it; the seconds depend on when it was asked."""
    found = re.fullmatch(r'"(\w+)";r=(\d+)(?:;t=(?:[1-5]?\d|60))?', response.headers["RateLimit"])
    assert found is not None
    return found[1], found[2]


@pytest.mark.embedded
async def test_a_token_asks_until_its_points_are_spent_and_an_address_guesses_only_so_often(
    embedded: Engine, embedded_store: Folder
) -> None:
    await paddock().save(embedded)
    secrets = [await token(embedded, Role.MEMBERS) for _ in range(2)]
    given = replace(settings(embedded_store), rate_limit=24, rate_limit_address=2)
    service = Service(given, PATIENT)
    app = application(service)
    transport = httpx.ASGITransport(app)
    people = "{ people(first: 20) { edges { node { name } } } }"

    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://a") as client:

        async def asked(secret: str | None, query: str = VIEWER) -> httpx.Response:
            headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
            return await client.post("/graphql", json={"query": query}, headers=headers)

        first, dear, late = [await asked(secrets[0], query) for query in (VIEWER, people, people)]
        wrong = [await asked(secret) for secret in (None, "pdk_guess", "pdk_other", secrets[1], secrets[0])]
        numbers = (await client.get("/metrics")).text

    assert (first.status_code, limits(first)) == (200, ("cost", "22"))
    assert first.headers["RateLimit-Policy"] == '"cost";q=24;w=60'
    assert (dear.status_code, limits(dear), dear.json()["extensions"]) == (200, ("cost", "1"), {"cost": 20})
    assert (late.status_code, limits(late), 1 <= int(late.headers["Retry-After"]) <= 60) == (429, ("cost", "0"), True)
    assert refused(late)[1] == "RATE_LIMITED"
    assert refused(late)[2].startswith("this token has asked for all it may for now; try again in ")
    assert [one.status_code for one in wrong] == [401, 401, 429, 429, 429]
    assert [limits(one) for one in wrong[:3]] == [("unauthenticated", left) for left in ("1", "0", "0")]
    assert [limits(one)[0] for one in wrong[3:]] == ["unauthenticated", "cost"]  # the one is not known yet
    assert refused(wrong[2])[2].startswith("too many requests came without a token that counts; try again in ")
    assert 'paddock_rate_limited_total{policy="cost"} 2.0' in numbers
    assert 'paddock_rate_limited_total{policy="unauthenticated"} 2.0' in numbers
