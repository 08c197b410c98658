"""Who gave cards to whom, and what came of it."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.context import Info
from schema.enums import LedgerGroup
from schema.fields import answered
from schema.ledgers import CardLedger
from schema.nodes import KnownAt
from schema.roots.arguments import Since, Until
from service.graph.questions import ledgers
from service.graph.questions.tallies import Terms


@strawberry.type
class CardQuestions:
    @answered("Cards given, received and swapped, the organizations that were new, and what came of it.")
    async def card_ledger(
        self,
        info: Info,
        person: Annotated[strawberry.ID | None, strawberry.argument(description="From whose side.")] = None,
        organization: Annotated[
            strawberry.ID | None, strawberry.argument(description="From the side of whose people, by employer.")
        ] = None,
        event: Annotated[strawberry.ID | None, strawberry.argument(description="Only cards exchanged there.")] = None,
        group_by: Annotated[
            LedgerGroup | None, strawberry.argument(description="What the rows are.")
        ] = LedgerGroup.PERSON,
        since: Since = None,
        until: Until = None,
        known_at: KnownAt = None,
    ) -> CardLedger | None:
        terms = Terms(group_by or LedgerGroup.PERSON, person, organization, event, since)
        found = await ledgers.card_ledger(
            info.context.network, info.context.scope, terms, until=until, known_at=known_at
        )
        return None if found is None else CardLedger.of(found)
