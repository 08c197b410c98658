"""Entries in GraphQL: what each answers, how it is refused, and that one of a document follows the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

import packs
from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from service.errors import Code, ServiceError
from service.graph.model import AgentKind, Identity, Mode, SourceRecord, digest
from service.graph.projection import feed
from service.graph.questions.ties import Network
from service.graph.store import Graph
from tests.graph.little import STAFF
from tests.schema.paddock import ask, context, paddock

EVE = Identity(AgentKind.PERSON, "paddock", digest("new", "by-hand", "owner", "k1")).agent
MILL = Identity(AgentKind.ORGANIZATION, "gb-coh", "00000042").agent
LETTERS = SourceRecord("letters", "Letters", Mode.LOG, 0)
EVENT, MEETING, CARD = (digest(prefix, "by-hand", "owner", "k1") for prefix in ("evt", "mtg", "crd"))


class Failing:
    """An engine on which everything ends in the same error."""

    def __init__(self, code: Code) -> None:
        self.code = code

    async def read(self, text: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        raise ServiceError(self.code, "the graph did not answer")


async def entered(graph: Graph, document: str, role: Role | None = Role.STAFF, **variables: object) -> dict[str, Any]:
    """The response somebody of a role gets."""
    return await ask(await context(graph, await auth.owner(graph, role)), document, **variables)


async def written(graph: Graph, entry: str, role: Role | None = Role.STAFF) -> Any:
    """The payload of one entry that nothing is wrong with."""
    response = await entered(graph, f"mutation {{ entry: {entry} }}", role)
    assert response.get("errors") is None
    return response["data"]["entry"]


async def revision(graph: Graph) -> int:
    return (await graph.position()).number


CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "addPerson": (
        """addPerson(input: {idempotencyKey: "k1", name: "Eve Engine", organization: "org-forge", role: "buyer",
             identifiers: [{scheme: "LEI", value: " 7 "}]}) {
          agent { __typename id name identifiers { scheme value } ... on Person { affiliations { edges { node {
            role organization { id } provenance { source { title } visibility } } } } } }
          candidates { id } errors { code } }""",
        {
            "agent": {
                "__typename": "Person",
                "id": Identity(AgentKind.PERSON, "lei", "7").agent,
                "name": "Eve Engine",
                "identifiers": [
                    {"scheme": "lei", "value": "7"},
                    {"scheme": "paddock", "value": digest("new", "by-hand", "owner", "k1")},
                ],
                "affiliations": {
                    "edges": [
                        {
                            "node": {
                                "role": "buyer",
                                "organization": {"id": "org-forge"},
                                "provenance": {"source": {"title": "Recorded by owner"}, "visibility": "STAFF"},
                            }
                        }
                    ]
                },
            },
            "candidates": [],
            "errors": [],
        },
    ),
    "addOrganization": (
        """addOrganization(input: {idempotencyKey: "k1", name: "Mill", kinds: ["supplier"], country: "gb", visibility:
             null, identifiers: [{scheme: "gb-coh", value: "42"}]}) {
          agent { id name ... on Organization { kinds country } } candidates { id } errors { code } }""",
        {
            "agent": {"id": MILL, "name": "Mill", "kinds": ["supplier"], "country": "GB"},
            "candidates": [],
            "errors": [],
        },
    ),
    "addEvent": (
        """addEvent(input: {idempotencyKey: "k1", name: "Tour", start: "2026-02", end: "2026-03-01",
             partOf: "evt-fair"}) {
          event { id name start end partOf { id } } errors { code } }""",
        {
            "event": {
                "id": EVENT,
                "name": "Tour",
                "start": "2026-02",
                "end": "2026-03-01",
                "partOf": {"id": "evt-fair"},
            },
            "errors": [],
        },
    ),
    "recordAttendance": (
        """recordAttendance(input: {idempotencyKey: "k1", event: "evt-dinner", agent: "per-ben", status: NO_SHOW}) {
          attendance { agent { id } event { id } status } errors { code } }""",
        {
            "attendance": {"agent": {"id": "per-ben"}, "event": {"id": "evt-dinner"}, "status": "NO_SHOW"},
            "errors": [],
        },
    ),
    "recordContact": (
        """recordContact(input: {idempotencyKey: "k1", from: "per-cat", to: "per-ann", kind: CORRESPONDENCE_SENT,
             on: "2026-11-01"}) {
          evidence { kind since until from { id } to { id } directed about { id } } errors { code } }""",
        {
            "evidence": {
                "kind": "CORRESPONDENCE_SENT",
                "since": None,
                "until": "2026-11-01",
                "from": {"id": "per-cat"},
                "to": {"id": "per-ann"},
                "directed": True,
                "about": [],
            },
            "errors": [],
        },
    ),
    "recordMeeting": (
        f"""recordMeeting(input: {{idempotencyKey: "k1", participants: ["per-cat", "per-ann"], on: "2026-11-01",
             status: null, subject: "samples", source: "{LETTERS.id}", visibility: MEMBERS}}) {{
          meeting {{ id on status subject participants {{ id }} provenance {{ source {{ title }} visibility }} }}
          errors {{ code }} }}""",
        {
            "meeting": {
                "id": MEETING,
                "on": "2026-11-01",
                "status": "HELD",
                "subject": "samples",
                "participants": [{"id": "per-ann"}, {"id": "per-cat"}],
                "provenance": {"source": {"title": "Letters"}, "visibility": "MEMBERS"},
            },
            "errors": [],
        },
    ),
    "recordCard": (
        """recordCard(input: {idempotencyKey: "k1", giver: "per-cat", receiver: "per-ann", swapped: true,
             on: "2026-11-01", event: "evt-fair"}) {
          card { id on swapped giver { id } receiver { id } event { id } } errors { code } }""",
        {
            "card": {
                "id": CARD,
                "on": "2026-11-01",
                "swapped": True,
                "giver": {"id": "per-cat"},
                "receiver": {"id": "per-ann"},
                "event": {"id": "evt-fair"},
            },
            "errors": [],
        },
    ),
    "assertAffiliation": (
        """assertAffiliation(input: {idempotencyKey: "k1", person: "per-cat", organization: "org-gears", role: "chair",
             start: "2026", end: ".."}) {
          claim { __typename start end current disputed ... on Affiliation { role person { id } organization { id } } }
          errors { code } }""",
        {
            "claim": {
                "__typename": "Affiliation",
                "start": "2026",
                "end": "..",
                "current": "YES",
                "disputed": False,
                "role": "chair",
                "person": {"id": "per-cat"},
                "organization": {"id": "org-gears"},
            },
            "errors": [],
        },
    ),
}


@pytest.mark.parametrize("entry", CASES)
async def test_an_entry_answers_with_what_it_wrote_and_again_with_the_same(engine: Engine, entry: str) -> None:
    made = paddock()
    made.node(LETTERS.id, slug=LETTERS.slug, title=LETTERS.title, mode=LETTERS.mode.value)
    graph = await made.save(engine)
    text, expected = CASES[entry]

    assert await written(graph, text) == expected
    after = await revision(graph)
    assert await written(graph, text) == expected
    assert (after, await revision(graph)) == (2, 2)


async def test_what_is_taken_back_is_answered_as_it_stands_then(engine: Engine) -> None:
    graph = await paddock().save(engine)
    asserting = 'assertAffiliation(input: {idempotencyKey: "k1", person: "per-cat", organization: "org-gears"})'
    claim = (await written(graph, f"{asserting} {{ claim {{ id }} }}"))["claim"]["id"]
    taking = f'retractClaim(input: {{idempotencyKey: "k2", claim: "{claim}", reason: "a mistake"}})'

    found = await written(graph, f"{taking} {{ retracted {{ id ... on Claim {{ provenance {{ retractedAt }} }} }} }}")

    assert found == {
        "retracted": {"id": claim, "provenance": {"retractedAt": found["retracted"]["provenance"]["retractedAt"]}}
    }
    assert found["retracted"]["provenance"]["retractedAt"] is not None


async def test_entries_of_a_document_follow_one_another_and_each_answer_sees_what_was_written_before(
    engine: Engine,
) -> None:
    graph = await paddock().save(engine)
    eve = "{ agent { id name } candidates { id name } }"
    met = "{ meeting { participants { name knows(minBand: NONE) { totalCount edges { node { evidenceCount } } } } } }"
    document = f"""mutation {{
      one: addPerson(input: {{idempotencyKey: "k1", name: "Eve Engine"}}) {eve}
      two: addPerson(input: {{idempotencyKey: "k2", name: "E. Engine"}}) {eve}
      three: recordMeeting(input: {{idempotencyKey: "k3", participants: ["{EVE}", "per-cat"], on: "2026-11-01"}}) {met}
      four: recordMeeting(input: {{idempotencyKey: "k4", participants: ["{EVE}", "per-cat"], on: "2026-11-02"}}) {met}
    }}"""

    response = await entered(graph, document)

    person = {"id": EVE, "name": "Eve Engine"}
    assert response.get("errors") is None
    assert response["data"]["one"] == {"agent": person, "candidates": []}
    assert response["data"]["two"] == {"agent": None, "candidates": [person]}
    counts = [
        [edge["node"]["evidenceCount"] for edge in one["knows"]["edges"]]
        for payload in ("three", "four")
        for one in response["data"][payload]["meeting"]["participants"]
        if one["name"] == "Eve Engine"
    ]
    assert counts == [[1], [2]]


async def test_an_entry_under_a_new_compartment_is_answered_with_it(engine: Engine) -> None:
    graph = await paddock().save(engine)
    entry = """recordMeeting(input: {idempotencyKey: "k1", participants: ["per-cat", "per-ann"], on: "2026-11-01",
      compartments: ["merger"]}) { meeting { provenance { visibility compartments } } errors { code } }"""

    assert await written(graph, entry, role=None) == {
        "meeting": {"provenance": {"visibility": "STAFF", "compartments": ["merger"]}},
        "errors": [],
    }


REFUSALS: dict[str, tuple[str, tuple[str, list[str], str]]] = {
    "missing": (
        'recordCard(input: {idempotencyKey: "k1", giver: "per-none", receiver: "per-ann", on: "2026-11-01"})',
        ("NOT_FOUND", ["giver"], "giver names nothing that is there; look the id up again"),
    ),
    "hidden": (
        'recordCard(input: {idempotencyKey: "k1", giver: "per-sec", receiver: "per-ann", on: "2026-11-01"})',
        ("NOT_FOUND", ["giver"], "giver names nothing that is there; look the id up again"),
    ),
    "to come": (
        'recordMeeting(input: {idempotencyKey: "k1", participants: ["per-ann", "per-ben"], on: "2026-11-24"})',
        ("BAD_USER_INPUT", ["on"], "a meeting that was held on 2026-11-24 cannot have been yet; correct its day"),
    ),
    "no contact": (
        'recordContact(input: {idempotencyKey: "k1", from: "per-ann", to: "per-ben", kind: MEETING, on: "2026-11-01"})',
        (
            "BAD_USER_INPUT",
            ["kind"],
            (
                "a contact is one of CALL, CORRESPONDENCE, CORRESPONDENCE_SENT, DECLARED; "
                "record what other kinds follow from instead"
            ),
        ),
    ),
    "no key": (
        'addEvent(input: {idempotencyKey: "", name: "Fair", start: "2026"})',
        (
            "BAD_USER_INPUT",
            ["idempotencyKey"],
            "an idempotency key has 1 to 200 characters; send a new one with each entry",
        ),
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
async def test_what_an_entry_is_at_fault_for_is_said_in_its_payload_and_nothing_is_written(
    engine: Engine, case: str
) -> None:
    made = paddock()
    made.node("per-sec", "Secret Person", vis=STAFF + 1)
    graph = await made.save(engine)
    entry, (code, field, message) = REFUSALS[case]

    assert await written(graph, f"{entry} {{ errors {{ code field message }} }}") == {
        "errors": [{"code": code, "field": field, "message": message}]
    }
    assert await revision(graph) == 1


async def test_a_key_that_was_used_for_something_else_is_a_conflict_in_the_payload(engine: Engine) -> None:
    graph = await paddock().save(engine)
    adding = 'addEvent(input: {{idempotencyKey: "k1", name: "{}", start: "2026"}}) {{ errors {{ code field }} }}'

    answers = [await written(graph, adding.format(name)) for name in ("Fair", "Tour")]

    assert answers == [{"errors": []}, {"errors": [{"code": "CONFLICT", "field": ["idempotencyKey"]}]}]


@pytest.mark.parametrize("entry", CASES)
async def test_whoever_may_not_write_is_refused_as_a_whole_and_nothing_is_written(engine: Engine, entry: str) -> None:
    graph = await paddock().save(engine)

    response = await entered(graph, f"mutation {{ {CASES[entry][0]} }}", Role.MEMBERS)

    (error,) = response["errors"]
    assert response["data"] is None
    assert (error["message"], error["path"], error["extensions"]) == (
        "members may not write; ask an administrator",
        [entry],
        {"code": "FORBIDDEN"},
    )
    assert await revision(graph) == 1


async def test_a_kind_of_contact_that_does_not_exist_is_an_error_of_the_document(engine: Engine) -> None:
    graph = await paddock().save(engine)
    entry = (
        'recordContact(input: {idempotencyKey: "k1", from: "per-ann", to: "per-ben", kind: LUNCH, on: "2026-11-01"})'
    )

    response = await entered(graph, f"mutation {{ {entry} {{ errors {{ code }} }} }}")

    assert list(response) == ["errors"]
    assert [error["extensions"] for error in response["errors"]] == [{"code": "BAD_USER_INPUT"}]
    assert await revision(graph) == 1


@pytest.mark.parametrize("code", [Code.UNAVAILABLE, Code.TIMEOUT])
async def test_a_store_that_fails_is_an_error_of_the_request_and_not_of_the_entry(engine: Engine, code: Code) -> None:
    graph = await paddock().save(engine)
    asked = await context(graph, await auth.owner(graph, Role.STAFF))
    asked.known = Network(Graph(cast("Engine", Failing(code)), graph.clock), packs.evidence(), feed)

    response = await ask(asked, f"mutation {{ {CASES['addEvent'][0]} }}")

    (error,) = response["errors"]
    assert (response["data"], error["message"], error["path"], error["extensions"]) == (
        None,
        "the graph did not answer",
        ["addEvent"],
        {"code": str(code)},
    )
