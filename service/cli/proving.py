"""The evidence behind routes, read for all of their ties together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.cli.plain import Proof
from service.graph.questions import agents, nodes, ties
from service.graph.questions.pages import Page
from service.graph.questions.rows import PostHolding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.cli.asking import Desk
    from service.graph.questions.routes import PathResult
    from service.graph.questions.ties import Network


async def proofs_of(desk: Desk, network: Network, found: PathResult, most: int) -> Mapping[tuple[str, str], Proof]:
    """The evidence of every tie on these routes, `most` pieces for each."""
    along = [segment.tie for path in found.paths for segment in path.segments]
    pages = await ties.evidence(network, desk.viewer.scope, along, Page(first=most))
    items = [edge.node for page in pages.values() for edge in page.rows]
    about = await nodes.about(desk.graph, desk.viewer.scope, items)
    posts = [entity.post.id for told in about.values() for entity in told if isinstance(entity, PostHolding)]
    places = await agents.post_organizations(desk.graph, desk.viewer.scope, posts)
    counts = {(tie.a.id, tie.b.id): tie.evidence_count for tie in along}
    return {ends: Proof(page.rows, about, places, counts[ends] - len(page.rows)) for ends, page in pages.items()}
