"""The ledger of cards from the graph: what counts, for whom, and that nothing hidden shows in any number."""

from dataclasses import replace
from random import Random
from typing import cast

import pytest

import packs
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.projection import feed
from service.graph.questions import ledgers
from service.graph.questions.ledgers import CardLedger, CardLedgerRow
from service.graph.questions.rows import Event
from service.graph.questions.tallies import Card, Contact, LedgerGroup, Terms
from service.graph.questions.ties import Network
from service.graph.store import Scope
from tests.graph.counting import Counted, Counting, Employers
from tests.graph.little import (
    EVERYBODY,
    EVERYTHING,
    GAZETTE,
    NOW,
    STAFF,
    Little,
    organization,
    person,
)

ANN, BEN, CAT = person("per-ann", "Ann Alloy"), person("per-ben", "Ben Bearing"), person("per-cat", "Cat Camshaft")
DAN = person("per-dan", "Dan Damper")
FORGE, GEARS = organization("org-forge", "Forge Ltd"), organization("org-gears", "Gears Ltd")
FAIR = Event("evt-fair", "Fair", "2026-10-01", "2026-10-02")
LAST = "9999-12-31"


def little() -> Little:
    """Four people: Ann of the forge, Ben and Dan of the gears, Cat of nowhere; and a fair."""
    made = Little()
    for one in (ANN, BEN, CAT, DAN, FORGE, GEARS):
        made.node(one.id, one.name)
    made.node(FAIR.id, FAIR.name, start=FAIR.start, end=FAIR.end)
    for one, firm in ((ANN, FORGE), (BEN, GEARS), (DAN, GEARS)):
        works(made, one.id, firm.id, "2020-01-01")
    return made


def works(made: Little, who: str, firm: str, first: str, last: str = LAST, **said: object) -> None:
    dates = {"start": first, "end": ".." if last == LAST else last, "earliest": first, "latest": last}
    made.claim("WORKS_FOR", who, firm, f"clm-works-{who}-{firm}-{first}", **{**dates, **said})


def swap(
    made: Little, id: str, giver: str, receiver: str, on: str, event: str | None = FAIR.id, **said: object
) -> None:
    """Cards swapped at the fair, unless it says more; with the evidence that follows."""
    swapped = said.pop("swapped", True)
    made.node(id, on=on, swapped=swapped, source=GAZETTE.id, **said)
    facts = {"on": on, "swapped": swapped, **said}
    made.claim("GAVE_CARD", giver, id, f"clm-{id}-gave", **facts)
    made.claim("RECEIVED_CARD", receiver, id, f"clm-{id}-got", **facts)
    if event is not None:
        made.claim("EXCHANGED_AT", id, event, f"clm-{id}-at", **said)
    made.knows(giver, receiver, f"kno-{id}", kind="CARD_SWAPPED" if swapped else "CARD_GIVEN", on=on, **said)


def give(
    made: Little, id: str, giver: str, receiver: str, on: str, event: str | None = FAIR.id, **said: object
) -> None:
    swap(made, id, giver, receiver, on, event, swapped=False, **said)


def meet(made: Little, id: str, people: tuple[str, ...], on: str, status: str = "HELD", **said: object) -> None:
    made.node(id, on=on, status=status, **{"source": GAZETTE.id, **said})
    for one in people:
        made.claim("TOOK_PART_IN", one, id, f"clm-{id}-{one}", on=on, status=status, **said)


async def network(made: Little, engine: Engine) -> Network:
    return Network(await made.save(engine), packs.evidence(), feed)


def told(found: CardLedger | None) -> tuple[list[tuple[str | None, int, int, int, int, int]], tuple[int, ...]]:
    """The rows by name, and the totals."""
    assert found is not None
    rows = [
        (
            thing.name if (thing := row.person or row.organization or row.event) else None,
            row.given,
            row.received,
            row.swapped,
            row.new_organizations,
            row.second_contact_within_90_days,
        )
        for row in found.rows
    ]
    return rows, (found.given, found.received, found.swapped, found.new_pairs)


