"""Introductions: asked for, taken further step by step, listed; and what introducers allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, AsRole, Key, Purpose, Store, Who
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.introductions import IntroductionStatus
    from service.graph.questions.introductions import IntroducerLimits
    from service.graph.questions.rows import Agent, Introduction

app = Typer(help="Ask for introductions, take them further, and list them.", no_args_is_help=True)


def register(app: Typer) -> None:
    """Add the command that stands by itself to the program."""
    app.command("limits")(limits)


@app.command()
def request(
    requester: Annotated[str, Argument(metavar="REQUESTER", help="Who wants to be introduced")],
    introducer: Annotated[str, Argument(metavar="INTRODUCER", help="Who is to introduce them")],
    target: Annotated[str, Argument(metavar="TARGET", help="To whom")],
    concerning: Annotated[str | None, Option("--concerning", metavar="TEXT", help="What it is about")] = None,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Note as a draft that somebody wants to be introduced to somebody."""
    from service.entries.introductions import RequestEntry, request_introduction

    async def ask(desk: Desk) -> int:
        entry = RequestEntry(
            key=asking.key(key),
            requester=(await _person(desk, requester)).id,
            introducer=(await _person(desk, introducer)).id,
            target=(await _person(desk, target)).id,
            concerning=concerning,
        )
        return _tell(await request_introduction(asking.network(desk), desk.viewer, entry), as_json=as_json)

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


@app.command()
def advance(
    introduction: Annotated[str, Argument(metavar="ID", help="Which introduction")],
    to: Annotated[str, Argument(metavar="STATUS", help="What it has become: requested, with-introducer, accepted ...")],
    meeting: Annotated[
        str | None, Option("--meeting", metavar="ID", help="For met: the meeting at which the two met")
    ] = None,
    note: Annotated[str | None, Option("--note", metavar="TEXT", help="What is to be remembered of this step")] = None,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Take an introduction one step further."""
    from service.entries.introductions import AdvanceEntry, advance_introduction

    async def ask(desk: Desk) -> int:
        entry = AdvanceEntry(
            key=asking.key(key), introduction=introduction, to=str(_status(to)), note=note, meeting=meeting
        )
        return _tell(await advance_introduction(asking.network(desk), desk.viewer, entry), as_json=as_json)

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


@app.command("list")
def list_(
    status: Annotated[
        list[str] | None, Option("--status", metavar="STATUS", help="Only those that have come this far; repeatable")
    ] = None,
    person: Annotated[
        str | None, Option("--person", metavar="WHO", help="Only those this person has a part in")
    ] = None,
    first: Annotated[int, Option("--first", help="How many to show (1 to 1000)")] = 20,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """List introductions, the newest first."""
    from service.graph.questions.introductions import introductions
    from service.graph.questions.pages import ROOT, Page

    async def ask(desk: Desk) -> int:
        from service.cli import drawing, introducing
        from service.cli import plain as output

        statuses = None if status is None else [_status(one) for one in status]
        who = None if person is None else (await _person(desk, person)).id
        found = await introductions(desk.graph, desk.viewer.scope, statuses, who, Page(first, most=ROOT))
        if as_json:
            output.emit([introducing.plain(one) for one in found.rows])
        else:
            introducing.drawn_list(drawing.console(), found.rows)
        return Exit.OK if found.rows else Exit.NOT_FOUND

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


@app.command()
def show(
    introduction: Annotated[str, Argument(metavar="ID", help="Which introduction")],
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show an introduction with the steps it took."""
    from service.graph.questions.nodes import node
    from service.graph.questions.rows import Introduction

    async def ask(desk: Desk) -> int:
        found = await node(desk.graph, desk.viewer.scope, introduction)
        if not isinstance(found, Introduction):
            raise ServiceError(Code.NOT_FOUND, f"no introduction is {introduction!r}; see: paddock introduction list")
        return _tell(found, as_json=as_json)

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


def limits(
    person: Who,
    asks: Annotated[int | None, Option("--asks", metavar="N", help="At most so often in a calendar quarter")] = None,
    no_cap: Annotated[bool, Option("--no-cap", help="As often as one likes")] = False,
    never: Annotated[
        list[str] | None, Option("--never", metavar="WHO", help="Never for this person or these people; repeatable")
    ] = None,
    for_anybody: Annotated[bool, Option("--for-anybody", help="For whomever one likes")] = False,
    key: Key = None,
    store: Store = None,
    as_json: AsJson = False,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show what somebody allows as an introducer, or set it: what no option names stays as it is."""
    from service.entries.limits import LimitsEntry, set_introducer_limits
    from service.graph.questions.introductions import limits as stored

    async def ask(desk: Desk) -> int:
        who = await _person(desk, person)
        _refuse_both(asks is not None and no_cap, "--asks and --no-cap")
        _refuse_both(bool(never) and for_anybody, "--never and --for-anybody")
        found = (await stored(desk.graph, desk.viewer.scope, [who.id])).get(who.id)
        if asks is not None or no_cap or never or for_anybody:
            before = () if found is None or never or for_anybody else tuple(one.id for one in found.never)
            cap = found.asks_per_quarter if found is not None and not no_cap and asks is None else asks
            named = [(await asking.meant(desk, one, asking.agents())).id for one in never or ()]
            entry = LimitsEntry(key=asking.key(key), person=who.id, asks_per_quarter=cap, never=(*before, *named))
            await set_introducer_limits(asking.network(desk), desk.viewer, entry)
            found = (await stored(desk.graph, desk.viewer.scope, [who.id])).get(who.id)
        return _tell_limits(who, found, as_json=as_json)

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


async def _person(desk: Desk, text: str) -> Agent:
    from service.graph.questions.rows import Agent, EntityKind

    found = await asking.meant(desk, text, [EntityKind.PERSON])
    if not isinstance(found, Agent):
        raise ServiceError(Code.NOT_FOUND, f"nobody here is called {text!r}")
    return found


def _status(text: str) -> IntroductionStatus:
    """The status a word means; BAD_USER_INPUT lists them."""
    from service.graph.introductions import IntroductionStatus

    try:
        return IntroductionStatus(text.strip().upper().replace("-", "_"))
    except ValueError:
        choice = ", ".join(one.lower().replace("_", "-") for one in IntroductionStatus)
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no status; take one of {choice}") from None


def _refuse_both(both: bool, options: str) -> None:  # noqa: FBT001 (a condition, not a switch)
    if both:
        raise ServiceError(Code.BAD_USER_INPUT, f"{options} exclude each other; give one of them")


def _tell(found: Introduction | None, *, as_json: bool) -> int:
    from service.cli import drawing, introducing
    from service.cli import plain as output

    if found is None:
        return Exit.NOT_FOUND
    if as_json:
        output.emit(introducing.plain(found))
    else:
        introducing.drawn(drawing.console(), found)
    return Exit.OK


def _tell_limits(person: Agent, found: IntroducerLimits | None, *, as_json: bool) -> int:
    from service.cli import drawing, introducing
    from service.cli import plain as output

    if as_json:
        output.emit(introducing.plain_limits(person, found))
    else:
        introducing.drawn_limits(drawing.console(), person, found)
    return Exit.OK
