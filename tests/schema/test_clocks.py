"""The two clocks in GraphQL: whose they are, and what is printed of them."""

from service.engines.protocol import Engine
from tests.graph.little import NOW
from tests.schema.paddock import data, paddock

TIE = """query($day: Date, $moment: DateTime) {
  tie(a: "per-ann", b: "per-ben", asOf: $day, knownAt: $moment) {
    evidenceCount
    a { ... on Person { affiliations { edges { node { id } } } } }
  }
}"""
INNER = """query($day: Date, $moment: DateTime) {
  tie(a: "per-ann", b: "per-ben") {
    evidenceCount
    a { ... on Person { affiliations(asOf: $day, knownAt: $moment) { edges { node { id } } } } }
  }
}"""
PATH = """query($moment: DateTime) {
  introductionPaths(from: "per-ann", to: "per-cat", maxHops: 1, knownAt: $moment) { knownAt outcome }
}"""
CLOCKS = {"day": "2026-10-31", "moment": "2026-03-01T00:00:00Z"}


async def test_nested_fields_do_not_inherit_the_day_and_the_moment_of_the_field_around_them(engine: Engine) -> None:
    made = paddock()
    ended = {"start": "2018", "end": "2019", "earliest": "2018-01-01", "latest": "2019-12-31"}
    made.claim("WORKS_FOR", "per-ann", "org-gears", "clm-ended", **ended)
    made.claim("WORKS_FOR", "per-ann", "org-mia", "clm-learned", recordedAt="2026-06-01T00:00:00.000000Z")
    graph = await made.save(engine)
    everything = [{"node": {"id": id}} for id in ("clm-learned", "clm-ended", "clm-works")]

    assert (await data(graph, TIE, **CLOCKS))["tie"] == {
        "evidenceCount": 1,
        "a": {"affiliations": {"edges": everything}},
    }
    assert (await data(graph, INNER, **CLOCKS))["tie"] == {
        "evidenceCount": 2,
        "a": {"affiliations": {"edges": everything[2:]}},
    }


async def test_without_a_moment_all_that_stands_is_told_and_the_moment_of_asking_is_printed(engine: Engine) -> None:
    made = paddock()
    made.knows("per-ann", "per-cat", "kno-late", on="2026-11-20", recordedAt="2026-12-24T00:00:00.000000Z")
    graph = await made.save(engine)

    assert (await data(graph, PATH))["introductionPaths"] == {"knownAt": NOW, "outcome": "FOUND"}
    assert (await data(graph, PATH, moment=NOW))["introductionPaths"] == {"knownAt": NOW, "outcome": "NONE"}
