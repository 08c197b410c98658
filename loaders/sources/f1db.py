"""How F1DB names drivers, organizations and races: by an id of words joined with hyphens."""

from loaders.statements import Mention, organization, person

SCHEME = "f1db"
RACE_TEAM = "race team"


def titled(id: str) -> str:
    """The name an id stands for: its words capitalised, `Red Bull` for `red-bull`."""
    return " ".join(word[:1].upper() + word[1:] for word in id.split("-"))


def driver(id: str) -> Mention:
    """A driver; drivers and organizations have ids of their own, so one id may be both."""
    return person(SCHEME, id, titled(id))


def constructor(id: str, *other_names: str) -> Mention:
    """A constructor. It shares its id with the maker of engines or tyres that it also is."""
    return organization(SCHEME, id, titled(id), *other_names, kinds=(RACE_TEAM,))


def maker(id: str, kind: str) -> Mention:
    """A maker of engines or tyres."""
    return organization(SCHEME, id, titled(id), kinds=(kind,))
