"""Lists page by page: the count is that of what comes, cursors are of one list, and more rights take nothing away.

The letters of the properties: P3 more clearance never takes an element away, P6 the total is what all pages hold,
P7 a cursor that was changed, or is of another list, is refused.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.auth import Viewer
from service.engines.protocol import Engine
from tests.silence.asking import Stage, staged
from tests.silence.documents import Document
from tests.silence.questions import Known, Operation
from tests.silence.test_answers import ONE, seeds
from tests.silence.worlds import ASKERS, Asker, drawn

PAGE = "totalCount pageInfo { hasNextPage endCursor } edges { cursor node"
# What is listed, with what a node is told by. Where claims that contradict each other leave one another out, or a
# filter says what is not to be there, more clearance may well take something away: such lists are not among these.
ROOTS = {
    "people": "(first: $first, after: $after)",
    "organizations": "(first: $first, after: $after)",
    "posts": "(first: $first, after: $after)",
    "capabilities": "(first: $first, after: $after)",
    "events": "(first: $first, after: $after)",
    "issues": "(first: $first, after: $after)",
    "introductions": "(first: $first, after: $after)",
    "search": '(text: "a", first: $first, after: $after)',
}
BELOW = {
    "Person": ("posts", "memberships", "owns", "benefits", "events", "knows"),
    "Organization": ("members", "suppliers", "customers", "capabilities", "certifications", "owns", "benefits"),
    "Event": ("attendees",),
    "Post": ("holders",),
    "Capability": ("holders",),
}
UNLIMITED = 100


class Lists:
    """The lists of a world as somebody sees them."""

    def __init__(self, stage: Stage, viewer: Viewer, known: Known) -> None:
        """Nothing was asked yet."""
        self.stage, self.viewer = stage, viewer
        self.documents = {root: _root(root, arguments) for root, arguments in ROOTS.items()}
        for kind, names in BELOW.items():
            for name in names:
                whose = known.id(kind)
                self.documents[f"{kind}.{name} {whose}"] = _below(kind, name, whose)

    async def page(self, name: str, first: int, after: str | None) -> dict[str, Any]:
        """A page of a list, or the errors that came instead."""
        operation = Operation(Document("node", self.documents[name]), {"first": first, "after": after})
        body = orjson.loads(await self.stage.ask(self.viewer, operation))
        if "errors" in body:
            return {"code": [one["extensions"]["code"] for one in body["errors"]], "data": body["data"]}
        (found,) = body["data"].values()
        listed = found.get("listed") if found is not None and "edges" not in found else found
        return listed or {"totalCount": 0, "edges": [], "pageInfo": {"hasNextPage": False}}

    async def pages(self, name: str) -> AsyncIterator[dict[str, Any]]:
        """All pages of a list, two entries each."""
        after: str | None = None
        while True:
            found = await self.page(name, 2, after)
            yield found
            if not found["pageInfo"]["hasNextPage"]:
                return
            after = found["pageInfo"]["endCursor"]


def _root(root: str, arguments: str) -> str:
    """A list one may begin with; hits of a search stand for what was found."""
    inner = "{ node { id } }" if root == "search" else "{ id }"
    return f"query Listed($first: Int, $after: Cursor) {{ {root}{arguments} {{ {PAGE} {inner} }} }} }}"


def _below(kind: str, name: str, id: str) -> str:
    inner = "{ b { id } }" if name == "knows" else "{ id }"
    listed = f"listed: {name}(first: $first, after: $after) {{ {PAGE} {inner} }} }}"
    return f'query Listed($first: Int, $after: Cursor) {{ node(id: "{id}") {{ ... on {kind} {{ {listed} }} }} }}'


def _elements(page: dict[str, Any]) -> list[str]:
    nodes = [edge["node"] for edge in page["edges"]]
    return [(node.get("b") or node.get("node") or node)["id"] for node in nodes]


def _spoiled(cursor: str, dice: Random) -> str:
    """A cursor with another letter in one place."""
    place = dice.randrange(len(cursor))
    other = dice.choice([one for one in "ABCDEFGHabcdefgh0123" if one != cursor[place]])
    return f"{cursor[:place]}{other}{cursor[place + 1 :]}"


async def _wrong_totals(lists: Lists) -> list[str]:
    """The lists whose pages do not hold what their total says, or hold something twice."""
    wrong: list[str] = []
    for name in lists.documents:
        pages = [page async for page in lists.pages(name)]
        elements = [one for page in pages for one in _elements(page)]
        totals = {page["totalCount"] for page in pages}
        if totals != {len(elements)} or len(set(elements)) != len(elements):
            wrong.append(f"{name}: {elements}, {totals}")
    return wrong


async def _taken_cursors(lists: Lists, dice: Random) -> list[str]:
    """The lists that take a cursor which is none of theirs."""
    firsts = {name: await lists.page(name, 1, None) for name in lists.documents}
    cursors = {name: page["edges"][0]["cursor"] for name, page in firsts.items() if page["edges"]}
    taken: list[str] = []
    for name, own in cursors.items():
        others = [other for list_, other in cursors.items() if list_ != name]
        for cursor in (_spoiled(own, dice), dice.choice(others), own[:-4], "x"):
            answer = await lists.page(name, 1, cursor)
            if answer.get("code") != ["BAD_USER_INPUT"]:
                taken.append(f"{name} took {cursor}, own is {own}: {answer}")
    return taken


async def _taken_away(narrow: Lists, wide: Lists) -> list[str]:
    """The lists in which whoever sees more misses something."""
    missed: list[str] = []
    for name in narrow.documents:
        here = _elements(await narrow.page(name, UNLIMITED, None))
        there = _elements(await wide.page(name, UNLIMITED, None))
        if not set(here) <= set(there):
            missed.append(f"{name}: {sorted(set(here) - set(there))}")
    return missed


async def checked(engine: Engine, asker: Asker, seed: int) -> list[str]:
    """All that is wrong with the lists of a world."""
    world = drawn(seed, asker)
    stage = await staged(engine, world)
    known = await Known.of(engine, asker, Random(f"lists {seed}"))
    narrow = Lists(stage, await stage.viewer(), known)
    wide = Lists(stage, await stage.everybody(), known)
    wide.documents = narrow.documents
    wrong, taken = await _wrong_totals(narrow), await _taken_cursors(narrow, known.dice)
    return [*wrong, *taken, *await _taken_away(narrow, wide)]


@pytest.mark.parametrize("asker", [ASKERS[0], ASKERS[2]], ids=["members", "staff"])
@ONE
@given(seed=seeds)
async def test_pages_hold_what_their_total_says_and_take_their_own_cursors_and_more_rights_show_no_less(
    engine: Engine, asker: Asker, seed: int
) -> None:
    assert await checked(engine, asker, seed) == []


@given(st.text("ABCDEFGHabcdefgh0123", min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_a_spoiled_cursor_is_another_one(cursor: str, dice: Random) -> None:
    assert _spoiled(cursor, dice) != cursor
