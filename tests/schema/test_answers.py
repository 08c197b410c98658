"""Every question of the contract over one small graph, the whole answer each time."""

from typing import Any

import pytest

from service import auth
from service.auth import Role
from service.engines.protocol import Engine
from service.graph.model import AgentKind, Identity
from tests.graph.little import NOW, THEN, Little
from tests.schema.paddock import ANN, BEN, CAT, FORGE, GEARS, ask, context, data, paddock, rounded

CLAIM = "id start end current provenance { locator recordedAt retractedAt confidence visibility } disputed"
WHOLE = "pageInfo { hasNextPage hasPreviousPage } totalCount"


def claim(id: str, visibility: str = "PUBLIC", *, lasting: bool = True) -> dict[str, Any]:
    """What every claim of the register answers to CLAIM."""
    provenance = {
        "locator": f"row {id}",
        "recordedAt": THEN,
        "retractedAt": None,
        "confidence": 1.0,
        "visibility": visibility,
    }
    dates = {"start": "2019-05", "end": "..", "current": "YES"}
    undated = {"start": None, "end": None, "current": "UNKNOWN"}
    return {"id": id, **(dates if lasting else undated), "provenance": provenance, "disputed": False}


def listed(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A list that fits on one page."""
    info = {"hasNextPage": False, "hasPreviousPage": False}
    return {"edges": [{"node": node} for node in nodes], "pageInfo": info, "totalCount": len(nodes)}


@pytest.mark.parametrize(
    ("role", "purpose", "levels"),
    [
        (Role.MEMBERS, None, ["PUBLIC", "MEMBERS"]),
        (Role.STAFF, None, ["PUBLIC", "MEMBERS", "STAFF"]),
        (Role.LOBBYING, None, ["PUBLIC", "MEMBERS", "STAFF"]),
        (Role.LOBBYING, "a consultation", ["PUBLIC", "MEMBERS", "STAFF", "LOBBYING"]),
        (Role.STEWARD, None, ["PUBLIC", "MEMBERS", "STAFF"]),
        (Role.DATA_PROTECTION_OFFICER, "an access request", ["PUBLIC", "MEMBERS", "STAFF", "LOBBYING"]),
        (Role.ADMIN, "a check", ["PUBLIC", "MEMBERS", "STAFF", "LOBBYING"]),
        (Role.INTEGRATOR, None, []),
    ],
)
@pytest.mark.embedded
async def test_viewer_tells_each_role_what_it_sees(
    embedded: Engine, role: Role, purpose: str | None, levels: list[str]
) -> None:
    graph = await Little().save(embedded)
    asked = await context(graph, await auth.owner(graph, role, purpose))

    response = await ask(asked, "{ viewer { name roles visibilities compartments } }")

    viewer = {"name": "owner", "roles": [str(role)], "visibilities": levels, "compartments": []}
    assert response == {"data": {"viewer": viewer}}


async def test_anything_is_found_by_its_id_with_what_stands_around_it(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = """query ($ids: [ID!]!) { nodes(ids: $ids) {
      __typename id
      ... on Agent { name otherNames mergedIds identifiers { scheme value } }
      ... on Organization { kinds country }
      ... on Post { name organization { name } holders { edges { node { person { name } } } totalCount } }
      ... on Capability {
        name altLabels broader { name } narrower { name } holders { edges { node { organization { name } } } }
      }
      ... on Event { name start end partOf { name start end partOf { name } } attendees { edges { node {
        agent { name } status
      } } } }
      ... on Issue { name }
      ... on Source { title publisher url licence retrievedAt }
      ... on Meeting { on status subject participants { name } provenance { source { title } } }
    } }"""
    ids = [
        "per-ann",
        "org-forge",
        "pst-chair",
        "cap-machining",
        "evt-dinner",
        "iss-tariff",
        "src-register",
        "mtg-1",
        "?",
    ]

    assert (await data(graph, query, ids=ids))["nodes"] == [
        {
            "__typename": "Person",
            "id": "per-ann",
            **ANN,
            "otherNames": ["A. Alloy"],
            "mergedIds": [],
            "identifiers": [],
        },
        {
            "__typename": "Organization",
            "id": "org-forge",
            **FORGE,
            "otherNames": [],
            "mergedIds": [],
            "identifiers": [],
            "kinds": ["supplier"],
            "country": "GB",
        },
        {
            "__typename": "Post",
            "id": "pst-chair",
            "name": "Chair",
            "organization": {"name": "Association"},
            "holders": {"edges": [{"node": {"person": CAT}}], "totalCount": 1},
        },
        {
            "__typename": "Capability",
            "id": "cap-machining",
            "name": "machining",
            "altLabels": [],
            "broader": [],
            "narrower": [{"name": "grinding"}],
            "holders": {"edges": [{"node": {"organization": FORGE}}]},
        },
        {
            "__typename": "Event",
            "id": "evt-dinner",
            "name": "Dinner",
            "start": None,
            "end": None,
            "partOf": {"name": "Fair", "start": "2026-01", "end": "..", "partOf": None},
            "attendees": {"edges": [{"node": {"agent": ANN, "status": "ATTENDED"}}]},
        },
        {"__typename": "Issue", "id": "iss-tariff", "name": "Tariffs"},
        {
            "__typename": "Source",
            "id": "src-register",
            "title": "The register",
            "publisher": "Registrar",
            "url": "https://register.example",
            "licence": "OGL",
            "retrievedAt": THEN,
        },
        {
            "__typename": "Meeting",
            "id": "mtg-1",
            "on": "2026-10-24",
            "status": "HELD",
            "subject": "tariffs",
            "participants": [ANN, BEN],
            "provenance": {"source": {"title": "The gazette"}},
        },
        None,
    ]


async def test_a_card_and_an_introduction_are_found_by_their_ids(engine: Engine) -> None:
    made = paddock()
    made.node("crd-1", source="src-register", recordedAt=THEN, on="2026-01-05", swapped=True)
    made.claim("GAVE_CARD", "per-ann", "crd-1", "clm-gave")
    made.claim("RECEIVED_CARD", "per-ben", "crd-1", "clm-received")
    made.claim("EXCHANGED_AT", "crd-1", "evt-fair", "clm-at")
    made.node("int-1", source="src-register", recordedAt=THEN, status="MADE", concerning="forging")
    for kind, id in (("REQUESTS", "per-ann"), ("INTRODUCES", "per-ben"), ("INTRODUCED_IN", "per-cat")):
        made.claim(kind, id, "int-1", f"clm-{kind}")
    graph = await made.save(engine)
    query = """{
      card: node(id: "crd-1") { ... on CardExchange { on swapped giver { name } receiver { name } event { name } } }
      introduction: node(id: "int-1") { ... on Introduction {
        requester { name } introducer { name } target { name } status concerning requestedAt
      } }
    }"""

    assert await data(graph, query) == {
        "card": {"on": "2026-01-05", "swapped": True, "giver": ANN, "receiver": BEN, "event": {"name": "Fair"}},
        "introduction": {
            "requester": ANN,
            "introducer": BEN,
            "target": CAT,
            "status": "MADE",
            "concerning": "forging",
            "requestedAt": THEN,
        },
    }


async def test_a_person_answers_with_all_that_is_said_of_them(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = f"""query ($id: ID!) {{ person(id: $id) {{
      name
      affiliations {{ edges {{ node {{ {CLAIM} organization {{ name }} role }} }} {WHOLE} }}
      posts {{ edges {{ node {{ {CLAIM} post {{ name }} }} }} {WHOLE} }}
      memberships {{ {WHOLE} edges {{ node {{ id }} }} }}
      benefits {{ edges {{ node {{
        {CLAIM} giver {{ name }} receiver {{ name }} kind amount amountMin amountMax currency
      }} }} {WHOLE} }}
      owns {{ edges {{ node {{ {CLAIM} owner {{ name }} asset {{ name }} shareMin shareMax }} }} {WHOLE} }}
      events {{ edges {{ node {{ id agent {{ name }} event {{ name }} status }} }} {WHOLE} }}
      knows(minBand: NONE) {{ edges {{ node {{ a {{ name }} b {{ name }} band }} }} {WHOLE} }}
    }} }}"""
    directs = {**claim("clm-directs", lasting=False), "organization": GEARS, "role": "director"}
    owns = {**claim("clm-owns", lasting=False), "owner": BEN, "asset": GEARS, "shareMin": 25.0, "shareMax": 50.0}
    holds = {**claim("clm-holds"), "post": {"name": "Chair"}}
    gift = {"giver": FORGE, "receiver": CAT, "kind": "gift", "amount": 80.5, "amountMin": None, "amountMax": None}

    assert (await data(graph, query, id="per-ben"))["person"] == {
        **BEN,
        "affiliations": listed(directs),
        "posts": listed(),
        "memberships": listed(),
        "benefits": listed(),
        "owns": listed(owns),
        "events": listed(),
        "knows": listed({"a": BEN, "b": ANN, "band": "WARM"}, {"a": BEN, "b": CAT, "band": "FAINT"}),
    }
    assert (await data(graph, query, id="per-cat"))["person"] == {
        **CAT,
        "affiliations": listed(),
        "posts": listed(holds),
        "memberships": listed(),
        "benefits": listed({**claim("clm-gift", lasting=False), **gift, "currency": "GBP"}),
        "owns": listed(),
        "events": listed(),
        "knows": listed({"a": CAT, "b": BEN, "band": "FAINT"}),
    }
    assert (await data(graph, query, id="per-ann"))["person"]["events"] == listed(
        {"id": "clm-came", "agent": ANN, "event": {"name": "Dinner"}, "status": "ATTENDED"}
    )


async def test_an_organization_answers_with_all_that_is_said_of_it(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = f"""query ($id: ID!) {{ organization(id: $id) {{
      name kinds country
      people(current: YES) {{ edges {{ node {{ {CLAIM} person {{ name }} role }} }} {WHOLE} }}
      capabilities {{ edges {{ node {{ {CLAIM} capability {{ name }} level verified }} }} {WHOLE} }}
      certifications {{ edges {{ node {{ {CLAIM} certification scope number }} }} {WHOLE} }}
      suppliers {{ edges {{ node {{ id }} }} {WHOLE} }}
      customers {{ edges {{ node {{
        {CLAIM} supplier {{ name }} customer {{ name }} capability {{ name }}
      }} }} {WHOLE} }}
      members {{ edges {{ node {{ id }} }} {WHOLE} }}
      memberships {{ edges {{ node {{
        {CLAIM} member {{ name }} organization {{ name }} role
      }} }} {WHOLE} }}
      benefits {{ edges {{ node {{ id }} }} {WHOLE} }}
      owns {{ edges {{ node {{ id }} }} {WHOLE} }}
    }} }}"""
    can = {"capability": {"name": "grinding"}, "level": "high", "verified": True}
    supplies = {"supplier": FORGE, "customer": GEARS, "capability": {"name": "grinding"}}
    member = {"member": FORGE, "organization": {"name": "Association"}, "role": "full"}

    assert (await data(graph, query, id="org-forge"))["organization"] == {
        **FORGE,
        "kinds": ["supplier"],
        "country": "GB",
        "people": listed({**claim("clm-works"), "person": ANN, "role": "buyer"}),
        "capabilities": listed({**claim("clm-can"), **can}),
        "certifications": listed({**claim("clm-iso"), "certification": "ISO 9001", "scope": "all", "number": "7"}),
        "suppliers": listed(),
        "customers": listed({**claim("clm-supplies"), **supplies}),
        "members": listed(),
        "memberships": listed({**claim("clm-member"), **member}),
        "benefits": listed({"id": "clm-gift"}),
        "owns": listed(),
    }
    found = (await data(graph, query, id="org-mia"))["organization"]["members"]
    assert found == listed({"id": "clm-member"}, {"id": "clm-other"})


async def test_an_agent_is_found_by_what_a_scheme_calls_it(engine: Engine) -> None:
    number, name = (Identity(AgentKind.ORGANIZATION, *one) for one in (("gb-coh", "00882843"), ("name", "circuits")))
    made = Little()
    made.node(number.agent, "Circuits Ltd")
    for one in (number, name):
        made.node(one.id, scheme=one.scheme, value=one.value, kind=str(one.kind), agent=one.agent)
        made.claim("IDENTIFIED_BY", number.agent, one.id, f"clm-{one.scheme}", names=[])
    graph = await made.save(engine)
    query = """query ($value: String!) { agent(scheme: "gb-coh", value: $value) {
      id name mergedIds identifiers { scheme value }
    } }"""

    assert await data(graph, query, value="00882843") == {
        "agent": {
            "id": number.agent,
            "name": "Circuits Ltd",
            "mergedIds": [name.agent],
            "identifiers": [
                {"scheme": "gb-coh", "value": "00882843"},
                {"scheme": "name", "value": "circuits"},
            ],
        }
    }
    alone = """query ($value: String!) { agent(scheme: "gb-coh", value: $value) { mergedIds } }"""
    assert await data(graph, alone, value="00882843") == {"agent": {"mergedIds": [name.agent]}}
    assert await data(graph, query, value="1") == {"agent": None}


async def test_search_finds_what_has_the_name_exact_matches_first(engine: Engine) -> None:
    made = paddock()
    made.node("org-chair", "Chair Makers Ltd")
    graph = await made.save(engine)
    query = """query ($kinds: [EntityKind!], $first: Int, $after: Cursor) {
      search(text: "chair", kinds: $kinds, first: $first, after: $after) {
        edges { cursor node { node { __typename id } kind label because } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
      }
    }"""
    post = {
        "node": {"__typename": "Post", "id": "pst-chair"},
        "kind": "POST",
        "label": "Chair",
        "because": "the name is exactly what was asked for",
    }
    firm = {
        "node": {"__typename": "Organization", "id": "org-chair"},
        "kind": "ORGANIZATION",
        "label": "Chair Makers Ltd",
        "because": "the name begins with what was asked for",
    }

    first = (await data(graph, query, first=1))["search"]
    rest = (await data(graph, query, after=first["pageInfo"]["endCursor"]))["search"]
    posts = (await data(graph, query, kinds=["POST"]))["search"]

    assert [edge["node"] for edge in (*first["edges"], *rest["edges"])] == [post, firm]
    assert [edge["cursor"] for edge in first["edges"]] == [first["pageInfo"]["startCursor"]]
    assert (first["pageInfo"]["hasNextPage"], first["totalCount"]) == (True, 2)
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"], rest["totalCount"]) == (
        False,
        True,
        2,
    )
    assert ([edge["node"] for edge in posts["edges"]], posts["totalCount"]) == ([post], 1)


async def test_a_tie_answers_with_its_evidence_and_what_that_follows_from(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = """{ tie(a: "per-ben", b: "per-ann") {
      a { name } b { name } strength band mutual firstEvidence lastEvidence evidenceCount
      cadence medianGapDays silenceDays
      evidence { totalCount edges { share countsFrom node {
        id kind since until from { name } to { name } directed
        about { __typename id } provenance { source { title } visibility compartments }
      } } }
    } none: tie(a: "per-ann", b: "per-cat") { strength } }"""

    meeting: dict[str, Any] = {
        "id": "kno-meeting",
        "kind": "MEETING",
        "since": None,
        "until": "2026-10-24",
        "from": ANN,
        "to": BEN,
        "directed": False,
        "about": [{"__typename": "Meeting", "id": "mtg-1"}],
        "provenance": {"source": {"title": "The gazette"}, "visibility": "PUBLIC", "compartments": []},
    }
    card: dict[str, Any] = {
        **meeting,
        "id": "kno-card",
        "kind": "CARD_SWAPPED",
        "until": "2026-11-13",
        "about": [],
        "provenance": {"source": {"title": "The register"}, "visibility": "PUBLIC", "compartments": []},
    }
    assert rounded(await data(graph, query)) == {
        "tie": {
            "a": BEN,
            "b": ANN,
            "strength": 0.4123,
            "band": "WARM",
            "mutual": True,
            "firstEvidence": "2026-10-24",
            "lastEvidence": "2026-11-13",
            "evidenceCount": 2,
            "cadence": "TOO_FEW",
            "medianGapDays": None,
            "silenceDays": 10,
            "evidence": {
                "totalCount": 2,
                "edges": [
                    {"share": 0.7656, "countsFrom": "2026-10-24", "node": meeting},
                    {"share": 0.2344, "countsFrom": "2026-11-13", "node": card},
                ],
            },
        },
        "none": None,
    }


async def test_only_evidence_of_one_direction_is_directed(engine: Engine) -> None:
    graph = await paddock().save(engine)

    found = await data(
        graph, """{ node(id: "kno-given") { ... on Evidence { kind directed from { name } to { name } } } }"""
    )

    assert found == {"node": {"kind": "CARD_GIVEN", "directed": True, "from": BEN, "to": CAT}}


async def test_introduction_paths_answer_step_by_step_with_reasons(engine: Engine) -> None:
    graph = await paddock().save(engine)
    query = """query ($avoid: [ID!]) { introductionPaths(from: "org-forge", to: "per-cat", avoid: $avoid) {
      outcome nearestHops asOf knownAt paths {
        from { name } to { name } onBehalfOf { name } hops strength band weakest { to { name } }
        segments { from { name } to { name } willingness tie { a { name } strength } } reasons
      }
    } }"""
    answered = {"asOf": NOW[:10], "knownAt": NOW}
    ties = [{"a": ANN, "strength": 0.4123}, {"a": BEN, "strength": 0.145}]

    assert rounded(await data(graph, query))["introductionPaths"] == {
        **answered,
        "outcome": "FOUND",
        "nearestHops": 2,
        "paths": [
            {
                "from": ANN,
                "to": CAT,
                "onBehalfOf": FORGE,
                "hops": 2,
                "strength": 0.0348,
                "band": "FAINT",
                "weakest": {"to": CAT},
                "segments": [
                    {"from": ANN, "to": BEN, "willingness": 0.4123, "tie": ties[0]},
                    {"from": BEN, "to": CAT, "willingness": 0.1204, "tie": ties[1]},
                ],
                "reasons": [
                    "It is number 1 with a strength of 0.0348: 0.4123 x 0.1204 x 0.7 for one hand-over.",
                    (
                        "Its weakest tie is Ben Bearing and Cat Camshaft, willingness 0.1204 (faint): 67% of it rests "
                        "on sitting on one committee, and the last evidence is of 2026-11-23."
                    ),
                ],
            }
        ],
    }
    assert (await data(graph, query, avoid=["per-ben"]))["introductionPaths"] == {
        **answered,
        "outcome": "NONE",
        "nearestHops": None,
        "paths": [],
    }


async def test_who_knows_answers_with_one_route_for_each_who_is_asked_else_for_each_member(engine: Engine) -> None:
    graph = await paddock().save(engine)
    asked = await context(graph, association="Association")
    query = """query ($from: [ID!]) { whoKnows(target: "per-cat", from: $from) {
      outcome nearestHops paths { from { name } onBehalfOf { name } hops strength weakest { willingness } }
    } }"""
    itself = {"from": CAT, "onBehalfOf": {"name": "Association"}, "hops": 0, "strength": 1.0, "weakest": None}
    forge = {"from": ANN, "onBehalfOf": FORGE, "hops": 2, "strength": 0.0348, "weakest": {"willingness": 0.1204}}

    ours = rounded(await ask(asked, query))
    named = rounded(await ask(asked, query, **{"from": ["org-forge", "org-not"]}))

    assert ours == {"data": {"whoKnows": {"outcome": "FOUND", "nearestHops": 0, "paths": [itself, forge]}}}
    assert named == {"data": {"whoKnows": {"outcome": "FOUND", "nearestHops": 2, "paths": [forge]}}}


async def test_a_supply_chain_answers_tier_by_tier(engine: Engine) -> None:
    made = paddock()
    made.node("org-alloy", "Alloy Makers")
    made.claim("SUPPLIES", "org-alloy", "org-forge", "clm-alloy")
    graph = await made.save(engine)
    query = """query ($direction: SupplyDirection, $capability: ID, $maxTiers: Int) {
      supplyChain(organization: "org-gears", direction: $direction, capability: $capability, maxTiers: $maxTiers) {
        root { name } tiers truncated asOf knownAt
        hops { tier direction supply { supplier { name } customer { name } capability { name } current } }
      }
    }"""
    forge = {"supplier": FORGE, "customer": GEARS, "capability": {"name": "grinding"}, "current": "YES"}
    alloy = {"supplier": {"name": "Alloy Makers"}, "customer": FORGE, "capability": None, "current": "UNKNOWN"}
    near = {"tier": 1, "direction": "SUPPLIERS", "supply": forge}
    far = {"tier": 2, "direction": "SUPPLIERS", "supply": alloy}
    chain = {"root": GEARS, "truncated": False, "asOf": NOW[:10], "knownAt": NOW}

    assert await data(graph, query) == {"supplyChain": {**chain, "tiers": 2, "hops": [near, far]}}
    assert await data(graph, query, capability="cap-machining") == {
        "supplyChain": {**chain, "tiers": 1, "hops": [near]}
    }
    assert await data(graph, query, maxTiers=1) == {"supplyChain": {**chain, "tiers": 1, "hops": [near]}}
    assert await data(graph, query, direction="CUSTOMERS") == {"supplyChain": {**chain, "tiers": 0, "hops": []}}
