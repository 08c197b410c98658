"""How the joints between organizations are held by the people who are there on a day."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from network import joints
from network.adjacency import Adjacency
from network.joints import Hold, Pair
from network.strength import Fold
from network.strengths import Ints
from network.view import View
from service.graph.questions.clocks import At
from service.graph.questions.memory import Kind, Same, kept
from service.graph.questions.presence import staff
from service.graph.questions.rows import DisputePolicy
from service.graph.questions.ties import Network
from service.graph.store import Scope

Sides = tuple[str, str]  # supplier, customer


@dataclass(frozen=True, slots=True)
class Held:
    """How a joint is held; `shared` are the people of both sides, and the numbers those of each side."""

    hold: Hold
    shared: tuple[str, ...]
    supplier_people: int
    customer_people: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question about joints is asked of: who sees what on which day, and which claims count."""

    network: Network
    scope: Scope
    at: At
    view: View
    disputes: DisputePolicy

    @property
    def given(self) -> dict[str, object]:
        """The terms as statements take them."""
        return {"known": self.at.known, "day": self.at.as_of, "disputes": self.disputes.value}


NUMBERS: Kind[Ints] = Kind("numbers of staff")
CLOSE: Kind[Adjacency] = Kind("close ties")
FOLDS: Kind[Fold | None] = Kind("folds")


async def held(asked: Asked, sides: Collection[Sides]) -> dict[Sides, Held]:
    """How the joint between each two organizations is held."""
    places = list(dict.fromkeys(place for pair in sides for place in pair))
    people = await staff(asked.network.graph, asked.network.memory, asked.scope, places, asked.at, asked.disputes)
    numbers = await numbered(asked, people)
    near = await close(asked)
    return await asyncio.to_thread(_held, asked.view, near, list(sides), people, numbers)


async def close(asked: Asked) -> Adjacency:
    """The ties of the view that may be warm and mutual."""

    async def read(_: list[str]) -> dict[str, Adjacency]:
        return {"": await asyncio.to_thread(joints.close, asked.view)}

    shelf = asked.network.memory.shelf(CLOSE, asked.scope, asked.at, Same(asked.view))
    await kept(shelf, [""], read)
    return shelf[""]


async def numbered(asked: Asked, people: Mapping[str, Collection[str]]) -> Mapping[str, Ints]:
    """The people of each organization by their numbers in the view."""

    async def read(places: list[str]) -> dict[str, Ints]:
        return await asyncio.to_thread(lambda: {place: asked.view.numbers(people[place]) for place in places})

    shelf = asked.network.memory.shelf(NUMBERS, asked.scope, asked.at, asked.disputes, Same(asked.view))
    await kept(shelf, people, read)
    return shelf


async def folds(asked: Asked, pairs: Iterable[Pair]) -> dict[Sides, Fold]:
    """All that is known between the two people of each pair, by their ids."""
    named = {f"{pair.a} {pair.b}": (pair.a, pair.b) for pair in pairs}

    async def read(missing: list[str]) -> dict[str, Fold | None]:
        return await asyncio.to_thread(lambda: {name: asked.view.tie(*named[name]) for name in missing})

    shelf = asked.network.memory.shelf(FOLDS, asked.scope, asked.at, Same(asked.view))
    await kept(shelf, named, read)
    return {pair: fold for name, pair in named.items() if (fold := shelf[name]) is not None}


def _held(
    view: View,
    near: Adjacency,
    sides: Sequence[Sides],
    people: Mapping[str, frozenset[str]],
    numbers: Mapping[str, Ints],
) -> dict[Sides, Held]:
    places = {place: number for number, place in enumerate(people)}
    between = [(places[supplier], places[customer]) for supplier, customer in sides]
    pairs = joints.warm(view, near, [numbers[place] for place in places], between)
    return {one: _one(one, found, people) for one, found in zip(sides, pairs, strict=True)}


def _one(sides: Sides, pairs: Sequence[Pair], people: Mapping[str, frozenset[str]]) -> Held:
    suppliers, customers = (people[place] for place in sides)
    shared = tuple(sorted(suppliers & customers))
    return Held(joints.hold(pairs, shared), shared, len(suppliers), len(customers))
