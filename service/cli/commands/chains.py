"""Supply chains: tier by tier, the people who hold their joints, and who in them knows somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from service.cli import asking
from service.cli.asking import Caller
from service.cli.options import (
    AsJson,
    AsOf,
    AsRole,
    Direction,
    Disputes,
    KnownAt,
    MaxHops,
    MaxTiers,
    Purpose,
    Store,
    Who,
)
from service.errors import Exit

if TYPE_CHECKING:
    from service.cli.asking import Desk
    from service.graph.questions.ties import Network

LISTED = 100  # pieces of evidence of each tie in JSON


def register(app: Typer) -> None:
    """Add these commands to the program."""
    for command, name in ((supply, "supply"), (joints, "joints"), (contacts, "chain-contacts")):
        app.command(name)(command)


def supply(
    organization: Who,
    direction: Direction = "suppliers",
    max_tiers: MaxTiers = 3,
    capability: Annotated[
        str | None, Option("--capability", metavar="WHAT", help="Only what supplies this or a narrower one")
    ] = None,
    disputes: Disputes = "latest",
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show the supply chain of an organization, tier by tier."""
    from service.graph.questions.clocks import When
    from service.graph.questions.rows import EntityKind
    from service.graph.questions.supply import supply_chain

    async def ask(desk: Desk) -> int:
        from service.cli import drawing, plain

        root = await asking.meant(desk, organization, [EntityKind.ORGANIZATION])
        what = None if capability is None else (await asking.meant(desk, capability, [EntityKind.CAPABILITY])).id
        found = await supply_chain(
            desk.graph,
            desk.viewer.scope,
            root.id,
            direction=asking.direction(direction),
            max_tiers=max_tiers,
            capability=what,
            disputes=asking.policy(disputes),
            when=When(as_of, known_at),
        )
        if found is None:
            return Exit.NOT_FOUND
        if as_json:
            plain.emit(plain.chain(found))
        else:
            drawing.chain(drawing.console(), found)
        return Exit.OK if found.hops else Exit.NOT_FOUND

    return asking.run(asking.at_desk(Caller(store, role, purpose), ask))


def joints(
    organization: Who,
    direction: Direction = "suppliers",
    max_tiers: MaxTiers = 3,
    only: Annotated[
        list[str] | None,
        Option("--only", metavar="CLASS", help="Only joints that are live, single, cold or latent; repeatable"),
    ] = None,
    disputes: Disputes = "latest",
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show which two people hold each joint of a supply chain, how well, and whether there is a second pair."""
    from service.graph.questions.clocks import When
    from service.graph.questions.joints import JointClass, supply_joints
    from service.graph.questions.rows import EntityKind

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import chains as shown
        from service.cli import drawing, plain, proving

        root = await asking.meant(desk, organization, [EntityKind.ORGANIZATION])
        wanted = {asking.word(JointClass, "class of joints", one) for one in only} if only else {*JointClass}
        found = await supply_joints(
            network,
            desk.viewer.scope,
            root.id,
            direction=asking.direction(direction),
            max_tiers=max_tiers,
            disputes=asking.policy(disputes),
            when=When(as_of, known_at),
        )
        if found is None:
            return Exit.NOT_FOUND
        kept = [joint for joint in found.joints if joint.state in wanted]
        if as_json:
            along = [tie for one in kept for tie in (one.best, one.second_best) if tie is not None]
            proofs = await proving.proofs_of_ties(desk, network, along, LISTED)
            plain.emit(shown.report(found, kept, proofs))
        else:
            shown.draw(drawing.console(), root, found, kept)
        return Exit.OK if kept else Exit.NOT_FOUND

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))


def contacts(
    organization: Who,
    target: Annotated[str, Argument(metavar="TARGET", help="Whom to meet: a person, an organization or a post")],
    direction: Direction = "both",
    max_tiers: MaxTiers = 3,
    max_hops: MaxHops = 3,
    first: Annotated[int, Option("--first", help="How many companies to show (1 to 1000)")] = 10,
    store: Store = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    role: AsRole = None,
    purpose: Purpose = None,
) -> int:
    """Show who in the supply chain of an organization knows the target, one best route for each company."""
    from service.cli import words
    from service.graph.questions.clocks import When
    from service.graph.questions.contacts import chain_contacts
    from service.graph.questions.rows import EntityKind

    async def ask(desk: Desk, network: Network) -> int:
        from service.cli import chains as shown
        from service.cli import drawing, plain, proving

        root = await asking.meant(desk, organization, [EntityKind.ORGANIZATION])
        sought = await asking.meant(desk, target, asking.ends())
        found = await chain_contacts(
            network,
            desk.viewer.scope,
            root.id,
            sought.id,
            direction=asking.direction(direction),
            max_tiers=max_tiers,
            max_hops=max_hops,
            first=first,
            when=When(as_of, known_at),
            manner=asking.manner(desk, explain=False),
        )
        if found is None:
            return Exit.NOT_FOUND
        if as_json:
            along = [segment.tie for one in found.contacts for segment in one.path.segments]
            plain.emit(shown.contacts(found, await proving.proofs_of_ties(desk, network, along, LISTED)))
        else:
            question = f"Who in the supply chain of {words.name(root)} knows {words.name(sought)}?"
            shown.draw_contacts(drawing.console(), question, found)
        return Exit.OK if found.contacts else Exit.NOT_FOUND

    return asking.run(asking.with_network(Caller(store, role, purpose), ask))
