"""What people record by hand: one function an act, asked alike from GraphQL, the command line and the console.

A new act is a frozen dataclass of what it is told, whose first field is the idempotency `key`, and a function

    async def record_thing(network: Network, viewer: Viewer, entry: ThingEntry) -> Thing | None:
        hand = Hand.of(network, viewer, entry.visibility, entry.compartments)   # FORBIDDEN, or may write that class
        answer = await hand.entered("recordThing", entry, lambda: _checked(hand, entry))
        return await hand.answer(answer, Thing)

whose `_checked` refuses what is wrong (`hand.people` and its like say NOT_FOUND with the field) and gives the work that
says it with a `Pen`, inside the one transaction. `meetings.py` is the shortest complete example.
"""
