"""What is recorded by hand is what a load of the same records would have written, but for who entered it."""

from service.auth import Role
from service.engines.protocol import Engine
from service.entries.affiliations import AffiliationEntry, assert_affiliation
from service.entries.attendances import AttendanceEntry, record_attendance
from service.entries.cards import CardEntry, record_card
from service.entries.contacts import ContactEntry, record_contact
from service.entries.meetings import MeetingEntry, record_meeting
from service.graph.model import Assertion, Batch, Evidence, Identity, Mode, NodeRecord, SourceRecord, Value, digest
from service.graph.record.write import load
from tests.conftest import emptied
from tests.entries.rooms import ADA, BEN, CAT, DAN, DINNER, FORGE, room, viewer
from tests.graph.sayings import Json, Saying, contents

STAFF = 2
DAY, EVENING = "2026-11-20", "2026-03-02"
BY_HAND = SourceRecord("by-hand/ada", "Recorded by Ada", Mode.LOG, STAFF)
MEETING, CARD = digest("mtg", "by-hand", "ada", "meeting"), digest("crd", "by-hand", "ada", "card")


def before() -> Saying:
    """Ben and Cat at the forge, and Cat at the dinner, as another source tells."""
    saying = Saying("staff", Mode.HISTORY)
    for who, start in ((BEN, "2019"), (CAT, "2021-05")):
        saying.says("WORKS_FOR", who, FORGE, start=start, end="..", unit=f"employer:{FORGE}")
    return saying.says("ATTENDED", CAT, DINNER, start=EVENING, end=EVENING, unit="event:dinner", status="ATTENDED")


def claim(
    relation: str, a: Identity | str, b: Identity | str, key: tuple[str, ...], unit: str, day: str, **attributes: Value
) -> Assertion:
    """A row of a file about one day; `a` and `b` are people, firms, or the ids of other things."""
    return Assertion(
        relation,
        ("ada", *key),
        a.agent if isinstance(a, Identity) else a,
        b.agent if isinstance(b, Identity) else b,
        (named(a), named(b)),
        BY_HAND.id,
        STAFF,
        attributes,
        day,
        day,
        unit=unit,
    )


def named(end: Identity | str) -> str:
    labels = {"mtg": "Meeting", "crd": "CardExchange", "evt": "Event"}
    return str(end) if isinstance(end, Identity) else f"{labels[end[:3]]} {end}"


def file() -> Batch:
    """A meeting, a card handed over at the dinner, an attendance, an affiliation and a call."""
    met = [
        claim("TOOK_PART_IN", one, MEETING, ("meeting", str(one)), f"meeting:{MEETING}", DAY, on=DAY, status="HELD")
        for one in (ADA, BEN, DAN)
    ]
    gave = [
        claim(relation, one, CARD, ("card",), f"card:{CARD}", DAY, on=DAY, swapped=False)
        for relation, one in (("GAVE_CARD", ADA), ("RECEIVED_CARD", DAN))
    ]
    where = claim("EXCHANGED_AT", CARD, DINNER.id, ("card",), f"card:{CARD}", DAY)
    came = claim("ATTENDED", ADA, DINNER.id, ("attendance",), "event:dinner", EVENING, status="ATTENDED")
    ends = (ADA.agent, FORGE.agent), (str(ADA), str(FORGE))
    role: dict[str, Value] = {"role": "Fitter"}
    works = Assertion(
        "WORKS_FOR",
        ("ada", "affiliation"),
        *ends[0],
        ends[1],
        BY_HAND.id,
        STAFF,
        role,
        "2020",
        "2022-06",
        unit=f"employer:{FORGE}",
    )
    happened: dict[str, Value] = {"on": DAY, "status": "HELD", "subject": "Samples"}
    nodes = {
        MEETING: NodeRecord("Meeting", MEETING, "Samples", STAFF, BY_HAND.id, None, happened),
        CARD: NodeRecord("CardExchange", CARD, "Card given", STAFF, BY_HAND.id, None, {"on": DAY, "swapped": False}),
    }
    one, other = sorted((ADA.agent, CAT.agent))
    call = Evidence("CALL", one, other, DAY, BY_HAND.id, STAFF, (), ("ada", "call"))
    return Batch((BY_HAND,), {}, nodes, (*met, *gave, where, came, works), (call,))


async def everything(engine: Engine) -> list[Json]:
    """All but how it came in: the requests of entries, the batches of loads, and who entered what."""
    rows = await contents(engine, leaving_out=("Request", "ImportBatch", "Erased"))
    return [{name: value for name, value in row.items() if name != "enteredBy"} for row in rows]


async def test_entries_leave_the_graph_as_a_load_of_the_same_records_would(engine: Engine) -> None:
    network = await room(engine, before())
    await load(network.graph, file())
    loaded = await everything(engine)
    await emptied(engine)

    network = await room(engine, before())
    ada = await viewer(network, Role.STAFF, "ada")
    people = (DAN.agent, ADA.agent, BEN.agent)
    await record_meeting(network, ada, MeetingEntry(key="meeting", participants=people, on=DAY, subject="Samples"))
    card = CardEntry(key="card", giver=ADA.agent, receiver=DAN.agent, on=DAY, event=DINNER.id)
    await record_card(network, ada, card)
    there = AttendanceEntry(key="attendance", event=DINNER.id, agent=ADA.agent, status="ATTENDED")
    await record_attendance(network, ada, there)
    works = AffiliationEntry(
        key="affiliation", person=ADA.agent, organization=FORGE.agent, role="Fitter", start="2020", end="2022-06"
    )
    await assert_affiliation(network, ada, works)
    call = ContactEntry(key="call", start=CAT.agent, end=ADA.agent, kind="CALL", on=DAY)
    await record_contact(network, ada, call)
    assert await everything(engine) == loaded
