"""Tokens: who may ask over the network, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, Store
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from service.auth import Role
    from service.cli.asking import Desk
    from service.graph.tokens import Token

app = Typer(help="Make, list and revoke the tokens that GraphQL is asked with.", no_args_is_help=True)


@app.command()
def create(
    name: Annotated[str, Argument(help="Whose token it is")],
    role: Annotated[
        str,
        Option("--role", help="members, staff, lobbying, steward, data-protection-officer, admin or integrator"),
    ],
    expires_at: Annotated[
        str | None, Option("--expires-at", metavar="MOMENT", help="When it ends [default: when it is revoked]")
    ] = None,
    owner: Annotated[
        str | None, Option("--owner", metavar="TOKEN", help="For an integrator: the id of the token it acts within")
    ] = None,
    compartments: Annotated[
        list[str] | None, Option("--compartment", help="A compartment this person may see; repeatable")
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> int:
    """Make a token; it is shown this once."""
    from service import auth
    from service.graph import tokens

    async def made(desk: Desk) -> int:
        wanted = auth.role_of(role)
        await _bounded(desk, wanted, owner)
        created = await tokens.create(
            desk.graph,
            _given(name),
            wanted,
            scopes=auth.scopes_of(wanted),
            expires_at=None if expires_at is None else _to_come(expires_at, desk.graph.clock()),
            compartments=compartments or (),
            owner=owner,
        )
        _tell(created.secret, created.token, as_json=as_json)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), made))


def _given(name: str) -> str:
    if not name.strip():
        raise ServiceError(Code.BAD_USER_INPUT, "the name is empty; say whose token it is")
    return name.strip()


def _to_come(text: str, now: str) -> str:
    """The moment a token ends, once it is known to be one that has not passed."""
    from network.dates import micros, moment

    try:
        ends = moment(micros(text))
    except ValueError as error:
        raise ServiceError(Code.BAD_USER_INPUT, str(error)) from None
    if ends <= now:
        raise ServiceError(Code.BAD_USER_INPUT, f"{text} has passed; let the token end at a moment to come")
    return ends


async def _bounded(desk: Desk, role: Role, owner: str | None) -> None:
    """Nothing, where an integrator has an owner whose token counts, and nobody else has one."""
    from service import auth
    from service.graph import tokens

    if role is not auth.Role.INTEGRATOR:
        if owner is not None:
            raise ServiceError(Code.BAD_USER_INPUT, f"--owner is for an integrator; {role} acts for itself")
        return
    if owner is None:
        raise ServiceError(Code.BAD_USER_INPUT, "an integrator acts within another token; name its id with --owner")
    lent = [one for one in await tokens.tokens(desk.graph) if one.id == owner and one.stands(desk.graph.clock())]
    if not any(one.role != role for one in lent):
        raise ServiceError(Code.NOT_FOUND, f"no person's token that still counts is {owner!r}; see: paddock token list")


def _tell(secret: str, token: Token, *, as_json: bool) -> None:
    from service.cli import drawing, plain

    if as_json:
        plain.emit({"token": secret, "id": token.id, "name": token.name, "role": token.role})
        return
    drawing.console().print(secret)
    drawing.console(errors=True).print(f"for {token.name} as {token.role}; keep it, it is stored nowhere.")


@app.command("list")
def list_(store: Store = None, as_json: AsJson = False) -> int:
    """List every token that was given out, without its secret."""
    from service.cli import plain
    from service.graph import tokens

    async def listed(desk: Desk) -> int:
        found = await tokens.tokens(desk.graph)
        if as_json:
            plain.emit([_plain(token) for token in found])
        else:
            _draw(found)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), listed))


def _plain(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "createdAt": token.created_at,
        "expiresAt": token.expires_at,
        "revokedAt": token.revoked_at,
        "lastUsedAt": token.last_used_at,
    }


def _draw(found: list[Token]) -> None:
    from service.cli import drawing

    if not found:
        sentence = "No token has been given out; make one with: paddock token create NAME --role members"
        drawing.console().print(sentence, soft_wrap=True)
        return
    table = drawing.columns("name", "role", "id", "created", "expires", "revoked", "last used")
    for token in found:
        moments = (token.created_at, token.expires_at, token.revoked_at, token.last_used_at)
        table.add_row(token.name, token.role, token.id, *(moment[:19] if moment else "" for moment in moments))
    drawing.grid(drawing.console(), table)


@app.command()
def revoke(
    token: Annotated[str, Argument(metavar="TOKEN", help="Its id, or the name of whoever holds it")],
    store: Store = None,
) -> int:
    """Take a token back; the next request with it is refused."""
    from service.graph import tokens

    async def revoked(desk: Desk) -> int:
        if not await tokens.revoke(desk.graph, token):
            raise ServiceError(
                Code.NOT_FOUND, f"no token that still counts is called {token!r}; see: paddock token list"
            )
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), revoked))
