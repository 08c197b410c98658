"""What may be told, and how the command line ends."""

import pytest

from service.errors import Code, Exit, Refused, ServiceError, exit_code


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        (Code.BAD_USER_INPUT, 2),
        (Code.UNAUTHENTICATED, 6),
        (Code.FORBIDDEN, 6),
        (Code.PERSISTED_QUERY_NOT_FOUND, 1),
        (Code.NOT_FOUND, 3),
        (Code.GONE, 3),
        (Code.CONFLICT, 1),
        (Code.TOO_EXPENSIVE, 1),
        (Code.RATE_LIMITED, 1),
        (Code.TIMEOUT, 5),
        (Code.UNAVAILABLE, 5),
        (Code.INTERNAL, 1),
    ],
)
def test_every_code_has_its_exit_code(code: Code, ends: int) -> None:
    assert exit_code(ServiceError(code, "a sentence")) == ends


def test_a_refused_file_ends_with_four_whatever_its_code() -> None:
    refused = Refused("seats.csv", 2, "nobody read {'resigned': '2024'}", "name the column as ignored or read it")
    assert (exit_code(refused), refused.code, str(refused)) == (
        Exit.REFUSED,
        Code.BAD_USER_INPUT,
        "seats.csv:2: nobody read {'resigned': '2024'}; name the column as ignored or read it",
    )


def test_a_file_refused_as_a_whole_has_no_line() -> None:
    assert str(Refused("seats.csv", None, "is not UTF-8", "save it as UTF-8")) == (
        "seats.csv: is not UTF-8; save it as UTF-8"
    )


def test_what_is_not_ours_is_unexpected() -> None:
    assert exit_code(RuntimeError("boom")) == Exit.UNEXPECTED


def test_an_interrupt_has_its_own_exit_code() -> None:
    assert exit_code(KeyboardInterrupt()) == Exit.INTERRUPTED
