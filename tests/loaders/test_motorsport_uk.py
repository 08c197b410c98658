"""Each rule of each file, on an invented set small enough to work out on paper."""

from collections import Counter
from pathlib import Path

import pytest

import packs
from loaders import motorsport_uk
from loaders.batches import Resolved
from service.graph.model import Identity, Mode, digest
from tests.loaders.invented import FOLDER, claims, copy, derived, resolved, told

ENGINE = digest("cap", "engine")
TYRES = digest("cap", "tyres")
WHEELS, GEARS = "All-Party Parliamentary Group on Alloy Wheels", "Gear Cutting All-Party Parliamentary Group"


@pytest.fixture(scope="module")
def whole() -> Resolved:
    return resolved()


def spelled(identity: Identity) -> str:
    scheme = identity.scheme.upper() if identity.kind == "Organization" else identity.scheme
    return f"{scheme}:{identity.value}"


def names(found: Resolved) -> dict[str, tuple[str, ...]]:
    """Every agent by its identifiers, those of organizations in capitals: its name, then the others."""
    return {
        " ".join(spelled(one) for one in agent.identities): (agent.name, *agent.other_names)
        for agent in found.batch.agents.values()
    }


def test_every_agent_has_its_identifiers_and_all_its_names_in_the_order_they_were_met(whole: Resolved) -> None:
    people = {agent.id for agent in whole.batch.agents.values() if agent.kind == "Person"}
    assert [len(people), len(whole.batch.agents)] == [11, 30]
    assert names(whole) == {
        "parliament:9001 twfy:101": ("Ada Marsh", "Rt Hon Ada Marsh"),
        "parliament:9002 twfy:102": ("Ben Ben Ochre", "Ben Ochre"),
        "twfy:103": ("Cleo Finch",),
        "parliament:9004 twfy:104": ("Dora Pike",),
        "parliament:9005": ("Edie Stone",),
        "parliament:9006": ("Finn Wren",),
        "name:Lord Dale Crossbench Lords": ("Lord Dale Crossbench Lords",),
        "f1db:ann-swift": ("Ann Swift",),
        "f1db:bob-heron": ("Bob Heron",),
        "f1db:cy-teal": ("Cy Teal",),
        "f1db:magpie": ("Magpie",),
        "F1DB:magpie": ("Magpie", "Scuderia Magpie"),
        "F1DB:kestrel": ("Kestrel", "Team Kestrel F1"),
        "F1DB:sparrow-kestrel": ("Sparrow Kestrel",),
        "F1DB:rook": ("Rook",),
        "GB-COH:00882001": ("Larch Circuits Ltd", "Larch Circuits Limited", "Larch"),
        "GB-COH:08070001": ("Larch",),
        "GB-COH:SC123456": ("Glen Motors",),
        "GB-COH:02340001": ("Quill Defence",),
        "APPG:alloy-wheels": (WHEELS,),
        "APPG:gear-cutting": (GEARS,),
        "NAME:Guild of Forgers and Casters": ("Guild of Forgers and Casters",),
        "NAME:Rim Institute": ("Rim Institute",),
        "NAME:Hub Foundation": ("Hub Foundation",),
        "NAME:Cog Bank": ("Cog Bank",),
        "NAME:Emirate Grand Prix": ("Emirate Grand Prix",),
        "NAME:Pine Aero": ("Pine Aero",),
        "NAME:Pine Aero Plc": ("Pine Aero Plc",),
        "NAME:Department of Wheels": ("Department of Wheels",),
        "NAME:Office of Gears": ("Office of Gears",),
    }


def test_a_driver_and_an_organization_of_one_id_are_two_agents(whole: Resolved) -> None:
    same = [agent for agent in whole.batch.agents.values() if agent.identities[0].value == "magpie"]
    assert sorted((agent.kind, agent.other_names, agent.kinds) for agent in same) == [
        ("Organization", ("Scuderia Magpie",), ("engine maker", "race team")),
        ("Person", (), ()),
    ]


