"""Lists page by page, over any connection of any document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from paddock.errors import Unreadable

REMEDY = "take $after, hand it to the connection and ask for its pageInfo { hasNextPage endCursor }"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the document asked for it; `total` counts all pages, None where it was not asked for."""

    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...]
    total: int | None
    end_cursor: str | None
    has_next: bool


def pages(ask: Callable[[str | None], dict[str, Any]], at: str | None) -> Iterator[Page]:
    """Page after page, until there are no more; none where something before the connection is null.

    `ask` answers the data of the page behind a cursor.
    """
    after: str | None = None
    while True:
        connection = _at(ask(after), at)
        if connection is None:
            return
        page = _page(connection)
        yield page
        if not page.has_next:
            return
        if page.end_cursor is None or page.end_cursor == after:
            raise Unreadable(f"the next page would be this one again; {REMEDY}")
        after = page.end_cursor


def _page(connection: dict[str, Any]) -> Page:
    info = connection.get("pageInfo")
    if not isinstance(info, dict):
        raise Unreadable(f"the connection has no pageInfo; {REMEDY}")
    said = cast("dict[str, Any]", info)
    edges = tuple(cast("list[dict[str, Any]]", connection.get("edges") or []))
    nodes = tuple(edge["node"] for edge in edges if "node" in edge)
    return Page(nodes, edges, connection.get("totalCount"), said.get("endCursor"), bool(said.get("hasNextPage")))


def _at(data: dict[str, Any], at: str | None) -> dict[str, Any] | None:
    if at is None:
        found = list(_connections(data))
        if len(found) > 1:
            raise Unreadable(f"the document has {len(found)} connections; say which, as 'organization.people'")
        return found[0] if found else None
    place: Any = data
    for name in at.split("."):
        if not isinstance(place, dict):
            return None
        place = cast("dict[str, Any]", place).get(name)
    return cast("dict[str, Any] | None", place)


def _connections(value: object) -> Iterator[dict[str, Any]]:
    """The connections that are in no list."""
    if isinstance(value, dict):
        found = cast("dict[str, Any]", value)
        if "edges" in found or "pageInfo" in found:
            yield found
        else:
            for one in found.values():
                yield from _connections(one)
