"""The motorsport pack: what it says is complete, and what it says wrongly is refused."""

from pathlib import Path

import pytest

import packs
from network.model import Kind
from service.graph.record.relations import TYPES


def test_the_evidence_table_is_the_published_prior() -> None:
    model = packs.evidence()
    assert (model.name, dict(model.kinds)) == (
        "motorsport",
        {
            "CO_AFFILIATION": Kind(0.60, 1460, interval=True),
            "CO_BOARD": Kind(0.55, 1095, interval=True),
            "CO_PROJECT": Kind(0.55, 1095, interval=True),
            "DECLARED": Kind(0.40, 730, directed=True),
            "MEETING": Kind(0.35, 365),
            "INTRODUCTION": Kind(0.30, 365),
            "CALL": Kind(0.22, 240),
            "CORRESPONDENCE": Kind(0.15, 180, cap=1.0),
            "BENEFIT": Kind(0.15, 365),
            "CARD_SWAPPED": Kind(0.12, 270),
            "CARD_GIVEN": Kind(0.05, 270, directed=True),
            "SMALL_GROUP": Kind(0.10, 270),
            "CO_COMMITTEE": Kind(0.10, 270),
            "CORRESPONDENCE_SENT": Kind(0.03, 120, cap=0.10, directed=True),
            "SHARED_EVENT": Kind(0.015, 180, cap=0.25),
        },
    )


def test_relations_are_read_in_both_directions_with_their_ends() -> None:
    assert packs.relations()["WORKS_FOR"] == packs.Relation(
        "WORKS_FOR",
        frozenset({"Person"}),
        frozenset({"Organization"}),
        "works for",
        "employs",
        "org:memberOf",
        ("role",),
    )


def test_every_relationship_of_agents_and_things_that_the_graph_can_store_is_described() -> None:
    # How people take part in a meeting, a card or an introduction is the record's own affair.
    taking_part = {
        "TOOK_PART_IN",
        "GAVE_CARD",
        "RECEIVED_CARD",
        "EXCHANGED_AT",
        "REQUESTS",
        "INTRODUCES",
        "INTRODUCED_IN",
    }
    assert set(packs.relations()) == set(TYPES) - taking_part


def test_a_relation_with_a_word_nobody_reads_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "rally").mkdir()
    (tmp_path / "rally" / "relations.toml").write_text(
        '[DRIVES]\nfrom = ["Person"]\nto = ["Event"]\nsays = "drives"\nback = "is driven by"\ncolour = "red"\n', "utf-8"
    )

    def files(_package: str) -> Path:
        return tmp_path

    monkeypatch.setattr(packs, "files", files)
    with pytest.raises(ValueError, match="relation DRIVES: nobody reads"):
        packs.relations("rally")
