"""The forms of identifiers: one identifier of an agent is one text, however it was written."""

from __future__ import annotations

import re

from service.errors import Code, ServiceError
from service.graph.model import AgentKind, Identity

COMPANIES = "gb-coh"
OWN = "paddock"  # the scheme of those an entry made by hand was the first to tell of
UNGIVEN = frozenset({OWN, "name"})
LONGEST = 200

# Only ASCII digits count: a full-width or Arabic one would not survive later comparisons of text.
# Companies House puts two letters in front of numbers outside England and Wales and of some legal forms.
_NUMBER = re.compile(r"[0-9]{1,8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z]|[A-Z][0-9]{7}")
_PREFIXES = frozenset({"SC", "NI", "OC", "SO", "NC", "FC", "SF", "NF", "LP", "SL", "NL", "GE", "ZC", "SE"})
_PREFIXED = 6  # digits after a prefix, as in SC123456
_SCHEME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


def company_number(written: str) -> str:
    """The number of a company out of what was written for it; ValueError says how to write one.

    Only numbers made of digits alone are padded to eight; a prefix belongs to the number. A label in front
    (`registration 882843`) is passed over, a prefix set apart (`SC 123456`) is joined.
    """
    words = written.upper().split()
    found = [place for place, word in enumerate(words) if any("0" <= letter <= "9" for letter in word)]
    remedy = "write the company number alone, as 00882843 or SC123456"
    if len(found) != 1:
        raise ValueError(remedy)
    number = words[found[0]]
    before = words[found[0] - 1] if found[0] else ""
    if number.isdigit() and len(number) == _PREFIXED and before in _PREFIXES:
        number = before + number
    if _NUMBER.fullmatch(number) is None:
        raise ValueError(remedy)
    return number.zfill(8)


def identity(kind: AgentKind, scheme: str, value: str) -> Identity:
    """The identity of an agent of which somebody wrote what a scheme calls it; BAD_USER_INPUT says what is wrong."""
    name, text = scheme.strip().lower(), value.strip()
    if _SCHEME.fullmatch(name) is None:
        raise _refused(f"{scheme!r} is no scheme; name who gave the identifier in small letters, as gb-coh or lei")
    if name in UNGIVEN:
        raise _refused(f"nobody gives identifiers of the scheme {name!r}; leave this one out")
    if not text or len(text) > LONGEST:
        raise _refused(f"an identifier has 1 to {LONGEST} characters; write what {name} calls it")
    if name != COMPANIES:
        return Identity(kind, name, text)
    if kind is not AgentKind.ORGANIZATION:
        raise _refused(f"{name} numbers companies; leave it out, or add an organization")
    try:
        return Identity(kind, name, company_number(text))
    except ValueError as error:
        raise _refused(f"{value!r} is no company number; {error}") from None


def _refused(sentence: str) -> ServiceError:
    return ServiceError(Code.BAD_USER_INPUT, sentence, field="identifiers")