def test_what_an_organization_is_follows_from_what_it_does(whole: Resolved) -> None:
    kinds = {agent.name: agent.kinds for agent in whole.batch.agents.values() if agent.kind == "Organization"}
    assert kinds == {
        "Magpie": ("engine maker", "race team"),
        "Kestrel": ("race team",),
        "Sparrow Kestrel": ("race team",),
        "Rook": ("tyre maker",),
        "Larch Circuits Ltd": ("company",),
        "Larch": ("company",),
        "Glen Motors": ("company",),
        "Quill Defence": ("company",),
        WHEELS: ("committee",),
        GEARS: ("committee",),
        "Guild of Forgers and Casters": ("secretariat",),
        "Rim Institute": ("secretariat",),
        "Hub Foundation": ("secretariat",),
        "Cog Bank": (),
        "Emirate Grand Prix": (),
        "Pine Aero": (),
        "Pine Aero Plc": (),
        "Department of Wheels": ("public body",),
        "Office of Gears": ("public body",),
    }


def test_members_are_seen_by_the_register_with_their_roles_and_no_dates(whole: Resolved) -> None:
    assert told(whole.batch, "appg_memberships") == [
        (
            "line 2",
            "MEMBER_OF",
            "Ada Marsh",
            WHEELS,
            None,
            None,
            {"role": "Chair & Registered Contact", "party": "Amber"},
        ),
        ("line 3", "MEMBER_OF", "Ada Marsh", WHEELS, None, None, {"role": "Member"}),
        ("line 4", "MEMBER_OF", "Ben Ben Ochre", WHEELS, None, None, {"role": "Member"}),
        ("line 6", "MEMBER_OF", "Cleo Finch", WHEELS, None, None, {"role": "Member"}),
        ("line 7", "MEMBER_OF", "Lord Dale Crossbench Lords", WHEELS, None, None, {"role": "Member"}),
        ("line 8", "MEMBER_OF", "Dora Pike", GEARS, None, None, {"role": "Chair", "party": "Teal"}),
        ("line 9", "MEMBER_OF", "Ada Marsh", GEARS, None, None, {"role": "Officer", "party": "Amber"}),
    ]
    assert [(one.observed, one.confidence, one.unit) for one in claims(whole.batch, "appg_memberships")] == [
        *[(("2026-06-29",), 1.0, "group:alloy-wheels")] * 3,
        (("2026-06-29",), 0.5, "group:alloy-wheels"),
        (("2026-06-29",), 1.0, "group:alloy-wheels"),
        *[(("2025-07-31",), 1.0, "group:gear-cutting")] * 2,
    ]


def test_secretariats_are_seen_by_the_register_each_for_itself(whole: Resolved) -> None:
    assert [(*one[:4], *one[4:]) for one in told(whole.batch, "appg_secretariats")] == [
        ("line 2", "SECRETARIAT_OF", "Guild of Forgers and Casters", WHEELS, None, None, {}),
        ("line 2", "SECRETARIAT_OF", "Rim Institute", WHEELS, None, None, {}),
        ("line 2", "SECRETARIAT_OF", "Hub Foundation", WHEELS, None, None, {}),
        ("line 3", "SECRETARIAT_OF", "Guild of Forgers and Casters", GEARS, None, None, {}),
    ]
    assert [one.observed for one in claims(whole.batch, "appg_secretariats")] == [
        *[("2026-06-29",)] * 3,
        ("2025-07-31",),
    ]


def test_registers_are_dated_for_whoever_is_no_longer_listed(whole: Resolved) -> None:
    assert whole.batch.registers == {"group:alloy-wheels": "2026-06-29", "group:gear-cutting": "2025-07-31"}


