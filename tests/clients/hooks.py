"""What schemathesis is to know of the scalars of the contract: how such values are written."""

import schemathesis
from graphql import DocumentNode, print_ast
from hypothesis import strategies as st
from schemathesis.graphql import nodes

DAYS = st.dates()
MOMENTS = st.datetimes(timezones=st.timezones())

schemathesis.graphql.scalar("Date", DAYS.map(str).map(nodes.String))
schemathesis.graphql.scalar("DateTime", MOMENTS.map(lambda one: one.isoformat()).map(nodes.String))
schemathesis.graphql.scalar(
    "PartialDate", (DAYS.map(str) | st.sampled_from(["2019", "2019-05", ".."])).map(nodes.String)
)
schemathesis.graphql.scalar("Cursor", st.text().map(nodes.String))


@schemathesis.hook  # pyright: ignore[reportUnknownMemberType] (what it gives back is untyped)
def filter_body(_: schemathesis.HookContext, body: DocumentNode) -> bool:
    """Whether to send a document: one that names compartments is FORBIDDEN, as nobody holds any that is made up."""
    return "compartments: [" not in print_ast(body)
