"""Assertions as the claims they become in an empty store, for deriving without a database."""

from service.graph.model import LATER, Assertion, Claim, digest


def standing(one: Assertion) -> Claim:
    """The claim that an assertion becomes in an empty store."""
    said = {name: one.attributes.get(name) for name in ("role", "level", "status", "kind", "on", "swapped", "amount")}
    return Claim(
        type=one.type,
        key=one.key,
        id=digest("clm", one.key, one.content, 0),
        a=one.a,
        b=one.b,
        ends=one.ends,
        source=one.source,
        vis=one.vis,
        confidence=one.confidence,
        recorded_at=LATER,
        start=one.start,
        end=one.end,
        observed=one.observed,
        unit=one.unit,
        **said,  # type: ignore[arg-type]  # the attributes that derivation looks at, as the sources give them
    )