def test_benefits_to_a_group_keep_band_days_and_text_and_warn_of_days_in_the_wrong_order(whole: Resolved) -> None:
    band = {"kind": "support", "currency": "GBP"}
    said = {"amountMin": 1501.0, "amountMax": 3000.0, "registered": "2025-12-23"}
    text = {"description": "Joint Secretariat From: 04/09/2025 To: 03/09/2026"}
    single = {"amountMin": 5000.0, "amountMax": 5000.0, "registered": "2024-11-04"}
    assert told(whole.batch, "appg_benefits") == [
        ("line 2", "GAVE_BENEFIT", "Rim Institute", WHEELS, "2025-09-04", "2025-09-04", band | said | text),
        ("line 3", "GAVE_BENEFIT", "Cog Bank", GEARS, "2025-09-10", "2025-09-10", band | single),
    ]
    warnings = motorsport_uk.read(FOLDER).sheets["appg_benefits"].warnings
    assert [(note.line, note.text) for note in warnings] == [
        (3, "received on 2025-09-10, after it was registered on 2024-11-04")
    ]


def test_interests_become_benefits_work_and_shares_by_their_category(whole: Resolved) -> None:
    def gift(kind: str, amount: float, status: str = "Company") -> dict[str, object]:
        return {"kind": kind, "amount": amount, "currency": "GBP", "declaredAs": status}

    larch, ada, ben, cleo, dora = "Larch Circuits Ltd", "Ada Marsh", "Ben Ben Ochre", "Cleo Finch", "Dora Pike"
    registered = {"registered": "2024-08-02"}
    assert told(whole.batch, "interest_ties") == [
        ("line 2", "GAVE_BENEFIT", larch, ada, "2025-07-05", "2025-07-05", gift("hospitality", 1350.0)),
        ("line 3", "GAVE_BENEFIT", larch, ben, "2025-07-06", "2025-07-06", gift("hospitality", 400.5)),
        ("line 4", "GAVE_BENEFIT", larch, cleo, "2025-07-06", "2025-07-06", gift("hospitality", 400.0)),
        ("line 5", "GAVE_BENEFIT", "Larch", ben, "2026-07-05", "2026-07-05", gift("hospitality", 4300.0)),
        ("line 6", "GAVE_BENEFIT", "Glen Motors", dora, "2026-01-24", "2026-01-24", gift("hospitality", 90.0)),
        (
            "line 7",
            "GAVE_BENEFIT",
            "Emirate Grand Prix",
            dora,
            "2025-12-22",
            "2025-12-22",
            gift("visit", 9000.0, "visit-donor"),
        ),
        ("line 8", "GAVE_BENEFIT", "Quill Defence", ada, "2025-07-24", "2025-07-24", gift("donation", 376.8)),
        ("line 9", "WORKS_FOR", cleo, "Pine Aero", None, None, {"declaredAs": "payer"} | registered),
        ("line 10", "OWNS", cleo, "Pine Aero Plc", None, None, {"declaredAs": "shareholding"} | registered),
    ]
    refusals = motorsport_uk.read(FOLDER).sheets["interest_ties"].refusals
    assert [(note.line, note.text) for note in refusals] == [(11, "unspecified interest")]


def test_ministers_hold_posts_of_departments_without_end_while_they_stay(whole: Resolved) -> None:
    post, wheels, gears = "Minister of Hubs", "Department of Wheels", "Office of Gears"
    bearings, secretary = "Minister of Bearings", "Secretary of State for Bearings"
    assert told(whole.batch, "minister_appointments") == [
        ("line 2", "HOLDS", "Ada Marsh", bearings, "2024-07-05", "2025-09-04", {"rank": "MoS"}),
        ("line 2", "POST_IN", bearings, wheels, None, None, {}),
        ("line 3", "HOLDS", "Ada Marsh", secretary, "2025-09-05", "..", {"rank": "SoS"}),
        ("line 3", "POST_IN", secretary, wheels, None, None, {}),
        ("line 4", "HOLDS", "Edie Stone", post, "2025-09-05", "..", {"rank": "PUSS"}),
        ("line 4", "POST_IN", post, wheels, None, None, {}),
        ("line 5", "HOLDS", "Finn Wren", post, "2020-01-01", "2025-09-05", {"rank": "PUSS"}),
        ("line 6", "HOLDS", "Edie Stone", post, "2023-01-01", "2023-12-31", {"rank": "PUSS"}),
        ("line 6", "POST_IN", post, gears, None, None, {}),
    ]
    assert len({node.id for node in whole.batch.nodes.values() if node.label == "Post"}) == 4


