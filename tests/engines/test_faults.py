"""What a driver's failure is told as."""

import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DatabaseError,
    DatabaseUnavailable,
    DriverError,
    Forbidden,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from service.engines.faults import Contended, Duplicate, Lost, OutOfMemory, Overdue, Unconfirmed, exceeds_memory, told
from service.errors import Code

SECRET = "hunter2 MATCH (n) $password"


def server_error(code: str) -> Neo4jError:
    # The way the driver itself makes them from what a server sends.
    return Neo4jError._hydrate_neo4j(code=code, message=SECRET)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("code", "driver_s", "ours", "public"),
    [
        ("Neo.ClientError.Security.Unauthorized", AuthError, None, Code.UNAVAILABLE),
        ("Neo.ClientError.Security.Forbidden", Forbidden, None, Code.INTERNAL),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", ConstraintError, Duplicate, Code.CONFLICT),
        ("Neo.TransientError.General.DatabaseUnavailable", DatabaseUnavailable, Lost, Code.UNAVAILABLE),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", TransientError, OutOfMemory, Code.TOO_EXPENSIVE),
        ("Neo.TransientError.Transaction.DeadlockDetected", TransientError, Contended, Code.CONFLICT),
        ("Neo.ClientError.Transaction.TransactionTimedOut", ClientError, Overdue, Code.TIMEOUT),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", ClientError, Overdue, Code.TIMEOUT),
        ("Neo.TransientError.Transaction.LockClientStopped", ClientError, Overdue, Code.TIMEOUT),
        ("Neo.ClientError.Transaction.LockClientStopped", ClientError, Overdue, Code.TIMEOUT),
        ("Neo.TransientError.Transaction.Terminated", ClientError, Overdue, Code.TIMEOUT),
        ("Neo.ClientError.Statement.SyntaxError", ClientError, None, Code.INTERNAL),
        ("Neo.DatabaseError.General.UnknownError", DatabaseError, None, Code.INTERNAL),
    ],
)
def test_a_server_s_error_is_told_by_its_code(
    code: str, driver_s: type[Neo4jError], ours: type | None, public: Code
) -> None:
    error = server_error(code)
    assert isinstance(error, driver_s)
    assert told(error).code == public
    if ours:
        assert type(told(error)) is ours


@pytest.mark.parametrize(
    ("error", "ours", "public"),
    [
        (ServiceUnavailable(SECRET), Lost, Code.UNAVAILABLE),
        (SessionExpired(SECRET), Lost, Code.UNAVAILABLE),
        (IncompleteCommit(SECRET), Unconfirmed, Code.UNAVAILABLE),
        (ConnectionAcquisitionTimeoutError(SECRET), None, Code.UNAVAILABLE),
        (ConfigurationError(SECRET), None, Code.UNAVAILABLE),
        (DriverError(SECRET), None, Code.INTERNAL),
    ],
)
def test_a_driver_s_error_is_told_by_what_it_means(error: DriverError, ours: type | None, public: Code) -> None:
    assert told(error).code == public
    if ours:
        assert type(told(error)) is ours


@pytest.mark.parametrize(
    "error",
    [
        server_error("Neo.ClientError.Statement.SyntaxError"),
        server_error("Neo.ClientError.Schema.ConstraintValidationFailed"),
        ServiceUnavailable(SECRET),
        DriverError(SECRET),
    ],
)
def test_nothing_the_driver_or_the_server_said_is_repeated(error: DriverError | Neo4jError) -> None:
    assert "hunter2" not in str(told(error))


@pytest.mark.parametrize(
    ("code", "final"),
    [
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", True),
        ("Neo.DatabaseError.General.OutOfMemoryError", True),
        ("Neo.DatabaseError.General.StackOverFlowError", True),
        ("Neo.TransientError.Transaction.DeadlockDetected", False),
    ],
)
def test_only_a_lack_of_memory_would_come_back_however_often_a_statement_runs(code: str, final: bool) -> None:  # noqa: FBT001
    assert exceeds_memory(server_error(code)) is final