async def test_a_ledger_counts_cards_by_person_by_company_and_by_event(engine: Engine) -> None:
    made = little()
    swap(made, "crd-1", ANN.id, BEN.id, "2026-10-01")
    give(made, "crd-2", ANN.id, CAT.id, "2026-10-02")
    give(made, "crd-3", DAN.id, ANN.id, "2026-10-05", None)
    give(made, "crd-4", BEN.id, DAN.id, "2026-10-06", None)
    made.knows(BEN.id, ANN.id, "kno-call", kind="CALL", on="2026-10-20")
    asked = await network(made, engine)

    async def ledger(**terms: object) -> CardLedger | None:
        return await ledgers.card_ledger(asked, EVERYBODY, replace(Terms(), **terms))  # type: ignore[arg-type]

    found = await ledger()
    assert told(found) == (
        [
            ("Ann Alloy", 1, 1, 1, 1, 1),
            ("Ben Bearing", 1, 0, 1, 2, 1),
            ("Dan Damper", 1, 1, 0, 2, 0),
            ("Cat Camshaft", 0, 1, 0, 1, 0),
        ],
        (3, 3, 1, 4),
    )
    assert found is not None
    assert (found.rows[0].person, found.rows[0].organization, found.rows[0].event) == (ANN, None, None)
    assert (found.as_of, found.known_at) == (NOW[:10], NOW)
    assert told(await ledger(group=LedgerGroup.ORGANIZATION)) == (
        [("Gears Ltd", 2, 1, 1, 2, 1), ("Forge Ltd", 1, 1, 1, 1, 1), (None, 0, 1, 0, 1, 0)],
        (3, 3, 1, 4),
    )
    assert told(await ledger(group=LedgerGroup.EVENT)) == (
        [("Fair", 1, 1, 1, 2, 1), (None, 2, 2, 0, 0, 0)],
        (3, 3, 1, 4),
    )
    assert told(await ledger(person=ANN.id)) == ([("Ann Alloy", 1, 1, 1, 1, 1)], (1, 1, 1, 3))
    assert told(await ledger(person=ANN.id, group=LedgerGroup.EVENT)) == (
        [("Fair", 1, 0, 1, 1, 1), (None, 0, 1, 0, 0, 0)],
        (1, 1, 1, 3),
    )
    assert told(await ledger(organization=GEARS.id)) == (
        [("Ben Bearing", 1, 0, 1, 2, 1), ("Dan Damper", 1, 1, 0, 2, 0)],
        (2, 1, 1, 3),
    )
    assert told(await ledger(event=FAIR.id, organization=FORGE.id, group=LedgerGroup.ORGANIZATION)) == (
        [("Forge Ltd", 1, 0, 1, 1, 1)],
        (1, 0, 1, 2),
    )
    assert told(await ledger(since="2026-10-05")) == (
        [("Dan Damper", 1, 1, 0, 2, 0), ("Ann Alloy", 0, 1, 0, 0, 0), ("Ben Bearing", 1, 0, 0, 1, 0)],
        (2, 2, 0, 2),
    )


async def test_an_organization_is_new_until_an_earlier_card_or_held_meeting_knew_it(engine: Engine) -> None:
    made = little()
    meet(made, "mtg-1", (CAT.id, BEN.id), "2026-09-30")
    meet(made, "mtg-2", (CAT.id, ANN.id), "2026-09-30", "CALLED_OFF")
    meet(made, "mtg-3", (CAT.id, ANN.id), "2026-10-01")
    swap(made, "crd-1", CAT.id, DAN.id, "2026-10-01")
    swap(made, "crd-2", CAT.id, ANN.id, "2026-10-01")
    asked = await network(made, engine)

    rows, _ = told(await ledgers.card_ledger(asked, EVERYBODY, Terms(person=CAT.id)))

    # The gears were in a meeting the day before; the forge's meeting before was called off, the held one no earlier.
    assert rows == [("Cat Camshaft", 0, 0, 2, 1, 0)]