def test_a_chain_of_constructors_is_told_once_however_many_rows_repeat_it(whole: Resolved) -> None:
    assert told(whole.batch, "f1db_constructor_chronology") == [
        ("line 2", "SUCCEEDED_BY", "Kestrel", "Sparrow Kestrel", "2016", None, {})
    ]


def test_drivers_work_for_their_constructor_for_a_year_in_races_or_tests(whole: Resolved) -> None:
    race = {"role": "race driver"}
    assert told(whole.batch, "f1db_season_entrant_drivers") == [
        ("line 2", "WORKS_FOR", "Ann Swift", "Kestrel", "2014", "2014", race | {"rounds": "1-11,13-16,19"}),
        ("line 3", "WORKS_FOR", "Bob Heron", "Kestrel", "2014", "2014", {"role": "test driver"}),
        ("line 4", "WORKS_FOR", "Cy Teal", "Magpie", "2014", "2014", race | {"rounds": "1-2"}),
        ("line 5", "WORKS_FOR", "Magpie", "Magpie", "2014", "2014", race | {"rounds": "1"}),
    ]


def test_makers_supply_others_and_never_themselves(whole: Resolved) -> None:
    assert told(whole.batch, "f1db_supply_engine_year") == [
        ("line 2", "SUPPLIES", "Magpie", "Kestrel", "2014", "2014", {"capability": ENGINE}),
        ("line 3", "SUPPLIES", "Magpie", "Kestrel", "2015", "2015", {"capability": ENGINE}),
    ]
    assert told(whole.batch, "f1db_supply_tyre_year") == [
        ("line 2", "SUPPLIES", "Rook", "Kestrel", "2014", "2014", {"capability": TYRES}),
        ("line 3", "SUPPLIES", "Rook", "Magpie", "2014", "2014", {"capability": TYRES}),
    ]
    refusals = motorsport_uk.read(FOLDER).sheets["f1db_supply_engine_year"].refusals
    assert [(note.line, note.text) for note in refusals] == [(4, "made in-house")]
    capabilities = {node.id: node.name for node in whole.batch.nodes.values() if node.label == "Capability"}
    assert capabilities == {ENGINE: "engine", TYRES: "tyres"}


def test_a_race_is_an_event_and_whoever_is_in_its_results_was_there(whole: Resolved) -> None:
    events = [node for node in whole.batch.nodes.values() if node.label == "Event"]
    assert sorted((node.name, *node.properties.items()) for node in events) == [
        (
            f"Grand Prix of {name} 2014",
            ("start", day),
            ("end", day),
            ("round", round_),
            ("grandPrix", name.lower()),
            ("circuit", circuit),
        )
        for name, day, round_, circuit in [
            ("Cedar", "2014-04-06", 3, "cedar-city"),
            ("Larch", "2014-03-16", 1, "larch-ring"),
            ("Pine", "2014-03-30", 2, "pine-park"),
        ]
    ]
    there = {"status": "ATTENDED"}
    larch, pine = ("Grand Prix of Larch 2014", *["2014-03-16"] * 2), ("Grand Prix of Pine 2014", *["2014-03-30"] * 2)
    kestrel, magpie = {"constructor": "kestrel"}, {"constructor": "magpie"}
    assert told(whole.batch, "f1db_race_results") == [
        ("line 2", "ATTENDED", "Ann Swift", *larch, there | {"position": "1"} | kestrel),
        ("line 3", "ATTENDED", "Cy Teal", *larch, there | {"position": "DNS"} | magpie),
        ("line 4", "ATTENDED", "Magpie", *larch, there | {"position": "DNP"} | magpie),
        ("line 5", "ATTENDED", "Cy Teal", *pine, there | {"position": "1"} | magpie),
        ("line 6", "ATTENDED", "Ann Swift", *pine, there | {"position": "DNF"} | kestrel),
    ]


