"""The client against a live server, over the small paddock: each question once, its whole answer."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from paddock import errors
from paddock.answers import Provenance, Thing
from paddock.client import Client
from paddock.frames import to_frame
from service.auth import Role
from service.engines.protocol import Engine
from service.engines.stores import Folder, Store
from tests.clients.live import live
from tests.graph.little import GAZETTE, Little
from tests.schema.paddock import LASTING, paddock
from tests.service.test_app import token

T = TypeVar("T")
DAY = date(2026, 11, 23)
THEN = datetime(2026, 11, 23, 12, tzinfo=UTC)
RECORDED = "2026-01-01T00:00:00.000000Z"
ASKED: dict[str, Any] = {"as_of": DAY, "known_at": THEN}
EXPECTED = Path(__file__).with_name("answers.json")
ANN, BEN, CAT, FORGE, GEARS = "per-ann", "per-ben", "per-cat", "org-forge", "org-gears"


def plain(value: Any) -> Any:
    """An answer as it reads: things by their names, numbers to four digits, moments as text."""
    if isinstance(value, Thing):
        return value.name
    if is_dataclass(value):
        found = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        return found["source"] if isinstance(value, Provenance) else found
    if isinstance(value, tuple | list):
        return [plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 4) if isinstance(value, float) else value


def peopled() -> Little:
    """The paddock with somebody at both ends of its joint, a card that was swapped, and an introduction."""
    made = paddock()
    made.claim("WORKS_FOR", BEN, GEARS, "clm-second", role="fitter", **LASTING)
    made.claim("MEMBER_OF", CAT, GEARS, "clm-third", **LASTING)
    made.node("crd-1", on="2026-11-13", swapped=True, source=GAZETTE.id)
    made.claim("GAVE_CARD", ANN, "crd-1", "clm-gave", on="2026-11-13", swapped=True)
    made.claim("RECEIVED_CARD", BEN, "crd-1", "clm-got", on="2026-11-13", swapped=True)
    made.node("int-1", source=GAZETTE.id, recordedAt=RECORDED, status="DRAFT", concerning="forging")
    for kind, person in (("REQUESTS", ANN), ("INTRODUCES", BEN), ("INTRODUCED_IN", CAT)):
        made.claim(kind, person, "int-1", f"clm-{kind}")
    return made


def questions(client: Client) -> dict[str, Any]:
    """Every question of the client, at noon of 23 November 2026."""
    one: dict[str, Any] = {**ASKED, "evidence": 1}
    return {
        "viewer": client.viewer(),
        "search": client.search("an", "PERSON"),
        "person": client.person(ANN),
        "organization": client.organization(FORGE),
        "agent": client.agent("gb-coh", "1"),
        "people": list(client.people({"name": {"startsWith": "b"}})),
        "organizations": list(client.organizations({"kind": "supplier"})),
        "affiliations": list(client.affiliations(ANN, **ASKED)),
        "posts": list(client.posts(CAT, **ASKED)),
        "staff": list(client.staff(GEARS, **ASKED)),
        "capabilities": list(client.capabilities(FORGE, **ASKED)),
        "suppliers": list(client.suppliers(GEARS, **ASKED)),
        "customers": list(client.customers(FORGE, **ASKED)),
        "members": list(client.members("org-mia", **ASKED)),
        "introductions": list(client.introductions("DRAFT", person=CAT)),
        "knows": list(client.knows(BEN, min_band="WARM", **one)),
        "tie": client.tie(ANN, BEN, **ASKED),
        "tie_history": client.tie_history(ANN, BEN, until=DAY, known_at=THEN),
        "paths": client.paths(ANN, CAT, avoid=["org-mia"], **one),
        "paths to nobody": client.paths(ANN, "per-none", **ASKED),
        "who_knows": client.who_knows(CAT, FORGE, **one),
        "influence_paths": client.influence_paths("pst-chair", BEN, issue="iss-tariff", k=1, **one),
        "interlocks": client.interlocks(BEN, CAT, **ASKED),
        "supply_chain": client.supply_chain(GEARS, capability="cap-machining", **ASKED),
        "joints": client.joints(GEARS, max_tiers=1, **one),
        "who_in_supply_chain_knows": client.who_in_supply_chain_knows(GEARS, CAT, direction="SUPPLIERS", **one),
        "reach": client.reach("cap-machining", BEN, constraints={"country": "GB"}, **one),
        "card_ledger": client.card_ledger(person=ANN, until=DAY, known_at=THEN),
    }


async def asked(engine: Engine, store: Store, questions: Callable[[Client], T], made: Little) -> T:
    """What a member's client makes of its questions."""
    await made.save(engine)
    secret = await token(engine, Role.MEMBERS)

    def ask(url: str) -> T:
        with Client(url, secret) as client:
            return questions(client)

    async with live(store, "org-mia") as url:
        return await asyncio.to_thread(ask, url)


async def test_every_question_of_the_client_is_answered_in_full(engine: Engine, store: Store) -> None:
    answered = await asked(engine, store, lambda client: plain_all(questions(client)), peopled())

    assert answered == json.loads(EXPECTED.read_text("utf-8"))


def plain_all(found: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(one) for name, one in found.items()}


