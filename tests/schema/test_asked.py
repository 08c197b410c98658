"""What a document asks for, as the lists below it are told."""

from schema.execution import _prepared  # pyright: ignore[reportPrivateUsage] (what a document is known by)


def test_a_field_is_named_alone_behind_the_one_it_stands_under_and_behind_its_list_whatever_fragment_it_comes_by() -> (
    None
):
    found = _prepared(
        'query { person(id: "per-1") { ...Jobs ... on Person { all: otherNames } } } '
        "fragment Jobs on Person { affiliations { edges { node { organization { ...Names } } } } } "
        "fragment Names on Organization { name }"
    )

    assert found.fields == {
        *("person", ".person", "otherNames", "person.otherNames", "affiliations", "person.affiliations"),
        *("edges", "affiliations.edges", "node", "edges.node", "organization", "node.organization"),
        *("affiliations.node", "affiliations.organization", "name", "organization.name"),
    }
