"""What is said of a thing that is asked for by its id: begun to be read with the thing itself, not after it."""

# Signatures of graphql-core name generic types without their parameters.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from contextlib import suppress
from inspect import iscoroutine
from typing import Any

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
            source = _only(named.origin, given[ID])
            for question in named.questions:
                waiting = attempt.ask(question, source)
                if iscoroutine(waiting):
                    waiting.close()


def _only(origin: type[Any], id: object) -> Any:  # noqa: ANN401 (an instance of whatever class it is)
    """A thing of which nothing is known but its id: what a function asks beside that is an error."""
    thing: Any = object.__new__(origin)
    thing.__dict__[ID] = id
    return thing
