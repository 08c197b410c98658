"""A contract over nothing but numbers, with every sort of field there is, any of which may be spoilt by its seed."""

from __future__ import annotations

import asyncio
import enum
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar, cast

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.fields import answered, together
from schema.later import Later, Loader, Together, at_once
from schema.scalars import SCALARS, Cursor, Date
from service.errors import Code, ServiceError

N = TypeVar("N")
First = Annotated[int | None, strawberry.argument(description="At most so many.")]
After = Annotated[Cursor | None, strawberry.argument(description="Only what follows.")]
MOST = 4
SPOILT = 0.04  # of the fields, in a garden that is

_VALUES: tuple[object, ...] = (
    *(None, "text", 7, 1.5, float("nan"), True, 2**40, [None], ("a", "b"), {"a": 1}, [["x"]], "", b"bytes", object()),
    *(ValueError("spoilt"), ServiceError(Code.FORBIDDEN, "not for you"), [ValueError("inside")]),
)


@dataclass
class Garden:
    """What a request carries: its seed, what is read together, and whom it has shown."""

    seed: str
    spoilt: bool
    shown: set[str] = field(default_factory=set[str])
    loader: Loader[int, int] = field(init=False)
    named: Loader[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is read yet."""
        self.forget()

    def forget(self) -> None:
        """Everything is read anew from now on."""
        self.loader = Loader(self._read, most=3)
        self.named = Loader(lambda ids: self._read([number(one) for one in ids]), most=3)

    def dice(self, *what: object) -> random.Random:
        """The same dice for the same thing, whoever asks and however often."""
        return random.Random(f"{self.seed} {what}")

    def put(self, what: tuple[object, ...], value: Any) -> Any:
        """A value, or what stands in its place."""
        dice = self.dice(*what)
        return dice.choice(_VALUES) if self.spoilt and dice.random() < SPOILT else value

    def said(self, what: tuple[object, ...], value: Any) -> Any:
        """The same for what a function says, which may fail instead."""
        if self.spoilt and self.dice("fails", *what).random() < SPOILT:
            raise ServiceError(Code.TIMEOUT, f"{what[-1]} took too long")
        return self.put(what, value)

    async def _read(self, numbers: list[int]) -> Sequence[int]:
        for _ in range(self.dice("read", *numbers).randint(0, 2)):
            await asyncio.sleep(0)
        return [one * 7 + 1 for one in numbers]


Info = strawberry.Info[Garden, None]


def checked(first: int | None, after: str | None) -> int:
    """How many are asked for; refused as real lists refuse it."""
    if after is not None:
        raise ServiceError(Code.BAD_USER_INPUT, "this cursor is not one of this list")
    if first is not None and not 1 <= first <= MOST:
        raise ServiceError(Code.BAD_USER_INPUT, f"first is {first}")
    return first or 2


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


@strawberry.interface
class Thing:
    id: strawberry.ID
    name: str
    number: strawberry.Private[int]
    garden: strawberry.Private[Garden]

    @answered("Others like it: at once, or later.")
    def similar(self, first: First = None, after: After = None) -> Later[list[Thing | None]]:
        most = checked(first, after)
        found = [thing(self.garden, self.number * 3 + one) for one in range(most)]
        value = self.garden.said(("similar", self.number), found)
        return at_once(value) if self.number % 2 else self.garden.loader.load(self.number).then(lambda _: value)

    @answered("One that is waited for.")
    async def next(self) -> Thing:
        for _ in range(self.number % 3):
            await asyncio.sleep(0)
        return cast("Thing", self.garden.said(("next", self.number), thing(self.garden, self.number + 1)))


@strawberry.type
class Plant(Thing):
    height: float | None
    planted: Date | None
    colours: list[Colour]
    beside: Plant | None

    @answered("How often it was watered.")
    def watered(self, info: Info, times: int = 1) -> int:
        return cast("int", info.context.said(("watered", self.number), self.number % 9 * times))

    @together("Its seeds.")
    @staticmethod
    def seeds(info: Info, first: First = None, after: After = None) -> Together[Seeds[Plant]]:
        garden, most = info.context, checked(first, after)
        return Together(garden.named, lambda _, found: Seeds[Plant].of(garden, found, most))


@strawberry.type
class Person(Thing):
    age: int
    tags: list[str | None]
    likes: list[Thing]

    @answered("Who is known.")
    async def friend(self, info: Info, far: int | None = 0) -> Person | None:
        await asyncio.sleep(0)
        return cast(
            "Person | None", info.context.said(("friend", self.number), person(self.garden, self.number + (far or 2)))
        )

    @answered("What of the name is told in any case.")
    def letters(self) -> list[str]:
        return cast("list[str]", self.garden.said(("letters", self.number), list(self.name)))


@strawberry.type
class Seed(Generic[N]):
    cursor: Cursor
    node: N


@strawberry.type
class Seeds(Generic[N]):
    edges: list[Seed[N]]
    number: strawberry.Private[int]
    garden: strawberry.Private[Garden]

    @answered("How many there are.")
    async def total_count(self) -> int:
        await asyncio.sleep(0)
        return cast("int", self.garden.said(("count", self.number), self.number % 5))

    @classmethod
    def of(cls, garden: Garden, number: int, most: int) -> Seeds[N]:
        """So many."""
        plants = [plant(garden, number + one) for one in range(most)]
        edges = [Seed(cursor=garden.put(("cursor", one.number), Cursor(one.id)), node=one) for one in plants]
        return cls(edges=garden.put(("edges", number), edges), number=number, garden=garden)


def plant(garden: Garden, number: int, *, alone: bool = False) -> Plant:
    """The plant of a number."""
    number %= 997
    plain = {
        "id": strawberry.ID(f"pla-{number}"),
        "name": f"Plant {number}",
        "height": None if number % 5 == 0 else number / 4,
        "planted": None if number % 3 == 0 else Date("2026-11-23"),
        "colours": [*Colour][: number % 3],
        "beside": None if alone or number % 4 == 0 else plant(garden, number + 5, alone=True),
    }
    put = {key: garden.put((key, number), value) for key, value in plain.items() if key != "id"}
    return Plant(id=strawberry.ID(f"pla-{number}"), number=number, garden=garden, **put)


def person(garden: Garden, number: int) -> Person:
    """The person of a number."""
    number %= 997
    likes = [plant(garden, number + one, alone=True) for one in range(number % 3)]
    plain = {"name": f"P{number}", "age": number % 90, "tags": [None, "a"][: number % 3], "likes": likes}
    put = {key: garden.put((key, number), value) for key, value in plain.items()}
    return Person(id=strawberry.ID(f"per-{number}"), number=number, garden=garden, **put)


def thing(garden: Garden, number: int) -> Thing:
    """The person or the plant of a number."""
    return plant(garden, number) if number % 2 else person(garden, number)


def number(id: str) -> int:
    """The number that an id stands for."""
    return sum(map(ord, id))


@strawberry.type
class Query:
    @answered("Whatever has this id.")
    async def thing(self, info: Info, id: strawberry.ID) -> Thing | None:
        await asyncio.sleep(0)
        return None if id == "nobody" else info.context.said(("thing", id), thing(info.context, number(id)))

    @answered("Whatever has each of these ids.")
    async def things(self, info: Info, ids: list[strawberry.ID]) -> list[Thing | None] | None:
        await asyncio.sleep(0)
        return [None if id == "nobody" else thing(info.context, number(id)) for id in ids]

    @answered("The plant of this id, at once.")
    def plant(self, info: Info, id: strawberry.ID) -> Plant | None:
        return cast("Plant | None", info.context.said(("plant", id), plant(info.context, number(id))))

    @answered("Plants, page by page.")
    def plants(self, info: Info, first: First = None, after: After = None) -> Later[Seeds[Plant] | None]:
        garden, most = info.context, checked(first, after)
        return garden.loader.load(11).then(lambda found: Seeds[Plant].of(garden, found, most))

    @answered("The person of this id.")
    async def person(self, info: Info, id: strawberry.ID) -> Person | None:
        return cast("Person | None", info.context.said(("person", id), person(info.context, number(id))))


def contract() -> GraphQLSchema:
    """The contract on which documents are run."""
    made = strawberry.Schema(query=Query, types=(Plant, Person), config=StrawberryConfig(scalar_map=SCALARS))
    return made._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] (as for the real one)
