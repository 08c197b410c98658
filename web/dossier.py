"""All that is held on one person as a page of its own: it loads nothing, runs nothing, and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
# What has a column of its own, or is told in the heading of a record.
PLACED = frozenset(
    {"id", "says", "other", "direction", "start", "end", "observed", "provenance", "identifier", "names"}
) | {
    *("kind", "since", "on", "parts", "others", "subject", "status", "never"),
}
WORDS = {
    "WORKS_FOR": "works for",
    "DIRECTOR_OF": "director of",
    "HOLDS": "holds the post",
    "MEMBER_OF": "member of",
    "OWNS": "owns",
    "REPRESENTS": "represents",
    "ATTENDED": "attended",
    "GAVE_BENEFIT": "benefit",
    "TAKES_STANCE": "takes a stance on",
    "TOOK_PART_IN": "took part",
    "GAVE_CARD": "gave a card",
    "RECEIVED_CARD": "was given a card",
    "REQUESTS": "asked to be introduced",
    "INTRODUCES": "introduces",
    "INTRODUCED_IN": "is introduced",
    "CO_AFFILIATION": "worked at one place",
    "CO_BOARD": "sat on one board",
    "CO_COMMITTEE": "listed for one group",
    "DECLARED": "said to know each other",
    "MEETING": "met one to one",
    "SMALL_GROUP": "met in a small group",
    "INTRODUCTION": "were introduced and met",
    "CARD_SWAPPED": "swapped cards",
    "CARD_GIVEN": "gave or was given a card",
    "SHARED_EVENT": "were at one event",
}


def page(told: Mapping[str, object]) -> str:
    """The page."""
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    filters = cast("dict[str, object]", pages.filters)
    filters |= {"others": _others, "words": _words, "details": _details, "span": _span, "moment": _moment}
    return pages.get_template("dossier.html").render(told)


def _words(name: str) -> str:
    """A relationship or an attribute as people say it."""
    if name in WORDS:
        return WORDS[name]
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip() if not name.isupper() and "_" not in name else name.replace("_", " ").lower()


def _details(record: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(_words(name), _said(value)) for name, value in record.items() if name not in PLACED and value is not None]


def _others(ends: list[Mapping[str, object]]) -> list[str]:
    """Who else was part of a record; people are counted, not named."""
    named = [str(one["name"] or one["id"]) for one in ends if "withheld" not in one]
    people = len(ends) - len(named)
    return [*named, *([f"{people} other {'person' if people == 1 else 'people'}"] if people else [])]


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(one) for one in cast("list[object]", value) if one != "")
    return str(value)


def _span(record: Mapping[str, object]) -> str:
    """When it holds, as written."""
    first, last = record.get("start") or record.get("since"), record.get("end")
    if "on" in record and "start" not in record:
        return f"{first} to {record['on']}" if first else str(record["on"])
    if first or last:
        ends = "today" if last == ".." else last
        return str(first) if first == last else f"{first or '?'} to {ends or '?'}"
    observed = cast("list[str]", record.get("observed") or [])
    return (
        "" if not observed else f"seen {observed[0]}" if len(observed) == 1 else f"seen {observed[0]} to {observed[-1]}"
    )


def _moment(text: str | None) -> str:
    return "" if text is None else f"{text[:10]} {text[11:16]}"
