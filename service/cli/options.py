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
Who = Annotated[str, Argument(help="A name, an id, or scheme:value")]
Key = Annotated[
    str | None,
    Option("--key", metavar="KEY", help="Names this entry: sent again, it changes nothing [default: a new one]"),
]
Since = Annotated[str | None, Option("--from", metavar="DAY", help="The first day [default: of the first record]")]
Until = Annotated[str | None, Option("--until", metavar="DAY", help="The last day [default: today, UTC]")]
