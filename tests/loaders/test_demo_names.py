"""Names of the demo are plausible, varied, and nobody's."""

import re
import unicodedata

from loaders.demo import pack
from service.graph.model import AgentKind
from tests.loaders.demo_worlds import world

# Teams, makers, suppliers, primes and bodies that exist; none of these words may name an invented organization.
FIRMS = frozenset(
    [
        "alfa",
        "alpine",
        "amg",
        "arrows",
        "aston",
        "audi",
        "bae",
        "bentley",
        "bmw",
        "boeing",
        "airbus",
        "bosch",
        "brabham",
        "brembo",
        "bugatti",
        "caterham",
        "cosworth",
        "cranfield",
        "dallara",
        "delphi",
        "dunlop",
        "ferrari",
        "ford",
        "ginetta",
        "gkn",
        "goodyear",
        "haas",
        "hewland",
        "hitco",
        "honda",
        "hyundai",
        "jaguar",
        "koenigsegg",
        "lamborghini",
        "leonardo",
        "ligier",
        "lockheed",
        "lola",
        "lotus",
        "magneti",
        "mahle",
        "manor",
        "maserati",
        "mbda",
        "mclaren",
        "mercedes",
        "michelin",
        "minardi",
        "mugen",
        "multimatic",
        "northrop",
        "oreca",
        "pankl",
        "penske",
        "pirelli",
        "porsche",
        "prodrive",
        "qinetiq",
        "quaife",
        "raytheon",
        "renault",
        "reynard",
        "ricardo",
        "rolls",
        "saab",
        "safran",
        "sauber",
        "silverstone",
        "skoda",
        "subaru",
        "tag",
        "thales",
        "toyota",
        "triumph",
        "tyrrell",
        "velodyne",
        "williams",
        "xtrac",
        "zf",
        "zircotec",
    ]
)
PEOPLE = frozenset(
    """
    Adrian Newey, Alain Prost, Ayrton Senna, Bernie Ecclestone, Charles Leclerc, Christian Horner, Colin Chapman,
    Damon Hill, David Coulthard, Fernando Alonso, Frank Williams, Gordon Murray, Guenther Steiner, Jackie Stewart,
    James Hunt, Jenson Button, Lando Norris, Lewis Hamilton, Martin Brundle, Max Verstappen, Michael Schumacher,
    Murray Walker, Nigel Mansell, Oscar Piastri, Patrick Head, Ron Dennis, Ross Brawn, Sebastian Vettel, Stirling Moss,
    Toto Wolff, Zak Brown
    """.replace("\n", " ").split(",")
)


def organizations() -> list[str]:
    return [
        name for one in world(1).agents.values() if one.kind == "Organization" for name in (one.name, *one.other_names)
    ]


def people() -> list[str]:
    return [one.name for one in world(1).agents.values() if one.kind is AgentKind.PERSON]


def test_no_organization_is_called_like_a_real_one() -> None:
    words = {name: re.findall(r"[\w-]+", name.casefold()) for name in organizations()}
    assert [name for name, said in words.items() if FIRMS & set(said)] == []


def test_nobody_is_called_like_somebody_known() -> None:
    known = {" ".join(name.split()) for name in PEOPLE}
    assert known & set(people()) == set()


def test_no_two_members_share_a_name() -> None:
    names = [one.name for one in world(1).agents.values() if one.kind is AgentKind.ORGANIZATION]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_few_people_share_a_name() -> None:
    assert len(people()) - len(set(people())) == 46


def test_one_name_in_five_has_letters_that_are_folded_for_search() -> None:
    plain = [name for name in people() if unicodedata.normalize("NFKD", name).isascii()]
    assert round(1 - len(plain) / len(people()), 2) == 0.22


def test_names_are_as_long_as_drawings_must_bear() -> None:
    assert max(len(name) for name in people()) == len("Maximiliane Falkenrath von der Heyde-Wörishofer")
    assert max(len(name) for name in organizations()) == 81


def test_every_kind_of_firm_finds_its_customers_and_its_trade() -> None:
    kinds, concepts, trades = pack.kinds(), pack.concepts(), pack.professions()
    for kind in kinds.values():
        assert set(kind.feeds) <= set(kinds)
        assert set(kind.does) <= set(concepts)
        assert set(kind.staff) <= set(trades)


def test_capabilities_are_a_tree_whose_relations_lead_somewhere() -> None:
    concepts = pack.concepts()
    for concept in concepts.values():
        assert {*concept.related, *concept.feeds} <= set(concepts)
        seen = [concept.key]
        while (above := concepts[seen[-1]].broader) is not None:
            assert above not in seen
            seen.append(above)
    labels = [label for concept in concepts.values() for label in (concept.label, *concept.alt)]
    assert sorted(label for label in set(labels) if labels.count(label) > 1) == []
