"""What one may write. Entries of one document are written one after the other, in the order they stand in it."""

from __future__ import annotations

import strawberry

from schema.entries.agents import AgentEntries
from schema.entries.claims import ClaimEntries
from schema.entries.contacts import ContactEntries
from schema.entries.gatherings import GatheringEntries
from schema.entries.introductions import IntroductionEntries


@strawberry.type(description="Every entry there is. Sent again with its key, each changes nothing.")
class Mutation(AgentEntries, GatheringEntries, ContactEntries, IntroductionEntries, ClaimEntries):
    pass
