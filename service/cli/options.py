"""The options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

Store = Annotated[
    str | None,
    Option("--store", metavar="STORE", help="A folder, or the URI of a Neo4j [env PADDOCK_STORE]"),
]
AsJson = Annotated[bool, Option("--json", help="Print the answer as JSON")]
AsOf = Annotated[str | None, Option("--as-of", metavar="DAY", help="The day asked about [default: today, UTC]")]
KnownAt = Annotated[
    str | None, Option("--known-at", metavar="MOMENT", help="Answer with what was recorded by then [default: now]")
]
AsRole = Annotated[
    str | None, Option("--role", metavar="ROLE", help="See no more than this role [default: all, as the store's owner]")
]
Purpose = Annotated[
    str | None, Option("--purpose", metavar="TEXT", help="What LOBBYING data are wanted for; without it they stay out")
]
MaxHops = Annotated[int, Option("--max-hops", help="Longest route, in hops (1 to 4)")]
MaxTiers = Annotated[int, Option("--max-tiers", help="How many tiers (1 to 6)")]
Direction = Annotated[str, Option("--direction", help="suppliers, customers or both")]
Disputes = Annotated[
    str,
    Option("--disputes", metavar="POLICY", help="Of claims that contradict each other: latest, strict, verified-first"),
]
Explain = Annotated[bool, Option("--explain", help="Say also who or what was left out, and why (for staff)")]
Who = Annotated[str, Argument(help="A name, an id, or scheme:value")]
Since = Annotated[str | None, Option("--from", metavar="DAY", help="The first day [default: of the first record]")]
Until = Annotated[str | None, Option("--until", metavar="DAY", help="The last day [default: today, UTC]")]
Key = Annotated[
    str | None,
    Option("--key", metavar="KEY", help="Names this entry: sent again, it changes nothing [default: a new one]"),
]
Level = Annotated[str, Option("--class", metavar="LEVEL", help="Who may see it: public, members, staff or lobbying")]
Compartments = Annotated[
    list[str] | None, Option("--compartment", metavar="NAME", help="Only who was granted it may see it; repeatable")
]
SourceId = Annotated[
    str | None, Option("--source", metavar="ID", help="The source it is from [default: what you recorded by hand]")
]
On = Annotated[str | None, Option("--on", metavar="DAY", help="The day [default: today, UTC]")]
Identifiers = Annotated[
    list[str] | None, Option("--identifier", metavar="SCHEME:VALUE", help="What a scheme calls it; repeatable")
]
New = Annotated[bool, Option("--new", help="Add it even though somebody seems to be there already")]
