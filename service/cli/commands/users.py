"""Users: who works with the store by name, and what they are granted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeAlias

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import AsJson, Store
from service.errors import Code, Exit, ServiceError

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.users import User

app = Typer(help="Add users, and grant and revoke what they may do and see.", no_args_is_help=True)

ROLES = "members, staff, lobbying, steward, data-protection-officer or admin; repeatable"
Name: TypeAlias = Annotated[str, Argument(help="What the user is called")]
Roles: TypeAlias = Annotated[list[str] | None, Option("--role", metavar="ROLE", help=ROLES)]
Compartments: TypeAlias = Annotated[
    list[str] | None, Option("--compartment", metavar="NAME", help="A compartment they may see; repeatable")
]
Act: TypeAlias = "Callable[[Desk], Awaitable[User]]"


@app.command()
def add(
    name: Name,
    roles: Annotated[list[str], Option("--role", metavar="ROLE", help=ROLES)],
    compartments: Compartments = None,
    store: Store = None,
    as_json: AsJson = False,
) -> int:
    """Add a user; one who was revoked begins anew, without the tokens of before."""
    from service.graph import users

    async def act(desk: Desk) -> User:
        called = name.strip()
        if not called:
            raise ServiceError(Code.BAD_USER_INPUT, "the name is empty; say what the user is called")
        given = _roles(roles), _compartments(compartments)
        found = await users.user(desk.graph, called)
        if found is not None and found.stands:
            raise ServiceError(Code.CONFLICT, f"{called} is a user already; see: paddock user grant --help")
        return await users.add(desk.graph, called, *given)

    return _done(store, act, as_json=as_json)


@app.command()
def grant(
    name: Name, roles: Roles = None, compartments: Compartments = None, store: Store = None, as_json: AsJson = False
) -> int:
    """Grant a user roles and compartments beside those they have; it holds from their next request."""
    from service.graph import users

    async def act(desk: Desk) -> User:
        given = _roles(roles or ()), _compartments(compartments)
        if not any(given):
            raise ServiceError(Code.BAD_USER_INPUT, "nothing to grant; name a --role or a --compartment")
        return await users.grant(desk.graph, await standing(desk, name), *given)

    return _done(store, act, as_json=as_json)


@app.command()
def revoke(
    name: Name, roles: Roles = None, compartments: Compartments = None, store: Store = None, as_json: AsJson = False
) -> int:
    """Take roles and compartments back, or with neither the user and all their tokens, from the next request."""
    from service.graph import users

    async def act(desk: Desk) -> User:
        given = _roles(roles or ()), _compartments(compartments)
        user = await standing(desk, name)
        _refuse_ungranted(user, *given)
        return await (users.withdraw(desk.graph, user, *given) if any(given) else users.revoke(desk.graph, user))

    return _done(store, act, as_json=as_json)


@app.command("list")
def list_(store: Store = None, as_json: AsJson = False) -> int:
    """List every user with their roles and compartments, those who were revoked too."""
    from service.cli import plain
    from service.graph import users

    async def listed(desk: Desk) -> int:
        _require(desk)
        found = await users.users(desk.graph)
        if as_json:
            plain.emit([_plain(user) for user in found])
        else:
            _draw(found)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), listed))


async def standing(desk: Desk, name: str) -> User:
    """The user of a name who has not been revoked; NOT_FOUND otherwise."""
    from service.graph import users

    found = await users.user(desk.graph, name.strip())
    if found is None or not found.stands:
        raise ServiceError(Code.NOT_FOUND, f"no user is called {name.strip()!r}; see: paddock user list")
    return found


def _done(store: str | None, act: Act, *, as_json: bool) -> int:
    async def done(desk: Desk) -> int:
        _require(desk)
        _tell(await act(desk), as_json=as_json)
        return Exit.OK

    return asking.run(asking.at_desk(Caller(store), done))


def _require(desk: Desk) -> None:
    from service.auth import Right

    desk.viewer.require(Right.ADMINISTER)


def _roles(given: Sequence[str]) -> list[str]:
    from service import auth

    found = [auth.role_of(text) for text in given]
    if auth.Role.INTEGRATOR in found:
        raise ServiceError(
            Code.BAD_USER_INPUT,
            "an integrator is a token, no user; make it with: paddock token create NAME --role integrator --owner USER",
        )
    return [str(role) for role in found]


def _compartments(given: Sequence[str] | None) -> list[str]:
    found = [one.strip() for one in given or ()]
    if not all(found):
        raise ServiceError(Code.BAD_USER_INPUT, "the compartment is empty; name one")
    return found


def _refuse_ungranted(user: User, roles: Sequence[str], compartments: Sequence[str]) -> None:
    lacking = [*(set(roles) - set(user.roles)), *(set(compartments) - set(user.compartments))]
    if lacking:
        raise ServiceError(Code.NOT_FOUND, f"{user.name} has no {' and no '.join(sorted(lacking))} to revoke")


def _tell(user: User, *, as_json: bool) -> None:
    from service.cli import drawing, plain

    if as_json:
        plain.emit(_plain(user))
        return
    beside = f"; may see {', '.join(user.compartments)}" if user.compartments else ""
    what = ", ".join(user.roles) or "no role"
    drawing.console().print(
        f"{user.name}: {what}{beside}." if user.stands else f"{user.name} is revoked, with every token.",
        soft_wrap=True,
    )


def _plain(user: User) -> dict[str, object]:
    return {
        "id": user.id,
        "name": user.name,
        "roles": list(user.roles),
        "compartments": list(user.compartments),
        "createdAt": user.created_at,
        "revokedAt": user.revoked_at,
    }


def _draw(found: Sequence[User]) -> None:
    from service.cli import drawing

    if not found:
        drawing.console().print("There is no user; add one with: paddock user add NAME --role members", soft_wrap=True)
        return
    table = drawing.columns("name", "roles", "compartments", "id", "since", "revoked")
    for user in found:
        moments = (moment[:19] if moment else "" for moment in (user.created_at, user.revoked_at))
        table.add_row(user.name, ", ".join(user.roles), ", ".join(user.compartments), user.id, *moments)
    drawing.grid(drawing.console(), table)
