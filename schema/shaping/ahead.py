"""What is said of a thing that is asked for by its id: begun to be read with the thing itself, not after it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import cast

from schema.shaping.attempts import Attempt
from schema.shaping.plans import ID, Root


def begin(roots: Iterable[Root | None], attempt: Attempt) -> None:
    """Nothing, once lists of things that are asked for by id are on their way; who comes for them finds them there.

    Nothing is put out of it: what goes wrong here is met again, and told, where it has its place.
    """
    for root in roots:
        if root is None or root.entry.question is None or not root.ahead:
            continue
        with suppress(Exception):
            id = cast("partial[object]", attempt.ask(root.entry.question)).keywords[ID]
            for question in root.ahead:
                attempt.together(question).of(id)
