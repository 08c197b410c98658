"""`paddock why`: the whole provenance of a claim, a record, evidence and a tie, drawn and in JSON."""

import asyncio
import re
from pathlib import Path

import pytest

import cypher
from service.cli.whys import VERBS
from service.engines.protocol import Engine
from service.engines.stores import Folder
from tests.graph.little import GAZETTE, STAFF, THEN, Little
from tests.service.cli.shell import Said, Shell

JOB = "Ann Alloy works for Forge Ltd"
LATER = "2026-03-01T00:00:00.000000Z"
CLOCKS = ("--as-of", "2026-11-23", "--known-at", "2026-11-23T12:00:00Z")

pytestmark = pytest.mark.embedded


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], embedded_store: Folder) -> Shell:
    return Shell(capsys, str(embedded_store.path))


async def asked(embedded: Engine, shell: Shell, *arguments: str) -> Said:
    """What the shell says of a job told three times and disputed, and of a meeting."""
    made = Little()
    for id, name in (("per-ann", "Ann Alloy"), ("per-ben", "Ben Bearing"), ("org-forge", "Forge Ltd")):
        made.node(id, name)
    job = {"key": "key-1", "start": "2019", "end": "..", "earliest": "2019-01-01", "latest": "9999-12-31"}
    taken = {"retractedAt": LATER, "retractedBy": "cat", "reason": "another Ann"}
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-1", role="buyer", **taken, **job)
    confirmed = {"verifiedAt": LATER, "verifiedBy": "cat", "recordedAt": LATER}
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-2", role="driver", enteredBy="ada", **confirmed, **job)
    other = {**job, "key": "key-2", "role": "cook", "recordedAt": LATER, "source": GAZETTE.id}
    made.claim("WORKS_FOR", "per-ann", "org-forge", "clm-3", **other)
    made.node("mtg-1", on="2026-05-01", status="HELD", subject="tariffs", source=GAZETTE.id, recordedAt=THEN)
    for who in ("ann", "ben"):
        made.claim("TOOK_PART_IN", f"per-{who}", "mtg-1", f"clm-{who}", on="2026-05-01", status="HELD", vis=STAFF)
    made.knows("per-ann", "per-ben", "kno-1", on="2026-05-01", about=["mtg-1", "clm-ann"], vis=STAFF)
    made.knows("per-ann", "per-ben", "kno-2", kind="CALL", on="2026-11-01", about=["clm-2"])
    await made.save(embedded)
    return await asyncio.to_thread(shell, "why", *arguments)


DISPUTED = (
    "yes; under LATEST clm-3 counts, as its id comes last of those recorded together; "
    "under VERIFIED_FIRST this one, which was confirmed"
)


async def test_a_claim_tells_its_source_its_versions_and_why_another_counts(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "clm-2")
    assert (said.code, said.out.splitlines()) == (
        0,
        [
            "Ann Alloy works for Forge Ltd  clm-2",
            "role        driver",
            "in force    2019 to open",
            "says        The register, row clm-2",
            "            Registrar, https://register.example, OGL, retrieved 2026-01-01T00:00:00.000000Z",
            "recorded    2026-03-01T00:00:00.000000Z by ada",
            "confidence  1",
            "class       PUBLIC",
            "confirmed   2026-03-01T00:00:00.000000Z by cat",
            f"disputed    {DISPUTED}",
            "",
            "contradicted by",
            f"    {JOB}, role cook, 2019 to open; The gazette, row clm-3; recorded {LATER}; clm-3",
            "",
            "every version of this record",
            f"    {THEN} to {LATER} by cat: another Ann; {JOB}, role buyer, 2019 to open; clm-1",
            f"    {LATER} to now; {JOB}, role driver, 2019 to open; this one",
            "",
            "what follows from it",
            "    Ann Alloy and Ben Bearing: spoke on the phone, 2026-11-01; kno-2",
        ],
    )


async def test_what_was_taken_back_says_when_by_whom_and_why(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "clm-1")
    assert "taken back  2026-03-01T00:00:00.000000Z by cat: another Ann" in said.out.splitlines()
    assert "disputed" not in said.out


async def test_evidence_tells_what_it_follows_from(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "kno-1")
    assert said.out.splitlines() == [
        "Ann Alloy and Ben Bearing: met one to one: tariffs  kno-1",
        "on          2026-05-01",
        "says        The register, row kno-1",
        "            Registrar, https://register.example, OGL, retrieved 2026-01-01T00:00:00.000000Z",
        "recorded    2026-01-01T00:00:00.000000Z",
        "confidence  1",
        "class       STAFF",
        "intensity   1",
        "",
        "follows from",
        "    tariffs; The gazette; mtg-1",
    ]


async def test_a_name_tells_what_is_said_of_it(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "Ann Alloy")
    assert said.out.splitlines()[:3] == ["Ann Alloy  per-ann", "", "said of it"]
    assert [line.rpartition("; ")[2] for line in said.out.splitlines()[3:]] == ["clm-2", "clm-3"]


