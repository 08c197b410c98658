"""The society that is invented for measuring, and how it is written down."""

from dataclasses import fields
from pathlib import Path

import numpy as np

import packs
from bench.scale import columns, memory
from bench.scale.figures import Figures
from bench.scale.report import PROMISES, tables
from bench.scale.society import EVIDENCE_OF_TIE, TEAM, Evidence, Society
from bench.timing import Times

TIES = 2000
SOCIETY = Society.of(TIES, 7)


def test_a_seed_gives_the_same_society_again() -> None:
    again, other = Society.of(TIES, 7), Society.of(TIES, 8)
    names = [field.name for field in fields(Evidence)]
    assert all(np.array_equal(getattr(SOCIETY.evidence, name), getattr(again.evidence, name)) for name in names)
    assert not np.array_equal(SOCIETY.evidence.id, other.evidence.id)


def test_a_society_has_the_ties_asked_for_each_once_between_two_people() -> None:
    pairs = set(zip(SOCIETY.a.tolist(), SOCIETY.b.tolist(), strict=True))
    assert (len(pairs), len(SOCIETY.people), all(a < b for a, b in pairs)) == (TIES, TIES // 10, True)
    assert np.bincount(SOCIETY.evidence.tie).tolist() == [EVIDENCE_OF_TIE] * TIES


def test_every_tenth_company_has_a_team_and_everybody_works_somewhere() -> None:
    staff = np.bincount(SOCIETY.employer, minlength=len(SOCIETY.companies))
    assert (staff[::10].tolist(), staff.sum()) == ([TEAM] * len(staff[::10]), len(SOCIETY.people))


def test_a_society_in_memory_has_its_people_companies_ties_and_evidence() -> None:
    ties = memory.projection(SOCIETY, packs.evidence()).ties
    people, companies = len(SOCIETY.people), len(SOCIETY.companies)
    assert (len(ties.agents.ids), int(ties.organization.sum())) == (people + companies, companies)
    assert (len(ties.a), len(ties.base)) == (TIES, TIES * EVIDENCE_OF_TIE)


def test_columns_are_lines_of_a_file_padded_with_blanks(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    columns.write(
        file,
        {
            "id": np.array([b"a", b"bcd"]),
            "days": columns.days(np.array([0, 20_000], dtype=np.int32)),
            "number:int": columns.numbers(np.array([7, 12])),
            "both:string[]": columns.pairs(np.array([b"a", b"b"]), np.array([b"c", b"d"])),
            "share:double": columns.distinct(np.array([0.5, 1.0])),
        },
    )
    assert file.read_text("utf-8").splitlines() == [
        "id,days,number:int,both:string[],share:double",
        "a  ,          ,7  ,a;c,0.5",
        "bcd,2024-10-04,12 ,b;d,1.0",
    ]


def test_a_promise_is_kept_broken_or_not_measured() -> None:
    found = Figures(10, 1, 30, {"3 hops": Times((0.0002,)), "4 hops": Times((0.0007,))})
    (scale, _, growth) = tables([found], found, 7)
    assert [row[-1] for row in scale.rows[:5]] == ["yes", "yes", "NO", "yes", "-"]
    assert scale.rows[2][2:4] == (0.7, f"at most {PROMISES[2].most}")
    assert growth.rows[0][:3] == (10, 0.2, 0.2)