async def test_the_employer_is_that_of_the_day_the_earliest_then_by_id_and_a_directorship_where_there_is_none(
    engine: Engine,
) -> None:
    made = Little()
    for id in (ANN.id, BEN.id, CAT.id, DAN.id, "org-a", "org-b", "org-c"):
        made.node(id, f"name of {id}")
    works(made, ANN.id, "org-b", "2020-01-01")
    works(made, ANN.id, "org-a", "2021-01-01")
    works(made, BEN.id, "org-c", "2020-01-01", "2026-05-31")
    works(made, BEN.id, "org-b", "2026-06-01")
    works(made, BEN.id, "org-a", "2026-06-01")
    lasting = {"start": "2019", "end": "..", "earliest": "2019-01-01", "latest": LAST}
    made.claim("DIRECTOR_OF", ANN.id, "org-c", "clm-director", **lasting)
    made.claim("DIRECTOR_OF", CAT.id, "org-c", "clm-only-director", **lasting)
    made.claim("WORKS_FOR", DAN.id, "org-a", "clm-perhaps", start="2019", earliest="2019-01-01")
    for number, on in enumerate(("2026-05-31", "2026-06-01")):
        give(made, f"crd-{number}", ANN.id, BEN.id, on, None)
    give(made, "crd-cat", CAT.id, DAN.id, "2026-06-01", None)
    asked = await network(made, engine)

    rows, _ = told(await ledgers.card_ledger(asked, EVERYBODY, Terms(LedgerGroup.ORGANIZATION)))

    assert rows == [
        ("name of org-b", 2, 0, 0, 2, 1),
        ("name of org-c", 1, 1, 0, 1, 1),
        ("name of org-a", 0, 1, 0, 1, 0),
        (None, 0, 1, 0, 1, 0),
    ]


async def test_a_second_contact_is_other_point_evidence_one_to_ninety_days_after_the_first_card(engine: Engine) -> None:
    kinds = {
        "day-itself": ("CALL", "2026-03-01", True),
        "next-day": ("CALL", "2026-03-02", True),
        "last-day": ("CORRESPONDENCE", "2026-05-30", True),
        "too-late": ("CALL", "2026-05-31", True),
        "in-a-hall": ("SHARED_EVENT", "2026-03-20", True),
        "working": ("CO_AFFILIATION", "2026-03-20", False),
        "card-again": ("CARD_SWAPPED", "2026-04-01", True),
    }
    made = Little()
    made.node(ANN.id, ANN.name)
    for name, (kind, on, point) in kinds.items():
        made.node(f"per-{name}", name)
        swap(made, f"crd-{name}", ANN.id, f"per-{name}", "2026-03-01", None)
        made.knows(f"per-{name}", ANN.id, f"kno-{name}", kind=kind, on=on, since=None if point else "2026-03-10")
    asked = await network(made, engine)

    async def soon(until: str | None) -> list[str]:
        rows, _ = told(await ledgers.card_ledger(asked, EVERYBODY, Terms(), until=until))
        return sorted(str(name) for name, *_, again in rows if again and name != ANN.name)

    assert await soon(None) == ["card-again", "last-day", "next-day"]
    assert await soon("2026-04-01") == ["card-again", "next-day"]
    assert await soon("2026-03-01") == []


