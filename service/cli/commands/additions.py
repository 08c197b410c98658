"""What is added by hand: people, organizations, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Identifiers, Key, Level, New, Purpose, SourceId, Store

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.entries.newcomers import Added
    from service.graph.questions.rows import Event

app = Typer(help="Add a person, an organization or an event.", no_args_is_help=True)


@app.command()
def person(
    name: Annotated[str, Argument(metavar="NAME", help="What they are called")],
    organization: Annotated[str | None, Option("--organization", metavar="WHO", help="Where they work")] = None,
    role: Annotated[str | None, Option("--as", metavar="TEXT", help="As what they work there")] = None,
    identifiers: Identifiers = None,
    new: New = False,
    source: SourceId = None,
    level: Level = "staff",
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    as_role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Add a person, unless somebody seems to be there already."""
    from service.cli import asking, entering
    from service.entries.people import PersonEntry, add_person

    async def entry(desk: Desk, key: str) -> Added:
        told = PersonEntry(
            key=key,
            name=name,
            organization=await entering.id_given(desk, organization, entering.ORGANIZATIONS),
            role=role,
            identifiers=entering.identifiers(identifiers),
            source=source,
            visibility=entering.level(level),
            confirm_new=new,
        )
        return await add_person(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, as_role, purpose), key, as_json), entry)


@app.command()
def organization(
    name: Annotated[str, Argument(metavar="NAME", help="What it is called")],
    kinds: Annotated[
        list[str] | None, Option("--kind", metavar="KIND", help="What it is, as supplier; repeatable")
    ] = None,
    country: Annotated[str | None, Option("--country", metavar="GB", help="Where it has its seat")] = None,
    identifiers: Identifiers = None,
    new: New = False,
    source: SourceId = None,
    level: Level = "staff",
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    as_role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Add an organization, unless it seems to be there already."""
    from service.cli import asking, entering
    from service.entries.organizations import OrganizationEntry, add_organization

    async def entry(desk: Desk, key: str) -> Added:
        told = OrganizationEntry(
            key=key,
            name=name,
            kinds=tuple(kinds or ()),
            country=country,
            identifiers=entering.identifiers(identifiers),
            source=source,
            visibility=entering.level(level),
            confirm_new=new,
        )
        return await add_organization(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, as_role, purpose), key, as_json), entry)


@app.command()
def event(
    name: Annotated[str, Argument(metavar="NAME", help="What it is called")],
    start: Annotated[str, Option("--start", metavar="DATE", help="When it begins: 2026, 2026-11 or 2026-11-23")],
    end: Annotated[str | None, Option("--end", metavar="DATE", help="When it ends [default: unknown]")] = None,
    part_of: Annotated[str | None, Option("--part-of", metavar="EVENT", help="The event it is a part of")] = None,
    level: Level = "staff",
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    as_role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Add an event, perhaps as a part of another."""
    from service.cli import asking, entering
    from service.entries.events import EventEntry, add_event

    async def entry(desk: Desk, key: str) -> Event | None:
        whole = await entering.id_given(desk, part_of, entering.EVENTS)
        told = EventEntry(key=key, name=name, start=start, end=end, part_of=whole, visibility=entering.level(level))
        return await add_event(asking.network(desk), desk.viewer, told)

    return entering.enter(entering.Slip(Caller(store, as_role, purpose), key, as_json), entry)
