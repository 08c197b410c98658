"""Entries made from the shell: who makes them under which key, and what they came to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rich.text import Text

from service.cli import asking, drawing, plain, words
from service.cli.asking import Caller, Desk
from service.entries.consequences import Consequences, consequences
from service.entries.newcomers import Added
from service.errors import Code, Exit, ServiceError
from service.graph.questions.duplicates import Duplicate
from service.graph.questions.rows import Agent, Entity, EntityKind, Evidence, Record
from service.graph.visibility import LEVELS

if TYPE_CHECKING:
    from service.cli.plain import Json

Entry: TypeAlias = Callable[[Desk, str], Awaitable[Entity | Added | None]]

SHOWN = 10
PEOPLE = (EntityKind.PERSON,)
ORGANIZATIONS = (EntityKind.ORGANIZATION,)
AGENTS = (*PEOPLE, *ORGANIZATIONS)
EVENTS = (EntityKind.EVENT,)
_UNPROVEN = plain.Proof((), {}, {}, 0)


@dataclass(frozen=True, slots=True)
class Slip:
    """How an entry is made and told: by whom, under which key, for people or as JSON."""

    caller: Caller
    key: str | None
    as_json: bool


def enter(slip: Slip, entry: Entry) -> int:
    """Make an entry at an open store, and tell what it came to."""

    async def ask(desk: Desk) -> int:
        key = asking.key(slip.key)
        found = await entry(desk, key)
        if isinstance(found, Added) and found.candidates:
            return _recognized(key, found.candidates, as_json=slip.as_json)
        made = found.agent if isinstance(found, Added) else found
        return _told(key, made, await consequences(desk.graph, desk.viewer, key), as_json=slip.as_json)

    return asking.run(asking.at_desk(slip.caller, ask))


async def id_of(desk: Desk, text: str, kinds: Sequence[EntityKind]) -> str:
    """The id of what a text means."""
    return (await asking.meant(desk, text, kinds)).id


async def id_given(desk: Desk, text: str | None, kinds: Sequence[EntityKind]) -> str | None:
    """The id of what a text means, where there is one."""
    return None if text is None else await id_of(desk, text, kinds)


def day(desk: Desk, text: str | None) -> str:
    """The day of something, today unless told."""
    return desk.graph.clock()[:10] if text is None else text


def level(text: str) -> str:
    """The level a word means; BAD_USER_INPUT lists them."""
    found = text.strip().upper()
    if found not in LEVELS:
        choice = ", ".join(one.lower() for one in LEVELS)
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no level; take one of {choice}")
    return found


def word(text: str) -> str:
    """A status or a kind as the contract writes it: no-show is NO_SHOW."""
    return text.strip().upper().replace("-", "_")


def identifiers(given: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Identifiers as pairs of a scheme and a value; BAD_USER_INPUT says how to write one."""
    found: list[tuple[str, str]] = []
    for text in given or ():
        scheme, mark, value = text.partition(":")
        if not mark:
            raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no identifier; write it as gb-coh:00882843")
        found.append((scheme, value))
    return tuple(found)


def _recognized(key: str, candidates: Sequence[Duplicate], *, as_json: bool) -> int:
    """Show whom an entry seems to be about already, and what to do; nothing was written."""
    if as_json:
        shown = [{**plain.named(one.agent), "because": one.because} for one in candidates]
        plain.emit({"key": key, "repeated": False, "written": None, "candidates": shown, "evidence": _evidence(None)})
        return Exit.REFUSED
    out = drawing.console()
    drawing.line(out, Text("Nothing was written: this may be there already.", style="bold"))
    for place, one in enumerate(candidates, 1):
        drawing.line(out, Text(f"{place:>2}  {one.agent.name}  {one.agent.id}  {one.because}"))
    certain = any(one.certain for one in candidates)
    remedy = "Record what is new under its id." if certain else "Record what is new under its id, or add it with --new."
    drawing.line(out, Text(remedy))
    return Exit.REFUSED


def _told(key: str, made: Entity | None, followed: Consequences, *, as_json: bool) -> int:
    if as_json:
        plain.emit(_plain(key, made, followed))
    else:
        _draw(key, made, followed)
    return Exit.OK if made is not None else Exit.NOT_FOUND


def _plain(key: str, made: Entity | None, followed: Consequences) -> dict[str, Json]:
    return {
        "key": key,
        "repeated": followed.repeated,
        "written": None if made is None else _written(made),
        "candidates": [],
        "evidence": _evidence(followed),
    }


def _written(made: Entity) -> dict[str, Json]:
    said = plain.told(made)
    if isinstance(made, Agent):
        said = {**said, "type": made.label}
    return {**said, "provenance": plain.provenance(made)} if isinstance(made, Record) else said


def _evidence(followed: Consequences | None) -> dict[str, Json]:
    written, withdrawn = ((), ()) if followed is None else (followed.written, followed.withdrawn)
    return {
        "written": [plain.item(one, _UNPROVEN) for one in written],
        "withdrawn": [plain.item(one, _UNPROVEN) for one in withdrawn],
    }


def _draw(key: str, made: Entity | None, followed: Consequences) -> None:
    out = drawing.console()
    if made is None:
        drawing.line(out, Text("It was recorded, and may not be shown."))
    else:
        act = "Recorded before" if followed.repeated else "Recorded"
        drawing.line(out, Text(f"{act}: {words.title(made)}  {made.id}", style="bold"))
    drawing.line(out, Text(f"key {key}", style="dim"))
    for mark, pieces in (("+", followed.written), ("-", followed.withdrawn)):
        for one in pieces[:SHOWN]:
            drawing.line(out, Text(f"{mark} {_line(one)}"))
        if len(pieces) > SHOWN:
            drawing.line(out, Text(f"{mark} and {len(pieces) - SHOWN} more", style="dim"))


def _line(one: Evidence) -> str:
    return f"{one.a.name} and {one.b.name}: {words.occasion(one, ())}"