async def test_nothing_hidden_taken_back_or_to_come_shows_in_any_number(engine: Engine) -> None:
    def world(*, whole: bool) -> Little:
        made = little()
        swap(made, "crd-1", ANN.id, BEN.id, "2026-10-01")
        give(made, "crd-2", ANN.id, CAT.id, "2026-10-02")
        if whole:
            made.node("evt-hidden", "Hidden fair", vis=STAFF)
            made.node("org-hidden", "Hidden Ltd", vis=STAFF)
            made.node("per-hidden", "Hidden Hand", vis=STAFF)
            made.node("src-hidden", title="Hidden", vis=STAFF)
            swap(made, "crd-3", BEN.id, ANN.id, "2026-09-01", vis=STAFF)
            give(made, "crd-4", ANN.id, "per-hidden", "2026-09-01", vis=STAFF)
            give(made, "crd-5", ANN.id, DAN.id, "2026-12-01")
            give(made, "crd-6", ANN.id, DAN.id, "2026-09-01", retractedAt="2026-10-01T00:00:00.000000Z")
            give(made, "crd-7", DAN.id, ANN.id, "2026-09-01")
            made.claims["Person", "GAVE_CARD", "CardExchange"].pop()
            made.claim("GAVE_CARD", DAN.id, "crd-7", "clm-hidden-gave", on="2026-09-01", source="src-hidden")
            made.claim("EXCHANGED_AT", "crd-1", "evt-hidden", "clm-0-hidden-at")
            works(made, CAT.id, "org-hidden", "2019-01-01")
            works(made, BEN.id, "org-hidden", "2019-01-01")
            works(made, CAT.id, GEARS.id, "2019-01-01", vis=STAFF)
            meet(made, "mtg-1", (ANN.id, BEN.id), "2026-09-01", vis=STAFF)
            meet(made, "mtg-2", (CAT.id, ANN.id), "2026-09-01", source="src-hidden")
            made.knows(ANN.id, BEN.id, "kno-hidden", kind="CALL", on="2026-10-20", vis=STAFF)
        return made

    asked = await network(world(whole=True), engine)

    async def ledger(scope: Scope, group: LedgerGroup) -> object:
        return told(await ledgers.card_ledger(asked, scope, Terms(group)))

    assert [await ledger(EVERYBODY, group) for group in LedgerGroup] == [
        (
            [
                ("Ann Alloy", 1, 0, 1, 1, 0),
                ("Ben Bearing", 0, 0, 1, 1, 0),
                ("Cat Camshaft", 0, 1, 0, 1, 0),
            ],
            (1, 1, 1, 2),
        ),
        ([("Forge Ltd", 1, 0, 1, 1, 0), ("Gears Ltd", 0, 0, 1, 1, 0), (None, 0, 1, 0, 1, 0)], (1, 1, 1, 2)),
        ([("Fair", 1, 1, 1, 2, 0)], (1, 1, 1, 2)),
    ]
    assert told(await ledgers.card_ledger(asked, EVERYTHING, Terms(person=ANN.id))) == (
        [("Ann Alloy", 2, 1, 2, 2, 1)],
        (2, 1, 2, 4),
    )
    hidden = [Terms(person="per-hidden"), Terms(organization="org-hidden"), Terms(event="evt-hidden")]
    assert [await ledgers.card_ledger(asked, EVERYBODY, terms) for terms in hidden] == [None] * 3
    missing = [Terms(person="per-not"), Terms(organization=ANN.id), Terms(event=FORGE.id), Terms(person=FAIR.id)]
    assert [await ledgers.card_ledger(asked, EVERYBODY, terms) for terms in missing] == [None] * 4


async def test_a_card_corrected_to_a_swap_was_one_way_before(engine: Engine) -> None:
    made = little()
    swap(made, "crd-1", ANN.id, BEN.id, "2026-10-01")
    corrected = "2026-11-01T00:00:00.000000Z"
    for kind in ("GAVE_CARD", "RECEIVED_CARD"):
        for row in made.claims["Person", kind, "CardExchange"]:
            row["said"] = {**cast("dict[str, object]", row["said"]), "recordedAt": corrected}
    before = {"on": "2026-10-01", "swapped": False, "retractedAt": corrected}
    made.claim("GAVE_CARD", ANN.id, "crd-1", "clm-before-gave", **before)
    made.claim("RECEIVED_CARD", BEN.id, "crd-1", "clm-before-got", **before)
    asked = await network(made, engine)

    now = await ledgers.card_ledger(asked, EVERYBODY, Terms())
    then = await ledgers.card_ledger(asked, EVERYBODY, Terms(), known_at="2026-10-15T00:00:00Z")

    assert told(now)[1] == (0, 0, 1, 1)
    assert told(then)[1] == (1, 1, 0, 1)
    assert then is not None
    assert then.known_at == "2026-10-15T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [("2026-02-02", "2026-02-01", "swap them"), ("soon", None, "'soon' is no day"), (None, "x", "'x' is no day")],
)
@pytest.mark.embedded
async def test_days_out_of_order_or_unreadable_are_refused(
    embedded: Engine, since: str | None, until: str | None, said: str
) -> None:
    asked = await network(little(), embedded)

    with pytest.raises(ServiceError, match=said) as error:
        await ledgers.card_ledger(asked, EVERYBODY, Terms(since=since), until=until)

    assert error.value.code is Code.BAD_USER_INPUT


