"""Names as search compares them: the same text on the way into the graph and on the way out."""

from __future__ import annotations

import re
import unicodedata

# Letters that no decomposition simplifies; whatever carries an accent loses it by NFKD.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "\N{LATIN SMALL LETTER DOTLESS I}": "i"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
# An apostrophe joins (O'Brien is obrien), every other mark separates.
_JOINING = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]")
_BREAKS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The words of a text without case, accents and punctuation, one space between them."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The folded words of a text in order."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_PLAIN)
    return [word for word in _BREAKS.split(_JOINING.sub("", plain)) if word]