def test_every_file_is_a_public_source_with_publisher_and_licence(whole: Resolved) -> None:
    assert [(one.slug, one.mode, one.vis, one.licence) for one in whole.batch.sources] == [
        (
            f"motorsport-uk/{name}",
            Mode.REGISTER if name in {"appg_memberships", "appg_secretariats"} else Mode.HISTORY,
            0,
            "CC BY 4.0",
        )
        for name in (source.file for source in motorsport_uk.SOURCES)
    ]
    assert {one.publisher for one in whole.batch.sources} == {
        "F1DB",
        "mySociety, from the register of the UK Parliament",
        "Institute for Government",
    }


def test_every_row_names_the_records_it_was_first_to_give_or_was_refused(whole: Resolved) -> None:
    given = Counter(file for file, _ in whole.rows)
    reading = motorsport_uk.read(FOLDER)
    silent = {
        sheet.file: sheet.rows - given[sheet.file] - len(sheet.refusals)
        for sheet in reading.sheets.values()
        if sheet.rows != given[sheet.file] + len(sheet.refusals)
    }
    # One spelling of a member more, and the three links of a chain that another row has told already.
    assert silent == {"appg_memberships.csv": 1, "f1db_constructor_chronology.csv": 3}


def test_every_claim_is_one_that_the_pack_knows_between_such_ends(whole: Resolved) -> None:
    labels = {agent.id: agent.kind.value for agent in whole.batch.agents.values()}
    labels |= {node.id: node.label for node in whole.batch.nodes.values()}
    labels |= {one.id: "Identifier" for agent in whole.batch.agents.values() for one in agent.identities}
    known = packs.relations()
    strange = [
        one
        for one in whole.batch.assertions
        if labels[one.a] not in known[one.type].origin or labels[one.b] not in known[one.type].target
    ]
    assert strange == []


def test_evidence_follows_from_the_claims_as_worked_out_on_paper(whole: Resolved) -> None:
    # Alloy wheels: 4 people, 3 secretariats: 21 pairs less 3 between secretariats. Gears: 2 people, 1 secretariat.
    # Benefits: 5 of hospitality, 1 visit, no donation. Ministers: 3 overlaps; drivers: 1 pair in each of two teams.
    assert Counter(one.kind for one in derived(whole.batch)) == {
        "CO_COMMITTEE": 18 + 3,
        "BENEFIT": 6,
        "CO_AFFILIATION": 3 + 2,
        "SHARED_EVENT": 3 + 1,
    }


def test_ministers_who_follow_each_other_share_a_department_for_the_days_they_overlap(whole: Resolved) -> None:
    called = {agent.id: agent.name for agent in whole.batch.agents.values()}
    found = [one for one in derived(whole.batch) if one.unit == "department:Department of Wheels"]
    assert sorted((*sorted((called[one.a], called[one.b])), one.since, one.on, one.intensity) for one in found) == [
        ("Ada Marsh", "Edie Stone", "2025-09-05", "9999-12-31", 1.0),
        ("Ada Marsh", "Finn Wren", "2024-07-05", "2025-09-05", 1.0),
        ("Edie Stone", "Finn Wren", "2025-09-05", "2025-09-05", 1.0),
    ]


def test_loading_a_changed_order_of_rows_says_the_same_but_for_lines(whole: Resolved, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    for file in folder.glob("f1db_*.csv"):
        head, *rows = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text(head + "".join(reversed(rows)), "utf-8")
    assert {(one.key, one.content) for one in resolved(folder).batch.assertions} == {
        (one.key, one.content) for one in whole.batch.assertions
    }
