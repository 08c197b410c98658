"""GraphQL: served on a port, asked once from the shell, and shown with an invented association."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, cast

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsRole, Purpose, Store
from service.cli.waiting import Reading
from service.errors import Code, Exit, ServiceError
from service.settings import HIGHEST_PORT

if TYPE_CHECKING:
    from service.cli.asking import Desk

Host = Annotated[str | None, Option("--host", help="Where to listen [env PADDOCK_HOST; default: 127.0.0.1]")]
Port = Annotated[
    int | None,
    Option(
        "--port",
        min=0,
        max=HIGHEST_PORT,
        help="On which port; 0 takes a free one [env PADDOCK_PORT; default: 8000]",
    ),
]


def register(app: Typer) -> None:
    """Add these commands to the program."""
    for command in (demo, serve, graphql):
        app.command()(command)


def serve(host: Host = None, port: Port = None, store: Store = None) -> int:
    """Serve GraphQL and the start page until interrupted."""
    from service import serving

    settings = asking.settings_of(store)
    port = settings.port if port is None else port
    serving.serve(settings, host or settings.host, port, _tell, reading=Reading())
    return Exit.OK


def _tell(address: str) -> None:
    sys.stderr.write(f"Paddock answers at {address} (GraphQL at {address}/graphql); stop it with Ctrl-C.\n")


def graphql(
    query: Annotated[str, Argument(metavar="QUERY", help="A GraphQL document; - reads it from stdin")],
    variables: Annotated[str, Option("--variables", metavar="JSON", help="Its variables, as a JSON object")] = "{}",
    operation: Annotated[str | None, Option("--operation", help="Which operation, where it has several")] = None,
    store: Store = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Run a GraphQL document against the store, without a server, and print the response."""

    async def ask(desk: Desk) -> int:
        import schema
        from schema.context import Context
        from service.cli import plain

        settings = desk.settings
        context = Context(desk.graph, asking.network(desk), desk.viewer, settings.association, settings.brokering)
        document = sys.stdin.read() if query == "-" else query
        response = await schema.run(context, document, _object(variables), operation)
        plain.emit(response)
        return Exit.USAGE if response.get("data") is None and response.get("errors") else Exit.OK

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


def _object(text: str) -> dict[str, object]:
    import orjson

    try:
        found: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ServiceError(Code.BAD_USER_INPUT, f"the variables are no JSON: {error}") from None
    if not isinstance(found, dict):
        raise ServiceError(Code.BAD_USER_INPUT, 'the variables are no JSON object; write {"name": value}')
    return cast("dict[str, object]", found)


def demo(
    scale: Annotated[float, Option("--scale", help="How large the invented world is (0.02 to 10)")] = 1.0,
    host: Host = None,
    port: Port = None,
    no_serve: Annotated[bool, Option("--no-serve", help="End after the answers")] = False,
    store: Annotated[
        str | None, Option("--store", metavar="STORE", help="Where to keep it [default: a folder of its own]")
    ] = None,
) -> int:
    """Invent an association, load it, answer its named questions with their evidence, and serve it."""
    from service.cli import showing

    settings = showing.settings(asking.settings_of(store or showing.own_folder()))
    token = asking.run(showing.shown(settings, scale))
    if no_serve:
        return Exit.OK
    from service import serving

    serving.serve(
        settings,
        host or settings.host,
        settings.port if port is None else port,
        lambda address: showing.invite(address, token, settings.store),
        questions=showing.examples(),
    )
    return Exit.OK