async def test_a_tie_tells_each_piece_of_evidence_with_the_claims_beneath_it(embedded: Engine, shell: Shell) -> None:
    said = await asked(embedded, shell, "Ann Alloy", "Ben Bearing", *CLOCKS)
    assert said.out.splitlines()[6:] == [
        "",
        " 55.5%  met one to one: tariffs, 2026-05-01  kno-1",
        "        says The register, row kno-1; recorded 2026-01-01T00:00:00.000000Z",
        "        tariffs; The gazette; mtg-1",
        "",
        " 44.5%  spoke on the phone: Forge Ltd, 2026-11-01  kno-2",
        "        says The register, row kno-2; recorded 2026-01-01T00:00:00.000000Z",
        "        driver at Forge Ltd; 2019 to open; The register, row clm-2; clm-2",
    ]


async def test_json_carries_all_of_it(embedded: Engine, shell: Shell) -> None:
    claim = (await asked(embedded, shell, "clm-2", "--json")).json
    assert (claim["said"], claim["facts"], claim["start"], claim["end"]) == (
        "Ann Alloy works for Forge Ltd",
        {"role": "driver"},
        "2019",
        "..",
    )
    assert claim["source"] == {
        "id": "src-register",
        "title": "The register",
        "publisher": "Registrar",
        "licence": "OGL",
        "url": "https://register.example",
        "retrievedAt": THEN,
    }
    assert ([one["id"] for one in claim["contradictedBy"]], claim["counts"]) == (
        ["clm-3"],
        {"LATEST": "clm-3", "STRICT": None, "VERIFIED_FIRST": "clm-2"},
    )
    assert [(one["id"], one["retractedBy"], one["reason"]) for one in claim["versions"]] == [
        ("clm-1", "cat", "another Ann"),
        ("clm-2", None, None),
    ]
    assert ([one["id"] for one in claim["follows"]], claim["more"]) == (["kno-2"], 0)

    tie = (await asyncio.to_thread(shell, "why", "per-ann", "per-ben", "--json", *CLOCKS)).json
    assert [(one["id"], one["visibility"], [base["id"] for base in one["followsFrom"]]) for one in tie["evidence"]] == [
        ("kno-1", "STAFF", ["mtg-1"]),
        ("kno-2", "PUBLIC", ["clm-2"]),
    ]
    item = (await asyncio.to_thread(shell, "why", "kno-1", "--json")).json
    assert (item["type"], item["kind"], item["visibility"]) == ("Evidence", "MEETING", "STAFF")
    assert [one["id"] for one in item["followsFrom"]] == ["mtg-1"]
    meeting = (await asyncio.to_thread(shell, "why", "mtg-1", "--json")).json
    assert [(one["id"], one["visibility"]) for one in meeting["saidOfIt"]] == [
        ("clm-ann", "STAFF"),
        ("clm-ben", "STAFF"),
    ]


def test_every_type_of_claim_reads_as_a_sentence() -> None:
    text = (Path(cypher.__file__).parent / "why" / "claim.cypher").read_text("utf-8")
    types = re.search(r"-\[c:([A-Z_|\s]+)\]->", text)
    assert types is not None
    assert set(types[1].replace("|", " ").split()) == set(VERBS)


async def test_what_a_role_does_not_see_is_not_there(embedded: Engine, shell: Shell) -> None:
    hidden = await asked(embedded, shell, "kno-1", "--role", "members")
    assert (hidden.code, hidden.out) == (3, "")
    nobody = await asyncio.to_thread(shell, "why", "Ann Alloy", "org-forge")
    assert (nobody.code, nobody.err) == (3, "paddock: nothing is known between Ann Alloy and Forge Ltd\n")


async def test_evidence_that_does_not_count_says_what_takes_its_place(embedded: Engine, shell: Shell) -> None:
    made = Little()
    for id, name in (("per-ann", "Ann Alloy"), ("per-ben", "Ben Bearing")):
        made.node(id, name)
    made.knows("per-ann", "per-ben", "kno-1")
    made.knows("per-ann", "per-ben", "kno-2", vis=STAFF, instead=["kno-1"])
    made.knows("per-ann", "per-ben", "kno-3", vis=STAFF, intensity=0.0, instead=["kno-0", "kno-3"])
    await made.save(embedded)
    counted: list[list[str]] = []
    for id, role in (("kno-1", "staff"), ("kno-1", "members"), ("kno-2", "staff"), ("kno-3", "staff")):
        said = (await asyncio.to_thread(shell, "why", id, "--role", role)).out.splitlines()
        counted.append([line for line in said if line.startswith("counted")])
    assert counted == [
        ["counted     no; kno-2 takes its place"],
        [],
        [],
        ["counted     no; it says that nothing is left of what there was"],
    ]
    plain = (await asyncio.to_thread(shell, "why", "kno-1", "--json")).json
    assert isinstance(plain, dict)
    assert plain["replacedBy"] == ["kno-2"]
