"""The demo: an invented association in a store of its own, its named questions answered with their evidence."""

from __future__ import annotations

import json
import shlex
import time
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.text import Text

from loaders import demo
from service import auth, opening
from service.cli import asking, drawing, proving, reporting
from service.engines.protocol import LOADING
from service.engines.stores import Folder, Store
from service.errors import Code, ServiceError
from service.graph import tokens
from service.graph.questions import reasons
from service.graph.questions.clocks import When
from service.graph.questions.routes import introduction_paths, who_knows
from service.graph.questions.ties import tie
from service.graph.record import write
from web.start import Example

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from loaders.demo import Planted, Question
    from service.cli.asking import Desk
    from service.graph.questions.routes import PathResult
    from service.graph.questions.ties import Network
    from service.graph.store import Graph
    from service.settings import Settings

SMALLEST, LARGEST = 0.02, 10
ROUTES = 2
MEMBERS = 3
NAME = "demo"


def own_folder() -> str:
    """Where the demo is kept unless told otherwise: never in the store one works with."""
    from platformdirs import user_data_path

    return str(user_data_path("paddock", appauthor=False) / "demo")


def settings(found: Settings) -> Settings:
    """The settings with the invented association as ours."""
    return replace(found, association=demo.ASSOCIATION)


async def shown(settings: Settings, scale: float) -> str:
    """Load the world, print the answers, and give a token to go on with."""
    if not SMALLEST <= scale <= LARGEST:
        raise ServiceError(Code.BAD_USER_INPUT, f"the scale is {scale:g}; take {SMALLEST} to {LARGEST}")
    out = drawing.console()
    async with opening.opened(settings, LOADING) as graph:
        await _load(out, graph, scale)
        desk = asking.Desk(settings, graph, await auth.owner(graph))
        network = asking.network(desk)
        for question in demo.questions():
            await _answer(out, desk, network, question)
        return await _token(graph)


async def _load(out: Console, graph: Graph, scale: float) -> None:
    began = time.monotonic()
    out.print(f"{demo.ASSOCIATION}, an invented association, as of {demo.AS_OF}.", style="bold")
    batch = demo.batch(scale)
    with reporting.progress() as progress:
        outcome = await write.load(graph, batch, progress=progress)
    seconds = time.monotonic() - began
    agents, claims, evidence = len(batch.agents), len(batch.assertions), len(batch.evidence)
    new = sum(outcome.evidence.values())
    told = (
        f"{agents:,} people and organizations, {claims:,} claims, {evidence:,} pieces of evidence told"
        f" and {new:,} derived; loaded in {seconds:.0f} s."
        if new
        else f"{agents:,} people and organizations, {claims:,} claims: all in the store already."
    )
    drawing.line(out, Text(told))


async def _answer(out: Console, desk: Desk, network: Network, question: Question) -> None:
    """One question with its routes, and the route that looks better and was not taken."""
    began = time.monotonic()
    found = await _routes(desk, network, question)
    if found is None:
        raise ServiceError(Code.NOT_FOUND, f"the demo's people are not in this store ({question.key}); use another")
    elapsed = (time.monotonic() - began) * 1000
    out.print()
    drawing.routes(out, question.text, found, await proving.proofs_of(desk, network, found, drawing.SHOWN))
    out.print()
    drawing.line(out, Text("Not taken: ", style="yellow") + Text(_chain(question.passed)), drawing.INDENT)
    for text in await _ties(desk, network, question.passed, question.as_of):
        drawing.line(out, Text(text, style="dim"), drawing.INDENT)
    drawing.line(out, Text(question.why), drawing.INDENT)
    drawing.line(out, Text(f"answered in {elapsed:.0f} ms", style="dim"), drawing.INDENT)


async def _routes(desk: Desk, network: Network, question: Question) -> PathResult | None:
    scope, when = desk.viewer.scope, When(question.as_of)
    if question.start is None:
        return await who_knows(
            network,
            scope,
            question.target.id,
            max_hops=question.max_hops,
            first=MEMBERS,
            association=demo.ASSOCIATION,
            when=when,
        )
    return await introduction_paths(
        network,
        scope,
        question.start.id,
        question.target.id,
        k=ROUTES,
        max_hops=question.max_hops,
        avoid=[one.id for one in question.avoid],
        when=when,
    )


def _chain(along: Sequence[Planted]) -> str:
    return " → ".join(one.name for one in along)


async def _ties(desk: Desk, network: Network, along: Sequence[Planted], as_of: str) -> list[str]:
    """What is known of each step of a route, in a line each."""
    told: list[str] = []
    for a, b in pairwise(along):
        found = await tie(network, desk.viewer.scope, a.id, b.id, When(as_of))
        known = "nothing is known" if found is None else _known(found.band.lower(), found.strength, found.last_evidence)
        told.append(f"{a.name} and {b.name}: {known}")
    return told


def _known(band: str, strength: float, last: str) -> str:
    return f"{band} {reasons.number(strength)}, last evidence {last}"


async def _token(graph: Graph) -> str:
    """A new token for the demo; those of earlier runs end."""
    await tokens.revoke(graph, NAME)
    role = auth.Role.STAFF
    return (await tokens.create(graph, NAME, role, scopes=auth.scopes_of(role))).secret


def examples() -> tuple[Example, ...]:
    """The named questions as commands, for the start page."""
    return tuple(Example(one.text, _command(one)) for one in demo.questions())


def _command(question: Question) -> str:
    if question.start is None:
        words = ["paddock", "who-knows", question.target.name]
    else:
        words = ["paddock", "path", question.start.name, question.target.name]
    words += [word for one in question.avoid for word in ("--avoid", one.name)]
    return shlex.join([*words, "--as-of", question.as_of])


def invite(address: str, token: str, store: Store) -> None:
    """Say how to go on: the page, a request that works as it is printed, and how to ask from another shell."""
    out = drawing.console()
    start, target = _pair()
    ask = f'introductionPaths(from: "{start}", to: "{target}", asOf: "{demo.AS_OF}")'
    give = "{ outcome paths { strength band segments { from { name } to { name } } } }"
    body = json.dumps({"query": f"{{ {ask} {give} }}"})
    out.print(f"\nPaddock answers at {address}; stop it with Ctrl-C. Ask it something:\n", style="bold")
    drawing.line(
        out,
        Text(
            f"curl -s {address}/graphql -H 'Authorization: Bearer {token}' \\\n"
            f"  -H 'Content-Type: application/json' \\\n  -d '{body}'"
        ),
    )
    place = str(store.path) if isinstance(store, Folder) else store.uri
    out.print("\nOr ask from another shell; the start page lists the commands:\n", style="bold")
    mine = f"PADDOCK_STORE={shlex.quote(place)} PADDOCK_ASSOCIATION={shlex.quote(demo.ASSOCIATION)}"
    drawing.line(out, Text(f"export {mine}"))


def _pair() -> tuple[str, str]:
    """The ends of the first question that goes from somebody to somebody."""
    question = next(one for one in demo.questions() if one.start is not None)
    return (question.start or question.target).id, question.target.id
