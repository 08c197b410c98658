"""Tokens: who may ask over the network, and as what."""

from __future__ import annotations

from collections.abc import Sequence
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
    from service.graph.users import User

app = Typer(help="Make, list and revoke the tokens that GraphQL is asked with.", no_args_is_help=True)


@app.command()
def create(
    name: Annotated[str, Argument(help="Whose token it is; with --owner, what it is called")],
    role: Annotated[
        str | None,
        Option(
            "--role",
            help="members, staff, lobbying, steward, data-protection-officer, admin or integrator "
            "[default: all of its owner's]",
        ),
    ] = None,
    expires_at: Annotated[
        str | None, Option("--expires-at", metavar="MOMENT", help="When it ends [default: when it is revoked]")
    ] = None,
    owner: Annotated[
        str | None, Option("--owner", metavar="USER", help="The user within whose rights it acts, as they are by then")
    ] = None,
    compartments: Annotated[
        list[str] | None, Option("--compartment", help="A compartment this person may see; repeatable")
    ] = None,
    scopes: Annotated[
        list[str] | None,
        Option("--scope", help="read, write, steward, erase or administer; repeatable [integrators: read]"),
    ] = None,
    fields: Annotated[
        list[str] | None, Option("--field", help="For an integrator: a root field it may ask for; repeatable [all]")
    ] = None,
    clearance: Annotated[
        str | None, Option("--clearance", metavar="LEVEL", help="The highest level it sees [default: its owner's]")
    ] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> int:
    """Make a token; it is shown this once."""
    from service import auth
    from service.graph import tokens

    async def made(desk: Desk) -> int:
        desk.viewer.require(auth.Right.ADMINISTER)
        wanted = None if role is None else auth.role_of(role)
        called = _given(name)
        user = await _owner(desk, called, wanted, owner, compartments or ())
        created = await tokens.create(
            desk.graph,
            called,
            wanted,
            scopes=_scopes(wanted, scopes),
            expires_at=None if expires_at is None else _to_come(expires_at, desk.graph.clock()),
            compartments=compartments or (),
            owner=user,
            fields=_fields(wanted, fields),
            clearance=None if clearance is None else _level(clearance),
        )
        _tell(created.secret, created.token, name if user is None else user.name, as_json=as_json)
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


async def _owner(
    desk: Desk, name: str, role: Role | None, owner: str | None, compartments: Sequence[str]
) -> User | None:
    """The user a token acts for; none where it is that of the user called as the token, who need not be there yet."""
    from service import auth
    from service.cli.commands import users as commands
    from service.graph import users

    if compartments and (owner is not None or role is None):
        raise ServiceError(
            Code.BAD_USER_INPUT, "what a user may see is granted to the user; see: paddock user grant --help"
        )
    if owner is not None:
        user = await commands.standing(desk, owner)
        if role not in {None, auth.Role.INTEGRATOR, *user.roles}:
            raise ServiceError(
                Code.FORBIDDEN, f"{user.name} is no {role}, and a token is never more than its owner; grant it first"
            )
        return user
    if role is auth.Role.INTEGRATOR:
        raise ServiceError(Code.BAD_USER_INPUT, "an integrator acts within a user's rights; name the user with --owner")
    found = await users.user(desk.graph, name)
    if found is not None and not found.stands:
        raise ServiceError(Code.CONFLICT, f"{name} was revoked; add the user anew with: paddock user add --help")
    if role is None and found is None:
        raise ServiceError(Code.BAD_USER_INPUT, f"no user is called {name!r} yet; say with --role what they may do")
    return found if role is None else None


def _scopes(role: Role | None, given: Sequence[str] | None) -> Sequence[str] | None:
    """The acts a token is for; without a word about them all of its roles', and of an integrator's only reading."""
    from service import auth

    if not given:
        return None if role is None else auth.scopes_of(role)
    unknown = sorted(set(given) - set(auth.Right))
    if unknown:
        raise ServiceError(Code.BAD_USER_INPUT, f"{unknown[0]!r} is no scope; take one of {', '.join(auth.Right)}")
    return sorted(set(given))


def _fields(role: Role | None, given: Sequence[str] | None) -> Sequence[str] | None:
    """The root fields an integrator may ask for, once they are known to be some."""
    if not given:
        return None
    if role != "integrator":
        raise ServiceError(Code.BAD_USER_INPUT, "--field is for an integrator; a person may ask for everything")
    from schema import roots

    unknown = sorted(set(given) - roots())
    if unknown:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            f"the contract has no root field {unknown[0]!r}; take one of {', '.join(sorted(roots()))}",
        )
    return given


def _level(text: str) -> str:
    from service.graph.visibility import LEVELS

    if text.upper() not in LEVELS:
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no level; take one of {', '.join(LEVELS)}")
    return text.upper()


def _tell(secret: str, token: Token, owner: str, *, as_json: bool) -> None:
    from service.cli import drawing, plain

    if as_json:
        plain.emit({"token": secret, **_plain(token, owner)})
        return
    drawing.console().print(secret)
    drawing.console(errors=True).print(f"for {owner} as {_role(token)}; keep it, it is stored nowhere.")


@app.command("list")
def list_(store: Store = None, as_json: AsJson = False) -> int:
    """List every token that was given out, without its secret."""
    from service import auth
    from service.cli import plain
    from service.graph import tokens, users

    async def listed(desk: Desk) -> int:
        desk.viewer.require(auth.Right.ADMINISTER)
        owners = {user.id: user.name for user in await users.users(desk.graph)}
        found = [(one, owners.get(one.owner or "", "")) for one in await tokens.tokens(desk.graph)]
        if as_json:
            plain.emit([_plain(token, owner) for token, owner in found])
        else:
            _draw(found)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), listed))


def _role(token: Token) -> str:
    """What a token acts as, in a word or a few."""
    if token.kind == "integrator":
        return token.kind
    return "all its owner is" if token.roles is None else ", ".join(token.roles)


def _plain(token: Token, owner: str) -> dict[str, object]:
    roles = token.roles
    return {
        "id": token.id,
        "name": token.name,
        "owner": owner,
        "role": token.kind if token.kind == "integrator" else roles[0] if roles else None,
        "scopes": token.scopes,
        "fields": token.fields,
        "clearance": token.clearance,
        "createdAt": token.created_at,
        "expiresAt": token.expires_at,
        "revokedAt": token.revoked_at,
        "lastUsedAt": token.last_used_at,
    }


def _draw(found: Sequence[tuple[Token, str]]) -> None:
    from service.cli import drawing

    if not found:
        sentence = "No token has been given out; make one with: paddock token create NAME --role members"
        drawing.console().print(sentence, soft_wrap=True)
        return
    table = drawing.columns("name", "owner", "role", "id", "created", "expires", "revoked", "last used")
    for token, owner in found:
        moments = (token.created_at, token.expires_at, token.revoked_at, token.last_used_at)
        table.add_row(token.name, owner, _role(token), token.id, *(moment[:19] if moment else "" for moment in moments))
    drawing.grid(drawing.console(), table)


@app.command()
def revoke(
    token: Annotated[str, Argument(metavar="TOKEN", help="Its id, or what it is called")],
    store: Store = None,
) -> int:
    """Take a token back; the next request with it is refused."""
    from service import auth
    from service.graph import tokens

    async def revoked(desk: Desk) -> int:
        desk.viewer.require(auth.Right.ADMINISTER)
        if not await tokens.revoke(desk.graph, token):
            raise ServiceError(
                Code.NOT_FOUND, f"no token that still counts is called {token!r}; see: paddock token list"
            )
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), revoked))
