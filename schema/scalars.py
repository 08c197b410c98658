"""Days, moments, partial dates and cursors as the contract writes them: text, checked where it comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from network.dates import day, earliest, micros, moment, ordinal

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
PartialDate = NewType("PartialDate", str)
Cursor = NewType("Cursor", str)


def _day(value: object) -> str:
    try:
        return day(ordinal(_text(value)))
    except ValueError as error:
        raise GraphQLError(str(error)) from None


def _moment(value: object) -> str:
    try:
        return moment(micros(_text(value)))
    except ValueError as error:
        raise GraphQLError(str(error)) from None


def _partial(value: object) -> str:
    text = _text(value)
    try:
        earliest(text)
    except ValueError as error:
        raise GraphQLError(str(error)) from None
    return text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"{value!r} is no text; write it in quotes")
    return value


SCALARS: Mapping[object, ScalarDefinition] = {
    Date: strawberry.scalar(name="Date", description="A day in UTC, as 2026-11-23.", serialize=str, parse_value=_day),
    DateTime: strawberry.scalar(
        name="DateTime", description="A moment as ISO 8601 text with its offset.", serialize=str, parse_value=_moment
    ),
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A date as its source wrote it: 2019, 2019-05, 2019-05-03, or .. for open.",
        serialize=str,
        parse_value=_partial,
    ),
    Cursor: strawberry.scalar(
        name="Cursor", description="A place in a list; opaque and sealed.", serialize=str, parse_value=_text
    ),
}
