"""Every file that judges contradictions judges them by the same words."""

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

# What has one value at a time, and what has to be the same for two claims to be about one thing, by type.
VALUES = {
    "WORKS_FOR": ("role",),
    "DIRECTOR_OF": ("role",),
    "WORKS_FOR|DIRECTOR_OF": ("role",),
    "HOLDS": (),
    "MEMBER_OF": ("role",),
    "SECRETARIAT_OF": (),
    "SUPPLIES": (),
    "HAS_CAPABILITY": ("level",),
    "HOLDS_CERTIFICATION": (),
    "GAVE_BENEFIT": ("amount", "amountMin", "amountMax"),
    "OWNS": ("shareMin", "shareMax"),
}
SAME = {
    "WORKS_FOR|DIRECTOR_OF": "AND type(x) = type(r) ",
    "SUPPLIES": "AND coalesce(x.capability, '') = coalesce(r.capability, '') ",
    "GAVE_BENEFIT": "AND coalesce(x.kind, '') = coalesce(r.kind, '') ",
}
NOW = "AND x.retractedAt IS NULL "
THEN = "AND x.recordedAt <= $known AND (x.retractedAt IS NULL OR x.retractedAt > $known) "
TOGETHER = (
    "AND coalesce(x.earliest, '0000') <= coalesce(r.latest, '9999-12-31') "
    "AND coalesce(r.earliest, '0000') <= coalesce(x.latest, '9999-12-31') "
)
DATES = (
    "NOT (x.start STARTS WITH r.start OR r.start STARTS WITH x.start) "
    "OR NOT (x.end STARTS WITH r.end OR r.end STARTS WITH x.end)"
)
LATER = "(x.recordedAt > r.recordedAt OR (x.recordedAt = r.recordedAt AND x.id > r.id))"
POLICIES = (
    "AND ($disputes = 'STRICT' OR ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NOT NULL AND r.verifiedAt IS NULL) "
    "OR (NOT ($disputes = 'VERIFIED_FIRST' AND x.verifiedAt IS NULL AND r.verifiedAt IS NOT NULL) "
    f"AND {LATER}))"
)
BLOCK = re.compile(
    r"\(\w+\)-\[x:(?P<type>[A-Z_|]+)\]->\(\w+\) WHERE (?:\w+\.vis IN \$vis AND )+(?:x\.source IN sources AND )?"
    r"x\.source <> (?P<other>\w)\.source (?:AND x\.source IN sources )?(?P<rest>AND .*?)"
    r" (?:MATCH \(y:Source \{id: x\.source\}\) WHERE y\.vis IN \$vis RETURN y|RETURN x) \}"
)
# Where all claims about one thing that stood at the moment asked are a list already.
LISTED = re.compile(
    r"\[r:(?P<type>[A-Z_|]+)\]->\(\w+(?::\w+)?\) WHERE (?:\w+\.vis IN \$vis AND )+(?P<then>r\.recordedAt .*?)"
    r" WITH r\.source AS source, .*?collect\(one\[1\]\) AS claims"
    r" UNWIND CASE size\(claims\) WHEN 1 THEN claims ELSE \[r IN claims WHERE none\(x IN claims"
    r" WHERE x\.source <> r\.source (?P<rest>AND .*?)\)\] END AS r "
)
DISPUTED = re.compile(r"disputed: r\.retractedAt IS NULL AND EXISTS \{ MATCH $")


def texts(folder: Traversable) -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.is_dir():
            yield from texts(item)
        elif item.name.endswith(".cypher"):
            lines = (line for line in item.read_text("utf-8").splitlines() if not line.startswith("//"))
            yield f"{folder.name}/{item.name.removesuffix('.cypher')}", " ".join(" ".join(lines).split())


FOUND = {name: text for name, text in texts(files("cypher")) if re.search(r"x\.source <> \w\.source", text)}


def judged(relation: str, *, disputed: bool) -> set[str]:
    """The words that judge claims of a type: now where a row says that it is disputed, else at the moment asked."""
    differ = f"AND ({DATES}{''.join(f' OR x.{name} <> r.{name}' for name in VALUES[relation])})"
    if disputed:
        return {f"{SAME.get(relation, '')}{NOW}{TOGETHER}{differ}"}
    return {f"{SAME.get(relation, '')}{THEN}{TOGETHER}{differ} {rank}" for rank in (POLICIES, f"AND {LATER}")}


@pytest.mark.parametrize("name", FOUND)
def test_a_contradiction_is_judged_by_the_same_words_in_every_file(name: str) -> None:
    text = FOUND[name]
    blocks, lists = list(BLOCK.finditer(text)), list(LISTED.finditer(text))
    assert len(blocks) + len(lists) == len(re.findall(r"x\.source <> \w\.source", text)), "a block is worded otherwise"
    for block in blocks:
        words = re.sub(rf"\b{block['other']}\.", "r.", block["rest"]).replace(f"type({block['other']})", "type(r)")
        disputed = DISPUTED.search(text[: block.start()]) is not None
        assert words in judged(block["type"], disputed=disputed)
    for one in lists:
        then = f"AND {one['then']} ".replace("r.", "x.")
        assert one["rest"].replace(TOGETHER, f"{then}{TOGETHER}") in judged(one["type"], disputed=False)


def test_every_row_that_says_disputed_judges_it_and_there_is_one_for_every_type() -> None:
    said = {name for name, text in texts(files("cypher")) if re.search(r"\bdisputed:", text)}
    assert said <= FOUND.keys()
    found = [(block["type"], FOUND[name][: block.start()]) for name in said for block in BLOCK.finditer(FOUND[name])]
    assert {relation for relation, before in found if DISPUTED.search(before)} == VALUES.keys()
