"""The client of a Paddock server.

    from paddock.client import Client

    with Client("http://127.0.0.1:8000", token) as client:
        for path in client.paths(client.one("Ann Alloy"), client.one("Cat Camshaft")):
            print(path)

A question takes ids or whatever has one; days and moments as `date` and `datetime` or as text. It answers None where an
end of it is not there, which a hidden thing answers too. What goes wrong is one of `paddock.errors`.

Questions are sent again, after a growing pause, when the server is busy or cannot be reached; mutations only where each
entry has its idempotency key. One deadline holds for all tries together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import httpx

from paddock import answers, chains, routes
from paddock.documents import document
from paddock.errors import PaddockError
from paddock.paging import Page, pages
from paddock.reading import read
from paddock.transport import ACCEPT, Patience, Transport

T = TypeVar("T")
PAGE = 100
EVIDENCE = 5


class HasId(Protocol):
    """Any answer that can be asked about in turn."""

    @property
    def id(self) -> str: ...


End = str | HasId
Day = str | date
Moment = str | datetime
Said = dict[str, object]


class NoSuchName(PaddockError):
    """Nothing that may be seen has this name, or more than one thing has; the sentence lists what came close."""


class Client:
    """A server, as whoever holds the token sees it. Not for several threads at once: make one each."""

    def __init__(
        self,
        url: str,
        token: str,
        purpose: str | None = None,
        *,
        patience: Patience | None = None,
        persisted: bool = True,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Nothing is sent yet. `purpose` is what lobbying data are asked for; without one they stay hidden.

        `persisted=False` sends every document whole each time, for servers behind something that forgets them.
        """
        headers = {"Authorization": f"Bearer {token}", "Accept": ACCEPT}
        if purpose is not None:
            headers["Paddock-Purpose"] = purpose
        http = httpx.Client(base_url=url.rstrip("/"), headers=headers, transport=transport)
        self._transport = Transport(http, patience or Patience(), persisted=persisted)
        self.cost: int | None = None

    def __enter__(self) -> Self:
        """The client itself; its connections are closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections; the client is of no use afterwards."""
        self._transport.close()

    # Any document.

    def query(self, text: str, operation: str | None = None, /, **variables: object) -> dict[str, Any]:
        """The data of an answer, as the document asks for it; `Refused` where the answer has any error.

        The exception's `data` holds what could be answered all the same. `cost` tells what the server put on it.
        """
        found = self._transport.answer(text, operation, _sent(variables))
        self.cost = found.cost
        return found.data

    def pages(self, text: str, at: str | None = None, /, **variables: object) -> Iterator[Page]:
        """The pages of the connection `at` a place of a document, as `organization.people`; left out: the only one.

        The document takes `$after` and hands it to the connection, whose `pageInfo { hasNextPage endCursor }` it asks
        for. All pages show what was known when the first was asked.
        """
        return pages(lambda after: self.query(text, **{**variables, "after": after}), at)

    def every(self, text: str, at: str | None = None, /, **variables: object) -> Iterator[dict[str, Any]]:
        """The nodes of all pages, one after the other."""
        for page in self.pages(text, at, **variables):
            yield from page.nodes

    # Who is there.

    def viewer(self) -> answers.Viewer:
        """Whose token this is, and what it may see."""
        return read(answers.Viewer, self.query(document("viewer"))["viewer"])

    def search(self, text: str, *kinds: str, first: int = 20) -> list[answers.Hit]:
        """The first things with a name like this, best match first; `kinds` as PERSON or ORGANIZATION."""
        found = self.query(document("search"), text=text, kinds=kinds or None, first=first)["search"]
        return list(read(tuple[answers.Hit, ...], found))

    def one(self, name: str, *kinds: str) -> answers.Thing:
        """The one thing that has exactly this name; NoSuchName where there is none, or more than one."""
        hits = self.search(name, *kinds)
        found = {hit.node.id: hit.node for hit in hits if hit.label.casefold() == name.casefold()}
        if len(found) == 1:
            return next(iter(found.values()))
        close = ", ".join(f"{hit.label} ({hit.node.id})" for hit in hits[:5]) or "nothing"
        raise NoSuchName(f"{len(found)} things are called {name!r}; give an id, near it is {close}")

    def person(self, id: End) -> answers.Person | None:
        """A person."""
        return self._one("person", answers.Person, "person", id=_id(id))

    def organization(self, id: End) -> answers.Organization | None:
        """An organization."""
        return self._one("organization", answers.Organization, "organization", id=_id(id))

    def agent(self, scheme: str, value: str) -> answers.Person | answers.Organization | None:
        """Whoever a scheme knows by this value, as `agent("gb-coh", "00882843")`."""
        found = self.query(document("agent"), scheme=scheme, value=value)["agent"]
        if found is None:
            return None
        return read(answers.Person, found) if found["kind"] == "Person" else read(answers.Organization, found)

    def people(self, filter: Mapping[str, object] | None = None) -> Iterator[answers.Person]:  # noqa: A002 (the contract's word)
        """All people, or those a filter of the contract keeps, by name."""
        return self._every("people", answers.Person, "people", filter=filter)

    def organizations(self, filter: Mapping[str, object] | None = None) -> Iterator[answers.Organization]:  # noqa: A002
        """All organizations, or those a filter of the contract keeps, by name."""
        return self._every("organizations", answers.Organization, "organizations", filter=filter)

    # What is claimed of them. With a day: what holds on it or perhaps does.

    def affiliations(
        self, person: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.Affiliation]:
        """Where a person works or is a director, by start."""
        said = _when(as_of, known_at)
        return self._every("affiliations", answers.Affiliation, "person.affiliations", id=_id(person), **said)

    def posts(
        self, person: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.PostHolding]:
        """The posts a person holds or held, by start."""
        said = _when(as_of, known_at)
        return self._every("posts", answers.PostHolding, "person.posts", id=_id(person), **said)

    def staff(
        self, organization: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.Affiliation]:
        """Who works for an organization or is a director of it, by name."""
        said = _when(as_of, known_at)
        return self._every("staff", answers.Affiliation, "organization.people", id=_id(organization), **said)

    def capabilities(
        self, organization: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.CapabilityClaim]:
        """What an organization can do, by name."""
        said = _when(as_of, known_at)
        at = "organization.capabilities"
        return self._every("capabilities", answers.CapabilityClaim, at, id=_id(organization), **said)

    def suppliers(
        self, organization: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.Supply]:
        """Who supplies an organization, by name."""
        said = _when(as_of, known_at)
        return self._every("suppliers", answers.Supply, "organization.suppliers", id=_id(organization), **said)

    def customers(
        self, organization: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.Supply]:
        """Whom an organization supplies, by name."""
        said = _when(as_of, known_at)
        return self._every("customers", answers.Supply, "organization.customers", id=_id(organization), **said)

    def members(
        self, organization: End, *, as_of: Day | None = None, known_at: Moment | None = None
    ) -> Iterator[answers.Membership]:
        """The members of an organization, by name."""
        said = _when(as_of, known_at)
        return self._every("members", answers.Membership, "organization.members", id=_id(organization), **said)

    def introductions(self, *status: str, person: End | None = None) -> Iterator[answers.Introduction]:
        """Introductions that were asked for, the newest first; only of some `status`, or with a part for a person."""
        said: Said = {"status": status or None, "person": _id(person)}
        return self._every("introductions", answers.Introduction, "introductions", **said)

    # Who knows whom. `evidence`: at most so many pieces of each tie, largest share first.

    def knows(
        self,
        person: End,
        *,
        min_band: str = "FAINT",
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = EVIDENCE,
    ) -> Iterator[routes.Tie]:
        """Whom a person knows, strongest first."""
        said: Said = {"id": _id(person), "minBand": min_band, "evidence": evidence, **_when(as_of, known_at)}
        return self._every("knows", routes.Tie, "person.knows", **said)

    def tie(
        self, a: End, b: End, *, as_of: Day | None = None, known_at: Moment | None = None, evidence: int = 20
    ) -> routes.Tie | None:
        """All that is known between two; None where nothing is."""
        said: Said = {"a": _id(a), "b": _id(b), "evidence": evidence, **_when(as_of, known_at)}
        return self._one("tie", routes.Tie, "tie", **said)

    def tie_history(
        self, a: End, b: End, *, since: Day | None = None, until: Day | None = None, known_at: Moment | None = None
    ) -> routes.History | None:
        """How well two knew each other, from day to day."""
        said: Said = {"a": _id(a), "b": _id(b), "from": _text(since), "until": _text(until), "knownAt": _text(known_at)}
        return self._one("tie_history", routes.History, "tieHistory", **said)

    def paths(
        self,
        a: End,
        b: End,
        *,
        k: int = 5,
        max_hops: int = 3,
        avoid: Sequence[End] = (),
        disjoint: bool = False,
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = EVIDENCE,
    ) -> routes.Paths | None:
        """The k best routes from one person or organization to another (or to a post), through none of `avoid`."""
        said: Said = {
            "from": _id(a),
            "to": _id(b),
            "k": k,
            "maxHops": max_hops,
            "avoid": _ids(avoid),
            "disjoint": disjoint,
        }
        said |= {"evidence": evidence, **_when(as_of, known_at)}
        return self._one("paths", routes.Paths, "introductionPaths", **said)

    def who_knows(
        self,
        target: End,
        *from_: End,
        max_hops: int = 3,
        first: int = 10,
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = EVIDENCE,
    ) -> routes.Paths | None:
        """Who among `from_` (the members of the association where there are none) knows somebody: a route for each."""
        said: Said = {"target": _id(target), "from": _ids(from_), "maxHops": max_hops, "first": first}
        said |= {"evidence": evidence, **_when(as_of, known_at)}
        return self._one("who_knows", routes.Paths, "whoKnows", **said)

    def influence_paths(
        self,
        post: End,
        *from_: End,
        issue: End | None = None,
        k: int = 5,
        max_hops: int = 3,
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = EVIDENCE,
    ) -> routes.Influence | None:
        """Who holds an office, and the k best routes to each of them."""
        said: Said = {"post": _id(post), "issue": _id(issue), "from": _ids(from_), "k": k, "maxHops": max_hops}
        said |= {"evidence": evidence, **_when(as_of, known_at)}
        return self._one("influence_paths", routes.Influence, "influencePaths", **said)

    def interlocks(
        self, *people: End, as_of: Day | None = None, known_at: Moment | None = None
    ) -> list[answers.Interlock]:
        """The organizations in which two or more of these people are."""
        found = self.query(document("interlocks"), people=_ids(people) or [], **_when(as_of, known_at))
        return list(read(tuple[answers.Interlock, ...], found["interlocks"] or []))

    # The supply chain.

    def supply_chain(
        self,
        organization: End,
        *,
        direction: str = "SUPPLIERS",
        max_tiers: int = 3,
        capability: End | None = None,
        disputes: str = "LATEST",
        as_of: Day | None = None,
        known_at: Moment | None = None,
    ) -> chains.SupplyChain | None:
        """Who supplies an organization, and them in turn; `direction` SUPPLIERS, CUSTOMERS or BOTH."""
        said: Said = {
            "organization": _id(organization),
            "direction": direction,
            "maxTiers": max_tiers,
            "disputes": disputes,
        }
        said |= {"capability": _id(capability), **_when(as_of, known_at)}
        return self._one("supply_chain", chains.SupplyChain, "supplyChain", **said)

    def joints(
        self,
        organization: End,
        *,
        direction: str = "SUPPLIERS",
        max_tiers: int = 3,
        disputes: str = "LATEST",
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = 1,
    ) -> chains.Joints | None:
        """Which two people hold each joint of a supply chain, how well, and is there a second pair."""
        said: Said = {
            "organization": _id(organization),
            "direction": direction,
            "maxTiers": max_tiers,
            "disputes": disputes,
        }
        said |= {"evidence": evidence, **_when(as_of, known_at)}
        return self._one("joints", chains.Joints, "supplyJoints", **said)

    def who_in_supply_chain_knows(
        self,
        organization: End,
        target: End,
        *,
        direction: str = "BOTH",
        max_tiers: int = 3,
        max_hops: int = 3,
        first: int = 10,
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = EVIDENCE,
    ) -> chains.Contacts | None:
        """Who in the supply chain of an organization knows somebody: of each company one best route."""
        said: Said = {"organization": _id(organization), "target": _id(target), "direction": direction, "first": first}
        said |= {"maxTiers": max_tiers, "maxHops": max_hops, "evidence": evidence, **_when(as_of, known_at)}
        return self._one("contacts", chains.Contacts, "whoInSupplyChainKnows", **said)

    def reach(
        self,
        capability: End,
        from_: End,
        *,
        constraints: Mapping[str, object] | None = None,
        max_hops: int = 3,
        first: int = 10,
        as_of: Day | None = None,
        known_at: Moment | None = None,
        evidence: int = EVIDENCE,
    ) -> chains.Reaches | None:
        """Who can do something or a narrower thing, at the end of a route; `constraints` as the contract has them."""
        said: Said = {"capability": _id(capability), "from": _id(from_), "constraints": constraints, "first": first}
        said |= {"maxHops": max_hops, "evidence": evidence, **_when(as_of, known_at)}
        return self._one("reach", chains.Reaches, "reachCapability", **said)

    def card_ledger(
        self,
        *,
        person: End | None = None,
        organization: End | None = None,
        event: End | None = None,
        group_by: str = "PERSON",
        since: Day | None = None,
        until: Day | None = None,
        known_at: Moment | None = None,
    ) -> chains.CardLedger | None:
        """Cards given, received and swapped; a row for each PERSON, ORGANIZATION or EVENT."""
        said: Said = {
            "person": _id(person),
            "organization": _id(organization),
            "event": _id(event),
            "groupBy": group_by,
        }
        said |= {"from": _text(since), "until": _text(until), "knownAt": _text(known_at)}
        return self._one("card_ledger", chains.CardLedger, "cardLedger", **said)

    def _one(self, name: str, kind: type[T], field: str, **variables: object) -> T | None:
        found = self.query(document(name), **variables)[field]
        return None if found is None else read(kind, found)

    def _every(self, name: str, kind: type[T], at: str, **variables: object) -> Iterator[T]:
        for node in self.every(document(name), at, first=PAGE, **variables):
            yield read(kind, node)


def _sent(variables: Mapping[str, object]) -> dict[str, object]:
    """Variables without those that nothing is said of: an absent one means its default, a null one may not."""
    return {key: value for key, value in variables.items() if value is not None}


def _when(as_of: Day | None, known_at: Moment | None) -> Said:
    return {"asOf": _text(as_of), "knownAt": _text(known_at)}


def _text(moment: Moment | Day | None) -> str | None:
    return moment.isoformat() if isinstance(moment, date) else moment  # a datetime is a date, too


def _id(end: End | None) -> str | None:
    return end if end is None or isinstance(end, str) else end.id


def _ids(ends: Sequence[End]) -> list[str] | None:
    return [one if isinstance(one, str) else one.id for one in ends] or None
