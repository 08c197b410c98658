"""Introductions that were asked for."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.connections import After, Connection, First
from schema.context import Info
from schema.enums import IntroductionStatus
from schema.fields import answered
from schema.introductions import latest
from schema.records import Introduction


@strawberry.type
class IntroductionQuestions:
    @answered("Introductions that were asked for, the newest first, then by id.")
    async def introductions(
        self,
        info: Info,
        status: Annotated[
            list[IntroductionStatus] | None, strawberry.argument(description="Only those that have come this far.")
        ] = None,
        person: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those this person has a part in.")
        ] = None,
        first: First = None,
        after: After = None,
    ) -> Connection[Introduction] | None:
        return await latest(info.context, status, person, first, after)