def drawn(dice: Random) -> tuple[Little, list[Card], list[Contact], Employers, list[tuple[str, str, str]]]:
    """A world of eight people at three firms with forty cards, ten meetings and thirty calls."""
    made = Little()
    people, firms, events = (
        [f"{kind}-{n}" for n in range(size)] for kind, size in (("per", 8), ("org", 3), ("evt", 2))
    )
    for id in (*people, *firms, *events):
        made.node(id, f"name {id}")

    def day(first: int = 1) -> str:
        return f"2026-{dice.randint(first, 11):02d}-{dice.randint(1, 22):02d}"

    employers: Employers = {}
    for who in people[1:]:
        stays = {(f"2026-0{dice.randint(1, 4)}-01", dice.choice(firms), f"2026-{dice.randint(5, 12):02d}-28")}
        stays |= {("2025-01-01", firms[0], "2026-03-31")} if dice.random() < 0.5 else set()
        employers[who] = sorted(stays)
        for first, firm, last in employers[who]:
            works(made, who, firm, first, last)
    cards, touches = list[Card](), list[tuple[str, str, str]]()
    for number in range(40):
        giver, receiver = dice.sample(people, 2)
        event = dice.choice([*events, None])
        card = Card(day(), f"crd-{number:02d}", giver, receiver, dice.random() < 0.5, event)
        swap(made, card.id, giver, receiver, card.on, event, swapped=card.swapped)
        cards.append(card)
        touches.append((giver, receiver, card.on))
    meetings = [Contact(day(), tuple(sorted(dice.sample(people, dice.randint(2, 4))))) for _ in range(10)]
    for number, meeting in enumerate(meetings):
        meet(made, f"mtg-{number}", meeting.people, meeting.on)
    for number in range(30):
        a, b = dice.sample(people, 2)
        touches.append((a, b, day()))
        made.knows(a, b, f"kno-call-{number}", kind="CALL", on=touches[-1][2])
    return made, cards, meetings, employers, touches


def counted(row: CardLedgerRow) -> tuple[str | None, Counted]:
    thing = row.person or row.organization or row.event
    numbers = (row.given, row.received, row.swapped, row.new_organizations, row.second_contact_within_90_days)
    return None if thing is None else thing.id, Counted(*numbers)


async def test_a_drawn_world_counts_as_counting_one_by_one_does(engine: Engine) -> None:
    made, cards, meetings, employers, touches = drawn(Random(20261123))
    asked = await network(made, engine)
    for group in LedgerGroup:
        for filters in (
            {},
            {"person": "per-1"},
            {"organization": "org-0"},
            {"event": "evt-1"},
            {"since": "2026-06-01"},
        ):
            terms, until = Terms(group, **filters), "2026-10-10"
            known = [card for card in cards if card.on <= until]
            held = [meeting for meeting in meetings if meeting.on <= until]
            slow = Counting(known, held, employers, terms, until, touches)

            found = await ledgers.card_ledger(asked, EVERYBODY, terms, until=until)

            assert found is not None
            assert dict(map(counted, found.rows)) == slow.rows()
            total = slow.total()
            assert (found.given, found.received, found.swapped) == (total.given, total.received, total.swapped)
            assert found.new_pairs == slow.new_pairs()
