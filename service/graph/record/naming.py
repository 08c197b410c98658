"""What an agent is called, and what else its node says, out of the claims about what identifies it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from service.graph.folding import fold
from service.graph.model import Claim, Identity
from service.graph.visibility import Classes

_DIGITS = re.compile(r"(\d+)")


def agent(
    identities: Sequence[Identity], claims: Iterable[Claim], vis: int, classes: Classes, slug: Callable[[str], str]
) -> dict[str, object]:
    """The properties of an agent's node; sources speak in the order of their slugs, rows in theirs."""
    ordered = sorted(claims, key=lambda claim: (slug(claim.source), natural(claim.locator), claim.id))
    standing = [claim for claim in ordered if claim.retracted_at is None]
    names = _names(standing, classes) or _names(ordered, classes)
    name = _name(names, vis, classes) or identities[0].value
    others = {spelling: seen for spelling, seen in names.items() if spelling != name}
    # Kinds and country have no class of their own: what whoever sees the agent may not see is left out for all.
    shown = [claim for claim in standing if classes.covers(vis, claim.vis)]
    country = next((claim.country for claim in shown if claim.country), None)
    said: dict[str, object] = {
        "id": identities[0].agent,
        "vis": vis,
        "name": name,
        "otherNames": list(others),
        "otherNamesVis": list(others.values()),
        "mergedIds": sorted(identity.agent for identity in identities[1:]),
        "kinds": sorted({kind for claim in shown for kind in claim.kinds or ()}),
        "search": "\n".join(fold(spelling) for spelling in (name, *others)),
    }
    return said if country is None else {**said, "country": country}


def natural(text: str | None) -> list[tuple[int, str]]:
    """Sorts line 9 before line 10."""
    parts = _DIGITS.split(text or "")
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _names(claims: Iterable[Claim], classes: Classes) -> Mapping[str, int]:
    """Every spelling in the order met, with the least strict class that shows it."""
    seen: dict[str, list[int]] = {}
    for claim in claims:
        for name in claim.names or ():
            seen.setdefault(name, []).append(claim.vis)
    return {name: classes.least_strict(found) for name, found in seen.items()}


def _name(names: Mapping[str, int], vis: int, classes: Classes) -> str | None:
    """The first spelling that whoever may see the agent may see, else the first of those that most may see."""
    shown = (name for name, seen in names.items() if classes.covers(vis, seen))
    return next(shown, min(names, key=lambda name: classes.order(names[name]), default=None))
