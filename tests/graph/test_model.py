"""What a record is about, and what it says: the parts that go into keys, contents and ids."""

from dataclasses import fields, replace

from service.graph.model import IDENTIFIER_RANKS, AgentKind, Assertion, Evidence, Identity

SAID = Assertion(
    "WORKS_FOR",
    ("row 7",),
    "per-a",
    "org-b",
    ("Person name:Ada", "Organization gb-coh:00882843"),
    "src-register",
    0,
    {"role": "buyer", "rounds": "1-12", "position": 3},
    "2019",
    "..",
    ("2026-01-05",),
    0.5,
    "line 7",
    "employer:forge",
    ("Ada",),
    ("supplier",),
    "GB",
)
OTHERWISE: dict[str, object] = {
    "type": "DIRECTOR_OF",
    "natural_key": ("row 8",),
    "a": "per-z",
    "b": "org-z",
    "ends": ("Person name:Zoe", "Organization gb-coh:00882843"),
    "source": "src-gazette",
    "vis": 3,
    "attributes": {"role": "buyer", "rounds": "1-13", "position": 3},
    "start": "2020",
    "end": "2021",
    "observed": ("2026-02-05",),
    "confidence": 1.0,
    "locator": "line 8",
    "unit": "employer:gears",
    "names": ("A.",),
    "kinds": ("race team",),
    "country": "DE",
    "entered_by": "ada",
}
CONTENT = {"type", "ends", "attributes", "start", "end", "confidence"}
KNOWN = Evidence("CO_BOARD", "per-a", "per-b", "2020-01-01", "src-one", 0, ("clm-1",), (), "2019-01-01", unit="board:x")


def test_content_is_the_type_the_ends_as_identified_all_attributes_the_dates_and_the_confidence() -> None:
    assert OTHERWISE.keys() == {field.name for field in fields(Assertion)}
    changed = {name for name, value in OTHERWISE.items() if replace(SAID, **{name: value}).content != SAID.content}  # type: ignore[arg-type]
    assert changed == CONTENT


def test_a_record_is_about_what_its_source_its_type_and_its_natural_key_say() -> None:
    changed = {name for name, value in OTHERWISE.items() if replace(SAID, **{name: value}).key != SAID.key}  # type: ignore[arg-type]
    assert changed == {"source", "type", "natural_key"}


def test_derived_evidence_is_about_its_kind_its_ends_in_either_order_its_unit_and_since() -> None:
    alike: list[dict[str, object]] = [
        {"a": "per-b", "b": "per-a"},
        {"on": "2021-01-01", "about": ("clm-2",), "source": "src-two", "vis": 2, "confidence": 0.5},
    ]
    others: list[dict[str, object]] = [
        {"kind": "CO_AFFILIATION"},
        {"b": "per-c"},
        {"unit": "board:y"},
        {"since": "2019-01-02"},
    ]
    keys = [replace(KNOWN, **said).key for said in (*alike, *others)]  # type: ignore[arg-type]  # fields, each by name
    assert keys[:2] == [KNOWN.key] * 2
    assert len({KNOWN.key, *keys[2:]}) == 5


def test_identifiers_rank_f1db_before_parliament_before_companies_before_twfy_before_a_name() -> None:
    assert IDENTIFIER_RANKS == ("f1db", "parliament", "gb-coh", "twfy")
    met = [Identity(AgentKind.PERSON, scheme, "1") for scheme in ("name", "gb-coh", "twfy", "f1db", "parliament")]
    ranked = sorted(met, key=lambda identity: identity.rank)
    assert [identity.scheme for identity in ranked] == [*IDENTIFIER_RANKS, "name"]
