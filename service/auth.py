"""Who asks, and what of the graph they may see: roles, clearances, and the purpose some data need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service.errors import Code, ServiceError
from service.graph import tokens
from service.graph.store import Graph, Scope
from service.graph.tokens import Kind, Rights, Token
from service.graph.users import User
from service.graph.visibility import LEVELS, PLAIN, VisibilityClass

SECRET_LEVEL = LEVELS[-1]  # needs a purpose
OWNER_NAME = "owner"  # whoever asks at the store's own machine, without a token


class Role(StrEnum):
    """What a user may do; an integrator is no user but a token that acts within what its owner may."""

    MEMBERS = "members"
    STAFF = "staff"
    LOBBYING = "lobbying"
    STEWARD = "steward"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    ADMIN = "admin"
    INTEGRATOR = "integrator"


class Right(StrEnum):
    """An act that not every role may do."""

    READ = "read"
    WRITE = "write"
    STEWARD = "steward"
    ERASE = "erase"
    ADMINISTER = "administer"


@dataclass(frozen=True, slots=True)
class Grant:
    """The levels a role reads, whether it reads every compartment or only those granted, and what it may do."""

    levels: tuple[str, ...]
    everywhere: bool
    rights: frozenset[Right]


NOTHING = Grant((), everywhere=False, rights=frozenset())
_READ = frozenset({Right.READ})
_WRITE = _READ | {Right.WRITE}
GRANTS: Mapping[Role, Grant] = {
    Role.MEMBERS: Grant(LEVELS[:2], everywhere=False, rights=_READ),
    Role.STAFF: Grant(LEVELS[:3], everywhere=False, rights=_WRITE),
    Role.LOBBYING: Grant(LEVELS, everywhere=False, rights=_WRITE),
    Role.STEWARD: Grant(LEVELS[:3], everywhere=False, rights=_WRITE | {Right.STEWARD}),
    Role.DATA_PROTECTION_OFFICER: Grant(LEVELS, everywhere=True, rights=_READ | {Right.ERASE}),
    Role.ADMIN: Grant(LEVELS, everywhere=True, rights=_READ | {Right.ADMINISTER}),
    # All it may comes from its owner.
    Role.INTEGRATOR: NOTHING,
}
OWNER = Grant(LEVELS, everywhere=True, rights=frozenset(Right))
GIVEN = tuple(role for role in Role if role is not Role.INTEGRATOR)  # what a user can be granted


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever asks: the scope of every question, the rights, and the revision at which both were read."""

    name: str
    roles: tuple[str, ...]
    scope: Scope
    visibilities: tuple[str, ...]
    compartments: tuple[str, ...]
    rights: frozenset[Right]
    classes: Mapping[int, VisibilityClass]
    revision: int
    purpose: str | None = None
    principal: str = OWNER_NAME  # whose records these are: a name that outlives each single token
    everywhere: bool = False  # whether every compartment may be read, those to come included
    fields: frozenset[str] | None = None  # the root fields that may be asked for, where they are counted
    token: str | None = None  # the id of the token that was sent
    registered_only: bool = False  # whether only registered documents may be sent with it

    def require(self, right: Right) -> None:
        """Nothing, where the viewer has a right; else FORBIDDEN."""
        if right not in self.rights:
            who = " and ".join(self.roles) or "whoever has no role"
            raise ServiceError(Code.FORBIDDEN, f"{who} may not {right}; ask an administrator")


async def viewer_of(graph: Graph, secret: str | None, purpose: str | None = None) -> Viewer:
    """The viewer a bearer token stands for; UNAUTHENTICATED where it is missing, unknown, expired or revoked."""
    found = await rights_of(graph, secret)
    viewer = viewer_by(found, graph.clock(), purpose)
    await note(graph, found, graph.clock())
    return viewer


async def rights_of(graph: Graph, secret: str | None) -> Rights:
    """What the store has on a token at this moment; UNAUTHENTICATED where none was sent."""
    if not secret:
        raise ServiceError(Code.UNAUTHENTICATED, "send the token as: Authorization: Bearer <token>")
    return await tokens.rights(graph, secret)


def viewer_by(found: Rights, now: str, purpose: str | None = None) -> Viewer:
    """The viewer these rights make at a moment; UNAUTHENTICATED where they make none."""
    token, user = found.token, found.owner
    if token is None or user is None or not stands(found, now):
        raise ServiceError(Code.UNAUTHENTICATED, "this token is unknown, expired or revoked; ask for a new one")
    roles = _acting(token, user)
    viewer = _viewer(user.name, roles, _granted(token, roles), user.compartments, found, purpose)
    if token.kind != Kind.INTEGRATOR:
        return viewer
    return replace(
        viewer, roles=(str(Role.INTEGRATOR),), fields=None if token.fields is None else frozenset(token.fields)
    )


