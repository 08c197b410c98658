"""What is said of a thing that is asked for by its id: begun to be read with the thing itself, not after it."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from contextlib import suppress

from graphql import GraphQLObjectType
from graphql.execution import get_argument_values

from schema.shaping.attempts import Attempt
from schema.shaping.plans import ID, Collecting, Plan


def begin(plan: Plan, of: Collecting, root: GraphQLObjectType, attempt: Attempt) -> None:
    """Nothing, once lists of things that are asked for by id are on their way; who comes for them finds them there.

    Nothing is put out of it: what goes wrong here is met again, and told, where it has its place.
    """
    for details in (plan.root or {}).values():
        named = plan.named(of, root, details)
        if named is None:
            continue
        with suppress(Exception):
            given = get_argument_values(named.definition, details[0].node, of.variable_values)
            for question in named.questions:
                attempt.begin(question, given[ID])
