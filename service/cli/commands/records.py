"""What happened between people, recorded by hand: meetings, cards, contacts, attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Compartments, Key, Level, On, Purpose, SourceId, Store

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.rows import Attendance, CardExchange, Evidence, Meeting

app = Typer(help="Record a meeting, a card, a contact or an attendance.", no_args_is_help=True)


@app.command()
def meeting(
    participants: Annotated[list[str], Argument(metavar="WHO...", help="Everybody who was or will be there")],
    on: On = None,
    status: Annotated[str, Option("--status", metavar="STATUS", help="planned, held or called-off")] = "held",
    subject: Annotated[str | None, Option("--subject", metavar="TEXT", help="What it was about")] = None,
    source: SourceId = None,
    level: Level = "staff",
    compartments: Compartments = None,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Record a meeting of two or more; once it was held, they know each other by it."""
    from service.cli import asking, entering
    from service.entries.meetings import MeetingEntry, record_meeting

    async def entry(desk: Desk, key: str) -> Meeting | None:
        told = MeetingEntry(
            key=key,
            participants=tuple([await entering.id_of(desk, one, entering.PEOPLE) for one in participants]),
            on=entering.day(desk, on),
            status=entering.word(status),
            subject=subject,
            source=source,
            visibility=entering.level(level),
            compartments=tuple(compartments or ()),
        )
        return await record_meeting(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)


@app.command()
def card(
    giver: Annotated[str, Argument(metavar="GIVER", help="Who gave it")],
    receiver: Annotated[str, Argument(metavar="RECEIVER", help="Who got it")],
    swapped: Annotated[bool, Option("--swapped", help="The receiver gave one back")] = False,
    on: On = None,
    event: Annotated[str | None, Option("--event", metavar="EVENT", help="Where it happened")] = None,
    level: Level = "staff",
    compartments: Compartments = None,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Record that somebody gave somebody a card, or that they swapped cards."""
    from service.cli import asking, entering
    from service.entries.cards import CardEntry, record_card

    async def entry(desk: Desk, key: str) -> CardExchange | None:
        told = CardEntry(
            key=key,
            giver=await entering.id_of(desk, giver, entering.PEOPLE),
            receiver=await entering.id_of(desk, receiver, entering.PEOPLE),
            on=entering.day(desk, on),
            swapped=swapped,
            event=await entering.id_given(desk, event, entering.EVENTS),
            visibility=entering.level(level),
            compartments=tuple(compartments or ()),
        )
        return await record_card(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)


@app.command()
def contact(
    start: Annotated[str, Argument(metavar="FROM", help="Who called, wrote, or says so")],
    end: Annotated[str, Argument(metavar="TO", help="Whom")],
    kind: Annotated[
        str, Option("--kind", metavar="KIND", help="call, correspondence, correspondence-sent or declared")
    ],
    on: On = None,
    level: Level = "staff",
    compartments: Compartments = None,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Record a call, answered mails, a mail sent, or that somebody says they know somebody."""
    from service.cli import asking, entering
    from service.entries.contacts import ContactEntry, record_contact

    async def entry(desk: Desk, key: str) -> Evidence | None:
        told = ContactEntry(
            key=key,
            start=await entering.id_of(desk, start, entering.AGENTS),
            end=await entering.id_of(desk, end, entering.AGENTS),
            kind=entering.word(kind),
            on=entering.day(desk, on),
            visibility=entering.level(level),
            compartments=tuple(compartments or ()),
        )
        return await record_contact(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)


@app.command()
def attendance(
    event: Annotated[str, Argument(metavar="EVENT", help="The event")],
    agent: Annotated[str, Argument(metavar="WHO", help="A person, or an organization that was there as such")],
    status: Annotated[
        str, Option("--status", metavar="STATUS", help="registered, attended, no-show or cancelled")
    ] = "attended",
    level: Level = "staff",
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Record that somebody is expected at an event, came, stayed away or called off."""
    from service.cli import asking, entering
    from service.entries.attendances import AttendanceEntry, record_attendance

    async def entry(desk: Desk, key: str) -> Attendance | None:
        told = AttendanceEntry(
            key=key,
            event=await entering.id_of(desk, event, entering.EVENTS),
            agent=await entering.id_of(desk, agent, entering.AGENTS),
            status=entering.word(status),
            visibility=entering.level(level),
        )
        return await record_attendance(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, role, purpose), key, as_json), entry)