def stands(found: Rights, now: str) -> bool:
    """Whether a token counts at a moment, and its owner's account does."""
    return found.token is not None and found.owner is not None and found.owner.stands and found.token.stands(now)


async def owner(graph: Graph, role: Role | None = None, purpose: str | None = None) -> Viewer:
    """The viewer at the store's own machine: everything there is, or as little as a role may."""
    found = await tokens.rights(graph, None)
    if role is None:
        return _viewer(OWNER_NAME, (OWNER_NAME,), OWNER, (), found, purpose)
    return _viewer(OWNER_NAME, (str(role),), GRANTS[role], (), found, purpose)


async def renewed(graph: Graph, viewer: Viewer) -> Viewer:
    """The same viewer at the present revision, with the classes that were made meanwhile."""
    found = await tokens.rights(graph, None)
    classes = {row.id: row for row in (*PLAIN, *found.classes)}
    held = _held(classes, viewer.compartments, everywhere=viewer.everywhere)
    return replace(
        viewer,
        scope=_scope(classes, viewer.visibilities, held, found.revision),
        compartments=tuple(sorted(held)),
        classes=classes,
        revision=found.revision,
    )


def scopes_of(role: Role) -> tuple[str, ...]:
    """The scopes a new token of a role has unless it is given others; an integrator's only read."""
    rights = {Right.READ} if role is Role.INTEGRATOR else GRANTS[role].rights
    return tuple(sorted(right.value for right in rights))


def union(roles: Iterable[str]) -> Grant:
    """What several roles amount to; those that read every compartment read every level too."""
    grants = [GRANTS[Role(role)] for role in roles]
    return Grant(
        tuple(level for level in LEVELS if any(level in grant.levels for grant in grants)),
        any(grant.everywhere for grant in grants),
        frozenset(right for grant in grants for right in grant.rights),
    )


def role_of(text: str) -> Role:
    """The role of a name; BAD_USER_INPUT lists them all."""
    try:
        return Role(text.strip().lower().replace(" ", "-").replace("_", "-"))
    except ValueError:
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no role; take one of {', '.join(Role)}") from None


def _acting(token: Token, user: User) -> tuple[str, ...]:
    """The roles a token acts in: of its owner's as they are now, those it is for."""
    return tuple(role for role in user.roles if token.roles is None or role in token.roles)


def _granted(token: Token, roles: Sequence[str]) -> Grant:
    """What a token may: the union of the roles it acts in, within its own scopes and clearance."""
    grant = union(roles)
    rights = frozenset(right for right in grant.rights if token.scopes is None or right.value in token.scopes)
    highest = LEVELS.index(token.clearance) if token.clearance else len(LEVELS)
    seen = tuple(level for level in grant.levels if LEVELS.index(level) <= highest)
    return Grant(seen if Right.READ in rights else (), grant.everywhere, rights)


def _viewer(
    name: str, roles: tuple[str, ...], grant: Grant, compartments: Sequence[str], found: Rights, purpose: str | None
) -> Viewer:
    purpose = (purpose or "").strip() or None
    levels = tuple(level for level in grant.levels if level != SECRET_LEVEL or purpose is not None)
    classes = {row.id: row for row in (*PLAIN, *found.classes)}
    held = _held(classes, compartments, everywhere=grant.everywhere)
    return Viewer(
        name=name,
        roles=roles,
        scope=_scope(classes, levels, held, found.revision),
        visibilities=levels,
        compartments=tuple(sorted(held)),
        rights=grant.rights,
        classes=classes,
        revision=found.revision,
        purpose=purpose,
        principal=OWNER_NAME if found.owner is None else found.owner.id,
        everywhere=grant.everywhere,
        token=None if found.token is None else found.token.id,
        registered_only=found.token is not None and found.token.registered_only is True,
    )


def _held(classes: Mapping[int, VisibilityClass], granted: Sequence[str], *, everywhere: bool) -> frozenset[str]:
    every = (one for row in classes.values() for one in row.compartments)
    return frozenset(every if everywhere else granted)


def _scope(classes: Mapping[int, VisibilityClass], levels: Sequence[str], held: frozenset[str], revision: int) -> Scope:
    seen = (row.id for row in classes.values() if row.level in levels and held.issuperset(row.compartments))
    return Scope(tuple(sorted(seen)), revision)


async def note(graph: Graph, found: Rights, now: str) -> None:
    """Nothing, once it is noted that a token was used, or cannot be just now."""
    if found.token is None:
        return
    try:
        await tokens.note_use(graph, found.token, now)
    except ServiceError:
        # A busy writer is no reason to refuse a question; the next request notes it.
        return
