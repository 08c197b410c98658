"""Identifiers: however they are written, one is one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Code, ServiceError
from service.graph.identifying import company_number, identity
from service.graph.model import AgentKind, Identity

PERSON, ORGANIZATION = AgentKind.PERSON, AgentKind.ORGANIZATION
DIGITS = "0123456789"
REMEDY = "write the company number alone, as 00882843 or SC123456"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("882843", "00882843"),
        ("00882843", "00882843"),
        ("registration 882843", "00882843"),
        ("SC123456", "SC123456"),
        ("sc 123456", "SC123456"),
        ("NI012345", "NI012345"),
        ("OC301234", "OC301234"),
        ("IP01234R", "IP01234R"),
    ],
)
def test_the_number_of_a_company_is_found_in_what_was_written(written: str, number: str) -> None:
    assert company_number(written) == number


@pytest.mark.parametrize("written", ["none", "123456789", "882843 or 882844", "SC1234567"])
def test_what_holds_no_number_of_a_company_is_answered_by_how_to_write_it(written: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        company_number(written)
    assert str(refused.value) == REMEDY


@given(st.text(DIGITS, min_size=1, max_size=8))
def test_a_number_of_digits_is_padded_to_eight_and_stays_as_it_is_then(written: str) -> None:
    number = company_number(written)
    assert (len(number), int(number), company_number(number)) == (8, int(written), number)


@given(st.sampled_from(["SC", "NI", "OC"]), st.text(DIGITS, min_size=6, max_size=6))
def test_a_prefix_belongs_to_the_number_however_it_is_spaced(prefix: str, digits: str) -> None:
    spaced = company_number(f"{prefix.lower()} {digits}")
    assert (spaced, company_number(prefix + digits)) == (prefix + digits, prefix + digits)


@given(st.text())
def test_whatever_is_written_a_company_number_has_eight_characters_or_is_refused(written: str) -> None:
    try:
        number = company_number(written)
    except ValueError:
        return
    assert (len(number), number.isascii(), number.isalnum(), number == number.upper()) == (8, True, True, True)


@pytest.mark.parametrize(
    ("kind", "scheme", "value", "found"),
    [
        (PERSON, " Parliament ", " 4778 ", ("parliament", "4778")),
        (ORGANIZATION, "GB-COH", "882843", ("gb-coh", "00882843")),
        (ORGANIZATION, "lei", "5493001KJTIIGC8Y1R12", ("lei", "5493001KJTIIGC8Y1R12")),
    ],
)
def test_an_identifier_is_one_text_however_it_was_written(
    kind: AgentKind, scheme: str, value: str, found: tuple[str, str]
) -> None:
    assert identity(kind, scheme, value) == Identity(kind, *found)


@pytest.mark.parametrize(
    ("kind", "scheme", "value", "sentence"),
    [
        (PERSON, "", "1", "'' is no scheme; name who gave the identifier in small letters, as gb-coh or lei"),
        (PERSON, "a:b", "1", "'a:b' is no scheme; name who gave the identifier in small letters, as gb-coh or lei"),
        (PERSON, "name", "Ann", "nobody gives identifiers of the scheme 'name'; leave this one out"),
        (PERSON, "Paddock", "1", "nobody gives identifiers of the scheme 'paddock'; leave this one out"),
        (PERSON, "twfy", " ", "an identifier has 1 to 200 characters; write what twfy calls it"),
        (PERSON, "twfy", "x" * 201, "an identifier has 1 to 200 characters; write what twfy calls it"),
        (PERSON, "gb-coh", "00882843", "gb-coh numbers companies; leave it out, or add an organization"),
        (ORGANIZATION, "gb-coh", "none", f"'none' is no company number; {REMEDY}"),
    ],
)
def test_what_is_no_identifier_is_refused_with_what_to_write(
    kind: AgentKind, scheme: str, value: str, sentence: str
) -> None:
    with pytest.raises(ServiceError) as refused:
        identity(kind, scheme, value)
    assert (refused.value.code, refused.value.message, refused.value.field) == (
        Code.BAD_USER_INPUT,
        sentence,
        "identifiers",
    )
