"""The evidence behind routes, read for all of their ties together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.cli.plain import Proof
from service.graph.questions import agents, nodes, ties
from service.graph.questions.pages import ROOT, Page
from service.graph.questions.rows import PostHolding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.cli.asking import Desk
    from service.graph.questions.routes import PathResult
    from service.graph.questions.rows import Evidence
    from service.graph.questions.ties import Network, Tie


async def proofs_of(desk: Desk, network: Network, found: PathResult, most: int) -> Mapping[tuple[str, str], Proof]:
    """The evidence of every tie on these routes, `most` pieces for each."""
    along = [segment.tie for path in found.paths for segment in path.segments]
    return await proofs_of_ties(desk, network, along, most)


async def proofs_of_ties(
    desk: Desk, network: Network, along: Sequence[Tie], most: int
) -> Mapping[tuple[str, str], Proof]:
    """The evidence of each of these ties, `most` pieces for each."""
    pages = await ties.evidence(network, desk.viewer.scope, along, Page(first=most, most=ROOT))
    grounds = await grounds_of(desk, [edge.node for page in pages.values() for edge in page.rows])
    counts = {(tie.a.id, tie.b.id): tie.evidence_count for tie in along}
    return {ends: replace(grounds, edges=page.rows, more=counts[ends] - len(page.rows)) for ends, page in pages.items()}


async def proof_of(desk: Desk, network: Network, tie: Tie, most: int) -> Proof:
    """The evidence of one tie."""
    return (await proofs_of_ties(desk, network, [tie], most))[tie.a.id, tie.b.id]


async def grounds_of(desk: Desk, items: Sequence[Evidence]) -> Proof:
    """What these pieces of evidence follow from, without a tie."""
    about = await nodes.about(desk.graph, desk.viewer.scope, items)
    posts = [entity.post.id for told in about.values() for entity in told if isinstance(entity, PostHolding)]
    places = await agents.post_organizations(desk.graph, desk.viewer.scope, posts)
    return Proof((), about, places, 0)
