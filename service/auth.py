"""Who asks, and what of the graph they may see: roles, clearances, and the purpose some data need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service.errors import Code, ServiceError
from service.graph import tokens
from service.graph.store import Graph, Scope
from service.graph.tokens import Rights, Token
from service.graph.visibility import LEVELS, PLAIN, VisibilityClass

SECRET_LEVEL = LEVELS[-1]  # needs a purpose
OWNER_NAME = "owner"  # whoever asks at the store's own machine, without a token


class Role(StrEnum):
    """What a token lets its holder do."""

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


_READ = frozenset({Right.READ})
_WRITE = _READ | {Right.WRITE}
GRANTS: Mapping[Role, Grant] = {
    Role.MEMBERS: Grant(LEVELS[:2], everywhere=False, rights=_READ),
    Role.STAFF: Grant(LEVELS[:3], everywhere=False, rights=_WRITE),
    Role.LOBBYING: Grant(LEVELS, everywhere=False, rights=_WRITE),
    Role.STEWARD: Grant(LEVELS[:3], everywhere=False, rights=_WRITE | {Right.STEWARD}),
    Role.DATA_PROTECTION_OFFICER: Grant(LEVELS, everywhere=True, rights=_READ | {Right.ERASE}),
    Role.ADMIN: Grant(LEVELS, everywhere=True, rights=_READ | {Right.ADMINISTER}),
    # Its levels are its owner's; without one it reads nothing.
    Role.INTEGRATOR: Grant((), everywhere=False, rights=frozenset()),
}
OWNER = Grant(LEVELS, everywhere=True, rights=frozenset(Right))


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
    token: str | None = None  # the id of the token that was sent

    def require(self, right: Right) -> None:
        """Nothing, where the viewer has a right; else FORBIDDEN."""
        if right not in self.rights:
            raise ServiceError(Code.FORBIDDEN, f"{' and '.join(self.roles)} may not {right}; ask an administrator")


async def viewer_of(graph: Graph, secret: str | None, purpose: str | None = None) -> Viewer:
    """The viewer a bearer token stands for; UNAUTHENTICATED where it is missing, unknown, expired or revoked."""
    if not secret:
        raise ServiceError(Code.UNAUTHENTICATED, "send the token as: Authorization: Bearer <token>")
    found = await tokens.rights(graph, secret)
    now = graph.clock()
    if found.token is None or not found.token.stands(now):
        raise ServiceError(Code.UNAUTHENTICATED, "this token is unknown, expired or revoked; ask for a new one")
    await _note(graph, found.token)
    grant, compartments = _granted(found, now)
    return _viewer(found.token.name, (found.token.role,), grant, compartments, found, purpose)


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
    """The scopes a new token of a role has unless it is given fewer; an integrator's only read."""
    rights = {Right.READ} if role is Role.INTEGRATOR else GRANTS[role].rights
    return tuple(sorted(right.value for right in rights))


def role_of(text: str) -> Role:
    """The role of a name; BAD_USER_INPUT lists them all."""
    try:
        return Role(text.strip().lower().replace(" ", "-").replace("_", "-"))
    except ValueError:
        raise ServiceError(Code.BAD_USER_INPUT, f"{text!r} is no role; take one of {', '.join(Role)}") from None


def _granted(found: Rights, now: str) -> tuple[Grant, Sequence[str]]:
    """What a token may: its role's grant; an integrator's is that of its owner as it is now, within its own scopes."""
    token = found.token
    if token is None:
        return GRANTS[Role.INTEGRATOR], ()
    grant, compartments = GRANTS[Role(token.role)], token.compartments
    if Role(token.role) is Role.INTEGRATOR:
        if found.owner is None or not _lends(found.owner, now):
            return GRANTS[Role.INTEGRATOR], ()
        grant, compartments = _within(GRANTS[Role(found.owner.role)], found.owner), found.owner.compartments
    return _within(grant, token), compartments


def _lends(token: Token, now: str) -> bool:
    # A chain of integrators would lend rights nobody gave.
    return token.stands(now) and Role(token.role) is not Role.INTEGRATOR


def _within(grant: Grant, token: Token) -> Grant:
    """A grant without the rights that are not among the token's scopes."""
    rights = frozenset(right for right in grant.rights if right.value in token.scopes)
    return Grant(grant.levels if Right.READ in rights else (), grant.everywhere, rights)


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
        principal=OWNER_NAME if found.token is None else found.token.principal or found.token.id,
        everywhere=grant.everywhere,
        token=None if found.token is None else found.token.id,
    )


def _held(classes: Mapping[int, VisibilityClass], granted: Sequence[str], *, everywhere: bool) -> frozenset[str]:
    every = (one for row in classes.values() for one in row.compartments)
    return frozenset(every if everywhere else granted)


def _scope(classes: Mapping[int, VisibilityClass], levels: Sequence[str], held: frozenset[str], revision: int) -> Scope:
    seen = (row.id for row in classes.values() if row.level in levels and held.issuperset(row.compartments))
    return Scope(tuple(sorted(seen)), revision)


async def _note(graph: Graph, token: Token) -> None:
    try:
        await tokens.note_use(graph, token)
    except ServiceError:
        # A busy writer is no reason to refuse a question; the next request notes it.
        return
