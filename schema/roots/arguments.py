"""Arguments that several questions share."""

from __future__ import annotations

from typing import Annotated

import strawberry

from schema.scalars import Date

Asked = Annotated[strawberry.ID, strawberry.argument(description="Its id.")]
Start = Annotated[strawberry.ID, strawberry.argument(name="from", description="A person or an organization.")]
Target = Annotated[strawberry.ID, strawberry.argument(name="to", description="A person, an organization or a post.")]
Sought = Annotated[strawberry.ID, strawberry.argument(description="A person, an organization or a post.")]
MaxHops = Annotated[int | None, strawberry.argument(description="At most so many steps: 1 to 4.")]
MaxTiers = Annotated[int | None, strawberry.argument(description="At most so many tiers: 1 to 6.")]
First = Annotated[int | None, strawberry.argument(description="At most so many routes: 1 to 1000.")]
Since = Annotated[
    Date | None, strawberry.argument(name="from", description="The first day; absent: that of the first record.")
]
Until = Annotated[Date | None, strawberry.argument(description="The last day; absent: today.")]

HOPS, TIERS = 3, 3