@pytest.mark.embedded
async def test_lists_of_any_document_are_followed_page_by_page(embedded: Engine, embedded_store: Folder) -> None:
    text = """query ($after: Cursor) { people(first: 1, after: $after) {
      totalCount edges { cursor node { name } } pageInfo { hasNextPage endCursor } } }"""

    def pages(client: Client) -> list[Any]:
        return [(page.nodes, page.total, page.has_next) for page in client.pages(text)]

    assert await asked(embedded, embedded_store, pages, paddock()) == [
        (({"name": "Ann Alloy"},), 3, True),
        (({"name": "Ben Bearing"},), 3, True),
        (({"name": "Cat Camshaft"},), 3, False),
    ]


def failure(act: Callable[[], object]) -> errors.PaddockError:
    with pytest.raises(errors.PaddockError) as caught:
        act()
    return caught.value


@pytest.mark.embedded
async def test_what_goes_wrong_has_a_name_a_code_and_a_place(embedded: Engine, embedded_store: Folder) -> None:
    both = '{ viewer { name } introductionPaths(from: "per-ann", to: "per-ben", k: 99) { outcome } }'
    card = {"idempotencyKey": "k", "giver": ANN, "receiver": BEN, "on": "2026-11-23"}
    tell = "mutation ($input: RecordCardInput!) { recordCard(input: $input) { card { id } } }"

    def wrong(client: Client) -> list[Any]:
        refused = [
            failure(lambda: client.query(both)),
            failure(lambda: client.query(tell, input=card)),
            failure(lambda: client.tie(ANN, BEN, as_of="2026-13-01")),
            failure(lambda: client.one("Hidden Hand")),
        ]
        return [(type(one).__name__, str(one), getattr(one, "data", None)) for one in refused]

    found = await asked(embedded, embedded_store, wrong, paddock())
    async with live(embedded_store) as url:
        with Client(url, "made up") as stranger:
            unknown = await asyncio.to_thread(failure, stranger.viewer)

    partial = {"viewer": {"name": "Ada"}, "introductionPaths": None}
    calendar = "Variable '$asOf' has invalid value: '2026-13-01' is not in the calendar; correct the year, month or day"
    assert found == [
        ("BadUserInput", "BAD_USER_INPUT: k is 99; it may be 1 to 20 (at introductionPaths)", partial),
        ("Forbidden", "FORBIDDEN: members may not write; ask an administrator (at recordCard)", None),
        ("BadUserInput", f"BAD_USER_INPUT: {calendar}", None),
        ("NoSuchName", "0 things are called 'Hidden Hand'; give an id, near it is nothing", None),
    ]
    assert type(unknown) is errors.Unauthenticated
    assert str(unknown) == "UNAUTHENTICATED: this token is unknown, expired or revoked; ask for a new one"


@pytest.mark.embedded
async def test_answers_are_tables_and_graphs_too(embedded: Engine, embedded_store: Folder) -> None:
    def drawn(client: Client) -> Any:
        paths = client.paths(client.one("ann alloy"), CAT, **ASKED)
        staff = to_frame(client.staff(GEARS, **ASKED))
        chain = client.supply_chain(GEARS, **ASKED)
        assert paths is not None
        assert chain is not None
        drawing = paths.graph()
        return {
            "routes": [str(path) for path in paths],
            "steps": paths.frame().round(4).to_dict("records"),
            "staff": staff[["person_name", "role", "provenance_source_name"]].to_numpy().tolist(),
            "chain": chain.frame()[["tier", "supplier_name", "customer_name", "capability"]].to_numpy().tolist(),
            "nodes": sorted((name, said["name"], said["kind"]) for name, said in drawing.nodes(data=True)),
            "edges": sorted((a, b, said["band"]) for a, b, said in drawing.edges(data=True)),
        }

    assert await asked(embedded, embedded_store, drawn, peopled()) == {
        "routes": ["FAINT 0.0348: Ann Alloy → Ben Bearing → Cat Camshaft"],
        "steps": [
            step(1, (ANN, "Ann Alloy", BEN, "Ben Bearing", 0.4123), "WARM", date(2026, 11, 13)),
            step(2, (BEN, "Ben Bearing", CAT, "Cat Camshaft", 0.1204), "FAINT", date(2026, 11, 23)),
        ],
        "staff": [["Ben Bearing", "director", "The register"], ["Ben Bearing", "fitter", "The register"]],
        "chain": [[1, "Forge Ltd", "Gears Ltd", "grinding"]],
        "nodes": [(ANN, "Ann Alloy", "Person"), (BEN, "Ben Bearing", "Person"), (CAT, "Cat Camshaft", "Person")],
        "edges": [(ANN, BEN, "WARM"), (BEN, CAT, "FAINT")],
    }


def step(place: int, taken: tuple[str, str, str, str, float], band: str, last: date) -> dict[str, Any]:
    """A row of the only route."""
    names = ("from_id", "from_name", "to_id", "to_name", "willingness")
    route = {"rank": 1, "strength": 0.0348, "band": "FAINT", "hops": 2, "step": place}
    return route | dict(zip(names, taken, strict=True)) | {"tie_band": band, "last_evidence": last, "evidence_count": 2}
