"""Who asks, and what they may see: tokens, roles, compartments and purposes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import auth
from service.auth import Right, Role, Viewer, owner, role_of, scopes_of, viewer_of
from service.engines.protocol import Engine, Transaction
from service.errors import Code, ServiceError
from service.graph import tokens, users, visibility
from service.graph.migrations import convert
from service.graph.model import digest
from service.graph.store import Graph, Scope, Write
from service.graph.tokens import hashed
from tests.graph.little import EVERYTHING, NOW, SECRET, THEN, Little

TENDER = 4  # STAFF, compartment tender
CASE = 5  # LOBBYING, compartment case


async def store(engine: Engine) -> Graph:
    """A store with two classes beside the plain ones."""
    graph = await Little().save(engine)

    async def work(write: Write) -> None:
        table = await visibility.classes(graph)
        table.number("STAFF", ["tender"])
        table.number("LOBBYING", ["case"])
        await visibility.save(write, table.added)

    await graph.write(work)
    return graph


async def token(graph: Graph, role: Role, **given: object) -> str:
    made = await tokens.create(graph, "crm", role, scopes=scopes_of(role), **given)  # type: ignore[arg-type]
    return made.secret


async def refused(graph: Graph, secret: str | None) -> ServiceError:
    with pytest.raises(ServiceError) as error:
        await viewer_of(graph, secret)
    return error.value


@pytest.mark.parametrize(
    ("role", "purpose", "seen", "levels", "rights"),
    [
        (Role.MEMBERS, "a vote", (0, 1), 2, {"read"}),
        (Role.STAFF, "a vote", (0, 1, 2), 3, {"read", "write"}),
        (Role.LOBBYING, None, (0, 1, 2), 3, {"read", "write"}),
        (Role.LOBBYING, "a vote", (0, 1, 2, 3), 4, {"read", "write"}),
        (Role.STEWARD, "a vote", (0, 1, 2), 3, {"read", "write", "steward"}),
        (Role.DATA_PROTECTION_OFFICER, "a request", (0, 1, 2, 3, TENDER, CASE), 4, {"read", "erase"}),
        (Role.ADMIN, None, (0, 1, 2, TENDER), 3, {"read", "administer"}),
        (Role.ADMIN, "an audit", (0, 1, 2, 3, TENDER, CASE), 4, {"read", "administer"}),
        (Role.INTEGRATOR, "a vote", (), 0, set[str]()),
    ],
)
async def test_a_role_sees_its_levels_and_lobbying_only_for_a_purpose(
    engine: Engine, role: Role, purpose: str | None, seen: tuple[int, ...], levels: int, rights: set[str]
) -> None:
    graph = await store(engine)

    viewer = await viewer_of(graph, await token(graph, role), purpose)

    assert (viewer.name, viewer.roles, viewer.scope.vis) == ("crm", (str(role),), seen)
    assert viewer.visibilities == ("PUBLIC", "MEMBERS", "STAFF", "LOBBYING")[:levels]
    assert {right.value for right in viewer.rights} == rights
    assert viewer.scope.revision == viewer.revision == (await graph.position()).number


async def test_compartments_are_granted_to_the_principal_and_hold_for_all_its_tokens(engine: Engine) -> None:
    graph = await store(engine)
    first = await token(graph, Role.STAFF)
    second = await token(graph, Role.LOBBYING, compartments=["tender", "case"])

    staff, lobbyist = await viewer_of(graph, first, "a vote"), await viewer_of(graph, second, "a vote")

    assert (staff.compartments, staff.scope.vis) == (("case", "tender"), (0, 1, 2, TENDER))
    assert lobbyist.scope.vis == (0, 1, 2, 3, TENDER, CASE)


async def test_what_is_recorded_belongs_to_the_principal_whichever_of_its_tokens_was_used(engine: Engine) -> None:
    graph = await store(engine)
    first, second = [await viewer_of(graph, await token(graph, role)) for role in (Role.STAFF, Role.STEWARD)]
    other = await viewer_of(graph, (await tokens.create(graph, "desk", Role.STAFF, scopes=["read"])).secret)

    assert first.principal == second.principal == digest("pri", "crm")
    assert other.principal == digest("pri", "desk")
    assert ((await owner(graph)).principal, (await owner(graph, Role.STAFF)).principal) == ("owner", "owner")


async def test_an_integrator_has_what_its_owner_has_at_the_request_and_no_more_than_its_own_bounds(
    engine: Engine,
) -> None:
    graph = await store(engine)
    ida = await users.add(graph, "Ida", [Role.STAFF], ["tender"])
    app = await tokens.create(graph, "app", Role.INTEGRATOR, scopes=["read"], owner=ida, fields=["whoKnows"])
    low = await tokens.create(graph, "low", Role.INTEGRATOR, scopes=["read"], owner=ida, clearance="MEMBERS")
    seen: list[object] = []

    async def look() -> None:
        viewer = await viewer_of(graph, app.secret, "a vote")
        seen.append((viewer.scope.vis, set(viewer.rights), (await viewer_of(graph, low.secret, "a vote")).scope.vis))

    await look()
    ida = await users.grant(graph, ida, [Role.LOBBYING], ["case"])
    await look()
    ida = await users.withdraw(graph, ida, [Role.STAFF, Role.LOBBYING], ["tender"])
    await look()
    viewer = await viewer_of(graph, app.secret)
    await users.revoke(graph, ida)
    ended = [await refused(graph, one.secret) for one in (app, low)]
    await users.add(graph, "Ida", [Role.ADMIN])

    assert seen == [
        ((0, 1, 2, TENDER), {Right.READ}, (0, 1)),
        ((0, 1, 2, 3, TENDER, CASE), {Right.READ}, (0, 1)),
        ((), set(), ()),
    ]
    assert (viewer.name, viewer.roles, viewer.principal, viewer.fields) == (
        "Ida",
        ("integrator",),
        ida.id,
        frozenset({"whoKnows"}),
    )
    assert [error.code for error in ended] == [Code.UNAUTHENTICATED] * 2
    assert [(await refused(graph, one.secret)).code for one in (app, low)] == [Code.UNAUTHENTICATED] * 2


async def test_a_user_has_the_union_of_their_roles_in_each_token_that_names_none(engine: Engine) -> None:
    graph = await store(engine)
    ida = await users.add(graph, "Ida", [Role.MEMBERS, Role.STEWARD], ["tender"])
    whole = await tokens.create(graph, "laptop", None, owner=ida)
    bound = await tokens.create(graph, "phone", Role.MEMBERS, owner=ida)
    await users.grant(graph, ida, [Role.LOBBYING, Role.MEMBERS])

    one, other = await viewer_of(graph, whole.secret, "a vote"), await viewer_of(graph, bound.secret, "a vote")

    assert (one.name, one.roles, one.scope.vis) == ("Ida", ("members", "steward", "lobbying"), (0, 1, 2, 3, TENDER))
    assert one.rights == {Right.READ, Right.WRITE, Right.STEWARD}
    assert (other.roles, other.scope.vis, other.rights) == (("members",), (0, 1), frozenset({Right.READ}))
    assert (one.principal, other.principal) == (ida.id, ida.id)


@given(held=st.sets(st.sampled_from(auth.GIVEN)), more=st.sets(st.sampled_from(auth.GIVEN)))
def test_more_roles_take_nothing_away(held: set[Role], more: set[Role]) -> None:
    few, many = auth.union(held), auth.union(held | more)

    assert (set(few.levels) <= set(many.levels), few.everywhere <= many.everywhere, few.rights <= many.rights) == (
        True,
        True,
        True,
    )
    assert all(set(auth.GRANTS[role].levels) <= set(few.levels) for role in held)


async def test_tokens_of_an_older_store_act_as_before_with_owners_of_their_own(engine: Engine) -> None:
    graph = await store(engine)

    async def before(transaction: Transaction) -> None:
        for name, compartments in (("desk", ["tender"]), ("app", list[str]())):
            said = {"id": users.user_id(name), "name": name, "compartments": compartments}
            await transaction.run("CREATE (p:Principal) SET p = $said", {"said": said})
        for id, name, role, scopes, more in (
            ("tok-a", "desk", "staff", ["read", "write"], {"expiresAt": "2027-01-01T00:00:00.000000Z"}),
            ("tok-b", "desk", "members", ["read"], dict[str, str]()),
            ("tok-c", "desk", "admin", ["read", "administer"], {"revokedAt": THEN}),
            ("tok-d", "app", "integrator", ["read"], {"owner": "tok-a"}),
            ("tok-e", "app", "integrator", ["read"], {"owner": "tok-c"}),
        ):
            said = {"id": id, "name": name, "role": role, "scopes": scopes, "hash": hashed(id), **more}
            said |= {"principal": users.user_id(name), "createdAt": THEN}
            await transaction.run("CREATE (t:Token) SET t = $said", {"said": said})

    await engine.write(before)
    for _ in range(2):
        await convert(engine, "0077_token_owner")

    viewers = [await viewer_of(graph, one) for one in ("tok-a", "tok-b", "tok-d")]
    assert [(one.name, one.roles, one.scope.vis, one.principal) for one in viewers] == [
        ("desk", ("staff",), (0, 1, 2, TENDER), digest("pri", "desk")),
        ("desk", ("members",), (0, 1), digest("pri", "desk")),
        ("desk", ("integrator",), (0, 1, 2, TENDER), digest("pri", "desk")),
    ]
    assert viewers[2].rights == {Right.READ}
    assert {(await refused(graph, one)).code for one in ("tok-c", "tok-e")} == {Code.UNAUTHENTICATED}
    ends = {one.id: one.expires_at for one in await tokens.tokens(graph)}
    assert ends["tok-d"] == ends["tok-a"] == "2027-01-01T00:00:00.000000Z"
    assert [(one.name, set(one.roles), one.created_at) for one in await users.users(graph)] == [
        ("app", set(), None),
        ("desk", {"staff", "members"}, THEN),
    ]


async def test_a_token_without_the_scope_to_read_reads_nothing(engine: Engine) -> None:
    graph = await store(engine)
    made = await tokens.create(graph, "inbox", Role.STAFF, scopes=["write"])

    viewer = await viewer_of(graph, made.secret)

    assert (viewer.scope.vis, viewer.rights) == ((), frozenset({Right.WRITE}))


async def test_a_token_is_refused_where_it_is_missing_unknown_expired_or_revoked(engine: Engine) -> None:
    graph = await store(engine)
    expired = await token(graph, Role.STAFF, expires_at=NOW)
    revoked = await token(graph, Role.STAFF)
    await tokens.revoke(graph, "crm")

    missing = await refused(graph, None)
    others = [await refused(graph, secret) for secret in (expired, revoked, "pdk_unknown", hashed(revoked))]

    assert (missing.code, missing.message) == (
        Code.UNAUTHENTICATED,
        "send the token as: Authorization: Bearer <token>",
    )
    assert {(error.code, error.message) for error in others} == {
        (Code.UNAUTHENTICATED, "this token is unknown, expired or revoked; ask for a new one")
    }


async def test_a_secret_has_256_random_bits_and_is_stored_nowhere(engine: Engine) -> None:
    graph = await store(engine)
    one = await tokens.create(graph, "crm", Role.STAFF, scopes=["read"])
    other = await tokens.create(graph, "crm", Role.STAFF, scopes=["read"])

    stored = await engine.read("MATCH (n) RETURN collect(properties(n)) AS rows", {})

    assert one.secret.startswith("pdk_")
    assert len(one.secret.removeprefix("pdk_")) == 43
    assert one.secret != other.secret
    assert one.secret.removeprefix("pdk_") not in str(stored)
    assert hashed(one.secret) in str(stored)
    assert [found.name for found in await tokens.tokens(graph)] == ["crm", "crm"]


async def test_tokens_are_revoked_by_name_or_id_once(engine: Engine) -> None:
    graph = await store(engine)
    made = await tokens.create(graph, "crm", Role.STAFF, scopes=["read"])
    await tokens.create(graph, "web", Role.MEMBERS, scopes=["read"])

    first, again = await tokens.revoke(graph, made.token.id), await tokens.revoke(graph, "crm")

    assert [(found.id, found.stands(NOW)) for found in first] == [(made.token.id, False)]
    assert again == []
    assert [(found.name, found.stands(NOW)) for found in await tokens.tokens(graph)] == [("crm", False), ("web", True)]


async def test_the_last_use_is_noted_at_most_once_an_hour_and_makes_no_revision(engine: Engine) -> None:
    graph = await store(engine)
    secret = await token(graph, Role.STAFF)
    revision = (await graph.position()).number
    uses: list[str | None] = []

    for moment in (NOW, "2026-11-23T12:59:59.000000Z", "2026-11-23T13:00:00.000000Z"):
        await viewer_of(replace(graph, clock=iter([moment] * 9).__next__), secret)
        uses.append((await tokens.tokens(graph))[0].last_used_at)

    assert uses == [NOW, NOW, "2026-11-23T13:00:00.000000Z"]
    assert (await graph.position()).number == revision


async def test_the_owner_of_the_store_sees_everything_a_purpose_allows_or_as_little_as_a_role(engine: Engine) -> None:
    graph = await store(engine)

    async def seen(role: Role | None, purpose: str | None) -> Viewer:
        return await owner(graph, role, purpose)

    assert (await seen(None, "an audit")).scope.vis == (0, 1, 2, 3, TENDER, CASE)
    assert (await seen(None, None)).scope.vis == (0, 1, 2, TENDER)
    assert (await seen(None, " ")).scope.vis == (0, 1, 2, TENDER)
    assert (await seen(Role.MEMBERS, "an audit")).scope.vis == (0, 1)
    assert (await seen(None, None)).rights == frozenset(Right)


async def test_a_store_that_was_never_written_has_the_four_plain_classes(engine: Engine) -> None:
    viewer = await owner(Graph(engine, lambda: NOW, SECRET), None, "a look")

    assert (viewer.scope, viewer.classes) == (
        Scope(EVERYTHING.vis, 0),
        {row.id: row for row in visibility.PLAIN},
    )


async def test_a_viewer_without_a_right_is_told_so(engine: Engine) -> None:
    viewer = await owner(await store(engine), Role.MEMBERS)

    viewer.require(Right.READ)
    with pytest.raises(ServiceError) as error:
        viewer.require(Right.WRITE)

    assert (error.value.code, error.value.message) == (
        Code.FORBIDDEN,
        "members may not write; ask an administrator",
    )


def test_a_role_is_read_from_its_name_and_any_other_word_lists_them() -> None:
    assert role_of(" Data-Protection officer ") is Role.DATA_PROTECTION_OFFICER

    with pytest.raises(ServiceError) as error:
        role_of("boss")

    assert error.value.message == (
        "'boss' is no role; take one of members, staff, lobbying, steward, data-protection-officer, admin, integrator"
    )


def test_every_role_has_a_grant() -> None:
    assert set(auth.GRANTS) == set(Role)


async def test_tokens_say_nothing_of_the_graph_and_make_no_revision(engine: Engine) -> None:
    graph = Graph(engine, lambda: NOW)
    made = await tokens.create(graph, "crm", "staff", scopes=["read"])
    assert [token.id for token in await tokens.revoke(graph, made.token.id)] == [made.token.id]
    assert (await graph.position()).number == 0
