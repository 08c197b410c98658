"""Firms that supply each other, with people who know each other: small chains written by hand."""

import packs
from service.engines.protocol import Engine
from service.graph.projection import feed
from service.graph.questions.ties import Network
from tests.graph.little import NOW, Little

OPEN: dict[str, object] = {"start": "2020", "end": "..", "earliest": "2020-01-01", "latest": "9999-12-31"}


class Chains(Little):
    """A little graph in the words of a chain: firms are capitals, people small letters, capabilities words."""

    def firms(self, letters: str, **properties: object) -> None:
        for letter in letters:
            self.node(f"org-{letter.lower()}", letter, **properties)

    def people(self, letters: str, **properties: object) -> None:
        for letter in letters:
            self.node(f"per-{letter}", letter, **properties)

    def capability(self, name: str, *broader: str) -> None:
        self.node(f"cap-{name}", name)
        for other in broader:
            self.claim("BROADER", f"cap-{name}", f"cap-{other}", f"clm-{name}-{other}")

    def feeds(self, capability: str, other: str, **properties: object) -> None:
        self.claim("FEEDS", f"cap-{capability}", f"cap-{other}", f"clm-{capability}-feeds-{other}", **properties)

    def can(self, firm: str, capability: str, **properties: object) -> None:
        said = {**OPEN, **properties}
        id = f"clm-{firm}-{capability}-{said.get('source', '')}"
        self.claim("HAS_CAPABILITY", f"org-{firm.lower()}", f"cap-{capability}", id, **said)

    def supplies(self, pair: str, capability: str | None = None, **properties: object) -> None:
        """The first supplies the second."""
        supplier, customer = (f"org-{letter.lower()}" for letter in pair)
        what = None if capability is None else f"cap-{capability}"
        said = {**OPEN, "capability": what, **properties}
        self.claim("SUPPLIES", supplier, customer, f"clm-{pair}-{capability}-{said.get('source', '')}", **said)

    def at(self, firm: str, people: str, **properties: object) -> None:
        """These people work for a firm."""
        for letter in people:
            said = {**OPEN, **properties}
            place, source = firm.lower(), said.get("source", "")
            self.claim("WORKS_FOR", f"per-{letter}", f"org-{place}", f"clm-{letter}-{place}-{source}", **said)

    def met(self, *pairs: str, on: str = NOW[:10], **properties: object) -> None:
        """These met one to one, which makes them warm for a year."""
        for pair in pairs:
            self.knows(f"per-{pair[0]}", f"per-{pair[1]}", f"kno-{pair}-{on}", on=on, **properties)

    async def network(self, engine: Engine) -> Network:
        """The network of all of it."""
        return Network(await self.save(engine), packs.evidence(), feed)
